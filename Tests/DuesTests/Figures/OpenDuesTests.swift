import Charter
import Database
import DatabaseTesting
import Testing

@testable import Dues

@Suite("How long what is open is past due")
struct OpenDuesTests {
    @Test("each day belongs to one age", arguments: TestEngine.all)
    func ages(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(3)) { house in
            // Due on 2 March 2024.
            try await house.issue(on: "2024-01-02")
            let days: [(day: String, age: Int)] = [
                ("2024-01-02", 0), ("2024-03-02", 0), ("2024-03-03", 1), ("2024-04-01", 1), ("2024-04-02", 2),
                ("2024-05-31", 2), ("2024-06-01", 3), ("2025-03-02", 3), ("2025-03-03", 4), ("2199-12-31", 4),
            ]
            for (day, age) in days {
                let open = try #require(try await house.figures(on: day).open.first)
                let expected = OpenDues.Age.all.indices.map { $0 == age ? "3 3000.00" : "0 0.00" }
                #expect(open.rows.map(\.said) == expected, "\(day)")
                #expect(open.rows.map(\.age) == OpenDues.Age.all)
                #expect(try open.total == house.usd(3000))
            }
        }
    }

    @Test("where instalments were granted, each has its own age", arguments: TestEngine.all)
    func instalments(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(4)) { house in
            try await house.issue(on: "2024-01-02")
            for invoice in try await house.invoices().prefix(3) { try await house.spread(invoice) }
            let open = try #require(try await house.figures(on: "2024-05-15").open.first)
            // The fourth owes all at once, 74 days past due.
            #expect(open.rows.map(\.said) == ["3 1800.00", "0 0.00", "4 2200.00", "0 0.00", "0 0.00"])
            let before = try #require(try await house.figures(on: "2024-01-09").open.first)
            #expect(before.rows.map(\.said) == ["4 4000.00", "0 0.00", "0 0.00", "0 0.00", "0 0.00"])
        }
    }

    @Test("ages at which one or two members owe are together with their neighbours", arguments: TestEngine.all)
    func merged(_ engine: Database.Engine) async throws {
        // On 5 March 2024 the early ones are 3 days past due, and those who joined later are not due yet.
        let all = OpenDues.Age.all
        let (month, every) = (OpenDues.Age(from: 0, to: 30), OpenDues.Age(from: 0, to: nil))
        let cases: [(early: Int, late: Int, rows: [String], ages: [OpenDues.Age])] = [
            (3, 2, ["5 5000.00", "0 0.00", "0 0.00", "0 0.00"], [month] + Array(all.suffix(3))),
            (2, 3, ["5 5000.00"], [every]),
            (3, 3, ["3 3000.00", "3 3000.00", "0 0.00", "0 0.00", "0 0.00"], all),
        ]
        for (early, late, rows, ages) in cases {
            let towns = DuesHouse.towns(early) + DuesHouse.joiners(late, from: "2024-02-05")
            try await DuesHouse.with(engine, towns) { house in
                try await house.issue(2024, on: "2024-01-02")
                try await house.issue(2024, on: "2024-02-10")
                let open = try #require(try await house.figures().open.first)
                #expect(open.rows.map(\.said) == rows)
                #expect(open.rows.map(\.age) == ages)
            }
        }
    }

    @Test("what is open of a year gives away nobody's age", arguments: TestEngine.all)
    func agesOfYears(_ engine: Database.Engine) async throws {
        // On 5 July 2024 what was billed for 2024 is 125 days past due, and what was billed for 2023 to those who
        // joined in its course 308 days: of one age. What is older is of 2023 alone.
        for late in [1, 2, 3] {
            let towns = DuesHouse.towns(4) + DuesHouse.joiners(late, from: "2023-06-01")
            try await DuesHouse.with(engine, towns) { house in
                try await house.issue(2023, on: "2023-01-02")
                try await house.issue(2023, on: "2023-07-03")
                try await house.issue(2024, on: "2024-01-02")
                let figures = try await house.figures(on: "2024-07-05")
                #expect(figures.years.map { $0.total.open == nil } == [false, false])
                let open = try #require(figures.open.first)
                let together = Array(OpenDues.Age.all.prefix(3)) + [OpenDues.Age(from: 91, to: nil)]
                #expect(open.rows.map(\.age) == (late < 3 ? together : OpenDues.Age.all))
                #expect(open.rows.reduce(0) { $0 + $1.invoices } == 8 + 2 * late)
            }
        }
    }

    @Test("the total gives away no year of which it is not told what is open", arguments: TestEngine.all)
    func withheldYear(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(6)) { house in
            try await house.issue(2023, on: "2023-01-02")
            try await house.issue(2024, on: "2024-01-02")
            let invoices = try await house.invoices().filter { $0.year == 2023 }
            var entry = ""
            for invoice in invoices.prefix(4) { entry = try await house.pay(invoice, 1000, on: "2023-03-01") }
            // Two still owe for 2023: without the USD 6,000 of 2024 the total would be theirs.
            let two = try await house.figures()
            #expect(try two.years.map(\.total.open) == [house.usd(6000), nil])
            #expect(two.open.map(\.total) == [nil] && two.open.map(\.rows) == [[]])
            _ = try await house.reverse(entry, on: "2024-03-01")
            let three = try await house.figures()
            #expect(try three.years.map(\.total.open) == [house.usd(6000), house.usd(3000)])
            #expect(try three.open.map(\.total) == [house.usd(9000)])
        }
    }

    @Test("nor what one or two members settled of what was billed", arguments: TestEngine.all)
    func withheldPayment(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(6)) { house in
            try await house.issue(2024, on: "2024-01-02")
            let totals: [Money?] = [nil, nil, try house.usd(4800)]
            for (invoice, total) in zip(try await house.invoices(), totals) {
                _ = try await house.pay(invoice, 400, on: "2024-02-01")
                let figures = try await house.figures()
                #expect(figures.years.map(\.total.open) == [total], "\(invoice.number)")
                #expect(figures.open.map(\.total) == [total], "\(invoice.number)")
            }
        }
    }

    @Test("nor a year that is left out whole, as long as anybody owes for it", arguments: TestEngine.all)
    func leftOutYear(_ engine: Database.Engine) async throws {
        let towns = DuesHouse.towns(2) + DuesHouse.joiners(4, from: "2024-01-01")
        try await DuesHouse.with(engine, towns) { house in
            try await house.issue(2023, on: "2023-01-02")
            try await house.issue(2024, on: "2024-01-02")
            let owed = try await house.figures()
            #expect(owed.leftOut == [2023] && owed.years.map(\.year) == [2024])
            #expect(owed.open.map(\.total) == [nil])
            for invoice in try await house.invoices().filter({ $0.year == 2023 }) {
                _ = try await house.pay(invoice, 1000, on: "2024-02-01")
            }
            let settled = try await house.figures()
            #expect(settled.leftOut == [2023])
            #expect(try settled.open.map(\.total) == [house.usd(6000)])
        }
    }

    @Test("several such years need enough different members together", arguments: TestEngine.all)
    func withheldYears(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(6)) { house in
            for year in [2022, 2023, 2024] { try await house.issue(year, on: "\(year)-01-03") }
            let invoices = try await house.invoices()
            // For 2022 the first owes; for 2023 the last two do.
            for invoice in invoices[1..<6] { _ = try await house.pay(invoice, 1000, on: "2023-03-01") }
            let entries = try await house.pay(all: invoices[6..<10], on: "2023-03-01")
            let three = try await house.figures()
            #expect(try three.years.map(\.total.open) == [house.usd(6000), nil, nil])
            #expect(try three.open.map(\.total) == [house.usd(9000)])
            // For 2023 the first and the last do: two in all.
            _ = try await house.reverse(entries[0], on: "2024-03-01")
            _ = try await house.pay(invoices[10], 1000, on: "2024-03-01")
            let two = try await house.figures()
            #expect(try two.years.map(\.total.open) == [house.usd(6000), nil, nil])
            #expect(two.open.map(\.total) == [nil] && two.open.map(\.rows) == [[]])
        }
    }
}

