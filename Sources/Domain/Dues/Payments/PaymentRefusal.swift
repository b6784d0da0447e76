public import Access
public import Charter
public import Languages

/// Why something about payments cannot be done.
public enum PaymentRefusal: Refusal, Equatable {
    case noSuchPayment
    case noSuchLine
    case noSuchMember
    /// It was undone, or is of a kind with which this cannot be done.
    case undone
    case notAPayment
    /// The line was dealt with, or is money that went out.
    case lineNotOpen
    case noSuchSuggestion
    /// What a suggestion went by is no longer so.
    case suggestionOutdated
    /// More than the invoice asks for, by its number.
    case moreThanOwed(String, Money)
    /// The shares do not make up the amount.
    case sharesDiffer(Money, Money)
    /// No rate between two currencies is known for a day.
    case noRate(Currency, Currency, Day)
    /// What rates make of an amount is too far from what it was to settle: more likely a slip.
    case differenceTooLarge(Money, Money)
    /// There is no such credit, or not as much.
    case noCredit(left: Money)
    /// What is to be undone was used or paid back since.
    case creditUsed(String)
    /// The line of the statement is of another amount.
    case lineDiffers(Money)

    public var code: String {
        switch self {
        case .noSuchPayment: "payment.no-such"
        case .noSuchLine: "payment.no-such-line"
        case .noSuchMember: "payment.no-such-member"
        case .undone: "payment.undone"
        case .notAPayment: "payment.not-a-payment"
        case .lineNotOpen: "payment.line-not-open"
        case .noSuchSuggestion: "payment.no-such-suggestion"
        case .suggestionOutdated: "payment.suggestion-outdated"
        case .moreThanOwed: "payment.more-than-owed"
        case .sharesDiffer: "payment.shares-differ"
        case .noRate: "payment.no-rate"
        case .differenceTooLarge: "payment.difference-too-large"
        case .noCredit: "payment.no-credit"
        case .creditUsed: "payment.credit-used"
        case .lineDiffers: "payment.line-differs"
        }
    }

    public var kind: RefusalKind {
        switch self {
        case .noSuchPayment, .noSuchLine, .noSuchMember, .noSuchSuggestion: .notFound
        case .undone, .lineNotOpen, .suggestionOutdated, .creditUsed: .conflict
        default: .invalid
        }
    }

    public var sentence: Phrase {
        switch self {
        case .noSuchPayment: say("There is no such payment. Look at the list of payments.")
        case .noSuchLine: say("There is no such line of a statement. Look at the queue.")
        case .noSuchMember: say("There is no such member. Look at the list of members.")
        case .undone: say("Nothing was changed: this payment was undone already.")
        case .notAPayment: say("Nothing was changed: this is no payment that came in, so it cannot be split.")
        case .lineNotOpen: say("Nothing was changed: this line was dealt with already, or is money that went out.")
        case .noSuchSuggestion:
            say("The line has no such suggestion. Look at the queue, and choose one of those there.")
        case .suggestionOutdated:
            say("Nothing was booked: what the suggestion went by changed meanwhile. Match the open lines anew.")
        case .moreThanOwed(let number, let owed):
            say(
                "Invoice \(number) asks for \(owed) and no more. Book at most that on it, and the rest on another "
                    + "invoice or as the member's credit balance."
            )
        case .sharesDiffer(let shares, let amount):
            say("The shares make \(shares), but the payment is of \(amount). Correct the shares, or leave one empty.")
        case .noRate(let from, let to, let day):
            say(
                "No rate between \(from.code) and \(to.code) is known for \(day) or the week before. Set one, with its "
                    + "source, then do this again."
            )
        case .differenceTooLarge(let converted, let settled):
            say(
                "By the rate the amount is worth \(converted), too far from \(settled) to be a difference of rates. "
                    + "Look whether the amount, the rate or the invoice is another one."
            )
        case .noCredit(let left): say("The member's credit balance is \(left). Give at most that.")
        case .creditUsed(let name):
            say("Nothing was undone: what \(name) had of it was used or paid back since. Undo that first.")
        case .lineDiffers(let amount):
            say("The line of the statement is of \(amount). Choose the line that is this very sum of money.")
        }
    }
}
