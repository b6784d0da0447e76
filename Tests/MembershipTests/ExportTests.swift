import Access
import Charter
import Database
import DatabaseTesting
import Foundation
import Journal
import Testing

@testable import Membership

@Suite struct ExportTests {
    private func exports(_ fixture: EditingFixture) async throws -> [JournalEntry] {
        try await fixture.database.read { transaction in
            try Journal.latest(transaction, limit: 100).map(\.entry).filter { $0.action == "members.exported" }
        }
    }

    @Test(arguments: TestEngine.all) func theJournalSaysWhoTookWhatAndHoldsNoPersonsName(
        _ engine: Database.Engine
    ) async throws {
        try await EditingFixture.with(engine) { fixture in
            _ = try await fixture.edit(
                "visby",
                [.head: "Eva Ahlin", .headPosition: "Mayor", .headShownOn: "2026-01-31"]
            )
            let olga = try await fixture.somebody("Olga", .officer)
            let filter = RollFilter(day: Records.day("2026-11-21"), region: "europe", search: "visb")
            let rows = try await fixture.database.run(
                ExportMembers(filter, columns: [.head, .since, .key], as: .xlsx),
                as: olga,
                now: fixture.now
            )
            #expect(rows.map(\.roll.key) == ["visby"] && rows.first?.extras.head == "Eva Ahlin")
            let entries = try await exports(fixture)
            let entry = try #require(entries.first)
            #expect(entries.count == 1 && entry.actor == olga.key)
            #expect(entry.recordedAt == InstantText.text(fixture.now) && entry.before == nil)
            let after = try #require(entry.after)
            #expect(after.contains(#""columns":"key name other_names head since_earliest since""#))
            #expect(after.contains(#""format":"xlsx""#) && after.contains(#""rows":1"#))
            #expect(after.contains(#""selection":"on 2026-11-21, region europe""#))
            #expect(!after.contains("Eva") && !after.contains("visb"))
            let beside = try await fixture.database.read { try Journal.personalValues($0, entry: entry.id) }
            #expect(beside.map(\.value) == ["visb"])
        }
    }

    @Test(arguments: TestEngine.all) func theSheetLeavesATraceToo(_ engine: Database.Engine) async throws {
        try await EditingFixture.with(engine) { fixture in
            let rules = UploadRules(charter: fixture.charter, countries: CountryWords.none)
            let olga = try await fixture.somebody("Olga", .officer)
            let all = try await fixture.database.run(
                ExportMemberSheet(rules: rules, as: .csv),
                as: olga,
                now: fixture.now
            )
            let some = try await fixture.database.run(
                ExportMemberSheet(rules: rules, keys: ["riga"], as: .json),
                as: olga,
                now: fixture.now
            )
            #expect(all.rows.count == 3 && some.rows.count == 1)
            let told = try await exports(fixture).compactMap(\.after)
            #expect(told.count == 2)
            #expect(told.contains { $0.contains(#""rows":3,"selection":"all that ever were""#) })
            #expect(told.contains { $0.contains(#""format":"json","rows":1,"selection":"1 chosen""#) })
        }
    }

    @Test func whoMayNotExportLeavesNoTraceAndGetsNoRows() async throws {
        try await EditingFixture.with(.sqlite) { fixture in
            let visby = try await fixture.member("visby").id
            let someone = try await fixture.somebody("Rep", .representative, at: .member(visby))
            await #expect(throws: AccessRefusal.notAllowed(.exportMembers)) {
                let filter = RollFilter(day: Records.day("2026-11-21"))
                _ = try await fixture.database.run(
                    ExportMembers(filter, columns: [], as: .csv),
                    as: someone,
                    now: fixture.now
                )
            }
            let entries = try await exports(fixture)
            #expect(entries.isEmpty)
        }
    }
}
