import Charter
import Dues
import Languages

/// A payment as it is read and changed.
enum PaymentRecords {
    static let id = Parameter<String>.path("id", "The payment's id.")

    static func of(_ id: String) -> Record<PaymentByID, PaymentByID.Answer> {
        Record("payment \(id)", Shapes.paymentRecord, PaymentByID(id))
    }
}

extension Shapes {
    static let payment = Shape<Payment>("Payment", always: ["id"], paymentFields({ $0 }, []))

    static let paymentRecord = Shape<PaymentByID.Answer>(
        "PaymentRecord",
        always: ["id"],
        paymentFields(
            { $0.payment },
            [
                .objects("entries", "What it did to accounts, and what undid it.", Shapes.accountEntry) { $0.entries }
            ]
        )
    )

    static let paymentShare = Shape<PaymentShare>(
        "PaymentShare",
        [
            .text("member", "The member's key.") { $0.memberKey },
            .text("member_name", "The member's name.") { $0.memberName },
            .optionalText("invoice", "The invoice's id; null for what is kept as its credit balance.") {
                $0.invoiceID
            },
            .optionalText("invoice_number", "Its number.") { $0.invoiceNumber },
            .money("paid", "What of the payment it is.") { $0.paid },
            .money("settled", "What it takes off the invoice, in the invoice's currency.") { $0.settled },
            .money("charge", "What of that the bank took on the way, and the association bears.") { $0.charge },
            .money("difference", "What of that is a difference of rates; above zero at the association's cost.") {
                $0.difference
            },
            .optionalText("rate", "The rate between the two currencies, as digits with a point.") { $0.rate },
            .optionalDay("rate_day", "The day of that rate.") { $0.rateDay?.description },
            .optionalText("rate_source", "Where it was read.") { $0.rateSource },
        ]
    )

    static let paymentUndoing = Shape<Payment.Undoing>(
        "PaymentUndoing",
        [
            .text("by", "By whom: `person:`, `token:` and an id, or the name of a program.") { $0.by },
            .instant("at", "When.") { $0.at },
            .text("reason", "Why.") { Phrase.record($0.reason).english },
        ]
    )

    static let exchangeRate = Shape<ExchangeRate>(
        "ExchangeRate",
        [
            .text("from", "The currency of which one unit is told, ISO 4217.", example: "EUR") { $0.from.code },
            .text("to", "The currency in which it is told.", example: "USD") { $0.to.code },
            .day("day", "The day of which it is.") { $0.day.description },
            .text("rate", "As its source prints it: digits with a point.", example: "1.0855") { $0.text },
            .text("source", "Where it was read.") { $0.source },
        ]
    )

    /// What is told of every payment, and `more`.
    private static func paymentFields<Value: Sendable>(
        _ of: @escaping @Sendable (Value) -> Payment,
        _ more: [Field<Value>]
    ) -> [Field<Value>] {
        let methods = Payment.Method.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
        let fields: [Field<Value>] = [
            .text("id", "The payment's id.") { of($0).id },
            .text("kind", "`payment`, `refund`, or `credit` for the use of a credit balance.") { of($0).kind.rawValue },
            .day("received_on", "The day on which the money came or went.") { of($0).receivedOn.description },
            .money("amount", "How much.") { of($0).amount },
            .optionalText("payer", "Who paid, as it was written down.") { of($0).payer },
            .optionalText("text", "What the payer wrote, or what else is to be known of it.") { of($0).text },
            .text("method", "One of \(methods).") { of($0).method.rawValue },
            .optionalText("line", "The id of the line of a bank's statement that it is.") { of($0).lineID },
            .optionalText("matched_by", "Why the line was booked so, where that was a suggestion.") {
                of($0).match?.words.english
            },
            .flag("is_invented", "Whether it is made up.") { of($0).isInvented },
            .text("entered_by", "By whom: `person:`, `token:` and an id, or the name of a program.") {
                of($0).enteredBy
            },
            .instant("entered_at", "When it was entered.") { of($0).enteredAt },
            .optionalObject("undone", "Who undid it and why; null while it stands.", Shapes.paymentUndoing) {
                of($0).undone
            },
            .objects("shares", "What each member and invoice has of it.", Shapes.paymentShare) { of($0).shares },
        ]
        return fields + more
    }
}
