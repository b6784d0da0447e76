public import Access
public import Charter
public import Database
public import Decisions
public import Journal
public import Languages
public import Membership

/// What fees, invoices and accounts give to the rest of the program.
public enum DuesParts {
    /// What bodies decide here.
    public static func matters(_ services: DuesServices) -> [any MatterEffect] { [ReliefMatter(services: services)] }

    /// What waits for the secretariat, for the page Today.
    public static let waiting: [WaitingSource] = [
        WaitingRuns.source, WaitingLines.source, WaitingRelief.source, WaitingDisputes.source,
    ]

    /// What a member's people see of it in their room.
    public static let portal: [PortalSource] = [InvoicePortal.source, ReliefPortal.source]

    /// What they see where something is missing to tell the fee of the present year.
    public static func missing(_ charter: Charter) -> PortalSource { FeePortal.source(charter) }

    /// The right that reading of a subject of the journal needs, by its kind.
    public static let subjectReads: [String: Action] = [
        Invoice.subjectKind: .readDues, CreditNote.subjectKind: .readDues, DocumentProof.subjectKind: .readDues,
        DuesRun.subjectKind: .readDues, ReliefRequest.subjectKind: .readDues, Payment.subjectKind: .readPayments,
        BankLine.subjectKind: .readPayments, BankStatementRecord.subjectKind: .readPayments,
        PaymentSubjects.mapping: .readPayments, PaymentSubjects.rate: .readPayments,
    ]

    /// What an entry of the journal is about, in words; `nil` for what is another capability's.
    public static func subject(_ transaction: Transaction, _ subject: JournalEntry.Subject) throws -> Phrase? {
        switch subject.kind {
        case Invoice.subjectKind: try Invoice.find(transaction, named: subject.id)?.subjectWords
        case ReliefRequest.subjectKind: try ReliefRequest.find(transaction, named: subject.id)?.subjectWords
        case DuesRun.subjectKind: try DuesRun.find(transaction, id: subject.id)?.subjectWords
        case DocumentProof.subjectKind: try DocumentProof.find(transaction, number: subject.id)?.subjectWords
        default: try PaymentSubjects.words(transaction, kind: subject.kind, id: subject.id)
        }
    }
}
