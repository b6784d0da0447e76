public import Access
public import Languages

/// Why a body cannot be asked, or an answer not be taken.
public enum DecisionRefusal: Refusal, Equatable {
    case noSuchDecision
    case noSuchItem
    case noSuchSubject
    case noCharter
    /// The body has nobody who could answer.
    case noSeats(body: String)
    /// The subject is before a body already, in the circular with this reference.
    case alreadyOpen(String)
    /// The form was sent before, with other words; it became the circular with this reference.
    case openedAlready(String)
    /// It is decided or withdrawn.
    case over(Circular.State)
    /// The time to answer has passed; what counts is being counted.
    case tooLate
    case notYourSeat
    case worthlessLink
    /// Nobody answers what a meeting decides.
    case decidedInMeeting
    /// Time is left, and not every seat has answered.
    case notDue
    case decidedAlready
    /// The item was carried out, or there is nothing to carry out.
    case nothingToCarryOut

    public var code: String {
        switch self {
        case .noSuchDecision: "decision.unknown"
        case .noSuchItem: "decision.unknown-item"
        case .noSuchSubject: "decision.unknown-subject"
        case .noCharter: "decision.no-charter"
        case .noSeats: "decision.no-seats"
        case .alreadyOpen: "decision.already-open"
        case .openedAlready: "decision.opened-already"
        case .over: "decision.over"
        case .tooLate: "decision.too-late"
        case .notYourSeat: "decision.not-your-seat"
        case .worthlessLink: "decision.worthless-link"
        case .decidedInMeeting: "decision.in-meeting"
        case .notDue: "decision.not-due"
        case .decidedAlready: "decision.decided-already"
        case .nothingToCarryOut: "decision.nothing-to-carry-out"
        }
    }

    public var kind: RefusalKind {
        switch self {
        case .noSuchDecision, .noSuchItem, .noSuchSubject: .notFound
        case .notYourSeat: .forbidden
        case .over, .tooLate, .worthlessLink, .alreadyOpen, .openedAlready, .decidedAlready,
            .notDue, .nothingToCarryOut:
            .conflict
        case .noCharter, .noSeats, .decidedInMeeting: .invalid
        }
    }

    public var sentence: Phrase {
        switch self {
        case .noSuchDecision: say("There is no such decision, or it is not put to you. Check the address.")
        case .noSuchItem:
            say("The decision has no such item. Nothing was recorded; go back, reload the page and try again.")
        case .noSuchSubject: say("There is nothing like this to be decided. Go back and choose from the list.")
        case .noCharter: say("No version of the charter is in force today, so nobody can be asked. Amend the charter.")
        case .noSeats(let body):
            say(
                "Nobody sits in the body \(Phrase.name(body)) today, so nobody was asked. "
                    + "Record its offices or give its roles first."
            )
        case .alreadyOpen(let reference):
            say("One of these is put to a body already, in decision \(reference). Wait for it, or withdraw it first.")
        case .openedAlready(let reference):
            say("This form was sent already, as decision \(reference). To ask something else, begin a new one.")
        case .over(.withdrawn): say("This question was withdrawn, so no answer is needed. Nothing was recorded.")
        case .over: say("This is decided already. Nothing was recorded; look at the result.")
        case .tooLate: say("The time to answer is over. Nothing was recorded; the result follows within minutes.")
        case .notYourSeat:
            say("You do not answer for this seat. Nothing was recorded; if you should, ask the secretariat.")
        case .worthlessLink:
            say(
                "This link was used, has expired, or is not complete. If you answered with it, your answer counts; sign in to see or change it."
            )
        case .decidedInMeeting: say("A meeting decides this, so no answers are collected. Enter the meeting's outcome.")
        case .notDue: say("Time is left, and not every seat has answered. Nothing was changed; it closes by itself.")
        case .decidedAlready: say("This item is decided already. Nothing was changed.")
        case .nothingToCarryOut: say("There is nothing left to be carried out. Nothing was changed.")
        }
    }
}
