import Access
import Charter
import Database
import DatabaseTesting
import Decisions
import Foundation
import Identity
import Languages
import Mail
import Membership
import Testing

@testable import Standing

@Suite("A body decides on standing")
struct StandingMatterTests {
    private func services(_ charter: Charter) throws -> DecisionServices {
        let correspondence = Correspondence(
            siteAddress: "https://hansa.example",
            speeches: try .shipped().naming(charter.translations)
        )
        let letters = MemberLetters(
            templates: try MailTemplates.load(folder: MemberLetters.folder),
            correspondence: correspondence
        )
        return DecisionServices(
            charter: charter,
            matters: Matters([StandingMatter(charter: charter, letters: letters)]),
            letters: DecisionLetters(
                templates: try MailTemplates.load(folder: DecisionLetters.folder),
                correspondence: correspondence,
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
                    """
                    SELECT id, words, rule, subject_id, evidence FROM circular_item WHERE circular_id = ?
                    ORDER BY position
                    """,
                    [.text(id)]
                ) { [try $0.text(0), try $0.text(1), try $0.text(2), try $0.text(3), try $0.text(4)] }
            }
            // Kept as phrases, so that each reads them in their language.
            #expect(items.map { Phrase(stored: $0[1]).english } == ["Riga: Suspended", "Visby: Suspended"])
            let korean = try Speeches.shipped().naming(fixture.charter.translations)[.korean]
            #expect(items.map { korean.text(Phrase(stored: $0[1])) } == ["Riga: 자격 정지", "Visby: 자격 정지"])
            let evidence = items.map { Phrase(stored: $0[4]) }
            #expect(evidence.allSatisfy { $0.english.hasPrefix("It neither took part nor paid since ") })
            #expect(evidence.allSatisfy { korean.text($0).contains("참여도 납부도 하지 않았습니다") })
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
    func `what was adopted is told to the member's people once, each in their language`(
        _ engine: Database.Engine
    ) async throws {
        try await StandingFixture.with(engine) { fixture in
            let found = try await proposed(fixture)
            let (riga, visby) = (try #require(found["riga"]), try #require(found["visby"]))
            for (name, language, role, member) in [
                ("Ruta Kalna", "en", "representative", riga.memberID), ("Kim Min", "ko", "editor", riga.memberID),
                ("Ana Ruiz", "es", "delegate", riga.memberID), ("Inga Holm", "en", "representative", visby.memberID),
            ] { try await somebody(fixture, name, language, role, member) }
            let id = try await ask(fixture, [riga.id, visby.id])
            #expect(try await letters(fixture).isEmpty, "nothing is decided yet")
            let items = try await fixture.database.read { transaction in
                try transaction.query(
                    "SELECT id FROM circular_item WHERE circular_id = ? ORDER BY position",
                    [.text(id)]
                ) { try $0.text(0) }
            }
            let outcome = RecordMeetingDecision(
                id,
                outcomes: [items[0]: .adopted, items[1]: .rejected],
                day: "2026-11-21",
                minutes: "Minutes of the 7th assembly, item 2",
                services: try services(fixture.charter)
            )
            try await fixture.run(outcome)
            let told = try await letters(fixture)
            #expect(told.map(\.person) == ["Ana Ruiz", "Kim Min", "Ruta Kalna"])
            #expect(told[0].text.contains("Suspendido") && told[0].text.contains("20 de enero de 2027"))
            #expect(told[1].text.contains("자격 정지") && told[1].text.contains("2027년 1월 20일"))
            let english = told[2].text
            #expect(english.contains("From 21 November 2026 it is: Suspended."))
            #expect(english.contains("Minutes of the 7th assembly, item 2"))
            #expect(english.contains("membership.grounds.inactive-local-government"))
            // 60 days, by the charter's rule on appeals, and the body that it names.
            #expect(english.contains("20 January 2027") && english.contains("General Assembly"))
            #expect(english.contains("https://hansa.example/portal/riga/membership"))
        }
    }

    private func somebody(
        _ fixture: StandingFixture,
        _ name: String,
        _ language: String,
        _ role: String,
        _ member: String
    ) async throws {
        let now = fixture.now
        try await fixture.database.write { transaction in
            let address = try #require(EmailAddress(name.lowercased().replacing(" ", with: ".") + "@example.org"))
            let person = try Person.create(transaction, name: name, email: address, language: language, now: now)
            try transaction.execute(
                """
                INSERT INTO role_grant (id, person_id, role, place_kind, place_id, starts_on, given_at)
                VALUES (?, ?, ?, 'member', ?, '2026-01-01', ?)
                """,
                [
                    .text(Identifier.make()), .text(person.id), .text(role), .text(member),
                    .text(InstantText.text(now)),
                ]
            )
        }
    }

    private func letters(_ fixture: StandingFixture) async throws -> [(person: String, text: String)] {
        try await fixture.database.read { transaction in
            try transaction.query(
                "SELECT recipient_name, body_text FROM mail WHERE cause LIKE 'standing-changed:%' ORDER BY recipient_name"
            ) { (person: $0.optionalText(0) ?? "", text: $0.optionalText(1) ?? "") }
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
