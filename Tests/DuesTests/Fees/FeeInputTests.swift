import Access
import Charter
import Database
import DatabaseTesting
import Languages
import Membership
import Testing

@testable import Dues

@Suite("Figures that are entered for fees")
struct FeeInputTests {
    @Test(arguments: TestEngine.all)
    func `a correction is a row of its own, and the one before stays, marked`(
        _ engine: Database.Engine
    ) async throws {
        try await FeeHouse.with(engine) { house in
            let first = try await house.enter("visby", "population", "60,000", "2022-05")
            let second = try await house.enter("visby", "population", "61 000", "2022-05", source: "Census")
            let inputs = try await house.inputs(all: true)
            #expect(inputs.map(\.id) == [second, first])
            #expect(inputs.map(\.content) == [.figure(61_000), .figure(60_000)])
            #expect(inputs.map(\.state) == [.inForce, .corrected])
            #expect(inputs.map(\.precision) == [.month, .month])
            #expect(inputs.map(\.asOf.description) == ["2022-05-01", "2022-05-01"])
            #expect(try await house.inputs().map(\.id) == [second])
            #expect(try await house.journal() == ["fee-input.entered member", "fee-input.corrected member"])
        }
    }

    @Test(arguments: TestEngine.all)
    func `the very same is refused, and another time stands beside it`(_ engine: Database.Engine) async throws {
        try await FeeHouse.with(engine) { house in
            try await house.enter("Visby", "population", "60000", "2022")
            await #expect(throws: FeeRefusal.nothingDiffers) {
                try await house.enter("visby", "population", "60000", "2022")
            }
            try await house.enter("visby", "population", "60000", "2023")
            try await house.enter("riga", "population", "600000", "2022")
            #expect(try await house.inputs().count == 3)
            let visby = try await house.ask(FeeInputs(member: "visby"))
            #expect(visby.inputs.map(\.asOf.year) == [2023, 2022])
            #expect(visby.total == 2)
        }
    }

    @Test(arguments: TestEngine.all)
    func `what was withdrawn stays with its reason, and is not withdrawn twice`(
        _ engine: Database.Engine
    ) async throws {
        try await FeeHouse.with(engine) { house in
            let id = try await house.enter("", "gdp-per-capita-ppp", "50000.25", "2022-12-31", country: "DE")
            let refused = try await house.refused { try await house.run(WithdrawFeeInput(id, grounds: " ")) }
            #expect(refused == ["grounds"])
            try await house.run(WithdrawFeeInput(id, grounds: "Of another year"))
            let inputs = try await house.inputs(all: true)
            #expect(inputs.map(\.state) == [.withdrawn(reason: "Of another year")])
            #expect(inputs.map(\.subject) == [.country("DE")])
            #expect(inputs.map(\.content) == [.figure(50_000.25)])
            #expect(try await house.inputs().isEmpty)
            #expect(try await house.journal() == ["fee-input.entered country", "fee-input.withdrawn country"])
            await #expect(throws: FeeRefusal.noLongerInForce) {
                try await house.run(WithdrawFeeInput(id, grounds: "Again"))
            }
            await #expect(throws: FeeRefusal.noSuchInput) {
                try await house.run(WithdrawFeeInput("none", grounds: "Again"))
            }
            // What is withdrawn is not in the way of the right one.
            try await house.enter("", "gdp-per-capita-ppp", "50000.25", "2022-12-31", country: "DE")
        }
    }

    /// What is typed, and the field that is refused.
    struct Typed: Sendable, CustomTestStringConvertible {
        var member = "visby"
        var country = ""
        var measure = "population"
        var value = "60000"
        var asOf = "2022"
        var source = "Its letter"
        let refused: [String]

        var testDescription: String { "\(member)\(country) \(measure) \(value) \(asOf) \(source)" }

        static let all: [Typed] = [
            Typed(refused: []), Typed(member: "", refused: ["member"]), Typed(member: "Atlantis", refused: ["member"]),
            Typed(country: "SE", refused: ["country"]), Typed(member: "", country: "SE", refused: ["country"]),
            Typed(member: "", country: "Sweden", measure: "gdp-per-capita-ppp", refused: ["country"]),
            Typed(member: "", country: "se", measure: "gdp-per-capita-ppp", refused: []),
            Typed(measure: "", refused: ["measure"]), Typed(measure: "trees", refused: ["measure"]),
            Typed(value: "", refused: ["value"]), Typed(value: "-1", refused: ["value"]),
            Typed(value: "60000.5", refused: ["value"]), Typed(value: "many", refused: ["value"]),
            Typed(value: "nan", refused: ["value"]), Typed(value: "0", refused: []),
            Typed(measure: "gdp-per-capita-ppp", value: "1999.50", refused: []),
            Typed(measure: "gdp-per-capita-ppp", value: "1,999", refused: ["value"]),
            Typed(measure: "kind", value: "sme", refused: ["value"]),
            Typed(member: "acme", measure: "kind", value: "sme", refused: []),
            Typed(member: "acme", measure: "kind", value: "academic", refused: ["value"]),
            Typed(member: "", country: "DE", measure: "kind", value: "sme", refused: ["country"]),
            Typed(asOf: "", refused: ["as_of"]), Typed(asOf: "2022-13", refused: ["as_of"]),
            Typed(asOf: "31.12.2022", refused: ["as_of"]), Typed(asOf: "2026-11-22", refused: []),
            Typed(asOf: "2026-11-23", refused: ["as_of"]), Typed(asOf: "2027", refused: ["as_of"]),
            Typed(source: " ", refused: ["source"]),
            Typed(source: String(repeating: "a", count: 201), refused: ["source"]),
            Typed(member: "", value: "x", asOf: "x", source: "", refused: ["member", "value", "as_of", "source"]),
        ]
    }

    @Test(arguments: Typed.all)
    func `what cannot be is refused by its field`(_ typed: Typed) async throws {
        try await FeeHouse.with(.sqlite) { house in
            let refused = try await house.refused {
                try await house.enter(
                    typed.member,
                    typed.measure,
                    typed.value,
                    typed.asOf,
                    country: typed.country,
                    source: typed.source
                )
            }
            #expect(refused == typed.refused)
            #expect(try await house.inputs().count == (typed.refused.isEmpty ? 1 : 0))
        }
    }

    @Test func `a number with a sign that can mean two is explained`() async throws {
        try await FeeHouse.with(.sqlite) { house in
            do {
                try await house.enter("", "gdp-per-capita-ppp", "1,999", "2022", country: "DE")
                Issue.record("it was taken")
            } catch let invalid as InvalidInput {
                let words = invalid.fields.map(\.message.english).joined()
                #expect(words.contains("1999") && words.contains("1.999"))
            }
        }
    }

    @Test(arguments: TestEngine.all)
    func `figures go with a record that is merged into another`(_ engine: Database.Engine) async throws {
        try await FeeHouse.with(engine) { house in
            try await house.enter("visby", "population", "60000", "2022")
            try await house.enter("riga", "population", "600000", "2022")
            try await house.enter("riga", "population", "700000", "2023")
            try await house.run(
                MergeMembers(
                    keptKey: "visby",
                    mergedKey: "riga",
                    seen: nil,
                    grounds: "One city",
                    charter: house.charter
                )
            )
            let inputs = try await house.ask(FeeInputs(member: "visby")).inputs
            #expect(inputs.map(\.content) == [.figure(700_000), .figure(600_000), .figure(60_000)])
            #expect(try await house.amount("visby", 2024) == 2000)
            // A correction is one of both figures of that time.
            try await house.enter("visby", "population", "65000", "2022")
            #expect(try await house.inputs().map(\.content) == [.figure(65_000), .figure(700_000)])
        }
    }

    @Test(arguments: TestEngine.all)
    func `who entered and withdrew figures finds them among their own data`(
        _ engine: Database.Engine
    ) async throws {
        try await FeeHouse.with(engine) { house in
            let officer = try await house.somebody(.finance, .association)
            let draft = FeeInputDraft(
                member: "visby",
                measure: "population",
                value: "1",
                asOf: "2022",
                source: "Its letter"
            )
            let id = try await house.run(
                EnterFeeInput(draft, charter: house.charter, countries: .none),
                as: officer
            )
            let person = officer.person
            let found = try await house.database.read { try FeePersonalData.inputs.collect($0, person) }
            guard case .list(let rows) = found else {
                Issue.record("no list: \(found)")
                return
            }
            #expect(rows.count == 1)
            #expect("\(rows)".contains(id))
        }
    }
}
