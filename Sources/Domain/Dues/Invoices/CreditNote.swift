public import Charter
import Database
import Languages

/// What takes an invoice back, whole or in part. Nothing of it ever changes.
public struct CreditNote: Sendable, Equatable {
    public let id: String
    /// `C2024-0001`.
    public let number: String
    public let invoiceID: String
    public let issuedOn: Day
    public let amount: Money
    public let grounds: String
    /// Whether the member gets another invoice for the year.
    public let isInvoicedAnew: Bool
    public let issuedBy: String
}

extension CreditNote {
    /// As the journal calls it.
    public static let subjectKind = "credit-note"

    private static let columns = """
        id, number, invoice_id, issued_on, currency, amount_minor, grounds, invoice_anew, issued_by
        """

    private init(row: Row) throws {
        self.init(
            id: try row.text(0),
            number: try row.text(1),
            invoiceID: try row.text(2),
            issuedOn: Day(try row.text(3)) ?? .first,
            amount: Money(minor: try row.integer(5), try Currency(try row.text(4))),
            grounds: try row.text(6),
            isInvoicedAnew: try row.flag(7),
            issuedBy: try row.text(8)
        )
    }

    /// By its id or its number.
    static func find(_ transaction: Transaction, named name: String) throws -> CreditNote? {
        try transaction.first(
            "SELECT \(columns) FROM credit_note WHERE id = ? OR number = ?",
            [.text(name), .text(name)]
        ) { try CreditNote(row: $0) }
    }

    /// Those of an invoice, the earliest first.
    static func all(_ transaction: Transaction, invoice: String) throws -> [CreditNote] {
        try transaction.query(
            "SELECT \(columns) FROM credit_note WHERE invoice_id = ? ORDER BY issued_at, id",
            [.text(invoice)]
        ) { try CreditNote(row: $0) }
    }

    /// What it puts on the member's account.
    var words: Phrase { say("Credit note \(number): \(grounds)") }
}
