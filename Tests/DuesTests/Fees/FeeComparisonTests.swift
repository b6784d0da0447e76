import Charter
import Database
import DatabaseTesting
import Languages
import Testing

@testable import Dues

@Suite("Two sets of rules compared over the roll")
struct FeeComparisonTests {
    @Test(arguments: TestEngine.all)
    func `who pays more, who less, and what it makes together`(_ engine: Database.Engine) async throws {
        try await FeeHouse.with(engine) { house in
            try await house.enter("acme", "kind", "sme", "2022")
            try await house.enter("acme", "employees", "600", "2022")
            try await house.enter("guild", "kind", "non-profit", "2022")
            try await house.enter("guild", "employees", "60", "2022")
            try await house.enter("union", "kind", "association", "2022")
            try await house.enter("union", "gdp-per-capita-ppp", "1000", "2022")
            let found = try await house.ask(FeeComparison(from: 2023, to: 2024, charter: house.charter))
            #expect(found.day.description == "2024-01-01")
            #expect(found.rows.map(\.member.key) == ["acme", "guild", "union", "visby"])
            #expect(found.rows.map(\.change) == [.less, .less, .cannotTell, .same])
            #expect(found.rows.map(\.difference) == [-3000, -1000, nil, 0])
            #expect(found.summary.counts == [.less: 2, .cannotTell: 1, .same: 1])
            #expect(found.summary.members == 4)
            #expect(found.summary.before == [FeeTotal(currency: "USD", amount: 9000)])
            #expect(found.summary.after == [FeeTotal(currency: "USD", amount: 5000)])
            #expect(found.byCategory.map(\.category) == ["local-government", "institution", "corporation"])
            #expect(found.byCategory.map(\.summary.members) == [1, 2, 1])
            // Its income decides in 2023; for 2024 its employees are not known.
            #expect(found.reasons.map(\.members) == [1])
            #expect(found.reasons.first?.words.english == "No figure is known: employees.")
            let back = try await house.ask(
                FeeComparison(from: 2024, to: 2023, on: found.day, charter: house.charter)
            )
            #expect(back.rows.map(\.difference) == [3000, 1000, nil, 0])
        }
    }

    @Test(arguments: TestEngine.all)
    func `the roll of a day has the fees of that day's members`(_ engine: Database.Engine) async throws {
        try await FeeHouse.with(engine) { house in
            try await house.enter("riga", "population", "600000", "2022")
            let before = try await house.ask(FeesOfRoll(year: 2023, charter: house.charter))
            #expect(before.fees.map(\.member.key) == ["acme", "guild", "riga", "union", "visby"])
            #expect(before.told == 2)
            #expect(before.totals == [FeeTotal(currency: "USD", amount: 3000)])
            let after = try await house.ask(
                FeesOfRoll(year: 2023, on: DuesHouse.day("2023-12-31"), charter: house.charter)
            )
            #expect(after.fees.map(\.member.key) == ["acme", "guild", "union", "visby"])
            #expect(after.totals == [FeeTotal(currency: "USD", amount: 1000)])
        }
    }

    @Test func `fees in other currencies are not compared`() async throws {
        try await FeeHouse.with(.sqlite) { house in
            let year = try FeeYear(2024, charter: house.charter)
            let member = try await house.fee("visby", 2024).member
            let text = try FeeHouse.text("Charters/wego.yaml").replacing("currency: USD", with: "currency: EUR")
            let euro = try #require(Charter.lint(text: text, file: "wego.yaml").charter)
            let facts = try await house.fee("visby", 2024).facts
            let row = ComparedFee(
                member: member,
                before: year.version.fee(facts),
                after: try FeeYear(2024, charter: euro).version.fee(facts)
            )
            #expect(row.change == .otherCurrency)
            #expect(row.difference == nil)
            let summary = ComparedFees.Summary([row])
            #expect(summary.before == [FeeTotal(currency: "USD", amount: 1000)])
            #expect(summary.after == [FeeTotal(currency: "EUR", amount: 1000)])
        }
    }
}
