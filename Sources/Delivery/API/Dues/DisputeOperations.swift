import Access
import Dues
import HTTPTypes
import Web

extension Operation {
    static let disputeInvoice = Operation(
        .post,
        "/invoices/{id}/disputes",
        id: "disputeInvoice",
        topic: .dues,
        summary: "Dispute an invoice",
        detail: """
            Records that a member says that an invoice is not right. As long as that is open, nobody is reminded of \
            it; what is owed stays owed.
            """,
        access: .token(.requestDues, .requestDues),
        unseen: DuesRefusal.noSuchInvoice,
        parameters: [InvoiceRecords.id, WriteHeaders.idempotencyKey],
        body: ObjectSchema(
            name: "NewDispute",
            isClosed: true,
            [.init(name: "words", schema: .text("What is not right.", .lines(1, 2000)), isRequired: true)]
        ),
        answers: [.made(Shapes.invoiceRecord, "The invoice as it is now; Location is its address.")]
    ) { call in
        let record = try InvoiceRecords.of(call)
        let id = try call.required(InvoiceRecords.id)
        let command = DisputeInvoice(id, words: call.body.text("words") ?? "")
        return try await call.make(command, at: { _ in "/invoices/\(id)" }, { _ in record })
    }

    static let endDispute = Operation(
        .post,
        "/invoices/{id}/disputes/end",
        id: "endDispute",
        topic: .dues,
        summary: "End a dispute",
        detail: """
            Ends what a member disputes with what came of it. What was wrong is put right beside it: by a credit note, \
            or a payment that is booked.
            """,
        access: .token(.writeDues, .creditDues),
        parameters: [InvoiceRecords.id, WriteHeaders.ifMatch, WriteHeaders.idempotencyKey],
        body: ObjectSchema(
            name: "DisputeEnd",
            isClosed: true,
            [.init(name: "outcome", schema: .text("What came of it.", .lines(1, 2000)), isRequired: true)]
        ),
        answers: [.one(Shapes.invoiceRecord, "The invoice as it is now.")]
    ) { call in
        let command = EndDispute(try call.required(InvoiceRecords.id), outcome: call.body.text("outcome") ?? "")
        return try await call.change(command, on: InvoiceRecords.of(call))
    }
}
