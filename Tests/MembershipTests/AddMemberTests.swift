import Access
import Charter
import Database
import DatabaseTesting
import Foundation
import Journal
import Languages
import Testing

@testable import Membership

@Suite struct AddMemberTests {
    /// A form that is right: Kuressaare of Estonia, which the fixture does not know.
    private static let kuressaare: [MemberInput: String] = [
        .name: "Kuressaare", .category: "local-government", .country: "EE", .website: "https://www.kuressaare.ee",
        .coordinates: "58.25, 22.48", .population: "13 185", .populationYear: "2023",
    ]

    private func add(
        _ fixture: EditingFixture,
        _ changes: [MemberInput: String] = [:],
        language: String = "et",
        further: FurtherName? = nil,
        joined: String = "2026-03-01",
        status: String = "",
        decision: String = "",
        grounds: String = "Application of 1 March",
        despite: Set<String> = [],
        as actor: Actor? = nil
    ) async throws -> AddMember.Outcome {
        var draft = MemberDraft()
        for (input, text) in Self.kuressaare.merging(changes, uniquingKeysWith: { $1 }) { draft[input] = text }
        let command = AddMember(
            draft,
            language: language,
            furtherName: further,
            joined: joined,
            status: status,
            decision: decision,
            grounds: grounds,
            despite: despite,
            rules: try UploadFixture.rules()
        )
        return try await fixture.database.run(command, as: actor ?? fixture.clerk, now: fixture.now)
    }

    private func members(_ fixture: EditingFixture) async throws -> Int {
        try await fixture.database.read { try $0.first("SELECT COUNT(*) FROM member") { try $0.integer(0) } ?? 0 }
    }

    @Test(arguments: TestEngine.all) func aNewMemberIsOnTheRollFoundByItsNamesAndToldOf(
        _ engine: Database.Engine
    ) async throws {
        try await EditingFixture.with(engine) { fixture in
            let olga = try await fixture.somebody("Olga", .officer)
            let further = FurtherName("Arensburg", language: "de", kind: .alias)
            let added = try await add(fixture, further: further, as: olga)
            #expect(added == AddMember.Outcome(key: "kuressaare", name: "Kuressaare"))
            let before = try await fixture.roll("2026-02-28")
            let after = try await fixture.roll("2026-03-01")
            #expect(before == ["Lübeck", "Riga", "Visby"] && after == ["Kuressaare", "Lübeck", "Riga", "Visby"])
            let today = RollFilter(day: Records.day("2026-11-21"))
            let found = try await fixture.directory.members(named: "arensbur", on: today)
            #expect(found.map(\.key) == ["kuressaare"])
            let profile = try #require(try await fixture.directory.member(key: "kuressaare"))
            #expect(profile.region == "europe" && profile.website == "https://www.kuressaare.ee")
            #expect(profile.latitude == 58.25 && profile.coordinatesSource == "ENTRY")
            #expect(profile.figures.map(\.value) == [13_185] && profile.figures.map(\.yearLatest) == [2023])
            #expect(profile.statuses.map(\.status) == ["member"])
            #expect(profile.statuses.first?.source == .init(code: "ENTRY", locator: "secretariat, 2026-11-21"))
            let editable = try await fixture.member("kuressaare")
            #expect(editable.revision == 1 && editable.language == "et")
            #expect(editable.otherNames.map(\.name) == ["Arensburg"])

            let told = try await fixture.database.read { try Journal.latest($0, limit: 1).map(\.entry) }
            let entry = try #require(told.first)
            #expect(entry.action == "member.added" && entry.actor == olga.key && entry.rule == "membership.admission")
            #expect(entry.reason == "Application of 1 March" && entry.subject.id == profile.id)
            let values = try #require(entry.after)
            for value in [#""joined":"2026-03-01""#, #""population":"13185 (2023)""#, #""region":"europe""#] {
                #expect(values.contains(value), "\(value)")
            }
            // What comes by hand afterwards takes it as any other.
            let edited = try await fixture.edit("kuressaare", [.population: "13200", .populationYear: "2024"])
            #expect(edited.revision == 2)
        }
    }

    @Test(arguments: TestEngine.all) func theRowsAreThoseThatASpreadsheetWouldMake(
        _ engine: Database.Engine
    ) async throws {
        try await UploadFixture.with(engine) { fixture in
            func rows(_ key: String) async throws -> [String: [[String?]]] {
                try await fixture.database.read { transaction in
                    let id = try transaction.first("SELECT id FROM member WHERE key = ?", [.text(key)]) {
                        try $0.text(0)
                    }
                    let known = try #require(try KnownMember.load(transaction, ids: [id ?? ""])[id ?? ""])
                    let skipped = ["member_id", "source", "locator", "key"]
                    func plain(_ row: RecordRow) -> [String?] {
                        row.table.columns.filter { !skipped.contains($0) }.map { row[$0].plain }
                    }
                    return [
                        "member": [plain(known.row)], "names": known.names.map(plain),
                        "statuses": known.statuses.map(plain), "figures": known.populations.map(plain),
                    ]
                }
            }
            let sheet = """
                name,category,country,website,population,population_year,joined
                Kuressaare,local-government,EE,https://www.kuressaare.ee,13185,2023,2026-03

                """
            let (id, _) = try await fixture.check(sheet)
            _ = try await fixture.apply(id)
            var draft = MemberDraft()
            for (input, text) in Self.kuressaare where input != .coordinates { draft[input] = text }
            let added = try await fixture.run(
                AddMember(
                    draft,
                    language: "und",
                    joined: "2026-03",
                    grounds: "Application",
                    despite: ["kuressaare"],
                    rules: fixture.rules
                )
            )
            #expect(added.key == "kuressaare-ee")
            let uploaded = try await rows("kuressaare")
            let entered = try await rows("kuressaare-ee")
            #expect(uploaded == entered)
        }
    }

