import Charter
import Database
import Foundation

/// One pass over the lines that nobody dealt with: each gets its suggestions, and what is sure enough is booked.
struct MatchPass {
    /// A line as it is matched.
    struct Line: Sendable {
        let id: String
        let line: StatementLine
        /// As it stands in the records.
        let suggestions: String
        let isByHand: Bool
        let isInvented: Bool
    }

    private(set) var index: MatchIndex

    init(_ transaction: Transaction) throws {
        let invoices = try Self.invoices(transaction)
        let payments = try Self.paymentsByHand(transaction)
        let members = Set(invoices.filter { $0.owed > 0 }.map(\.memberID)).union(payments.flatMap(\.memberIDs))
        index = MatchIndex(invoices, names: try Self.names(transaction, of: members), byHand: payments)
    }

    /// What a pass did.
    struct Outcome: Sendable {
        var booked = 0
        var suggested = 0
        var open = 0
    }

    /// Matches lines in their order; what is booked for one, the next ones find booked.
    ///
    /// - Parameter least: how sure a suggestion must be to be booked; with `nil`, suggestions alone are kept.
    mutating func run(
        _ lines: [Line],
        _ transaction: Transaction,
        booksFrom least: Int?,
        by actor: String,
        now: Date
    ) throws -> Outcome {
        var outcome = Outcome()
        var writer = PaymentWriter(actor: actor, now: now)
        var suggested: [[Value]] = []
        var matched: [[Value]] = []
        for line in lines {
            let found = index.suggestions(line.line)
            let stored = MatchSuggestion.stored(found)
            if !line.isByHand, let best = found.booksItself(from: least) {
                try book(best, line, &writer)
                matched.append([.text(stored), .text(actor), .text(InstantText.text(now)), .text(line.id)])
                outcome.booked += 1
                continue
            }
            outcome.open += 1
            if !found.isEmpty { outcome.suggested += 1 }
            if stored != line.suggestions { suggested.append([.text(stored), .text(line.id)]) }
        }
        try writer.write(transaction)
        try transaction.execute("UPDATE bank_line SET suggestions = ? WHERE id = ?", each: suggested)
        try transaction.execute(
            """
            UPDATE bank_line SET state = 'matched', suggestions = ?, settled_by = ?, settled_at = ? WHERE id = ?
            """,
            each: matched
        )
        return outcome
    }

    /// What lines would get, without keeping anything.
    mutating func preview(
        _ lines: [StatementLine],
        booksFrom least: Int?
    ) throws -> [(suggestions: [MatchSuggestion], isBooked: Bool)] {
        var previews: [(suggestions: [MatchSuggestion], isBooked: Bool)] = []
        for line in lines {
            let found = index.suggestions(line)
            let best = found.booksItself(from: least)
            if let best { _ = try shares(of: best, line) }
            previews.append((found, best != nil))
        }
        return previews
    }

    private mutating func book(_ match: MatchSuggestion, _ line: Line, _ writer: inout PaymentWriter) throws {
        // What is booked by itself is in the invoice's own currency; see `needsSomebody`.
        let booked = try shares(of: match, line.line).map { share in
            try ShareBooking(share) { throw PaymentRefusal.noRate($0, $1, line.line.bookedOn) }
        }
        try writer.add(PaymentWriter.Draft(line, match), booked)
    }

    /// Over the invoices in their order, the rest to the credit of the first one's member.
    private mutating func shares(of match: MatchSuggestion, _ line: StatementLine) throws -> [PlannedShare] {
        var shares: [PlannedShare] = []
        var rest = line.amount
        var member: String?
        for place in match.targets.compactMap({ index.place(ofInvoice: $0.invoiceID) }) {
            let invoice = index[place]
            member = member ?? invoice.memberID
            let owed = Money(minor: invoice.owed, invoice.currency)
            let part = try owed.isLess(than: rest) ? owed : rest
            guard part.isPositive else { continue }
            let target = PlannedShare.Target(id: invoice.id, number: invoice.number, owed: owed)
            shares.append(PlannedShare(memberID: invoice.memberID, invoice: target, paid: part))
            index.take(part.minor, at: place)
            rest = try rest - part
        }
        if rest.isPositive, let member { shares.append(PlannedShare(memberID: member, invoice: nil, paid: rest)) }
        return shares
    }
}

