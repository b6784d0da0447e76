public import Charter
import Database
public import Languages

/// Money that came in, that was paid back, or a credit that was used. Nothing of it changes but by being undone or
/// being split anew.
public struct Payment: Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable {
        case payment, refund
        /// What a member had to its credit, used for an invoice.
        case credit
    }

    /// How money came.
    public enum Method: String, Sendable, CaseIterable {
        case bank, cash, card, cheque, other

        public var words: Phrase {
            switch self {
            case .bank: say("bank transfer")
            case .cash: say("cash")
            case .card: say("card")
            case .cheque: say("cheque")
            case .other: say("another way", context: "how money came")
            }
        }
    }

    /// Who undid it, when and why.
    public struct Undoing: Sendable, Equatable {
        /// As the journal names them.
        public let by: String
        public let at: String
        public let reason: String
    }

    public let id: String
    public let kind: Kind
    public let receivedOn: Day
    public let amount: Money
    public let payer: String?
    public let text: String?
    public let method: Method
    /// The line of a bank's statement that it is.
    public let lineID: String?
    /// By what it was matched; nothing for what somebody entered or assigned.
    public let match: MatchSuggestion?
    /// Whether it is made up, as samples are.
    public let isInvented: Bool
    public let enteredBy: String
    public let enteredAt: String
    public let undone: Undoing?
    public let shares: [PaymentShare]
}

/// What one member, and one invoice of it, has of a payment.
public struct PaymentShare: Sendable, Equatable {
    public let memberID: String
    public let memberKey: String
    public let memberName: String
    /// Nothing for what is kept to the member's credit.
    public let invoiceID: String?
    public let invoiceNumber: String?
    /// In the payment's currency.
    public let paid: Money
    /// What it takes off the invoice, in the invoice's currency: what was paid, what the bank took, and the difference
    /// of rates together.
    public let settled: Money
    /// What the bank took on the way and the association bears.
    public let charge: Money
    /// What rates make of it beside: above zero at the association's cost.
    public let difference: Money
    /// The rate between the two currencies, its day and source.
    public let rate: String?
    public let rateDay: Day?
    public let rateSource: String?
}

extension Payment {
    /// As the journal calls it.
    public static let subjectKind = "payment"

    /// In a few words: "Payment of USD 1,000.00 on 5 Mar 2024".
    public var words: Phrase {
        switch kind {
        case .payment: say("Payment of \(amount) on \(receivedOn)")
        case .refund: say("Refund of \(amount) on \(receivedOn)")
        case .credit: say("Credit balance of \(amount) used on \(receivedOn)")
        }
    }

    static let columns = """
        p.id, p.kind, p.received_on, p.currency, p.amount_minor, p.payer, p.text, p.method, p.line_id, p.suggestion,
        p.invented, p.entered_by, p.entered_at, p.undone_by, p.undone_at, p.reason
        """

    private init(row: Row, shares: [PaymentShare]) throws {
        guard let kind = Kind(rawValue: try row.text(1)), let day = Day(try row.text(2)) else {
            throw DatabaseError.decoding(column: 1, expected: "a kind of payment, and its day")
        }
        let undoing = row.optionalText(13).map { by in
            Undoing(by: by, at: row.optionalText(14) ?? "", reason: row.optionalText(15) ?? "")
        }
        self.init(
            id: try row.text(0),
            kind: kind,
            receivedOn: day,
            amount: Money(minor: try row.integer(4), try Currency(try row.text(3))),
            payer: row.optionalText(5),
            text: row.optionalText(6),
            method: Method(rawValue: try row.text(7)) ?? .other,
            lineID: row.optionalText(8),
            match: row.optionalText(9).flatMap { MatchSuggestion(stored: $0) },
            isInvented: try row.flag(10),
            enteredBy: try row.text(11),
            enteredAt: try row.text(12),
            undone: undoing,
            shares: shares
        )
    }

    /// Those that a condition on `payment p` chooses, with their shares, in an order.
    static func all(
        _ transaction: Transaction,
        _ rest: String,
        _ values: [Value] = []
    ) throws -> [Payment] {
        // The shares first: a row of one query is not kept while another runs.
        let ids = try transaction.query("SELECT p.id FROM payment p \(rest)", values) { try $0.text(0) }
        var shares: [String: [PaymentShare]] = [:]
        for start in stride(from: 0, to: ids.count, by: 500) {
            let part = ids[start..<min(start + 500, ids.count)]
            try PaymentShare.read(transaction, of: Array(part), into: &shares)
        }
        return try transaction.query("SELECT \(columns) FROM payment p \(rest)", values) { row in
            try Payment(row: row, shares: shares[try row.text(0)] ?? [])
        }
    }

    static func find(_ transaction: Transaction, id: String) throws -> Payment? {
        try all(transaction, "WHERE p.id = ?", [.text(id)]).first
    }

    /// Throws `PaymentRefusal.noSuchPayment`.
    static func load(_ transaction: Transaction, id: String) throws -> Payment {
        guard let found = try find(transaction, id: id) else { throw PaymentRefusal.noSuchPayment }
        return found
    }
}

extension PaymentShare {
    fileprivate static func read(
        _ transaction: Transaction,
        of payments: [String],
        into shares: inout [String: [PaymentShare]]
    ) throws {
        guard !payments.isEmpty else { return }
        try transaction.forEach(
            """
            SELECT s.payment_id, s.member_id, m.key, m.name, s.invoice_id, i.number, p.currency, s.paid_minor,
                s.settled_currency, s.settled_minor, s.charge_minor, s.difference_minor, s.rate, s.rate_day,
                s.rate_source
            FROM payment_share s JOIN payment p ON p.id = s.payment_id JOIN member m ON m.id = s.member_id
                LEFT JOIN invoice i ON i.id = s.invoice_id
            WHERE s.payment_id IN (\(payments.map { _ in "?" }.joined(separator: ", ")))
            ORDER BY s.payment_id, s.position
            """,
            payments.map(Value.text)
        ) { row in
            let settled = try Currency(try row.text(8))
            let share = PaymentShare(
                memberID: try row.text(1),
                memberKey: try row.text(2),
                memberName: try row.text(3),
                invoiceID: row.optionalText(4),
                invoiceNumber: row.optionalText(5),
                paid: Money(minor: try row.integer(7), try Currency(try row.text(6))),
                settled: Money(minor: try row.integer(9), settled),
                charge: Money(minor: try row.integer(10), settled),
                difference: Money(minor: try row.integer(11), settled),
                rate: row.optionalText(12),
                rateDay: row.optionalText(13).flatMap(Day.init),
                rateSource: row.optionalText(14)
            )
            shares[try row.text(0), default: []].append(share)
        }
    }
}
