import Charter
import Foundation

/// A circulation rule as it is kept with what was opened under it: a later correction of the charter changes no question
/// that people are answering.
struct StoredTerms: Codable {
    let answerDays: Int
    let quorum: [Int]
    let majority: [Int]
    let comparison: String
    let silence: String
    let referAtObjections: Int?
    let reminderDays: [Int]
    let citation: Citation

    static func text(_ rule: Charter.Circulation) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let stored = StoredTerms(
            answerDays: rule.answerDays,
            quorum: [rule.quorum.numerator, rule.quorum.denominator],
            majority: [rule.majority.share.numerator, rule.majority.share.denominator],
            comparison: rule.majority.comparison.rawValue,
            silence: rule.silence.rawValue,
            referAtObjections: rule.referAtObjections,
            reminderDays: rule.reminderDays,
            citation: rule.citation
        )
        return String(decoding: try encoder.encode(stored), as: UTF8.self)
    }

    /// `nil` for a text that this program did not write.
    static func rule(_ text: String) -> Charter.Circulation? {
        guard let stored = try? JSONDecoder().decode(StoredTerms.self, from: Data(text.utf8)),
            let quorum = fraction(stored.quorum), let share = fraction(stored.majority),
            let comparison = Charter.Comparison(rawValue: stored.comparison),
            let silence = Charter.Silence(rawValue: stored.silence)
        else { return nil }
        return Charter.Circulation(
            answerDays: stored.answerDays,
            quorum: quorum,
            majority: Charter.Majority(comparison, share),
            silence: silence,
            referAtObjections: stored.referAtObjections,
            reminderDays: stored.reminderDays,
            citation: stored.citation,
            note: nil
        )
    }

    private static func fraction(_ parts: [Int]) -> Charter.Fraction? {
        parts.count == 2 ? Charter.Fraction(numerator: parts[0], denominator: parts[1]) : nil
    }
}
