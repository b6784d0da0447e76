/// What a rule gave for some facts, and why: the rule cited, its inputs and one sentence that says it all.
public struct Decision<Value: Sendable & Codable & Equatable>: Sendable, Codable, Equatable {
    /// One fact that went into a decision.
    public struct Input: Sendable, Codable, Equatable {
        public let name: String
        public let value: String

        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The id of the rule, such as `bodies.general-assembly.quorum`.
    public let rule: String
    /// The article of the statutes, such as `16(2)`; nil when the source names none.
    public let article: String?
    /// The code of the source that the charter cites.
    public let source: String
    public let inputs: [Input]
    public let value: Value
    /// The value as a person reads it.
    public let result: String
    /// `quorum 41 = one fourth of 164 full members on 2023-09-26, Article 16(2)`.
    public let sentence: String

    public init(
        rule: String,
        citation: Citation,
        inputs: [Input],
        value: Value,
        result: String,
        sentence: String
    ) {
        self.rule = rule
        self.article = citation.article
        self.source = citation.source
        self.inputs = inputs
        self.value = value
        self.result = result
        self.sentence = sentence
    }
}

/// Why a charter gives no answer.
public enum CharterRefusal: Error, Sendable, Equatable, CustomStringConvertible {
    /// No version was in force on the day.
    case beforeFirstVersion(day: Day, first: Day)
    /// The charter never states a rule of this id.
    case unknownRule(id: String, nearest: String?)
    /// Another day's version states the rule, this day's does not.
    case notStated(id: String, day: Day, stated: [Day])
    /// A count that no roll can give.
    case negativeCount(Int)

    /// Stable and made for machines.
    public var code: String {
        switch self {
        case .beforeFirstVersion: "before-first-version"
        case .unknownRule: "unknown-rule"
        case .notStated: "rule-not-stated"
        case .negativeCount: "negative-count"
        }
    }

    public var description: String {
        switch self {
        case .beforeFirstVersion(let day, let first):
            return "No charter was in force on \(day); the first takes effect on \(first). Ask for that day or later."
        case .unknownRule(let id, let nearest):
            let remedy = nearest.map { "Did you mean '\($0)'?" } ?? "List the rules to see every id."
            return "The charter has no rule '\(id)'. \(remedy)"
        case .notStated(let id, let day, let stated):
            let days = stated.map(\.description).joined(separator: ", ")
            return "The charter in force on \(day) does not state '\(id)'. The versions of these days do: \(days)."
        case .negativeCount(let count):
            return "\(count) is no number of members. Count them again."
        }
    }
}
