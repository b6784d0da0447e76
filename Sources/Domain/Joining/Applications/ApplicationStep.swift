public import Languages

/// One thing that happened to an application. Steps are never changed; the state follows from them.
public struct ApplicationStep: Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable {
        case started, submitted, asked, answered, note, recommended
        case takenBack = "taken-back"
        case put
        /// The question was taken back from the body.
        case returned
        /// The body came to no decision: too few answered, or a meeting decides.
        case undecided
        case admitted, declined, closed, withdrawn, matched, unmatched, corrected

        /// What happened, as a heading.
        public var title: Phrase {
            switch self {
            case .started: say("Started", context: "step of an application")
            case .submitted: say("Sent", context: "step of an application")
            case .asked: say("Asked", context: "step of an application")
            case .answered: say("Answered", context: "step of an application")
            case .note: say("Note", context: "step of an application")
            case .recommended: say("Recommendation", context: "step of an application")
            case .takenBack: say("Recommendation taken back", context: "step of an application")
            case .put: say("Put to the body", context: "step of an application")
            case .returned: say("Taken back from the body", context: "step of an application")
            case .undecided: say("Not decided yet", context: "step of an application")
            case .admitted: say("Admitted", context: "step of an application")
            case .declined: say("Declined", context: "step of an application")
            case .closed: say("Closed", context: "step of an application")
            case .withdrawn: say("Withdrawn", context: "step of an application")
            case .matched: say("Found to be a former member", context: "step of an application")
            case .unmatched: say("Found to be new", context: "step of an application")
            case .corrected: say("Corrected", context: "step of an application")
            }
        }

        /// Whether the applicant is not shown it.
        var isInternal: Bool {
            switch self {
            case .note, .recommended, .takenBack, .matched, .unmatched, .undecided: true
            default: false
            }
        }
    }

    /// Whose step it was.
    public enum Side: String, Sendable, CaseIterable {
        case applicant, secretariat
        /// What followed from a body's decision.
        case program
    }

    /// From 1.
    public let number: Int
    public let at: String
    public let kind: Kind
    public let side: Side
    /// The contact's name for the applicant; empty for the program, and once a name was erased.
    public let authorName: String
    /// What was said: a question, an answer, a reason. Of the program, a stored phrase; see `said`.
    public let words: String
    /// The keys of documents that were asked for.
    public let missing: [String]
    /// Of a recommendation: whether it is for admission.
    public let isFor: Bool?
    /// Of what came on paper, and of the end by a body: the day that counts, as an ISO day.
    public let day: String?

    /// Whether the applicant is not shown it.
    public var isInternal: Bool { kind.isInternal }

    /// `words`, to be said in the reader's language where the program wrote them.
    public var said: Phrase { side == .program ? Phrase(stored: words) : .verbatim(words) }
}
