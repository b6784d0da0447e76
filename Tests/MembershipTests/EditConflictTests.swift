import Access
import Charter
import Database
import DatabaseTesting
import Foundation
import Journal
import Languages
import Testing

@testable import Membership

/// Two at one member, and the file that the member came from.
@Suite struct EditConflictTests {
    @Test(arguments: TestEngine.all) func theSecondOfTwoSeesBothVersionsAndNothingIsOverwritten(
        _ engine: Database.Engine
    ) async throws {
        try await EditingFixture.with(engine) { fixture in
            let ada = try await fixture.somebody("Ada", .officer)
            let seen = try await fixture.member("visby")
            _ = try await fixture.send(seen, [.website: "https://ada.example.org", .area: "13"], as: ada)
            do {
                _ = try await fixture.send(
                    seen,
                    [.website: "https://berit.example.org", .description: "Town of roses."]
                )
                Issue.record("the second overwrote the first")
            } catch let conflict as EditConflict {
                #expect(
                    conflict.fields == [
                        .init(
                            field: .website,
                            seen: "https://www.visby.se",
                            now: "https://ada.example.org",
                            entered: "https://berit.example.org",
                            changedBy: .verbatim("Ada"),
                            changedAt: InstantText.text(fixture.now),
                            preselected: nil
                        ),
                        .init(
                            field: .description,
                            seen: "Walled town.",
                            now: "Walled town.",
                            entered: "Town of roses.",
                            changedBy: nil,
                            changedAt: nil,
                            preselected: .entered
                        ),
                        .init(
                            field: .area,
                            seen: "12.5",
                            now: "13",
                            entered: "12.5",
                            changedBy: .verbatim("Ada"),
                            changedAt: InstantText.text(fixture.now),
                            preselected: .now
                        ),
                    ]
                )
                let still = try await fixture.member("visby")
                #expect(
                    still.draft[.website] == "https://ada.example.org" && still.draft[.description] == "Walled town."
                )
                let resolved = EditConflict.resolve(
                    now: conflict.now,
                    entered: conflict.entered,
                    choices: [.website: .entered, .description: .entered, .area: .now]
                )
                let command = EditMember(
                    memberID: seen.id,
                    seenRevision: conflict.revision,
                    seen: conflict.now,
                    entered: resolved,
                    grounds: "Both are right",
                    charter: fixture.charter,
                    countries: []
                )
                _ = try await fixture.database.run(command, as: fixture.clerk, now: fixture.now)
                let after = try await fixture.member("visby").draft
                #expect(after[.website] == "https://berit.example.org" && after[.area] == "13")
            }
        }
    }

    @Test(arguments: TestEngine.all) func aChangeThatTouchesNothingSeenIsNoConflict(
        _ engine: Database.Engine
    ) async throws {
        try await EditingFixture.with(engine) { fixture in
            let seen = try await fixture.member("visby")
            _ = try await fixture.database.run(
                TagMembers(.members([seen.id]), .add, tag: "walls"),
                as: fixture.clerk,
                now: fixture.now
            )
            let outcome = try await fixture.send(seen, [.area: "14"])
            #expect(outcome.changed == [.area])
        }
    }

    @Test(arguments: TestEngine.all) func ofTwoAtTheSameMomentOneIsWrittenAndOneIsAsked(
        _ engine: Database.Engine
    ) async throws {
        try await EditingFixture.with(engine) { fixture in
            let seen = try await fixture.member("visby")
            let outcomes = await withTaskGroup(of: Bool.self) { group in
                for number in 1...6 {
                    group.addTask { (try? await fixture.send(seen, [.area: "\(number + 20)"])) != nil }
                }
                var written = 0
                for await isWritten in group where isWritten { written += 1 }
                return written
            }
            #expect(outcomes == 1)
        }
    }

    @Test(arguments: TestEngine.all) func whatWasChangedByHandIsKeptAtReimportAndReported(
        _ engine: Database.Engine
    ) async throws {
        try await EditingFixture.with(engine) { fixture in
            _ = try await fixture.edit("visby", [.website: "https://visby.example.org", .name: "Wisby"], .corrected)
            let corrected = EditingFixture.members.replacing("12.5", with: "13.5")
            let again = try await fixture.take("members.csv", corrected)
            #expect(again.kept == 1 && again.keptRows == ["visby"] && again.changed == 1 && again.unchanged == 2)
            let draft = try await fixture.member("visby").draft
            #expect(draft[.website] == "https://visby.example.org" && draft[.name] == "Wisby" && draft[.area] == "13.5")
            let third = try await fixture.take("members.csv", corrected)
            #expect(third.changed == 0 && third.kept == 1)
        }
    }
}