    @Test(arguments: TestEngine.all) func likelyDoublesAreShownFirstAndNothingIsWritten(
        _ engine: Database.Engine
    ) async throws {
        try await EditingFixture.with(engine) { fixture in
            let before = try await members(fixture)
            func doubles(_ changes: [MemberInput: String], _ further: FurtherName? = nil) async throws -> [String] {
                do {
                    _ = try await add(fixture, changes, further: further)
                    return []
                } catch let doubles as LikelyDoubles {
                    return doubles.candidates.map { "\($0.key): \($0.because.english)" }
                }
            }
            let same = try await doubles([.name: "VISBY", .country: "SE"])
            let slip = try await doubles([.name: "Visbi", .country: "SE"])
            let elsewhere = try await doubles([.name: "Visby", .country: "DE"])
            let byOther = try await doubles(
                [.name: "Gotland", .country: "SE"],
                FurtherName("Visby", language: "sv", kind: .alias)
            )
            #expect(same == ["visby: its name"])
            #expect(slip == [#"visby: one letter apart, "Visby""#])
            #expect(elsewhere == ["visby: the same name in another country"])
            #expect(byOther == ["visby: its name"])
            let after = try await members(fixture)
            #expect(after == before)

            // Knowing another record than the one in question is not knowing it.
            await #expect(throws: LikelyDoubles.self) {
                _ = try await add(fixture, [.name: "Visby", .country: "SE"], despite: ["riga"])
            }
            let added = try await add(fixture, [.name: "Visby", .country: "SE"], despite: ["visby", "riga"])
            #expect(added.key == "visby-se")
            let entry = try await fixture.database.read { try Journal.latest($0, limit: 1).first?.entry }
            #expect(entry?.after?.contains(#""not_the_same_as":"visby""#) == true)
        }
    }

    @Test func allThatIsWrongIsToldAtOnce() async throws {
        try await EditingFixture.with(.sqlite) { fixture in
            let wrong: [MemberInput: String] = [
                .name: "–", .category: "village", .country: "ZZ", .region: "atlantis", .website: "kuressaare",
                .coordinates: "far away", .population: "many", .populationYear: "2999",
            ]
            let input = await #expect(throws: InvalidInput.self) {
                _ = try await add(
                    fixture,
                    wrong,
                    language: "?",
                    further: FurtherName("Arensburg", language: "", kind: .alias),
                    joined: "10/12/2021",
                    status: "withdrawn",
                    decision: "none",
                    grounds: ""
                )
            }
            let told = Set((input?.fields ?? []).map(\.name))
            #expect(
                told == [
                    "name", "category", "country", "region", "website", "coordinates", "population", "population_year",
                    "language", "other_language", "joined", "status", "decision", "grounds",
                ]
            )
            let count = try await members(fixture)
            #expect(count == 3)
        }
    }

    @Test(arguments: [
        ("2026-11-21", "2026-11-21 2026-11-21"), ("2026-11-22", nil), ("2026-11", "2026-11-01 2026-11-21"),
        ("2026-12", nil), ("2026", "2026-01-01 2026-11-21"), ("2025", "2025-01-01 2025-12-31"), ("2027", nil),
    ]) func aDayIsKeptAsExactlyAsItIsKnownAndNotBeforeItCame(_ joined: String, _ kept: String?) async throws {
        try await EditingFixture.with(.sqlite) { fixture in
            do {
                let key = try await add(fixture, joined: joined).key
                let status = try await fixture.directory.member(key: key)?.statuses.first
                #expect(status.map { "\($0.earliest) \($0.latest)" } == kept)
            } catch let input as InvalidInput {
                #expect(kept == nil && input.fields.map(\.name) == ["joined"])
            }
        }
    }

    @Test(arguments: [
        // By the charter Estonia is in Europe, and nobody decides that again.
        ("EE", "", "europe"), ("EE", "europe", "europe"), ("EE", "africa", nil), ("", "europe", nil),
    ]) func theRegionIsTheCountrysByTheCharter(_ country: String, _ region: String, _ kept: String?) async throws {
        try await EditingFixture.with(.sqlite) { fixture in
            do {
                let key = try await add(fixture, [.country: country, .region: region]).key
                let profile = try await fixture.directory.member(key: key)
                #expect(profile?.region == kept)
            } catch let input as InvalidInput {
                #expect(kept == nil && input.fields.map(\.name) == [country.isEmpty ? "country" : "region"])
            }
        }
    }

    @Test func aMemberCalledNewDoesNotTakeTheAddressOfTheForm() async throws {
        try await EditingFixture.with(.sqlite) { fixture in
            let added = try await add(fixture, [.name: "New"])
            #expect(added.key == "new-ee")
        }
    }
}
