public import Charter
public import Languages

/// What a member can ask about its dues, and what a body grants.
public enum ReliefKind: String, Sendable, CaseIterable {
    /// The fee is waived whole.
    case remission
    /// The fee is lowered.
    case reduction
    /// Another amount is paid in place of the fee.
    case commutation
    /// What is owed is paid in instalments.
    case plan = "payment-plan"
    /// That relief which was granted ends before its time.
    case ending = "relief-ending"

    /// The power without which a body cannot grant it; `nil` for what needs none of its own.
    public var power: Charter.ReliefPower? {
        switch self {
        case .remission: .remit
        case .reduction: .reduce
        case .commutation: .commute
        case .plan: .plan
        case .ending: nil
        }
    }

    public var words: Phrase {
        switch self {
        case .remission: say("Remission", context: "relief from dues")
        case .reduction: say("Reduction", context: "relief from dues")
        case .commutation: say("Commutation", context: "relief from dues")
        case .plan: say("Payment by instalments", context: "relief from dues")
        case .ending: say("Early end of relief", context: "relief from dues")
        }
    }

    /// Which kinds there can be only one of for a year: those that change the amount, and those that change its due days.
    var sort: Sort {
        switch self {
        case .remission, .reduction, .commutation: .amount
        case .plan: .dueDays
        case .ending: .ending
        }
    }

    enum Sort {
        case amount, dueDays, ending

        var kinds: [ReliefKind] { ReliefKind.allCases.filter { $0.sort == self } }
    }
}

/// What became of a request for relief. It moves by steps that are never taken away again.
public enum ReliefState: String, Sendable, CaseIterable {
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
