public import Database

extension Journal {
    /// The newest entries since an instant of those actors whose keys begin so (`person:`), at most `limit`.
    ///
    /// - Parameter kinds: of the subjects that are left out.
    public static func latest(
        _ transaction: Transaction,
        since instant: String,
        actors prefix: String,
        except kinds: [String] = [],
        limit: Int
    ) throws -> [JournalEntry] {
        try transaction.query(
            """
            SELECT \(EntryEncoding.columns) FROM journal_entry
            WHERE recorded_at >= ? AND actor LIKE ?\(leavingOut(kinds)) ORDER BY recorded_at DESC, id DESC LIMIT ?
            """,
            [.text(instant), .text(prefix + "%")] + kinds.map(Value.text) + [.int(limit)]
        ) { try JournalEntry(row: $0) }
    }

    /// How many entries those actors made since an instant whose keys begin so.
    ///
    /// - Parameter kinds: of the subjects that are left out.
    public static func count(
        _ transaction: Transaction,
        since instant: String,
        actors prefix: String,
        except kinds: [String] = []
    ) throws -> Int {
        try transaction.first(
            "SELECT COUNT(*) FROM journal_entry WHERE recorded_at >= ? AND actor LIKE ?\(leavingOut(kinds))",
            [.text(instant), .text(prefix + "%")] + kinds.map(Value.text)
        ) { try $0.integer(0) } ?? 0
    }

    private static func leavingOut(_ kinds: [String]) -> String {
        kinds.isEmpty ? "" : " AND subject_kind NOT IN (\(kinds.map { _ in "?" }.joined(separator: ", ")))"
    }
}
