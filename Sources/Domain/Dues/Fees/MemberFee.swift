public import Charter
public import Languages

/// The fee of a member for a year, with all that it follows from; or why it cannot be told.
public struct MemberFee: Sendable, Hashable {
    public let member: FeeMember
    /// What is known of the member, and assumed.
    public let facts: FeeFacts
    public let outcome: FeeOutcome

    init(_ member: FeeMember, _ facts: FeeFacts, by version: CharterVersion) {
        (self.member, self.facts) = (member, facts)
        outcome = version.fee(facts)
    }

    /// Whether the fee rests on a figure that is made up.
    public var isInvented: Bool { outcome.answer.map { $0.figure.isInvented || $0.kind?.isInvented == true } ?? false }
    /// Whether the fee rests on something that is only assumed.
    public var isAssumed: Bool {
        guard let answer = outcome.answer else { return false }
        return answer.figure.isAssumed || answer.kind?.isAssumed == true || facts.category != member.category
    }
}

extension FeeOutcome {
    /// The fee and what it follows from; nil where it cannot be told.
    public var answer: FeeAnswer? {
        if case .fee(let answer) = self { return answer }
        return nil
    }

    /// The fee with its reasons, or what is missing to tell it.
    public var words: Phrase {
        switch self {
        case .fee(let answer): answer.sentence
        case .missing(let missing): .joined(missing.map(\.words), by: " ")
        case .noSchedule: say("The charter has no fee for members of this category.")
        }
    }

    /// For programs: `fee`, `missing` or `no-schedule`.
    public var code: String {
        switch self {
        case .fee: "fee"
        case .missing: "missing"
        case .noSchedule: "no-schedule"
        }
    }
}

/// Whole units of a currency.
public struct FeeTotal: Sendable, Hashable {
    /// ISO 4217.
    public let currency: String
    public let amount: Int

    public init(currency: String, amount: Int) { (self.currency, self.amount) = (currency, amount) }

    /// `USD 12,000`
    public var words: Phrase { .money(minor: amount, places: 0, code: currency) }

    /// What all of them make, by currency.
    static func of(_ outcomes: some Sequence<FeeOutcome>) -> [FeeTotal] {
        var sums: [String: Int] = [:]
        for answer in outcomes.lazy.compactMap(\.answer) { sums[answer.currency, default: 0] += answer.fee }
        return sums.sorted { $0.key < $1.key }.map { FeeTotal(currency: $0.key, amount: $0.value) }
    }
}
