public import Access
import Charter
public import Database
public import Foundation
import Journal
import Languages
import Membership

/// Credits an invoice, whole or in part: the member owes that much less. The invoice stays as it is.
///
/// Throws `InvalidInput` (`amount`, `grounds`), `MoneyError` and `DuesRefusal`.
public struct CreditInvoice: Command {
    public static let action = Action.creditDues

    public struct Outcome: Sendable, Equatable {
        public let id: String
        /// `C2024-0001`.
        public let number: String
        public let amount: Money
    }

    let name: String
    let amount: String
    let grounds: String
    let isInvoicedAnew: Bool

    /// - Parameters:
    ///   - name: the invoice's id or number.
    ///   - amount: digits with a point, as `500.00`; empty for all that it asks for.
    ///   - isInvoicedAnew: whether the next run writes another invoice of the year, by what is known then. Only of an
    ///     invoice that is credited whole.
    public init(_ name: String, amount: String = "", grounds: String, isInvoicedAnew: Bool = false) {
        self.name = name
        self.amount = amount
        self.grounds = grounds
        self.isInvoicedAnew = isInvoicedAnew
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> Outcome {
        let invoice = try Invoice.load(transaction, named: name)
        // Of two who credit at once, the second finds what the first left.
        try Numbering.creditNote.hold(transaction, invoice.year)
        let left = try invoice.balance(transaction).asked
        let credited = try checked(left)
        let number = try Numbering.creditNote.take(transaction, invoice.year).upperBound
        let today = FormCheck.today(now)
        let note = CreditNote(
            id: Identifier.make(at: now),
            number: Numbering.creditNote.text(invoice.year, number),
            invoiceID: invoice.id,
            // A credit never counts before what it credits.
            issuedOn: max(today, invoice.issuedOn),
            amount: credited,
            grounds: grounds.trimmingCharacters(in: .whitespacesAndNewlines),
            isInvoicedAnew: isInvoicedAnew,
            issuedBy: actor.key
        )
        try note.insert(transaction, now: now)
        try book(note, of: invoice, transaction, actor, now)
        return Outcome(id: note.id, number: note.number, amount: note.amount)
    }

    private func checked(_ left: Money) throws -> Money {
        var check = FormCheck()
        check.grounds(grounds)
        try check.finish()
        let credited = try amount.isEmpty ? left : Money(amount, left.currency)
        guard credited.isPositive, try !left.isLess(than: credited) else {
            throw DuesRefusal.moreThanInvoiced(left: left)
        }
        if isInvoicedAnew, credited != left {
            throw InvalidInput(
                "amount",
                say("An invoice is written anew only if the credit note is for all of it. Leave the amount out.")
            )
        }
        return credited
    }

    private func book(
        _ note: CreditNote,
        of invoice: Invoice,
        _ transaction: Transaction,
        _ actor: Actor,
        _ now: Date
    ) throws {
        let entry = AccountEntry.Draft(
            .credit,
            member: invoice.memberID,
            day: note.issuedOn,
            amount: try note.amount.negated,
            words: note.words,
            invoice: invoice.id,
            creditNote: note.id,
            isInvented: invoice.isInvented
        )
        try AccountEntry.book(transaction, entry, now: now)
        let proof = DocumentProof(
            .creditNote,
            subject: note.id,
            member: invoice.memberID,
            memberName: invoice.memberName,
            number: note.number,
            day: note.issuedOn,
            amount: note.amount,
            isInvented: invoice.isInvented,
            now: now
        )
        try DocumentProof.insert(transaction, [proof])
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "invoice.credited",
                subject: .init(Invoice.subjectKind, invoice.id),
                reason: note.grounds,
                after: [
                    "reference": .text(note.number), "invoice": .text(invoice.number),
                    "member": .text(invoice.memberID), "amount": .text(note.amount.journal),
                    "invoiced_anew": .flag(note.isInvoicedAnew), "content": .text(proof.hash),
                ]
            )
        )
    }
}

extension CreditNote {
    fileprivate func insert(_ transaction: Transaction, now: Date) throws {
        try transaction.execute(
            """
            INSERT INTO credit_note (id, number, invoice_id, issued_on, currency, amount_minor, grounds, invoice_anew,
                issued_by, issued_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(id), .text(number), .text(invoiceID), .text(issuedOn.description), .text(amount.currency.code),
                .int(amount.minor), .text(grounds), .flag(isInvoicedAnew), .text(issuedBy),
                .text(InstantText.text(now)),
            ]
        )
    }
}
