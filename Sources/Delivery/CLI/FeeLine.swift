import Charter
import Dues
import Languages

/// A member's fee as JSON, with all that it follows from.
struct FeeLine: Encodable {
    struct Row: Encodable {
        let from: Int
        let to: Int?
        let fee: Int
        let printed: String?
    }

    struct Ruling: Encodable {
        let key: String
        let day: Day
        let madeBy: String
        let grounds: String
        let source: Citation
    }

    struct Statement: Encodable {
        let text: String
        let fee: Int?
        let inForce: Bool
        let why: String
        let source: Citation
    }

    struct Missing: Encodable {
        let code: String
        let words: String
        /// Of what a figure is missing, or the kinds to choose among.
        let of: [String]
    }

    let member: String
    let name: String
    let category: String
    let year: Int
    let billedOn: Day
    /// The effective date of the charter's version that decides.
    let charter: Day
    let outcome: String
    let fee: Int?
    let currency: String?
    let schedule: String?
    let rule: String?
    let row: Row?
    /// The value as the schedule reads it.
    let value: Double?
    let rulings: [Ruling]
    let source: Citation?
    let unpublished: String?
    let statements: [Statement]
    let facts: FeeFacts
    let missing: [Missing]
    let words: String
    let assumed: Bool
    let invented: Bool
    let sample: Bool

    init(_ fee: MemberFee, _ year: FeeYear) {
        let answer = fee.outcome.answer
        (member, name) = (fee.member.key, fee.member.name)
        (category, facts) = (fee.facts.category, fee.facts)
        (self.year, billedOn, charter) = (year.year, year.billedOn, year.version.effective)
        (outcome, words) = (fee.outcome.code, fee.outcome.words.english)
        (self.fee, currency) = (answer?.fee, answer?.currency)
        (schedule, rule) = (answer?.schedule.key, answer?.rule)
        row = answer?.band.map { Row(from: $0.from, to: $0.to, fee: $0.fee, printed: $0.printed) }
        (value, source) = (answer?.value, answer?.citation)
        rulings = (answer?.rulings ?? []).map {
            Ruling(key: $0.key, day: $0.day, madeBy: $0.madeBy, grounds: $0.grounds, source: $0.citation)
        }
        unpublished = answer?.schedule.unpublished
        statements = (answer?.statements ?? []).map {
            Statement(text: $0.text, fee: $0.fee, inForce: $0.isInForce, why: $0.why, source: $0.citation)
        }
        if case .missing(let lacking) = fee.outcome { missing = lacking.map(Missing.init) } else { missing = [] }
        (assumed, invented, sample) = (fee.isAssumed, fee.isInvented, fee.member.isSample)
    }
}

extension FeeLine.Missing {
    init(_ missing: FeeMissing) {
        let of =
            switch missing {
            case .kind(let choices): choices.map(\.kind.key)
            case .figure(let measure): [measure.key]
            case .noBand(_, let schedule), .unpublished(let schedule): [schedule.key]
            }
        self.init(code: missing.code, words: missing.words.english, of: of)
    }
}

/// Two sets of rules compared, as JSON.
struct ComparedFeesLine: Encodable {
    struct Total: Encodable {
        let currency: String
        let amount: Int

        init(_ total: FeeTotal) { (currency, amount) = (total.currency, total.amount) }
    }

    struct Summary: Encodable {
        let members: Int
        /// By what the second rules change: more, less, same, other-currency, cannot-tell.
        let counts: [String: Int]
        let before: [Total]
        let after: [Total]

        init(_ summary: ComparedFees.Summary) {
            members = summary.members
            counts = Dictionary(summary.counts.map { ($0.key.rawValue, $0.value) }) { first, _ in first }
            before = summary.before.map(Total.init)
            after = summary.after.map(Total.init)
        }
    }

    struct Fee: Encodable {
        let outcome: String
        let fee: Int?
        let currency: String?
        let words: String

        init(_ outcome: FeeOutcome) {
            (self.outcome, words) = (outcome.code, outcome.words.english)
            (fee, currency) = (outcome.answer?.fee, outcome.answer?.currency)
        }
    }

    struct Row: Encodable {
        let member: String
        let name: String
        let category: String
        let before: Fee
        let after: Fee
        let change: String
        let difference: Int?

        init(_ row: ComparedFee) {
            (member, name, category) = (row.member.key, row.member.name, row.member.category)
            (before, after) = (Fee(row.before), Fee(row.after))
            (change, difference) = (row.change.rawValue, row.difference)
        }
    }

    let from: Int
    let to: Int
    let day: Day
    let summary: Summary
    let byCategory: [String: Summary]
    let members: [Row]

    init(_ compared: ComparedFees) {
        (from, to, day) = (compared.from.year, compared.to.year, compared.day)
        summary = Summary(compared.summary)
        byCategory = Dictionary(compared.byCategory.map { ($0.category, Summary($0.summary)) }) { first, _ in first }
        members = compared.rows.map(Row.init)
    }
}

/// What was entered for fees, as JSON.
struct FeeInputLine: Encodable {
    let id: String
    let member: String?
    let country: String?
    let measure: String
    let value: String
    let asOf: Day
    let precision: DatePrecision
    let source: String
    let locator: String?
    let note: String?
    let invented: Bool
    let enteredAt: String
    let state: String
    let reason: String?

    init(_ input: FeeInput) {
        id = input.id
        switch input.subject {
        case .member(_, let key, _): (member, country) = (key, nil)
        case .country(let code): (member, country) = (nil, code)
        }
        (measure, value) = (input.measure, input.content.plain)
        (asOf, precision) = (input.asOf, input.precision)
        (source, locator, note) = (input.source, input.locator, input.note)
        (invented, enteredAt) = (input.isInvented, input.enteredAt)
        state = input.state.key
        if case .withdrawn(let why) = input.state { reason = why } else { reason = nil }
    }
}
