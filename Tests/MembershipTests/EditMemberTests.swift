import Access
import Charter
import Database
import DatabaseTesting
import Foundation
import Journal
import Languages
import Testing

@testable import Membership

@Suite struct EditMemberTests {
    @Test(arguments: TestEngine.all) func onlyWhatWasChangedIsWrittenAndToldOf(_ engine: Database.Engine) async throws {
        try await EditingFixture.with(engine) { fixture in
            let before = try await fixture.member("visby")
            let outcome = try await fixture.edit(
                "visby",
                [.website: "https://visby.example.org", .population: "25 100", .populationYear: "2025"]
            )
            #expect(outcome == EditMember.Outcome(revision: before.revision + 1, changed: [.website, .population]))
            let after = try await fixture.member("visby")
            var expected = before.draft
            expected[.website] = "https://visby.example.org"
            expected[.population] = "25100"
            expected[.populationYear] = "2025"
            #expect(after.draft == expected)
            let change = try #require(try await fixture.story("visby").history.first)
            #expect(change.action == "member.edited" && change.reason == "Letter of the city of 20 November")
            #expect(
                change.fields == [
                    .init(name: "population", before: "24000", after: "25100"),
                    .init(name: "population_year", before: "2023", after: "2025"),
                    .init(name: "website", before: "https://www.visby.se", after: "https://visby.example.org"),
                ]
            )
            let row = try await fixture.directory.list(
                RollFilter(day: Records.day("2026-11-21"), search: "visby"),
                page: 1,
                size: 1
            )
            #expect(row.rows.first?.population == 25_100)
            let figures = try await fixture.directory.member(key: "visby")?.figures.map(\.source.code)
            #expect(figures == ["ENTRY", "GA6"])
        }
    }

    @Test(arguments: TestEngine.all) func sendingTheFormUnchangedWritesNothing(_ engine: Database.Engine) async throws {
        try await EditingFixture.with(engine) { fixture in
            let entries = try await fixture.story("visby").history.count
            let revision = try await fixture.member("visby").revision
            let outcome = try await fixture.edit("visby", [:], grounds: "")
            #expect(outcome == EditMember.Outcome(revision: revision, changed: []))
            let after = try await fixture.story("visby").history.count
            #expect(after == entries)
        }
    }

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

    @Test(
        arguments: [
            ([.name: " . "], "", "why not", ["name"]),
            ([.category: "village"], "", "why not", ["category"]),
            ([.region: "atlantis", .country: "XX"], "", "why not", ["country", "region"]),
            ([.website: "javascript:alert(1)"], "", "why not", ["website"]),
            ([.website: "https://user@visby.se"], "", "why not", ["website"]),
            ([.area: "0"], "", "why not", ["area"]),
            ([.coordinates: "91, 0"], "", "why not", ["coordinates"]),
            ([.population: "12.5"], "", "why not", ["population"]),
            ([.populationYear: "2022"], "", "why not", ["population_year"]),
            ([.populationYear: "2027"], "", "why not", ["population_year"]),
            (
                [.head: "Karin Stern", .headPosition: "Mayor", .headShownOn: "2027-01-01"], "", "why not",
                ["head_shown_on"]
            ),
            ([.name: "Wisby"], "2026-11-22", "why not", ["effective"]),
            ([.description: "x\u{202e}y"], "", "  ", ["description", "grounds"]),
        ] as [([MemberInput: String], String, String, [String])]
    )
    func whatBreaksARuleIsRefusedByItsBox(
        _ changes: [MemberInput: String],
        _ effective: String,
        _ grounds: String,
        _ boxes: [String]
    ) async throws {
        try await EditingFixture.with(.sqlite) { fixture in
            let before = try await fixture.member("visby")
            do {
                _ = try await fixture.edit("visby", changes, from: effective, grounds: grounds)
                Issue.record("it was taken")
            } catch let refused as InvalidInput { #expect(refused.fields.map(\.name) == boxes) }
            let after = try await fixture.member("visby")
            #expect(after == before)
        }
    }

    @Test func aCategoryIsReadByTheCharterOfTheDay() async throws {
        try await EditingFixture.with(.sqlite) { fixture in
            // Corporations are members since 2017.
            await #expect(throws: InvalidInput.self) {
                _ = try await fixture.edit("visby", [.category: "corporation"], from: "2016-12-31")
            }
            let outcome = try await fixture.edit("visby", [.category: "corporation"], from: "2017-01-01")
            #expect(outcome.changed == [.category])
        }
    }

    @Test func whoeverGovernsIsKeptBesideTheLogAndNotInIt() async throws {
        try await EditingFixture.with(.sqlite) { fixture in
            _ = try await fixture.edit(
                "visby",
                [.head: "Karin Stern", .headPosition: "Mayor", .headShownOn: "2026-10-01"]
            )
            let id = try await fixture.member("visby").id
            let entry = try await fixture.database.read { transaction in
                try Journal.entries(transaction, of: .init("member", id), limit: 1).first?.entry
            }
            #expect(entry?.after?.contains("Karin") == false && entry?.after?.contains("Mayor") == true)
            let shown = try await fixture.story("visby").history.first?.fields.first { $0.name == "head" }
            #expect(shown?.after == "Karin Stern")
            _ = try await fixture.database.write { try Journal.erasePersonal($0, subject: .init("member", id)) }
            let erased = try await fixture.story("visby").history.first?.fields.first { $0.name == "head" }
            #expect(erased?.after == "(erased)")
        }
    }

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
                            changedBy: "Ada",
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
                            changedBy: "Ada",
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

    @Test func whoMayNotEditIsRefused() async throws {
        try await EditingFixture.with(.sqlite) { fixture in
            for role in [Role.finance, .communication, .auditor] {
                let actor = try await fixture.somebody(role.rawValue, role)
                let seen = try await fixture.member("visby")
                await #expect(throws: AccessRefusal.notAllowed(.editMember)) {
                    _ = try await fixture.send(seen, [.area: "99"], as: actor)
                }
            }
        }
    }
}

