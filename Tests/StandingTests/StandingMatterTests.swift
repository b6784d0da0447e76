import Access
import Charter
import Database
import DatabaseTesting
import Decisions
import Mail
import Membership
import Testing

@testable import Standing

@Suite("A body decides on standing")
struct StandingMatterTests {
    private func services(_ charter: Charter) throws -> DecisionServices {
        DecisionServices(
            charter: charter,
            matters: Matters([StandingMatter(charter: charter)]),
            letters: DecisionLetters(
                templates: try MailTemplates.load(folder: DecisionLetters.folder),
                correspondence: Correspondence(siteAddress: "https://hansa.example"),
                charter: charter
            )
        )
    }

    /// The proposals of two cities after a night in which every payment was on record.
    private func proposed(_ fixture: StandingFixture) async throws -> [String: StandingProposal] {
        _ = try await KeepProposals(database: fixture.database, charter: fixture.charter, payments: Payments.none)
            .run(on: StandingFixture.today, now: fixture.now)
        let all = try await fixture.ask(StandingProposals([.open], charter: fixture.charter)).proposals
        return Dictionary(uniqueKeysWithValues: all.map { ($0.memberKey, $0) })
    }

    private func ask(_ fixture: StandingFixture, _ subjects: [String]) async throws -> String {
        let draft = CircularDraft(
            body: "general-assembly",
            way: .meeting,
            matter: StandingMatter.kind,
            title: "Suspensions",
            subjects: subjects
        )
        return try await fixture.run(OpenCircular(draft, services: services(fixture.charter)))
    }

    private func states(_ fixture: StandingFixture) async throws -> [String] {
        try await fixture.database.read { transaction in
            try transaction.query(
                """
                SELECT m.key, p.state, COALESCE(p.adopted, -1) FROM standing_proposal p JOIN member m ON m.id = p.member_id
                ORDER BY m.key
                """
            ) { "\(try $0.text(0)) \(try $0.text(1)) \(try $0.integer(2))" }
        }
    }

    @Test(arguments: TestEngine.all)
    func `what the assembly adopts suspends, and cites the meeting`(_ engine: Database.Engine) async throws {
        try await StandingFixture.with(engine) { fixture in
            let found = try await proposed(fixture)
            let (riga, visby) = (try #require(found["riga"]), try #require(found["visby"]))
            let id = try await ask(fixture, [riga.id, visby.id])
            #expect(
                try await states(fixture) == ["acme open -1", "beta open -1", "riga put -1", "visby put -1"]
            )
            let items = try await fixture.database.read { transaction in
                try transaction.query(
                    "SELECT id, words, rule, subject_id FROM circular_item WHERE circular_id = ? ORDER BY position",
                    [.text(id)]
                ) { [try $0.text(0), try $0.text(1), try $0.text(2), try $0.text(3)] }
            }
            #expect(items.map { $0[1] } == ["Riga: Suspended", "Visby: Suspended"])
            #expect(items.map { $0[2] } == Array(repeating: "membership.grounds.inactive-local-government", count: 2))
            #expect(items.map { $0[3] } == [riga.id, visby.id])
            let outcome = RecordMeetingDecision(
                id,
                outcomes: [items[0][0]: .adopted, items[1][0]: .rejected],
                day: "2026-11-21",
                minutes: "Minutes of the 7th assembly, item 2",
                services: try services(fixture.charter)
            )
            try await fixture.run(outcome)
            #expect(
                try await states(fixture) == ["acme open -1", "beta open -1", "riga decided 1", "visby decided 0"]
            )
            let steps = try await fixture.database.read { transaction in
                try transaction.query(
                    """
                    SELECT m.key, s.earliest, d.body FROM member_status s JOIN member m ON m.id = s.member_id
                    JOIN decision d ON d.key = s.decision WHERE s.status = 'suspended'
                    """
                ) { [try $0.text(0), try $0.text(1), try $0.text(2)] }
            }
            #expect(steps == [["riga", "2026-11-21", "general-assembly"]])
            #expect(try await fixture.journal("riga").contains("standing.adopted"))
        }
    }

    @Test(arguments: TestEngine.all)
    func `a question that is withdrawn gives its proposals back`(_ engine: Database.Engine) async throws {
        try await StandingFixture.with(engine) { fixture in
            let riga = try #require(try await proposed(fixture)["riga"])
            let id = try await ask(fixture, [riga.id])
            await #expect(throws: DecisionRefusal.self) { _ = try await ask(fixture, [riga.id]) }
            try await fixture.run(
                WithdrawCircular(id, reason: "The city has written", services: services(fixture.charter))
            )
            #expect(try await states(fixture).contains("riga open -1"))
            #expect(try await fixture.journal("riga").first == "standing.taken_back")
            _ = try await ask(fixture, [riga.id])
            #expect(try await states(fixture).contains("riga put -1"))
        }
    }

    @Test func `another body than the charter's, or what nobody proposed, is refused`() async throws {
        try await StandingFixture.with(.sqlite) { fixture in
            let riga = try #require(try await proposed(fixture)["riga"])
            let services = try services(fixture.charter)
            func open(_ body: String, _ subject: String) async throws {
                let draft = CircularDraft(
                    body: body,
                    way: .circulation,
                    matter: StandingMatter.kind,
                    title: "Suspensions",
                    subjects: [subject]
                )
                _ = try await fixture.run(OpenCircular(draft, services: services))
            }
            await #expect(throws: InvalidInput.self) { try await open("executive-committee", riga.id) }
            await #expect(throws: StandingRefusal.noSuchProposal) { try await open("general-assembly", "none") }
            #expect(try await states(fixture).contains("riga open -1"))
        }
    }
}
