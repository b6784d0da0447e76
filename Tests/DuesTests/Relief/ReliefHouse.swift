import Access
import Charter
import Database
import DatabaseTesting
import Decisions
import Foundation
import Identity
import Languages
import Mail
import Standing
import Testing

@testable import Dues

/// Relief in a house of towns: asked for, put before the Executive Committee and decided.
extension DuesHouse {
    /// The morning of a day.
    static func morning(_ day: String) -> Date { InstantText.date("\(day)T09:30:00.000000Z") ?? .distantPast }

    /// Bodies decide relief here.
    func decisions(_ services: DuesServices? = nil) throws -> DecisionServices {
        let services = services ?? self.services
        return DecisionServices(
            charter: services.charter,
            matters: Matters(DuesParts.matters(services)),
            letters: DecisionLetters(
                templates: try MailTemplates.load(folder: DecisionLetters.folder),
                correspondence: services.letters.correspondence,
                charter: services.charter
            )
        )
    }

    /// Asks for relief: in the member's room by its representative, else by a letter of 1 March 2024.
    @discardableResult
    func ask(
        _ draft: ReliefDraft,
        of member: String = "town-0001",
        as actor: Actor? = nil,
        at now: Date = DuesHouse.now
    ) async throws -> String {
        var draft = draft
        if actor == nil { (draft.signedBy, draft.letterDay) = ("The mayor", "2024-03-01") }
        return try await run(AskRelief(member, draft, services: services), as: actor, at: now).id
    }

    /// Puts a request before the committee, and returns the circular's id.
    func put(_ id: String, way: Circular.Way = .meeting, at now: Date = DuesHouse.now) async throws -> String {
        let draft = CircularDraft(
            body: "executive-committee",
            way: way,
            matter: ReliefMatter.kind,
            title: "Relief",
            subjects: [id]
        )
        return try await run(OpenCircular(draft, services: try decisions()), at: now)
    }

    /// Enters what a meeting decided on the one item of a circular.
    func meet(
        _ circular: String,
        _ outcome: MatterOutcome,
        on day: String = DuesHouse.today,
        by services: DuesServices? = nil,
        at now: Date? = nil
    ) async throws {
        let command = RecordMeetingDecision(
            circular,
            outcomes: [try await item(circular): outcome],
            day: day,
            minutes: "Minutes, item 4",
            services: try decisions(services)
        )
        try await run(command, at: now ?? Self.morning(day))
    }

    /// Asks for relief that the committee then adopts, and returns the request's id.
    @discardableResult
    func grant(
        _ draft: ReliefDraft,
        of member: String = "town-0001",
        on day: String = DuesHouse.today
    ) async throws -> String {
        let now = Self.morning(day)
        let id = try await ask(draft, of: member, at: now)
        try await meet(try await put(id, at: now), .adopted, on: day)
        #expect(try await relief(id).state == .adopted)
        return id
    }

    func item(_ circular: String) async throws -> String {
        try await database.read { transaction in
            let id = try transaction.first("SELECT id FROM circular_item WHERE circular_id = ?", [.text(circular)]) {
                try $0.text(0)
            }
            return try #require(id)
        }
    }

    func relief(_ id: String) async throws -> ReliefRequest {
        try await database.read { try ReliefRequest.load($0, named: id) }
    }

    /// What a member's invoice of a year asks for and is owed.
    func balance(_ member: String = "town-0001", _ year: Int = 2024) async throws -> InvoiceBalance {
        let found = try #require(try await invoices().last { $0.memberKey == member && $0.year == year })
        return try await database.read { try found.balance($0) }
    }

    /// The names of the boxes that a draft is refused for.
    func refused(_ draft: ReliefDraft, as actor: Actor? = nil) async -> [String] {
        let problem = await problem { try await self.ask(draft, as: actor) }
        return (problem as? InvalidInput)?.fields.map(\.name) ?? ["\(String(describing: problem))"]
    }

    /// What has come of a member's dues on a day, read for one and checked against that for all.
    func facts(_ member: String = "town-0001", on day: String) async throws -> DuesFacts {
        let (id, day) = (try await id(member), try Self.day(day))
        let record = DuesOnRecord()
        let one = try await database.read { try record.dues($0, ofMember: id).facts(on: day) }
        let all = try await database.read { try record.dues($0, on: day).facts(ofMember: id) }
        #expect(one == all, "\(day)")
        return one
    }

    /// A program of a member's own, by its token.
    func program(of member: String) async throws -> Actor {
        let id = try await id(member)
        return try await database.write { transaction in
            let (token, _) = try APIToken.make(
                transaction,
                name: "Program",
                holder: .place(kind: "member", id: id),
                scopes: [Scope.requestDues.rawValue],
                secondFactor: false,
                by: "person:x",
                expiresAt: Self.now.addingTimeInterval(60),
                now: Self.now
            )
            return try #require(try Actor.load(transaction, token: token, now: Self.now))
        }
    }

    /// The same records under a charter whose fees are in euros.
    func inEuros() throws -> DuesHouse {
        let charter = try Self.charter(["currency: USD": "currency: EUR"])
        return DuesHouse(database: database, services: try Self.services(charter))
    }

    /// Letters of the day after, about the dues of 2024, which were all taken back.
    func writeTakenBack(_ count: Int, of member: String) async throws {
        let id = try await id(member)
        let after = Value.text(InstantText.text(Self.morning("2024-03-06")))
        try await database.write { transaction in
            try transaction.execute(
                """
                INSERT INTO relief_request (id, year, number, kind, state, member_id, from_year, to_year, letter_day,
                    words, signed_by, recorded_by, recorded_at, body, settled_at, settled_by, reason)
                VALUES (?, 2024, ?, 'remission', 'taken-back', ?, 2024, 2024, '2024-03-06', 'A flood', 'The mayor',
                    'clerk', ?, 'executive-committee', ?, 'clerk', 'Sent twice')
                """,
                each: (1...count).map { [.text("later-\($0)"), .int(1000 + $0), .text(id), after, after] }
            )
        }
    }

    /// Gives a member a seat of the committee.
    func seat(_ member: String) async throws {
        let id = try await id(member)
        try await database.write { transaction in
            try transaction.execute(
                """
                INSERT INTO member_office (member_id, office, valid_from, valid_to, source, origin)
                VALUES (?, 'executive-committee', '2023-09-26', '2026-12-31', 'AB10', 'import')
                """,
                [.text(id)]
            )
        }
    }

    /// A plan of these instalments.
    static func plan(_ parts: [(String, String)], from: String = "2024", to: String = "") -> ReliefDraft {
        ReliefDraft(
            .plan,
            fromYear: from,
            toYear: to,
            instalments: parts.map { ReliefDraft.Instalment(dueOn: $0.0, amount: $0.1) },
            words: "The budget is late"
        )
    }
}
