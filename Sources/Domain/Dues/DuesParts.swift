public import Access
public import Database
public import Journal
public import Languages
public import Membership

/// What fees, invoices and accounts give to the rest of the program.
public enum DuesParts {
    /// What waits for the secretariat, for the page Today.
    public static let waiting: [WaitingSource] = [WaitingRuns.source, WaitingLines.source]

    /// What a member's people see of it in their room.
    public static let portal: [PortalSource] = [InvoicePortal.source]

    /// What an entry of the journal is about, in words; `nil` for what is another capability's.
    public static func subject(_ transaction: Transaction, _ subject: JournalEntry.Subject) throws -> Phrase? {
        switch subject.kind {
        case Invoice.subjectKind: try Invoice.find(transaction, named: subject.id)?.subjectWords
        case DuesRun.subjectKind: try DuesRun.find(transaction, id: subject.id)?.subjectWords
        case DocumentProof.subjectKind: try DocumentProof.find(transaction, number: subject.id)?.subjectWords
        default: try PaymentSubjects.words(transaction, kind: subject.kind, id: subject.id)
        }
    }
}
