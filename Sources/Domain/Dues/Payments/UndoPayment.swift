public import Access
import Charter
public import Database
public import Foundation
import Journal
import Languages
import Membership

/// Undoes a payment, a refund or the use of a credit: each of its entries by another, so that the account shows both.
/// The line of the bank's statement, if it came by one, is open again and is never booked by itself.
///
/// Throws `InvalidInput` (`grounds`) and `PaymentRefusal`.
public struct UndoPayment: Command {
    public static let action = Action.recordPayments
    let id: String
    let grounds: String

    public init(_ id: String, grounds: String) {
        self.id = id
        self.grounds = UploadFile.trimmed(grounds)
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        var check = FormCheck()
        check.grounds(grounds)
        try check.finish()
        let payment = try Payment.load(transaction, id: id)
        guard payment.undone == nil else { throw PaymentRefusal.undone }
        let undoing = PaymentUndoing(transaction: transaction, now: now)
        try undoing.undo(payment, by: actor.key, grounds)
        try undoing.requireCreditLeft(payment)
        if let line = payment.lineID {
            try transaction.execute(
                """
                UPDATE bank_line SET state = CASE WHEN amount_minor > 0 THEN 'open' ELSE 'outgoing' END, by_hand = 1,
                    settled_by = NULL, settled_at = NULL, reason = NULL
                WHERE id = ?
                """,
                [.text(line)]
            )
        }
        try PaymentUndoing.journal(transaction, "payment.undone", payment, by: actor, grounds, [], now: now)
    }
}

/// Takes back what payments did to accounts.
struct PaymentUndoing {
    let transaction: Transaction
    let now: Date

    /// Reverses its entries, each as of its own day: what was booked wrongly never counted. When it was found out, the
    /// entry's instant tells.
    func reverse(_ payment: Payment, words: Phrase) throws {
        for entry in try AccountEntry.standing(transaction, payment: payment.id) {
            try AccountEntry.reverse(transaction, id: entry.id, on: entry.day, words: words, now: now)
        }
    }

    /// Reverses its entries and marks it.
    func undo(_ payment: Payment, by actor: String, _ grounds: String) throws {
        try reverse(payment, words: say("Undone: \(payment.words)"))
        try transaction.execute(
            "UPDATE payment SET undone_by = ?, undone_at = ?, reason = ? WHERE id = ?",
            [.text(actor), .text(InstantText.text(now)), .text(grounds), .text(payment.id)]
        )
    }

    /// Throws `PaymentRefusal.creditUsed` where a credit that is no longer there was used meanwhile.
    func requireCreditLeft(_ payment: Payment) throws {
        for share in payment.shares where share.invoiceID == nil {
            let credit = try MemberCredit.left(transaction, member: share.memberID, in: share.paid.currency)
            guard !credit.isNegative else { throw PaymentRefusal.creditUsed(share.memberName) }
        }
    }

    static func journal(
        _ transaction: Transaction,
        _ action: String,
        _ payment: Payment,
        by actor: Actor,
        _ grounds: String,
        _ booked: [ShareBooking],
        now: Date
    ) throws {
        let before = payment.shares.map { share -> JournalValue in
            [
                "member": .text(share.memberID), "invoice": .optional(share.invoiceNumber),
                "paid": .text(share.paid.journal), "settled": .text(share.settled.journal),
            ]
        }
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: action,
                subject: .init(Payment.subjectKind, payment.id),
                reason: grounds,
                before: ["amount": .text(payment.amount.journal), "shares": .list(before)],
                after: booked.isEmpty ? nil : ["shares": PaymentWriter.journal(booked)]
            )
        )
    }
}
