public import Charter
import Languages
import Membership

/// What somebody assumes, to see what the fee would be: other figures, another kind, another category.
public struct FeeAssumptions: Sendable, Hashable {
    /// Key of a category.
    public let category: String?
    /// Key of a kind of member.
    public let kind: String?
    /// By the measure's key.
    public let figures: [String: Double]

    public static let none = FeeAssumptions(category: nil, kind: nil, figures: [:])

    public init(category: String?, kind: String?, figures: [String: Double]) {
        (self.category, self.kind, self.figures) = (category, kind, figures)
    }

    /// Reads what was typed, by name: a measure's key, `kind` or `category`. An empty value assumes nothing.
    ///
    /// Throws `InvalidInput`, with the names as fields.
    public init(typed: [String: String], charter: Charter) throws {
        let known = FeeMeasures(charter)
        let categories = Set(charter.versions.flatMap(\.categories).map(\.key)).sorted()
        var check = FormCheck()
        var (category, kind) = (String?.none, String?.none)
        var figures: [String: Double] = [:]
        for (name, text) in typed.sorted(by: { $0.key < $1.key }) {
            let value = UploadFile.trimmed(text)
            if value.isEmpty { continue }
            if name == "category" {
                category = Self.pick(value, name, categories, &check)
            } else if name == FeeInput.kindMeasure {
                kind = Self.pick(value, name, known.kindKeys, &check)
            } else if let measure = known.measure(name) {
                figures[name] = check.number(value, name, 0...1_000_000_000_000, whole: measure.isWholeNumbers)
            } else {
                let names = (known.keys + ["category"]).map { Phrase.verbatim($0) }
                check.refuse(name, say("No fee goes by this. Assume one of these: \(Phrase.list(names, .or))."))
            }
        }
        try check.finish()
        self.init(category: category, kind: kind, figures: figures)
    }

    private static func pick(_ value: String, _ name: String, _ keys: [String], _ check: inout FormCheck) -> String? {
        if keys.contains(value) { return value }
        let names = keys.map { Phrase.verbatim($0) }
        check.refuse(
            name,
            keys.isEmpty
                ? say("The charter knows none of these. Leave it out.")
                : say("Assume one of these: \(Phrase.list(names, .or)).")
        )
        return nil
    }

    /// The facts with what is assumed in the place of what is known.
    public func applied(to facts: FeeFacts, on day: Day) -> FeeFacts {
        var assumed = facts
        if let category { assumed.category = category }
        if let kind { assumed.kind = .assumed(kind, on: day) }
        for (measure, value) in figures { assumed.figures[measure] = .assumed(value, on: day) }
        return assumed
    }
}
