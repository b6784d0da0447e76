public import Database
public import Foundation
import Identity
import Journal
import Languages

/// Asks that everything personal be erased; an administrator does it. Asking twice changes nothing.
public struct AskErasure: Command {
    public static let action = Action.ownAccount

    private let personID: String

    public init(_ personID: String) { self.personID = personID }

    public func place(_ transaction: Transaction) -> Place { .person(personID) }

    /// Throws `RoleRefusal.lastAdministrator`.
    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        if try Administrators.isLast(transaction, person: personID, now: now) { throw RoleRefusal.lastAdministrator }
        let written = try transaction.execute(
            "INSERT INTO erasure_request (person_id, asked_at) VALUES (?, ?) ON CONFLICT (person_id) DO NOTHING",
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
        let removed = try transaction.execute("DELETE FROM erasure_request WHERE person_id = ?", [.text(personID)])
        if removed == 1 { try ErasureRequest.note(transaction, "withdrawn", personID, by: actor, now: now) }
    }
}

/// The wish to be erased, until somebody acts on it.
public enum ErasureRequest {
    static func askedAt(_ transaction: Transaction, person: String) throws -> String? {
        try transaction.first("SELECT asked_at FROM erasure_request WHERE person_id = ?", [.text(person)]) {
            try $0.text(0)
        }
    }

    static func note(_ transaction: Transaction, _ what: String, _ person: String, by actor: Actor, now: Date) throws {
        try Journal.append(
            transaction,
            JournalEntry(at: now, actor: actor.key, action: "erasure.\(what)", subject: .init("person", person))
        )
    }

    /// What waits for an administrator.
    public static func waiting(_ transaction: Transaction) throws -> [WaitingItem] {
        try transaction.query(
            """
            SELECT p.id, p.name, e.asked_at FROM erasure_request e JOIN person p ON p.id = e.person_id ORDER BY e.asked_at
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
