import Access
import HTML
import HTTPTypes
import Hummingbird
import Languages
import Membership
import Web

extension Site {
    /// Asks once, with the numbers.
    static func confirmApplying(_ room: Room) async throws -> Response {
        let id = try room.parameter("id")
        let detail = try await room.ask(UploadDetail(import: id))
        let summary = detail.summary
        guard detail.upload.state == .checked || detail.upload.state == .applying, !summary.changesNothing else {
            return room.redirect(to: "\(importsPath)/\(id)")
        }
        return room.page(confirmPage(say("Apply \(detail.upload.file)?"), detail.upload)) { h in
            h.p(.class("lede"), text: willWrite(summary))
            h.ul(.class("prose")) {
                for line in notWritten(summary) { h.li(line) }
                h.li(say("All of it is written, or nothing. It can be undone from this import's page."))
            }
            room.form(h, "\(importsPath)/\(id)/apply", .class("form-end")) {
                h.button(.class("button primary"), .type(.submit), text: verb(summary))
                h.a(.class("button"), .href("\(importsPath)/\(id)"), text: say("Back to the rows"))
            }
        }
    }

    private static func willWrite(_ summary: UploadSummary) -> Phrase {
        switch (summary.willCreate, summary.willChange) {
        case (0, let changed):
            say(changed, one: "This will change 1 member.", other: "This will change \(changed) members.")
        case (let created, 0):
            say(created, one: "This will create 1 member.", other: "This will create \(created) members.")
        case (let created, let changed):
            say("This will create \(counted(members: created)) and change \(counted(members: changed)).")
        }
    }

    private static func notWritten(_ summary: UploadSummary) -> [Phrase] {
        let (ambiguous, refused) = (summary.count(.ambiguous), summary.count(.refused))
        let (leftOut, same) = (summary.leftOut, summary.count(.same))
        var lines: [Phrase] = []
        if ambiguous > 0 {
            lines.append(
                say(
                    ambiguous,
                    one: "To choose between members, not written: 1 row.",
                    other: "To choose between members, not written: \(ambiguous) rows."
                )
            )
        }
        if refused > 0 {
            lines.append(
                say(refused, one: "Refused, not written: 1 row.", other: "Refused, not written: \(refused) rows.")
            )
        }
        if leftOut > 0 {
            lines.append(
                say(
                    leftOut,
                    one: "Left out by hand, not written: 1 row.",
                    other: "Left out by hand, not written: \(leftOut) rows."
                )
            )
        }
        if same > 0 {
            lines.append(
                say(
                    same,
                    one: "Nothing new in, not written: 1 row.",
                    other: "Nothing new in, not written: \(same) rows."
                )
            )
        }
        return lines
    }

    /// Asks once; after a refusal, with what stands in the way.
    static func confirmUndoing(_ room: Room, obstacles: (rows: [UndoObstacle], count: Int)?) async throws -> Response {
        let id = try room.parameter("id")
        let detail = try await room.ask(UploadDetail(import: id))
        guard detail.upload.state == .applied, detail.upload.emptiedAt == nil else {
            return room.redirect(to: "\(importsPath)/\(id)")
        }
        let page = confirmPage(say("Undo \(detail.upload.file)?"), detail.upload)
        return room.page(page, status: obstacles == nil ? .ok : .conflict) { h in
            if let obstacles { standsInTheWay(h, obstacles) }
            h.p(.class("lede"), text: willUndo(detail.summary))
            h.p(say("What was changed after the import is never overwritten."))
            room.form(h, "\(importsPath)/\(id)/undo", .class("form-end")) {
                if obstacles == nil {
                    h.button(.class("button danger"), .type(.submit), text: say("Undo this import"))
                } else {
                    h.input(.type(.hidden), .name("rest"), .value("on"))
                    h.button(.class("button danger"), .type(.submit), text: say("Undo the rest"))
                }
                h.a(.class("button"), .href("\(importsPath)/\(id)"), text: say("Leave it applied"))
            }
        }
    }

    private static func willUndo(_ summary: UploadSummary) -> Phrase {
        let (created, changed) = (summary.willCreate, summary.willChange)
        let removed = say(
            created,
            one: "1 member that it created is removed",
            other: "\(created) members that it created are removed"
        )
        let restored = say(
            changed,
            one: "1 member that it changed is put back as before",
            other: "\(changed) members that it changed are put back as before"
        )
        return say("\(removed); \(restored).")
    }

    private static func standsInTheWay(_ h: HTMLWriter, _ obstacles: (rows: [UndoObstacle], count: Int)) {
        h.div(.class("notice danger"), .role(.alert), .tabindex(-1), .data("focus")) {
            h.p {
                h.b(
                    say(
                        obstacles.count,
                        one: "Nothing was undone: 1 row changed since the import.",
                        other: "Nothing was undone: \(obstacles.count) rows changed since the import."
                    )
                )
            }
            h.ul {
                for row in obstacles.rows { h.li(row.title) }
                if obstacles.count > obstacles.rows.count {
                    h.li(say("and \(obstacles.count - obstacles.rows.count) more"))
                }
            }
        }
    }

    private static func confirmPage(_ title: Phrase, _ upload: Upload) -> RoomPage {
        RoomPage(
            title: title,
            place: .console(.imports),
            trail: [(importsPath, ConsolePlace.imports.title), ("\(importsPath)/\(upload.id)", .verbatim(upload.file))]
        )
    }

    private static func verb(_ summary: UploadSummary) -> Phrase {
        switch (summary.willCreate, summary.willChange) {
        case (0, let changed): say(changed, one: "Change 1 member", other: "Change \(changed) members")
        case (let created, 0): say(created, one: "Create 1 member", other: "Create \(created) members")
        case (let created, let changed): say("Create \(created) and change \(changed)")
        }
    }
}
