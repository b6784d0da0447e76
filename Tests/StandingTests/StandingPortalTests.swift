import Access
import Charter
import Database
import DatabaseTesting
import Languages
import Testing

@testable import Membership
@testable import Standing

@Suite("What a member's people see of its standing in their room")
struct StandingPortalTests {
    private func items(_ fixture: StandingFixture, _ member: String) async throws -> [PortalItem] {
        let dues = try await fixture.dues([
            .init("visby", 2026, paid: "2026-02-10"), .init("acme", 2026, paid: "2026-02-11", isInvented: true),
        ])
        let id = try await fixture.database.read { try NamedMember.find($0, member).id }
        let source = StandingPortal.source(fixture.charter, dues: dues)
        return try await fixture.ask(PortalHome(member: id, sources: [source])).items(.open)
    }

    @Test(arguments: TestEngine.all)
    func `it is told in one line how the member stands and what that opens`(_ engine: Database.Engine) async throws {
        try await StandingFixture.with(engine) { fixture in
            let good = try await items(fixture, "visby")
            #expect(good.map(\.id) == ["good"] && good.map(\.kind) == [StandingPortal.kind])
            #expect(good[0].title.english == "Your standing: Good record of payment")
            #expect(good[0].detail.english.hasPrefix("You may use: Feasibility studies, Workshops and training"))
            #expect(!good[0].detail.english.contains("made up"))
            let none = try await items(fixture, "riga")
            #expect(none.map(\.id) == ["no-record"])
            #expect(none[0].detail.english.contains("You may use in part: Feasibility studies"))
            #expect(none[0].detail.english.contains("Not open to you: Service as a Regional Office"))
        }
    }

    @Test func `what is for other categories is not named, and what is made up says so`() async throws {
        try await StandingFixture.with(.sqlite) { fixture in
            let found = try await items(fixture, "acme")
            #expect(found.map(\.id) == ["good"])
            #expect(!found[0].detail.english.contains("Feasibility") && !found[0].detail.english.contains("Not open"))
            #expect(found[0].detail.english.hasSuffix("Some of the records behind it are made up."))
        }
    }

    @Test func `who is not on the roll has none`() async throws {
        try await StandingFixture.with(.sqlite) { fixture in
            try await fixture.take(
                "statuses.csv",
                StandingFixture.statuses + "visby,withdrawn,2025-05-01,2025-05-01,,,AB10,p. 1,\n"
            )
            #expect(try await items(fixture, "visby") == [])
        }
    }
}
