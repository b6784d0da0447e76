public import Access
public import Languages

/// Why a proposal on a member's standing cannot be dealt with so.
public enum StandingRefusal: Refusal, Equatable {
    case noSuchProposal
    /// Somebody, or the rule, was first.
    case inAnotherState(StandingProposal.State)
    case noneChosen
    case noVersion

    public var code: String {
        switch self {
        case .noSuchProposal: "no-such-standing-proposal"
        case .inAnotherState: "standing-proposal-in-another-state"
        case .noneChosen: "no-standing-proposal-chosen"
        case .noVersion: "no-charter-of-the-day"
        }
    }

    public var kind: RefusalKind {
        switch self {
        case .noSuchProposal: .notFound
        case .inAnotherState: .conflict
        case .noneChosen, .noVersion: .invalid
        }
    }

    public var sentence: Phrase {
        switch self {
        case .noSuchProposal: say("There is no such proposal. Look at the list of proposals.")
        case .inAnotherState(let state):
            switch state {
            case .open: say("Nothing was changed: the proposal was not put forward yet. Put it forward first.")
            case .put: say("Nothing was changed: the proposal was put forward meanwhile. The body decides on it.")
            case .decided: say("Nothing was changed: the proposal was decided on meanwhile. Look at it again.")
            case .dropped: say("Nothing was changed: somebody dropped the proposal meanwhile. Look at it again.")
            case .gone: say("Nothing was changed: the ground is no longer met. Look at the proposal again.")
            }
        case .noneChosen: say("No proposal was chosen. Choose one or more, then put them forward.")
        case .noVersion: say("The charter has no version in force on that day. Ask for a later day.")
        }
    }
}
