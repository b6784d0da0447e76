import Access
import HTML
import HTTPTypes
import Hummingbird
import Languages
import Membership
import Web

extension Site {
    static func importList(_ room: Room) async throws -> Response {
        let page = try room.query().int("page", in: 1...100_000, default: 1)
        let found = try await room.ask(UploadList(page: page, size: 30))
        return room.page(RoomPage(title: say("Imports"), place: .console(.imports))) { h in
            h.p(.class("lede"), text: say("Spreadsheets that were brought in, each with what it did and the way back."))
            h.div(.class("actions")) {
                h.a(.class("button primary"), .href("\(importsPath)/new"), text: say("Bring in a file"))
            }
            importRows(h, found)
            h.pages(PageSpan(page: page, size: 30, total: found.total, isOpen: false)) { "\(importsPath)?page=\($0)" }
        }
    }

    static func newImport(_ room: Room, problems: FormProblems = .none) -> Response {
        let status: HTTPResponse.Status = problems.isEmpty ? .ok : .unprocessableContent
        let page = RoomPage(
            title: say("Bring in a file"),
            place: .console(.imports),
            trail: [(importsPath, ConsolePlace.imports.title)]
        )
        return room.page(page, status: status) { h in
            h.problems(problems)
            h.p(
                .class("lede"),
                text: say(
                    "A spreadsheet with any columns. Each row is compared with the records first; nothing is written "
                        + "before you have seen it, and an import can be undone."
                )
            )
            uploadForm(h, room, problems)
        }
    }

    private static func uploadForm(_ h: HTMLWriter, _ room: Room, _ problems: FormProblems) {
        room.uploadForm(h, "\(importsPath)/new") {
            h.field("file", label: say("File"), help: say("CSV or XLSX, up to 10 MB, 20,000 rows."), problems: problems)
            { tied in
                h.input(tied + [.type(.file), .accept(".csv,.tsv,.txt,.xlsx,text/csv"), .required()])
            }
            h.textField(
                "sheet",
                label: say("Sheet"),
                value: room.form["sheet"],
                help: say("Of a workbook with several; the first with rows when left empty."),
                .autocomplete("off")
            )
            h.div(.class("form-end")) {
                h.button(.class("button primary"), .type(.submit), text: say("Read the file"))
            }
        }
        guard room.may(.exportMembers) else { return }
        h.div(.class("note take-out")) {
            h.p(say("To change many members at once, take the records as a sheet, edit it and bring it back."))
            room.exportButtons(h, "\(importsPath)/export")
        }
    }

    private static func importRows(_ h: HTMLWriter, _ found: UploadList.Page) {
        guard !found.lines.isEmpty else {
            h.div(.class("empty")) {
                h.h2(say("No file was brought in yet"))
                h.p(
                    say("A CSV or XLSX file with one member a row will do. Nothing is written before you have seen it.")
                )
            }
            return
        }
        h.ul(.class("rows plain-rows")) {
            for line in found.lines {
                h.li(.data("row")) {
                    h.div {
                        h.a(.href("\(importsPath)/\(line.upload.id)"), text: line.upload.file)
                        h.span(.class("also")) {
                            let rows = counted(rows: line.upload.rowCount)
                            h.sentence(
                                say("\(part: 0): \(outcome(line)). \(rows), by \(line.by)"),
                                { h.b(line.upload.state.title) }
                            )
                        }
                    }
                    h.div(.class("age")) { h.instant(line.upload.stagedAt) }
                }
            }
        }
    }

    private static func outcome(_ line: UploadList.Line) -> Phrase {
        let (created, changed) = (line.summary.willCreate, line.summary.willChange)
        switch line.upload.state {
        case .staged: return say("its columns are still to be told")
        case .checked, .applying:
            return line.summary.changesNothing
                ? say("nothing to write") : say("would create \(created) and change \(changed)")
        case .applied: return say("\(created) created, \(changed) changed")
        case .undone: return say("\(created) had been created, \(changed) changed")
        }
    }
}

extension Upload.State {
    var title: Phrase {
        switch self {
        case .staged: say("Read", context: "state of an import")
        case .checked: say("Compared", context: "state of an import")
        case .applying: say("Being applied", context: "state of an import")
        case .applied: say("Applied", context: "state of an import")
        case .undone: say("Undone", context: "state of an import")
        }
    }
}
