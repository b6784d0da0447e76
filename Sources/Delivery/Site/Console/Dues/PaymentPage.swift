import Access
import Charter
import Dues
import HTML
import HTTPTypes
import Hummingbird
import Languages
import Web

extension Site {
    /// One payment: what it did, sharing it out anew, undoing it, its receipts.
    static func addOnePayment(to rooms: RoomRoutes) {
        rooms.get(ConsoleDues.payment(":id"), .may(.readPayments)) { room in
            try await paymentPage(room, .none, split: nil)
        }
        rooms.post(ConsoleDues.payment(":id", "undo"), .may(.recordPayments)) { room in
            let (id, form) = (try room.parameter("id"), PaymentForms.undo)
            return try await room.trying(form) {
                try await room.run(UndoPayment(id, grounds: form.sent("grounds", in: room.form)))
                return room.redirect(to: ConsoleDues.payment(id), notice: say("Undone. The account shows both."))
            } again: {
                try await paymentPage(room, $0, split: nil)
            }
        }
        rooms.post(ConsoleDues.payment(":id", "split"), .may(.recordPayments)) { room in
            let (id, form) = (try room.parameter("id"), PaymentForms.split)
            let rows = ShareRows(room.form, in: form)
            if ShareRows.asksForMore(room.form, in: form) { return try await paymentPage(room, .none, split: rows) }
            return try await room.trying(form) {
                let grounds = form.sent("grounds", in: room.form)
                let charter = room.site.charter
                try await room.run(SplitPayment(id, shares: rows.filled, grounds: grounds, charter: charter))
                return room.redirect(to: ConsoleDues.payment(id), notice: say("Shared out anew."))
            } again: {
                try await paymentPage(room, $0, split: rows)
            }
        }
        rooms.post(ConsoleDues.payment(":id", "receipt"), .may(.certifyDues)) { room in
            let id = try room.parameter("id")
            let proof = try await room.run(IssueReceipt(payment: id, memberKey: room.form["member"]))
            return room.redirect(
                to: ConsoleDues.document(proof.number),
                notice: say("Receipt \(proof.number) for \(proof.memberName) is written.")
            )
        }
    }
}

enum PaymentForms {
    static let undo = NamedForm("undo")
    static let split = NamedForm("split")
}

/// - Parameter split: the shares as somebody typed them; as they are for nil.
private func paymentPage(_ room: Room, _ trouble: FormSetback, split: ShareRows?) async throws -> Response {
    let found = try await room.ask(PaymentByID(room.parameter("id")))
    let payment = found.payment
    return room.page(DuesTab.payments.page(payment.words), status: trouble.status) { h in
        if let undone = payment.undone {
            h.div(.class("notice caution"), .role(.note)) {
                h.p {
                    h.sentence(say("It was undone \(part: 0):"), { h.instant(undone.at) })
                    h.text(" ")
                    h.record(undone.reason)
                }
            }
        }
        if payment.isInvented {
            h.div(.class("notice caution"), .role(.note)) {
                h.p(say("It is made up as an example: no money came or went."))
            }
        }
        h.trouble(trouble)
        facts(h, room, found)
        shares(h, room, payment)
        entries(h, room, found)
        if payment.undone == nil, room.may(.recordPayments) {
            h.section(.aria(.labelledby, "next")) {
                h.h2(.id("next"), text: say("What to do next"))
                if payment.kind == .payment { splitForm(h, room, payment, trouble, split) }
                undoForm(h, room, payment, trouble)
            }
        }
    }
}

private func facts(_ h: HTMLWriter, _ room: Room, _ found: PaymentByID.Answer) {
    let payment = found.payment
    h.dl(.class("facts wide")) {
        h.fact(say("Day")) { h.when(DayRange(payment.receivedOn)) }
        h.fact(say("Amount")) { h.b(payment.amount.words) }
        if payment.kind == .payment { h.fact(say("How it came")) { h.text(payment.method.words) } }
        if let payer = payment.payer { h.fact(say("Payer")) { h.text(payer) } }
        if let text = payment.text { h.fact(say("In the payer's words")) { h.record(text) } }
        if let line = found.line {
            h.fact(say("Bank's statement")) {
                h.a(.href(ConsoleDues.line(line.id)), text: say("The line of \(line.line.bookedOn)"))
                if let match = payment.match {
                    h.span(.class("also"), text: say("Matched, \(match.confidence)% sure:"))
                    h.span(.class("also"), text: match.words)
                }
            }
        }
        h.fact(say("Recorded")) {
            h.instant(payment.enteredAt)
            if room.may(.readJournal) {
                h.span(.class("also")) {
                    let about = "\(Payment.subjectKind):\(payment.id)"
                    h.a(.href("/console/journal?about=\(about)"), text: say("In the journal"))
                }
            }
        }
    }
}

