public import Charter
public import Languages

/// What deciding works with beside the database: the rules, the kinds of matter, and what is written to people.
public struct DecisionServices: Sendable {
    public let charter: Charter
    public let matters: Matters
    public let letters: DecisionLetters

    public init(charter: Charter, matters: Matters = Matters(), letters: DecisionLetters) {
        self.charter = charter
        self.matters = matters
        self.letters = letters
    }

    /// A body by its key, as the version of a day or else the latest with it has it.
    func body(_ key: String, on day: Day) -> Charter.Body? {
        if let body = charter.version(on: day)?.body(key) { return body }
        return charter.versions.reversed().lazy.compactMap { $0.body(key) }.first
    }

    /// "Executive Committee"; the key where no version of the charter has the body.
    public func bodyName(_ key: String, on day: Day) -> Phrase { .name(body(key, on: day)?.name ?? key) }
}
