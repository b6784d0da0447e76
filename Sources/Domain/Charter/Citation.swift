public import Languages

/// Where a rule comes from: a published source and, as far as it is known, the article or the heading there.
public struct Citation: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The code of a source in the charter's `sources`, such as `GA6`.
    public let source: String
    /// The number of the article in the statutes, such as `16(2)`; nil when the source names none.
    public let article: String?
    /// The heading in the source under which the rule is found.
    public let heading: String?

    public init(source: String, article: String? = nil, heading: String? = nil) {
        self.source = source
        self.article = article
        self.heading = heading
    }

    /// `Article 16(2)` where there is an article, else `GA6, Annex 3`: a heading stays in the language of its source.
    public var words: Phrase {
        if let article { return say("Article \(article)") }
        return heading.map { .verbatim("\(source), ") + .quoted($0) } ?? .verbatim(source)
    }

    /// The same in English.
    public var short: String { words.english }

    /// `Article 16(2), GA6, 6th General Assembly Session`.
    public var description: String {
        article.map { "Article \($0), \(sourceAndHeading)" } ?? sourceAndHeading
    }

    private var sourceAndHeading: String {
        heading.map { "\(source), \($0)" } ?? source
    }
}

/// How exactly a date is known; a date known only to its year is written as that year's first day.
public enum DatePrecision: String, Sendable, Codable, CaseIterable {
    case day
    case month
    case year
}
