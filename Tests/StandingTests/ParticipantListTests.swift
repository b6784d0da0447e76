import Access
import Database
import DatabaseTesting
import Foundation
import Languages
import Testing

@testable import Membership
@testable import Standing

@Suite struct ParticipantListTests {
    private static func rules() throws -> UploadRules {
        UploadRules(charter: try Records.charter(), countries: CountryWords.none)
    }

    private static let list = """
        City,Country,Role,Title,E-mail
        Lubeck,DE,,Senator,senator@example.org
        Riga,LV,Observer,,
        Wisby,SE,,,
        """

    private func read(
        _ fixture: StandingFixture,
        _ text: String,
        event: String = "forum-2025",
        whole: Bool = false
    ) async throws -> String {
        try await fixture.run(
            ReadParticipants(
                event: event,
                file: "list.csv",
                bytes: Array(text.utf8),
                capacity: "delegate",
                mode: "online",
                isWhole: whole
            )
        )
    }

    private func plan(_ fixture: StandingFixture, _ list: String) async throws -> ParticipantsPlan.Answer {
        try await fixture.ask(ParticipantsPlan(list: list, rules: Self.rules()))
    }

    private func bring(
        _ fixture: StandingFixture,
        _ list: String,
        seen: String? = nil
    ) async throws
        -> BringInParticipants.Outcome
    {
        try await fixture.run(
            BringInParticipants(list: list, seen: seen, grounds: "Registration desk", rules: Self.rules())
        )
    }

