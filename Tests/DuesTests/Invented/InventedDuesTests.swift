import Access
import Charter
import Database
import DatabaseTesting
import Foundation
import Logging
import Membership
import Standing
import Testing

@testable import Dues

@Suite("Dues that are made up")
struct InventedDuesTests {
    /// Tables whose rows bear the mark themselves.
    private static let marked: Set = [
        "account_entry", "activity", "bank_statement", "document_proof", "dues_run", "fee_input", "invoice", "payment",
        "relief_request",
    ]
    /// Tables whose rows are parts of such rows, each with what it is a part of.
    private static let parts = [
        "bank_line": "bank_statement b ON b.id = a.statement_id", "payment_share": "payment b ON b.id = a.payment_id",
        "relief_entry": "account_entry b ON b.id = a.entry_id",
    ]
    /// What tells of every change, counts numbers, and names the source `SAMPLE`.
    private static let others: Set = ["dues_counter", "journal_entry", "journal_pending", "journal_personal", "source"]

    @Test("every row of it is marked, on the records of the association", arguments: TestEngine.all)
    func marks(_ engine: Database.Engine) async throws {
        try await DuesHouse.withRecords(engine) { house in
            let before = try await house.counts()
            let made = try await house.invent()
            #expect(made.figures > 20 && made.invoices > 250 && made.lines > 150 && made.booked > 120)
            #expect(made.reliefs > 3 && made.activities > 10)
            let after = try await house.counts()
            let grown = Set(after.keys.filter { after[$0] != before[$0] })
            #expect(grown == Self.marked.union(Self.parts.keys).union(Self.others))
            for table in Self.marked {
                #expect(try await house.count("\(table) WHERE invented = 0") == 0, "\(table)")
            }
            for (table, whole) in Self.parts {
                #expect(try await house.count("\(table) a JOIN \(whole) WHERE b.invented = 0") == 0, "\(table)")
            }
            #expect(try await house.count("source") == (before["source"] ?? 0) + 1)
        }
    }

    @Test("the rule on standing and the figures take none of it for a record", arguments: TestEngine.all)
    func noRecords(_ engine: Database.Engine) async throws {
        try await DuesHouse.withRecords(engine) { house in
            let directory = Membership.Directory(database: house.database, charter: house.charter)
            let (figures, findings) = (try await directory.reconcile(), try await house.findings())
            #expect(!figures.isEmpty && !findings.isEmpty)
            try await house.invent()
            #expect(try await directory.reconcile() == figures)
            #expect(try await house.findings() == findings)
            let (day, member) = (try DuesHouse.day("2026-11-22"), try await house.invoices()[0].memberID)
            let (record, facts) = try await house.database.read { transaction in
                (
                    try DuesOnRecord().payments(transaction, on: day).record(ofMember: member),
                    try DuesOnRecord().dues(transaction, on: day).facts(ofMember: member)
                )
            }
            #expect(record == .unknown)
            #expect(facts.hasInvoices && facts.isInvented)
        }
    }

    @Test("members pay in every way, and what is unclear waits", arguments: TestEngine.all)
    func ways(_ engine: Database.Engine) async throws {
        try await DuesHouse.withRecords(engine) { house in
            try await house.invent()
            let day = try DuesHouse.day("2026-11-22")
            let all = try await house.database.read { transaction in
                try OwedInvoice.Selection(day: day).load(transaction, "ORDER BY f.number")
            }
            #expect(Set(all.map(\.invoice.year)) == [2025, 2026])
            let states = Set(all.map { $0.balance.state(dueOn: $0.dueOn, on: day) })
            #expect(states.isSuperset(of: [.overdue, .paid]))
            #expect(all.contains { $0.owed.isPositive && $0.owed != $0.balance.asked }, "paid in part")
            #expect(all.contains { $0.balance.asked != $0.invoice.amount }, "reduced or remitted")
            let late = try await house.count(
                "account_entry e JOIN invoice i ON i.id = e.invoice_id WHERE e.kind = 'payment' AND e.day > i.due_on"
            )
            #expect(late > 0)
            #expect(try await house.count("account_entry WHERE kind = 'payment' AND invoice_id IS NULL") > 0, "over")
            let waiting = try await house.ask(MatchQueue()).lines.flatMap(\.matches).map(\.suggestion.sort)
            #expect(waiting.contains(.double))
        }
    }

