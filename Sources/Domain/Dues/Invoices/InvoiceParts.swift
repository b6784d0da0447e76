import Access
import Charter
import Database
import Languages
import Membership

extension Invoice {
    /// "Visby: invoice 2024-0001".
    var subjectWords: Phrase { say("\(memberName): invoice \(number)") }
}

extension DuesRun {
    var subjectWords: Phrase { say("Invoices of \(plain: year)") }
}

extension DocumentProof {
    /// As the journal calls receipts and certificates; their ids are their numbers.
    static let subjectKind = "dues-document"

    /// "Visby: Receipt R2024-0001".
    var subjectWords: Phrase { say("\(memberName): \(kind.words) \(number)") }
}

/// Runs that left members without an invoice, as long as they have none, for the page Today.
enum WaitingRuns {
    static let source = WaitingSource(kind: DuesRun.subjectKind, title: say("Invoices that could not be written")) {
        try list($0)
    }

    // Of each year the last run tells: what an earlier one left was tried again by it.
    private static func list(_ transaction: Transaction) throws -> [WaitingItem] {
        var years: Set<Int> = []
        return try DuesRun.all(transaction, limit: 50).compactMap { run in
            guard let finishedAt = run.finishedAt, years.insert(run.year).inserted, let first = run.problems.first
            else { return nil }
            let count = run.problems.count
            return WaitingItem(
                kind: DuesRun.subjectKind,
                id: run.id,
                title: say(
                    count,
                    one: "\(count) invoice of \(plain: run.year) could not be written",
                    other: "\(count) invoices of \(plain: run.year) could not be written"
                ),
                detail: say("\(first.memberKey): \(first.words)"),
                needs: .issueDues,
                since: finishedAt
            )
        }
    }
}

/// What a member's people see in their room: invoices that ask for something.
enum InvoicePortal {
    static let source = PortalSource { transaction, member, today in
        let day = Day(today) ?? .last
        return try OwedInvoice.all(transaction, on: day, member: member).map { owed in
            PortalItem(
                .due,
                kind: Invoice.subjectKind,
                id: owed.invoice.number,
                title: say("Invoice \(owed.invoice.number): \(owed.owed)"),
                detail: owed.balance.state(dueOn: owed.invoice.dueOn, on: day) == .overdue
                    ? say("It was due on \(owed.invoice.dueOn).") : say("It is due on \(owed.invoice.dueOn)."),
                day: owed.invoice.dueOn.description
            )
        }
    }
}
