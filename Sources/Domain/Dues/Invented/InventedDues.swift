import Access
import Charter
public import Database
public import Foundation
public import Logging
import Membership
import Standing

/// Made-up figures, invoices, payments, relief and activities, to show what the program does with them. Each row is
/// marked as made up and says so wherever it is read; nobody gets a letter, and nothing of it counts as a record.
///
/// Done again with the same seed, it changes nothing; broken off, it is gone on with.
public struct InventedDues: Sendable {
    /// Whose dues are made up.
    public enum Members: Sendable {
        /// Those of invented members alone.
        case samples
        /// Those of everybody on the roll.
        case everybody

        func hold(_ member: FeeMember) -> Bool { self == .everybody || member.isSample }
    }

    /// What was made up.
    public struct Outcome: Sendable, Equatable {
        public internal(set) var figures = 0
        public internal(set) var invoices = 0
        /// Lines of banks' statements, and how many of them were booked by themselves.
        public internal(set) var lines = 0
        public internal(set) var booked = 0
        public internal(set) var reliefs = 0
        public internal(set) var activities = 0
    }

    static let actor = Actor.operatorNamed(Sample.actor)

    let database: Database
    let services: DuesServices
    let logger: Logger
    let seed: UInt64

    /// - Parameter seed: with the same one each member has the same figures and pays in the same way.
    public init(database: Database, services: DuesServices, logger: Logger, seed: UInt64 = 2010) {
        self.database = database
        self.services = services
        self.logger = logger
        self.seed = seed
    }

    /// Makes up what is not there of the last two years.
    ///
    /// Throws `DuesRefusal.realRecords` where dues are on record that are not made up, `inUse` where anybody has an
    /// account, and for everybody `noDues` where the charter says nothing of how they are billed.
    @discardableResult
    public func add(to members: Members, now: Date) async throws -> Outcome {
        let charter = services.charter
        let today = FormCheck.today(now)
        try await requireUnused()
        let years = Self.years(charter, on: today)
        if members == .everybody, years.isEmpty { throw DuesRefusal.noDues(year: today.year) }
        try await Sample(database: database, charter: charter, now: { now }).addSource()
        var outcome = Outcome()
        outcome.figures = try await enter(figuresOf: members, years, now)
        for year in years {
            outcome.invoices += try await issue(year, members, now)
            outcome.reliefs += try await relieve(year, isLast: year.year == years.last?.year, now)
        }
        for year in years {
            let paid = try await pay(year.year, now)
            outcome.lines += paid.lines
            outcome.booked += paid.booked
        }
        outcome.activities = try await InventedActivities(charter: charter, seed: seed)
            .add(ofSamples: members == .samples, on: today, to: database, now: now)
        return outcome
    }

    /// Makes up the figures alone that fees need, and returns how many. Throws like `add`.
    public func addFigures(to members: Members, now: Date) async throws -> Int {
        try await requireUnused()
        return try await enter(figuresOf: members, Self.years(services.charter, on: FormCheck.today(now)), now)
    }

    /// Throws `DuesRefusal.realRecords` where something is on record beside which nothing can be made up: both would
    /// share numbers and accounts. Throws `inUse` where anybody has an account: nothing of it can be taken out again.
    public func requireUnused() async throws {
        let (isReal, hasPeople) = try await database.read { transaction -> (Bool, Bool) in
            func has(_ rows: String) throws -> Bool {
                try transaction.first("SELECT 1 FROM \(rows)") { _ in true } ?? false
            }
            let tables = ["dues_run", "invoice", "payment", "bank_statement", "relief_request"]
            return (try tables.contains { try has("\($0) WHERE invented = 0") }, try has("person"))
        }
        if isReal { throw DuesRefusal.realRecords }
        if hasPeople { throw DuesRefusal.inUse }
    }

    /// The last two years of which the charter says how their dues are billed, and that were billed by now.
    private static func years(_ charter: Charter, on today: Day) -> [FeeYear] {
        let known = (today.year - 2...today.year).compactMap { try? FeeYear($0, charter: charter) }
        return Array(known.filter { $0.version.dues != nil && $0.billedOn <= today }.suffix(2))
    }
}

// MARK: - The steps

extension InventedDues {
    private func enter(figuresOf members: Members, _ years: [FeeYear], _ now: Date) async throws -> Int {
        let figures = InventedFigures(years: years, seed: seed)
        let missing = try await database.read { try figures.missing($0, of: members) }
        for start in stride(from: 0, to: missing.count, by: 1000) {
            let part = Array(missing[start..<min(start + 1000, missing.count)])
            try await database.write { transaction in
                try FeeInputWriter(transaction: transaction, actor: Self.actor.key, now: now).writeNew(part)
            }
        }
        return missing.count
    }

