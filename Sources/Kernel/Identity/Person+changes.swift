public import Database
public import Foundation

/// Why a person's record could not be changed.
public enum PersonError: Error, Sendable, Equatable, CustomStringConvertible {
    /// There is no such person, or nothing is held on them any more.
    case noPerson
    /// Another person has this address.
    case addressTaken

    public var description: String {
        switch self {
        case .noPerson: "There is no such account, or its data was erased, so it cannot be changed."
        case .addressTaken: "Another account has this address. Use another one, or ask the secretariat."
        }
    }
}

extension Person {
    /// The name on the tombstone of an erased person.
    public static let erasedName = "Erased person"

    public static func rename(_ transaction: Transaction, id: String, to name: String) throws {
        try change(transaction, id: id, "name = ?", [.text(name)])
    }

    /// - Parameter language: BCP 47.
    public static func changeLanguage(_ transaction: Transaction, id: String, to language: String) throws {
        try change(transaction, id: id, "language = ?", [.text(language)])
    }

    /// Gives a person another address, once it is confirmed at both. Links sent to the old one do nothing any more.
    /// Throws `PersonError`.
    public static func changeEmail(_ transaction: Transaction, id: String, to email: EmailAddress, now: Date) throws {
        // Asked before it is written: a statement that failed would leave PostgreSQL's transaction good for nothing.
        if let holder = try find(transaction, email: email), holder.id != id { throw PersonError.addressTaken }
        try change(transaction, id: id, "email = ?", [.text(email.text)])
        try OneTimeLink.revoke(transaction, person: id, now: now)
    }

    /// Keeps the hash that `PasswordHasher` made, or removes the password with `nil`. Does not end sessions.
    public static func setPassword(_ transaction: Transaction, id: String, hash: String?, now: Date) throws {
        let instant = hash.map { _ in InstantText.text(now) }
        try change(transaction, id: id, "password = ?, password_set_at = ?", [.optional(hash), .optional(instant)])
    }

    /// The hash to compare a password with; `nil` without one, or when the person may not sign in.
    public static func passwordHash(_ transaction: Transaction, id: String) throws -> String? {
        try transaction.first(
            "SELECT password FROM person WHERE id = ? AND closed_at IS NULL AND erased_at IS NULL",
            [.text(id)]
        ) { $0.optionalText(0) } ?? nil
    }

    /// Keeps a person from signing in: ends their sessions and links. What they did stays theirs. Closing twice changes
    /// nothing.
    public static func close(_ transaction: Transaction, id: String, now: Date) throws {
        try change(transaction, id: id, "closed_at = COALESCE(closed_at, ?)", [.text(InstantText.text(now))])
        try Session.endAll(transaction, person: id)
        try OneTimeLink.revoke(transaction, person: id, now: now)
    }

    /// Lets a closed person sign in again, as they did before.
    public static func reopen(_ transaction: Transaction, id: String) throws {
        try change(transaction, id: id, "closed_at = NULL", [])
    }

    /// Replaces all that is held on a person by a tombstone, which keeps the records that name them whole: no address, no
    /// credentials, sessions, links or identities elsewhere. There is no way back. Erasing twice changes nothing.
    public static func erase(_ transaction: Transaction, id: String, now: Date) throws {
        guard let person = try find(transaction, id: id) else { throw PersonError.noPerson }
        guard person.erasedAt == nil else { return }
        let instant = InstantText.text(now)
        try transaction.execute(
            """
            UPDATE person SET name = ?, email = NULL, language = 'en', password = NULL, password_set_at = NULL,
                totp_secret = NULL, totp_confirmed_at = NULL, totp_last_step = NULL, signed_in_at = NULL,
                closed_at = COALESCE(closed_at, ?), erased_at = ?
            WHERE id = ?
            """,
            [.text(erasedName), .text(instant), .text(instant), .text(id)]
        )
        // Links go whole, since what they are for may hold an address.
        for table in ["recovery_code", "external_identity", "session", "one_time_link"] {
            try transaction.execute("DELETE FROM \(table) WHERE person_id = ?", [.text(id)])
        }
    }

    private static func change(_ transaction: Transaction, id: String, _ assignment: String, _ values: [Value]) throws {
        let changed = try transaction.execute(
            "UPDATE person SET \(assignment) WHERE id = ? AND erased_at IS NULL",
            values + [.text(id)]
        )
        if changed == 0 { throw PersonError.noPerson }
    }
}
