public import Languages

/// How far an application has come. It moves by steps only; what is over stays over.
public enum ApplicationState: String, Sendable, CaseIterable {
    /// The applicant fills it in; nothing was sent.
    case draft
    /// The secretariat looks at it.
    case submitted
    /// The secretariat asked something, and the applicant may change it.
    case asked
    /// The secretariat recommends for it or against it; it can be put to the body.
    case recommended
    /// The body that admits has it before it.
    case put
    case admitted
    /// The body did not admit.
    case declined
    /// The secretariat ended what could not be put to the body.
    case closed
    /// The applicant took it back.
    case withdrawn

    /// As a label.
    public var words: Phrase {
        switch self {
        case .draft: say("Not sent yet", context: "state of an application")
        case .submitted: say("Sent", context: "state of an application")
        case .asked: say("Waits for the applicant", context: "state of an application")
        case .recommended: say("Ready for the body", context: "state of an application")
        case .put: say("Before the body", context: "state of an application")
        case .admitted: say("Admitted", context: "state of an application")
        case .declined: say("Declined", context: "state of an application")
        case .closed: say("Closed", context: "state of an application")
        case .withdrawn: say("Withdrawn", context: "state of an application")
        }
    }

    public var isOver: Bool {
        switch self {
        case .draft, .submitted, .asked, .recommended, .put: false
        case .admitted, .declined, .closed, .withdrawn: true
        }
    }

    /// Whether the applicant may change what it says.
    public var applicantMayEdit: Bool { self == .draft || self == .asked }
}