extension DuesHouse {
    /// Towns that became members on a day.
    fileprivate static func joiners(_ count: Int, from day: String) -> [Town] {
        (0..<count).map { Town(key: "joiner-\($0)", from: day) }
    }

    /// Has invoices of USD 1,000 paid in full, and returns the entries.
    fileprivate func pay(all invoices: ArraySlice<Invoice>, on day: String) async throws -> [String] {
        var entries: [String] = []
        for invoice in invoices { entries.append(try await pay(invoice, 1000, on: day)) }
        return entries
    }

    /// Has an invoice paid in two parts from 10 January on: 400 until the end of March, 600 until the end of June.
    fileprivate func spread(_ invoice: Invoice) async throws {
        try await database.write { transaction in
            try transaction.execute(
                """
                INSERT INTO relief_request (id, year, number, kind, state, member_id, from_year, to_year, letter_day,
                    words, signed_by, recorded_by, recorded_at, body, settled_at, decided_on)
                SELECT i.id, 2024, COUNT(r.id) + 1, 'payment-plan', 'adopted', i.member_id, 2024, 2024, '2024-01-05',
                    'Please', 'The mayor', 'test', '2024-01-05', 'executive-committee', '2024-01-10', '2024-01-10'
                FROM invoice i LEFT JOIN relief_request r ON 1 = 1 WHERE i.id = ? GROUP BY i.id, i.member_id
                """,
                [.text(invoice.id)]
            )
            for (due, minor) in [("2024-03-31", 40_000), ("2024-06-30", 60_000)] {
                try transaction.execute(
                    """
                    INSERT INTO invoice_instalment (invoice_id, relief_id, due_on, amount_minor, since_on)
                    VALUES (?, ?, ?, ?, '2024-01-10')
                    """,
                    [.text(invoice.id), .text(invoice.id), .text(due), .int(minor)]
                )
            }
        }
    }
}

extension OpenDues.Row {
    fileprivate var said: String { "\(invoices) \(amount.plain)" }
}
