import Access
import Charter
import HTML
import HTTPTypes
import Hummingbird
import Languages
import Membership
import Web

extension Site {
    /// What is done to many members at once, and taken back.
    static func addBulkActions(to rooms: RoomRoutes) {
        rooms.get("/console/bulk", .may(.readMembers)) { room in
            let actions = try await room.ask(BulkActions(limit: 50))
            return room.page(RoomPage(title: say("Actions on many"), place: .console(.members), trail: membersTrail)) {
                h in
                bulkRows(h, room, actions)
            }
        }
        rooms.post("/console/bulk/tag", .may(.tagMember), largestBody: bulkBytes) { room in
            let address = try room.listAddress()
            guard let change = TagMembers.Change(rawValue: room.form["change"]) else {
                throw InvalidInput("change", say("Choose whether the tag is added or taken away."))
            }
            let tag = room.form["tag"]
            let outcome = try await room.run(TagMembers(room.selection(address), change, tag: tag))
            guard let action = outcome.actionID else {
                let notice =
                    change == .add
                    ? say("Nothing was changed. All of them have the tag already.")
                    : say("Nothing was changed. None of them has the tag.")
                return room.redirect(to: address.address(), notice: notice)
            }
            return room.redirect(to: address.address(ConsoleMembersAddress.path, [("done", action)]))
        }
        rooms.post("/console/bulk/undo", .may(.tagMember)) { room in
            let outcome = try await room.run(UndoTagging(actionID: room.form["action"]))
            var notice = say(
                outcome.undone,
                one: "Undone for 1 member.",
                other: "Undone for \(outcome.undone) members."
            )
            if outcome.changedSince > 0 {
                let names = Phrase.list(outcome.names.prefix(5).map { .verbatim($0) })
                let left = say(
                    outcome.changedSince,
                    one: "\(outcome.changedSince) changed since and left alone: \(names).",
                    other: "\(outcome.changedSince) changed since and left alone: \(names)."
                )
                notice = .joined([notice, left], by: " ")
            }
            return room.redirect(to: "/console/bulk", notice: notice)
        }
        rooms.post("/console/bulk/mail", .may(.mailMembers), largestBody: bulkBytes) { room in
            try await writeToMany(room)
        }
        rooms.post("/console/bulk/stop-mail", .may(.mailMembers)) { room in
            let outcome = try await room.run(StopMailing(actionID: room.form["action"]))
            var notice = say(
                outcome.stopped,
                one: "1 mail was stopped.",
                other: "\(outcome.stopped) mails were stopped."
            )
            if outcome.gone > 0 {
                let gone = say(
                    outcome.gone,
                    one: "\(outcome.gone) had left already.",
                    other: "\(outcome.gone) had left already."
                )
                notice = .joined([notice, gone], by: " ")
            }
            return room.redirect(to: "/console/bulk", notice: notice)
        }
    }

    static let membersTrail = [(address: ConsoleMembersAddress.path, name: say("Members"))]
    /// Ten thousand ids with their names.
    private static let bulkBytes = 1 << 20
}

extension Room {
    /// Which members a form of the table is for.
    fileprivate func selection(_ address: ConsoleMembersAddress) -> MemberSelection {
        form.has("all") ? .matching(address.roll.filter(today: today)) : .members(form.all("member"))
    }
}

private func bulkRows(_ h: HTMLWriter, _ room: Room, _ actions: [BulkAction]) {
    guard !actions.isEmpty else {
        h.div(.class("empty")) {
            h.h2(say("Nothing yet"))
            h.p(say("What is done to many members at once stands here, with the way back."))
        }
        return
    }
    h.ul(.class("rows dated")) {
        for action in actions {
            h.li(.data("row")) {
                h.div {
                    h.b(bulkSentence(action))
                    h.span(.class("also"), text: action.selection)
                }
                h.div(.class("who"), text: action.madeBy)
                h.div(.class("age")) { h.instant(action.madeAt) }
                h.div(.class("next")) { if action.undoneAt == nil { undoButton(h, room, action) } }
            }
        }
    }
}

/// First the page to write on, then the mail itself; what is wrong comes back with all that was typed.
private func writeToMany(_ room: Room) async throws -> Response {
    let address = try room.listAddress()
    let selection = room.selection(address)
    guard room.form.has("all") || !room.form.all("member").isEmpty else { throw MemberRefusal.noneChosen }
    guard room.form.has("subject") else { return mailForm(room, address, FormProblems.none, status: .ok) }
    do {
        let mail = MailMembers(selection, subject: room.form["subject"], text: room.form.exact("text"))
        let outcome = try await room.run(mail)
        guard let action = outcome.actionID else {
            let problem = FormProblems(fields: [
                .init("subject", say("None of them has a representative or a contact address."))
            ])
            return mailForm(room, address, problem, status: .unprocessableContent)
        }
        var notice = say(
            outcome.mails,
            one: "1 mail waits to be sent.",
            other: "\(outcome.mails) mails wait to be sent."
        )
        if outcome.without > 0 {
            let names = Phrase.list(outcome.withoutNames.prefix(5).map { .verbatim($0) })
            let without = say(
                outcome.without,
                one: "\(outcome.without) without any address: \(names).",
                other: "\(outcome.without) without any address: \(names)."
            )
            notice = .joined([notice, without], by: " ")
        }
        return room.redirect(to: address.address(ConsoleMembersAddress.path, [("done", action)]), notice: notice)
    } catch let input as InvalidInput {
        return mailForm(room, address, FormProblems(input), status: .unprocessableContent)
    }
}

private func mailForm(
    _ room: Room,
    _ address: ConsoleMembersAddress,
    _ problems: FormProblems,
    status: HTTPResponse.Status
) -> Response {
    let members = room.form.all("member")
    let isAll = room.form.has("all")
    let page = RoomPage(title: say("Write to members"), place: .console(.members), trail: Site.membersTrail)
    return room.page(page, status: status) { h in
        h.problems(problems)
        h.p(
            .class("lede"),
            text: isAll
                ? say("One mail to each representative and contact address of all that match the list.")
                : say(
                    members.count,
                    one: "One mail to each representative and contact address of the one chosen member.",
                    other: "One mail to each representative and contact address of the \(members.count) chosen members."
                )
        )
        room.form(h, "/console/bulk/mail") {
            h.input(.type(.hidden), .name("list"), .value(listQuery(address)))
            if isAll { h.input(.type(.hidden), .name("all"), .value("on")) }
            for member in members { h.input(.type(.hidden), .name("member"), .value(member)) }
            h.textField(
                "subject",
                label: say("Subject"),
                value: room.form["subject"],
                problems: problems,
                .maxlength(150)
            )
            h.textArea(
                "text",
                label: say("Text"),
                value: room.form.exact("text"),
                rows: 12,
                help: say("An empty line begins a new paragraph."),
                problems: problems
            )
            h.div(.class("form-end")) {
                h.button(.class("button primary"), .type(.submit), text: say("Send the mails"))
                h.a(.class("button"), .href(address.address()), text: say("Back to the list"))
            }
        }
    }
}
