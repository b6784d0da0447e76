import Access
import Charter
import Database
import DatabaseTesting
import Foundation
import Identity
import Journal
import Languages
import Testing

@testable import Membership

@Suite struct MergeTests {
    private static let second = """
        wisby,local-government,SE,europe,Wisby,13,https://wisby.example.org,,,,roses,,AR2020,p. 2,

        """

    /// Visby a second time, with facts that repeat, add to and contradict those of the first record.
    private func with(_ engine: Database.Engine, _ body: (EditingFixture) async throws -> Void) async throws {
        try await EditingFixture.with(engine) { fixture in
            _ = try await fixture.take("members.csv", EditingFixture.members + Self.second)
            _ = try await fixture.take(
                "statuses.csv",
                EditingFixture.statuses + """
                    wisby,member,2012-01-01,2012-12-31,,,AR2020,p. 2,
                    wisby,suspended,2023-09-26,2023-09-26,Silent,,GA6,Annex 1,

                    """
            )
            _ = try await fixture.take(
                "names.csv",
                """
                member,name,language,kind,from,to,source,locator,note
                visby,Visby,sv,name,,,AB10,p. 1,
                wisby,Wisby,de,name,,,AR2020,p. 2,
                wisby,Visby,sv,name,,,AR2020,p. 2,

                """
            )
            _ = try await fixture.take(
                "figures.csv",
                EditingFixture.figures + """
                    wisby,population,24500,people,2023,2023,GA6,Annex 1,
                    wisby,population,23000,people,2020,2020,AR2020,p. 2,

                    """
            )
            _ = try await fixture.take(
                "rolls.csv",
                """
                roll,position,region,country_printed,name_printed,member,category,source,locator,note
                2021-12-31,1,europe,Sweden,Wisby,wisby,local-government,AR2021,,

                """
            )
            let ids = [try await fixture.member("visby").id, try await fixture.member("wisby").id]
            let person = try await fixture.somebody("Karin", .representative, at: .member(ids[1]))
            let grant = person.person.id
            try await fixture.database.write { transaction in
                try transaction.execute(
                    """
                    INSERT INTO role_grant (id, person_id, role, place_kind, place_id, starts_on, given_at)
                    VALUES (?, ?, 'representative', 'member', ?, '2026-03-01', '2026-03-01')
                    """,
                    [.text(Identifier.make()), .text(grant), .text(ids[0])]
                )
            }
            try await body(fixture)
        }
    }

    private func merge(_ fixture: EditingFixture, seen: MergeForecast.Seen? = nil) async throws {
        let command = MergeMembers(
            keptKey: "visby",
            mergedKey: "wisby",
            seen: seen,
            grounds: "One town, two spellings",
            charter: fixture.charter
        )
        try await fixture.database.run(command, as: fixture.clerk, now: fixture.now)
    }

