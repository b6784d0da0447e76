import Access
import Charter
import HTML
import HTTPTypes
import Hummingbird
import Languages
import Membership
import Web

extension Site {
    /// One import as it stands: columns to tell, rows to look at, how far it is, what it did.
    static func showImport(_ room: Room) async throws -> Response {
        let id = try room.parameter("id")
        let detail = try await room.ask(UploadDetail(import: id))
        switch detail.upload.state {
        case .staged: return room.redirect(to: "\(importsPath)/\(id)/columns")
        case .applying where detail.upload.isUnderWay(now: room.now): return progressPage(room, detail.upload)
        case .checked, .applying, .applied, .undone: break
        }
        let address = try ImportAddress(id, room.query())
        let rows = try await room.ask(
            UploadRows(import: id, filter: address.filter, page: address.page, size: ImportAddress.pageSize)
        )
        let page = RoomPage(
            title: .verbatim(detail.upload.file),
            place: .console(.imports),
            trail: [(importsPath, ConsolePlace.imports.title)]
        )
        return room.page(page) { h in
            switch detail.upload.state {
            case .applied: applied(h, room, detail)
            case .undone: undone(h, detail)
            default: compared(h, room, detail)
            }
            guard detail.upload.emptiedAt == nil else { return }
            importTabs(h, detail, address)
            ImportRowList(upload: detail.upload, address: address, page: rows, room: room).write(h)
        }
    }

    private static func compared(_ h: HTMLWriter, _ room: Room, _ detail: UploadDetail.Answer) {
        let (upload, summary) = (detail.upload, detail.summary)
        if let failure = upload.failure {
            h.div(.class("notice danger"), .role(.alert)) { h.p(failure) }
        } else if upload.state == .applying {
            h.div(.class("notice danger"), .role(.alert)) {
                h.p(
                    say(
                        "It was broken off while it was being applied: the program ended. Nothing of it was written. "
                            + "Apply it again."
                    )
                )
            }
        }
        before(h, detail.appliedBeforeAt)
        h.p(.class("lede"), text: importSentence(summary))
        h.p(.class("quiet")) {
            let rows = counted(rows: upload.rowCount)
            h.sentence(
                say("\(upload.reading) · \(rows) · read by \(detail.stagedBy), \(part: 0)"),
                { h.instant(upload.stagedAt) }
            )
        }
        h.div(.class("actions")) {
            if !summary.changesNothing {
                h.a(.class("button primary"), .href("\(importsPath)/\(upload.id)/apply"), text: say("Apply…"))
            }
            room.form(h, "\(importsPath)/\(upload.id)/check", .class("plain")) {
                h.button(.class("button"), .type(.submit), text: say("Compare again"))
            }
            h.a(.class("button"), .href("\(importsPath)/\(upload.id)/columns"), text: say("Columns"))
            room.form(h, "\(importsPath)/\(upload.id)/drop", .class("plain")) {
                h.button(.class("link-button danger"), .type(.submit), text: say("Forget this file"))
            }
        }
    }

    private static func applied(_ h: HTMLWriter, _ room: Room, _ detail: UploadDetail.Answer) {
        let (upload, summary) = (detail.upload, detail.summary)
        h.p(
            .class("lede"),
            text: say("Applied: \(counted(members: summary.willCreate)) created, \(summary.willChange) changed.")
        )
        h.dl(.class("facts")) {
            h.fact(say("Applied")) { deed(h, upload.appliedAt, by: detail.appliedBy) }
            if let source = upload.source { h.fact(say("Source of its facts")) { h.text(source) } }
            if upload.emptiedAt == nil, let last = lastDayToUndo(room, upload) {
                h.fact(say("Can be undone")) {
                    h.text(say("until \(last.short)"))
                    h.span(
                        .class("also"),
                        text: say("Then its rows are removed, as the charter's rule on retention asks.")
                    )
                }
            }
            emptied(h, upload)
            h.fact(say("File")) {
                h.span(.class("quiet"), text: say("\(upload.reading), SHA-256 \(upload.sha256.prefix(16))…"))
            }
        }
        h.div(.class("actions")) {
            if upload.emptiedAt == nil {
                h.a(.class("button danger"), .href("\(importsPath)/\(upload.id)/undo"), text: say("Undo…"))
            }
            h.a(.href("/console/journal?about=import:\(upload.id)"), text: say("In the journal"))
        }
    }

    /// When something was done, and by whom.
    private static func deed(_ h: HTMLWriter, _ at: String?, by name: Phrase?) {
        guard let at else { return }
        guard let name else { return h.instant(at) }
        h.sentence(say("\(part: 0), by \(name)"), { h.instant(at) })
    }

    /// The last whole day before the job of the night may remove what undoing needs; `nil` where no rule asks for that.
    static func lastDayToUndo(_ room: Room, _ upload: Upload) -> Day? {
        guard let applied = upload.appliedAt.flatMap({ Day(String($0.prefix(10))) }),
            let rule = room.site.charter.version(on: room.today)?.retention(of: .uploads)
        else { return nil }
        return applied.adding(days: rule.days - 1)
    }

    private static func emptied(_ h: HTMLWriter, _ upload: Upload) {
        guard let at = upload.emptiedAt else { return }
        h.fact(say("Its rows")) {
            h.sentence(say("Removed \(part: 0)"), { h.instant(at) })
            h.span(
                .class("also"),
                text: say(
                    "As the charter's rule on retention asks. It can no longer be undone; correct members by hand."
                )
            )
        }
    }

