public import Languages

extension Charter {
    /// How the fee of a calendar year is asked for.
    public struct Dues: Sendable, Hashable {
        /// The day of the fee's year, `MM-DD`, whose charter version decides the fee.
        public let billedOn: String
        /// Whole days from the day of an invoice to the day on which it is due.
        public let dueAfterDays: Int
        /// Days on which who has not paid is reminded, counted from the due day, ascending; negative before it.
        public let reminderDays: [Int]
        /// What a member pays for the year in which it joins.
        public let joiningYear: YearShare
        /// What a member pays for the year in which it leaves.
        public let leavingYear: YearShare
        public let factsAsOf: FactsAsOf
        /// Where to pay; nil where no transfer can be made.
        public let bank: Bank?
        /// How money that comes in is booked; nil where every line waits for a person and rates make no difference.
        public let payments: Payments?
        public let citation: Citation
        public let note: String?
    }

    /// How much of a year's fee is due for a part of the year. A quarter or a month that was begun counts whole.
    public enum YearShare: String, Sendable, Hashable, CaseIterable {
        case full
        case byQuarter = "by-quarter"
        case byMonth = "by-month"
        case nothing = "none"
    }

    /// Which of several figures of a member its fee goes by.
    public enum FactsAsOf: String, Sendable, Hashable, CaseIterable {
        /// The latest that is known when the fee is billed.
        case latest
        /// The latest of the day on which fees are billed or before.
        case billedOn = "billed-on"
    }

    /// The account that dues are paid to.
    public struct Bank: Sendable, Hashable {
        public let holder: String
        /// Without spaces, in capitals; its check digits are right.
        public let iban: String
        /// ISO 9362.
        public let bic: String?
        /// True for an example that no money can be sent to.
        public let isInvented: Bool
        public let note: String?
    }

    /// How money that comes in is booked.
    public struct Payments: Sendable, Hashable {
        /// How sure it must be, of 100, what a line of a bank's statement is for, so that it is booked by itself.
        /// Nothing is ever as sure as 100.
        public let booksFrom: Int
        /// The share of what is settled that the rates of two currencies may make a difference of.
        public let rateDifference: Fraction
        public let note: String?
    }

    /// What may be done about a member's fee.
    public enum ReliefPower: String, Sendable, Hashable, CaseIterable {
        /// Waive it whole.
        case remit
        /// Lower it.
        case reduce
        /// Put something else in its place.
        case commute
        /// Spread it over instalments.
        case plan

        public var words: Phrase {
            switch self {
            case .remit: say("remission", context: "relief from a fee")
            case .reduce: say("reduction", context: "relief from a fee")
            case .commute: say("commutation", context: "relief from a fee")
            case .plan: say("payment by instalments", context: "relief from a fee")
            }
        }
    }
}

/// The part of a year's fee that a member owes, and why.
public struct DuesShare: Sendable, Hashable {
    /// In minor units of the currency.
    public let minor: Int
    /// How many of the twelve months are paid for.
    public let months: Int
    /// "9 of 12 months. It joined on 5 Apr 2024. The year of joining is paid from the quarter of joining on."
    public let sentence: Phrase
    /// The ids of the rules that decided, such as `dues.joining-year`; empty for who was a member all year.
    public let rules: [String]
}
