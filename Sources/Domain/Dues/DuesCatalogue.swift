public import Access

/// Every command and question of this capability, for the test that walks all of them with every role.
public enum DuesCatalogue {
    public static let all: [ServiceDescription] =
        FeeCatalogue.all + invoices + documents + PaymentCatalogue.all + ReliefCatalogue.all + ReminderCatalogue.all

    private static let invoices: [ServiceDescription] = [
        .command(CreditInvoice.self), .command(StartDuesRun.self),
        .question(AccountOfMember.self), .question(DuesRuns.self), .question(InvoiceByID.self),
        .question(InvoiceList.self), .question(InvoicesOfYear.self), .question(PlanDues.self),
    ]

    private static let documents: [ServiceDescription] = [
        .command(IssueCertificate.self), .command(IssueReceipt.self), .question(DocumentByNumber.self),
    ]
}
