public import Access
public import Languages

/// Why relief cannot be asked for or dealt with so.
public enum ReliefRefusal: Refusal, Equatable {
    case noSuchRelief
    /// One for the same years waits already; it has this number.
    case underWay(ReliefKind, String)
    /// It was granted for some of the same years, by the request of this number.
    case granted(ReliefKind, String)
    /// So many were made by the member itself within a day.
    case tooMany(Int)
    /// The charter does not allow it; the sentence says why.
    case notPossible(Phrase)
    /// Somebody, or the body, was first.
    case inAnotherState(ReliefState)
    /// What shall end does not hold any more.
    case endedAlready(String)
    /// The amounts of this request are in one currency, and a year's dues are asked for in another.
    case otherCurrency(String, Currency, fee: Currency, year: Int)

    public var code: String {
        switch self {
        case .noSuchRelief: "relief.no-such"
        case .underWay: "relief.under-way"
        case .granted: "relief.granted"
        case .tooMany: "relief.too-many"
        case .notPossible: "relief.not-possible"
        case .inAnotherState: "relief.in-another-state"
        case .endedAlready: "relief.ended-already"
        case .otherCurrency: "relief.other-currency"
        }
    }

    public var kind: RefusalKind {
        switch self {
        case .noSuchRelief: .notFound
        case .underWay, .granted, .inAnotherState, .endedAlready, .otherCurrency: .conflict
        case .tooMany: .tooMany
        case .notPossible: .invalid
        }
    }

    public var sentence: Phrase {
        switch self {
        case .noSuchRelief: say("There is no such request for relief. Look at the list of them.")
        case .underWay(let kind, let reference):
            say(
                "Nothing was added: a request (\(kind.words)) for some of these years is under way already, with the "
                    + "number \(reference). Look at it, or take it back first."
            )
        case .granted(let kind, let reference):
            say(
                "Nothing was changed: relief (\(kind.words)) is granted for some of these years already, by "
                    + "\(reference). Choose other years, or ask that it ends first."
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
        case .endedAlready(let reference):
            say(
                "Nothing was changed: the relief granted by request \(reference) does not hold for these years any "
                    + "more."
            )
        case .otherCurrency(let reference, let own, let fee, let year):
            say(
                "Nothing was written: the amounts of relief \(reference) are in \(own.code), and the fee of "
                    + "\(plain: year) is in \(fee.code), so they cannot be reckoned together. Take the request back, "
                    + "or have the relief ended where it was granted. Then ask for it again in \(fee.code)."
            )
        }
    }
}
