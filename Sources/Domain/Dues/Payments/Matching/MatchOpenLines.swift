public import Access
public import Charter
public import Database
public import Foundation

/// What matching the open lines did.
public struct MatchOutcome: Sendable, Equatable {
    /// Lines that were booked by themselves.
    public let booked: Int
    /// Of the open ones, those with a suggestion.
    public let suggested: Int
    /// Lines that stay open.
    public let open: Int
}

/// Matches every open line with the invoices as they are now: books what is sure enough, and renews the suggestions of
/// the rest. After a statement was imported this was done; it is done again when invoices came since.
public struct MatchOpenLines: Command {
    public static let action = Action.recordPayments

    let charter: Charter

    public init(charter: Charter) { self.charter = charter }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> MatchOutcome {
        var pass = try MatchPass(transaction)
        let lines = try MatchPass.openLines(transaction)
        let least = PaymentRules(charter, at: now).booksFrom
        let done = try pass.run(lines, transaction, booksFrom: least, by: actor.key, now: now)
        return MatchOutcome(booked: done.booked, suggested: done.suggested, open: done.open)
    }
}

/// The matching of many lines and, to measure it against, the same rows read and written without it.
public enum MatchBench {
    /// Finds the suggestions of every open line and keeps them; books nothing. Returns how many lines there were.
    public static func match(_ transaction: Transaction, now: Date) throws -> Int {
        var pass = try MatchPass(transaction)
        let lines = try MatchPass.openLines(transaction)
        // As if nothing was known of them, so that each is written.
        let fresh = lines.map {
            MatchPass.Line(id: $0.id, line: $0.line, suggestions: "-", isByHand: true, isInvented: $0.isInvented)
        }
        _ = try pass.run(fresh, transaction, booksFrom: nil, by: "bench", now: now)
        return lines.count
    }

    /// Reads the very same rows and writes back the suggestions that are there.
    public static func bare(_ transaction: Transaction) throws -> Int {
        var texts = 0
        for (sql, columns) in [(MatchPass.invoiceSQL, 6), (MatchPass.nameSQL, 2)] {
            try transaction.forEach(sql) { row in
                for column in 0..<columns where row.optionalText(column) != nil { texts += 1 }
            }
        }
        let lines = try transaction.query(MatchPass.lineSQL) { row -> [Value] in
            for column in 1..<15 where row.optionalText(column) != nil { texts += 1 }
            return [.text(try row.text(12)), .text(try row.text(0))]
        }
        try transaction.execute("UPDATE bank_line SET suggestions = ? WHERE id = ?", each: lines)
        return texts
    }

    /// Invents lines of a statement for the invoices that ask for something, one each and at most `count`: half of them
    /// with the invoice's reference, a quarter with the member's name, the rest with the amount alone.
    public static func invent(_ count: Int, _ transaction: Transaction, now: Date) throws -> Int {
        let invoices = try OwedInvoice.all(transaction).prefix(count)
        guard let first = invoices.first else { return 0 }
        let today = InstantText.text(now).prefix(10)
        let statement = Identifier.make(at: now)
        try transaction.execute(
            """
            INSERT INTO bank_statement (id, file, sha256, format, account, currency, date_from, date_to, line_count,
                invented, imported_by, imported_at)
            VALUES (?, 'invented.csv', '', 'csv', 'INVENTED', ?, ?, ?, ?, 1, 'bench', ?)
            """,
            [
                .text(statement), .text(first.owed.currency.code), .text(String(today)), .text(String(today)),
                .int(invoices.count), .text(InstantText.text(now)),
            ]
        )
        try transaction.execute(
            """
            INSERT INTO bank_line (id, statement_id, account, line_key, number, booked_on, currency, amount_minor,
                payer, text, reference_list, reversal, state)
            VALUES (?, ?, 'INVENTED', ?, ?, ?, ?, ?, ?, ?, ?, 0, 'open')
            """,
            each: invoices.enumerated().map { place, owed in
                [
                    .text(Identifier.make(at: now)), .text(statement), .text("\(statement)-\(place)"), .int(place + 1),
                    .text(String(today)), .text(owed.owed.currency.code), .int(owed.owed.minor),
                    .text(place % 4 == 2 ? "City of \(owed.invoice.memberName)" : "Payer \(place)"),
                    .text("Annual dues, transfer \(place)"),
                    .text(place % 4 < 2 ? owed.invoice.reference : ""),
                ]
            }
        )
        return invoices.count
    }
}
