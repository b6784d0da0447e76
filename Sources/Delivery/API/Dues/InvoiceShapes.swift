import Charter
import Dues
import Languages

/// An invoice with where it stands.
struct InvoiceEntry: Sendable {
    let invoice: Invoice
    let balance: InvoiceBalance
    let parts: [Instalment]
    let state: InvoiceState

    init(_ line: InvoiceList.Line) {
        self.init(line.invoice, line.balance, line.parts, line.state)
    }

    init(_ record: InvoiceRecord) {
        self.init(record.invoice, record.balance, record.parts, record.state)
    }

    private init(_ invoice: Invoice, _ balance: InvoiceBalance, _ parts: [DueSchedule.Part], _ state: InvoiceState) {
        (self.invoice, self.balance, self.state) = (invoice, balance, state)
        let currency = invoice.amount.currency
        self.parts = parts.map { Instalment(dueOn: $0.dueOn, amount: Money(minor: $0.minor, currency)) }
    }
}

extension Shapes {
    static let invoice = Shape<InvoiceEntry>("Invoice", always: ["id", "number"], invoiceFields({ $0 }, []))

    static let invoiceRecord = Shape<InvoiceRecord>(
        "InvoiceRecord",
        always: ["id", "number"],
        invoiceFields(
            { InvoiceEntry($0) },
            [
                .optionalText("statement", "What the rule of its fee says, in the version that decided.") {
                    $0.rule?.statement.english
                },
                .objects("entries", "What stands on the account of it, the earliest first.", Shapes.accountEntry) {
                    $0.entries
                },
                .objects("credit_notes", "What took it back, whole or in part.", Shapes.creditNote) { $0.creditNotes },
                .object("payment", "How what is owed is paid.", Shapes.howToPay) { $0.payment },
                .objects("reminders", "Reminders that came due, the earliest first.", Shapes.reminder) {
                    $0.reminders
                },
                .objects("disputes", "What the member says is not right, the latest first.", Shapes.dispute) {
                    $0.disputes
                },
                .text("proof", "The code that stands on the document and proves it.") { $0.proof.code },
            ]
        )
    )

    static let creditNote = Shape<CreditNote>(
        "CreditNote",
        [
            .text("id", "Its id.") { $0.id },
            .text("number", "Its number, under which `getDuesDocument` has it.", example: "C2024-0001") { $0.number },
            .day("issued_on", "The day that it bears.") { $0.issuedOn.description },
            .money("amount", "What it takes back.") { $0.amount },
            .text("grounds", "Why.") { Phrase.record($0.grounds).english },
            .flag("is_invoiced_anew", "Whether the next run writes another invoice of the year.") {
                $0.isInvoicedAnew
            },
        ]
    )

    static let instalment = Shape<Instalment>(
        "Instalment",
        [
            .day("due_on", "The day by which it is paid.") { $0.dueOn.description },
            .money("amount", "How much.") { $0.amount },
        ]
    )

    static let reminder = Shape<SentReminder>(
        "Reminder",
        [
            .day("due_on", "The due day that it is about.") { $0.dueOn.description },
            .integer("step", "Days from that day, by the charter's schedule.") { $0.step },
            .flag("is_sent", "False for one that a later one overtook, so that no letter was written.") { $0.isSent },
            .instant("noted_at", "When it was noted.") { $0.notedAt },
        ]
    )

    static let dispute = Shape<InvoiceDispute>(
        "Dispute",
        [
            .text("id", "Its id.") { $0.id },
            .text("words", "What is not right, as the member puts it; empty once whoever wrote it was erased.") {
                $0.words
            },
            .text("raised_by", "By whom: `person:`, `token:` and an id, or the name of a program.") { $0.raisedBy },
            .instant("raised_at", "When.") { $0.raisedAt },
            .optionalText("outcome", "What came of it; null while it is open.") { dispute in
                dispute.outcome.map { Phrase.record($0).english }
            },
            .optionalInstant("ended_at", "When it ended.") { $0.endedAt },
        ]
    )

    static let howToPay = Shape<HowToPay>(
        "HowToPay",
        [
            .optionalText("holder", "Whose account it is; null where the charter names none.") { $0.bank?.holder },
            .optionalText("iban", "The account.") { $0.bank?.iban },
            .optionalText("bic", "Its bank, ISO 9362.") { $0.bank?.bic },
            .flag("is_invented", "Whether the account is made up, so that no money can be sent to it.") {
                $0.bank?.isInvented ?? false
            },
            .text("reference", "The reference to give, of ISO 11649.") { $0.reference },
            .text("sentence", "The same in sentences.") { $0.words.english },
            .optionalText("code", "The text of a QR code that fills in the transfer, where there can be one.") {
                $0.code
            },
        ]
    )

    /// What is told of every invoice, and `more`.
    private static func invoiceFields<Value: Sendable>(
        _ of: @escaping @Sendable (Value) -> InvoiceEntry,
        _ more: [Field<Value>]
    ) -> [Field<Value>] {
        let states = InvoiceState.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
        let fields: [Field<Value>] = [
            .text("id", "The invoice's id.") { of($0).invoice.id },
            .text("number", "Its number.", example: "2024-0001") { of($0).invoice.number },
            .integer("year", "The year of the fee.") { of($0).invoice.year },
            .text("member", "The member's key.") { of($0).invoice.memberKey },
            .text("member_name", "The member's name when it was issued.") { of($0).invoice.memberName },
            .text("run", "The id of the run that wrote it.") { of($0).invoice.runID },
            .day("issued_on", "The day that it bears.") { of($0).invoice.issuedOn.description },
            .day("due_on", "When it is due, where no instalments were granted.") { of($0).invoice.dueOn.description },
            .money("fee", "The fee of the whole year.") { of($0).invoice.fee },
            .money("amount", "What was asked when it was issued, before relief.") { of($0).invoice.amount },
            .money("relief", "What relief lowered it by then.") { of($0).invoice.relief },
            .money("asked", "What it asks for, less what a credit note or relief took off.") { of($0).balance.asked },
            .money("owed", "What of it is left to pay; below zero where more was paid.") { of($0).balance.owed },
            .text("state", "One of \(states).") { of($0).state.rawValue },
            .objects("instalments", "What of it is or was to be paid when; none where nothing is.", Shapes.instalment) {
                of($0).parts
            },
            .text("language", "The language in which it is written.") { of($0).invoice.language },
            .text("reference", "The reference of ISO 11649 by which a payment is known.") { of($0).invoice.reference },
            .text("explanation", "How the amount came about.") { of($0).invoice.explanation.english },
            .text("rule", "The id of the charter's rule.") { of($0).invoice.rule },
            .day("version", "The day from which the version of the charter holds that decided.") {
                of($0).invoice.charterDay.description
            },
            .flag("is_invented", "Whether it rests on something made up.") { of($0).invoice.isInvented },
            .instant("issued_at", "When it was written.") { of($0).invoice.issuedAt },
        ]
        return fields + more
    }
}
