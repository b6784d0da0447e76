public import Database
public import Foundation
import Identity
import Journal
import Languages

/// Asks that everything personal be erased; an administrator does it, or declines with a reason. Asking twice changes
/// nothing; after a request was declined, it can be made again.
public struct AskErasure: Command {
    public static let action = Action.ownAccount

    private let personID: String

    public init(_ personID: String) { self.personID = personID }

    public func place(_ transaction: Transaction) -> Place { .person(personID) }

    /// Throws `RoleRefusal.lastAdministrator`.
    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        if try Administrators.isLast(transaction, person: personID, now: now) { throw RoleRefusal.lastAdministrator }
        let written = try transaction.execute(
            """
            INSERT INTO erasure_request (person_id, asked_at) VALUES (?, ?)
            ON CONFLICT (person_id) DO UPDATE SET asked_at = excluded.asked_at, declined_at = NULL, reason = NULL
                WHERE erasure_request.declined_at IS NOT NULL
            """,
            [.text(personID), .text(InstantText.text(now))]
        )
        if written == 1 { try ErasureRequest.note(transaction, "asked", personID, by: actor, now: now) }
    }
}

/// Takes the request back.
public struct WithdrawErasure: Command {
    public static let action = Action.ownAccount

    private let personID: String

    public init(_ personID: String) { self.personID = personID }

    public func place(_ transaction: Transaction) -> Place { .person(personID) }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        let removed = try transaction.execute(
            "DELETE FROM erasure_request WHERE person_id = ? AND declined_at IS NULL",
            [.text(personID)]
        )
        if removed == 1 { try ErasureRequest.note(transaction, "withdrawn", personID, by: actor, now: now) }
    }
}

/// The wish to be erased, until somebody acts on it; one that was declined stays until it is made again.
public struct ErasureRequest: Sendable, Equatable {
    /// What the person was told.
    public struct Declined: Sendable, Equatable {
        public let at: String
        public let reason: String
    }

    public let askedAt: String
    public let declined: Declined?

    /// Whether it waits for an administrator.
    public var waits: Bool { declined == nil }

    static func find(_ transaction: Transaction, person: String) throws -> ErasureRequest? {
        try transaction.first(
            "SELECT asked_at, declined_at, reason FROM erasure_request WHERE person_id = ?",
            [.text(person)]
        ) { row in
            ErasureRequest(
                askedAt: try row.text(0),
                declined: row.optionalText(1).map { Declined(at: $0, reason: row.optionalText(2) ?? "") }
            )
        }
    }

    static func note(
        _ transaction: Transaction,
        _ what: String,
        _ person: String,
        after: JournalValue? = nil,
        by actor: Actor,
        now: Date
    ) throws {
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "erasure.\(what)",
                subject: .init("person", person),
                after: after
            )
        )
    }

    /// What waits for an administrator.
    public static func waiting(_ transaction: Transaction) throws -> [WaitingItem] {
        try transaction.query(
            """
            SELECT p.id, p.name, e.asked_at FROM erasure_request e JOIN person p ON p.id = e.person_id
            WHERE e.declined_at IS NULL ORDER BY e.asked_at
            """
        ) { row in
            WaitingItem(
                kind: "erasure",
                id: try row.text(0),
                title: say("Erase \(try row.text(1))"),
                detail: say("They asked that everything personal be erased. The law gives a month."),
                needs: .erasePerson,
                since: try row.text(2)
            )
        }
    }
}
