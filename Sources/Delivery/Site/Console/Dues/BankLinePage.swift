import Access
import Charter
import Dues
import HTML
import HTTPTypes
import Hummingbird
import Languages
import Web

extension Site {
    /// One line of a bank's statement, and the ways to say what it is.
    static func addOneLine(to rooms: RoomRoutes) {
        rooms.get(ConsoleDues.line(":id"), .may(.readPayments)) { room in try await linePage(room, .none, shares: nil) }
        rooms.post(ConsoleDues.line(":id", "match"), .may(.recordPayments)) { room in
            let id = try room.parameter("id")
            return try await room.trying {
                guard let number = Int(room.form["suggestion"]) else { throw PaymentRefusal.noSuchSuggestion }
                let payment = try await room.run(MatchLine(id, as: .suggestion(number), charter: room.site.charter))
                return room.redirect(to: ConsoleDues.payment(payment), notice: say("Booked as you said."))
            } again: {
                try await linePage(room, $0, shares: nil)
            }
        }
        rooms.post(ConsoleDues.line(":id", "shares"), .may(.recordPayments)) { room in
            let id = try room.parameter("id")
            let rows = ShareRows(room.form)
            if ShareRows.asksForMore(room.form) { return try await linePage(room, .none, shares: rows) }
            return try await room.trying {
                let payment = try await room.run(MatchLine(id, as: .shares(rows.filled), charter: room.site.charter))
                return room.redirect(to: ConsoleDues.payment(payment), notice: say("Booked as you said."))
            } again: {
                try await linePage(room, $0, shares: rows)
            }
        }
        rooms.post(ConsoleDues.line(":id", "ignore"), .may(.recordPayments)) { room in
            let (id, form) = (try room.parameter("id"), LineForms.ignore)
            let isTakenBack = room.form.has(form.field("open"))
            return try await room.trying(form) {
                let grounds = form.sent("grounds", in: room.form)
                try await room.run(IgnoreLine(id, grounds: grounds, isTakenBack: isTakenBack))
                return room.redirect(
                    to: isTakenBack ? ConsoleDues.line(id) : ConsoleDues.queue,
                    notice: isTakenBack ? say("The line is open again.") : say("The line is left aside.")
                )
            } again: {
                try await linePage(room, $0, shares: nil)
            }
        }
    }
}

private enum LineForms {
    static let ignore = NamedForm("ignore")
}

/// - Parameter shares: what somebody typed that it is for.
private func linePage(_ room: Room, _ trouble: FormSetback, shares: ShareRows?) async throws -> Response {
    let found = try await room.ask(LineByID(room.parameter("id")))
    let line = found.line
    let page = DuesTab.queue.page(bankLineWords(line.line))
    return room.page(page, status: trouble.status) { h in
        if found.isInvented {
            h.div(.class("notice caution"), .role(.note)) {
                h.p(say("Its statement is made up as an example: no money came or went."))
            }
        }
        h.trouble(trouble)
        facts(h, found)
        if line.state == .open { suggestions(h, room, found) }
        guard room.may(.recordPayments) else { return }
        h.section(.aria(.labelledby, "next")) {
            switch line.state {
            case .open:
                h.h2(.id("next"), text: say("Say what it is"))
                shareForm(h, room, line, trouble, shares)
                asideForm(h, room, line, trouble)
            case .outgoing:
                h.h2(.id("next"), text: say("Say what it is"))
                refundLink(h, line)
                asideForm(h, room, line, trouble)
            case .ignored:
                h.h2(.id("next"), text: say("If it has to do with dues after all"))
                asideForm(h, room, line, trouble)
            case .matched, .undone:
                h.h2(.id("next"), text: say("What to do next"))
                settled(h, found)
            }
        }
    }
}

