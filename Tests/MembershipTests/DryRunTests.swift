import Access
import Database
import DatabaseTesting
import Foundation
import Languages
import Testing

@testable import Membership

@Suite struct DryRunTests {
    private func change(_ field: UploadField, _ old: String?, _ new: String) -> RowPlan.Change {
        .init(field: field, old: old.map { .verbatim($0) }, new: .verbatim(new))
    }

    @Test(arguments: TestEngine.all) func everyRowHasItsOutcomeAndTheRecordsStayAsTheyAre(
        _ engine: Database.Engine
    ) async throws {
        try await UploadFixture.with(engine) { fixture in
            let before = try await fixture.records()
            let (id, rows) = try await fixture.check(
                """
                City,Type,Country,Population 2023,Website,Member since
                Lübeck,Local government,Germany,216000,https://luebeck.de,2010
                NUR-SULTAN,,Kazajistán,,www.astana.kz,
                Visby,Local government,Sweden,,,2024-05-01
                Springfield,,US,,,
                Cordoba,,Spain,,,
                Lubecj,,DE,,,
                Riga,village,Atlantis,many,javascript:alert(1),someday
                Astana,,KZ,,,

                """
            )
            #expect(
                rows.compactMap(\.plan?.outcome) == [
                    .change, .change, .create, .ambiguous, .ambiguous, .ambiguous, .refused, .refused,
                ]
            )
            let plans = rows.compactMap(\.plan)
            #expect(plans[0].changes == [change(.population, "216530 (2020)", "216000 (2023)")])
            #expect(plans[0].member?.because.english == "its name" && plans[0].sureness == .high)
            #expect(plans[1].changes == [change(.website, nil, "https://www.astana.kz")])
            #expect(plans[1].member?.because.english == "an official name, \"Nur-Sultan\"")
            #expect(
                plans[2].changes == [
                    change(.key, nil, "visby"), change(.name, nil, "Visby"),
                    change(.category, nil, "local-government"), change(.country, nil, "SE"),
                    change(.region, nil, "europe"), change(.joined, nil, "2024-05-01"),
                ]
            )
            #expect(plans[3].candidates.map(\.key).sorted() == ["springfield", "springfield-2"])
            #expect(plans[4].candidates.map(\.because.english) == ["the same name in another country"])
            #expect(plans[5].candidates.map(\.because.english) == ["one letter apart, \"Lübeck\""])
            #expect(plans[6].problems.map(\.column) == [1, 2, 3, 4, 5])
            #expect(
                plans[7].problems.map(\.message.english) == [
                    "this member is in the file already, on line 3; leave one of the two out"
                ]
            )
            let summary = try await fixture.ask(UploadDetail(import: id)).summary
            #expect(summary.willCreate == 1 && summary.willChange == 2 && summary.count(.refused) == 2)
            let after = try await fixture.records()
            #expect(after == before)
        }
    }

    @Test(arguments: TestEngine.all) func whatTheRecordsHoldAlreadyIsTheSameInAnySpelling(
        _ engine: Database.Engine
    ) async throws {
        try await UploadFixture.with(engine) { fixture in
            let (_, rows) = try await fixture.check(
                """
                name,other_names,category,country,tags,population,population_year,head_of_government,status,status_day,joined
                LUBECK,,Full member,DEU,HARBOUR,"216,530",2020,jan lindenau,Member,2010,2010
                누르술탄,Astana; Nur-Sultan,,,,,,,,,2017-05

                """
            )
            #expect(rows.compactMap(\.plan?.outcome) == [.same, .same])
            #expect(rows.last?.plan?.sureness == .fair)
        }
    }

    @Test(arguments: TestEngine.all) func aFormerMemberAndAMergedRecordAreSaid(_ engine: Database.Engine) async throws {
        try await UploadFixture.with(engine) { fixture in
            let lubeck = try await fixture.id("lubeck")
            try await fixture.database.write { transaction in
                try transaction.execute(
                    """
                    INSERT INTO member_merge (merged_id, merged_key, merged_name, kept_id, grounds, merged_at, merged_by)
                    VALUES ('gone', 'lubeck-old', 'Lubeca', ?, 'one city', '2026-01-01', 'test')
                    """,
                    [.text(lubeck)]
                )
            }
            let (_, rows) = try await fixture.check("key,name,website\n,Trier,https://trier.de\nlubeck-old,,\n")
            #expect(
                rows.compactMap { $0.plan?.notes.map(\.english) } == [
                    ["A former member: Terminated since 2020-02-03."],
                    ["The key lubeck-old was that of Lubeca, which was merged with this member."],
                ]
            )
            #expect(rows.compactMap(\.plan?.member?.key) == ["trier", "lubeck"])
        }
    }

    @Test(
        arguments: [
            ("name,joined\nLübeck,2015\n", "so it cannot be later"),
            ("name,status\nLübeck,suspended\n", "the records say Member since 2010"),
            ("name,population\nLübeck,217000\n", "the population has no year"),
            ("name\nBremen\n", "a new one needs a category"),
            ("name,category\nBremen,local-government\n", "a new member needs the day on which it joined"),
            ("key,category\nbremen,local-government\n", "no member has the key"),
            ("name,website\nLübeck,\"=HYPERLINK(\"\"http://x\"\")\"\n", "begins like a formula"),
            ("name,joined\n=cmd|' /C calc'!A0,2020\n", "begins like a formula"),
            ("name,description\nLübeck,bad\u{1}sign\n", "control character 1"),
            ("name,joined\nLübeck,2010,more\n", "to the right of the last heading"),
            ("name,population,year\nLübeck,1.5,2020\n", "no number of people"),
        ]
    )
    func aRefusedRowSaysWhatAndWhere(_ text: String, _ words: String) async throws {
        try await UploadFixture.with(.sqlite) { fixture in
            let (_, rows) = try await fixture.check(text)
            let plan = try #require(rows.first?.plan)
            #expect(plan.outcome == .refused)
            #expect(plan.problems.contains { $0.message.english.contains(words) }, "\(plan.problems)")
        }
    }

    @Test(arguments: TestEngine.all) func aPersonChoosesAndTheChoiceHolds(_ engine: Database.Engine) async throws {
        try await UploadFixture.with(engine) { fixture in
            let (id, rows) = try await fixture.check("name,country,website\nLubecj,DE,https://a.example\n")
            let candidate = try #require(rows.first?.plan?.candidates.first)
            await #expect(throws: UploadRefusal.noSuchCandidate) {
                try await fixture.run(
                    DecideRows(import: id, choices: [2: .member("nobody")], rules: fixture.rules)
                )
            }
            _ = try await fixture.run(
                DecideRows(import: id, choices: [2: .member(candidate.id)], rules: fixture.rules)
            )
            let chosen = try await fixture.rows(id)
            #expect(chosen.first?.choice == .member(candidate.id))
            #expect(chosen.first?.plan?.candidates == [candidate])
            #expect(
                chosen.first?.plan?.changes == [
                    change(.otherNames, nil, "Lubecj"), change(.website, "https://luebeck.de", "https://a.example"),
                ]
            )
            _ = try await fixture.apply(id)
            // The spelling is known now, so the same row needs no choice.
            let (_, again) = try await fixture.check("name,country,website\nLubecj,DE,https://a.example\n")
            #expect(again.first?.plan?.outcome == .same)
            #expect(again.first?.plan?.member?.because.english == "a spelling in print, \"Lubecj\"")
        }
    }

    @Test(arguments: TestEngine.all) func leavingOneOfTwoRowsOutPutsTheOtherInOrder(
        _ engine: Database.Engine
    ) async throws {
        try await UploadFixture.with(engine) { fixture in
            let (id, rows) = try await fixture.check("name,website\nAstana,https://a.kz\nNur-Sultan,https://b.kz\n")
            #expect(rows.compactMap(\.plan?.outcome) == [.change, .refused])
            let summary = try await fixture.run(
                DecideRows(import: id, taken: [2: false], rules: fixture.rules)
            )
            #expect(summary.willChange == 1 && summary.leftOut == 1)
            _ = try await fixture.apply(id)
            let profile = try await Directory(database: fixture.database, charter: fixture.rules.charter)
                .member(key: "astana")
            #expect(profile?.website == "https://b.kz")
        }
    }

    @Test(arguments: TestEngine.all) func theMappingIsRememberedForTheSameHeadings(
        _ engine: Database.Engine
    ) async throws {
        try await UploadFixture.with(engine) { fixture in
            let first = try await fixture.run(StageImport(file: "a.csv", bytes: Array("Who,Where\nVisby,SE\n".utf8)))
            #expect(!first.isMappingRemembered)
            await #expect(throws: InvalidInput.self) {
                try await fixture.run(DryRun(import: first.id, rules: fixture.rules))
            }
            _ = try await fixture.run(MapColumns(import: first.id, mapping: UploadMapping([.name, .country])))
            let next = try await fixture.run(StageImport(file: "b.csv", bytes: Array("WHO,where\nRiga,LV\n".utf8)))
            #expect(next.isMappingRemembered)
            let detail = try await fixture.ask(UploadDetail(import: next.id))
            #expect(detail.upload.mapping.fields == [.name, .country])
            #expect(detail.preview == [["Riga", "LV"]])
        }
    }

    @Test func whoMayNotImportMayNothingOfIt() async throws {
        try await UploadFixture.with(.sqlite) { fixture in
            let id = try await fixture.stage("name\nVisby\n")
            let reader = Actor(
                person: UploadFixture.secretary.person,
                grants: [Grant(role: .auditor, place: .association, personID: "")],
                secondFactor: true
            )
            let refused = AccessRefusal.notAllowed(.importMembers)
            await #expect(throws: refused) {
                try await fixture.database.run(
                    DryRun(import: id, rules: fixture.rules),
                    as: reader,
                    now: Records.noon
                )
            }
            await #expect(throws: refused) {
                try await fixture.database.ask(UploadList(), as: reader, now: Records.noon)
            }
            await #expect(throws: refused) {
                try await ImportRun(database: fixture.database, rules: fixture.rules).apply(id, as: reader)
            }
        }
    }

    @Test(arguments: TestEngine.all) func whatIsNotFinishedWaitsAndIsForgottenAfterItsTime(
        _ engine: Database.Engine
    ) async throws {
        try await UploadFixture.with(engine) { fixture in
            _ = try await fixture.stage("name,website\nVisby,https://v.example\n", file: "told.csv")
            _ = try await fixture.check("name,website\nAstana,https://a.kz\n", file: "compared.csv")
            _ = try await fixture.check("name\nAstana\n", file: "nothing.csv")
            let waiting = try await fixture.database.read { try WaitingImports.list($0) }
            #expect(waiting.map(\.title.english) == ["told.csv", "compared.csv"])
            #expect(waiting.last?.detail.english == "Would create 0 and change 1; 0 to choose.")
            let later = InstantText.text(Records.noon.addingTimeInterval(1))
            let gone = try await fixture.database.write { try StaleImports.forget($0, stagedBefore: later) }
            #expect(gone == 3)
            let left = try await fixture.ask(UploadList())
            #expect(left.total == 0)
        }
    }
}
