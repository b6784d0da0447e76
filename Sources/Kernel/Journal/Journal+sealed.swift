public import Database

// For whoever follows the log: a place in it is never given twice and never left out, whichever transactions overtake
// which.
extension Journal {
    /// How many entries have a place in the log: the place of the next one.
    public static func sealedCount(_ transaction: Transaction) throws -> Int {
        try transaction.first("SELECT MAX(position) FROM journal_sealed") { try $0.optionalInteger(0).map { $0 + 1 } }
            .flatMap { $0 } ?? 0
    }

    /// The entries from a place on, in the order of the log, at most `limit`.
    public static func sealed(_ transaction: Transaction, from position: Int, limit: Int) throws -> [RecordedEntry] {
        try transaction.query(
            "\(selection) WHERE s.position >= ? ORDER BY s.position LIMIT ?",
            [.int(position), .int(limit)],
            decode
        )
    }
}