    @Test(arguments: TestEngine.all)
    func `rows are looked at one by one, then all are written, and brought in again nothing changes`(
        _ engine: Database.Engine
    ) async throws {
        try await StandingFixture.with(engine) { fixture in
            try await fixture.take(
                "names.csv",
                "member,name,language,kind,from,to,source,locator,note\nvisby,Wisby,de,alias,,,AB10,p. 1,\n"
            )
            let list = try await read(fixture, Self.list)
            let found = try await plan(fixture, list)
            #expect(found.rows.map(\.outcome) == [.correct, .add, .add])
            #expect(found.rows.map { $0.member?.key } == ["lubeck", "riga", "visby"])
            #expect(try await fixture.took("forum-2025") == ["lubeck delegate on-site"], "nothing is written yet")
            let done = try await bring(fixture, list, seen: found.mark)
            #expect(done == .init(added: 2, corrected: 1))
            // An empty cell says nothing: Lübeck was on site, and stays so.
            #expect(
                try await fixture.took("forum-2025")
                    == ["lubeck delegate on-site", "riga observer online", "visby delegate online"]
            )
            let steps = try await fixture.event("forum-2025").steps
            let grounds = try #require(steps.last?.grounds)
            #expect(Phrase.record(grounds).english == "Registration desk (list.csv, line 2)")
            let again = try await read(fixture, Self.list)
            #expect(try await plan(fixture, again).changesNothing)
            await #expect(throws: ParticipationRefusal.nothingDiffers) { _ = try await bring(fixture, again) }
            #expect(try await fixture.event("forum-2025").steps.count == 3)
        }
    }

    @Test(arguments: TestEngine.all)
    func `one row that cannot be taken stops all, until somebody settles it`(_ engine: Database.Engine) async throws {
        try await StandingFixture.with(engine) { fixture in
            let list = try await read(fixture, "Member,Mode\nRiga,\nAtlantis,\nVisbi,\nBeta,by boat\n")
            let found = try await plan(fixture, list)
            #expect(found.rows.map(\.outcome) == [.add, .unknown, .unclear, .refused])
            await #expect(throws: ParticipationRefusal.rowsToSettle(3)) { _ = try await bring(fixture, list) }
            #expect(try await fixture.took("forum-2025") == ["lubeck delegate on-site"])
            let visby = try #require(found.rows[2].candidates.first)
            #expect(visby.key == "visby")
            try await fixture.run(
                SettleRows(
                    list: list,
                    [4: .member(visby.id), 5: .leaveOut],
                    leavesUnknownOut: true,
                    rules: Self.rules()
                )
            )
            #expect(try await plan(fixture, list).rows.map(\.outcome) == [.add, .leftOut, .add, .leftOut])
            #expect(try await bring(fixture, list) == .init(added: 2, corrected: 0))
            await #expect(throws: ParticipationRefusal.appliedAlready) { _ = try await bring(fixture, list) }
        }
    }

    @Test func `nothing is kept of columns that nobody asked for, and nothing at all afterwards`() async throws {
        try await StandingFixture.with(.sqlite) { fixture in
            func kept() async throws -> String {
                try await fixture.database.read { transaction in
                    try transaction.query("SELECT rows FROM participant_list") { try $0.text(0) }.joined()
                }
            }
            let list = try await read(fixture, "City,Title,E-mail\nRiga,Mayor,mayor@example.org\n")
            #expect(try await kept().contains("Mayor"))
            #expect(try await !kept().contains("example.org"))
            _ = try await bring(fixture, list)
            #expect(try await kept() == "[]")
        }
    }

    @Test func `the same member twice in one capacity is refused, and a list that changed meanwhile is not applied`()
        async throws
    {
        try await StandingFixture.with(.sqlite) { fixture in
            let twice = try await read(fixture, "City,Capacity\nRiga,\nRIGA,\nRiga,voter\n")
            #expect(try await plan(fixture, twice).rows.map(\.outcome) == [.add, .refused, .add])
            let list = try await read(fixture, "City\nRiga\n")
            let seen = try await plan(fixture, list).mark
            try await fixture.run(
                AddParticipation(
                    event: "forum-2025",
                    member: "riga",
                    ParticipationDraft(capacity: "delegate", mode: "on-site"),
                    grounds: "Seen there"
                )
            )
            await #expect(throws: ParticipationRefusal.changedMeanwhile) {
                _ = try await bring(fixture, list, seen: seen)
            }
        }
    }

    @Test func `a whole list marks the event`() async throws {
        try await StandingFixture.with(.sqlite) { fixture in
            let draft = EventDraft(name: "Training", kind: "training", from: "2026-05-04")
            let key = try await fixture.run(AddEvent(draft, grounds: "Programme", charter: fixture.charter))
            let list = try await read(fixture, "City\nRiga\n", event: key, whole: true)
            _ = try await bring(fixture, list)
            #expect(try await fixture.event(key).event.hasWholeList)
        }
    }

    @Test(arguments: ["Colour\nred\n", "City\n", "%PDF-1.7", ""])
    func `a file that is no list of members says why`(_ text: String) async throws {
        #expect(throws: ParticipationRefusal.self) {
            try ReadParticipants(
                event: "x",
                file: "list.csv",
                bytes: Array(text.utf8),
                capacity: "delegate",
                mode: "online",
                isWhole: false
            )
        }
    }

    @Test func `a column of members can be named`() throws {
        let bytes = Array("Teilnehmer\nRiga\n".utf8)
        let named = try ReadParticipants(
            event: "x",
            file: "list.csv",
            bytes: bytes,
            nameColumn: "teilnehmer",
            capacity: "delegate",
            mode: "online",
            isWhole: false
        )
        #expect(named.rows.map(\.name) == ["Riga"])
    }

    @Test(arguments: Language.forReaders)
    func `what our own pages call a column is known in each language`(_ language: Language) throws {
        let speech = try Speeches.shipped()[language]
        let titles: [(field: ParticipantColumns.Field, title: Phrase)] = [
            (.key, say("Key")), (.name, say("Member")), (.country, say("Country")),
            (.capacity, say("In which capacity")), (.mode, say("How")), (.position, say("Position of who came")),
        ]
        let header = titles.map { speech.text($0.title) }
        #expect(language == .english || Set(header).isDisjoint(with: titles.map { $0.title.english }))
        let columns = try ParticipantColumns(header: header)
        #expect(titles.map { columns.places[$0.field] } == Array(0..<titles.count))
        let position = try ParticipantColumns(header: [header[1], speech.text(say("Position"))])
        #expect(position.places == [.name: 0, .position: 1])
    }
}
