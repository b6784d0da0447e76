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
            h.p(.class("lede"), text: importSentence(summary).replacing("Applying would", with: "This will"))
            h.ul(.class("prose")) {
                notWritten(h, "To choose between members", summary.count(.ambiguous))
                notWritten(h, "Refused", summary.count(.refused))
                notWritten(h, "Left out by hand", summary.leftOut)
                notWritten(h, "Nothing new in", summary.count(.same))
                h.li(say("All of it is written, or nothing. It can be undone from this import's page."))
            }
            room.form(h, "\(importsPath)/\(id)/apply", .class("form-end")) {
                h.button(.class("button primary"), .type(.submit), text: verb(summary))
                h.a(.class("button"), .href("\(importsPath)/\(id)"), text: say("Back to the rows"))
            }
        }
    }

    private static func notWritten(_ h: HTMLWriter, _ words: String, _ count: Int) {
        if count > 0 { h.li(say("\(words), not written: \(counted(count, "row")).")) }
    }

    /// Asks once; after a refusal, with what stands in the way.
    static func confirmUndoing(_ room: Room, obstacles: (rows: [String], count: Int)?) async throws -> Response {
        let id = try room.parameter("id")
        let detail = try await room.ask(UploadDetail(import: id))
        guard detail.upload.state == .applied, detail.upload.emptiedAt == nil else {
            return room.redirect(to: "\(importsPath)/\(id)")
        }
        let page = confirmPage(say("Undo \(detail.upload.file)?"), detail.upload)
        return room.page(page, status: obstacles == nil ? .ok : .conflict) { h in
            if let obstacles { standsInTheWay(h, obstacles) }
            h.p(
                .class("lede"),
                text: say(
                    "\(counted(detail.summary.willCreate, "member")) that it created "
                        + "\(detail.summary.willCreate == 1 ? "is" : "are") removed; "
                        + "\(counted(detail.summary.willChange, "member")) that it changed "
                        + "\(detail.summary.willChange == 1 ? "is" : "are") put back as before."
                )
            )
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

    private static func standsInTheWay(_ h: HTMLWriter, _ obstacles: (rows: [String], count: Int)) {
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
                for row in obstacles.rows { h.li(capitalisedFirst(row)) }
                if obstacles.count > obstacles.rows.count {
                    h.li(say("and \(grouped(obstacles.count - obstacles.rows.count)) more"))
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
