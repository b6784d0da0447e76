public import Access
import Charter
public import Database
public import Foundation
import Journal
import Languages
import Membership

/// What a member paid beyond its invoices.
public enum MemberCredit {
    /// What it has to its credit in a currency; below zero only where something was undone wrongly.
    public static func left(_ transaction: Transaction, member: String, in currency: Currency) throws -> Money {
        let sum = try transaction.first(
            """
            SELECT SUM(amount_minor) FROM account_entry WHERE member_id = ? AND currency = ? AND invoice_id IS NULL
            """,
            [.text(member), .text(currency.code)]
        ) { try $0.optionalInteger(0) }
        return try Money(minor: (sum ?? nil) ?? 0, currency).negated
    }
}

/// Uses what a member has to its credit for one of its invoices, as much of it as there is or the invoice asks for.
///
/// Throws `InvalidInput` (`amount`, `currency`), `DuesRefusal.noSuchInvoice`, `PaymentRefusal` and `MoneyError`.
public struct UseCredit: Command {
    public static let action = Action.recordPayments
    let invoice: String
    let currency: String
    let amount: String

    /// - Parameters:
    ///   - invoice: its number, reference or id.
    ///   - currency: of the credit; the invoice's own when empty.
    ///   - amount: of that currency; empty for as much as there is and is asked for.
    public init(invoice: String, currency: String = "", amount: String = "") {
        self.invoice = UploadFile.trimmed(invoice)
        self.currency = UploadFile.trimmed(currency).uppercased()
        self.amount = UploadFile.trimmed(amount)
    }

    /// Returns the id under which it can be undone.
    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> String {
        let invoice = try Invoice.load(transaction, named: invoice)
        let today = FormCheck.today(now)
        let owed = try invoice.owed(transaction)
        let credit = try credit(transaction, of: invoice.memberID, invoice.amount.currency)
        let used = try used(transaction, credit, owed, on: today)
        guard used.isPositive, try !credit.isLess(than: used) else { throw PaymentRefusal.noCredit(left: credit) }
        let target = PlannedShare.Target(id: invoice.id, number: invoice.number, owed: owed)
        let share = PlannedShare(memberID: invoice.memberID, invoice: target, paid: used)
        let booked = try ShareBooking(share) { try ExchangeRates.find(transaction, $0, $1, on: today) }
        let draft = PaymentWriter.Draft(
            kind: .credit,
            receivedOn: today,
            amount: used,
            method: .other,
            isInvented: try Self.isInvented(transaction, invoice.memberID, used.currency)
        )
        let words = say("Credit balance used for invoice \(invoice.number)")
        func entry(_ amount: Money, _ invoice: String?, _ id: String) -> AccountEntry.Draft {
            AccountEntry.Draft(
                .credit,
                member: share.memberID,
                day: today,
                amount: amount,
                words: words,
                invoice: invoice,
                payment: id,
                isInvented: draft.isInvented
            )
        }
        let taken = try booked.settled.negated
        var writer = PaymentWriter(actor: actor.key, now: now)
        let id = writer.add(draft, [booked]) { id in [entry(used, nil, id), entry(taken, invoice.id, id)] }
        try writer.write(transaction)
        return id
    }

    private func credit(_ transaction: Transaction, of member: String, _ own: Currency) throws -> Money {
        var check = FormCheck()
        let chosen = currency.isEmpty ? own : PaymentCheck.currency(currency, "currency", &check)
        try check.finish()
        return try MemberCredit.left(transaction, member: member, in: chosen ?? own)
    }

