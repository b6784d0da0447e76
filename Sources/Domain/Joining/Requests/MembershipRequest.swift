public import Charter
public import Files
public import Languages

/// What a member asks about its membership.
public enum MembershipRequestKind: String, Sendable, CaseIterable {
    /// To leave.
    case withdrawal
    /// That a step in its standing, which a body decided, is undone.
    case appeal
    /// To come back.
    case reinstatement

    public var words: Phrase {
        switch self {
        case .withdrawal: say("Withdrawal", context: "request of a member")
        case .appeal: say("Appeal", context: "request of a member")
        case .reinstatement: say("Reinstatement", context: "request of a member")
        }
    }

    /// The id of the charter's rule on it.
    public var rule: String { "membership.\(rawValue)" }
}

/// What became of a request. It moves by steps that are never taken away again.
public enum MembershipRequestState: String, Sendable, CaseIterable {
    /// The secretariat has it.
    case received
    /// The body has it before it.
    case put
    case adopted, rejected
    case takenBack = "taken-back"

    public var words: Phrase {
        switch self {
        case .received: say("Received", context: "state of a request")
        case .put: say("Before the body", context: "state of a request")
        case .adopted: say("Adopted", context: "state of a request")
        case .rejected: say("Rejected", context: "state of a request")
        case .takenBack: say("Taken back", context: "state of a request")
        }
    }

    /// Whether it waits for somebody to act on it.
    public var isLive: Bool { self == .received || self == .put }
}

/// A member's request about its membership: made in the member's room, or by a letter that came.
public struct MembershipRequest: Sendable, Equatable {
    public let id: String
    /// What people call it: the year and its number in it, `2026-3`.
    public let reference: String
    public let kind: MembershipRequestKind
    public let state: MembershipRequestState
    public let memberID: String
    public let memberKey: String
    public let memberName: String
    /// The date of the letter, or the day on which it was made in the member's room.
    public let letterDay: Day
    /// As the member put it; may be empty where a document says it.
    public let words: String
    /// Who made it in the member's room; `nil` for a letter.
    public let byPersonID: String?
    /// Who made it, or signed the letter.
    public let byName: String
    public let recordedAt: String
    /// What an appeal is against: the status and the day from which it holds.
    public let against: MemberStanding?
    /// The key of the status that the member has once it is adopted.
    public let leadsTo: String
    /// The id of the charter's rule.
    public let rule: String
    /// The key of the body that decides.
    public let body: String
    /// Since when the body has it before it.
    public let putAt: String?
    public let decidedOn: Day?
    /// What the record says of the decision.
    public let minutes: String?
    /// Why it was taken back.
    public let reason: String?
    public let documents: [FileUse]
    /// The step in the member's standing that held when it was made.
    let standing: MemberStanding
}

/// A status in force, and the day from which it holds.
public struct MemberStanding: Sendable, Equatable {
    /// The key of a status of the charter.
    public let status: String
    public let day: Day

    public init(status: String, day: Day) {
        self.status = status
        self.day = day
    }
}
