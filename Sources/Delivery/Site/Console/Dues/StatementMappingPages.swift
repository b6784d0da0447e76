import Access
import Charter
import Dues
import HTML
import HTTPTypes
import Hummingbird
import Languages
import Membership
import Web

extension Site {
    /// What the columns of banks' tables hold, told once and kept by name.
    static func addStatementMappings(to rooms: RoomRoutes) {
        rooms.get(ConsoleDues.mappings, .may(.readPayments)) { room in
            mappingList(room, try await room.ask(StatementMappings()))
        }
        rooms.get("\(ConsoleDues.mappings)/new", .may(.recordPayments)) { room in
            try await mappingPage(room, try await openedMapping(room), .none)
        }
        rooms.post("\(ConsoleDues.mappings)/new", .may(.recordPayments)) { room in
            let form = MappingForm(room.form)
            return try await room.trying {
                try await room.run(SaveStatementMapping(form.name, form.mapping))
                let kept = say("The mapping “\(form.name)” is kept.")
                return room.redirect(to: form.sent?.address ?? ConsoleDues.mappings, notice: kept)
            } again: {
                try await mappingPage(room, form, $0)
            }
        }
        rooms.post("\(ConsoleDues.mappings)/forget", .may(.recordPayments)) { room in
            let name = room.form["name"]
            try await room.run(ForgetStatementMapping(name))
            return room.redirect(to: ConsoleDues.mappings, notice: say("The mapping “\(name)” is forgotten."))
        }
    }

    /// A new one, or one to be corrected; beside a file that waits, where the address names one.
    private static func openedMapping(_ room: Room) async throws -> MappingForm {
        let query = try room.query()
        let name = try query.string("mapping") ?? ""
        var mapping = StatementMapping(columns: [:], account: "", currency: room.feeCurrency)
        if !name.isEmpty { mapping = try await room.ask(StatementMappingByName(name)) }
        var sent: SentStatement?
        if let hash = try query.string("file") {
            sent = SentStatement(
                hash: hash,
                name: try query.string("name", maximumCharacters: 255) ?? "",
                mapping: name,
                isInvented: try query.string("invented") == "1"
            )
        }
        return MappingForm(name, mapping, sent)
    }
}

private func mappingList(_ room: Room, _ mappings: [StatementMappings.Line]) -> Response {
    room.page(DuesTab.statements.page(say("Mappings of banks' tables"))) { h in
        h.p(
            .class("lede"),
            text: say("A bank's CSV file does not say what its columns hold. Say it once, and it is kept.")
        )
        if room.may(.recordPayments) {
            h.div(.class("actions")) {
                h.a(.class("button primary"), .href("\(ConsoleDues.mappings)/new"), text: say("Add a mapping"))
            }
        }
        guard !mappings.isEmpty else {
            return h.p(.class("quiet"), text: say("There is none."))
        }
        h.ul(.class("rows plain-rows")) {
            for each in mappings {
                h.li(.data("row")) {
                    h.div {
                        let address = "\(ConsoleDues.mappings)/new?mapping=\(queryEscaped(each.name))"
                        if room.may(.recordPayments) {
                            h.a(.href(address), text: each.name)
                        } else {
                            h.b(each.name)
                        }
                        h.span(.class("also"), .untranslated, text: "\(each.mapping.account), \(each.mapping.currency)")
                    }
                    h.div { forget(h, room, each.name) }
                }
            }
        }
    }
}

private func forget(_ h: HTMLWriter, _ room: Room, _ name: String) {
    guard room.may(.recordPayments) else { return }
    room.form(h, "\(ConsoleDues.mappings)/forget", .class("plain")) {
        h.hiddenField("name", name)
        h.button(.class("link-button danger"), .type(.submit)) {
            h.text(say("Forget it"))
            h.span(.class("hidden-text"), text: .verbatim(": \(name)"))
        }
    }
}

private func mappingPage(_ room: Room, _ form: MappingForm, _ trouble: FormSetback) async throws -> Response {
    let headings = try await headings(room, form.sent)
    let page = DuesTab.statements.page(say("What the columns of a table hold"))
    return room.page(page, status: trouble.status) { h in
        h.trouble(trouble)
        if let sent = form.sent {
            h.p(.class("quiet"), text: say("For the file “\(sent.name)”, which waits. Its headings are offered below."))
        }
        room.form(h, "\(ConsoleDues.mappings)/new") {
            if let sent = form.sent {
                h.hiddenField("file", sent.hash)
                h.hiddenField("file-name", sent.name)
                if sent.isInvented { h.hiddenField("invented", "1") }
            }
            if !headings.isEmpty {
                h.datalist(.id("headings")) {
                    for heading in headings { h.option(.value(heading), text: heading) }
                }
            }
            MappingFields(h: h, form: form, problems: trouble.problems, offersHeadings: !headings.isEmpty).write()
            h.div(.class("form-end")) {
                h.button(
                    .class("button primary"),
                    .type(.submit),
                    text: form.sent == nil ? say("Keep the mapping") : say("Keep it and look at the file")
                )
                h.a(.class("button"), .href(ConsoleDues.mappings), text: say("Cancel"))
            }
        }
    }
}

/// What the file's first line with several cells says, as it is read without a mapping; it is only offered.
private func headings(_ room: Room, _ sent: SentStatement?) async throws -> [String] {
    guard let sent, let bytes = try await sent.bytes(room) else { return [] }
    let name = sent.name
    let header = await Task.detached { (try? UploadFile(name: name, bytes: bytes))?.header ?? [] }.value
    return Array(Set(header.filter { !$0.isEmpty && $0.count <= 100 })).sorted()
}
