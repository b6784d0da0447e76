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
    static let source = WaitingSource(
        kind: DuesRun.subjectKind,
        title: say("Invoices that could not be written"),
        reads: .readDues
    ) { try list($0) }

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

/// What a member's people see in their room: invoices that ask for something, by instalments where these were granted.
enum InvoicePortal {
    static let source = PortalSource(reads: .readMemberDues) { transaction, member, today in
        let day = Day(today) ?? .last
        return try OwedInvoice.all(transaction, on: day, member: member).flatMap { owed in
            owed.parts.map { part in
                PortalItem(
                    .due,
                    kind: Invoice.subjectKind,
                    id: owed.invoice.number,
                    title: say("Invoice \(owed.invoice.number): \(Money(minor: part.minor, owed.owed.currency))"),
                    detail: detail(owed.invoice, part.dueOn, on: day),
                    day: part.dueOn.description
                )
            }
        }
    }

    private static func detail(_ invoice: Invoice, _ dueOn: Day, on day: Day) -> Phrase {
        let due = dueOn < day ? say("It was due on \(dueOn).") : say("It is due on \(dueOn).")
        return invoice.isInvented ? .joined([due, say("It is made up as an example.")], by: " ") : due
    }
}
