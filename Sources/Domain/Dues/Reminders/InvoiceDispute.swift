public import Access
public import Database
public import Foundation
import Journal
public import Languages
import Membership

/// That a member says that an invoice is not right. As long as it is open, nobody is reminded of the invoice; what is owed
/// stays owed.
public struct InvoiceDispute: Sendable, Equatable {
    public let id: String
    public let invoiceID: String
    /// What is not right, as the member put it; empty once whoever wrote it was erased.
    public let words: String
    /// As the journal names whoever raised it.
    public let raisedBy: String
    public let raisedAt: String
    /// What came of it; `nil` as long as it is open.
    public let outcome: String?
    public let endedAt: String?

    public var isOpen: Bool { endedAt == nil }

    /// What stands in the place of words that are gone.
    public static let erasedWords = say("What the member said was erased with the data of whoever wrote it.")

    private static let columns = "id, invoice_id, words, raised_by, raised_at, outcome, ended_at"

    private init(row: Row) throws {
        id = try row.text(0)
        invoiceID = try row.text(1)
        words = try row.text(2)
        raisedBy = try row.text(3)
        raisedAt = try row.text(4)
        outcome = row.optionalText(5)
        endedAt = row.optionalText(6)
    }

    /// Those of an invoice, the latest first.
    static func all(_ transaction: Transaction, invoice id: String) throws -> [InvoiceDispute] {
        try transaction.query(
            "SELECT \(columns) FROM invoice_dispute WHERE invoice_id = ? ORDER BY raised_at DESC, id DESC",
            [.text(id)]
        ) { try InvoiceDispute(row: $0) }
    }

    /// Those that are open, the oldest first.
    static func open(_ transaction: Transaction, limit: Int) throws -> [InvoiceDispute] {
        try transaction.query(
            "SELECT \(columns) FROM invoice_dispute WHERE ended_at IS NULL ORDER BY raised_at, id LIMIT ?",
            [.int(limit)]
        ) { try InvoiceDispute(row: $0) }
    }
}

/// Records that a member says that an invoice is not right.
///
/// Throws `InvalidInput` (`words`), `DuesRefusal.noSuchInvoice` and `DisputeRefusal`.
public struct DisputeInvoice: Command {
    public static let action = Action.requestDues

    let name: String
    let member: String?
    let words: String

    /// - Parameters:
    ///   - name: the invoice's number, reference or id.
    ///   - member: the id of the only member whose invoice it may be; whoever's it is for `nil`.
    ///   - words: what is not right.
    public init(_ name: String, of member: String? = nil, words: String) {
        self.name = name
        self.member = member
        self.words = words
    }

    public func place(_ transaction: Transaction) throws -> Place {
        .member(try Invoice.load(transaction, named: name, of: member).memberID)
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        var typed = TypedText()
        let words = typed.lines(words, "words", atMost: 2000)
        if words.isEmpty { typed.refuse("words", say("Say what is not right.")) }
        try typed.throwProblems()
        let invoice = try Invoice.load(transaction, named: name, of: member)
        guard try invoice.owed(transaction).isPositive else { throw DisputeRefusal.nothingOwed }
        let written = try transaction.execute(
            """
            INSERT INTO invoice_dispute (id, invoice_id, words, raised_by, raised_at) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT DO NOTHING
            """,
            [
                .text(Identifier.make(at: now)), .text(invoice.id), .text(words), .text(actor.key),
                .text(InstantText.text(now)),
            ]
        )
        guard written == 1 else { throw DisputeRefusal.disputedAlready }
        let after: [String: JournalValue] = ["reference": .text(invoice.number), "words": .personal("words", words)]
        try Journal.append(transaction, invoice.journalEntry("invoice.disputed", actor.key, now, after: after))
    }
}

/// Ends a dispute with what came of it. What was wrong is put right beside it: by a credit note, or a payment that is
/// booked.
///
/// Throws `InvalidInput` (`outcome`), `DuesRefusal.noSuchInvoice` and `DisputeRefusal.notDisputed`.
public struct EndDispute: Command {
    public static let action = Action.creditDues

    let name: String
    let outcome: String

    /// - Parameter name: the invoice's number, reference or id.
    public init(_ name: String, outcome: String) {
        self.name = name
        self.outcome = outcome
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        var typed = TypedText()
        let outcome = typed.lines(outcome, "outcome", atMost: 2000)
        if outcome.isEmpty { typed.refuse("outcome", say("Say what came of it: the journal keeps it.")) }
        try typed.throwProblems()
        let invoice = try Invoice.load(transaction, named: name)
        let changed = try transaction.execute(
            """
            UPDATE invoice_dispute SET outcome = ?, ended_by = ?, ended_at = ? WHERE invoice_id = ? AND ended_at IS NULL
            """,
            [.text(outcome), .text(actor.key), .text(InstantText.text(now)), .text(invoice.id)]
        )
        guard changed == 1 else { throw DisputeRefusal.notDisputed }
        let after: [String: JournalValue] = ["reference": .text(invoice.number)]
        try Journal.append(
            transaction,
            invoice.journalEntry("invoice.dispute-ended", actor.key, now, reason: outcome, after: after)
        )
    }
}

/// Why an invoice cannot be disputed, or is not.
public enum DisputeRefusal: Refusal, Equatable {
    case nothingOwed
    case disputedAlready
    case notDisputed

    public var code: String {
        switch self {
        case .nothingOwed: "dispute.nothing-owed"
        case .disputedAlready: "dispute.disputed-already"
        case .notDisputed: "dispute.not-disputed"
        }
    }

    public var kind: RefusalKind { .conflict }

    public var sentence: Phrase {
        switch self {
        case .nothingOwed: say("Nothing is owed of this invoice any more, so there is nothing to dispute.")
        case .disputedAlready: say("Nothing was added: the invoice is disputed already. The secretariat looks at it.")
        case .notDisputed: say("Nothing was changed: nobody disputes this invoice, or the dispute has ended.")
        }
    }
}

extension Invoice {
    /// What the journal has of a step after it was issued.
    func journalEntry(
        _ action: String,
        _ actor: String,
        _ now: Date,
        reason: String? = nil,
        after: [String: JournalValue]
    ) -> JournalEntry {
        JournalEntry(
            at: now,
            actor: actor,
            action: action,
            subject: .init(Self.subjectKind, id),
            reason: reason,
            after: .object(after)
        )
    }
}
