public import Database
public import Foundation

/// A link that does one thing once: sign in, accept an invitation, confirm an address.
public struct OneTimeLink: Sendable, Equatable {
    /// What a link is for. One made for another purpose does nothing.
    public enum Purpose: String, Sendable, CaseIterable {
        case signIn = "sign-in"
        case invitation
        case recovery
        /// Sent to the address that a person leaves.
        case leaveAddress = "leave-address"
        /// Sent to the address that a person takes.
        case takeAddress = "take-address"
        /// To answer one circular of a body; what it is, is the detail.
        case decision

        public var lifetime: TimeInterval {
            switch self {
            case .signIn, .recovery: 15 * 60
            case .leaveAddress, .takeAddress: 24 * 3600
            case .invitation, .decision: 14 * 24 * 3600
            }
        }
    }

    public let purpose: Purpose
    public let personID: String
    /// What the purpose needs to know, such as the new address.
    public let detail: String

    /// Makes a link and returns its secret, which goes into the mail and nowhere else.
    /// - Parameter end: when it expires; after the purpose's lifetime when left out.
    public static func make(
        _ transaction: Transaction,
        _ purpose: Purpose,
        person: String,
        detail: String = "",
        until end: Date? = nil,
        now: Date
    ) throws -> Secret {
        let secret = Secret()
        try transaction.execute(
            """
            INSERT INTO one_time_link (token_hash, purpose, person_id, detail, made_at, expires_at)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                .blob(secret.hash), .text(purpose.rawValue), .text(person), .text(detail), .text(InstantText.text(now)),
                .text(InstantText.text(end ?? now.addingTimeInterval(purpose.lifetime))),
            ]
        )
        return secret
    }

    /// What a secret would do, without doing it: for the page that asks to confirm, since mail scanners follow links.
    public static func look(
        _ transaction: Transaction,
        _ secret: Secret,
        _ purpose: Purpose,
        now: Date
    ) throws
        -> OneTimeLink?
    {
        try transaction.first(
            """
            SELECT person_id, detail FROM one_time_link
            WHERE token_hash = ? AND purpose = ? AND used_at IS NULL AND expires_at > ?
            """,
            [.blob(secret.hash), .text(purpose.rawValue), .text(InstantText.text(now))]
        ) { OneTimeLink(purpose: purpose, personID: try $0.text(0), detail: try $0.text(1)) }
    }

    /// Uses a secret up. `nil` when it was used, has expired, is for something else, or was never made.
    public static func take(
        _ transaction: Transaction,
        _ secret: Secret,
        _ purpose: Purpose,
        now: Date
    ) throws
        -> OneTimeLink?
    {
        guard let link = try look(transaction, secret, purpose, now: now) else { return nil }
        let taken = try transaction.execute(
            "UPDATE one_time_link SET used_at = ? WHERE token_hash = ? AND used_at IS NULL",
            [.text(InstantText.text(now)), .blob(secret.hash)]
        )
        return taken == 1 ? link : nil
    }

    /// Makes all unused links of a person worthless.
    public static func revoke(_ transaction: Transaction, person: String, now: Date) throws {
        try transaction.execute(
            "UPDATE one_time_link SET used_at = ? WHERE person_id = ? AND used_at IS NULL",
            [.text(InstantText.text(now)), .text(person)]
        )
    }

    /// Removes links that were used or have expired, since what they are for may hold an address; returns how many.
    @discardableResult
    public static func removeEnded(_ transaction: Transaction, now: Date) throws -> Int {
        try transaction.execute(
            "DELETE FROM one_time_link WHERE used_at IS NOT NULL OR expires_at <= ?",
            [.text(InstantText.text(now))]
        )
    }
}
