import Access
import Charter
import Dues
import HTML
import Hummingbird
import Languages
import Web

extension Site {
    /// What the secretariat does with an invoice.
    static func addInvoiceChanges(to rooms: RoomRoutes) {
        rooms.post(ConsoleDues.invoice(":id", InvoiceForms.Name.credit.name), .may(.creditDues)) { room in
            let (id, form) = (try room.parameter("id"), InvoiceForms.Name.credit)
            return try await room.trying(form) {
                let note = try await room.run(
                    CreditInvoice(
                        id,
                        amount: room.form[form.field("amount")],
                        grounds: form.sent("grounds", in: room.form),
                        isInvoicedAnew: room.form.has(form.field("anew"))
                    )
                )
                return room.redirect(
                    to: ConsoleDues.invoice(id),
                    notice: say("Credit note \(note.number) is written: \(note.amount) less is asked for.")
                )
            } again: {
                try await invoicePage(room, $0)
            }
        }
        rooms.post(ConsoleDues.invoice(":id", InvoiceForms.Name.use.name), .may(.recordPayments)) { room in
            let (id, form) = (try room.parameter("id"), InvoiceForms.Name.use)
            return try await room.trying(form) {
                let command = UseCredit(
                    invoice: id,
                    currency: room.form[form.field("currency")],
                    amount: room.form[form.field("amount")]
                )
                let used = try await room.run(command)
                let notice = say("The credit balance is used for the invoice.")
                return room.redirect(to: ConsoleDues.payment(used), notice: notice)
            } again: {
                try await invoicePage(room, $0)
            }
        }
        rooms.post(ConsoleDues.invoice(":id", InvoiceForms.Name.settle.name), .may(.creditDues)) { room in
            let (id, form) = (try room.parameter("id"), InvoiceForms.Name.settle)
            return try await room.trying(form) {
                try await room.run(EndDispute(id, outcome: form.sent("outcome", in: room.form)))
                return room.redirect(to: ConsoleDues.invoice(id), notice: say("The dispute is ended."))
            } again: {
                try await invoicePage(room, $0)
            }
        }
    }
}

/// What can be done with an invoice. Each form is one of `Name`.
struct InvoiceForms {
    enum Name {
        static let credit = NamedForm("credit")
        static let use = NamedForm("use-credit")
        static let settle = NamedForm("end-dispute")
    }

    let h: HTMLWriter
    let room: Room
    let found: ConsoleInvoice
    let trouble: FormSetback

    private var invoice: Invoice { found.invoice }
    private var balance: InvoiceBalance { found.record.balance }
    private var canCredit: Bool { room.may(.creditDues) && balance.asked.isPositive }
    private var canUse: Bool { room.may(.recordPayments) && balance.owed.isPositive && !found.credit.isEmpty }
    private var canPay: Bool { room.may(.recordPayments) && balance.owed.isPositive }
    private var canSettle: Bool { room.may(.creditDues) && found.record.isDisputed }
    private var receipts: [String] { room.may(.readPayments) && room.may(.certifyDues) ? found.payments : [] }

    func write() {
        guard canCredit || canUse || canPay || canSettle || !receipts.isEmpty else { return }
        h.section(.aria(.labelledby, "next")) {
            h.h2(.id("next"), text: say("What to do next"))
            if canPay {
                h.p {
                    h.a(
                        .href("\(ConsoleDues.newPayment)?invoice=\(queryEscaped(invoice.number))"),
                        text: say("Enter a payment of it")
                    )
                }
            }
            if canSettle { settleForm() }
            if canUse { useForm() }
            if !receipts.isEmpty { receiptForms() }
            if canCredit { creditForm() }
        }
    }

    private func isSent(_ form: NamedForm) -> Bool {
        room.form.fields.contains { $0.name.hasPrefix(form.field("")) }
    }

    private func settleForm() {
        let form = Name.settle
        h.details(.class("more-forms"), .open()) {
            h.summary(say("End the dispute"))
            room.form(h, ConsoleDues.invoice(invoice.number, form.name)) {
                h.textArea(
                    form.field("outcome"),
                    label: say("What came of it"),
                    value: form.sent("outcome", in: room.form),
                    rows: 3,
                    help: say("The member reads it. This changes no amount: write a credit note first if one is due."),
                    problems: trouble.problems,
                    .maxlength(2000)
                )
                h.div(.class("form-end")) { h.button(.class("button"), .type(.submit), text: say("End the dispute")) }
            }
        }
    }

    private func useForm() {
        let form = Name.use
        h.details(.class("more-forms"), .when(isSent(form), .open())) {
            h.summary(say("Use the member's credit balance for it"))
            room.form(h, ConsoleDues.invoice(invoice.number, form.name)) {
                h.p(.class("quiet"), text: say("The member has a credit balance of \(amountWords(found.credit))."))
                h.choice(
                    form.field("currency"),
                    label: say("Currency"),
                    value: room.form[form.field("currency")],
                    options: found.credit.map { (value: $0.currency.code, text: $0.currency.code) },
                    problems: trouble.problems
                )
                h.textField(
                    form.field("amount"),
                    label: say("Amount"),
                    value: room.form[form.field("amount")],
                    help: say("Empty: as much as there is, up to what the invoice asks for."),
                    problems: trouble.problems,
                    .inputmode(.decimal)
                )
                h.div(.class("form-end")) {
                    h.button(.class("button"), .type(.submit), text: say("Use the credit balance"))
                }
            }
        }
    }

    /// One for each payment, in the member's language.
    private func receiptForms() {
        h.h3(say("Receipts"))
        h.ul(.class("rows plain-rows")) {
            for payment in receipts {
                h.li(.data("row")) {
                    h.div {
                        h.a(.href(ConsoleDues.payment(payment)), text: paymentWords(payment))
                    }
                    h.div {
                        room.form(h, ConsoleDues.payment(payment, "receipt"), .class("plain")) {
                            h.hiddenField("member", invoice.memberKey)
                            h.button(.class("link-button"), .type(.submit)) {
                                h.text(say("Write a receipt"))
                                h.span(.class("hidden-text"), text: .verbatim(": ") + paymentWords(payment))
                            }
                        }
                    }
                }
            }
        }
    }

    private func paymentWords(_ id: String) -> Phrase {
        let entry = found.record.entries.first { $0.paymentID == id && $0.kind == .payment }
        return entry.map { say("\($0.words), \($0.day)", context: "an entry of an account and its day") } ?? .empty
    }

    private func creditForm() {
        let form = Name.credit
        h.details(.class("more-forms"), .when(isSent(form), .open())) {
            h.summary(say("Write a credit note"))
            room.form(h, ConsoleDues.invoice(invoice.number, form.name)) {
                h.textField(
                    form.field("amount"),
                    label: say("Amount in \(balance.asked.currency.code)"),
                    value: room.form[form.field("amount")],
                    help: say("Empty: all that it asks for, \(balance.asked)."),
                    problems: trouble.problems,
                    .inputmode(.decimal)
                )
                h.textArea(
                    form.field("grounds"),
                    label: say("Grounds"),
                    value: form.sent("grounds", in: room.form),
                    rows: 3,
                    help: say("They stand on the credit note, which the member reads."),
                    problems: trouble.problems,
                    .maxlength(1000)
                )
                h.checkBox(
                    form.field("anew"),
                    label: say("The next run writes another invoice of the year, by what is known then"),
                    isChecked: room.form.has(form.field("anew"))
                )
                h.div(.class("form-end")) {
                    let words = say("Write a credit note for invoice \(invoice.number)")
                    h.button(.class("button danger"), .type(.submit), text: words)
                }
            }
        }
    }
}
