import Charter
import Database
import Foundation
import Languages

/// Writes what relief does to the accounts and to the due days of invoices.
struct ReliefBooking {
    let transaction: Transaction
    let now: Date

    /// Carries relief out on the invoices of its years that there are, and returns their numbers.
    func grant(_ relief: ReliefRequest, on day: Day) throws -> [String] {
        let invoices = try OwedInvoice.all(transaction, ofMember: relief.memberID, years: relief.years)
        if case .plan(let instalments) = relief.terms {
            let open = invoices.filter(\.owed.isPositive)
            let parts = try instalments.spread(over: open.map(\.owed))
            try schedule(zip(open, parts).map { ($0.invoice, relief.id, $1) }, from: day)
            return open.map(\.invoice.number)
        }
        return try invoices.filter { try lower($0, by: relief, on: day) }.map(\.invoice.number)
    }

    /// Lowers what an invoice asks for; what was paid beyond it is kept to the member's credit. `false` where it asks
    /// for nothing that could be lowered.
    private func lower(_ owed: OwedInvoice, by relief: ReliefRequest, on day: Day) throws -> Bool {
        let less = try relief.terms.lowering(owed.balance.asked)
        guard less.isPositive else { return false }
        let invoice = owed.invoice
        // Relief never counts before what it lowers.
        let day = max(day, invoice.issuedOn)
        var entries = [try remission(less, of: invoice, by: relief, on: day)]
        let paidBeyond = try less - (owed.owed.isPositive ? owed.owed : .zero(less.currency))
        if paidBeyond.isPositive { entries += try credit(paidBeyond, of: invoice, on: day) }
        try book(entries.map { ($0, relief.id, invoice.id) })
        return true
    }

    private func remission(
        _ less: Money,
        of invoice: Invoice,
        by relief: ReliefRequest,
        on day: Day
    ) throws -> AccountEntry.Draft {
        AccountEntry.Draft(
            .remission,
            member: invoice.memberID,
            day: day,
            amount: try less.negated,
            words: relief.accountWords,
            rule: ReliefRules.rule,
            invoice: invoice.id,
            isInvented: invoice.isInvented
        )
    }

    /// From the invoice, on which it was paid, to the member's credit.
    private func credit(_ amount: Money, of invoice: Invoice, on day: Day) throws -> [AccountEntry.Draft] {
        let invented = try transaction.first(
            "SELECT 1 FROM account_entry WHERE invoice_id = ? AND invented = 1",
            [.text(invoice.id)]
        ) { _ in true }
        let words = say("Paid for invoice \(invoice.number) and no longer asked for: kept as credit balance")
        func entry(_ amount: Money, _ invoiceID: String?) -> AccountEntry.Draft {
            AccountEntry.Draft(
                .credit,
                member: invoice.memberID,
                day: day,
                amount: amount,
                words: words,
                rule: ReliefRules.rule,
                invoice: invoiceID,
                isInvented: invented == true
            )
        }
        return [entry(amount, invoice.id), entry(try amount.negated, nil)]
    }

    private func book(_ entries: [(draft: AccountEntry.Draft, relief: String, invoice: String)]) throws {
        let ids = try AccountEntry.book(transaction, entries.map { $0.draft }, now: now)
        try transaction.execute(
            "INSERT INTO relief_entry (entry_id, relief_id, invoice_id) VALUES (?, ?, ?)",
            each: zip(ids, entries).map { [.text($0), .text($1.relief), .text($1.invoice)] }
        )
    }

    private func schedule(
        _ parts: [(invoice: Invoice, relief: String, instalments: [Instalment])],
        from day: Day
    ) throws {
        let rows = parts.flatMap { part in
            part.instalments.map { instalment -> [Value] in
                [
                    .text(part.invoice.id), .text(part.relief), .text(instalment.dueOn.description),
                    .int(instalment.amount.minor), .text(max(day, part.invoice.issuedOn).description),
                ]
            }
        }
        try transaction.execute(
            """
            INSERT INTO invoice_instalment (invoice_id, relief_id, due_on, amount_minor, since_on)
            VALUES (?, ?, ?, ?, ?)
            """,
            each: rows
        )
    }
}

