import Access
import Charter
import Database
import DatabaseTesting
import Languages
import Testing

@testable import Dues

@Suite("The fee of a member")
struct FeeOfMemberTests {
    /// What is assumed of a member in a year, and its fee; nil where it cannot be told.
    struct Edge: Sendable, CustomTestStringConvertible {
        let member: String
        let year: Int
        let assuming: [String: String]
        let fee: Int?

        var testDescription: String { "\(member) \(year) \(assuming.sorted { $0.key < $1.key })" }

        init(_ member: String, _ year: Int, _ assuming: [String: String], _ fee: Int?) {
            (self.member, self.year, self.assuming, self.fee) = (member, year, assuming, fee)
        }

        private static func employees(_ year: Int, _ count: String, _ kind: String, _ fee: Int?) -> Edge {
            Edge("acme", year, ["employees": count, "kind": kind], fee)
        }

        private static func people(_ count: String, _ fee: Int) -> Edge {
            Edge("visby", 2024, ["population": count], fee)
        }

        private static func income(_ amount: String, _ fee: Int) -> Edge {
            Edge("guild", 2023, ["gdp-per-capita-ppp": amount, "kind": "association"], fee)
        }

        static let all: [Edge] = [kinds, incomes, simplified, towns].flatMap { $0 }

        private static let kinds: [Edge] = [
            employees(2022, "0", "sme", nil), employees(2022, "1", "sme", 2000),
            employees(2022, "229", "sme", 2000), employees(2022, "230", "sme", 2000),
            employees(2022, "299", "sme", 2000), employees(2022, "300", "sme", 2500),
            employees(2022, "499", "sme", 2500), employees(2022, "500", "sme", 5000),
            employees(2022, "1999", "sme", 5000), employees(2022, "2000", "multinational", 8000),
            employees(2022, "10", "start-up", 1000), employees(2022, "11", "start-up", 1500),
            employees(2022, "20", "start-up", 1500), employees(2022, "21", "start-up", 2000),
            Edge("guild", 2022, ["employees": "0", "kind": "non-profit"], 1000),
            Edge("guild", 2022, ["employees": "9", "kind": "non-profit"], 1000),
            Edge("guild", 2022, ["employees": "10", "kind": "non-profit"], 2000),
            Edge("guild", 2022, ["employees": "500", "kind": "non-profit"], 5000),
        ]
        private static let incomes: [Edge] = [
            income("0", 750), income("1999", 750), income("1999.50", 750), income("2000", 1000),
            income("4999.99", 1000), income("5000", 1500), income("20000", 5000),
        ]
        private static let simplified: [Edge] = [
            Edge("acme", 2024, ["employees": "0"], 1000), Edge("acme", 2024, ["employees": "49"], 1000),
            Edge("acme", 2024, ["employees": "50"], 1000), Edge("acme", 2024, ["employees": "51"], 2000),
            Edge("guild", 2024, ["employees": "49"], 1000), Edge("guild", 2024, ["employees": "50"], 1000),
            Edge("guild", 2024, ["employees": "51"], 2000),
        ]
        private static let towns: [Edge] = [
            people("0", 500), people("99999", 500), people("100000", 1000), people("499999", 1000),
            people("500000", 2000), people("1000000", 3000), people("4999999", 3000), people("5000000", 5000),
        ]
    }

    @Test func `the value at each end of each row has the fee that the table prints`() async throws {
        try await FeeHouse.with(.sqlite) { house in
            for edge in Edge.all {
                let fee = try await house.fee(edge.member, edge.year, edge.assuming)
                #expect(fee.outcome.answer?.fee == edge.fee, "\(edge.testDescription): \(fee.outcome.words.english)")
                #expect(fee.isAssumed == (edge.fee != nil))
            }
        }
    }

