public import Access
public import Charter
public import Database
public import Foundation
import Languages
import Membership

/// Records a payment by hand: cash, a cheque, or a transfer before the bank's statement comes.
///
/// Throws `InvalidInput` (`received_on`, `currency`, `amount`, `payer`, `text`, `method`, those of `ShareReading`, and
/// `is_another`), `PaymentRefusal` and `MoneyError`.
public struct EnterPayment: Command {
    public static let action = Action.recordPayments
    let draft: PaymentDraft
    let isAnother: Bool
    let charter: Charter

    /// - Parameter isAnother: that a payment of the same day and amount for one of the members is on record, and this
    ///   is another one.
    public init(_ draft: PaymentDraft, isAnother: Bool = false, charter: Charter) {
        self.draft = draft
        self.isAnother = isAnother
        self.charter = charter
    }

    /// Returns the payment's id.
    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> String {
        var check = FormCheck()
        let day = check.pastDay(draft.receivedOn, "received_on", today: FormCheck.today(now))
        let currency = PaymentCheck.currency(draft.currency, "currency", &check)
        let amount = currency.flatMap { PaymentCheck.amount(draft.amount, $0, "amount", &check) }
        check.text(draft.payer, "payer", most: 200)
        check.text(draft.text, "text", most: 1000)
        let method = PaymentCheck.method(draft.method, &check)
        try check.finish()
        guard let day, let amount else { preconditionFailure("a payment that was refused went on") }
        var reading = ShareReading(transaction, amount: amount)
        let shares = try reading.read(draft.shares, &check)
        if !isAnother, try Self.isOnRecord(transaction, day, amount, shares) {
            check.refuse(
                "is_another",
                say(
                    "A payment of this amount and day is on record for the same member. Look at its account; if this "
                        + "is another payment, say so."
                )
            )
        }
        try check.finish()
        let most = PaymentRules(charter, at: now).rateDifference
        let booked = try shares.map { share in
            try ShareBooking(share, mostDifference: most) { try ExchangeRates.find(transaction, $0, $1, on: day) }
        }
        var writer = PaymentWriter(actor: actor.key, now: now)
        let id = try writer.add(
            PaymentWriter.Draft(
                receivedOn: day,
                amount: amount,
                payer: draft.payer.isEmpty ? nil : draft.payer,
                text: draft.text.isEmpty ? nil : draft.text,
                method: method,
                isInvented: draft.isInvented
            ),
            booked
        )
        try writer.write(transaction)
        return id
    }

    private static func isOnRecord(
        _ transaction: Transaction,
        _ day: Day,
        _ amount: Money,
        _ shares: [PlannedShare]
    ) throws -> Bool {
        for member in Set(shares.map(\.memberID)) {
            let known = try transaction.first(
                """
                SELECT 1 FROM payment p JOIN payment_share s ON s.payment_id = p.id
                WHERE s.member_id = ? AND p.kind = 'payment' AND p.received_on = ? AND p.currency = ?
                    AND p.amount_minor = ? AND p.undone_at IS NULL
                """,
                [.text(member), .text(day.description), .text(amount.currency.code), .int(amount.minor)]
            ) { _ in true }
            if known == true { return true }
        }
        return false
    }
}

/// Shares a payment out anew, over several invoices or members: what it did to the accounts is undone, and done
/// otherwise.
///
/// Throws `InvalidInput` (`grounds`, and those of `ShareReading`), `PaymentRefusal` and `MoneyError`.
public struct SplitPayment: Command {
    public static let action = Action.recordPayments
    let id: String
    let shares: [ShareDraft]
    let grounds: String
    let charter: Charter

    public init(_ id: String, shares: [ShareDraft], grounds: String, charter: Charter) {
        self.id = id
        self.shares = shares
        self.grounds = UploadFile.trimmed(grounds)
        self.charter = charter
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        var check = FormCheck()
        check.grounds(grounds)
        let payment = try Payment.load(transaction, id: id)
        guard payment.undone == nil else { throw PaymentRefusal.undone }
        guard payment.kind == .payment else { throw PaymentRefusal.notAPayment }
        try check.finish()
        let undoing = PaymentUndoing(transaction: transaction, now: now)
        try undoing.reverse(payment, words: say("Shared out anew"))
        var reading = ShareReading(transaction, amount: payment.amount)
        let planned = try reading.read(shares, &check)
        try check.finish()
        let most = PaymentRules(charter, at: now).rateDifference
        let booked = try planned.map { share in
            try ShareBooking(share, mostDifference: most) {
                try ExchangeRates.find(transaction, $0, $1, on: payment.receivedOn)
            }
        }
        try transaction.execute("DELETE FROM payment_share WHERE payment_id = ?", [.text(id)])
        try transaction.execute(PaymentWriter.shareInsertion, each: PaymentWriter.values(id, booked))
        let entries = try booked.flatMap {
            try $0.entries(of: id, day: payment.receivedOn, isInvented: payment.isInvented)
        }
        try AccountEntry.book(transaction, entries, now: now)
        try undoing.requireCreditLeft(payment)
        try PaymentUndoing.journal(transaction, "payment.split", payment, by: actor, grounds, booked, now: now)
    }
}
