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