private func shares(_ h: HTMLWriter, _ room: Room, _ payment: Payment) {
    h.section(.aria(.labelledby, "shares")) {
        h.h2(.id("shares"), text: say("What it is for", context: "a payment"))
        h.ul(.class("rows plain-rows")) {
            for share in payment.shares {
                h.li(.data("row")) {
                    h.div {
                        h.a(.href(memberAddress(share.memberKey, "dues")), text: share.memberName)
                        h.text(" · ")
                        if let number = share.invoiceNumber {
                            h.a(.href(ConsoleDues.invoice(number)), text: say("Invoice \(number)"))
                        } else {
                            h.text(say("kept as its credit balance", context: "a share of a payment"))
                        }
                        for words in shareWords(share) { h.span(.class("also"), text: words) }
                    }
                    h.div(.class("age"), text: share.paid.words)
                }
            }
        }
        if payment.kind == .payment, payment.undone == nil, room.may(.certifyDues) { receipts(h, room, payment) }
    }
}

/// What of a share is not the plain amount.
private func shareWords(_ share: PaymentShare) -> [Phrase] {
    var words: [Phrase] = []
    if share.settled != share.paid, share.invoiceNumber != nil {
        words.append(say("It settles \(share.settled) of the invoice."))
    }
    if !share.charge.isZero { words.append(say("The bank took \(share.charge), which the association bears.")) }
    if !share.difference.isZero { words.append(say("Rates make a difference of \(share.difference).")) }
    if let rate = share.rate, let day = share.rateDay {
        words.append(say("Rate \(rate) of \(day), \(Phrase.record(share.rateSource ?? ""))"))
    }
    return words
}

/// One for each member that has something of it.
private func receipts(_ h: HTMLWriter, _ room: Room, _ payment: Payment) {
    var seen: Set<String> = []
    let members = payment.shares.filter { seen.insert($0.memberKey).inserted }
    h.div(.class("actions")) {
        for share in members {
            room.form(h, ConsoleDues.payment(payment.id, "receipt"), .class("plain")) {
                h.hiddenField("member", share.memberKey)
                h.button(.class("button"), .type(.submit), text: say("Write a receipt for \(share.memberName)"))
            }
        }
    }
}

private func entries(_ h: HTMLWriter, _ room: Room, _ found: PaymentByID.Answer) {
    guard !found.entries.isEmpty else { return }
    h.section(.aria(.labelledby, "entries")) {
        h.h2(.id("entries"), text: say("What it did to accounts"))
        h.accountTable(
            room,
            found.entries.map { (entry: $0, balance: Money?.none) },
            caption: say("What the payment did to accounts")
        )
    }
}

private func splitForm(
    _ h: HTMLWriter,
    _ room: Room,
    _ payment: Payment,
    _ trouble: FormSetback,
    _ typed: ShareRows?
) {
    let form = PaymentForms.split
    let known = payment.shares.map { share in
        ShareDraft(
            member: share.memberKey,
            invoice: share.invoiceNumber ?? "",
            amount: share.paid.plain,
            charge: share.charge.isZero ? "" : share.charge.plain,
            isCredit: share.invoiceNumber == nil
        )
    }
    let rows = typed ?? ShareRows(known, in: form)
    h.details(.class("more-forms"), .when(typed != nil, .open())) {
        h.summary(say("Share it out anew"))
        room.form(h, ConsoleDues.payment(payment.id, form.name)) {
            h.p(.class("quiet"), text: say("Over several invoices or members; together \(payment.amount)."))
            rows.write(h, trouble.problems)
            grounds(h, room, form, trouble)
            h.div(.class("form-end")) {
                h.button(.class("button"), .type(.submit), text: say("Share it out anew"))
                rows.moreButton(h)
            }
        }
    }
}

private func undoForm(_ h: HTMLWriter, _ room: Room, _ payment: Payment, _ trouble: FormSetback) {
    let form = PaymentForms.undo
    let isSent = room.form.has(form.field("grounds"))
    h.details(.class("more-forms"), .when(isSent, .open())) {
        h.summary(say("Undo it"))
        room.form(h, ConsoleDues.payment(payment.id, form.name)) {
            h.p(
                .class("quiet"),
                text: say("Each of its entries is undone by another. Its line of a statement waits in the queue again.")
            )
            grounds(h, room, form, trouble)
            h.div(.class("form-end")) {
                h.button(.class("button danger"), .type(.submit), text: say("Undo: \(payment.words)"))
            }
        }
    }
}

private func grounds(_ h: HTMLWriter, _ room: Room, _ form: NamedForm, _ trouble: FormSetback) {
    h.textArea(
        form.field("grounds"),
        label: say("Grounds"),
        value: form.sent("grounds", in: room.form),
        rows: 2,
        help: say("Why, and where you have it from. The journal keeps it with the change."),
        problems: trouble.problems,
        .maxlength(1000)
    )
}