@Suite struct ChangeStatusTests {
    private func change(
        _ fixture: EditingFixture,
        _ key: String,
        _ status: String,
        _ day: String,
        seen: Int? = nil
    ) async throws {
        let id = try await fixture.member(key).id
        let command = ChangeStatus(
            memberID: id,
            seenRevision: seen,
            status: status,
            day: day,
            grounds: "Decided by the assembly",
            charter: fixture.charter
        )
        try await fixture.database.run(command, as: fixture.clerk, now: fixture.now)
    }

    @Test(arguments: TestEngine.all) func aMemberLeavesTheRollFromTheDayOnAndCanComeBack(
        _ engine: Database.Engine
    ) async throws {
        try await EditingFixture.with(engine) { fixture in
            try await change(fixture, "riga", "suspended", "2020-01-01")
            try await change(fixture, "riga", "withdrawn", "2021-06-01")
            try await change(fixture, "riga", "member", "2023-01-01")
            var counted: [Bool] = []
            for day in ["2020-06-01", "2021-05-31", "2021-06-01", "2023-01-01"] {
                counted.append(try await fixture.roll(day).contains("Riga"))
            }
            #expect(counted == [true, true, false, true])
            let rule = try await fixture.story("riga").history.first?.rule
            #expect(rule == "statuses.member")
        }
    }

    @Test(arguments: [
        ("riga", "member", "2026-01-01", "status"), ("riga", "withdrawn", "2015-03-01", "day"),
        ("riga", "withdrawn", "2027-01-01", "day"), ("riga", "sunk", "2026-01-01", "status"),
    ])
    func nonsenseOrderIsRefused(_ key: String, _ status: String, _ day: String, _ box: String) async throws {
        try await EditingFixture.with(.sqlite) { fixture in
            do {
                try await change(fixture, key, status, day)
                Issue.record("it was taken")
            } catch let refused as InvalidInput { #expect(refused.fields.map(\.name) == [box]) }
        }
    }

    @Test func whoIsNotOnTheRollCanOnlyBeAdmitted() async throws {
        try await EditingFixture.with(.sqlite) { fixture in
            try await change(fixture, "riga", "terminated", "2020-01-01")
            for status in ["withdrawn", "suspended"] {
                await #expect(throws: InvalidInput.self) { try await change(fixture, "riga", status, "2021-01-01") }
            }
            let order = StatusOrder(charter: fixture.charter, day: Records.day("2021-01-01"))
            #expect(order.possible(after: "terminated").map(\.key) == ["member"])
        }
    }

    @Test func aStatusIsNotChangedBehindAnothersBack() async throws {
        try await EditingFixture.with(.sqlite) { fixture in
            let seen = try await fixture.member("riga").revision
            try await change(fixture, "riga", "suspended", "2020-01-01", seen: seen)
            await #expect(throws: MemberRefusal.changedMeanwhile) {
                try await change(fixture, "riga", "withdrawn", "2021-01-01", seen: seen)
            }
        }
    }
}
