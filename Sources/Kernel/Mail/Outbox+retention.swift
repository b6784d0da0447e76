public import Database
public import Foundation

extension Outbox {
    /// Removes mail that was settled before an instant, with all that is known of it; returns how many.
    @discardableResult
    public static func remove(_ transaction: Transaction, settledBefore instant: Date) throws -> Int {
        let text = InstantText.text(instant)
        try transaction.execute(
            "DELETE FROM mail_attempt WHERE mail_id IN (SELECT id FROM mail WHERE settled_at < ?)",
            [.text(text)]
        )
        return try transaction.execute("DELETE FROM mail WHERE settled_at < ?", [.text(text)])
    }

    /// Whether a person's mail still has to be sent.
    public static func waits(_ transaction: Transaction, person: String) throws -> Bool {
        try transaction.first(
            "SELECT 1 FROM mail WHERE person_id = ? AND state IN ('waiting', 'sending')",
            [.text(person)]
        ) { _ in true } ?? false
    }
}
