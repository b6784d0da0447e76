public import Access
public import Charter
public import Database
public import Foundation
public import Languages
import Membership

/// A suggestion with what a person needs to judge it.
public struct ShownMatch: Sendable, Hashable {
    public struct Target: Sendable, Hashable {
        public let invoiceID: String
        public let number: String
        public let year: Int
        public let memberKey: String
        public let memberName: String
        /// What the invoice asks for now.
        public let owed: Money
    }

    public let suggestion: MatchSuggestion
    public let targets: [Target]
    /// Whether an invoice asks for another amount than when this was found, so that it is not booked.
    public let isOutdated: Bool

    /// Why, in sentences.
    public var words: Phrase { suggestion.words }
}

extension ShownMatch {
    /// The suggestions with their invoices, each once. One whose invoice is gone is left out.
    static func all(
        _ transaction: Transaction,
        _ suggestions: [MatchSuggestion]
    ) throws -> [MatchSuggestion: ShownMatch] {
        let ids = Set(suggestions.flatMap(\.targets).map(\.invoiceID)).sorted()
        var known: [String: Target] = [:]
        for start in stride(from: 0, to: ids.count, by: 500) {
            for target in try targets(transaction, Array(ids[start..<min(start + 500, ids.count)])) {
                known[target.invoiceID] = target
            }
        }
        var shown: [MatchSuggestion: ShownMatch] = [:]
        for suggestion in Set(suggestions) {
            let targets = suggestion.targets.compactMap { known[$0.invoiceID] }
            guard targets.count == suggestion.targets.count else { continue }
            let isOutdated = zip(suggestion.targets, targets).contains { $0.owedMinor != $1.owed.minor }
            shown[suggestion] = ShownMatch(suggestion: suggestion, targets: targets, isOutdated: isOutdated)
        }
        return shown
    }

    private static func targets(_ transaction: Transaction, _ ids: [String]) throws -> [Target] {
        try transaction.query(
            """
            SELECT i.id, i.number, i.year, m.key, m.name, i.currency, COALESCE((
                SELECT SUM(e.amount_minor) FROM account_entry e
                WHERE e.invoice_id = i.id AND e.currency = i.currency), 0)
            FROM invoice i JOIN member m ON m.id = i.member_id
            WHERE i.id IN (\(ids.map { _ in "?" }.joined(separator: ", ")))
            """,
            ids.map(Value.text)
        ) { row in
            Target(
                invoiceID: try row.text(0),
                number: try row.text(1),
                year: try row.integer(2),
                memberKey: try row.text(3),
                memberName: try row.text(4),
                owed: Money(minor: try row.integer(6), try Currency(try row.text(5)))
            )
        }
    }
}

/// Lines of statements with what they can be, the earliest first.
public struct MatchQueue: Question {
    public static let action = Action.readPayments
    public static let pageSize = 50
    let states: [BankLine.State]
    let statement: String?
    let page: Int

    /// - Parameters:
    ///   - states: those that are listed; what waits for somebody when left out.
    ///   - statement: the id of a statement, of whose lines alone.
    ///   - page: from 1.
    public init(_ states: [BankLine.State] = [.open], statement: String? = nil, page: Int = 1) {
        self.states = states.isEmpty ? BankLine.State.allCases : states
        self.statement = statement
        self.page = max(1, page)
    }

    public struct Line: Sendable, Equatable {
        public let line: BankLine
        /// The surest first; their numbers are those of `MatchTarget.suggestion`, in the line's own list.
        public let matches: [ShownMatch]
    }

