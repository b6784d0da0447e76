import Access
import Charter
import Database
import DatabaseTesting
import Foundation
import Journal
import Languages
import Standing
import Testing

@testable import Dues

@Suite("Importing a bank's statement")
struct StatementImportTests {
    /// What the rule on standing is told of a member's payments.
    private func record(_ house: DuesHouse, _ member: String, _ day: String) async throws -> PaymentRecord {
        let (id, day) = (try await house.id(member), try DuesHouse.day(day))
        return try await house.database.read { try DuesOnRecord().payments($0, on: day).record(ofMember: id) }
    }

    @Test(arguments: TestEngine.all)
    func `what is sure is booked, the rest waits with its suggestions`(_ engine: Database.Engine) async throws {
        try await PaymentHouse.with(engine) { house in
            let done = try await house.imports(PaymentHouse.statement("camt053-02.xml"))
            #expect(done.statements.map(\.newLines) == [6])
            #expect(done.match == MatchOutcome(booked: 4, suggested: 1, open: 1))
            #expect(try await house.owed("gdynia") == 0)
            #expect(try await house.owed("narva") == 60_000)
            #expect(try await house.owed("riga") == 0)
            #expect(try await house.credit("riga") == 25_000)
            #expect(try await house.owed("stade") == 0)
            #expect(try await house.owed("turku") == 100_000)
            #expect(try await house.entries("riga") == ["payment -100000 USD", "payment -25000 USD"])
            let waiting = try await house.queue()
            #expect(waiting.map(\.line.line.name) == ["Town of Turku"])
            #expect(waiting[0].matches.map(\.suggestion.confidence) == [90])
            #expect(waiting[0].matches[0].targets.map(\.number) == ["2024-0005"])
            #expect(waiting[0].matches[0].words.english.contains("names the member"))
            let payments = try await house.asks(PaymentList()).payments
            #expect(payments.count == 4)
            let first = try #require(payments.first { $0.payer == "City of Gdynia" })
            #expect(first.match?.confidence == 99 && first.method == .bank && !first.isInvented)
            #expect(first.receivedOn == Day("2024-03-01"))
            #expect(try await house.actions("payment", first.id) == ["payment.recorded"])
            let statement = try #require(done.statements[0].id)
            #expect(try await house.actions("bank-statement", statement) == ["bank-statement.imported"])
        }
    }

    @Test(arguments: TestEngine.all)
    func `the payer's name in the journal is personal, so that it can be erased`(
        _ engine: Database.Engine
    ) async throws {
        try await PaymentHouse.with(engine) { house in
            try await house.imports(PaymentHouse.statement("camt053-02.xml"))
            let entries = try await house.database.read { try Journal.latest($0, limit: 50).map(\.entry) }
            let recorded = entries.filter { $0.action == "payment.recorded" }
            #expect(recorded.count == 4)
            let told = recorded.compactMap(\.after).joined()
            #expect(!told.contains("Gdynia") && !told.contains("thank you"))
        }
    }

    @Test(arguments: TestEngine.all)
    func `imported twice nothing changes, not even a row`(_ engine: Database.Engine) async throws {
        try await PaymentHouse.with(engine) { house in
            try await house.imports(PaymentHouse.statement("camt053-02.xml"))
            let tables = ["bank_statement", "bank_line", "payment", "payment_share", "account_entry", "journal_entry"]
            var before: [Int] = []
            for table in tables { before.append(try await house.count(table)) }
            let again = try await house.imports(PaymentHouse.statement("camt053-02.xml"))
            #expect(again.statements.map(\.newLines) == [0] && again.statements.map(\.knownLines) == [6])
            #expect(again.statements[0].id == nil)
            var after: [Int] = []
            for table in tables { after.append(try await house.count(table)) }
            #expect(after == before)
        }
    }

    @Test(arguments: TestEngine.all)
    func `of statements that overlap, in two versions, only what is new is taken`(
        _ engine: Database.Engine
    ) async throws {
        try await PaymentHouse.with(engine) { house in
            try await house.imports(PaymentHouse.statement("camt053-02.xml"))
            let done = try await house.imports(PaymentHouse.statement("camt053-08.xml"))
            #expect(done.statements.map(\.newLines) == [2] && done.statements.map(\.knownLines) == [3])
            #expect(done.match == MatchOutcome(booked: 0, suggested: 3, open: 3))
            let shown = try await house.queue().map { line in
                line.matches.map { "\($0.suggestion.sort.rawValue) \($0.targets.map(\.number).joined())" }
            }
            #expect(shown == [["full 2024-0005"], ["charged 2024-0006"], ["double 2024-0001"]])
        }
    }

