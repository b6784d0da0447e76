import Access
import Database
import Identity
import Journal
import Languages

/// Every command and question of reminders and disputes.
enum ReminderCatalogue {
    static let all: [ServiceDescription] = [
        .command(DisputeInvoice.self), .command(EndDispute.self), .question(PlanReminders.self),
    ]
}

/// Invoices that members dispute, for the page Today.
enum WaitingDisputes {
    static let source = WaitingSource(
        kind: "invoice-dispute",
        title: say("Invoices that members dispute"),
        reads: .readDues
    ) { try list($0) }

    private static func list(_ transaction: Transaction) throws -> [WaitingItem] {
        try InvoiceDispute.open(transaction, limit: 1000).compactMap { dispute in
            guard let invoice = try Invoice.find(transaction, named: dispute.invoiceID) else { return nil }
            return WaitingItem(
                kind: "invoice-dispute",
                id: invoice.number,
                title: invoice.subjectWords,
                detail: dispute.words.isEmpty ? InvoiceDispute.erasedWords : say("The member says: \(dispute.words)"),
                needs: .creditDues,
                since: dispute.raisedAt,
                memberID: invoice.memberID
            )
        }
    }
}

/// What disputes hold on people: who raised and ended them.
enum DisputePersonalData {
    // That a member disputed an invoice is the member's; whose name it bears, and their words, go with the person.
    static let disputes = PersonalDataSource("invoice-disputes") { transaction, person in
        let key = Value.text("person:\(person.id)")
        return .list(
            try transaction.query(
                """
                SELECT i.number, d.words, d.raised_at, d.ended_at, d.raised_by FROM invoice_dispute d
                    JOIN invoice i ON i.id = d.invoice_id
                WHERE d.raised_by = ? OR d.ended_by = ? ORDER BY d.raised_at, d.id
                """,
                [key, key]
            ) { row in
                let isTheirs = try row.text(4) == "person:\(person.id)"
                return [
                    "invoice": .text(try row.text(0)), "words": .optional(try isTheirs ? row.text(1) : nil),
                    "raised-at": .text(try row.text(2)), "ended-at": .optional(row.optionalText(3)),
                ]
            }
        )
    } erase: { transaction, person, _ in
        let key = "person:\(person.id)"
        let invoices = try transaction.query(
            "SELECT DISTINCT invoice_id FROM invoice_dispute WHERE raised_by = ?",
            [.text(key)]
        ) { try $0.text(0) }
        for invoice in invoices {
            let entries = try Journal.entries(transaction, of: .init(Invoice.subjectKind, invoice), limit: 10_000)
            for found in entries where found.entry.action == "invoice.disputed" && found.entry.actor == key {
                try Journal.erasePersonal(transaction, entry: found.entry.id)
            }
        }
        try transaction.execute("UPDATE invoice_dispute SET words = '' WHERE raised_by = ?", [.text(key)])
    }
}
