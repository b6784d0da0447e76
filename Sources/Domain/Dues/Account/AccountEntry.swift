public import Charter
public import Database
public import Foundation
public import Languages

/// One line of a member's account. What raises what the member owes is above zero, what lowers it below.
///
/// An entry is never changed: one that was wrong is undone by another (`reverse`).
public struct AccountEntry: Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable {
        case invoice, payment
        case bankCharge = "bank-charge"
        case refund, credit, remission
        case exchangeDifference = "exchange-difference"
        case reversal
    }

    /// An entry as it is asked for; who books it keeps the journal.
    public struct Draft: Sendable, Equatable {
        public var memberID: String
        /// The day from which it counts.
        public var day: Day
        public var kind: Kind
        public var amount: Money
        /// What it is, for whoever reads the account.
        public var words: Phrase
        /// The charter's rule that it rests on.
        public var rule: String?
        public var invoiceID: String?
        public var paymentID: String?
        public var creditNoteID: String?
        /// Whether it is made up, as samples are; such an entry says so wherever it is read.
        public var isInvented: Bool

        public init(
            _ kind: Kind,
            member: String,
            day: Day,
            amount: Money,
            words: Phrase,
            rule: String? = nil,
            invoice: String? = nil,
            payment: String? = nil,
            creditNote: String? = nil,
            isInvented: Bool = false
        ) {
            memberID = member
            self.day = day
            self.kind = kind
            self.amount = amount
            self.words = words
            self.rule = rule
            invoiceID = invoice
            paymentID = payment
            creditNoteID = creditNote
            self.isInvented = isInvented
        }
    }

    public let id: String
    public let memberID: String
    public let day: Day
    public let recordedAt: String
    public let kind: Kind
    public let amount: Money
    public let words: Phrase
    public let rule: String?
    public let invoiceID: String?
    public let paymentID: String?
    public let creditNoteID: String?
    public let isInvented: Bool
    /// The entry that this one undoes.
    public let reverses: String?

    /// Writes an entry and returns its id. The journal is for who books.
    @discardableResult
    public static func book(_ transaction: Transaction, _ draft: Draft, now: Date) throws -> String {
        try book(transaction, [draft], now: now)[0]
    }

    /// Writes entries, in one round trip, and returns their ids in the same order.
    @discardableResult
    public static func book(_ transaction: Transaction, _ drafts: [Draft], now: Date) throws -> [String] {
        let ids = drafts.map { _ in Identifier.make(at: now) }
        let rows = zip(ids, drafts).map { values($0, $1, reverses: nil, now) }
        try transaction.execute(insertion, each: rows)
        return ids
    }

    /// Undoes an entry by one of the same amount the other way round, and returns that one's id.
    ///
    /// Throws `DuesRefusal.noSuchEntry` and, for one that was undone or undoes another, `alreadyUndone`.
    @discardableResult
    public static func reverse(
        _ transaction: Transaction,
        id: String,
        on day: Day,
        words: Phrase,
        now: Date
    ) throws -> String {
        guard let entry = try find(transaction, id: id) else { throw DuesRefusal.noSuchEntry }
        let undone = try transaction.first("SELECT 1 FROM account_entry WHERE reverses = ?", [.text(id)]) { _ in true }
        guard entry.kind != .reversal, undone == nil else { throw DuesRefusal.alreadyUndone }
        let draft = Draft(
            .reversal,
            member: entry.memberID,
            day: day,
            amount: try entry.amount.negated,
            words: words,
            rule: entry.rule,
            invoice: entry.invoiceID,
            payment: entry.paymentID,
            creditNote: entry.creditNoteID,
            isInvented: entry.isInvented
        )
        let reversal = Identifier.make(at: now)
        try transaction.execute(insertion, values(reversal, draft, reverses: id, now))
        return reversal
    }

    private static let insertion = """
        INSERT INTO account_entry (id, member_id, day, recorded_at, kind, invoice_id, payment_id, credit_note_id,
            currency, amount_minor, words, rule, invented, reverses)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """

    private static func values(_ id: String, _ draft: Draft, reverses: String?, _ now: Date) -> [Value] {
        [
            .text(id), .text(draft.memberID), .text(draft.day.description), .text(InstantText.text(now)),
            .text(draft.kind.rawValue), .optional(draft.invoiceID), .optional(draft.paymentID),
            .optional(draft.creditNoteID), .text(draft.amount.currency.code), .int(draft.amount.minor),
            .text(draft.words.stored), .optional(draft.rule), .flag(draft.isInvented), .optional(reverses),
        ]
    }
}
