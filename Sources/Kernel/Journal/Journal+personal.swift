public import Database
public import Foundation

// Personal values stand beside the log, so all of this leaves every hash valid.
extension Journal {
    /// All personal values of the entries about a subject that were not erased, in the order of the entries.
    public static func personalValues(
        _ transaction: Transaction,
        subject: JournalEntry.Subject
    ) throws -> [PersonalValue] {
        try transaction.query(
            """
            SELECT p.field, p.value, p.salt FROM journal_personal p JOIN journal_entry e ON e.id = p.entry_id
            WHERE e.subject_kind = ? AND e.subject_id = ? ORDER BY p.entry_id, p.field
            """,
            [.text(subject.kind), .text(subject.id)]
        ) { PersonalValue(field: try $0.text(0), value: try $0.text(1), salt: try $0.blob(2)) }
    }

    /// Erases every personal value that is one of these texts, whatever entry it belongs to; returns how many there were.
    /// For what names one person alone, such as an address.
    @discardableResult
    public static func erasePersonal(_ transaction: Transaction, values: [String]) throws -> Int {
        var erased = 0
        for value in values {
            erased += try transaction.execute("DELETE FROM journal_personal WHERE value = ?", [.text(value)])
        }
        return erased
    }

    /// Erases the personal values that were recorded before an instant; returns how many there were.
    @discardableResult
    public static func erasePersonal(_ transaction: Transaction, recordedBefore instant: Date) throws -> Int {
        try transaction.execute(
            "DELETE FROM journal_personal WHERE entry_id IN (SELECT id FROM journal_entry WHERE recorded_at < ?)",
            [.text(InstantText.text(instant))]
        )
    }

    /// The newest entries by an actor first, at most `limit`.
    public static func entries(_ transaction: Transaction, by actor: String, limit: Int) throws -> [RecordedEntry] {
        try transaction.query(
            "\(selection) WHERE e.actor = ? ORDER BY e.id DESC LIMIT ?",
            [.text(actor), .int(limit)],
            decode
        )
    }
}
