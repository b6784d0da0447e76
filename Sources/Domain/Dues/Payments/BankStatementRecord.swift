public import Access
public import Charter
public import Database
public import Foundation
import Languages

/// A statement that was imported.
public struct BankStatementRecord: Sendable, Equatable {
    public let id: String
    public let file: String
    public let format: BankStatement.Format
    public let account: String
    public let from: Day
    public let to: Day
    /// The account's balances before and after; nothing where the file did not say.
    public let opening: Money?
    public let closing: Money?
    public let lines: Int
    public let isInvented: Bool
    public let importedBy: String
    public let importedAt: String
    public let undoneAt: String?
    /// Its lines by what became of them.
    public let states: [BankLine.State: Int]
}

extension BankStatementRecord {
    /// As the journal calls it.
    public static let subjectKind = "bank-statement"

    private static let columns = """
        id, file, format, account, currency, date_from, date_to, opening_minor, closing_minor, line_count, invented,
        imported_by, imported_at, undone_at
        """

    private init(row: Row, states: [BankLine.State: Int]) throws {
        let currency = try Currency(try row.text(4))
        guard let from = Day(try row.text(5)), let to = Day(try row.text(6)) else {
            throw DatabaseError.decoding(column: 5, expected: "days of a statement")
        }
        self.init(
            id: try row.text(0),
            file: try row.text(1),
            format: BankStatement.Format(rawValue: try row.text(2)) ?? .csv,
            account: try row.text(3),
            from: from,
            to: to,
            opening: try row.optionalInteger(7).map { Money(minor: $0, currency) },
            closing: try row.optionalInteger(8).map { Money(minor: $0, currency) },
            lines: try row.integer(9),
            isInvented: try row.flag(10),
            importedBy: try row.text(11),
            importedAt: try row.text(12),
            undoneAt: row.optionalText(13),
            states: states
        )
    }

    static func all(_ transaction: Transaction, _ rest: String, _ values: [Value]) throws -> [BankStatementRecord] {
        let ids = try transaction.query("SELECT id FROM bank_statement \(rest)", values) { try $0.text(0) }
        guard !ids.isEmpty else { return [] }
        var states: [String: [BankLine.State: Int]] = [:]
        try transaction.forEach(
            """
            SELECT statement_id, state, COUNT(*) FROM bank_line
            WHERE statement_id IN (\(ids.map { _ in "?" }.joined(separator: ", "))) GROUP BY statement_id, state
            """,
            ids.map(Value.text)
        ) { row in
            guard let state = BankLine.State(rawValue: try row.text(1)) else { return }
            states[try row.text(0), default: [:]][state] = try row.integer(2)
        }
        return try transaction.query("SELECT \(columns) FROM bank_statement \(rest)", values) { row in
            try BankStatementRecord(row: row, states: states[try row.text(0)] ?? [:])
        }
    }

    /// Throws `StatementRefusal.noSuchStatement`.
    static func load(_ transaction: Transaction, id: String) throws -> BankStatementRecord {
        guard let found = try all(transaction, "WHERE id = ?", [.text(id)]).first else {
            throw StatementRefusal.noSuchStatement
        }
        return found
    }
}

/// One page of the statements, those that were imported last first.
public struct StatementList: Question {
    public static let action = Action.readPayments
    public static let pageSize = 50
    let page: Int

    /// - Parameter page: from 1.
    public init(page: Int = 1) { self.page = max(1, page) }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> [BankStatementRecord] {
        try BankStatementRecord.all(
            transaction,
            "ORDER BY imported_at DESC, id DESC LIMIT ? OFFSET ?",
            [.int(Self.pageSize), .int((page - 1) * Self.pageSize)]
        )
    }
}