    @Test("a run of people writes none beside what is made up, and the plan says for whom", arguments: TestEngine.all)
    func beside(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(3)) { house in
            try await house.representative(of: "town-0001", "Inga Karlsson")
            let start = StartDuesRun(2024, issuedOn: "2024-01-15", isInvented: true, charter: house.charter)
            let run = try await house.run(start, as: InventedDues.actor)
            #expect(try await house.issuing.run(run, now: DuesHouse.now).written == 3)
            #expect(try await house.count("mail") == 0, "its invoices are mailed to nobody")
            let plan = try await house.ask(PlanDues(2024, charter: house.charter))
            #expect(plan.toInvoice.isEmpty)
            #expect(plan.lines.map(\.outcome) == [.madeUp("2024-0001"), .madeUp("2024-0002"), .madeUp("2024-0003")])
            let none = try await house.issue()
            #expect(none.written == 0 && none.madeUp == 3 && none.run.problems.isEmpty)
            // What is credited to be written anew is billed in earnest.
            try await house.run(CreditInvoice("2024-0002", grounds: "Made up", isInvoicedAnew: true))
            let one = try await house.issue()
            #expect(one.written == 1 && one.madeUp == 2)
            let after = try await house.ask(PlanDues(2024, charter: house.charter))
            #expect(after.lines.map(\.outcome) == [.madeUp("2024-0001"), .invoiced("2024-0004"), .madeUp("2024-0003")])
            #expect(try await house.invoice(of: "town-0002").isInvented == false)
        }
    }

    @Test("nobody gets a letter, neither an invoice nor a reminder", arguments: TestEngine.all)
    func noLetters(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(40)) { house in
            let made = try await house.inventing().add(to: .everybody, now: DuesHouse.now)
            #expect(made.invoices == 80)
            for town in 1...9 { try await house.representative(of: "town-000\(town)", "Person \(town)") }
            let reminders = SendReminders(
                database: house.database,
                services: house.services,
                logger: Logger(label: "test")
            )
            for day in ["2024-03-05", "2024-04-20", "2025-01-01"] {
                #expect(try await reminders.run(now: DuesHouse.morning(day)) == SendReminders.Outcome())
            }
            #expect(try await house.count("mail") == 0)
        }
    }

    @Test("a second time changes nothing, not even a row", arguments: TestEngine.all)
    func again(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, Self.towns) { house in
            try await house.inventing().add(to: .everybody, now: DuesHouse.now)
            let before = try await house.counts()
            let again = try await house.inventing().add(to: .everybody, now: DuesHouse.now)
            #expect(again == InventedDues.Outcome())
            #expect(try await house.counts() == before)
        }
    }

    @Test("the same seed makes up the same, another one something else", arguments: TestEngine.all)
    func seeds(_ engine: Database.Engine) async throws {
        var told: [[String]] = []
        for seed: UInt64 in [7, 7, 8] {
            try await DuesHouse.with(engine, Self.towns) { house in
                try await house.inventing(seed: seed).add(to: .everybody, now: DuesHouse.now)
                told.append(try await house.story())
            }
        }
        #expect(!told[0].isEmpty)
        #expect(told[0] == told[1])
        #expect(told[0] != told[2])
    }

    @Test("beside dues that are not made up it is refused, and nothing is written", arguments: TestEngine.all)
    func refused(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, Self.towns) { house in
            try await house.run(StartDuesRun(2024, charter: house.charter))
            try await refuses(house)
        }
        try await DuesHouse.with(engine, Self.towns) { house in
            let draft = PaymentDraft(
                receivedOn: "2024-03-01",
                currency: "USD",
                amount: "10",
                shares: [ShareDraft(member: "town-0001", isCredit: true)]
            )
            try await house.run(EnterPayment(draft, charter: house.charter))
            try await refuses(house)
        }
    }

    @Test("where anybody has an account it is refused, and nothing is written", arguments: TestEngine.all)
    func inUse(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, Self.towns) { house in
            try await house.representative(of: "town-0001", "Inga Karlsson")
            try await refuses(house, .inUse)
            let figures = await house.problem {
                _ = try await house.inventing().addFigures(to: .everybody, now: DuesHouse.now)
            }
            #expect(figures as? DuesRefusal == .inUse)
        }
    }

    private func refuses(_ house: DuesHouse, _ refusal: DuesRefusal = .realRecords) async throws {
        let before = try await house.counts()
        for members in [InventedDues.Members.everybody, .samples] {
            let problem = await house.problem {
                try await house.inventing().add(to: members, now: DuesHouse.now)
            }
            #expect(problem as? DuesRefusal == refusal)
        }
        #expect(try await house.counts() == before)
    }

    @Test("invented members get them without anybody else", arguments: TestEngine.all)
    func samples(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, Self.towns) { house in
            try await Sample(database: house.database, charter: house.charter, now: { DuesHouse.now }).add(60)
            let made = try await house.inventing().add(to: .samples, now: DuesHouse.now)
            #expect(made.invoices > 100)
            let unlike = "JOIN member m ON m.id = a.member_id WHERE m.origin <> 'sample'"
            for table in ["fee_input", "invoice", "account_entry", "activity", "relief_request"] {
                #expect(try await house.count("\(table) a \(unlike)") == 0, "\(table)")
            }
        }
    }

    @Test("a run that broke off is left to whoever made it up", arguments: TestEngine.all)
    func brokenOff(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(3)) { house in
            let start = StartDuesRun(2024, issuedOn: "2024-01-15", isInvented: true, charter: house.charter)
            let run = try await house.run(start, as: InventedDues.actor)
            #expect(try await house.issuing.resume(now: DuesHouse.now).isEmpty)
            #expect(try await house.count("invoice") == 0)
            try await house.inventing().add(to: .everybody, now: DuesHouse.now)
            let runs = try await house.ask(DuesRuns())
            #expect(runs.count == 2)
            #expect(runs.allSatisfy { $0.isInvented && $0.finishedAt != nil && $0.invoices == 3 })
            #expect(runs.contains { $0.id == run })
            let own = try await house.run(StartDuesRun(2024, issuedOn: "2024-01-15", charter: house.charter))
            #expect(own != run, "a run of people is another one")
        }
    }

    /// Towns of known and unknown size, and companies and institutions of which nothing is known.
    private static let towns: [DuesHouse.Town] =
        DuesHouse.towns(20)
        + (1...5).flatMap { number in
            [
                DuesHouse.Town(key: "unknown-\(number)", population: nil),
                DuesHouse.Town(key: "yard-\(number)", category: "corporation", population: nil),
                DuesHouse.Town(key: "guild-\(number)", category: "institution", population: nil),
            ]
        }
}

