import Access
import Charter
import Database
import DatabaseTesting
import Foundation
import Journal
import Languages
import Testing

@testable import Membership

@Suite struct MemberNameTests {
    @Test(arguments: TestEngine.all) func aNewNameCountsFromItsDayAndTheOldOneUntilTheDayBefore(
        _ engine: Database.Engine
    ) async throws {
        try await EditingFixture.with(engine) { fixture in
            _ = try await fixture.edit("visby", [.name: "Wisby"], from: "2024-07-01")
            let before = try await fixture.roll("2024-06-30")
            #expect(before == ["Lübeck", "Riga", "Visby"])
            let on = try await fixture.roll("2024-07-01")
            #expect(on == ["Lübeck", "Riga", "Wisby"])
            _ = try await fixture.edit("visby", [.name: "Visby"], from: "2025-01-01")
            let names = [
                try await fixture.roll("2024-06-30"), try await fixture.roll("2024-12-31"),
                try await fixture.roll("2025-01-01"),
            ].map { $0.last }
            #expect(names == ["Visby", "Wisby", "Visby"])
            let found = try await fixture.directory.members(
                named: "wisby",
                on: RollFilter(day: Records.day("2026-01-01"))
            )
            #expect(found.map(\.key) == ["visby"])
            await #expect(
                throws: InvalidInput(
                    "effective",
                    say("The name before it is recorded until \("2025-01-01"). Enter a later day.")
                )
            ) {
                _ = try await fixture.edit("visby", [.name: "Gotland"], from: "2025-01-01")
            }
        }
    }

    @Test(arguments: TestEngine.all) func aMisspeltNameIsReplacedOnEveryDayAndStillFound(
        _ engine: Database.Engine
    ) async throws {
        try await EditingFixture.with(engine) { fixture in
            _ = try await fixture.edit("lubeck", [.name: "Hansestadt Lübeck"], .corrected)
            let early = try await fixture.roll("2013-01-01")
            #expect(early == ["Hansestadt Lübeck", "Visby"])
        }
    }

    @Test(arguments: TestEngine.all) func aNameInAnotherLanguageFindsTheMemberUntilAndAfterItEnds(
        _ engine: Database.Engine
    ) async throws {
        try await EditingFixture.with(engine) { fixture in
            let id = try await fixture.member("riga").id
            let add = AddMemberName(
                memberID: id,
                name: "리가",
                language: "ko",
                kind: .name,
                grounds: "Their letterhead",
                charter: fixture.charter
            )
            try await fixture.database.run(add, as: fixture.clerk, now: fixture.now)
            await #expect(throws: InvalidInput.self) {
                try await fixture.database.run(add, as: fixture.clerk, now: fixture.now)
            }
            let other = try #require(try await fixture.member("riga").otherNames.first)
            #expect(other.name == "리가" && other.kind == "name")
            let onRoll = try await fixture.roll("2026-11-21")
            #expect(onRoll.contains("Riga"))
            let end = EndMemberName(
                memberID: id,
                token: other.token,
                lastDay: "2026-11-20",
                grounds: "No longer used",
                charter: fixture.charter
            )
            try await fixture.database.run(end, as: fixture.clerk, now: fixture.now)
            let left = try await fixture.member("riga").otherNames
            #expect(left.isEmpty)
            let found = try await fixture.directory.members(named: "리가", on: RollFilter(day: Records.day("2026-11-21")))
            #expect(found.map(\.key) == ["riga"])
            let named = try await fixture.roll("2026-11-20")
            #expect(named.contains("Riga"))
        }
    }
}
