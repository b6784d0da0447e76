import Charter
import Database
import DatabaseTesting
import Languages
import Testing

@testable import Dues

@Suite("Which figure a fee goes by")
struct FeeReadingTests {
    @Test(arguments: TestEngine.all)
    func `the latest figure of the records counts`(_ engine: Database.Engine) async throws {
        try await FeeHouse.with(engine) { house in
            let facts = try await house.fee("visby", 2024).facts
            #expect(facts.figures["population"]?.value == 100_000)
            #expect(facts.figures["population"]?.source == "AR2021")
            #expect(facts.figures["population"]?.locator == "p. 2")
            #expect(facts.figures["population"]?.asOf.description == "2021-01-01")
            #expect(facts.figures["population"]?.precision == .year)
            #expect(try await house.amount("visby", 2024) == 1000)
        }
    }

    @Test(arguments: TestEngine.all)
    func `what was entered counts before the records of the same time, and a later record before it`(
        _ engine: Database.Engine
    ) async throws {
        try await FeeHouse.with(engine) { house in
            try await house.enter("visby", "population", "600000", "2020")
            #expect(try await house.amount("visby", 2024) == 1000)
            try await house.enter("visby", "population", "99999", "2021")
            #expect(try await house.amount("visby", 2024) == 500)
            try await house.enter("visby", "population", "1000000", "2021-02")
            #expect(try await house.amount("visby", 2024) == 3000)
            try await house.enter("visby", "population", "5000000", "2021-02-02")
            #expect(try await house.amount("visby", 2024) == 5000)
        }
    }

    @Test(arguments: TestEngine.all)
    func `what was corrected or withdrawn counts no more`(_ engine: Database.Engine) async throws {
        try await FeeHouse.with(engine) { house in
            try await house.enter("acme", "kind", "sme", "2022")
            try await house.enter("acme", "employees", "600", "2022")
            #expect(try await house.amount("acme", 2022) == 5000)
            let corrected = try await house.enter("acme", "employees", "20", "2022")
            #expect(try await house.amount("acme", 2022) == 2000)
            try await house.run(WithdrawFeeInput(corrected, grounds: "It was another firm"))
            #expect(try await house.amount("acme", 2022) == 2500, "the 300 of the records")
        }
    }

    @Test(arguments: TestEngine.all)
    func `income per head is of the country, unless the member has a figure of its own`(
        _ engine: Database.Engine
    ) async throws {
        try await FeeHouse.with(engine) { house in
            try await house.enter("guild", "kind", "academic", "2022")
            try await house.enter("union", "kind", "association", "2022")
            #expect(try await house.amount("guild", 2022) == nil)
            try await house.enter("", "gdp-per-capita-ppp", "1999.50", "2021", country: "DE")
            #expect(try await house.amount("guild", 2022) == 750)
            #expect(try await house.amount("union", 2022) == nil, "it has no country")
            try await house.enter("", "gdp-per-capita-ppp", "2000", "2022", country: "DE")
            #expect(try await house.amount("guild", 2022) == 1000)
            try await house.enter("guild", "gdp-per-capita-ppp", "8000", "2015")
            #expect(try await house.amount("guild", 2022) == 2000)
            try await house.enter("union", "gdp-per-capita-ppp", "20000", "2022")
            #expect(try await house.amount("union", 2022) == 5000)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a figure that is made up says so in what follows from it`(_ engine: Database.Engine) async throws {
        try await FeeHouse.with(engine) { house in
            #expect(try await !house.fee("visby", 2024).isInvented)
            try await house.enter("visby", "population", "2000000", "2022", invented: true)
            let fee = try await house.fee("visby", 2024)
            #expect(fee.isInvented)
            #expect(fee.outcome.words.english.contains("made up"))
        }
    }

    @Test(arguments: TestEngine.all)
    func `all in one pass are each by itself`(_ engine: Database.Engine) async throws {
        try await FeeHouse.with(engine) { house in
            try await house.enter("acme", "kind", "sme", "2022")
            try await house.enter("guild", "kind", "academic", "2022")
            try await house.enter("", "gdp-per-capita-ppp", "50000", "2022", country: "DE")
            try await house.enter("visby", "population", "60000", "2023-05-01")
            let year = try FeeYear(2024, charter: house.charter)
            let day = year.billedOn
            try await house.database.read { transaction in
                let reading = try FeeReading(year, transaction)
                var onRoll: [FeeMember: FeeFacts] = [:]
                var names: [String] = []
                try reading.forEach(.onRoll(day), transaction) { member, facts in
                    names.append(member.name)
                    onRoll[member] = facts
                }
                // Riga left before.
                #expect(names == ["Acme", "Guild", "Union of Ports", "Visby"])
                for (member, facts) in onRoll {
                    let one = try reading.one(member.id, transaction)
                    #expect(one?.member == member)
                    #expect(one?.facts == facts)
                }
                var between: [FeeMember: FeeFacts] = [:]
                let first = try Day(year: 2024, month: 1, day: 1)
                let last = try Day(year: 2024, month: 12, day: 31)
                try reading.forEach(.onRollBetween(first, last), transaction) { between[$0] = $1 }
                #expect(between == onRoll)
                #expect(try reading.one("nobody", transaction) == nil)
            }
        }
    }

    @Test(arguments: TestEngine.all)
    func `who left within a year was on the roll in it`(_ engine: Database.Engine) async throws {
        try await FeeHouse.with(engine) { house in
            let year = try FeeYear(2023, charter: house.charter)
            let keys = try await house.database.read { transaction in
                var keys: [String] = []
                let last = try Day(year: 2023, month: 12, day: 31)
                let reading = try FeeReading(year, transaction)
                try reading.forEach(.onRollBetween(year.billedOn, last), transaction) { member, _ in
                    keys.append(member.key)
                }
                return keys
            }
            #expect(keys == ["acme", "guild", "riga", "union", "visby"])
        }
    }

    @Test(arguments: TestEngine.all)
    func `where the charter counts figures up to the day of billing, later ones are left aside`(
        _ engine: Database.Engine
    ) async throws {
        let text = try FeeHouse.text("Charters/wego.yaml")
        #expect(text.contains("facts_as_of: latest"))
        let changed = text.replacing("facts_as_of: latest", with: "facts_as_of: billed-on")
        let charter = try #require(Charter.lint(text: changed, file: "wego.yaml").charter)
        try await FeeHouse.with(engine) { house in
            try await house.enter("visby", "population", "600000", "2024-01-02")
            try await house.enter("visby", "population", "1000000", "2024")
            func amount(_ charter: Charter) async throws -> Int? {
                try await house.ask(FeeOfMember("visby", year: 2024, charter: charter)).fee.outcome.answer?.fee
            }
            #expect(try await amount(house.charter) == 2000)
            #expect(try await amount(charter) == 1000, "the figure of 2021")
            try await house.enter("visby", "population", "99999", "2024-01-01")
            #expect(try await amount(charter) == 500)
        }
    }
}