extension DuesHouse {
    fileprivate static let later = InstantText.date("2026-11-22T09:30:00.000000Z") ?? .distantPast

    /// A house with the association's own records.
    fileprivate static func withRecords(
        _ engine: Database.Engine,
        _ body: (DuesHouse) async throws -> Void
    ) async throws {
        let services = try services(charter())
        try await withDatabase(engine, migrations: FeeHouse.migrations) { database in
            let importer = Importer(
                database: database,
                charter: services.charter,
                countries: [],
                actor: "test",
                now: { later }
            )
            _ = try await importer.importFolder(FeeHouse.root.path + "/Data/wego")
            try await body(DuesHouse(database: database, services: services))
        }
    }

    fileprivate func inventing(seed: UInt64 = 2010) -> InventedDues {
        InventedDues(database: database, services: services, logger: Logger(label: "test"), seed: seed)
    }

    @discardableResult
    fileprivate func invent() async throws -> InventedDues.Outcome {
        try await inventing().add(to: .everybody, now: Self.later)
    }

    /// How many rows each table has.
    fileprivate func counts() async throws -> [String: Int] {
        let names =
            switch database.engine {
            case .sqlite: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            case .postgres: "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
            }
        let tables = try await database.read { try $0.query(names) { try $0.text(0) } }
        var counts: [String: Int] = [:]
        for table in tables { counts[table] = try await count(table) }
        return counts
    }

    /// What the nightly rule finds of everybody.
    fileprivate func findings() async throws -> [StandingFinding] {
        let (charter, day) = (charter, try Self.day("2026-11-22"))
        return try await database.read { transaction in
            try StandingDay(
                day,
                roll: .asTheDayEnded,
                charter: charter,
                payments: DuesOnRecord(),
                transaction
            ).findings(transaction)
        }
    }

    /// What was made up, without ids: figures, accounts and activities.
    fileprivate func story() async throws -> [String] {
        try await database.read { transaction in
            let figures = try transaction.query(
                """
                SELECT m.key, i.measure, i.value, i.kind_key FROM fee_input i JOIN member m ON m.id = i.member_id
                ORDER BY m.key, i.measure
                """
            ) { "\(try $0.text(0)) \(try $0.text(1)) \(try $0.optionalReal(2) ?? 0) \($0.optionalText(3) ?? "")" }
            let entries = try transaction.query(
                """
                SELECT m.key, e.day, e.kind, e.amount_minor FROM account_entry e JOIN member m ON m.id = e.member_id
                ORDER BY m.key, e.day, e.kind, e.amount_minor
                """
            ) { "\(try $0.text(0)) \(try $0.text(1)) \(try $0.text(2)) \(try $0.integer(3))" }
            let activities = try transaction.query(
                """
                SELECT m.key, a.kind, a.latest FROM activity a JOIN member m ON m.id = a.member_id
                ORDER BY m.key, a.latest, a.kind
                """
            ) { "\(try $0.text(0)) \(try $0.text(1)) \(try $0.text(2))" }
            return figures + entries + activities
        }
    }
}
