public import Access
public import Languages

/// Why a member's request cannot be made or dealt with so.
public enum RequestRefusal: Refusal, Equatable {
    case noSuchRequest
    /// One of the kind waits already; it has this reference.
    case underWay(MembershipRequestKind, String)
    /// So many were made by the member itself within a day.
    case tooMany(Int)
    /// The charter and the member's standing do not allow it; the sentence says why.
    case notPossible(Phrase)
    /// Somebody, or the body, was first.
    case inAnotherState(MembershipRequestState)
    /// The member's standing is no longer the one that the request is about.
    case standingChanged

    public var code: String {
        switch self {
        case .noSuchRequest: "no-such-request"
        case .underWay: "request-under-way"
        case .tooMany: "too-many-requests"
        case .notPossible: "request-not-possible"
        case .inAnotherState: "request-in-another-state"
        case .standingChanged: "request-standing-changed"
        }
    }

    public var kind: RefusalKind {
        switch self {
        case .noSuchRequest: .notFound
        case .underWay, .inAnotherState, .standingChanged: .conflict
        case .tooMany: .tooMany
        case .notPossible: .invalid
        }
    }

    public var sentence: Phrase {
        switch self {
        case .noSuchRequest: say("There is no such request. Look at the list of requests.")
        case .underWay(let kind, let reference):
            say(
                "Nothing was added: a request of this kind (\(kind.words)) is under way already, with the number \(reference). Look at it, or take it back first."
            )
        case .tooMany(let most):
            say(
                "Nothing was added: \(most) requests were made within a day, and more are not taken. Wait until "
                    + "tomorrow, or write to the secretariat."
            )
        case .notPossible(let because): because
        case .inAnotherState(let state):
            switch state {
            case .received: say("Nothing was changed: the request is not before the body. Put it before it first.")
            case .put: say("Nothing was changed: the body has the request before it by now. It decides.")
            case .adopted, .rejected: say("Nothing was changed: the request is decided by now. Look at it again.")
            case .takenBack: say("Nothing was changed: the request was taken back. Look at it again.")
            }
        case .standingChanged:
            say(
                "Nothing was changed: the member's standing is no longer the one that the request is about. Look at both, and ask the member."
            )
        }
    }
}