    public struct Answer: Sendable, Equatable {
        public let lines: [Line]
        /// Of all pages.
        public let total: Int
        /// The ids of the lines' statements that are made up.
        public let inventedStatements: Set<String>
    }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> Answer {
        var condition = "state IN (\(states.map { _ in "?" }.joined(separator: ", ")))"
        var values = states.map { Value.text($0.rawValue) }
        if let statement {
            condition += " AND statement_id = ?"
            values.append(.text(statement))
        }
        let total = try transaction.first("SELECT COUNT(*) FROM bank_line WHERE \(condition)", values) {
            try $0.integer(0)
        }
        let lines = try transaction.query(
            """
            SELECT \(BankLine.columns) FROM bank_line WHERE \(condition) ORDER BY booked_on, id LIMIT ? OFFSET ?
            """,
            values + [.int(Self.pageSize), .int((page - 1) * Self.pageSize)]
        ) { try BankLine(row: $0) }
        let shown = try ShownMatch.all(transaction, lines.flatMap(\.suggestions))
        return Answer(
            lines: lines.map { line in Line(line: line, matches: line.suggestions.compactMap { shown[$0] }) },
            total: total ?? 0,
            inventedStatements: try Self.invented(transaction, Set(lines.map(\.statementID)).sorted())
        )
    }

    private static func invented(_ transaction: Transaction, _ statements: [String]) throws -> Set<String> {
        guard !statements.isEmpty else { return [] }
        let places = statements.map { _ in "?" }.joined(separator: ", ")
        return Set(
            try transaction.query(
                "SELECT id FROM bank_statement WHERE invented = 1 AND id IN (\(places))",
                statements.map(Value.text)
            ) { try $0.text(0) }
        )
    }
}

/// One page of payments, refunds and uses of credits, the latest first.
public struct PaymentList: Question {
    public static let action = Action.readPayments
    public static let pageSize = 50
    let member: String?
    let from: Day?
    let to: Day?
    let page: Int

    /// - Parameters:
    ///   - member: a member's key.
    ///   - from: the first day, like `to` inclusive.
    ///   - page: from 1.
    public init(member: String? = nil, from: Day? = nil, to: Day? = nil, page: Int = 1) {
        self.member = member
        self.from = from
        self.to = to
        self.page = max(1, page)
    }

    public struct Answer: Sendable, Equatable {
        public let payments: [Payment]
        /// Of all pages.
        public let total: Int
    }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> Answer {
        var conditions = ["p.received_on >= ?", "p.received_on <= ?"]
        var values: [Value] = [.text((from ?? .first).description), .text((to ?? .last).description)]
        if let member {
            conditions.append(
                """
                EXISTS (SELECT 1 FROM payment_share s JOIN member m ON m.id = s.member_id
                    WHERE s.payment_id = p.id AND m.key = ?)
                """
            )
            values.append(.text(member))
        }
        let condition = "WHERE " + conditions.joined(separator: " AND ")
        let total = try transaction.first("SELECT COUNT(*) FROM payment p \(condition)", values) { try $0.integer(0) }
        let payments = try Payment.all(
            transaction,
            "\(condition) ORDER BY p.received_on DESC, p.id DESC LIMIT ? OFFSET ?",
            values + [.int(Self.pageSize), .int((page - 1) * Self.pageSize)]
        )
        return Answer(payments: payments, total: total ?? 0)
    }
}

/// One payment with what it did to accounts.
public struct PaymentByID: Question {
    public static let action = Action.readPayments
    let id: String

    public init(_ id: String) { self.id = id }

    public struct Answer: Sendable, Equatable {
        public let payment: Payment
        /// The line of a bank's statement that it is.
        public let line: BankLine?
        /// What it did to accounts, and what undid it.
        public let entries: [AccountEntry]
    }

    /// Throws `PaymentRefusal.noSuchPayment`.
    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> Answer {
        let payment = try Payment.load(transaction, id: id)
        return Answer(
            payment: payment,
            line: try payment.lineID.flatMap { try BankLine.find(transaction, id: $0) },
            entries: try transaction.query(
                "SELECT \(AccountEntry.columns) FROM account_entry WHERE payment_id = ? ORDER BY recorded_at, id",
                [.text(id)]
            ) { try AccountEntry(row: $0) }
        )
    }
}
