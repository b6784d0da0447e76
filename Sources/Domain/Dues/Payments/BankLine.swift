import Charter
import Database
import Foundation
public import Languages

/// A line of a bank's statement that was imported.
public struct BankLine: Sendable, Equatable {
    public enum State: String, Sendable, CaseIterable {
        /// It came in, and nobody said yet what it is.
        case open
        /// It went out, and is no refund that is on record.
        case outgoing
        /// It is a payment or a refund.
        case matched
        /// Somebody said that it has to do with nobody's dues.
        case ignored
        /// Its statement was undone.
        case undone

        public var words: Phrase {
            switch self {
            case .open: say("open", context: "state of a line of a bank's statement")
            case .outgoing: say("went out", context: "state of a line of a bank's statement")
            case .matched: say("matched", context: "state of a line of a bank's statement")
            case .ignored: say("left aside", context: "state of a line of a bank's statement")
            case .undone: say("undone", context: "state of a line of a bank's statement")
            }
        }
    }

    public let id: String
    public let statementID: String
    public let account: String
    public let line: StatementLine
    public let state: State
    /// What it can be, the surest first, as the last matching found.
    public let suggestions: [MatchSuggestion]
    /// Whether a person decided on it once, so that it is never booked by itself.
    public let isByHand: Bool
    /// Why it was left aside.
    public let reason: String?
}

extension BankLine {
    /// As the journal calls it.
    public static let subjectKind = "bank-line"

    static let columns = """
        id, statement_id, account, number, booked_on, value_on, currency, amount_minor, payer, iban, text,
        reference_list, bank_id, instructed_currency, instructed_minor, charge_minor, reversal, state, suggestions,
        by_hand, reason
        """

    init(row: Row) throws {
        guard let bookedOn = Day(try row.text(4)), let state = State(rawValue: try row.text(17)) else {
            throw DatabaseError.decoding(column: 4, expected: "a day, and a state of a line")
        }
        let currency = try Currency(try row.text(6))
        let references = try row.text(11)
        var line = StatementLine(
            number: try row.integer(3),
            bookedOn: bookedOn,
            valueOn: row.optionalText(5).flatMap(Day.init),
            amount: Money(minor: try row.integer(7), currency),
            name: row.optionalText(8),
            iban: row.optionalText(9),
            text: try row.text(10),
            references: references.isEmpty ? [] : references.split(separator: "\n").map(String.init),
            bankID: row.optionalText(12),
            isReversal: try row.flag(16)
        )
        if let code = row.optionalText(13), let minor = try row.optionalInteger(14) {
            line.instructed = Money(minor: minor, try Currency(code))
        }
        line.charge = try row.optionalInteger(15).map { Money(minor: $0, currency) }
        self.init(
            id: try row.text(0),
            statementID: try row.text(1),
            account: try row.text(2),
            line: line,
            state: state,
            suggestions: MatchSuggestion.list(stored: try row.text(18)),
            isByHand: try row.flag(19),
            reason: row.optionalText(20)
        )
    }

    static func find(_ transaction: Transaction, id: String) throws -> BankLine? {
        try transaction.first("SELECT \(columns) FROM bank_line WHERE id = ?", [.text(id)]) { try BankLine(row: $0) }
    }

    /// Throws `PaymentRefusal.noSuchLine`.
    static func load(_ transaction: Transaction, id: String) throws -> BankLine {
        guard let found = try find(transaction, id: id) else { throw PaymentRefusal.noSuchLine }
        return found
    }

    /// Notes what somebody decided on it.
    func settle(
        _ transaction: Transaction,
        _ state: State,
        by actor: String,
        reason: String? = nil,
        now: Date
    ) throws {
        try transaction.execute(
            "UPDATE bank_line SET state = ?, by_hand = 1, settled_by = ?, settled_at = ?, reason = ? WHERE id = ?",
            [.text(state.rawValue), .text(actor), .text(InstantText.text(now)), .optional(reason), .text(id)]
        )
    }
}
