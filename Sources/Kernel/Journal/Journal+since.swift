public import Database

extension Journal {
    /// The newest entries since an instant of those actors whose keys begin so (`person:`), at most `limit`.
    public static func latest(
        _ transaction: Transaction,
        since instant: String,
        actors prefix: String,
        limit: Int
    ) throws -> [JournalEntry] {
        try transaction.query(
            """
            SELECT \(EntryEncoding.columns) FROM journal_entry
            WHERE recorded_at >= ? AND actor LIKE ? ORDER BY recorded_at DESC, id DESC LIMIT ?
            """,
            [.text(instant), .text(prefix + "%"), .int(limit)]
        ) { try JournalEntry(row: $0) }
    }

    /// How many entries those actors made since an instant whose keys begin so.
    public static func count(_ transaction: Transaction, since instant: String, actors prefix: String) throws -> Int {
        try transaction.first(
            "SELECT COUNT(*) FROM journal_entry WHERE recorded_at >= ? AND actor LIKE ?",
            [.text(instant), .text(prefix + "%")]
        ) { try $0.integer(0) } ?? 0
    }
}
