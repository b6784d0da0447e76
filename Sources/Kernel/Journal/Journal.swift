public import Database

/// The append-only record of every change: a Merkle log (RFC 9162) whose heads are signed.
///
/// A service appends in its own transaction; a `Sealer` gives entries their place; `verify` and `proof` show that
/// nothing was changed since.
public enum Journal {
    /// Appends an entry in the transaction of the change that it tells of. It waits for no other writer.
    public static func append(_ transaction: Transaction, _ entry: JournalEntry) throws {
        try append(transaction, [entry])
    }

    /// Appends many entries in the transaction of the change that they tell of. They will be sealed by instant and id.
    ///
    /// Throws `JournalError.zeroByte` for a text that cannot be kept, and `DatabaseError`.
    public static func append(_ transaction: Transaction, _ entries: [JournalEntry]) throws {
        // In parts, so that an import of any size holds few rows in memory beside its own.
        for start in stride(from: 0, to: entries.count, by: 1000) {
            try append(transaction, part: entries[start..<min(start + 1000, entries.count)])
        }
    }

    private static func append(_ transaction: Transaction, part entries: ArraySlice<JournalEntry>) throws {
        var encoding = EntryEncoding()
        let rows: [[Value]] = try entries.map { entry in
            encoding.encode(entry)
            if encoding.holdsZero { throw JournalError.zeroByte(action: entry.action, subject: entry.subject.id) }
            return [
                .text(entry.id), .text(entry.recordedAt), .text(entry.actor), .text(entry.action),
                .text(entry.subject.kind), .text(entry.subject.id), .optional(entry.rule), .optional(entry.reason),
                .optional(entry.before), .optional(entry.after), .blob(MerkleHash.leaf(encoding.bytes).bytes),
            ]
        }
        try transaction.execute(
            "INSERT INTO journal_entry (\(EntryEncoding.columns), leaf_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            each: rows
        )
        try transaction.execute(
            "INSERT INTO journal_pending (entry_id, recorded_at) VALUES (?, ?)",
            each: entries.map { [.text($0.id), .text($0.recordedAt)] }
        )
        try transaction.execute(
            "INSERT INTO journal_personal (entry_id, field, salt, value) VALUES (?, ?, ?, ?)",
            each: entries.flatMap { entry in
                entry.personal.map { [.text(entry.id), .text($0.field), .blob($0.salt), .text($0.value)] }
            }
        )
    }

    /// Erases the personal values of an entry for good and returns how many there were. Every hash stays valid.
    @discardableResult
    public static func erasePersonal(_ transaction: Transaction, entry id: String) throws -> Int {
        try transaction.execute("DELETE FROM journal_personal WHERE entry_id = ?", [.text(id)])
    }

    /// Erases the personal values of all entries about a subject for good and returns how many there were.
    @discardableResult
    public static func erasePersonal(_ transaction: Transaction, subject: JournalEntry.Subject) throws -> Int {
        try transaction.execute(
            """
            DELETE FROM journal_personal WHERE entry_id IN
                (SELECT id FROM journal_entry WHERE subject_kind = ? AND subject_id = ?)
            """,
            [.text(subject.kind), .text(subject.id)]
        )
    }
}

/// What the journal could not do, as a sentence that says what happened and what to do.
public enum JournalError: Error, Sendable, Equatable {
    /// A text of an entry holds a zero byte, which PostgreSQL cannot keep.
    case zeroByte(action: String, subject: String)
    /// What is stored does not fit the last signed head, so nothing may be sealed upon it.
    case damaged(String)
    case unknownEntry(String)
    /// The entry is recorded but no signed head covers it yet.
    case notSealed(String)
    /// A size that no signed head has.
    case unknownHead(Int)
}

extension JournalError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .zeroByte(let action, let subject):
            "The entry \(action) about \(subject) holds a zero byte, which cannot be kept. Clean the input; nothing was written."
        case .damaged(let what):
            "The journal is damaged: \(what). Nothing more is sealed until it is repaired. Run `hansa journal verify`."
        case .unknownEntry(let id):
            "The journal has no entry \(id). Check the id."
        case .notSealed(let id):
            "Entry \(id) waits for its place in the log, which it gets within moments. Try again."
        case .unknownHead(let size):
            "No signed head of the journal has the size \(size)."
        }
    }
}
