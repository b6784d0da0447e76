/// How sure it is that a line of a bank's statement is for an invoice, in hundredths. All of it stands here, so that it
/// can be read and argued about in one place.
///
/// The numbers put kinds of evidence in an order; they are no measured frequencies. What counts is which side of the
/// charter's `dues.payments.books_from` a kind is on. What that number can mean, and why 95 stands where it does:
///
/// - A reference of ISO 11649 has two check digits: of a hundred slips of the hand 97 or more show, and one that leads
///   to an invoice that is on record at all is next to never chance. It is enough, whether the amount is the whole, a
///   part or more: the money is the member's in any case.
/// - An invoice's number has none. With the very amount that the invoice still asks for it is enough; alone it is not,
///   because `2024-0001` may be another association's invoice, or a date and an hour.
/// - A name and an amount are not enough. Members of one category owe the same amount, and names of cities recur.
/// - Nothing by which somebody would have to choose is booked by itself, whatever the charter says: see
///   `MatchSuggestion.needsSomebody`.
enum MatchConfidence {
    static let reference = 99
    static let referenceInText = 98
    static let severalReferences = 98
    static let referencePart = 97
    static let referenceOver = 96
    static let numberAmountAndName = 97
    static let numberAndAmount = 96
    static let severalNumbers = 95

    static let otherCurrency = 94
    static let bankCharge = 94
    static let enteredByHand = 93
    static let nameAndAmount = 90
    static let paidAlready = 90
    static let nameAndSum = 88
    static let numberAndName = 85
    static let numberAlone = 80
    static let severalUnequal = 75
    static let partOfNameAndAmount = 75
    static let nameAlone = 60
    static let amountAlone = 50
    static let partOfNameAlone = 40
}