    @Test(arguments: TestEngine.all) func everythingGoesOverOrIsToldOf(_ engine: Database.Engine) async throws {
        try await with(engine) { fixture in
            let preview = MergePreview(keptKey: "visby", mergedKey: "wisby")
            let forecast = try await fixture.database.ask(preview, as: fixture.clerk, now: fixture.now)
            #expect(forecast.moved.map(\.title.english) == ["Name", "Status", "Figure"])
            #expect(forecast.repeated.map(\.text) == ["Visby · sv · name"])
            #expect(forecast.filled.map(\.text) == ["roses"])
            #expect(forecast.contradictions.map(\.topic) == ["website", "area", "status", "figure"])
            #expect(forecast.others.map(\.english) == ["1 line of a printed roll", "1 role of a person"])
            try await merge(fixture, seen: forecast.seen)

            let story = try await fixture.story("visby")
            let profile = story.profile
            #expect(
                profile.statuses.map { "\($0.status) \($0.latest)" } == ["member 2010-12-31", "suspended 2023-09-26"]
            )
            #expect(profile.names.map { "\($0.kind) \($0.name)" } == ["name Visby", "alias Wisby"])
            #expect(profile.figures.map(\.value) == [24000, 23000])
            #expect(profile.website == "https://www.visby.se" && profile.tags == ["roses"])
            #expect(
                profile.contradictions.map { Phrase.record($0.readingB).english } == [
                    "https://wisby.example.org", "13", "member, between 2012-01-01 and 2012-12-31",
                    "population · 24500 · people · 2023 · 2023",
                ]
            )
            let korean = try Speeches.shipped()[.korean]
            #expect(profile.contradictions.map { korean.text(.record($0.topic)) } == ["웹사이트", "면적", "상태", "수치"])
            #expect(story.roles.map(\.personName) == ["Karin"] && story.roles.map(\.grant.startsOn) == ["2026-01-01"])
            #expect(story.merged.map(\.key) == ["wisby"])
            let actions = story.history.map(\.action)
            #expect(actions.prefix(2).sorted() == ["member.merged", "member.took_over"])
            #expect(actions.filter { $0 == "figure.recorded" }.count == 3)
            let gone = try await fixture.directory.member(key: "wisby")
            let kept = try await fixture.directory.keptKey(of: "wisby")
            #expect(gone == nil && kept == "visby")
            let found = try await fixture.directory.members(
                named: "wisby",
                on: RollFilter(day: Records.day("2026-01-01"))
            )
            #expect(found.map(\.key) == ["visby"])
        }
    }

    @Test(arguments: TestEngine.all) func aReimportDoesNotBringTheMergedRecordBack(
        _ engine: Database.Engine
    ) async throws {
        try await with(engine) { fixture in
            try await merge(fixture)
            let before = try await fixture.story("visby").profile
            let members = try await fixture.take("members.csv", EditingFixture.members + Self.second)
            #expect(members.created == 0 && members.kept == 2 && members.keptRows.contains { $0.contains("wisby") })
            let statuses = try await fixture.take(
                "statuses.csv",
                EditingFixture.statuses + "wisby,member,2012-01-01,2012-12-31,,,AR2020,p. 2,\n"
            )
            #expect(statuses.created == 0 && statuses.removed == 0 && statuses.kept == 1)
            let after = try await fixture.story("visby").profile
            #expect(after == before)
        }
    }

    @Test(arguments: TestEngine.all) func aKeyLeadsOnThroughASecondMerge(_ engine: Database.Engine) async throws {
        try await with(engine) { fixture in
            try await merge(fixture)
            let again = MergeMembers(
                keptKey: "riga",
                mergedKey: "visby",
                seen: nil,
                grounds: "For the test",
                charter: fixture.charter
            )
            try await fixture.database.run(again, as: fixture.clerk, now: fixture.now)
            let kept = [
                try await fixture.directory.keptKey(of: "wisby"), try await fixture.directory.keptKey(of: "visby"),
            ]
            #expect(kept == ["riga", "riga"])
            let merged = try await fixture.story("riga").merged.map(\.key).sorted()
            #expect(merged == ["visby", "wisby"])
        }
    }

    @Test func whatWasLookedAtIsWhatIsMerged() async throws {
        try await with(.sqlite) { fixture in
            let preview = MergePreview(keptKey: "visby", mergedKey: "wisby")
            let forecast = try await fixture.database.ask(preview, as: fixture.clerk, now: fixture.now)
            _ = try await fixture.edit("wisby", [.area: "14"])
            await #expect(throws: MemberRefusal.changedMeanwhile) { try await merge(fixture, seen: forecast.seen) }
            await #expect(throws: MemberRefusal.mergedWithItself) {
                let same = MergePreview(keptKey: "visby", mergedKey: "visby")
                _ = try await fixture.database.ask(same, as: fixture.clerk, now: fixture.now)
            }
            await #expect(throws: MemberRefusal.noSuchMember) {
                let nobody = MergePreview(keptKey: "visby", mergedKey: "nobody")
                _ = try await fixture.database.ask(nobody, as: fixture.clerk, now: fixture.now)
            }
        }
    }

    @Test(arguments: TestEngine.all) func recordsThatMayBeOneAreFoundByNameWithinACountry(
        _ engine: Database.Engine
    ) async throws {
        try await with(engine) { fixture in
            let pairs = try await fixture.database.ask(DuplicateCandidates(), as: fixture.clerk, now: fixture.now)
            #expect(pairs.map { [$0.first.key, $0.second.key] } == [["visby", "wisby"]])
        }
    }

    @Test(arguments: TestEngine.all) func tokensOfTheProgramsOfBothOpenTheKeptOne(
        _ engine: Database.Engine
    ) async throws {
        try await with(engine) { fixture in
            let (kept, merged) = (try await fixture.member("visby").id, try await fixture.member("wisby").id)
            let token = try await fixture.database.write { transaction in
                try APIToken.make(
                    transaction,
                    name: "Site",
                    holder: .place(kind: "member", id: merged),
                    scopes: ["profile:write"],
                    secondFactor: false,
                    by: "operator",
                    expiresAt: fixture.now.addingTimeInterval(60),
                    now: fixture.now
                ).token
            }
            try await merge(fixture)
            let found = try await fixture.database.read { try APIToken.find($0, id: token.id) }
            #expect(found?.placeID == kept)
        }
    }

    /// A new table that refers to a member has to say what a merge does with it.
    @Test func everyTableThatRefersToAMemberIsKnownToTheMerge() async throws {
        try await withDatabase(.sqlite, migrations: Records.migrations) { database in
            let referring = try await database.read { transaction in
                try transaction.query(
                    """
                    SELECT m.name || '.' || f."from" FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f
                    WHERE m.type = 'table' AND f."table" = 'member' ORDER BY 1
                    """
                ) { try $0.text(0) }
            }
            let known =
                MergeReference.all.map { "\($0.table).\($0.column)" }
                + (MergePlan.factTables.sorted() + ["name_word", "roll_span"]).map { "\($0).member_id" }
            #expect(referring == known.sorted())
        }
    }
}
