import Access
import Charter
import Dues
import HTML
import HTTPTypes
import Hummingbird
import Languages
import Web

extension Site {
    /// The statements that were taken.
    static func addTakenStatements(to rooms: RoomRoutes) {
        rooms.get(ConsoleDues.statements, .may(.readPayments)) { room in
            let page = try room.query().int("page", in: 1...100_000, default: 1)
            return statementList(room, page, try await room.ask(StatementList(page: page)))
        }
        rooms.get(ConsoleDues.statement(":id"), .may(.readPayments)) { try await statementPage($0, .none) }
        rooms.post(ConsoleDues.statement(":id", "undo"), .may(.recordPayments)) { room in
            let id = try room.parameter("id")
            return try await room.trying {
                let undone = try await room.run(UndoStatement(id, grounds: room.form.exact("grounds")))
                let lines = say(undone.lines, one: "1 line", other: "\(undone.lines) lines")
                let payments = say(undone.payments, one: "1 payment", other: "\(undone.payments) payments")
                return room.redirect(
                    to: ConsoleDues.statement(id),
                    notice: say("Undone: \(lines), and \(payments) that came of them.")
                )
            } again: {
                try await statementPage(room, $0)
            }
        }
    }
}

private func statementList(_ room: Room, _ page: Int, _ found: [BankStatementRecord]) -> Response {
    room.duesPage(.statements) { h in
        h.div(.class("actions")) {
            if room.may(.recordPayments) {
                h.a(
                    .class("button primary"),
                    .href(ConsoleDues.newStatement),
                    text: say("Bring in a bank's statement")
                )
            }
            h.a(.href(ConsoleDues.mappings), text: say("Mappings of banks' tables"))
        }
        guard !found.isEmpty else {
            return h.div(.class("empty")) {
                h.h2(say("No statement was brought in yet"))
                h.p(say("A bank's statement as camt.053 or CSV books what is sure, and lists the rest to be matched."))
            }
        }
        h.ul(.class("rows dated told")) {
            for statement in found { statementRow(h, statement) }
        }
        // How many there are in all, nobody needs to know: one more page is offered as long as this one is full.
        let isFull = found.count == StatementList.pageSize
        let total = (page - 1) * StatementList.pageSize + found.count + (isFull ? 1 : 0)
        h.pages(PageSpan(page: page, size: StatementList.pageSize, total: total, isOpen: isFull)) {
            "\(ConsoleDues.statements)?page=\($0)"
        }
    }
}

private func statementRow(_ h: HTMLWriter, _ statement: BankStatementRecord) {
    h.li(.data("row")) {
        h.div {
            h.a(.href(ConsoleDues.statement(statement.id)), text: statementTitle(statement))
            if statement.isInvented {
                h.text(" ")
                h.madeUpTag()
            }
            h.span(.class("also"), .untranslated, text: statement.file)
            if statement.undoneAt != nil {
                h.span(.class("also off"), text: say("undone", context: "a bank's statement"))
            }
        }
        h.div(.class("who"), text: say(statement.lines, one: "1 line", other: "\(statement.lines) lines"))
        h.div(.class("age")) { h.instant(statement.importedAt) }
        h.div(.class("next")) {
            let open = statement.states[.open] ?? 0
            if open > 0 {
                h.text(say(open, one: "1 waits", other: "\(open) wait", context: "lines of a statement"))
            }
        }
    }
}

private func statementTitle(_ statement: BankStatementRecord) -> Phrase {
    say("\(statement.account), \(statement.from) to \(statement.to)", context: "a bank's statement")
}

private func statementPage(_ room: Room, _ trouble: FormSetback) async throws -> Response {
    let id = try room.parameter("id")
    let page = try room.query().int("page", in: 1...100_000, default: 1)
    let (statement, lines) = try await room.ask(StatementByID(id), MatchQueue([], statement: id, page: page))
    return room.page(DuesTab.statements.page(statementTitle(statement)), status: trouble.status) { h in
        if statement.isInvented {
            h.div(.class("notice caution"), .role(.note)) {
                h.p(say("It is made up as an example, and so are the payments that came of it."))
            }
        }
        h.trouble(trouble)
        facts(h, statement)
        h.section(.aria(.labelledby, "lines")) {
            h.h2(.id("lines"), text: say("Its lines"))
            h.bankLines(room, lines)
            h.pages(PageSpan(page: page, size: MatchQueue.pageSize, total: lines.total, isOpen: false)) {
                "\(ConsoleDues.statement(id))?page=\($0)"
            }
        }
        if statement.undoneAt == nil, room.may(.recordPayments) { undoForm(h, room, statement, trouble) }
    }
}

private func facts(_ h: HTMLWriter, _ statement: BankStatementRecord) {
    h.dl(.class("facts wide")) {
        h.fact(say("File")) {
            h.span(.untranslated, text: statement.file)
            h.span(.class("also"), .untranslated, text: statement.format.name)
        }
        h.fact(say("Account", context: "at a bank")) { h.span(.untranslated, text: statement.account) }
        h.fact(say("Days")) { h.text(say("\(statement.from) to \(statement.to)")) }
        if let opening = statement.opening, let closing = statement.closing {
            h.fact(say("Balances")) { h.text(say("\(opening) before, \(closing) after")) }
        }
        h.fact(say("Lines", context: "of a statement, by state")) {
            let states = BankLine.State.allCases.compactMap { state -> Phrase? in
                let count = statement.states[state] ?? 0
                return count == 0 ? nil : say("\(count) \(state.words)", context: "how many lines are in a state")
            }
            h.text(Phrase.joined(states, by: " · "))
        }
        h.fact(say("Brought in")) { h.instant(statement.importedAt) }
        if let at = statement.undoneAt { h.fact(say("Undone")) { h.instant(at) } }
    }
}

private func undoForm(_ h: HTMLWriter, _ room: Room, _ statement: BankStatementRecord, _ trouble: FormSetback) {
    h.details(.class("more-forms"), .when(!trouble.isEmpty, .open())) {
        h.summary(say("Undo the import"))
        room.form(h, ConsoleDues.statement(statement.id, "undo")) {
            h.p(
                .class("quiet"),
                text: say(
                    "Every payment that came of its lines is undone, and the lines with them: the file can be brought "
                        + "in again. A payment that was entered by hand stays."
                )
            )
            groundsField(h, room.form.exact("grounds"), trouble.problems)
            h.div(.class("form-end")) {
                h.button(.class("button danger"), .type(.submit), text: say("Undo the import of “\(statement.file)”"))
            }
        }
    }
}
