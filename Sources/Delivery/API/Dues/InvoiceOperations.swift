import Access
import Charter
import Database
import Dues
import HTTPTypes
import Languages
import Web

/// An invoice as it is read and changed.
enum InvoiceRecords {
    static let id = Parameter.text(
        "id",
        in: .path,
        "The invoice's id, its number, or its reference.",
        .opaque(1, 64),
        isRequired: true
    )

    static func of(_ call: Call) throws -> Record<InvoiceByID, InvoiceRecord> {
        let id = try call.required(id)
        return Record("invoice \(id)", Shapes.invoiceRecord, InvoiceByID(id, charter: call.context.charter))
    }
}

extension Operation {
    static let listInvoices: Operation = {
        let year = Parameter.integer("year", "Invoices of this year.", 1900...2199)
        let state = Parameter<[String]>.states(
            "Invoices in these states, with commas between; all without it.",
            InvoiceState.allCases.map(\.rawValue)
        )
        let member = Parameter.text("member", "Invoices of the member with this key.", .key())
        let asOf = Parameter<Day>.day("as_of", "As they stood at the end of this day; of today without it.")
        return pages(
            "/invoices",
            id: "listInvoices",
            topic: .dues,
            summary: "List invoices",
            detail: "Invoices with where they stand at the end of a day, the latest year and number first.",
            of: Shapes.invoice,
            named: "InvoicePage",
            access: .token(.readDues, .readDues),
            parameters: [year, state, member, asOf],
            size: InvoiceList.pageSize
        ) { call, page in
            let states = try call.value(state)?.compactMap(InvoiceState.init(rawValue:)) ?? []
            let question = InvoiceList(
                year: try call.value(year),
                states: Set(states),
                member: try call.value(member),
                on: try call.value(asOf),
                page: page
            )
            let found = try await call.ask(question)
            return Rows(
                rows: found.lines.map { InvoiceEntry($0) },
                total: found.totals.reduce(0) { $0 + $1.invoices }
            )
        }
    }()

    static let getInvoice = one(
        "/invoices/{id}",
        id: "getInvoice",
        topic: .dues,
        summary: "Read an invoice",
        detail: "One invoice with all that became of it, and how it is paid.",
        of: Shapes.invoiceRecord,
        access: .token(.readDues, .readMemberDues),
        unseen: DuesRefusal.noSuchInvoice,
        parameters: [InvoiceRecords.id]
    ) { try InvoiceRecords.of($0) }

    /// A document about dues on paper.
    static let getDuesDocument: Operation = {
        let pdf = ContentType("application/pdf", isCompressible: false)
        let number = Parameter.text(
            "id",
            in: .path,
            "The number of an invoice, a credit note, a receipt or a certificate.",
            .opaque(1, 64),
            isRequired: true
        )
        return Operation(
            .get,
            "/dues-documents/{id}",
            id: "getDuesDocument",
            topic: .dues,
            summary: "Get a document about dues",
            detail: "What was issued under a number, as PDF in the member's language, with the code that proves it.",
            access: .token(.readDues, .readMemberDues),
            unseen: DuesRefusal.noSuchDocument,
            parameters: [number],
            answers: [
                AnswerDescription(.ok, "The document.", nil, files: [pdf.value], headers: [.entityTag]),
                // No PDF can be made on this installation.
                .problem(.conflict),
            ]
        ) { call in
            let wanted = try call.required(number)
            let document = try await call.ask(DocumentByNumber(wanted, services: call.context.dues))
            // Of what it says: the file bears the instant at which it was made.
            let tag = StateTag.make(document.page, of: "document \(wanted)")
            return Answer(
                // Whoever has it already is answered without it, so it is not made.
                try await Page.isKnown(tag, to: call.request) ? [] : call.pdf(of: document),
                contentType: pdf,
                entityTag: tag,
                headers: [.contentDisposition: contentDisposition("\(document.name).pdf")]
            )
        }
    }()

