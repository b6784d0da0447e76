import Access
import Charter
import Dues
import HTML
import Hummingbird
import Languages
import Web

/// Which lines of statements are listed.
enum QueueView: String, CaseIterable, Sendable {
    case open, outgoing, matched, ignored

    var state: BankLine.State {
        switch self {
        case .open: .open
        case .outgoing: .outgoing
        case .matched: .matched
        case .ignored: .ignored
        }
    }

    var title: Phrase {
        switch self {
        case .open: say("To match", context: "lines of statements")
        case .outgoing: say("Went out")
        case .matched: say("Matched")
        case .ignored: say("Left aside")
        }
    }

    func address(_ page: Int = 1) -> String {
        let parts = [self == .open ? nil : "state=\(rawValue)", page == 1 ? nil : "page=\(page)"].compactMap(\.self)
        return ConsoleDues.queue + (parts.isEmpty ? "" : "?" + parts.joined(separator: "&"))
    }
}

extension Site {
    /// Money of which somebody has to say what it is.
    static func addMatching(to rooms: RoomRoutes) {
        rooms.get(ConsoleDues.queue, .may(.readPayments)) { room in
            let query = try room.query()
            let view = try query.choice("state", of: QueueView.self) ?? .open
            let page = try query.int("page", in: 1...100_000, default: 1)
            let found = try await room.ask(MatchQueue([view.state], page: page))
            return queuePage(room, view, page, found)
        }
        rooms.post("\(ConsoleDues.queue)/match", .may(.recordPayments)) { room in
            let outcome = try await room.run(MatchOpenLines(charter: room.site.charter))
            let notice = say("Matched anew. Booked by themselves: \(outcome.booked); waiting: \(outcome.open).")
            return room.redirect(to: ConsoleDues.queue, notice: notice)
        }
        addOneLine(to: rooms)
    }
}

private func queuePage(_ room: Room, _ view: QueueView, _ page: Int, _ found: MatchQueue.Answer) -> Response {
    room.duesPage(.queue) { h in
        h.p(
            .class("lede"),
            text: say("Lines of banks' statements that wait until somebody says what they are for.")
        )
        if room.may(.recordPayments) {
            h.div(.class("actions")) {
                room.form(h, "\(ConsoleDues.queue)/match", .class("plain")) {
                    h.button(.class("button"), .type(.submit), text: say("Match the open lines anew"))
                }
                h.a(.href(ConsoleDues.newStatement), text: say("Bring in a bank's statement"))
            }
        }
        h.nav(.class("tabs"), .aria(.label, say("By state"))) {
            for each in QueueView.allCases {
                h.a(.href(each.address()), .when(each == view, .aria(.current, "page")), text: each.title)
            }
        }
        guard !found.lines.isEmpty else {
            return h.div(.class("empty")) {
                h.h2(view == .open ? say("Nothing waits") : say("There is none."))
                if view == .open { h.p(say("All that came in is booked, matched or left aside.")) }
            }
        }
        h.p(.class("quiet"), text: say(found.total, one: "1 line", other: "\(found.total) lines"))
        h.bankLines(room, found)
        h.pages(PageSpan(page: page, size: MatchQueue.pageSize, total: found.total, isOpen: false)) {
            view.address($0)
        }
        if view == .open { h.p(.class("note"), text: bookingNote(room)) }
    }
}

private func bookingNote(_ room: Room) -> Phrase {
    guard let least = room.site.charter.version(on: room.today)?.dues?.payments?.booksFrom else {
        return say("No line is booked by itself: the charter does not say how sure it must be.")
    }
    return say(
        "A line is booked by itself if its suggestion is at least \(least)% sure, unless a person decided on it "
            + "before or two invoices are as likely."
    )
}

extension HTMLWriter {
    /// Lines of statements, each with the likeliest of what it can be.
    func bankLines(_ room: Room, _ found: MatchQueue.Answer) {
        ul(.class("rows dated told")) {
            for entry in found.lines {
                li(.data("row")) {
                    div { bankLine(room, entry, isInvented: found.inventedStatements.contains(entry.line.statementID)) }
                    div(.class("who"), text: entry.line.state.words)
                    div(.class("age")) {
                        time(.datetime(entry.line.line.bookedOn.description), text: entry.line.line.bookedOn.short)
                    }
                    div(.class("next")) {
                        if let best = entry.matches.first { bookButton(room, entry.line, best) }
                    }
                }
            }
        }
    }

    private func bankLine(_ room: Room, _ entry: MatchQueue.Line, isInvented: Bool) {
        let line = entry.line.line
        a(.href(ConsoleDues.line(entry.line.id)), text: bankLineWords(line))
        if isInvented {
            text(" ")
            madeUpTag()
        }
        statementText(line)
        if entry.line.state == .open, let best = entry.matches.first { matchWords(best) }
        if let reason = entry.line.reason { span(.class("also")) { record(reason) } }
    }

    /// What the payer wrote, and references that stood in a field of their own.
    func statementText(_ line: StatementLine) {
        let parts = ([line.text] + line.references).filter { !$0.isEmpty }
        if !parts.isEmpty { span(.class("also")) { record(parts.joined(separator: " · ")) } }
    }

    /// What a line can be, how surely, and why.
    func matchWords(_ match: ShownMatch) {
        span(.class("also")) {
            b(say("\(match.suggestion.confidence)% sure", context: "a suggestion"))
            for target in match.targets {
                text(" · ")
                a(
                    .href(ConsoleDues.invoice(target.number)),
                    text: say("\(target.memberName), \(target.number): \(target.owed)", context: "an invoice")
                )
            }
        }
        span(.class("also"), text: match.words)
        if match.isOutdated {
            span(.class("also off"), text: say("The invoice asks for another amount now. Match the open lines anew."))
        }
    }

    /// The button that books a line as one of its suggestions.
    func bookButton(_ room: Room, _ line: BankLine, _ match: ShownMatch) {
        guard room.may(.recordPayments), line.state == .open, !match.isOutdated,
            let place = line.suggestions.firstIndex(of: match.suggestion)
        else { return }
        room.form(self, ConsoleDues.line(line.id, "match"), .class("plain")) {
            hiddenField("suggestion", String(place + 1))
            button(.class("link-button"), .type(.submit)) {
                text(match.suggestion.sort == .known ? say("It is that payment") : say("Book it like this"))
                span(.class("hidden-text"), text: .verbatim(": ") + bankLineWords(line.line))
            }
        }
    }
}

/// "USD 1,000.00 from Visby"
func bankLineWords(_ line: StatementLine) -> Phrase {
    switch (line.amount.isPositive, line.name) {
    case (true, let name?): say("\(line.amount) from \(name)", context: "money that came in")
    case (true, nil): say("\(line.amount) from somebody unnamed")
    case (false, let name?): say("\(line.amount) to \(name)", context: "money that went out")
    case (false, nil): say("\(line.amount) to somebody unnamed", context: "money that went out")
    }
}
