public import Access
public import Charter
public import Database
public import Foundation
import Journal
public import Languages
import Membership

/// One go at writing the invoices of a year.
public struct DuesRun: Sendable, Equatable {
    /// A member whose invoice could not be written, and why.
    public struct Problem: Sendable, Hashable, Codable {
        public let memberKey: String
        public let words: Phrase
    }

    public let id: String
    public let year: Int
    /// The day that its invoices bear.
    public let issuedOn: Day
    public let startedAt: String
    /// As the journal names whoever started it.
    public let startedBy: String
    /// `nil` as long as invoices may be left to write.
    public let finishedAt: String?
    public let problems: [Problem]
    /// How many invoices it wrote so far.
    public let invoices: Int
    /// Whether it is made up, to try the program: so are all its invoices, and nobody gets a letter about them.
    public let isInvented: Bool
}

extension DuesRun {
    /// As the journal calls it.
    public static let subjectKind = "dues-run"

    private static let selection = """
        SELECT r.id, r.year, r.issued_on, r.started_at, r.started_by, r.finished_at, r.problems,
            (SELECT COUNT(*) FROM invoice i WHERE i.run_id = r.id), r.invented
        FROM dues_run r
        """

    private init(row: Row) throws {
        let problems = Data(try row.text(6).utf8)
        self.init(
            id: try row.text(0),
            year: try row.integer(1),
            issuedOn: Day(try row.text(2)) ?? .first,
            startedAt: try row.text(3),
            startedBy: try row.text(4),
            finishedAt: row.optionalText(5),
            problems: try JSONDecoder().decode([Problem].self, from: problems),
            invoices: try row.integer(7),
            isInvented: try row.flag(8)
        )
    }

    static func find(_ transaction: Transaction, id: String) throws -> DuesRun? {
        try transaction.first("\(selection) WHERE r.id = ?", [.text(id)]) { try DuesRun(row: $0) }
    }

    /// Throws `DuesRefusal.noSuchRun`.
    static func load(_ transaction: Transaction, id: String) throws -> DuesRun {
        guard let found = try find(transaction, id: id) else { throw DuesRefusal.noSuchRun }
        return found
    }

    /// The latest first.
    static func all(_ transaction: Transaction, limit: Int) throws -> [DuesRun] {
        try transaction.query("\(selection) ORDER BY r.started_at DESC, r.id DESC LIMIT ?", [.int(limit)]) {
            try DuesRun(row: $0)
        }
    }

    /// Those that did not come to their end, the earliest first; with one that is made up `InventedDues` alone goes on.
    static func unfinished(_ transaction: Transaction) throws -> [DuesRun] {
        try transaction.query(
            "\(selection) WHERE r.finished_at IS NULL AND r.invented = 0 ORDER BY r.started_at, r.id"
        ) { try DuesRun(row: $0) }
    }

    /// Marks it as finished; `false` when another process did so first.
    func finish(_ transaction: Transaction, _ problems: [Problem], now: Date) throws -> Bool {
        let stored = String(decoding: try JSONEncoder().encode(problems), as: UTF8.self)
        return try transaction.execute(
            "UPDATE dues_run SET finished_at = ?, problems = ? WHERE id = ? AND finished_at IS NULL",
            [.text(InstantText.text(now)), .text(stored), .text(id)]
        ) == 1
    }
}

/// Begins a run of a year's invoices and returns its id; `IssueDues` writes them. A run of the same year and day that did
/// not come to its end is gone on with, but never one that is made up by one that is not.
///
/// Throws `InvalidInput` (`year`, `issued_on`), `DuesRefusal.noDues` and `FeeRefusal.noRules`.
public struct StartDuesRun: Command {
    public static let action = Action.issueDues

    let year: Int
    let issuedOn: String
    let isInvented: Bool
    let charter: Charter

    /// - Parameter issuedOn: the ISO day that the invoices bear, not in the future; empty for today.
    public init(_ year: Int, issuedOn: String = "", charter: Charter) {
        self.init(year, issuedOn: issuedOn, isInvented: false, charter: charter)
    }

    init(_ year: Int, issuedOn: String, isInvented: Bool, charter: Charter) {
        self.year = year
        self.issuedOn = issuedOn
        self.isInvented = isInvented
        self.charter = charter
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> String {
        let day = try checkedDay(FormCheck.today(now))
        guard try FeeYear(year, charter: charter).version.dues != nil else { throw DuesRefusal.noDues(year: year) }
        let known = try transaction.first(
            """
            SELECT id FROM dues_run WHERE year = ? AND issued_on = ? AND invented = ? AND finished_at IS NULL
            ORDER BY started_at, id LIMIT 1
            """,
            [.int(year), .text(day.description), .flag(isInvented)]
        ) { try $0.text(0) }
        if let known { return known }
        let id = Identifier.make(at: now)
        try transaction.execute(
            "INSERT INTO dues_run (id, year, issued_on, started_at, started_by, invented) VALUES (?, ?, ?, ?, ?, ?)",
            [
                .text(id), .int(year), .text(day.description), .text(InstantText.text(now)), .text(actor.key),
                .flag(isInvented),
            ]
        )
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "dues-run.started",
                subject: .init(DuesRun.subjectKind, id),
                after: [
                    "year": .integer(year), "issued_on": .text(day.description), "invented": .flag(isInvented),
                ]
            )
        )
        return id
    }

    private func checkedDay(_ today: Day) throws -> Day {
        var check = FormCheck()
        if year > today.year + 1 {
            check.refuse("year", say("Invoices are written for this year, the next, or one that is over."))
        }
        let day = issuedOn.isEmpty ? today : check.pastDay(issuedOn, "issued_on", today: today)
        try check.finish()
        return day ?? today
    }
}

/// What a run of a year would do. Throws like `DuesPlan`.
public struct PlanDues: Question {
    public static let action = Action.readDues

    let year: Int
    let issuedOn: Day?
    let charter: Charter

    /// - Parameter issuedOn: the day that the invoices would bear; today for nil.
    public init(_ year: Int, issuedOn: Day? = nil, charter: Charter) {
        self.year = year
        self.issuedOn = issuedOn
        self.charter = charter
    }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> DuesPlan {
        try DuesPlan(year, issuedOn: issuedOn ?? FormCheck.today(now), charter: charter, transaction)
    }
}

/// The latest runs.
public struct DuesRuns: Question {
    public static let action = Action.readDues

    let id: String?

    /// - Parameter id: of one run alone, however long ago it was.
    public init(id: String? = nil) { self.id = id }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> [DuesRun] {
        guard let id else { return try DuesRun.all(transaction, limit: 50) }
        return try DuesRun.find(transaction, id: id).map { [$0] } ?? []
    }
}
