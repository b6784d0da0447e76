public import Database
public import Foundation

/// What is kept of a link that was made: never its secret.
public struct OneTimeLinkRecord: Sendable, Equatable {
    /// As in `OneTimeLink.Purpose`.
    public let purpose: String
    public let madeAt: String
    public let expiresAt: String
    public let usedAt: String?
}

extension OneTimeLink {
    /// The links that were made for a person, the latest first.
    public static func history(_ transaction: Transaction, person: String) throws -> [OneTimeLinkRecord] {
        try transaction.query(
            """
            SELECT purpose, made_at, expires_at, used_at FROM one_time_link WHERE person_id = ? ORDER BY made_at DESC
            """,
            [.text(person)]
        ) { row in
            OneTimeLinkRecord(
                purpose: try row.text(0),
                madeAt: try row.text(1),
                expiresAt: try row.text(2),
                usedAt: row.optionalText(3)
            )
        }
    }

    /// Removes links that were made before an instant and can do nothing any more; returns how many.
    @discardableResult
    public static func remove(_ transaction: Transaction, madeBefore instant: Date, now: Date) throws -> Int {
        try transaction.execute(
            "DELETE FROM one_time_link WHERE made_at < ? AND (used_at IS NOT NULL OR expires_at <= ?)",
            [.text(InstantText.text(instant)), .text(InstantText.text(now))]
        )
    }
}