private func facts(_ h: HTMLWriter, _ found: LineByID.Answer) {
    let (entry, line) = (found.line, found.line.line)
    h.dl(.class("facts wide")) {
        h.fact(say("State")) {
            h.text(entry.state.words)
            if let reason = entry.reason { h.span(.class("also")) { h.record(reason) } }
        }
        h.fact(say("Amount")) { h.b(line.amount.words) }
        if let instructed = line.instructed { h.fact(say("Sent by the payer")) { h.text(instructed.words) } }
        if let charge = line.charge { h.fact(say("Bank's charge")) { h.text(charge.words) } }
        h.fact(say("Booked on")) { h.when(DayRange(line.bookedOn)) }
        if let day = line.valueOn { h.fact(say("Value date")) { h.when(DayRange(day)) } }
        h.fact(line.amount.isPositive ? say("Payer") : say("Payee")) {
            h.text(line.name.map { Phrase.verbatim($0) } ?? say("not named", context: "a payer"))
            if let iban = line.iban { h.span(.class("also"), .untranslated, text: iban) }
        }
        if !line.text.isEmpty { h.fact(say("In the payer's words")) { h.record(line.text) } }
        if !line.references.isEmpty {
            h.fact(say("Reference")) { h.record(line.references.joined(separator: " · ")) }
        }
        if line.isReversal { h.fact(say("Note")) { h.text(say("It takes an earlier booking back.")) } }
        h.fact(say("Statement", context: "of a bank")) {
            h.a(.href(ConsoleDues.statement(entry.statementID)), text: say("Line \(plain: line.number)"))
            h.span(.class("also"), .untranslated, text: entry.account)
        }
        if let payment = found.paymentID {
            h.fact(say("What it is", context: "a line of a statement")) {
                h.a(.href(ConsoleDues.payment(payment)), text: say("The payment of it"))
            }
        }
    }
}

private func suggestions(_ h: HTMLWriter, _ room: Room, _ found: LineByID.Answer) {
    h.section(.aria(.labelledby, "suggestions")) {
        h.h2(.id("suggestions"), text: say("What it can be"))
        guard !found.matches.isEmpty else {
            return h.p(.class("quiet"), text: say("Nothing on record fits it. Say below for whom it is."))
        }
        h.ul(.class("rows plain-rows")) {
            for match in found.matches {
                h.li(.data("row")) {
                    h.div {
                        h.matchWords(match)
                        if let payment = match.suggestion.paymentID {
                            h.a(.href(ConsoleDues.payment(payment)), text: say("The payment on record"))
                        }
                    }
                    h.div { h.bookButton(room, found.line, match) }
                }
            }
        }
    }
}

private func shareForm(
    _ h: HTMLWriter,
    _ room: Room,
    _ line: BankLine,
    _ trouble: FormSetback,
    _ typed: ShareRows?
) {
    let rows = typed ?? ShareRows([])
    h.details(.class("more-forms"), .when(typed != nil || line.suggestions.isEmpty, .open())) {
        h.summary(say("For other invoices or members"))
        room.form(h, ConsoleDues.line(line.id, "shares")) {
            h.p(.class("quiet"), text: say("Over one or several; together \(line.line.amount)."))
            rows.write(h, trouble.problems)
            h.div(.class("form-end")) {
                h.button(.class("button primary"), .type(.submit), text: say("Book it like this"))
                rows.moreButton(h)
            }
        }
    }
}

private func asideForm(_ h: HTMLWriter, _ room: Room, _ line: BankLine, _ trouble: FormSetback) {
    let form = LineForms.ignore
    let isIgnored = line.state == .ignored
    let isSent = room.form.has(form.field("grounds"))
    h.details(.class("more-forms"), .when(isSent || isIgnored, .open())) {
        h.summary(isIgnored ? say("Open it again") : say("It has to do with nobody's dues"))
        room.form(h, ConsoleDues.line(line.id, form.name)) {
            if isIgnored { h.hiddenField(form.field("open"), "1") }
            h.textArea(
                form.field("grounds"),
                label: say("Grounds"),
                value: form.sent("grounds", in: room.form),
                rows: 2,
                help: say("Why, and where you have it from. The journal keeps it with the change."),
                problems: trouble.problems,
                .maxlength(1000)
            )
            h.div(.class("form-end")) {
                h.button(
                    .class("button"),
                    .type(.submit),
                    text: isIgnored ? say("Open it again") : say("Leave it aside")
                )
            }
        }
    }
}

private func refundLink(_ h: HTMLWriter, _ line: BankLine) {
    let amount = (try? line.line.amount.negated) ?? line.line.amount
    let query = [
        "line=\(line.id)", "amount=\(amount.plain)", "currency=\(amount.currency.code)", "on=\(line.line.bookedOn)",
    ]
    h.p {
        h.a(
            .href("\(ConsoleDues.refund)?\(query.joined(separator: "&"))"),
            text: say("It is a refund to a member: record it")
        )
    }
}

private func settled(_ h: HTMLWriter, _ found: LineByID.Answer) {
    if let payment = found.paymentID {
        h.p {
            h.sentence(
                say("If it is something else, \(part: 0): then the line waits again."),
                { h.a(.href(ConsoleDues.payment(payment)), text: say("undo the payment")) }
            )
        }
    } else {
        h.p(.class("quiet"), text: say("Its statement was undone. Bring the file in again to have it anew."))
    }
}