// MARK: - Invoices to come

extension ReliefBooking {
    /// Carries out the relief that is in force on invoices that are just written.
    func apply(_ written: [(invoice: Invoice, reliefs: [AppliedRelief])]) throws {
        var entries: [(draft: AccountEntry.Draft, relief: String, invoice: String)] = []
        for (invoice, reliefs) in written {
            for applied in reliefs {
                let relief = applied.relief
                if applied.lowersBy.isPositive {
                    let draft = try remission(applied.lowersBy, of: invoice, by: relief, on: invoice.issuedOn)
                    entries.append((draft, relief.id, invoice.id))
                }
                if case .plan(let instalments) = relief.terms {
                    let left = try instalments.after(used(relief, besides: invoice))
                    let parts = try left.spread(over: [invoice.toPay])
                    try schedule(parts.map { (invoice, relief.id, $0) }, from: invoice.issuedOn)
                }
            }
        }
        if !entries.isEmpty { try book(entries) }
    }

    /// What invoices of a plan's other years have of it.
    private func used(_ relief: ReliefRequest, besides invoice: Invoice) throws -> Money {
        let sum = try transaction.first(
            """
            SELECT SUM(n.amount_minor) FROM invoice_instalment n JOIN invoice i ON i.id = n.invoice_id
            WHERE n.relief_id = ? AND i.year <> ?
            """,
            [.text(relief.id), .int(invoice.year)]
        ) { try $0.optionalInteger(0) }
        return Money(minor: (sum ?? nil) ?? 0, invoice.amount.currency)
    }
}

// MARK: - Early end

extension ReliefBooking {
    /// Takes back what relief did to invoices of a year and of those after it, and returns their numbers: what it took off
    /// is owed again.
    func end(_ relief: ReliefRequest, from year: Int, on day: Day) throws -> [String] {
        if relief.kind == .plan {
            let numbers = try transaction.query(
                """
                SELECT DISTINCT i.number FROM invoice_instalment n JOIN invoice i ON i.id = n.invoice_id
                WHERE n.relief_id = ? AND n.until_on IS NULL ORDER BY i.number
                """,
                [.text(relief.id)]
            ) { try $0.text(0) }
            try transaction.execute(
                "UPDATE invoice_instalment SET until_on = ? WHERE relief_id = ? AND until_on IS NULL",
                [.text(day.description), .text(relief.id)]
            )
            return numbers
        }
        let invoices = try transaction.query(
            """
            SELECT DISTINCT i.id, i.number FROM relief_entry e JOIN invoice i ON i.id = e.invoice_id
            WHERE e.relief_id = ? AND i.year >= ? ORDER BY i.number
            """,
            [.text(relief.id), .int(year)]
        ) { (id: try $0.text(0), number: try $0.text(1)) }
        for invoice in invoices { try takeBack(relief, invoice: invoice.id, on: day) }
        return invoices.map { $0.number }
    }

    private func takeBack(_ relief: ReliefRequest, invoice id: String, on day: Day) throws {
        let ids = try transaction.query(
            """
            SELECT e.entry_id FROM relief_entry e WHERE e.relief_id = ? AND e.invoice_id = ? AND NOT EXISTS
                (SELECT 1 FROM account_entry r WHERE r.reverses = e.entry_id)
            ORDER BY e.entry_id
            """,
            [.text(relief.id), .text(id)]
        ) { try $0.text(0) }
        let entries = try ids.compactMap { try AccountEntry.find(transaction, id: $0) }
        var taken = entries.filter { $0.kind == .remission }
        let moved = entries.filter { $0.kind == .credit }
        // What was kept to the credit pays for the invoice again, unless it was used meanwhile.
        if let kept = moved.first(where: { $0.invoiceID == nil }) {
            let left = try MemberCredit.left(transaction, member: kept.memberID, in: kept.amount.currency)
            if try !left.isLess(than: kept.amount.negated) { taken += moved }
        }
        for entry in taken {
            try AccountEntry.reverse(
                transaction,
                id: entry.id,
                on: max(day, entry.day),
                words: say("Relief \(relief.reference) does not hold any more"),
                now: now
            )
        }
    }
}
