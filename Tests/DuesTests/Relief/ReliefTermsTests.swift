import Charter
import Testing

@testable import Dues

@Suite("What relief makes of an amount")
struct ReliefTermsTests {
    private static func usd(_ minor: Int) throws -> Money { Money(minor: minor, try Currency("USD")) }
    private static func day(_ iso: String) throws -> Day { try #require(Day(iso)) }

    @Test func `an invoice is lowered by what was granted, and never below nothing`() throws {
        let cases: [(ReliefTerms, asked: Int, less: Int)] = [
            (.remission, 100_000, 100_000), (.percent(50), 100_000, 50_000), (.percent(33), 100_050, 33_016),
            // Halves go to the even neighbour.
            (.percent(50), 1, 0), (.percent(50), 3, 2), (.percent(1), 49, 0),
            (.amount(try Self.usd(30_000)), 100_000, 30_000), (.amount(try Self.usd(300_000)), 100_000, 100_000),
            (.commutation(try Self.usd(25_000)), 100_000, 75_000), (.commutation(try Self.usd(25_000)), 25_000, 0),
            (.commutation(try Self.usd(25_000)), 20_000, 0), (.plan([]), 100_000, 0), (.remission, 0, 0),
            (.remission, -500, 0),
        ]
        for (terms, asked, less) in cases {
            #expect(try terms.lowering(Self.usd(asked)) == Self.usd(less), "\(terms) of \(asked)")
        }
        let yen = Money(minor: 1000, try Currency("JPY"))
        #expect(throws: MoneyError.self) { try ReliefTerms.amount(yen).lowering(Self.usd(100)) }
    }

    @Test func `instalments are spread over invoices one after the other`() throws {
        let (june, july) = (try Self.day("2024-06-01"), try Self.day("2024-07-01"))
        let plan = [
            Instalment(dueOn: june, amount: try Self.usd(1500)), Instalment(dueOn: july, amount: try Self.usd(500)),
        ]
        let cases: [(owed: [Int], parts: [[(Day, Int)]])] = [
            ([1000, 1000], [[(june, 1000)], [(june, 500), (july, 500)]]), ([2000], [[(june, 1500), (july, 500)]]),
            ([700], [[(june, 700)]]),
            // What is owed beyond the instalments falls on the last day.
            ([2000, 300], [[(june, 1500), (july, 500)], [(july, 300)]]), ([2300], [[(june, 1500), (july, 800)]]),
        ]
        for (owed, parts) in cases {
            let spread = try plan.spread(over: owed.map { try Self.usd($0) })
            let expected = try parts.map { try $0.map { Instalment(dueOn: $0.0, amount: try Self.usd($0.1)) } }
            #expect(spread == expected, "\(owed)")
        }
        #expect(try plan.after(Self.usd(1600)) == [Instalment(dueOn: july, amount: try Self.usd(400))])
        #expect(try plan.after(Self.usd(0)) == plan)
        #expect(try plan.after(Self.usd(2000)).isEmpty)
    }

    @Test func `what was paid counts for the earliest instalments`() throws {
        let (own, since) = (try Self.day("2024-05-04"), try Self.day("2024-03-05"))
        let days = [try Self.day("2024-04-01"), try Self.day("2024-07-01"), try Self.day("2024-10-01")]
        let until = try Self.day("2024-08-01")
        let schedule = DueSchedule(
            ownDay: own,
            steps: days.map { DueSchedule.Step(dueOn: $0, minor: 300, since: since, until: until) }
        )
        func parts(_ owed: Int, _ day: String) throws -> [Int] {
            try schedule.parts(owed: owed, on: Self.day(day)).map(\.minor)
        }
        #expect(try parts(900, "2024-03-05") == [300, 300, 300])
        #expect(try parts(500, "2024-03-05") == [200, 300])
        // More than the instalments was due with the first.
        #expect(try parts(1000, "2024-03-05") == [400, 300, 300])
        #expect(try parts(0, "2024-03-05").isEmpty)
        #expect(try parts(900, "2024-03-04") == [900], "before it was granted")
        #expect(try parts(900, "2024-07-31") == [300, 300, 300])
        let after = schedule.parts(owed: 900, on: until)
        #expect(after.map(\.dueOn) == [own])
        #expect(after.map(\.since) == [until])
        let pastDue = schedule.parts(owed: 700, on: days[1])
        #expect(pastDue.pastDue(on: days[1]) == 100)
        #expect(pastDue.pastDue(on: days[1].adding(days: 1)) == 400)
    }
}