    private static func undone(_ h: HTMLWriter, _ detail: UploadDetail.Answer) {
        h.p(.class("lede"), text: say("This import was undone."))
        h.dl(.class("facts")) {
            h.fact(say("Undone")) { deed(h, detail.upload.undoneAt, by: detail.undoneBy) }
            if !detail.leftLines.isEmpty {
                h.fact(say("Left as they are")) {
                    let lines = detail.leftLines.prefix(50).map { Phrase.verbatim(String($0)) }
                    h.text(say("lines \(Phrase.joined(lines, by: ", "))"))
                    h.span(.class("also"), text: say("They were changed after the import."))
                }
            }
            emptied(h, detail.upload)
        }
    }

    /// What applying would do, in a sentence.
    static func importSentence(_ summary: UploadSummary) -> Phrase {
        switch (summary.willCreate, summary.willChange) {
        case (0, 0):
            summary.count(.ambiguous) + summary.count(.refused) == 0
                ? say("Nothing to do: the records hold all of this already.")
                : say(
                    "Nothing would be written as it stands. Look at the rows to choose and at those that were refused."
                )
        case (0, let changed):
            say(changed, one: "Applying would change 1 member.", other: "Applying would change \(changed) members.")
        case (let created, 0):
            say(created, one: "Applying would create 1 member.", other: "Applying would create \(created) members.")
        case (let created, let changed):
            say("Applying would create \(counted(members: created)) and change \(counted(members: changed)).")
        }
    }

    private static func importTabs(_ h: HTMLWriter, _ detail: UploadDetail.Answer, _ address: ImportAddress) {
        let summary = detail.summary
        let all = RowPlan.Outcome.allCases.reduce(0) { $0 + summary.count($1) }
        h.nav(.class("tabs"), .aria(.label, say("By outcome"))) {
            tab(h, say("All"), all, address, .all)
            for outcome in RowPlan.Outcome.allCases where summary.count(outcome) > 0 {
                tab(h, outcome.title, summary.count(outcome), address, .outcome(outcome))
            }
            if summary.leftOut > 0 {
                tab(h, say("Left out", context: "rows of an import"), summary.leftOut, address, .leftOut)
            }
        }
    }

    private static func tab(
        _ h: HTMLWriter,
        _ title: Phrase,
        _ count: Int,
        _ address: ImportAddress,
        _ filter: UploadRows.Filter
    ) {
        h.a(
            .href(address.address(filter)),
            .when(filter == address.filter, .aria(.current, "page")),
            text: Phrase.joined([title, .number(count)], by: " ")
        )
    }

    /// How far it is; the browser asks again by itself, without a script.
    private static func progressPage(_ room: Room, _ upload: Upload) -> Response {
        let page = RoomPage(
            title: say("Applying \(upload.file)"),
            place: .console(.imports),
            trail: [(importsPath, ConsolePlace.imports.title)]
        )
        var response = room.page(page) { h in
            let isCompared = upload.rowsDone >= upload.rowCount
            h.p(
                .class("lede"),
                text: isCompared
                    ? say("All rows are compared. They are being written, all of them or none.")
                    : say("\(upload.rowsDone) of \(counted(rows: upload.rowCount)) are compared once more.")
            )
            h.progress(
                .class("progress"),
                .value(Double(upload.rowsDone)),
                .max("\(upload.rowCount)"),
                .aria(.label, say("Rows compared"))
            )
            h.ol(.class("phases")) {
                phase(h, Upload.State.staged.title, isDone: true)
                phase(h, Upload.State.checked.title, isDone: isCompared)
                phase(h, say("Written", context: "state of an import"), isDone: false)
            }
            h.p(.class("quiet")) {
                h.text(say("This page looks again by itself every two seconds."))
                h.text(" ")
                h.a(.href("\(importsPath)/\(upload.id)"), text: say("Look now"))
            }
        }
        response.headers[.refresh] = "2"
        return response
    }

    private static func phase(_ h: HTMLWriter, _ name: Phrase, isDone: Bool) {
        h.li(.class(isDone ? "same" : "quiet"), text: isDone ? say("\(name), done") : name)
    }
}

extension HTTPField.Name {
    fileprivate static let refresh = HTTPField.Name("Refresh") ?? .age
}

extension RowPlan.Outcome {
    var title: Phrase {
        switch self {
        case .create: say("New", context: "rows of an import")
        case .change: say("Changed", context: "rows of an import")
        case .same: say("Same", context: "rows of an import")
        case .ambiguous: say("To choose", context: "rows of an import")
        case .refused: say("Refused", context: "rows of an import")
        }
    }
}

/// Which rows of an import a page shows, as its address says it.
struct ImportAddress: Sendable, Equatable {
    static let pageSize = 50
    let id: String
    let filter: UploadRows.Filter
    let page: Int

    init(_ id: String, _ query: QueryParameters) throws(RequestProblem) {
        self.id = id
        page = try query.int("page", in: 1...10_000, default: 1)
        if try query.string("rows", maximumCharacters: 20) == "left-out" {
            filter = .leftOut
        } else {
            filter = try query.choice("rows", of: RowPlan.Outcome.self).map { .outcome($0) } ?? .all
        }
    }

    func address(_ filter: UploadRows.Filter, page: Int = 1) -> String {
        let rows: String? =
            switch filter {
            case .all, .applied: nil
            case .outcome(let outcome): outcome.rawValue
            case .leftOut: "left-out"
            }
        let query = [rows.map { "rows=\($0)" }, page > 1 ? "page=\(page)" : nil].compactMap(\.self)
        return "\(Site.importsPath)/\(id)" + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
    }
}