    /// Writes the invoices of a year, each of them marked, as a run of its own.
    private func issue(_ year: FeeYear, _ members: Members, _ now: Date) async throws -> Int {
        let charter = services.charter
        let day = min(year.billedOn.adding(days: 14), FormCheck.today(now))
        let isWanted = try await database.read { transaction in
            let isOpen = try transaction.first(
                "SELECT 1 FROM dues_run WHERE year = ? AND invented = 1 AND finished_at IS NULL",
                [.int(year.year)]
            ) { _ in true }
            if isOpen == true { return true }
            return try DuesPlan(year.year, issuedOn: day, charter: charter, transaction).toInvoice.contains {
                members.hold($0.member)
            }
        }
        guard isWanted else { return 0 }
        let start = StartDuesRun(year.year, issuedOn: day.description, isInvented: true, charter: charter)
        let run = try await database.run(start, as: Self.actor, now: now)
        let work = IssueDues(database: database, services: services, logger: logger)
        return try await work.run(run, now: now) { members.hold($0) }.written
    }

    /// Grants some members relief of the year, or of the next where there is one.
    private func relieve(_ year: FeeYear, isLast: Bool, _ now: Date) async throws -> Int {
        let relief = InventedRelief(charter: services.charter, seed: seed, now: now)
        let invoices = try await database.read { try InventedInvoice.all($0, year: year.year, .withoutRelief) }
        let gifts = invoices.compactMap { relief.gift(to: $0, of: year.year, isLast: isLast) }
        for start in stride(from: 0, to: gifts.count, by: 200) {
            let part = Array(gifts[start..<min(start + 200, gifts.count)])
            try await database.write { transaction in
                for gift in part { try relief.grant(gift, transaction) }
            }
        }
        return gifts.count
    }

    /// Brings in statements of a bank by which invoices of a year are paid in all the ways in which members do.
    private func pay(_ year: Int, _ now: Date) async throws -> (lines: Int, booked: Int) {
        let invoices = try await database.read { try InventedInvoice.all($0, year: year, .withoutPayment) }
        let payments = InventedPayments(seed: seed, today: FormCheck.today(now))
        var (lines, booked) = (0, 0)
        for file in payments.statements(of: invoices, year: year) {
            let command = ImportBankStatement(file, isInvented: true, charter: services.charter)
            let done = try await database.run(command, as: Self.actor, now: now)
            lines += done.statements.reduce(0) { $0 + $1.newLines }
            booked += done.match.booked
        }
        return (lines, booked)
    }
}

/// An invoice of a run that is made up, as far as what becomes of it is made up too.
struct InventedInvoice: Sendable {
    let number: String
    let reference: String
    let year: Int
    let memberID: String
    let memberKey: String
    let memberName: String
    let issuedOn: Day
    let dueOn: Day
    /// What it asks for now.
    let owed: Money

    enum Which: String {
        case withoutRelief = "SELECT 1 FROM relief_request q WHERE q.member_id = i.member_id"
        case withoutPayment = "SELECT 1 FROM payment_share q WHERE q.invoice_id = i.id"
    }

    static func all(_ transaction: Transaction, year: Int, _ which: Which) throws -> [InventedInvoice] {
        try transaction.query(
            """
            SELECT i.number, i.reference, i.member_id, m.key, i.member_name, i.issued_on, i.due_on, i.currency,
                COALESCE((SELECT SUM(x.amount_minor) FROM account_entry x
                    WHERE x.invoice_id = i.id AND x.currency = i.currency), 0)
            FROM invoice i JOIN dues_run r ON r.id = i.run_id JOIN member m ON m.id = i.member_id
            WHERE i.year = ? AND r.invented = 1 AND NOT EXISTS (\(which.rawValue)) ORDER BY m.key
            """,
            [.int(year)]
        ) { row in
            InventedInvoice(
                number: try row.text(0),
                reference: try row.text(1),
                year: year,
                memberID: try row.text(2),
                memberKey: try row.text(3),
                memberName: try row.text(4),
                issuedOn: Day(try row.text(5)) ?? .first,
                dueOn: Day(try row.text(6)) ?? .first,
                owed: Money(minor: try row.integer(8), try Currency(try row.text(7)))
            )
        }
    }
}
