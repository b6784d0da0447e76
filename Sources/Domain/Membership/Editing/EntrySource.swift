public import Database
public import Foundation

/// The source of what was entered by hand.
public enum EntrySource {
    /// Makes sure that the source is there and returns its code.
    public static func code(_ transaction: Transaction, _ now: Date) throws -> String {
        try transaction.execute(
            """
            INSERT INTO source (code, title, published, licence, note, origin)
            VALUES ('ENTRY', 'Entered in Hansa', NULL, NULL, 'The locator says by whom and when; the journal has the grounds.', 'entry')
            ON CONFLICT (code) DO NOTHING
            """
        )
        return "ENTRY"
    }

    /// The place within the source, in words that name no person: "secretariat, 2026-11-21".
    public static func locator(_ who: String, _ now: Date) -> String {
        "\(who), \(InstantText.text(now).prefix(10))"
    }
}