    @Test(arguments: TestEngine.all)
    func `two that import one file at once book it once`(_ engine: Database.Engine) async throws {
        try await PaymentHouse.with(engine) { house in
            let file = try PaymentHouse.statement("camt053-02.xml")
            async let first = house.imports(file)
            async let second = house.imports(file)
            let lines = try await [first, second].flatMap { $0.statements.map(\.newLines) }
            #expect(lines.sorted() == [0, 6])
            #expect(try await house.count("payment") == 4)
            #expect(try await house.owed("gdynia") == 0)
        }
    }

    @Test(arguments: TestEngine.all)
    func `two bookings that are alike are two, and a third is new`(_ engine: Database.Engine) async throws {
        try await PaymentHouse.with(engine) { house in
            let line = "2024-03-05,Somebody,dues,10"
            try await house.imports(PaymentHouse.table([line, line]))
            let done = try await house.imports(PaymentHouse.table([line, line, line]))
            #expect(done.statements.map(\.newLines) == [1])
            #expect(try await house.count("bank_line") == 3)
            let other = try await house.imports(PaymentHouse.table([line], account: "ACCOUNT-2"))
            #expect(other.statements.map(\.newLines) == [1])
        }
    }

    @Test(arguments: TestEngine.all)
    func `a preview says what importing would do and changes nothing`(_ engine: Database.Engine) async throws {
        try await PaymentHouse.with(engine) { house in
            let before = try await house.count("journal_entry")
            let parts = try await house.previews(PaymentHouse.statement("camt053-02.xml"))
            #expect(parts[0].lines.map(\.isBooked) == [true, true, true, false, true, false])
            #expect(parts[0].lines.allSatisfy { !$0.isKnown })
            #expect(parts[0].lines[2].suggestions[0].targets[0].memberKey == "riga")
            #expect(try await house.count("bank_line") == 0)
            #expect(try await house.count("journal_entry") == before)
            try await house.imports(PaymentHouse.statement("camt053-02.xml"))
            let again = try await house.previews(PaymentHouse.statement("camt053-08.xml"))
            #expect(again[0].lines.map(\.isKnown) == [true, true, true, false, false])
        }
    }

    @Test(arguments: TestEngine.all)
    func `an import can be told to book nothing, and matching books it later`(_ engine: Database.Engine) async throws {
        try await PaymentHouse.with(engine) { house in
            let file = try PaymentHouse.statement("camt053-02.xml")
            let done = try await house.imports(file, booksMatches: false)
            #expect(done.match == MatchOutcome(booked: 0, suggested: 5, open: 5))
            #expect(try await house.count("payment") == 0)
            let matched = try await house.matchAnew()
            #expect(matched == MatchOutcome(booked: 4, suggested: 1, open: 1))
            #expect(try await house.matchAnew() == MatchOutcome(booked: 0, suggested: 1, open: 1))
        }
    }

    @Test(arguments: TestEngine.all)
    func `the charter says how sure a line must be to be booked by itself`(_ engine: Database.Engine) async throws {
        // Of a reference in the text it is 98 in a hundred sure.
        let line = "2024-03-05,Visby,RF9120240006,1000"
        for (least, booked) in [(98, 1), (99, 0)] {
            let change = ["books_from: 95": "books_from: \(least)"]
            try await PaymentHouse.with(engine, charter: change) { house in
                let file = try PaymentHouse.table([line])
                #expect(try await house.previews(file)[0].lines.map(\.isBooked) == [booked == 1])
                let waits = MatchOutcome(booked: 0, suggested: 1, open: 1)
                #expect(try await house.imports(file, booksMatches: false).match == waits)
                let done = MatchOutcome(booked: booked, suggested: 1 - booked, open: 1 - booked)
                #expect(try await house.matchAnew() == done, "from \(least)")
                let other = try PaymentHouse.table(["2024-03-06,Turku,RF2120240005,1000"])
                #expect(try await house.imports(other).match.booked == booked, "from \(least)")
            }
        }
    }

    @Test func `where the charter says nothing of payments, nothing is booked by itself`() throws {
        let charter = try DuesHouse.charter()
        let now = PaymentRules(charter, at: PaymentHouse.now)
        #expect(now.booksFrom == 95)
        #expect(now.rateDifference == Charter.Fraction(numerator: 1, denominator: 10))
        let before = PaymentRules(charter, at: InstantText.date("2020-03-08T09:00:00.000000Z") ?? .distantPast)
        #expect(before.booksFrom == nil && before.rateDifference == nil)
    }

