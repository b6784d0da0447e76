import Access
public import Charter
import Languages

/// Points that a record earns instead of those of the charter, to see what would be: by the key of the charter's rule.
public struct PointWeights: Sendable, Hashable {
    public let byRule: [String: Charter.Points]

    /// As the charter has it.
    public static let asStated = PointWeights(byRule: [:])

    private init(byRule: [String: Charter.Points]) { self.byRule = byRule }

    /// Reads `participation=2` or `speaking=1.5`, each a rule and what a record of it earns.
    ///
    /// Throws `InvalidInput` (`weight`) for a rule that the charter of the day does not have and for what is no number
    /// of points from 0 to 1000 with one decimal at most.
    public init(_ texts: [String], charter: Charter, on day: Day) throws {
        let known = charter.version(on: day)?.points.map(\.key) ?? []
        var byRule: [String: Charter.Points] = [:]
        for text in texts {
            let parts = text.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, known.contains(parts[0]) else {
                throw InvalidInput(
                    "weight",
                    known.isEmpty
                        ? say("The charter in force on \(day) says nothing of points, so nothing can be weighed.")
                        : say(
                            "“\(text)” weighs nothing. Write a rule and its points, as in \(known[0])=2; "
                                + "the rules are: \(Phrase.list(known.map { .verbatim($0) }))."
                        )
                )
            }
            guard let points = Self.points(parts[1]) else {
                throw InvalidInput(
                    "weight",
                    say("“\(parts[1])” is no number of points. Enter one from 0 to 1000, with one decimal at most.")
                )
            }
            byRule[parts[0]] = points
        }
        self.byRule = byRule
    }

    private static func points(_ text: String) -> Charter.Points? {
        let parts = text.replacing(",", with: ".").split(separator: ".", omittingEmptySubsequences: false)
        let isDigits = { (part: Substring) in !part.isEmpty && part.utf8.allSatisfy { (0x30...0x39).contains($0) } }
        guard (1...2).contains(parts.count), parts.allSatisfy(isDigits), parts[0].utf8.count <= 4,
            parts.count == 1 || parts[1].utf8.count == 1, let whole = Int(parts[0]),
            let tenth = parts.count == 2 ? Int(parts[1]) : 0, whole * 10 + tenth <= 10_000
        else { return nil }
        return Charter.Points(tenths: whole * 10 + tenth)
    }
}
