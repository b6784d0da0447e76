import Access
import Charter
import HTML
import HTTPTypes
import Hummingbird
import Identity
import Languages
import Membership
import Web

extension Site {
    /// Who acts for a member: see, invite, end.
    static func addMemberPeople(to rooms: RoomRoutes) {
        rooms.get("/portal/:key/people", .inMember(.readMemberPeople)) { room in
            let lines = try await room.ask(PeopleOfMember(room.itsMember.id))
            return try peoplePage(room, lines)
        }
        rooms.get("/portal/:key/people/invite", .inMember(.giveMemberRole)) { room in
            try invitePage(room, InviteForm(room.form), .none)
        }
        rooms.post("/portal/:key/people/invite", .inMember(.giveMemberRole)) { room in
            let form = InviteForm(room.form)
            do {
                _ = try await room.run(form.command(room))
                return room.redirect(to: try room.portal(.people), notice: say("\(form.name) is invited by mail."))
            } catch let input as InvalidInput {
                return try invitePage(room, form, FormProblems(input))
            }
        }
        rooms.post("/portal/:key/people/invitations/:id/again", .inMember(.giveMemberRole)) { room in
            let command = InviteAgain(
                try room.parameter("id"),
                places: room.site.rooms.places,
                letters: room.site.rooms.letters
            )
            _ = try await room.run(command)
            return room.redirect(to: try room.portal(.people), notice: say("The invitation is sent again."))
        }
        rooms.post("/portal/:key/people/invitations/:id/revoke", .inMember(.giveMemberRole)) { room in
            try await room.run(RevokeInvitation(room.parameter("id"), sources: room.site.reception.personalData))
            return room.redirect(to: try room.portal(.people), notice: say("The invitation is taken back."))
        }
        rooms.get("/portal/:key/people/roles/:id/end", .inMember(.giveMemberRole)) { room in
            try await endPage(room, .none)
        }
        rooms.post("/portal/:key/people/roles/:id/end", .inMember(.giveMemberRole)) { room in
            do {
                let lastDay = room.form.optional("until")
                try await room.run(EndRole(room.parameter("id"), lastDay: lastDay, grounds: room.form["grounds"]))
                let notice = lastDay.map { say("The role ends on \($0).") } ?? say("The role is ended.")
                return room.redirect(to: try room.portal(.people), notice: notice)
            } catch let input as InvalidInput {
                return try await endPage(room, FormProblems(input))
            }
        }
    }
}

/// What the form of an invitation holds.
private struct InviteForm: Sendable {
    static let roles: [Access.Role] = [.representative, .editor, .delegate]

    let name: String
    let email: String
    let language: String
    let role: String
    let until: String
    let grounds: String

    init(_ form: FormValues) {
        name = form["name"]
        email = form["email"]
        language = form.optional("language") ?? "en"
        role = form.optional("role") ?? Access.Role.editor.rawValue
        until = form["until"]
        grounds = form["grounds"]
    }

    /// The place is the room's member, whatever else a form says. Throws `InvalidInput`.
    func command(_ room: Room) throws -> InvitePerson {
        guard let role = Access.Role(rawValue: role) else {
            throw InvalidInput("role", say("Choose a role of the list."))
        }
        return InvitePerson(
            name: name,
            email: email,
            language: language,
            role: role,
            in: .member(try room.itsMember.id),
            until: until.isEmpty ? nil : until,
            grounds: grounds,
            places: room.site.rooms.places,
            letters: room.site.rooms.letters
        )
    }
}

private func peoplePage(_ room: Room, _ lines: [PeopleOfMember.Line]) throws -> Response {
    let member = try room.itsMember
    let mayGive = room.may(.giveMemberRole, at: .member(member.id))
    let address = PortalPlace.people.address(member.key)
    let today = room.today.description
    let (former, present) = lines.partitioned { line in
        line.role.endedAt != nil || (line.role.endsOn.map { $0 < today } ?? false)
    }
    return try room.portalPage(say("People"), .people) { h in
        h.p(.class("lede"), text: say("Who acts for \(member.name), as what and until when."))
        if mayGive {
            h.p { h.a(.class("button primary"), .href("\(address)/invite"), text: say("Invite somebody")) }
        }
        if room.may(.manageMemberTokens, at: .member(member.id)) {
            h.p {
                h.a(.href("/portal/\(member.key)/tokens"), text: say("Tokens for the member's programs"))
            }
        }
        if present.isEmpty {
            h.div(.class("empty")) {
                h.h2(say("Nobody acts for the member"))
                h.p(say("Without a representative nobody gets its letters."))
            }
        } else {
            h.ul(.class("rows plain-rows")) { for line in present { personRow(h, room, line, address, mayGive) } }
        }
        guard !former.isEmpty else { return }
        h.section(.aria(.labelledby, "former")) {
            h.h2(.id("former"), text: say("Before", context: "people who held a role"))
            h.ul(.class("rows plain-rows")) { for line in former { personRow(h, room, line, address, false) } }
        }
    }
}