extension PaymentWriter.Draft {
    init(_ line: MatchPass.Line, _ match: MatchSuggestion?) {
        self.init(
            receivedOn: line.line.bookedOn,
            amount: line.line.amount,
            payer: line.line.name,
            text: line.line.text.isEmpty ? nil : line.line.text,
            lineID: line.id,
            match: match,
            isInvented: line.isInvented
        )
    }
}

// MARK: - Reading

extension MatchPass {
    static let invoiceSQL = """
        SELECT i.id, i.number, i.reference, i.member_id, i.currency, COALESCE(e.owed, 0) FROM invoice i LEFT JOIN (
            SELECT invoice_id, currency, SUM(amount_minor) AS owed FROM account_entry WHERE invoice_id IS NOT NULL
            GROUP BY invoice_id, currency
        ) e ON e.invoice_id = i.id AND e.currency = i.currency
        ORDER BY i.due_on, i.number
        """
    static let nameSQL = "SELECT id, name FROM member UNION ALL SELECT member_id, name FROM member_name"
    static let lineSQL = """
        SELECT l.id, l.number, l.booked_on, l.currency, l.amount_minor, l.payer, l.text, l.reference_list,
            l.instructed_currency, l.instructed_minor, l.charge_minor, l.reversal, l.suggestions, l.by_hand, s.invented
        FROM bank_line l JOIN bank_statement s ON s.id = l.statement_id
        WHERE l.state = 'open' ORDER BY l.booked_on, l.id
        """

    private static func invoices(_ transaction: Transaction) throws -> [MatchInvoice] {
        var currencies = Currencies()
        return try transaction.query(invoiceSQL) { row in
            MatchInvoice(
                id: try row.text(0),
                number: try row.text(1),
                reference: try row.text(2),
                memberID: try row.text(3),
                currency: try currencies.currency(try row.text(4)),
                owed: try row.integer(5)
            )
        }
    }

    private static func names(_ transaction: Transaction, of members: Set<String>) throws -> [String: [String]] {
        var names: [String: [String]] = [:]
        guard !members.isEmpty else { return names }
        try transaction.forEach(nameSQL) { row in
            let member = try row.text(0)
            if members.contains(member) { names[member, default: []].append(try row.text(1)) }
        }
        return names
    }

    private static func paymentsByHand(_ transaction: Transaction) throws -> [HandPayment] {
        var payments: [String: HandPayment] = [:]
        try transaction.forEach(
            """
            SELECT p.id, p.received_on, p.currency, p.amount_minor, s.member_id
            FROM payment p JOIN payment_share s ON s.payment_id = p.id
            WHERE p.kind = 'payment' AND p.method = 'bank' AND p.line_id IS NULL AND p.undone_at IS NULL
            """
        ) { row in
            let id = try row.text(0)
            let member = try row.text(4)
            payments[id] = HandPayment(
                id: id,
                receivedOn: Day(try row.text(1)) ?? .first,
                amount: Money(minor: try row.integer(3), try Currency(try row.text(2))),
                memberIDs: (payments[id]?.memberIDs ?? []).union([member])
            )
        }
        return payments.values.sorted { $0.id < $1.id }
    }

    /// Every line that is open, the earliest first.
    static func openLines(_ transaction: Transaction) throws -> [Line] {
        var currencies = Currencies()
        return try transaction.query(lineSQL) { row in
            let currency = try currencies.currency(try row.text(3))
            let references = try row.text(7)
            var line = StatementLine(
                number: try row.integer(1),
                bookedOn: Day(try row.text(2)) ?? .first,
                amount: Money(minor: try row.integer(4), currency),
                name: row.optionalText(5),
                text: try row.text(6),
                references: references.isEmpty ? [] : references.split(separator: "\n").map(String.init),
                isReversal: try row.flag(11)
            )
            if let code = row.optionalText(8), let minor = try row.optionalInteger(9) {
                line.instructed = Money(minor: minor, try currencies.currency(code))
            }
            line.charge = try row.optionalInteger(10).map { Money(minor: $0, currency) }
            return Line(
                id: try row.text(0),
                line: line,
                suggestions: try row.text(12),
                isByHand: try row.flag(13),
                isInvented: try row.flag(14)
            )
        }
    }
}

/// Currencies by their codes, each looked up once.
private struct Currencies {
    private var known: [String: Currency] = [:]

    mutating func currency(_ code: String) throws -> Currency {
        if let currency = known[code] { return currency }
        let currency = try Currency(code)
        known[code] = currency
        return currency
    }
}
