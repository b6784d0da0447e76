import Access
import Charter
import Dues
import HTML
import HTTPTypes
import Hummingbird
import Languages
import Web

/// A payment that is entered by hand.
private struct PaymentEntry: Sendable {
    var draft: PaymentDraft
    var rows: ShareRows

    /// As the form was sent.
    init(_ form: FormValues) {
        rows = ShareRows(form)
        draft = PaymentDraft(
            receivedOn: form["received_on"],
            currency: form["currency"],
            amount: form["amount"],
            payer: form.exact("payer"),
            text: form.exact("text"),
            method: form["method"],
            isInvented: form.has("invented"),
            shares: rows.filled
        )
    }

    /// As it is opened: for an invoice, or for a member, where the address names one.
    static func opened(_ room: Room) async throws -> PaymentEntry {
        let query = try room.query()
        var draft = PaymentDraft(receivedOn: room.today.description, currency: room.feeCurrency)
        var rows: [ShareDraft] = []
        if let number = try query.string("invoice") {
            let record = try await room.ask(InvoiceByID(number, charter: room.site.charter))
            let owed = record.balance.owed
            draft.currency = owed.currency.code
            if owed.isPositive { draft.amount = owed.plain }
            draft.payer = record.invoice.memberName
            rows = [ShareDraft(member: record.invoice.memberKey, invoice: record.invoice.number)]
        } else if let member = try query.string("member") {
            rows = [ShareDraft(member: member)]
        }
        return PaymentEntry(draft, ShareRows(rows))
    }

    private init(_ draft: PaymentDraft, _ rows: ShareRows) { (self.draft, self.rows) = (draft, rows) }
}

extension Room {
    /// The currency of the charter's fees today; empty where it has none.
    var feeCurrency: String {
        site.charter.version(on: today)?.feeSchedules.first?.currency ?? ""
    }
}

extension Site {
    /// A payment entered by hand: cash, a cheque, or a transfer before the bank's statement comes.
    static func addPaymentEntry(to rooms: RoomRoutes) {
        rooms.get(ConsoleDues.newPayment, .may(.recordPayments)) { room in
            entryPage(room, try await PaymentEntry.opened(room), .none)
        }
        rooms.post(ConsoleDues.newPayment, .may(.recordPayments)) { room in
            let entry = PaymentEntry(room.form)
            if ShareRows.asksForMore(room.form) { return entryPage(room, entry, .none) }
            return try await room.trying {
                let isAnother = room.form.has("is_another")
                let command = EnterPayment(entry.draft, isAnother: isAnother, charter: room.site.charter)
                let id = try await room.run(command)
                return room.redirect(to: ConsoleDues.payment(id), notice: say("The payment is recorded."))
            } again: {
                entryPage(room, entry, $0)
            }
        }
    }
}

private func entryPage(_ room: Room, _ entry: PaymentEntry, _ trouble: FormSetback) -> Response {
    let draft = entry.draft
    return room.page(DuesTab.payments.page(say("Enter a payment")), status: trouble.status) { h in
        h.p(
            .class("lede"),
            text: say(
                "Cash, a cheque, or a transfer before the bank's statement comes: when it does, it is matched and not "
                    + "booked twice."
            )
        )
        h.trouble(trouble)
        room.form(h, ConsoleDues.newPayment) {
            money(h, room, draft, trouble.problems)
            h.textField("payer", label: say("Payer"), value: draft.payer, problems: trouble.problems, .maxlength(200))
            h.textArea(
                "text",
                label: say("In the payer's words"),
                value: draft.text,
                rows: 2,
                help: say("What the payer wrote, or what else is to be known of it."),
                problems: trouble.problems,
                .maxlength(1000)
            )
            entry.rows.write(h, trouble.problems)
            if trouble.problems.message("is_another") != nil || room.form.has("is_another") {
                h.confirmation(
                    "is_another",
                    label: say("This is another payment than the one on record"),
                    isChecked: room.form.has("is_another"),
                    problems: trouble.problems
                )
            }
            h.div(.class("field")) {
                h.checkBox(
                    "invented",
                    label: say("It is made up, as an example: it says so wherever it is read"),
                    isChecked: draft.isInvented
                )
            }
            h.div(.class("form-end")) {
                h.button(.class("button primary"), .type(.submit), text: say("Record the payment"))
                entry.rows.moreButton(h)
                h.a(.class("button"), .href(ConsoleDues.payments), text: say("Cancel"))
            }
        }
    }
}

private func money(_ h: HTMLWriter, _ room: Room, _ draft: PaymentDraft, _ problems: FormProblems) {
    h.div(.class("field-pair")) {
        h.textField(
            "received_on",
            label: say("Received on", context: "a payment"),
            value: draft.receivedOn,
            type: .date,
            problems: problems,
            .max(room.today.description)
        )
        h.choice(
            "method",
            label: say("How it came"),
            value: draft.method,
            options: Payment.Method.allCases.map { (value: $0.rawValue, text: $0.words) },
            problems: problems
        )
    }
    h.div(.class("field-pair")) {
        h.textField(
            "amount",
            label: say("Amount"),
            value: draft.amount,
            help: say("Digits with a point before decimals."),
            problems: problems,
            .inputmode(.decimal),
            .autocomplete("off")
        )
        h.currencyField("currency", draft.currency, problems)
    }
}

extension HTMLWriter {
    /// The three letters of a currency.
    func currencyField(_ name: String, _ value: String, _ problems: FormProblems, label: Phrase = say("Currency")) {
        textField(
            name,
            label: label,
            value: value,
            help: say("The three letters of ISO 4217."),
            problems: problems,
            .maxlength(3),
            .autocomplete("off"),
            .spellcheck(false)
        )
    }
}
