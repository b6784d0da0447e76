/// What a charter says of a member's fee.
public enum FeeOutcome: Sendable, Hashable {
    case fee(FeeAnswer)
    /// What has to be known, or settled, before it can be told; never empty.
    case missing([FeeMissing])
    /// The version has no schedule for the category.
    case noSchedule
}

/// A fee and all that it follows from.
public struct FeeAnswer: Sendable, Hashable {
    public let schedule: Charter.FeeSchedule
    /// The row that the figure falls in; nil where a ruling gives the fee.
    public let band: Charter.Band?
    /// The rulings that were needed, in the order in which they were; empty where the schedule says it all.
    public let rulings: [Charter.Ruling]
    /// Whole units of `currency` for a year.
    public let fee: Int
    public let measure: Charter.Measure
    /// The figure as it is known.
    public let figure: FeeFact<Double>
    /// The value as the schedule reads it: the figure's, or without its fraction by a ruling.
    public let value: Double
    /// The kind of member, where it chose among schedules.
    public let kind: FeeFact<String>?

    /// The ruling that decided, if any did.
    public var ruling: Charter.Ruling? { rulings.last }
    public var currency: String { schedule.currency }
    public var citation: Citation { schedule.citation }
    /// Whether the rows are a stand-in for a schedule that is not published.
    public var isUnpublished: Bool { schedule.unpublished != nil }
    /// What sources say of the same fee, where they contradict each other.
    public var statements: [Charter.FeeStatement] { schedule.statements }
    /// The id of the rule, such as `fees.corporations`.
    public var rule: String { "fees.\(schedule.key)" }
}

/// What keeps a charter from telling a fee.
public enum FeeMissing: Sendable, Hashable {
    /// Of which kind the member is: each schedule of its category is for some.
    case kind([KindChoice])
    /// A figure of the member.
    case figure(Charter.Measure)
    /// The schedule has no row for this value, and no ruling settles it.
    case noBand(value: Double, schedule: Charter.FeeSchedule)
    /// The schedule is not published, and nothing stands in for it.
    case unpublished(Charter.FeeSchedule)

    /// A kind of member that a schedule is for.
    public struct KindChoice: Sendable, Hashable {
        public let kind: Charter.MemberKind
        /// Key of the schedule.
        public let schedule: String
    }
}
