import Access
import Charter
import HTML
import Hummingbird
import Languages
import Membership
import NIOCore
import Web

extension Site {
    /// The table of members, its views and its files.
    static func addConsoleMembers(to rooms: RoomRoutes) {
        rooms.get(ConsoleMembersAddress.path, .may(.readMembers)) { room in
            let model = try await ConsoleMembersPage.load(room)
            return consoleMembersPage(room, model)
        }
        rooms.post("/console/export", .may(.exportMembers)) { room in
            let (address, format) = (try room.listAddress(), try room.exportFormat())
            let filter = address.roll.filter(today: room.today)
            let rows = try await room.run(ExportMembers(filter, columns: address.columns, as: format))
            return room.export(try await MemberFile.bytes(rows, address.columns, as: format), format, of: filter.day)
        }
        rooms.post("/console/views", .may(.saveView)) { room in
            let address = try room.listAddress()
            let view = SaveView(
                name: room.form["name"],
                query: address.query,
                columns: address.columns.map(\.rawValue),
                isShared: room.form.has("shared")
            )
            var saved = address
            saved.view = try await room.run(view)
            return room.redirect(to: saved.address(), notice: say("The view “\(room.form["name"])” is kept."))
        }
        rooms.post("/console/views/delete", .may(.saveView)) { room in
            try await room.run(DeleteView(id: room.form["view"]))
            return room.redirect(to: ConsoleMembersAddress.path, notice: say("The view is deleted."))
        }
    }
}

extension Room {
    /// The state of the table that a form was sent from.
    func listAddress() throws -> ConsoleMembersAddress {
        try ConsoleMembersAddress(QueryParameters(text: form["list"]), site.words, site.countries)
    }

    /// The file that a form asks for.
    func exportFormat() throws -> ExportFormat {
        guard let format = ExportFormat(rawValue: form["format"]) else {
            throw InvalidInput("format", say("Choose CSV, XLSX or JSON."))
        }
        return format
    }

    /// The members of a day as a file.
    func export(_ bytes: [UInt8], _ format: ExportFormat, of day: Day) -> Response {
        let type: ContentType =
            switch format {
            case .csv: .csv
            case .xlsx: .workbook
            case .json: .json
            }
        return download(ByteBuffer(bytes: bytes), type: type, fileName: "members-\(day).\(format.rawValue)")
    }

    /// A button for each kind of file. What is taken out is kept in the journal, so it is a form and no link.
    func exportButtons(_ h: HTMLWriter, _ action: String, list: String? = nil) {
        form(h, action, .class("plain exports")) {
            if let list { h.input(.type(.hidden), .name("list"), .value(list)) }
            for format in ExportFormat.allCases {
                let name = format.rawValue.uppercased()
                h.button(
                    .class("link-button"),
                    .type(.submit),
                    .name("format"),
                    .value(format.rawValue),
                    .aria(.label, say("Export as \(name)")),
                    text: name
                )
            }
        }
    }
}

/// The table of members in one state.
struct ConsoleMembersPage: Sendable {
    let address: ConsoleMembersAddress
    let found: MemberTable.Answer
    let choices: MembersChoices
    let views: [SavedView]
    /// What was just done to many members.
    let done: BulkAction?
    let everybody: Int

    static let pageSize = 100

    static func load(_ room: Room) async throws -> ConsoleMembersPage {
        let site = room.site
        let address = try ConsoleMembersAddress(room.query(), site.words, site.countries)
        let filter = address.roll.filter(today: room.today)
        let listing = try await site.directory.listing(filter, page: address.roll.page, size: pageSize)
        let (found, views) = try await room.ask(MemberTable(listing, columns: Set(address.columns)), Views())
        let cube = try await site.directory.cube(filter.day)
        var done: BulkAction?
        if let id = address.done { done = try await room.ask(OneBulkAction(id: id)) }
        return ConsoleMembersPage(
            address: address,
            found: found,
            choices: MembersChoices(address.roll, cube, site),
            views: views,
            done: done,
            everybody: cube.count()
        )
    }

    var span: PageSpan {
        PageSpan(page: address.roll.page, size: Self.pageSize, total: found.total, isOpen: found.isTotalOpen)
    }
}

private func consoleMembersPage(_ room: Room, _ model: ConsoleMembersPage) -> Response {
    let page = RoomPage(title: say("Members"), place: .console(.members), scripts: ["members.js"])
    return room.page(page, counts: [.members: model.everybody]) { h in
        if let done = model.done { bulkNotice(h, room, done) }
        viewTabs(h, model)
        consoleFilters(h, model)
        resultBar(h, room, model)
        if model.found.rows.isEmpty {
            nobody(h, model)
        } else {
            bulkForm(h, room, model)
            h.pages(model.span) { model.address.page($0).address() }
        }
        viewForms(h, room, model)
    }
}

private func resultBar(_ h: HTMLWriter, _ room: Room, _ model: ConsoleMembersPage) {
    let total = model.found.total
    h.div(.class("result-bar")) {
        h.p {
            let count =
                model.found.isTotalOpen
                ? say("More than \(total) members") : say(total, one: "\(total) member", other: "\(total) members")
            // What is in the records, whatever the page's language is.
            let words = model.found.correctedWords.prefix(5).map { Phrase.verbatim(capitalisedFirst($0)) }
            if words.isEmpty {
                h.b(count)
            } else {
                h.sentence(
                    say("\(part: 0) as \(Phrase.list(words))", context: "found by corrected words"),
                    { h.b(count) }
                )
            }
        }
        h.div(.class("result-links")) {
            if room.may(.exportMembers), total > 0 {
                room.exportButtons(h, "/console/export", list: listQuery(model.address))
            }
            if room.may(.editMember) { h.a(.href(Site.newMemberAddress), text: say("Add a member")) }
            if room.may(.mergeMembers) { h.a(.href("/console/merge"), text: say("Doubles")) }
            h.a(.href("/console/bulk"), text: say("Actions on many"))
        }
    }
}

private func nobody(_ h: HTMLWriter, _ model: ConsoleMembersPage) {
    h.div(.class("empty")) {
        h.h2(model.address.roll.search == nil ? say("Nobody fits all of that") : say("Nothing by that name"))
        h.p(
            say(
                "Names are found by their beginning, with any accents or none, with one letter wrong, and in any script."
            )
        )
        h.ul {
            if model.address.roll.standing != .any {
                h.li {
                    let wider = model.address.with { $0.standing = .any }
                    h.a(.href(wider.address()), text: say("Look among former members too"))
                }
            }
            h.li {
                let all = model.everybody
                h.a(
                    .href(ConsoleMembersAddress.path),
                    text: say(all, one: "The one member on the roll", other: "All \(all) members on the roll")
                )
            }
        }
    }
}