private func personRow(_ h: HTMLWriter, _ room: Room, _ line: PeopleOfMember.Line, _ address: String, _ mayGive: Bool) {
    h.li(.data("row")) {
        h.div {
            h.sentence(say("\(part: 0), \(line.role.role.name)"), { h.b(line.person.name) })
            let held = period(line.role)
            h.span(.class("also"), text: line.invitation == nil ? held : say("\(held), invited"))
            if let email = line.person.email { h.span(.class("also"), text: email) }
        }
        h.div(.class("next")) {
            guard mayGive else { return }
            if let invitation = line.invitation {
                act(h, room, "\(address)/invitations/\(invitation.id)/again", say("Invite again"), line.person.name)
                h.text(" ")
                act(h, room, "\(address)/invitations/\(invitation.id)/revoke", say("Take back"), line.person.name)
            } else {
                h.a(
                    .href("\(address)/roles/\(line.role.id)/end"),
                    .aria(.label, say("End the role of \(line.person.name)")),
                    text: say("End")
                )
            }
        }
    }
}

private func period(_ role: Grant) -> Phrase {
    if let ended = role.endedAt { return say("ended on \(InstantWords(ended).date)") }
    let start = DayRange(role.startsOn, role.startsOn).label
    return role.endsOn.map { say("since \(start) until \(DayRange($0, $0).label)") } ?? say("since \(start)")
}

private func act(_ h: HTMLWriter, _ room: Room, _ address: String, _ words: Phrase, _ name: String) {
    room.form(h, address, .class("plain")) {
        h.button(.class("link-button"), .type(.submit)) {
            h.text(words)
            h.span(.class("hidden-text"), text: ": \(name)")
        }
    }
}

private func invitePage(_ room: Room, _ form: InviteForm, _ problems: FormProblems) throws -> Response {
    let address = try room.portal(.people, "/invite")
    let back = try room.portal(.people)
    let status: HTTPResponse.Status = problems.isEmpty ? .ok : .unprocessableContent
    return try room.portalPage(say("Invite somebody"), .people, isBelow: true, status: status) { h in
        h.p(.class("lede"), text: say("They get a letter with a link, good for two weeks."))
        h.problems(problems)
        room.form(h, address) {
            h.textField(
                "name",
                label: say("Name", context: "of a person"),
                value: form.name,
                problems: problems,
                .maxlength(200),
                .required()
            )
            h.textField(
                "email",
                label: say("E-mail"),
                value: form.email,
                type: .email,
                problems: problems,
                .maxlength(254),
                .required()
            )
            h.choice(
                "role",
                label: say("Role"),
                value: form.role,
                options: InviteForm.roles.map { ($0.rawValue, say("\($0.name): \($0.purpose)")) },
                problems: problems
            )
            h.choice(
                "language",
                label: say("Language of the letters"),
                value: form.language,
                options: Letters.languages.map { ($0, languageName($0)) },
                problems: problems
            )
            h.textField(
                "until",
                label: say("Until (if you like)"),
                value: form.until,
                type: .date,
                help: say("The last day of the role."),
                problems: problems,
                .min(room.today.description)
            )
            h.div(.class("form-end")) {
                h.button(.class("button primary"), .type(.submit), text: say("Invite"))
                h.a(.class("button"), .href(back), text: say("Cancel"))
            }
        }
    }
}

/// Asks once more before a role is ended, by name.
private func endPage(_ room: Room, _ problems: FormProblems) async throws -> Response {
    let id = try room.parameter("id")
    let member = try room.itsMember
    let lines = try await room.ask(PeopleOfMember(member.id))
    guard let line = lines.first(where: { $0.role.id == id }) else { throw RequestProblem.notFound }
    let address = try room.portal(.people, "/roles/\(id)/end")
    let back = try room.portal(.people)
    let status: HTTPResponse.Status = problems.isEmpty ? .ok : .unprocessableContent
    return try room.portalPage(say("End a role"), .people, isBelow: true, status: status) { h in
        h.p(
            .class("lede"),
            text: say(
                "\(line.person.name) will no longer be \(line.role.role.name) of \(member.name)."
            )
        )
        h.problems(problems)
        room.form(h, address) {
            h.textField(
                "until",
                label: say("Last day"),
                value: room.form["until"],
                type: .date,
                help: say("Empty for at once."),
                problems: problems,
                .min(room.today.description)
            )
            h.textField(
                "grounds",
                label: say("Why (if you like)"),
                value: room.form["grounds"],
                problems: problems,
                .maxlength(500)
            )
            h.div(.class("form-end")) {
                h.button(.class("button danger"), .type(.submit), text: say("End the role"))
                h.a(.class("button"), .href(back), text: say("Cancel"))
            }
        }
    }
}

extension Array {
    /// Those that fit, and the others, each in their order.
    fileprivate func partitioned(_ fits: (Element) -> Bool) -> (fitting: [Element], others: [Element]) {
        (filter(fits), filter { !fits($0) })
    }
}
