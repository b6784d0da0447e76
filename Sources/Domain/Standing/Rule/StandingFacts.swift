public import Charter

/// What the rule knows of one member on a day.
public struct StandingFacts: Sendable, Hashable {
    /// A member as a person recognises it, and how it stands.
    public struct Member: Sendable, Hashable {
        public let id: String
        public let key: String
        public let name: String
        /// A key of the charter's, like `status`.
        public let category: String
        public let status: String

        public init(id: String, key: String, name: String, category: String, status: String) {
            self.id = id
            self.key = key
            self.name = name
            self.category = category
            self.status = status
        }
    }

    public let member: Member
    /// The bounds of the day on which the membership began.
    public let since: DayBetween?
    /// The latest event in which it is recorded, by the first day that this can have been.
    public let lastParticipation: Activity?
    /// The last day on which an event in which it is recorded can have been.
    public let lastPossibleParticipation: Day?
    public let payment: PaymentRecord
    /// What sources state of it, on the day or before.
    public let statements: [StatedCircumstance]

    public init(
        member: Member,
        since: DayBetween?,
        lastParticipation: Activity? = nil,
        lastPossibleParticipation: Day? = nil,
        payment: PaymentRecord = .unknown,
        statements: [StatedCircumstance] = []
    ) {
        self.member = member
        self.since = since
        self.lastParticipation = lastParticipation
        self.lastPossibleParticipation = lastPossibleParticipation ?? lastParticipation?.when.latest
        self.payment = payment
        self.statements = statements
    }
}

/// A day that is known to lie between two, both inclusive.
public struct DayBetween: Sendable, Hashable, Codable {
    public let earliest: Day
    public let latest: Day

    public init(_ earliest: Day, _ latest: Day) {
        self.earliest = earliest
        self.latest = latest
    }
}

/// Taking part in an event.
public struct Activity: Sendable, Hashable, Codable {
    /// The event's key.
    public let event: String
    public let when: DayBetween

    public init(event: String, when: DayBetween) {
        self.event = event
        self.when = when
    }
}

/// What a source states about a member's conduct, apart from what the records show.
public struct StatedCircumstance: Sendable, Hashable, Codable {
    /// The circumstance of neither having taken part nor having paid for some years.
    public static let inactive = "inactive"

    /// `inactive`, or the key of the charter's ground that the source says to be the case.
    public let circumstance: String
    public let asOf: Day
    /// Of `inactive`: for how many years, and whether for more than these.
    public let years: Int?
    public let isMore: Bool
    public let source: String
    public let locator: String?
    /// False where the source states that it is not so, or not any more.
    public let holds: Bool

    public init(
        circumstance: String,
        asOf: Day,
        years: Int?,
        isMore: Bool,
        source: String,
        locator: String?,
        holds: Bool = true
    ) {
        self.circumstance = circumstance
        self.asOf = asOf
        self.years = years
        self.isMore = isMore
        self.source = source
        self.locator = locator
        self.holds = holds
    }

    /// The last day on which the member can have been active, if the statement is right.
    var lastPossibleActivity: Day? {
        guard circumstance == Self.inactive, holds, let years else { return nil }
        let bound = asOf.adding(years: -years)
        return isMore ? bound.adding(days: -1) : bound
    }
}

/// An event on record, and whether all who took part in it are.
public struct EventOnRecord: Sendable, Hashable {
    public let key: String
    public let name: String
    public let when: DayBetween
    public let hasWholeList: Bool

    public init(key: String, name: String, when: DayBetween, hasWholeList: Bool) {
        self.key = key
        self.name = name
        self.when = when
        self.hasWholeList = hasWholeList
    }
}