    /// How much of the credit is used, in its currency.
    private func used(_ transaction: Transaction, _ credit: Money, _ owed: Money, on day: Day) throws -> Money {
        guard amount.isEmpty else {
            var check = FormCheck()
            let typed = PaymentCheck.amount(amount, credit.currency, "amount", &check)
            try check.finish()
            return typed ?? credit
        }
        guard credit.currency != owed.currency else { return try owed.isLess(than: credit) ? owed : credit }
        let rate = try ExchangeRates.find(transaction, credit.currency, owed.currency, on: day)
        guard try owed.isLess(than: rate.converted(credit)) else { return credit }
        // Rounded to the nearest unit, it can be worth one more than what is asked for.
        let enough = try rate.converted(owed)
        let isTooMuch = try owed.isLess(than: rate.converted(enough))
        return isTooMuch ? Money(minor: enough.minor - 1, enough.currency) : enough
    }

    /// Whether any of the credit came by payments that are made up.
    private static func isInvented(_ transaction: Transaction, _ member: String, _ currency: Currency) throws -> Bool {
        let found = try transaction.first(
            """
            SELECT 1 FROM account_entry
            WHERE member_id = ? AND currency = ? AND invoice_id IS NULL AND invented = 1
            """,
            [.text(member), .text(currency.code)]
        ) { _ in true }
        return found == true
    }
}

/// Records that money was paid back to a member out of its credit.
///
/// Throws `InvalidInput` (`member`, `currency`, `amount`, `paid_on`, `grounds`) and `PaymentRefusal`.
public struct RefundPayment: Command {
    public static let action = Action.recordPayments
    let member: String
    let currency: String
    let amount: String
    let paidOn: String
    let line: String?
    let grounds: String

    /// - Parameters:
    ///   - member: its key or any of its names.
    ///   - paidOn: the ISO day on which it was paid.
    ///   - line: the id of the line of a bank's statement that it is.
    public init(
        member: String,
        currency: String,
        amount: String,
        paidOn: String,
        line: String? = nil,
        grounds: String
    ) {
        self.member = UploadFile.trimmed(member)
        self.currency = UploadFile.trimmed(currency).uppercased()
        self.amount = UploadFile.trimmed(amount)
        self.paidOn = UploadFile.trimmed(paidOn)
        self.line = line.flatMap { $0.isEmpty ? nil : $0 }
        self.grounds = UploadFile.trimmed(grounds)
    }

    /// Returns the refund's id.
    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> String {
        var check = FormCheck()
        check.grounds(grounds)
        let member = try PaymentCheck.member(self.member, "member", transaction, &check)
        let currency = PaymentCheck.currency(self.currency, "currency", &check)
        let amount = currency.flatMap { PaymentCheck.amount(self.amount, $0, "amount", &check) }
        let day = check.pastDay(paidOn, "paid_on", today: FormCheck.today(now))
        try check.finish()
        guard let member, let amount, let day else { preconditionFailure("a refund that was refused went on") }
        let credit = try MemberCredit.left(transaction, member: member, in: amount.currency)
        guard try !credit.isLess(than: amount) else { throw PaymentRefusal.noCredit(left: credit) }
        if let line { try settle(line, amount, transaction, by: actor, now) }
        let booked = try ShareBooking(PlannedShare(memberID: member, invoice: nil, paid: amount)) { from, to in
            throw PaymentRefusal.noRate(from, to, day)
        }
        let draft = PaymentWriter.Draft(kind: .refund, receivedOn: day, amount: amount, lineID: line, reason: grounds)
        var writer = PaymentWriter(actor: actor.key, now: now)
        let id = writer.add(draft, [booked]) { id in
            [
                AccountEntry.Draft(
                    .refund,
                    member: member,
                    day: day,
                    amount: amount,
                    words: say("Paid back"),
                    payment: id
                )
            ]
        }
        try writer.write(transaction)
        return id
    }

    private func settle(
        _ line: String,
        _ amount: Money,
        _ transaction: Transaction,
        by actor: Actor,
        _ now: Date
    ) throws {
        let found = try BankLine.load(transaction, id: line)
        guard found.state == .outgoing else { throw PaymentRefusal.lineNotOpen }
        guard try found.line.amount == amount.negated else { throw PaymentRefusal.lineDiffers(found.line.amount) }
        try found.settle(transaction, .matched, by: actor.key, now: now)
    }
}
