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
            h.text(say("\(upload.reading) · \(counted(upload.rowCount, "row")) · read by \(detail.stagedBy), "))
            h.instant(upload.stagedAt)
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
            text: say(
                "Applied: \(counted(summary.willCreate, "member")) created, \(grouped(summary.willChange)) changed."
            )
        )
        h.dl(.class("facts")) {
            h.fact(say("Applied")) {
                if let at = upload.appliedAt { h.instant(at) }
                if let by = detail.appliedBy { h.text(say(", by \(by)")) }
            }
            if let source = upload.source { h.fact(say("Source of its facts")) { h.text(source) } }
            h.fact(say("File")) {
                h.span(.class("quiet"), text: say("\(upload.reading), SHA-256 \(upload.sha256.prefix(16))…"))
            }
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
            h.text(say("Removed "))
            h.instant(at)
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
            h.fact(say("Undone")) {
                if let at = detail.upload.undoneAt { h.instant(at) }
                if let by = detail.undoneBy { h.text(say(", by \(by)")) }
            }
            if !detail.leftLines.isEmpty {
                h.fact(say("Left as they are")) {
                    h.text(say("lines \(detail.leftLines.prefix(50).map { String($0) }.joined(separator: ", "))"))
                    h.span(.class("also"), text: say("They were changed after the import."))
                }
            }
            emptied(h, detail.upload)
        }
    }

    /// What applying would do, in a sentence.
    static func importSentence(_ summary: UploadSummary) -> String {
        guard !summary.changesNothing else {
            let open = summary.count(.ambiguous) + summary.count(.refused)
            return open == 0
                ? "Nothing to do: the records hold all of this already."
                : "Nothing would be written as it stands. Look at the rows to choose and at those that were refused."
        }
        let parts = [
            summary.willCreate > 0 ? "create \(counted(summary.willCreate, "member"))" : "",
            summary.willChange > 0 ? "change \(counted(summary.willChange, "member"))" : "",
        ]
        return "Applying would \(parts.filter { !$0.isEmpty }.joined(separator: " and "))."
    }

    private static func importTabs(_ h: HTMLWriter, _ detail: UploadDetail.Answer, _ address: ImportAddress) {
        let summary = detail.summary
        let all = RowPlan.Outcome.allCases.reduce(0) { $0 + summary.count($1) }
        h.nav(.class("tabs"), .aria(.label, say("By outcome"))) {
            tab(h, "All", all, address, .all)
            for outcome in RowPlan.Outcome.allCases where summary.count(outcome) > 0 {
                tab(h, outcome.title, summary.count(outcome), address, .outcome(outcome))
            }
            if summary.leftOut > 0 { tab(h, "Left out", summary.leftOut, address, .leftOut) }
        }
    }

    private static func tab(
        _ h: HTMLWriter,
        _ title: String,
        _ count: Int,
        _ address: ImportAddress,
        _ filter: UploadRows.Filter
    ) {
        h.a(
            .href(address.address(filter)),
            .when(filter == address.filter, .aria(.current, "page")),
            text: "\(title) \(grouped(count))"
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
                    ? "All rows are compared. They are being written, all of them or none."
                    : "\(grouped(upload.rowsDone)) of \(counted(upload.rowCount, "row")) are compared once more."
            )
            h.progress(
                .class("progress"),
                .value(Double(upload.rowsDone)),
                .max("\(upload.rowCount)"),
                .aria(.label, say("Rows compared"))
            )
            h.ol(.class("phases")) {
                phase(h, "Read", isDone: true)
                phase(h, "Compared", isDone: isCompared)
                phase(h, "Written", isDone: false)
            }
            h.p(.class("quiet")) {
                h.text(say("This page looks again by itself every two seconds. "))
                h.a(.href("\(importsPath)/\(upload.id)"), text: say("Look now"))
            }
        }
        response.headers[.refresh] = "2"
        return response
    }

    private static func phase(_ h: HTMLWriter, _ name: String, isDone: Bool) {
        h.li(.class(isDone ? "same" : "quiet"), text: isDone ? "\(name), done" : name)
    }
}

extension HTTPField.Name {
    fileprivate static let refresh = HTTPField.Name("Refresh") ?? .age
}

extension RowPlan.Outcome {
    var title: String {
        switch self {
        case .create: "New"
        case .change: "Changed"
        case .same: "Same"
        case .ambiguous: "To choose"
        case .refused: "Refused"
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
