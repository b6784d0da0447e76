public import Charter

/// What the rule found of one member and one ground of the charter.
public struct StandingFinding: Sendable, Hashable {
    public let member: StandingFacts.Member
    /// The ground's key.
    public let ground: String
    public let outcome: StandingOutcome
}

/// Whether a ground is met, and why.
public enum StandingOutcome: Sendable, Hashable, Codable {
    /// It is met: the evidence.
    case proposed(StandingEvidence)
    case notMet(WhyNotMet)
    /// The records do not reach: what is missing, never empty.
    case cannotTell([MissingData])
}

/// On what a proposal rests.
public struct StandingEvidence: Sendable, Hashable, Codable {
    public enum Basis: Sendable, Hashable, Codable {
        /// The records show it by themselves.
        case records
        /// A source says so, and nothing on record contradicts it.
        case statement(StatedCircumstance)
    }

    /// The day for which it was found.
    public let day: Day
    public let basis: Basis
    /// The last that is on record; nil for none.
    public let lastParticipation: Activity?
    public let lastPayment: Day?
    /// Of a lapse of time: the last day on which the member was, or can have been, active.
    public let inactiveSince: Day?

    /// The time without activity, to the day.
    public var lapse: Lapse? { inactiveSince.map { Lapse(from: $0, to: day) } }

    /// What makes it another inactivity than an earlier one: a proposal that somebody dropped is not made again for the
    /// same.
    public var spell: String {
        switch basis {
        case .records: "inactive since \(inactiveSince?.description ?? "ever")"
        case .statement(let stated): "\(stated.source) as of \(stated.asOf): \(stated.circumstance)"
        }
    }
}

/// Why a ground is not met.
public enum WhyNotMet: Sendable, Hashable, Codable {
    case tookPart(Activity)
    case paid(Day)
    /// Not a member for as long as the ground asks.
    case memberSince(Day)
    /// In the status already to which the ground leads.
    case inStatus(String)
    /// Nothing on record says so.
    case nothingStated
    /// Not on the roll, or in another category.
    case doesNotApply
}

/// What would have to be on record for an answer.
public enum MissingData: Sendable, Hashable, Codable {
    /// No payment of anybody is on record.
    case payments
    /// Payments are on record from this day only.
    case paymentsBefore(Day)
    /// No event of the time is on record.
    case events
    /// Who took part in these events, by key, is not on record, or not of all.
    case participants([String])
    /// The day of an event in which it took part is not known closely enough.
    case dayOfParticipation
    /// The day on which the membership began is not known closely enough.
    case dayOfJoining
}

extension StandingOutcome {
    /// The reason without its particulars, by which outcomes are grouped; stable.
    public var code: String {
        switch self {
        case .proposed(let evidence): evidence.basis == .records ? "records" : "statement"
        case .notMet(let why):
            switch why {
            case .tookPart: "took-part"
            case .paid: "paid"
            case .memberSince: "member-since"
            case .inStatus: "in-status"
            case .nothingStated: "nothing-stated"
            case .doesNotApply: "does-not-apply"
            }
        case .cannotTell(let missing): missing.map(\.code).joined(separator: "+")
        }
    }

    public var kind: Kind {
        switch self {
        case .proposed: .proposed
        case .notMet: .notMet
        case .cannotTell: .cannotTell
        }
    }

    public enum Kind: String, Sendable, CaseIterable, Codable {
        case proposed
        case cannotTell = "cannot-tell"
        case notMet = "not-met"
    }
}

extension MissingData {
    var code: String {
        switch self {
        case .payments: "payments"
        case .paymentsBefore: "payments-before"
        case .events: "events"
        case .participants: "participants"
        case .dayOfParticipation: "day-of-participation"
        case .dayOfJoining: "day-of-joining"
        }
    }
}
