import Access
import Charter
import Database
import DatabaseTesting
import Decisions
import Files
import Foundation
import Identity
import Journal
import Languages
import Mail
import Membership
import Standing
import Testing

@testable import Joining

extension RequestHouse {
    static func later(_ days: Double) -> Date { now.addingTimeInterval(days * 86_400) }
    static func day(_ text: String) -> Day { Day(text) ?? .first }

    @discardableResult
    func run<C: Command>(_ command: C, as actor: Actor, at now: Date = RequestHouse.now) async throws -> C.Outcome {
        try await database.run(command, as: actor, now: now)
    }

    func ask<Q: Question>(_ question: Q, as actor: Actor, at now: Date = RequestHouse.now) async throws -> Q.Answer {
        try await database.ask(question, as: actor, now: now)
    }

    /// What a representative asks in the member's room; returns the request's id.
    @discardableResult
    func ask(
        _ kind: MembershipRequestKind,
        _ member: String,
        as actor: Actor,
        words: String = "We ask it.",
        at now: Date = RequestHouse.now
    ) async throws -> String {
        try await run(FileRequest(kind, member: member, words: words, services: services), as: actor, at: now).id
    }

    /// A program of a member's own, by its token.
    func program(of member: String) async throws -> Actor {
        try await database.write { transaction in
            let (token, _) = try APIToken.make(
                transaction,
                name: "Program",
                holder: .place(kind: "member", id: member),
                scopes: [Scope.makeRequests.rawValue],
                secondFactor: false,
                by: "person:x",
                expiresAt: Self.later(1),
                now: Self.now
            )
            return try #require(try Actor.load(transaction, token: token, now: Self.now))
        }
    }

    /// A letter that came to the secretariat; returns the request's id.
    @discardableResult
    func letter(
        _ kind: MembershipRequestKind,
        _ member: String,
        of day: String,
        words: String = "We ask it.",
        document: FileRequest.Document? = nil,
        at now: Date = RequestHouse.now
    ) async throws -> String {
        let command = FileRequest(
            kind,
            member: member,
            letterDay: day,
            words: words,
            signedBy: "The mayor",
            document: document,
            services: services
        )
        return try await run(command, as: officer, at: now).id
    }

    /// Puts a request before the body that decides on its kind, and returns the circular's id.
    func put(_ id: String, way: Circular.Way = .meeting, at now: Date = RequestHouse.now) async throws -> String {
        let request = try await request(id)
        let draft = CircularDraft(
            body: request.body,
            way: way,
            matter: request.kind.rawValue,
            title: "Requests",
            subjects: [id]
        )
        return try await run(OpenCircular(draft, services: decisions), as: officer, at: now)
    }

    /// Enters what a meeting decided on every item of a circular.
    func meet(
        _ circular: String,
        _ outcome: MatterOutcome,
        on day: String = "2026-09-21",
        at now: Date = RequestHouse.now
    ) async throws {
        let items = try await items(circular)
        let command = RecordMeetingDecision(
            circular,
            outcomes: Dictionary(uniqueKeysWithValues: items.map { ($0, outcome) }),
            day: day,
            minutes: "Minutes, item 4",
            services: decisions
        )
        try await run(command, as: officer, at: now)
    }

    func items(_ circular: String) async throws -> [String] {
        try await database.read { transaction in
            try transaction.query(
                "SELECT id FROM circular_item WHERE circular_id = ? ORDER BY position",
                [.text(circular)]
            ) { try $0.text(0) }
        }
    }

    func request(_ id: String) async throws -> MembershipRequest {
        try await database.read { try MembershipRequest.load($0, id: id) }
    }

    /// "member 2015-03-01", the first first; with the decision where there is one.
    func steps(_ member: String) async throws -> [String] {
        try await database.read { transaction in
            try transaction.query(
                "SELECT status, latest, decision FROM member_status WHERE member_id = ? ORDER BY latest",
                [.text(member)]
            ) { row in
                let decision = row.optionalText(2).map { " \($0)" } ?? ""
                return "\(try row.text(0)) \(try row.text(1))\(decision)"
            }
        }
    }

    struct Letter: Equatable {
        let person: String
        let subject: String
        let text: String
        let html: String
    }

    /// The letters of a cause, by the name of whoever gets them.
    func letters(_ cause: String) async throws -> [Letter] {
        try await database.read { transaction in
            try transaction.query(
                """
                SELECT recipient_name, subject, body_text, body_html FROM mail WHERE cause LIKE ?
                ORDER BY recipient_name, id
                """,
                [.text("\(cause):%")]
            ) {
                Letter(
                    person: $0.optionalText(0) ?? "",
                    subject: try $0.text(1),
                    text: $0.optionalText(2) ?? "",
                    html: $0.optionalText(3) ?? ""
                )
            }
        }
    }

    /// What the journal tells of a request, the first first.
    func journal(_ id: String) async throws -> [String] {
        try await database.read { transaction in
            let entries = try Journal.entries(transaction, of: .init(MembershipRequest.subjectKind, id))
            return entries.map(\.entry.action).reversed()
        }
    }

    /// What `body` refuses with; `nil` when it goes through.
    func refusal(_ body: () async throws -> Void) async -> (any Error)? {
        do {
            try await body()
            return nil
        } catch { return error }
    }
}
