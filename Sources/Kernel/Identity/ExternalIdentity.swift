public import Database
public import Foundation

/// An account elsewhere with which a person signs in here: a provider's issuer and its name for them.
public struct ExternalIdentity: Sendable, Equatable {
    public let issuer: String
    /// Never reused by the provider, unlike an address (OpenID Connect Core 1.0, section 5.7).
    public let subject: String
    public let linkedAt: String
}

extension ExternalIdentity {
    /// Who signs in with an identity that a provider vouched for, or `nil` for nobody whom the program knows.
    ///
    /// An identity that was linked before is its person's. An unknown one is linked, at its first sign-in, to the person
    /// with the same address, when the provider says that it verified the address, the account is open, and it is linked
    /// to no other identity of this provider: an address that a provider gave to somebody else must not bring the
    /// account with it. Nobody is made a person by signing in. Linking stands for the first factor only, so whoever needs
    /// a second one is asked for it all the same.
    public static func person(_ transaction: Transaction, for identity: OpenIDIdentity, now: Date) throws -> Person? {
        if let id = try linkedPerson(transaction, issuer: identity.issuer, subject: identity.subject) {
            return try Person.find(transaction, id: id).flatMap { $0.isOpen ? $0 : nil }
        }
        guard identity.isEmailVerified, let email = identity.email.flatMap({ EmailAddress($0) }),
            let person = try Person.find(transaction, email: email), person.isOpen,
            try !list(transaction, person: person.id).contains(where: { $0.issuer == identity.issuer })
        else { return nil }
        try link(transaction, issuer: identity.issuer, subject: identity.subject, person: person.id, now: now)
        return person
    }

    /// The identities that are linked to a person, the oldest first.
    public static func list(_ transaction: Transaction, person: String) throws -> [ExternalIdentity] {
        try transaction.query(
            """
            SELECT issuer, subject, linked_at FROM external_identity WHERE person_id = ? ORDER BY linked_at, issuer, subject
            """,
            [.text(person)]
        ) { try ExternalIdentity(issuer: $0.text(0), subject: $0.text(1), linkedAt: $0.text(2)) }
    }

    /// Removes one link of a person; `false` when they have no such one.
    @discardableResult
    public static func unlink(
        _ transaction: Transaction,
        issuer: String,
        subject: String,
        person: String
    ) throws -> Bool {
        try transaction.execute(
            "DELETE FROM external_identity WHERE issuer = ? AND subject = ? AND person_id = ?",
            [.text(issuer), .text(subject), .text(person)]
        ) > 0
    }

    private static func linkedPerson(_ transaction: Transaction, issuer: String, subject: String) throws -> String? {
        try transaction.first(
            "SELECT person_id FROM external_identity WHERE issuer = ? AND subject = ?",
            [.text(issuer), .text(subject)]
        ) { try $0.text(0) }
    }

    private static func link(
        _ transaction: Transaction,
        issuer: String,
        subject: String,
        person: String,
        now: Date
    ) throws {
        try transaction.execute(
            "INSERT INTO external_identity (issuer, subject, person_id, linked_at) VALUES (?, ?, ?, ?)",
            [.text(issuer), .text(subject), .text(person), .text(InstantText.text(now))]
        )
    }
}

extension Person {
    /// Whether the person may sign in.
    public var isOpen: Bool { closedAt == nil && erasedAt == nil }
}
