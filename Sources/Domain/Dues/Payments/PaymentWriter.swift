import Charter
import Database
import Foundation
import Journal
import Languages

/// Payments with their shares, entries and lines of the journal: gathered, and written in a few round trips.
struct PaymentWriter {
    /// A payment before it is written.
    struct Draft {
        var kind = Payment.Kind.payment
        var receivedOn: Day
        var amount: Money
        var payer: String?
        var text: String?
        var method = Payment.Method.bank
        var lineID: String?
        var match: MatchSuggestion?
        var isInvented = false
        /// Why, where somebody said.
        var reason: String?
    }

    let actor: String
    let now: Date
    private var payments: [[Value]] = []
    private var shares: [[Value]] = []
    private var entries: [AccountEntry.Draft] = []
    private var journal: [JournalEntry] = []

    init(actor: String, now: Date) {
        self.actor = actor
        self.now = now
    }

    /// Adds a payment that came in, and returns its id.
    @discardableResult
    mutating func add(_ draft: Draft, _ booked: [ShareBooking]) throws -> String {
        let id = Identifier.make(at: now)
        for share in booked {
            entries += try share.entries(of: id, day: draft.receivedOn, isInvented: draft.isInvented)
        }
        add(id, draft, booked)
        return id
    }

    /// Adds something whose entries are given, and returns its id.
    mutating func add(
        _ draft: Draft,
        _ booked: [ShareBooking],
        entries own: (_ id: String) -> [AccountEntry.Draft]
    ) -> String {
        let id = Identifier.make(at: now)
        entries += own(id)
        add(id, draft, booked)
        return id
    }

    private mutating func add(_ id: String, _ draft: Draft, _ booked: [ShareBooking]) {
        payments.append(
            [
                .text(id), .text(draft.kind.rawValue), .text(draft.receivedOn.description),
                .text(draft.amount.currency.code), .int(draft.amount.minor), .optional(draft.payer),
                .optional(draft.text), .text(draft.method.rawValue), .optional(draft.lineID),
                .optional(draft.match?.stored), .flag(draft.isInvented), .text(actor), .text(InstantText.text(now)),
            ]
        )
        shares += Self.values(id, booked)
        journal.append(
            JournalEntry(
                at: now,
                actor: actor,
                action: "\(draft.kind.rawValue).recorded",
                subject: .init(Payment.subjectKind, id),
                reason: draft.reason,
                after: [
                    "received_on": .text(draft.receivedOn.description), "amount": .text(draft.amount.journal),
                    "method": .text(draft.method.rawValue), "payer": .personal("payer", ifAny: draft.payer),
                    "text": .personal("text", ifAny: draft.text), "line": .optional(draft.lineID),
                    "confidence": .optional(draft.match?.confidence), "shares": Self.journal(booked),
                    "invented": .flag(draft.isInvented),
                ]
            )
        )
    }

    static func values(_ payment: String, _ booked: [ShareBooking]) -> [[Value]] {
        booked.enumerated().map { place, share in
            [
                .text(payment), .int(place + 1), .text(share.share.memberID), .optional(share.share.invoice?.id),
                .int(share.share.paid.minor), .text(share.settled.currency.code), .int(share.settled.minor),
                .int(share.charge.minor), .int(share.difference.minor), .optional(share.rate?.text),
                .optional(share.rate?.day.description), .optional(share.rate?.source),
            ]
        }
    }

    static func journal(_ booked: [ShareBooking]) -> JournalValue {
        .list(
            booked.map { share -> JournalValue in
                [
                    "member": .text(share.share.memberID), "invoice": .optional(share.share.invoice?.number),
                    "paid": .text(share.share.paid.journal), "settled": .text(share.settled.journal),
                    "rate": .optional(share.rate?.text),
                ]
            }
        )
    }

    static let shareInsertion = """
        INSERT INTO payment_share (payment_id, position, member_id, invoice_id, paid_minor, settled_currency,
            settled_minor, charge_minor, difference_minor, rate, rate_day, rate_source)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """

    func write(_ transaction: Transaction) throws {
        try transaction.execute(
            """
            INSERT INTO payment (id, kind, received_on, currency, amount_minor, payer, text, method, line_id,
                suggestion, invented, entered_by, entered_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            each: payments
        )
        try transaction.execute(Self.shareInsertion, each: shares)
        try AccountEntry.book(transaction, entries, now: now)
        try Journal.append(transaction, journal)
    }
}
