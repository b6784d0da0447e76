import Access
import Charter
import Database
import DatabaseTesting
import Foundation
import Languages
import Membership
import Testing

@testable import Decisions

/// A matter as the capability of standings will have it: an adopted item is a step in the member's standing.
private struct SuspensionMatter: MatterEffect {
    let charter: Charter
    let kind = "suspension"
    let name = Phrase.verbatim("Suspension")

    func item(_ transaction: Transaction, subject: String, on day: Day) throws -> MatterItem {
        MatterItem(
            subject: MatterSubject("member", subject),
            words: .verbatim("Suspend it"),
            evidence: .empty,
            rule: "membership.grounds.inactive-local-government",
            body: "general-assembly"
        )
    }

    func settle(_ transaction: Transaction, _ item: SettledItem, by actor: Actor, now: Date) throws {
        guard item.outcome == .adopted, let member = item.subject?.id, let decision = item.decision else { return }
        let step = ChangeStatus(
            memberID: member,
            seenRevision: nil,
            status: "suspended",
            day: item.day.description,
            decision: decision,
            grounds: item.minutes,
            charter: charter
        )
        try step.perform(transaction, by: actor, now: now)
    }
}

@Suite("A matter that changes a member's standing")
struct StatusMatterTests {
    @Test(arguments: TestEngine.all)
    func `the step cites the decision, and is refused where the standing does not allow it`(
        _ engine: Database.Engine
    ) async throws {
        try await House.with(engine) { house in
            let charter = house.services.charter
            let services = DecisionServices(
                charter: charter,
                matters: Matters([SuspensionMatter(charter: charter)]),
                letters: house.services.letters
            )
            try await house.database.write { transaction in
                try transaction.execute(
                    """
                    INSERT INTO member_status (member_id, status, earliest, latest, source, origin)
                    VALUES (?, 'member', '2015-03-01', '2015-03-01', 'R', 'import')
                    """,
                    [.text(House.riga)]
                )
            }
            func draft(_ body: String) -> CircularDraft {
                CircularDraft(
                    body: body,
                    way: .meeting,
                    matter: "suspension",
                    title: "Suspensions",
                    subjects: [House.riga, House.gdansk]
                )
            }
            let wrong = await house.refusal {
                _ = try await house.run(OpenCircular(draft(House.body), services: services), as: house.officer)
            }
            #expect((wrong as? InvalidInput)?.fields.map(\.name) == ["body", "body"])
            let id = try await house.run(
                OpenCircular(draft("general-assembly"), services: services),
                as: house.officer
            )
            let items = try await house.items(id)
            try await house.run(
                RecordMeetingDecision(
                    id,
                    outcomes: [items[0].id: .adopted, items[1].id: .adopted],
                    day: "2026-09-21",
                    minutes: "Minutes, item 2",
                    services: services
                ),
                as: house.officer
            )
            let steps = try await house.database.read { transaction in
                try transaction.query(
                    "SELECT member_id, status, latest, decision FROM member_status WHERE origin = 'entry'"
                ) { row in try (0..<4).map { try row.text($0) } }
            }
            #expect(steps == [[House.riga, "suspended", "2026-09-21", "decision-2026-1-1"]])
            // Gdańsk was never admitted, so it cannot be suspended: that stays with the secretariat.
            #expect(try await house.items(id).map { $0.problem == nil } == [true, false])
            #expect(try await house.circular(id).state == .closed)
        }
    }
}
