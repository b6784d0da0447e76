import Access
import Charter
import Dues
import HTML
import Hummingbird
import Languages
import Web

/// Which lines of a dry run are listed.
private enum PreviewView: String, CaseIterable {
    case all, booked, waits, outgoing, known

    func admits(_ line: PreviewStatement.Line) -> Bool {
        switch self {
        case .all: true
        case .known: line.isKnown
        case .booked: line.isBooked
        case .outgoing: !line.isKnown && !line.line.amount.isPositive
        case .waits: !line.isKnown && !line.isBooked && line.line.amount.isPositive
        }
    }

    var title: Phrase {
        switch self {
        case .all: say("All", context: "lines of a statement")
        case .booked: say("Booked by itself")
        case .waits: say("Waits for somebody")
        case .outgoing: say("Went out")
        case .known: say("On record already")
        }
    }
}

private let previewSize = 100

/// What taking a file would do, line by line, and the form that takes it.
func statementPreviewPage(_ room: Room, _ sent: SentStatement, _ file: StatementFile) async throws -> Response {
    let query = try room.query()
    let view = try query.choice("show", of: PreviewView.self) ?? .all
    let page = try query.int("page", in: 1...100_000, default: 1)
    let parts = try await room.ask(PreviewStatement(file, charter: room.site.charter))
    let lines = parts.flatMap(\.lines)
    let title = say("Dry run of “\(file.name)”")
    return room.page(DuesTab.statements.page(title)) { h in
        h.p(.class("lede"), text: summary(lines))
        if sent.isInvented {
            h.p { h.madeUpTag() }
        }
        for part in parts { partFacts(h, part) }
        takeForm(h, room, sent, lines)
        h.nav(.class("tabs"), .aria(.label, say("By outcome"))) {
            for each in PreviewView.allCases {
                let count = lines.count { each.admits($0) }
                h.a(
                    .href("\(sent.address)&show=\(each.rawValue)"),
                    .when(each == view, .aria(.current, "page")),
                    text: Phrase.joined([each.title, .number(count)], by: " ")
                )
            }
        }
        let shown = lines.filter { view.admits($0) }
        if shown.isEmpty { h.p(.class("quiet"), text: say("There is none.")) }
        h.ul(.class("rows dated told")) {
            for line in shown.dropFirst((page - 1) * previewSize).prefix(previewSize) { previewLine(h, line) }
        }
        h.pages(PageSpan(page: page, size: previewSize, total: shown.count, isOpen: false)) { number in
            "\(sent.address)&show=\(view.rawValue)&page=\(number)"
        }
    }
}

private func summary(_ lines: [PreviewStatement.Line]) -> Phrase {
    let new = lines.count { !$0.isKnown }
    if new == 0 { return say("Nothing is new: every line is on record already.") }
    let booked = lines.count { $0.isBooked }
    let known = lines.count - new
    return Phrase.joined(
        [
            say(new, one: "1 new line would be taken", other: "\(new) new lines would be taken"),
            say(booked, one: "\(booked) booked by itself", other: "\(booked) booked by themselves"),
            say("\(known) left out as known"),
        ],
        by: ", "
    )
}

private func partFacts(_ h: HTMLWriter, _ part: PreviewStatement.Part) {
    let statement = part.statement
    h.dl(.class("facts wide")) {
        h.fact(say("Account", context: "at a bank")) {
            h.span(.untranslated, text: statement.account)
            h.span(.class("also"), text: say("in \(statement.currency.code), \(statement.format.name)"))
        }
        h.fact(say("Days")) { h.text(say("\(statement.from) to \(statement.to)")) }
        if let opening = statement.opening, let closing = statement.closing {
            h.fact(say("Balances")) { h.text(say("\(opening) before, \(closing) after")) }
        }
        for note in statement.notes { h.fact(say("Note")) { h.text(note) } }
    }
}

private func takeForm(_ h: HTMLWriter, _ room: Room, _ sent: SentStatement, _ lines: [PreviewStatement.Line]) {
    let new = lines.count { !$0.isKnown }
    h.div(.class("actions")) {
        if new == 0 { h.a(.class("button"), .href(ConsoleDues.statements), text: say("Back to the statements")) }
        if !sent.mapping.isEmpty { h.a(.href(sent.mappingAddress), text: say("Correct the mapping")) }
    }
    guard new > 0 else { return }
    room.form(h, "\(ConsoleDues.newStatement)/\(sent.hash)") {
        h.hiddenField("name", sent.name)
        h.hiddenField("mapping", sent.mapping)
        if sent.isInvented { h.hiddenField("invented", "1") }
        h.checkBox("book", label: say("Book at once what is sure; else all of it waits"), isChecked: true)
        h.div(.class("form-end")) {
            h.button(
                .class("button primary"),
                .type(.submit),
                text: say(new, one: "Take 1 line", other: "Take \(new) lines")
            )
            h.a(.class("button"), .href(ConsoleDues.statements), text: say("Cancel"))
        }
    }
}

private func previewLine(_ h: HTMLWriter, _ line: PreviewStatement.Line) {
    h.li(.data("row")) {
        h.div {
            h.b(bankLineWords(line.line))
            h.statementText(line.line)
            if let best = line.suggestions.first { h.matchWords(best) }
        }
        h.div(.class("who")) {
            if line.isKnown {
                h.text(say("left out", context: "a line of a statement"))
            } else if line.isBooked {
                h.span(.class("same"), text: say("booked", context: "a line of a statement"))
            } else {
                h.text(say("waits", context: "a line of a statement"))
            }
        }
        h.div(.class("age")) {
            h.time(.datetime(line.line.bookedOn.description), text: line.line.bookedOn.short)
        }
        h.div(.class("next quiet"), text: say("line \(plain: line.line.number)"))
    }
}
