public import Languages

extension Charter {
    /// What the standing of a member is where some conditions hold; the first rule of the charter that does decides.
    public struct StandingRule: Sendable, Hashable {
        public let key: String
        public let name: String
        /// All must hold; never empty.
        public let conditions: [StandingCondition]
        public let citation: Citation
        public let note: String?

        /// The rule's id, `standing.KEY`.
        public var id: String { "standing.\(key)" }

        /// Whether this rule's conditions hold; an earlier rule of the charter may hold as well.
        public func holds(_ facts: StandingDayFacts) -> Bool {
            conditions.allSatisfy { $0.holds(facts) }
        }
    }

    /// What a standing can ask for. The set is closed: the charter chooses among these and gives the numbers.
    public enum StandingCondition: Sendable, Hashable {
        /// The member's status is one of these.
        case status([String])
        /// Something has been past due for so many days or more.
        case pastDue(days: Int)
        /// Nothing is past due.
        case nothingPastDue
        /// A payment came within so many years.
        case paidWithin(years: Int)
        /// A payment, or a year whose dues are paid or remitted, is on record.
        case paid
        /// Neither an invoice nor a payment is on record.
        case nothingOnRecord
        case otherwise
    }

    /// The standing of a member on a day, by which rule, and why.
    public struct MemberStanding: Sendable, Hashable {
        public let rule: StandingRule
        /// Why, as sentences.
        public let reason: Phrase
        /// What would make it another standing, as sentences; nil where nothing known would.
        public let change: Phrase?

        public var key: String { rule.key }
        public var name: String { rule.name }
        public var citation: Citation { rule.citation }
    }
}

/// What is known of a member's status and dues on a day.
public struct StandingDayFacts: Sendable, Hashable {
    public var day: Day
    /// Key of a status.
    public var status: String
    /// The due day of the oldest dues that were due before `day` and are still owed.
    public var firstPastDue: Day?
    /// What is past due, in words, such as "USD 1,000"; nil where nothing is.
    public var owedPastDue: Phrase?
    /// The latest payment on `day` or before.
    public var lastPayment: Day?
    /// The latest year of which nothing is owed any more: paid, or remitted.
    public var lastPaidYear: Int?
    public var hasInvoices: Bool
    /// Whether any of it rests on a record that is made up.
    public var isInvented: Bool

    public init(
        day: Day,
        status: String,
        firstPastDue: Day? = nil,
        owedPastDue: Phrase? = nil,
        lastPayment: Day? = nil,
        lastPaidYear: Int? = nil,
        hasInvoices: Bool = false,
        isInvented: Bool = false
    ) {
        self.day = day
        self.status = status
        self.firstPastDue = firstPastDue
        self.owedPastDue = owedPastDue
        self.lastPayment = lastPayment
        self.lastPaidYear = lastPaidYear
        self.hasInvoices = hasInvoices
        self.isInvented = isInvented
    }
}
