/// What is known of a member for its fee.
public struct FeeFacts: Sendable, Hashable, Codable {
    /// Key of a category.
    public var category: String
    /// Key of a kind of member; nil where it is not known.
    public var kind: FeeFact<String>?
    /// By the measure's key: `employees`, `gdp-per-capita-ppp`, `population`.
    public var figures: [String: FeeFact<Double>]

    public init(category: String, kind: FeeFact<String>? = nil, figures: [String: FeeFact<Double>] = [:]) {
        self.category = category
        self.kind = kind
        self.figures = figures
    }
}

/// A fact with its day and where it comes from.
public struct FeeFact<Value: Sendable & Hashable & Codable>: Sendable, Hashable, Codable {
    public var value: Value
    public var asOf: Day
    public var precision: DatePrecision
    /// The code of a source, or in words; empty for what is assumed.
    public var source: String
    /// Where in the source.
    public var locator: String?
    /// Made up, as in a sample.
    public var isInvented: Bool
    /// Not on record: somebody asks what the fee would be.
    public var isAssumed: Bool

    public init(
        _ value: Value,
        asOf: Day,
        precision: DatePrecision = .day,
        source: String,
        locator: String? = nil,
        isInvented: Bool = false,
        isAssumed: Bool = false
    ) {
        self.value = value
        self.asOf = asOf
        self.precision = precision
        self.source = source
        self.locator = locator
        self.isInvented = isInvented
        self.isAssumed = isAssumed
    }

    /// What somebody assumes to see what would follow.
    public static func assumed(_ value: Value, on day: Day) -> FeeFact {
        FeeFact(value, asOf: day, source: "", isAssumed: true)
    }
}
