import Access
import Charter
import Dues
import Languages
import Web

/// What somebody asks of the tables of fees: a year, and what their own fee would be.
struct FeeQuestion: Sendable {
    /// Years that an address may name.
    static let years = 1900...2199

    /// The names of the form's boxes, beside the keys of the figures.
    enum Name {
        static let year = "year"
        static let other = "with"
        static let category = "category"
        static let kind = "kind"
    }

    let year: Int
    /// Another year, whose rules are asked of the same facts.
    let otherYear: Int?
    /// What was typed about somebody's facts, by the names of the boxes.
    let typed: [String: String]
    /// What is assumed; nil where nothing was typed, or not all of it can be read.
    let assumptions: FeeAssumptions?
    let problems: FormProblems
    private let isThisYear: Bool

    /// Throws 400 for a year that is none.
    init(_ query: QueryParameters, charter: Charter, today: Day) throws {
        year = try query.int(Name.year, in: Self.years, default: today.year)
        isThisYear = year == today.year
        otherYear = try query.int(Name.other, in: Self.years)
        var typed: [String: String] = [:]
        for name in [Name.category, Name.kind] + FeeMeasures(charter).measures.map(\.key) {
            typed[name] = try query.string(name, maximumCharacters: 80)
        }
        self.typed = typed
        do {
            if !typed.isEmpty, typed[Name.category] == nil {
                throw InvalidInput(Name.category, say("Choose what you are."))
            }
            assumptions = try typed.isEmpty ? nil : FeeAssumptions(typed: typed, charter: charter)
            problems = .none
        } catch let input as InvalidInput {
            assumptions = nil
            problems = FormProblems(input)
        }
    }

    /// Whether anything about somebody's own facts was typed.
    var isAsked: Bool { !typed.isEmpty }

    /// The fee that follows by the rules of a year; nil where nothing can be asked of them.
    func told(in year: Int, _ charter: Charter) -> ToldFee? {
        guard let assumptions, let category = assumptions.category,
            let rules = try? FeeYear(year, charter: charter)
        else { return nil }
        return ToldFee(assumptions.applied(to: FeeFacts(category: category), on: rules.billedOn), by: rules)
    }

    /// The address of the page that shows it.
    var address: String {
        var fields: [(name: String, value: String)] = []
        if isAsked || !isThisYear { fields.append((Name.year, String(year))) }
        if let otherYear, isAsked { fields.append((Name.other, String(otherYear))) }
        for (name, value) in typed.sorted(by: { $0.key < $1.key }) { fields.append((name, value)) }
        if fields.isEmpty { return DuesPlace.fees }
        return DuesPlace.fees + "?" + fields.map { "\($0.name)=\(queryEscaped($0.value))" }.joined(separator: "&")
    }

    /// The years whose fees can be told, up to this one or the first of the latest rules.
    static func offered(_ charter: Charter, today: Day) -> [Int] {
        guard let first = charter.versions.first(where: { !$0.feeSchedules.isEmpty }) else { return [] }
        let last = max(today.year, charter.versions.last?.effective.year ?? today.year)
        return (first.effective.year...last).filter { charter.feeVersion(year: $0)?.feeSchedules.isEmpty == false }
    }
}
