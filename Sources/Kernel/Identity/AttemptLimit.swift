import Crypto
public import Database
public import Foundation

/// How often something may be tried in a fixed window of time. Counted in the database, so that it holds across
/// processes and restarts (OWASP Authentication Cheat Sheet, "Protect Against Automated Attacks").
///
/// What is counted is named by a bucket, such as `password:anna@example.org` or `link:203.0.113.9`; only a hash of the name
/// is kept, so that the table is no list of who tried to sign in from where.
public enum AttemptLimit {
    /// Counts one attempt and says whether it may go on: `false` after `limit` in a window.
    ///
    /// The window begins with its first attempt and is not lengthened by others. Must be in a transaction that is
    /// kept: an attempt in one that is undone was not counted.
    public static func take(
        _ transaction: Transaction,
        bucket: String,
        limit: Int,
        window: TimeInterval,
        now: Date
    ) throws
        -> Bool
    {
        let key = key(bucket)
        // A flood on a used-up bucket only reads, so it neither waits for locks nor makes others wait.
        if let current = try current(transaction, key, window, now), current.count >= limit { return false }
        let (old, future) = bounds(window, now)
        let count = try transaction.first(
            """
            INSERT INTO attempt (bucket, began_at, count) VALUES (?, ?, 1)
            ON CONFLICT (bucket) DO UPDATE SET
                count = CASE WHEN attempt.began_at <= ? OR attempt.began_at > ? THEN 1 ELSE attempt.count + 1 END,
                began_at = CASE WHEN attempt.began_at <= ? OR attempt.began_at > ? THEN excluded.began_at
                    ELSE attempt.began_at END
            RETURNING count
            """,
            [
                .text(key), .text(InstantText.text(now)), .text(old), .text(future), .text(old), .text(future),
            ]
        ) { try $0.integer(0) }
        return (count ?? .max) <= limit
    }

    /// Seconds until the bucket may be tried again, or `nil` when it may be tried now. Counts nothing.
    public static func retryAfter(
        _ transaction: Transaction,
        bucket: String,
        limit: Int,
        window: TimeInterval,
        now: Date
    ) throws -> TimeInterval? {
        guard let current = try current(transaction, key(bucket), window, now), current.count >= limit,
            let began = InstantText.date(current.beganAt)
        else { return nil }
        return min(window, max(1, (began.addingTimeInterval(window).timeIntervalSince(now)).rounded(.up)))
    }

    /// Empties a bucket, as after a sign-in that succeeded.
    public static func clear(_ transaction: Transaction, bucket: String) throws {
        try transaction.execute("DELETE FROM attempt WHERE bucket = ?", [.text(key(bucket))])
    }

    /// Removes the buckets whose window began longer ago than `window`, the longest in use; returns how many.
    @discardableResult
    public static func removeOld(_ transaction: Transaction, window: TimeInterval, now: Date) throws -> Int {
        let (old, future) = bounds(window, now)
        return try transaction.execute(
            "DELETE FROM attempt WHERE began_at <= ? OR began_at > ?",
            [.text(old), .text(future)]
        )
    }

    private static func current(
        _ transaction: Transaction,
        _ key: String,
        _ window: TimeInterval,
        _ now: Date
    ) throws
        -> (count: Int, beganAt: String)?
    {
        let (old, future) = bounds(window, now)
        return try transaction.first(
            "SELECT count, began_at FROM attempt WHERE bucket = ? AND began_at > ? AND began_at <= ?",
            [.text(key), .text(old), .text(future)]
        ) { (try $0.integer(0), try $0.text(1)) }
    }

    /// A window that began before the first instant is over. One that begins after the second was written by a clock that
    /// went wrong, and must not close a bucket for years.
    private static func bounds(_ window: TimeInterval, _ now: Date) -> (old: String, future: String) {
        (InstantText.text(now.addingTimeInterval(-window)), InstantText.text(now.addingTimeInterval(window)))
    }

    private static func key(_ bucket: String) -> String {
        Base64URL.encode(Array(SHA256.hash(data: Array(bucket.utf8))))
    }
}
