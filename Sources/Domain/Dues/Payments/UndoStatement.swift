public import Access
import Charter
public import Database
public import Foundation
import Journal
import Languages
import Membership

/// Undoes the import of a statement: every payment and refund that came of its lines, and the lines themselves, so that
/// the file can be imported again. A payment that was entered by hand stays, as it was before its line came.
///
/// Throws `InvalidInput` (`grounds`), `StatementRefusal` and `PaymentRefusal.creditUsed`; then nothing is undone.
public struct UndoStatement: Command {
    public static let action = Action.recordPayments
    let id: String
    let grounds: String

    public init(_ id: String, grounds: String) {
        self.id = id
        self.grounds = UploadFile.trimmed(grounds)
    }

    public struct Outcome: Sendable, Equatable {
        public let lines: Int
        /// Payments and refunds that were undone.
        public let payments: Int
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> Outcome {
        var check = FormCheck()
        check.grounds(grounds)
        try check.finish()
        let statement = try BankStatementRecord.load(transaction, id: id)
        guard statement.undoneAt == nil else { throw StatementRefusal.undone }
        let payments = try Payment.all(
            transaction,
            """
            WHERE p.undone_at IS NULL AND p.line_id IN (SELECT l.id FROM bank_line l WHERE l.statement_id = ?)
            ORDER BY p.id
            """,
            [.text(id)]
        )
        let undoing = PaymentUndoing(transaction: transaction, now: now)
        let own = payments.filter { $0.match?.sort != .known }
        for payment in own {
            try undoing.undo(payment, by: actor.key, grounds)
            try PaymentUndoing.journal(transaction, "payment.undone", payment, by: actor, grounds, [], now: now)
        }
        for payment in own { try undoing.requireCreditLeft(payment) }
        try transaction.execute(
            "UPDATE payment SET line_id = NULL, suggestion = NULL WHERE id = ?",
            each: payments.filter { $0.match?.sort == .known }.map { [.text($0.id)] }
        )
        // Without its key another line can have the same.
        let lines = try transaction.execute(
            "UPDATE bank_line SET state = 'undone', line_key = line_key || ' ' || statement_id WHERE statement_id = ?",
            [.text(id)]
        )
        try transaction.execute(
            "UPDATE bank_statement SET undone_by = ?, undone_at = ?, reason = ? WHERE id = ?",
            [.text(actor.key), .text(InstantText.text(now)), .text(grounds), .text(id)]
        )
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "bank-statement.undone",
                subject: .init(BankStatementRecord.subjectKind, id),
                reason: grounds,
                before: ["lines": .integer(lines), "payments": .integer(own.count)]
            )
        )
        return Outcome(lines: lines, payments: own.count)
    }
}
