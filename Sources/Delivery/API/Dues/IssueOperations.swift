import Access
import Charter
import Dues
import HTTPTypes
import Web

extension Shapes {
    static let issuedDocument = Shape<DocumentProof>(
        "IssuedDocument",
        [
            .text("kind", "`receipt` or `certificate`.") { $0.kind.rawValue },
            .text("number", "Its number, under which `getDuesDocument` has it.", example: "R2024-0001") { $0.number },
            .day("day", "The day that it bears.") { $0.day.description },
            .money("amount", "The amount that stands on it.") { $0.amount },
            .flag("is_invented", "Whether it rests on something made up.") { $0.isInvented },
            .instant("issued_at", "When it was issued.") { $0.issuedAt },
            .text("proof", "The code that stands on it and proves it.") { $0.code },
        ]
    )
}

extension Operation {
    static let issueReceipt = Operation(
        .post,
        "/members/{key}/receipts",
        id: "issueReceipt",
        topic: .dues,
        summary: "Issue a receipt",
        detail: """
            Gives a member a receipt for what it has of a payment, with a number of its own. Asked for again, it is \
            the same one, as long as nothing of what it says has changed.
            """,
        access: .token(.writeDues, .certifyDues),
        parameters: [MemberKey.parameter, WriteHeaders.idempotencyKey],
        body: ObjectSchema(
            name: "NewReceipt",
            isClosed: true,
            [.init(name: "payment", schema: .text("The payment's id.", .key()), isRequired: true)]
        ),
        answers: [.issuedDocument("The receipt; Location is the address of the PDF.")]
    ) { call in
        let key = try call.required(MemberKey.parameter)
        return try await call.issue(IssueReceipt(payment: call.body.text("payment") ?? "", memberKey: key))
    }

    static let issueCertificate = Operation(
        .post,
        "/members/{key}/certificates",
        id: "issueCertificate",
        topic: .dues,
        summary: "Issue a certificate of dues",
        detail: """
            Certifies that a member owes nothing of its dues of a year. Asked for again, it is the same certificate, \
            as long as nothing of what it says has changed.
            """,
        access: .token(.writeDues, .certifyDues),
        parameters: [MemberKey.parameter, WriteHeaders.idempotencyKey],
        body: ObjectSchema(
            name: "NewCertificate",
            isClosed: true,
            [.init(name: "year", schema: .integer("The year of the dues.", 1900...2199), isRequired: true)]
        ),
        answers: [.issuedDocument("The certificate; Location is the address of the PDF.")]
    ) { call in
        let key = try call.required(MemberKey.parameter)
        return try await call.issue(IssueCertificate(memberKey: key, year: call.body.integer("year") ?? 0))
    }
}

extension AnswerDescription {
    fileprivate static func issuedDocument(_ detail: String) -> AnswerDescription {
        AnswerDescription(.created, detail, Shapes.issuedDocument.schema(detail), headers: [.location])
    }
}

extension Call {
    fileprivate func issue<C: Command>(_ command: C) async throws -> Answer where C.Outcome == DocumentProof {
        try await run(command, tag: nil) { _, document in
            KeptAnswer(
                status: 201,
                body: Shapes.issuedDocument.writer.bytes(document),
                location: "\(API.path)/dues-documents/\(document.number)"
            )
        }
    }
}