    @Test(arguments: TestEngine.all)
    func `of two transfers with one reference the second is a double payment`(_ engine: Database.Engine) async throws {
        try await PaymentHouse.with(engine) { house in
            let lines = ["2024-03-05,Visby,RF9120240006,1000", "2024-03-06,Visby,RF9120240006,1000"]
            let done = try await house.imports(PaymentHouse.table(lines))
            #expect(done.match == MatchOutcome(booked: 1, suggested: 1, open: 1))
            let line = try #require(try await house.queue().first)
            #expect(line.matches.map(\.suggestion.sort) == [.double])
            try await house.match(line.line.id, as: .suggestion(1))
            #expect(try await house.owed("visby") == 0)
            #expect(try await house.credit("visby") == 100_000)
        }
    }

    @Test(arguments: TestEngine.all)
    func `undoing an import takes back all that came of it, and the file can come again`(
        _ engine: Database.Engine
    ) async throws {
        try await PaymentHouse.with(engine) { house in
            let file = try PaymentHouse.statement("camt053-02.xml")
            let id = try #require(try await house.imports(file).statements[0].id)
            let undone = try await house.does(UndoStatement(id, grounds: "The wrong account"))
            #expect(undone == UndoStatement.Outcome(lines: 6, payments: 4))
            for town in PaymentHouse.keys { #expect(try await house.owed(town) == 100_000, "\(town)") }
            #expect(try await house.credit("riga") == 0)
            #expect(try await house.entries("gdynia") == ["payment -100000 USD", "reversal 100000 USD"])
            let states = try await house.queue(BankLine.State.allCases).map(\.line.state)
            #expect(states == Array(repeating: .undone, count: 6))
            let twice = await house.problem { _ = try await house.does(UndoStatement(id, grounds: "Again")) }
            #expect(twice as? StatementRefusal == .undone)
            let again = try await house.imports(file)
            #expect(again.match.booked == 4)
            #expect(try await house.owed("gdynia") == 0)
        }
    }

    @Test(arguments: TestEngine.all)
    func `an import whose credit was used cannot be undone, and then nothing of it is`(
        _ engine: Database.Engine
    ) async throws {
        try await PaymentHouse.with(engine) { house in
            let file = try PaymentHouse.statement("camt053-02.xml")
            let id = try #require(try await house.imports(file).statements[0].id)
            try await house.does(
                RefundPayment(
                    member: "riga",
                    currency: "USD",
                    amount: "250",
                    paidOn: "2024-03-07",
                    grounds: "Paid too much"
                )
            )
            let problem = await house.problem { _ = try await house.does(UndoStatement(id, grounds: "Wrong")) }
            #expect(problem as? PaymentRefusal == .creditUsed("Riga"))
            #expect(try await house.owed("gdynia") == 0)
            #expect(try await house.asks(StatementList())[0].undoneAt == nil)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a made-up statement makes made-up payments, which count as no record`(_ engine: Database.Engine) async throws
    {
        try await PaymentHouse.with(engine) { house in
            try await house.imports(PaymentHouse.statement("camt053-02.xml"), isInvented: true)
            #expect(try await house.asks(PaymentList()).payments.allSatisfy(\.isInvented))
            let (last, from) = (try DuesHouse.day("2024-03-06"), try DuesHouse.day("2024-02-01"))
            #expect(try await record(house, "gdynia", "2024-03-08") == .known(last: nil, from: from))
            try await house.pay("gdynia", "10", on: "2024-03-06")
            #expect(try await record(house, "gdynia", "2024-03-08") == .known(last: last, from: from))
            #expect(try await record(house, "gdynia", "2024-03-05") == .known(last: nil, from: from))
            #expect(try await record(house, "gdynia", "2024-01-31") == .unknown)
        }
    }

    @Test(arguments: TestEngine.all)
    func `the bench matches what is invented for it, and reads and writes the same`(
        _ engine: Database.Engine
    ) async throws {
        try await PaymentHouse.with(engine) { house in
            let now = PaymentHouse.now
            let invented = try await house.database.write { try MatchBench.invent(10, $0, now: now) }
            let matched = try await house.database.write { try MatchBench.match($0, now: now) }
            let texts = try await house.database.write { try MatchBench.bare($0) }
            #expect(invented == 6 && matched == 6 && texts > 6)
            let lines = try await house.queue()
            #expect(lines.count == 6)
            #expect(lines.count(where: { !$0.matches.isEmpty }) == 5)
            #expect(try await house.count("payment") == 0)
        }
    }
}
