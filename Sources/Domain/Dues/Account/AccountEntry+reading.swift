public import Charter
public import Database
import Languages

extension AccountEntry {
    static let columns = """
        id, member_id, day, recorded_at, kind, invoice_id, payment_id, credit_note_id, currency, amount_minor, words,
        rule, invented, reverses
        """

    init(row: Row) throws {
        guard let kind = Kind(rawValue: try row.text(4)), let day = Day(try row.text(2)) else {
            throw DatabaseError.decoding(column: 4, expected: "a kind of entry, and its day")
        }
        self.init(
            id: try row.text(0),
            memberID: try row.text(1),
            day: day,
            recordedAt: try row.text(3),
            kind: kind,
            amount: Money(minor: try row.integer(9), try Currency(try row.text(8))),
            words: Phrase(stored: try row.text(10)),
            rule: row.optionalText(11),
            invoiceID: row.optionalText(5),
            paymentID: row.optionalText(6),
            creditNoteID: row.optionalText(7),
            isInvented: try row.flag(12),
            reverses: row.optionalText(13)
        )
    }

    public static func find(_ transaction: Transaction, id: String) throws -> AccountEntry? {
        try transaction.first("SELECT \(columns) FROM account_entry WHERE id = ?", [.text(id)]) {
            try AccountEntry(row: $0)
        }
    }

    /// A member's, the earliest day first, and of one day in the order in which they were written.
    public static func all(
        _ transaction: Transaction,
        member: String,
        through day: Day = .last
    ) throws -> [AccountEntry] {
        try transaction.query(
            "SELECT \(columns) FROM account_entry WHERE member_id = ? AND day <= ? ORDER BY day, id",
            [.text(member), .text(day.description)]
        ) { try AccountEntry(row: $0) }
    }

    /// Those about an invoice, the earliest day first.
    static func all(_ transaction: Transaction, invoice: String) throws -> [AccountEntry] {
        try transaction.query(
            "SELECT \(columns) FROM account_entry WHERE invoice_id = ? ORDER BY day, id",
            [.text(invoice)]
        ) { try AccountEntry(row: $0) }
    }

    /// Whether the entry of a credit note was undone.
    static func isUndone(_ transaction: Transaction, creditNote: String) throws -> Bool {
        try transaction.first(
            "SELECT 1 FROM account_entry WHERE credit_note_id = ? AND kind = 'reversal'",
            [.text(creditNote)]
        ) { _ in true } ?? false
    }

    /// Those that a payment made and that nothing has undone, in the order in which they were written.
    public static func standing(_ transaction: Transaction, payment: String) throws -> [AccountEntry] {
        try transaction.query(
            """
            SELECT \(columns) FROM account_entry e WHERE payment_id = ? AND kind <> 'reversal'
                AND NOT EXISTS (SELECT 1 FROM account_entry r WHERE r.reverses = e.id)
            ORDER BY id
            """,
            [.text(payment)]
        ) { try AccountEntry(row: $0) }
    }

    /// What a member owes at the end of a day, by currency and sorted by its code; below zero what it has to its credit.
    /// A currency in which nothing is left open is not in it.
    public static func balances(_ transaction: Transaction, member: String, on day: Day = .last) throws -> [Money] {
        try transaction.query(
            """
            SELECT currency, SUM(amount_minor) FROM account_entry WHERE member_id = ? AND day <= ?
            GROUP BY currency HAVING SUM(amount_minor) <> 0 ORDER BY currency
            """,
            [.text(member), .text(day.description)]
        ) { Money(minor: try $0.integer(1), try Currency(try $0.text(0))) }
    }
}
