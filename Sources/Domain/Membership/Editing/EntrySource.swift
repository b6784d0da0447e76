import Charter
public import Database
public import Foundation
public import Languages

/// The source of what was entered by hand.
public enum EntrySource {
    static let ownCode = "ENTRY"
    /// Before the code of a file that was brought in.
    static let filePrefix = "IMPORT-"
    private static let secretariat = "secretariat"

    /// Makes sure that the source is there and returns its code.
    public static func code(_ transaction: Transaction, _ now: Date) throws -> String {
        try transaction.execute(
            """
            INSERT INTO source (code, title, published, licence, note, origin) VALUES (?, ?, NULL, NULL, ?, 'entry')
            ON CONFLICT (code) DO NOTHING
            """,
            [.text(ownCode), .text(title.english), .text(note.english)]
        )
        return ownCode
    }

    static let title = say("Entered in Hansa")
    static let note = say("The locator says by whom and when; the journal has the grounds.")

    /// The place within the source, in words that name no person: "secretariat, 2026-11-21".
    public static func locator(_ who: String, _ now: Date) -> String {
        "\(who), \(InstantText.text(now).prefix(10))"
    }

    /// The place of what a body decided: "decision 2026-3, item 1".
    public static func locator(decision reference: String, item: Int) -> String {
        "decision \(reference), item \(item)"
    }

    /// What a locator that was written here says; nil for the place in a report, whose words are the report's.
    public static func words(_ source: String, _ locator: String) -> Phrase? {
        guard source == ownCode || source.hasPrefix(filePrefix) else { return nil }
        let parts = locator.components(separatedBy: ", ")
        if parts[0] == secretariat, parts.count > 1, let day = Day(parts[1]) {
            guard parts.count > 2 else { return say("secretariat, \(day)", context: "where a fact is from") }
            let year = parts.count == 3 ? number(parts[2], after: "for ") : nil
            return year.map { say("secretariat, \(day), for \(plain: $0)", context: "where a fact is from") }
        }
        if parts.count == 2, parts[0].hasPrefix("decision "), let item = number(parts[1], after: "item ") {
            return say("decision \(parts[0].dropFirst(9)), item \(item)", context: "where a fact is from")
        }
        guard let line = number(parts[parts.count - 1], after: "line ") else { return nil }
        let file = parts.dropLast().joined(separator: ", ")
        return file.isEmpty
            ? say("line \(plain: line)", context: "where a fact is from")
            : say("\(file), line \(plain: line)", context: "where a fact is from")
    }

    private static func number(_ part: String, after word: String) -> Int? {
        part.hasPrefix(word) ? Int(part.dropFirst(word.count)) : nil
    }
}
