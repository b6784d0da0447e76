public import Database

/// An entry as it was read, with its place in the log once it is sealed.
public struct RecordedEntry: Sendable, Equatable {
    public let entry: JournalEntry
    /// Counted from 0; `nil` until the entry is sealed.
    public let position: Int?
}

extension Journal {
    static let selection =
        """
        SELECT e.id, e.recorded_at, e.actor, e.action, e.subject_kind, e.subject_id, e.rule, e.reason, e.before, e.after,
            s.position
        FROM journal_entry e LEFT JOIN journal_sealed s ON s.entry_id = e.id
        """

    static func decode(_ row: Row) throws -> RecordedEntry {
        RecordedEntry(entry: try JournalEntry(row: row), position: try row.optionalInteger(EntryEncoding.columnCount))
    }

    /// The newest entries first, at most `limit`; `before` is the last id of the page that came before.
    public static func latest(
        _ transaction: Transaction,
        before id: String? = nil,
        limit: Int = 50
    ) throws -> [RecordedEntry] {
        // Every id is smaller than "g", as ids are hexadecimal.
        try transaction.query(
            "\(selection) WHERE e.id < ? ORDER BY e.id DESC LIMIT ?",
            [.text(id ?? "g"), .int(limit)],
            decode
        )
    }

    /// The newest entries about a subject first, at most `limit`; `before` is the last id of the page that came before.
    public static func entries(
        _ transaction: Transaction,
        of subject: JournalEntry.Subject,
        before id: String? = nil,
        limit: Int = 50
    ) throws -> [RecordedEntry] {
        try transaction.query(
            "\(selection) WHERE e.subject_kind = ? AND e.subject_id = ? AND e.id < ? ORDER BY e.id DESC LIMIT ?",
            [.text(subject.kind), .text(subject.id), .text(id ?? "g"), .int(limit)],
            decode
        )
    }

    /// One entry, or `nil` when there is none of this id.
    public static func entry(_ transaction: Transaction, id: String) throws -> RecordedEntry? {
        try transaction.first("\(selection) WHERE e.id = ?", [.text(id)], decode)
    }

    /// The personal values of an entry that were not erased.
    public static func personalValues(_ transaction: Transaction, entry id: String) throws -> [PersonalValue] {
        try transaction.query(
            "SELECT field, value, salt FROM journal_personal WHERE entry_id = ? ORDER BY field",
            [.text(id)]
        ) { row in
            PersonalValue(field: try row.text(0), value: try row.text(1), salt: try row.blob(2))
        }
    }

    /// The newest signed head, or of the given size; `nil` when there is none.
    public static func head(_ transaction: Transaction, size: Int? = nil) throws -> TreeHead? {
        try transaction.first(
            """
            SELECT size, root, signed_at, signature, key_id FROM journal_head
            WHERE size <= ? ORDER BY size DESC LIMIT 1
            """,
            [.int(size ?? .max)],
            head
        ).flatMap { head in size == nil || size == head.size ? head : nil }
    }

    static func head(_ row: Row) throws -> TreeHead {
        let size = try row.integer(0)
        guard let root = MerkleHash(try row.blob(1)) else {
            throw JournalError.damaged("the root of the signed head of size \(size) has not 32 bytes")
        }
        return TreeHead(
            size: size,
            root: root,
            signedAt: try row.text(2),
            signature: try row.blob(3),
            keyID: try row.text(4)
        )
    }

    /// The public keys that signed heads of this journal, the newest first.
    public static func publicKeys(_ transaction: Transaction) throws -> [JournalPublicKey] {
        try transaction.query("SELECT public_key FROM journal_key ORDER BY first_used_at DESC, key_id") {
            JournalPublicKey(known: try $0.blob(0))
        }
    }
}