    @Test(arguments: TestEngine.all)
    func `what is missing is named, and what is assumed is not kept`(_ engine: Database.Engine) async throws {
        try await FeeHouse.with(engine) { house in
            let unknown = try await house.fee("guild", 2022)
            guard case .missing(let missing) = unknown.outcome else {
                Issue.record("a fee out of nothing: \(unknown.outcome)")
                return
            }
            #expect(missing.map(\.code) == ["kind"])
            #expect(try await house.amount("guild", 2022, ["kind": "non-profit", "employees": "12"]) == 2000)
            #expect(try await house.fee("guild", 2022).outcome == unknown.outcome)
            #expect(try await house.inputs(all: true).isEmpty)
            // Another category is asked by its own schedules.
            let city = try await house.fee("guild", 2024, ["category": "local-government", "population": "1"])
            #expect(city.outcome.answer?.fee == 500)
            #expect(city.isAssumed)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a fee that a ruling gives says so, with day, maker and grounds`(_ engine: Database.Engine) async throws {
        try await FeeHouse.with(engine) { house in
            try await house.enter("acme", "kind", "sme", "2022")
            try await house.enter("acme", "employees", "240", "2022-12-31")
            let fee = try await house.fee("acme", 2022)
            let answer = try #require(fee.outcome.answer)
            #expect(answer.band == nil)
            #expect(answer.ruling?.key == "from-230-to-299")
            let words = answer.sentence.english
            #expect(words.contains("240") && words.contains("31 Dec 2022") && words.contains("Its letter"))
            #expect(words.contains("By ruling of 22 Nov 2026 (Secretariat)"))
            #expect(!fee.isAssumed)
        }
    }

    @Test(arguments: [
        (["employees": "many"], "employees"), (["employees": "1.5"], "employees"), (["trees": "4"], "trees"),
        (["kind": "guild"], "kind"), (["category": "guild"], "category"),
    ])
    func `what cannot be assumed is refused by its name`(_ typed: [String: String], _ name: String) throws {
        do {
            _ = try FeeAssumptions(typed: typed, charter: FeeHouse.charter())
            Issue.record("it was assumed")
        } catch let invalid as InvalidInput { #expect(invalid.fields.map(\.name) == [name]) }
    }

    @Test func `nothing typed assumes nothing`() throws {
        #expect(try FeeAssumptions(typed: ["employees": " "], charter: FeeHouse.charter()) == FeeAssumptions.none)
    }

    @Test(arguments: TestEngine.all)
    func `before the first schedules there is no fee, and before the first rules no answer`(
        _ engine: Database.Engine
    ) async throws {
        try await FeeHouse.with(engine) { house in
            let found = try await house.fee("visby", 2015).outcome
            #expect(found == .noSchedule)
            await #expect(throws: FeeRefusal.noRules(year: 2009)) { try await house.fee("visby", 2009) }
            await #expect(throws: FeeRefusal.noRules(year: 3000)) { try await house.fee("visby", 3000) }
            await #expect(throws: FeeRefusal.noSuchMember) { try await house.fee("atlantis", 2024) }
        }
    }

    @Test(arguments: TestEngine.all)
    func `a member's people see the fee of their own member alone`(_ engine: Database.Engine) async throws {
        try await FeeHouse.with(engine) { house in
            let (visby, acme) = (try await house.id("visby"), try await house.id("acme"))
            let mayor = try await house.somebody(.representative, .member(visby))
            let own = try await house.ask(OwnFee(memberID: visby, year: 2024, charter: house.charter), as: mayor)
            let told = try await house.fee("visby", 2024)
            #expect(own.fee == told)
            #expect(own.year.billedOn.description == "2024-01-01")
            await #expect(throws: AccessRefusal.notAllowed(.readMemberDues)) {
                try await house.ask(OwnFee(memberID: acme, year: 2024, charter: house.charter), as: mayor)
            }
            await #expect(throws: AccessRefusal.notAllowed(.readDues)) {
                try await house.ask(FeeOfMember("visby", year: 2024, charter: house.charter), as: mayor)
            }
            await #expect(throws: AccessRefusal.notAllowed(.readDues)) {
                try await house.ask(FeesOfRoll(year: 2024, charter: house.charter), as: mayor)
            }
        }
    }
}
