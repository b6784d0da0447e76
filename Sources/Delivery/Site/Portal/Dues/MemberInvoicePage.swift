import Access
import Charter
import Dues
import HTML
import HTTPTypes
import Hummingbird
import Languages
import Web

/// One invoice of the member: what it asks for and why, how it is paid, and what became of it.
///
/// - Parameter problems: what is wrong with what was typed against it.
func memberInvoicePage(_ room: Room, _ record: InvoiceRecord, _ problems: FormProblems) throws -> Response {
    let invoice = record.invoice
    let key = try room.itsMember.key
    let status: HTTPResponse.Status = problems.isEmpty ? .ok : .unprocessableContent
    return try room.portalPage(say("Invoice \(invoice.number)"), .dues, isBelow: true, status: status) { h in
        h.problems(problems)
        if invoice.isInvented {
            h.div(.class("notice caution"), .role(.note)) {
                h.p(say("This invoice is an example: it rests on what is made up, and nothing is owed by it."))
            }
        }
        invoiceFacts(h, record)
        h.p { h.ownDocumentLinks(key, invoice.number, say("Invoice \(invoice.number)")) }
        if record.balance.owed.isPositive { paying(h, record) }
        reasons(h, record)
        entries(h, key, record)
        disputes(h, room, record, problems)
    }
}

private func invoiceFacts(_ h: HTMLWriter, _ record: InvoiceRecord) {
    let invoice = record.invoice
    h.dl(.class("facts wide")) {
        h.fact(say("Dues of the year")) { h.text(String(invoice.year)) }
        h.fact(say("State")) { h.invoiceStanding(record.state) }
        h.fact(say("Asked for")) {
            h.text(record.balance.asked.words)
            if record.balance.asked != invoice.amount {
                h.span(.class("also"), text: say("\(invoice.amount) when it was issued"))
            }
        }
        h.fact(say("Still to pay")) { h.b(record.balance.owed.words) }
        h.fact(say("Issued to")) { h.text(invoice.memberName) }
        h.fact(say("Day of issue")) { h.when(DayRange(invoice.issuedOn)) }
        h.fact(say("Due on")) { h.when(DayRange(invoice.dueOn)) }
        h.fact(say("Code of the document")) {
            h.a(.href(DuesLetters.Path.proof(record.proof.code))) { h.code(record.proof.groupedCode) }
            h.span(.class("also"), text: say("Anybody who has it can see there that the invoice is genuine."))
        }
    }
}

private func paying(_ h: HTMLWriter, _ record: InvoiceRecord) {
    h.section(.aria(.labelledby, "pay")) {
        h.h2(.id("pay"), text: say("How to pay"))
        h.whenToPay(record.parts, record.invoice.amount.currency, on: record.day)
        h.howToPay(record.payment, owed: record.balance.owed)
    }
}

private func reasons(_ h: HTMLWriter, _ record: InvoiceRecord) {
    h.section(.aria(.labelledby, "why")) {
        h.h2(.id("why"), text: say("How the amount came about"))
        h.p { h.ruled(record.invoice.explanation) }
        if let rule = record.rule {
            h.dl(.class("facts wide")) {
                h.fact(say("Rule")) {
                    h.rule(rule)
                    h.span(.class("also")) { h.code(rule.id) }
                }
            }
        }
    }
}

private func entries(_ h: HTMLWriter, _ key: String, _ record: InvoiceRecord) {
    h.section(.aria(.labelledby, "entries")) {
        h.h2(.id("entries"), text: say("What became of it"))
        h.ownEntries(
            record.entries.map { (entry: $0, balance: Money?.none) },
            caption: say("Entries of invoice \(record.invoice.number)")
        )
        for note in record.creditNotes {
            h.p {
                h.text(say("Credit note \(note.number) of \(note.issuedOn): \(note.amount)"))
                h.ownDocumentLinks(key, note.number, say("Credit note \(note.number)"))
            }
        }
        h.p { h.a(.href(MemberDuesPlace.account(key)), text: say("The whole account")) }
    }
}

/// What the member said against it, and the form to say it.
private func disputes(_ h: HTMLWriter, _ room: Room, _ record: InvoiceRecord, _ problems: FormProblems) {
    let isOpen = record.disputes.contains(where: \.isOpen)
    let mayDispute =
        record.balance.owed.isPositive && !isOpen
        && room.may(.requestDues, at: .member(record.invoice.memberID))
    guard mayDispute || !record.disputes.isEmpty else { return }
    h.section(.aria(.labelledby, "disputes")) {
        h.h2(.id("disputes"), text: say("If it is not right"))
        for dispute in record.disputes {
            let words = dispute.words.isEmpty ? InvoiceDispute.erasedWords : .verbatim(dispute.words)
            h.p(.class("kept-lines"), text: words)
            h.p(.class("quiet")) {
                if let outcome = dispute.outcome {
                    h.sentence(say("What came of it: \(part: 0)"), { h.text(outcome) })
                } else {
                    h.text(say("The secretariat looks at it. Until then nobody is reminded of the invoice."))
                }
            }
        }
        guard mayDispute else { return }
        h.details(.class("more-forms"), .when(!problems.isEmpty, .open())) {
            h.summary(say("Say what is not right"))
            let address = "\(MemberDuesPlace.invoice(record.invoice.memberKey, record.invoice.number))/dispute"
            room.form(h, address) {
                h.textArea(
                    "words",
                    label: say("What is not right"),
                    value: room.form.exact("words"),
                    help: say("The secretariat reads it. What is owed stays owed until it is put right."),
                    problems: problems,
                    .maxlength(2000),
                    .required()
                )
                h.div(.class("form-end")) {
                    h.button(.class("button"), .type(.submit), text: say("Tell the secretariat"))
                }
            }
        }
    }
}
