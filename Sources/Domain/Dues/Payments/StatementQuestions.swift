public import Access
public import Database
public import Foundation

/// One line of a bank's statement with what it can be, and the payment that came of it.
///
/// Throws `PaymentRefusal.noSuchLine`.
public struct LineByID: Question {
    public static let action = Action.readPayments
    let id: String

    public init(_ id: String) { self.id = id }

    public struct Answer: Sendable, Equatable {
        public let line: BankLine
        /// The surest first; their numbers are those of `MatchTarget.suggestion`, in the line's own list.
        public let matches: [ShownMatch]
        /// The id of the payment or refund that it is.
        public let paymentID: String?
        /// Whether the statement is made up, as samples are.
        public let isInvented: Bool
    }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> Answer {
        let line = try BankLine.load(transaction, id: id)
        let shown = try ShownMatch.all(transaction, line.suggestions)
        let payment = try transaction.first(
            "SELECT id FROM payment WHERE line_id = ? AND undone_at IS NULL",
            [.text(id)]
        ) { try $0.text(0) }
        return Answer(
            line: line,
            matches: line.suggestions.compactMap { shown[$0] },
            paymentID: payment,
            isInvented: try BankStatementRecord.load(transaction, id: line.statementID).isInvented
        )
    }
}

/// One statement that was imported.
///
/// Throws `StatementRefusal.noSuchStatement`.
public struct StatementByID: Question {
    public static let action = Action.readPayments
    let id: String

    public init(_ id: String) { self.id = id }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> BankStatementRecord {
        try BankStatementRecord.load(transaction, id: id)
    }
}
