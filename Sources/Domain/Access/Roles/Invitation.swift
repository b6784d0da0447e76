public import Database
import Foundation
import Identity
import Journal

/// An invitation that somebody sent: who shall come in, with which role, and whether they did.
public struct Invitation: Sendable, Equatable {
    public let id: String
    public let personID: String
    public let grantID: String
    /// The person who invited, or `nil` for the program's operator.
    public let invitedBy: String?
    public let sentAt: String
    public let acceptedAt: String?
    public let revokedAt: String?

    public var isOpen: Bool { acceptedAt == nil && revokedAt == nil }

    private static let columns = "id, person_id, grant_id, invited_by, sent_at, accepted_at, revoked_at"

    private init(row: Row) throws {
        id = try row.text(0)
        personID = try row.text(1)
        grantID = try row.text(2)
        invitedBy = row.optionalText(3)
        sentAt = try row.text(4)
        acceptedAt = row.optionalText(5)
        revokedAt = row.optionalText(6)
    }

    /// The invitation with an id, or `nil`.
    public static func find(_ transaction: Transaction, id: String) throws -> Invitation? {
        try transaction.first("SELECT \(columns) FROM invitation WHERE id = ?", [.text(id)]) { try Invitation(row: $0) }
    }

    /// All invitations of a person, the latest first.
    public static func all(_ transaction: Transaction, person: String) throws -> [Invitation] {
        try transaction.query(
            "SELECT \(columns) FROM invitation WHERE person_id = ? ORDER BY made_at DESC, id DESC",
            [.text(person)]
        ) { try Invitation(row: $0) }
    }

    /// Writes an invitation down and its mail. Links of earlier ones do nothing any more: the newest lets in.
    static func send(
        _ transaction: Transaction,
        _ person: Person,
        grant: String,
        _ giving: CheckedGiving,
        by actor: Actor,
        _ letters: Letters,
        now: Date
    ) throws {
        let id = Identifier.make()
        let instant = InstantText.text(now)
        try transaction.execute(
            "INSERT INTO invitation (id, person_id, grant_id, invited_by, made_at, sent_at) VALUES (?, ?, ?, ?, ?, ?)",
            [
                .text(id), .text(person.id), .text(grant), .optional(actor.isPerson ? actor.person.id : nil),
                .text(instant), .text(instant),
            ]
        )
        try mail(transaction, id, person, giving, by: actor, letters, now: now)
    }

    static func mail(
        _ transaction: Transaction,
        _ id: String,
        _ person: Person,
        _ giving: CheckedGiving,
        by actor: Actor,
        _ letters: Letters,
        now: Date
    ) throws {
        try OneTimeLink.revoke(transaction, person: person.id, now: now)
        let secret = try OneTimeLink.make(transaction, .invitation, person: person.id, detail: id, now: now)
        try letters.invitation(transaction, to: person, secret, giving, by: actor, now: now)
    }

    /// Invites somebody again who was invited and never came; `false` for everybody else, who needs no invitation.
    static func renew(
        _ transaction: Transaction,
        _ person: Person,
        grant: String,
        _ giving: CheckedGiving,
        by actor: Actor,
        _ letters: Letters,
        now: Date
    ) throws -> Bool {
        guard person.signedInAt == nil, try all(transaction, person: person.id).contains(where: \.isOpen) else {
            return false
        }
        try send(transaction, person, grant: grant, giving, by: actor, letters, now: now)
        return true
    }

    /// Notes that a person came in: whatever they were invited to, they have accepted.
    static func accept(_ transaction: Transaction, person: String, now: Date) throws {
        let open = try all(transaction, person: person).filter(\.isOpen)
        guard !open.isEmpty else { return }
        try transaction.execute(
            "UPDATE invitation SET accepted_at = ? WHERE person_id = ? AND accepted_at IS NULL AND revoked_at IS NULL",
            [.text(InstantText.text(now)), .text(person)]
        )
        try Journal.append(
            transaction,
            open.map { invitation in
                JournalEntry(
                    at: now,
                    actor: "person:\(person)",
                    action: "invitation.accepted",
                    subject: .init("person", person),
                    after: ["invitation": .text(invitation.id), "grant": .text(invitation.grantID)]
                )
            }
        )
    }

    /// Takes back what was sent for a role that has ended.
    static func revoke(_ transaction: Transaction, grant: String, now: Date) throws {
        try transaction.execute(
            "UPDATE invitation SET revoked_at = ? WHERE grant_id = ? AND accepted_at IS NULL AND revoked_at IS NULL",
            [.text(InstantText.text(now)), .text(grant)]
        )
    }
}
