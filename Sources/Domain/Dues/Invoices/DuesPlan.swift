public import Charter
public import Database
public import Languages

/// What a run of a year's invoices would do, member by member, without doing it.
public struct DuesPlan: Sendable, Equatable {
    /// What becomes of a member.
    public enum Outcome: Sendable, Hashable {
        /// It gets an invoice.
        case invoice(PlannedInvoice)
        /// It has the invoice of this number already.
        case invoiced(String)
        /// It has this one alone, which was made up to try the program, and gets none beside it.
        case madeUp(String)
        /// It owes nothing for the year, with the reason as a sentence.
        case nothing(Phrase)
        /// Its fee cannot be told: no invoice is written until this is known.
        case missing([FeeMissing])
        /// The charter asks no fee of its category.
        case noSchedule
    }

    public struct Line: Sendable, Hashable {
        public let member: FeeMember
        public let outcome: Outcome
    }

    public let year: Int
    /// The day that decides the fees.
    public let billedOn: Day
    /// The day that the invoices bear.
    public let issuedOn: Day
    public let dueOn: Day
    /// When the charter's version that decides came into force.
    public let charterDay: Day
    /// By the members' keys.
    public let lines: [Line]

    /// Reads everybody who was on the roll in the year, up to the day of issue, in one pass.
    ///
    /// Throws `DuesRefusal.noDues`, `FeeRefusal.noRules` and `MoneyError`.
    public init(_ year: Int, issuedOn: Day, charter: Charter, _ transaction: Transaction) throws {
        let rules = try FeeYear(year, charter: charter)
        guard let dues = rules.version.dues else { throw DuesRefusal.noDues(year: year) }
        let first = try Day(year: year, month: 1, day: 1)
        let last = try Day(year: year, month: 12, day: 31)
        let memberships = try MembershipInYear.all(transaction, first: first, last: last)
        let billed = try BilledMembers(transaction, year: year)
        let reliefs = try ReliefRequest.inForce(transaction, year: year)
        var lines: [Line] = []
        // Who joins later in the year is billed when it has joined.
        let soFar = min(max(issuedOn, first), last)
        try FeeReading(rules, transaction).forEach(.onRollBetween(first, soFar), transaction) { member, facts in
            let outcome: Outcome
            if let number = billed.number(member.id) {
                outcome = billed.isMadeUp(member.id) ? .madeUp(number) : .invoiced(number)
            } else {
                switch rules.version.fee(facts) {
                case .missing(let missing): outcome = .missing(missing)
                case .noSchedule: outcome = .noSchedule
                case .fee(let answer):
                    let planned = try PlannedInvoice(answer, of: member, facts, memberships[member.id], dues, year)
                    outcome =
                        try planned.amount.isZero
                        ? .nothing(planned.explanation) : .invoice(planned.foreseen(reliefs[member.id] ?? []))
                }
            }
            lines.append(Line(member: member, outcome: outcome))
        }
        self.year = year
        billedOn = rules.billedOn
        self.issuedOn = issuedOn
        dueOn = issuedOn.adding(days: dues.dueAfterDays)
        charterDay = rules.version.effective
        self.lines = lines
    }
}

extension DuesPlan {
    /// Why a member whose invoice is made up gets no other.
    public static let madeUpWords = say(
        "It has this invoice, which is made up as an example, and gets no other beside it."
    )

    /// What to do for such members.
    public static let howToBill = say(
        "To bill such a member, use a database without made-up invoices, or credit the one that it has, to be written "
            + "anew."
    )

    /// Who gets an invoice.
    public var toInvoice: [Line] {
        lines.filter {
            if case .invoice = $0.outcome { true } else { false }
        }
    }

    /// Who gets none because its invoice of the year is made up.
    public var madeUp: [Line] {
        lines.filter {
            if case .madeUp = $0.outcome { true } else { false }
        }
    }

    /// Whose fee cannot be told.
    public var missing: [Line] {
        lines.filter {
            if case .missing = $0.outcome { true } else { false }
        }
    }

    /// What the invoices to be written ask for together, by currency. Throws `MoneyError.overflow`.
    public func totals() throws(MoneyError) -> [Money] {
        var totals: [Currency: Money] = [:]
        for line in lines {
            guard case .invoice(let planned) = line.outcome else { continue }
            let currency = planned.amount.currency
            totals[currency] = try (totals[currency] ?? .zero(currency)) + planned.toPay
        }
        return totals.values.sorted { $0.currency.code < $1.currency.code }
    }
}

/// An invoice that could be written.
public struct PlannedInvoice: Sendable, Hashable {
    /// The fee of the whole year.
    public let fee: Money
    /// What is asked, before relief.
    public let amount: Money
    /// Relief in force that an invoice has: what lowers it, and a plan.
    public private(set) var reliefs: [AppliedRelief] = []
    /// Why a run could not write it as things stand, as a sentence.
    public private(set) var problem: Phrase?
    public let answer: FeeAnswer
    /// The part of the year that is paid for.
    public let share: DuesShare
    /// Whether it rests on something made up.
    public let isInvented: Bool
    private let year: Int

    init(
        _ answer: FeeAnswer,
        of member: FeeMember,
        _ facts: FeeFacts,
        _ membership: MembershipInYear?,
        _ dues: Charter.Dues,
        _ year: Int
    ) throws(MoneyError) {
        let currency = try Currency(answer.currency)
        fee = try Money(whole: answer.fee, currency)
        // The share of a year is reckoned in twelfths; so a fee of which that is too much is refused before.
        _ = try fee.share(12, of: 1)
        share = dues.amount(
            fee: answer.fee,
            minorUnits: currency.minorInWhole,
            memberFrom: membership?.from,
            memberTo: membership?.to,
            year: year
        )
        amount = Money(minor: share.minor, currency)
        self.answer = answer
        self.year = year
        isInvented = member.isSample || answer.figure.isInvented || (answer.kind?.isInvented ?? false)
    }

    /// What relief lowers it by.
    public var relief: Money {
        reliefs.map(\.lowersBy).max { $0.minor < $1.minor } ?? .zero(amount.currency)
    }

    /// What is to be paid.
    public var toPay: Money { Money(minor: amount.minor - relief.minor, amount.currency) }

    /// How the amount came about, in sentences.
    public var explanation: Phrase {
        var sentences = share.rules.isEmpty ? [answer.sentence] : [answer.sentence, share.sentence]
        sentences += reliefs.map(\.words)
        if let problem { sentences.append(problem) }
        return .joined(sentences, by: " ")
    }

    /// The same with relief that is in force for the member and the year. Throws `ReliefRefusal.otherCurrency`.
    func relieved(by reliefs: [ReliefRequest]) throws -> PlannedInvoice {
        var planned = self
        planned.reliefs = try AppliedRelief.of(reliefs, to: amount, year: year)
        planned.problem = nil
        return planned
    }

    /// The same where nothing is written: what would stand in the way is told, and holds up no other member's.
    func foreseen(_ reliefs: [ReliefRequest]) throws -> PlannedInvoice {
        do { return try relieved(by: reliefs) } catch let refusal as ReliefRefusal {
            var planned = self
            planned.problem = refusal.sentence
            return planned
        }
    }
}