    static let creditInvoice = Operation(
        .post,
        "/invoices/{id}/credit-notes",
        id: "creditInvoice",
        topic: .dues,
        summary: "Issue a credit note",
        detail: """
            Takes an invoice back, whole or in part, by a credit note with a number of its own. The invoice stays as \
            it is; one that is taken back whole can be written anew by the next run.
            """,
        access: .token(.writeDues, .creditDues),
        parameters: [InvoiceRecords.id, WriteHeaders.idempotencyKey],
        body: ObjectSchema(
            name: "NewCreditNote",
            isClosed: true,
            [
                .init(
                    name: "amount",
                    schema: .money("In the invoice's currency; all that it asks for without it."),
                    isRequired: false
                ),
                .init(
                    name: "is_invoiced_anew",
                    schema: .flag("Whether the next run writes another invoice of the year."),
                    isRequired: false
                ),
                .grounds,
            ]
        ),
        answers: [.made(Shapes.invoiceRecord, "The invoice as it is now; Location is the address of the credit note.")]
    ) { call in
        let (record, id) = (try InvoiceRecords.of(call), try call.required(InvoiceRecords.id))
        let command = CreditInvoice(
            id,
            amount: try await call.amount(onInvoice: id),
            grounds: call.body.text("grounds") ?? "",
            isInvoicedAnew: call.body.flag("is_invoiced_anew") ?? false
        )
        return try await call.run(command, tag: nil) { transaction, outcome in
            try record.kept(
                transaction,
                call,
                status: 201,
                location: "\(API.path)/dues-documents/\(outcome.number)"
            )
        }
    }

    /// What a member paid beyond its invoices, used for one of them.
    static let useCredit = Operation(
        .post,
        "/invoices/{id}/credit-uses",
        id: "useCredit",
        topic: .payments,
        summary: "Use a credit balance",
        detail: """
            Uses a member's credit balance for one of its invoices: as much as there is or the invoice asks for, \
            or the amount that is sent. `undoPayment` takes that back.
            """,
        access: .token(.writePayments, .recordPayments),
        parameters: [InvoiceRecords.id, WriteHeaders.idempotencyKey],
        body: ObjectSchema(
            name: "CreditUse",
            isClosed: true,
            [
                .init(
                    name: "amount",
                    schema: .money("How much; as much as there is or the invoice asks for without it."),
                    isRequired: false
                )
            ]
        ),
        answers: [.made(Shapes.paymentRecord, "The use of the credit balance; Location is its address.")]
    ) { call in
        let amount = try call.body.money("amount")
        let command = UseCredit(
            invoice: try call.required(InvoiceRecords.id),
            currency: amount?.currency.code ?? "",
            amount: amount?.plain ?? ""
        )
        return try await call.make(command, at: { "/payments/\($0)" }, { PaymentRecords.of($0) })
    }
}

extension Call {
    /// Throws `DuesRefusal.noPDF`, and 503 where too many are being made.
    fileprivate func pdf(of document: DuesDocument) async throws -> [UInt8] {
        do throws(DuesRefusal) { return try await document.pdf(context.dues.pdf) } catch {
            guard let seconds = error.secondsToWait else { throw error }
            throw RequestProblem(
                .serviceUnavailable,
                code: error.code,
                title: say("Not available just now"),
                detail: error.sentence,
                headers: [.retryAfter: String(seconds)]
            )
        }
    }

    /// The amount that was sent, as the digits of an invoice's currency; empty where none was. Throws `InvalidInput`
    /// for one in another currency.
    fileprivate func amount(onInvoice id: String) async throws -> String {
        guard let amount = try body.money("amount") else { return "" }
        let currency = try await context.database.read { try Invoice.find($0, named: id)?.amount.currency }
        // Where there is no such invoice, the command says so.
        if let currency, currency != amount.currency { throw InvalidInput("amount", .otherCurrency(currency)) }
        return amount.plain
    }
}

extension Phrase {
    /// Of an amount that was sent in another currency than is asked for.
    static func otherCurrency(_ wanted: Currency) -> Phrase {
        say("This is asked for in \(wanted.code). Give the amount in it.")
    }
}
