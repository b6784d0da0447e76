import Access
import Charter
import Database
import DatabaseTesting
import Languages
import Testing

@testable import Dues
@testable import Membership

@Suite("What a member's people see of a fee that cannot be told")
struct FeePortalTests {
    private func due(_ house: DuesHouse, _ member: String) async throws -> [PortalItem] {
        let home = PortalHome(member: try await house.id(member), sources: [DuesParts.missing(house.charter)])
        return try await house.ask(home).items(.due)
    }

    @Test("what is missing is due until it is known, or the year is billed", arguments: TestEngine.all)
    func missing(_ engine: Database.Engine) async throws {
        var towns = DuesHouse.towns(3)
        towns[0].population = nil
        towns[2].population = nil
        towns[2].to = "2023-06-01"
        try await DuesHouse.with(engine, towns) { house in
            let told = try await due(house, "town-0001")
            #expect(told.map(\.title.english) == ["Your fee of 2024 cannot be told"])
            #expect(told.map(\.detail.english) == ["No figure is known: inhabitants."])
            #expect(try await due(house, "town-0002") == [], "all is known")
            #expect(try await due(house, "town-0003") == [], "it is on the roll no more")
            try await house.run(
                EnterFeeInput(
                    FeeInputDraft(
                        member: "town-0001",
                        measure: "population",
                        value: "90000",
                        asOf: "2023",
                        source: "Its letter"
                    ),
                    charter: house.charter,
                    countries: .none
                )
            )
            #expect(try await due(house, "town-0001") == [])
        }
    }
}
