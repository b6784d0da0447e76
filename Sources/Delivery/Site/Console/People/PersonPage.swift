import Access
import Charter
import HTML
import HTTPTypes
import Hummingbird
import Identity
import Languages
import Web

extension Site {
    static func addPerson(to rooms: RoomRoutes) {
        rooms.get("/console/people/:id", .may(.readPeople)) { room in
            try await personPage(room, room.parameter("id"))
        }
    }
}

/// What was sent with one of the forms of a person's page and what is wrong with it.
struct PersonForm: Sendable {
    var role = FormProblems.none
    var details = FormProblems.none
    var refusal: (any Refusal)?

    var status: HTTPResponse.Status {
        if let refusal { return refusal.kind.status }
        return role.isEmpty && details.isEmpty ? .ok : .unprocessableContent
    }
}

/// One person: who they are, which roles they have had, what can be done about it.
func personPage(_ room: Room, _ id: String, _ form: PersonForm = PersonForm()) async throws -> Response {
    let record = try await room.ask(PersonRecord(id))
    let names = try await Site.placeNames(room, record.roles)
    let roleForm = try await RoleForm.load(room)
    let page = RoomPage(
        title: .person(record.person.name),
        place: .console(.people),
        trail: [(ConsolePlace.people.address, ConsolePlace.people.title)]
    )
    return room.page(page, status: form.status) { h in
        h.problems(FormProblems(fields: form.role.fields + form.details.fields))
        h.refused(form.refusal)
        if let erasure = record.erasure { erasureRequest(h, room, record.person, erasure) }
        h.div(.class("account-grid")) {
            h.div {
                facts(h, room, record.person)
                roleHistory(h, room, record, names)
                invitations(h, room, record, names)
            }
            h.div {
                if record.person.isOpen, !roleForm.roles.isEmpty { giveRole(h, room, record.person, roleForm, form) }
                if room.may(.editPerson), record.person.erasedAt == nil, !isOwn(room, record.person) {
                    edit(h, room, record.person, form)
                    account(h, room, record.person)
                }
            }
        }
    }
}

func isOwn(_ room: Room, _ person: Person) -> Bool { (try? room.actor.person.id) == person.id }

private func facts(_ h: HTMLWriter, _ room: Room, _ person: Person) {
    h.dl(.class("facts")) {
        h.fact(say("Account")) { accountState(h, person) }
        if let email = person.email { h.fact(say("E-mail")) { h.text(email) } }
        h.fact(say("Mail in")) {
            h.text(mailLanguages.first(where: { $0.value == person.language })?.text ?? person.language)
        }
        h.fact(say("Signed in")) {
            if let seen = person.signedInAt {
                h.instant(seen)
            } else {
                h.text(say("never", context: "last sign-in of a person"))
            }
        }
        h.fact(say("Signs in by")) {
            var ways = [say("link", context: "a way to sign in")]
            if person.hasPassword { ways.append(say("password", context: "a way to sign in")) }
            if person.hasSecondFactor { ways.append(say("second factor", context: "a way to sign in")) }
            h.text(Phrase.joined(ways, by: ", "))
        }
        h.fact(say("Known since")) { h.instant(person.createdAt) }
    }
    h.div(.class("actions")) {
        if room.may(.readMail) { h.a(.href("/console/mail?person=\(person.id)"), text: say("Mail to them")) }
        if room.may(.readJournal) {
            h.a(.href("/console/journal?about=person:\(person.id)"), text: say("What was changed about them"))
        }
    }
}

private func roleHistory(
    _ h: HTMLWriter,
    _ room: Room,
    _ record: PersonRecord.Answer,
    _ names: [Access.Place: String]
) {
    let today = room.today.description
    h.section(.aria(.labelledby, "roles")) {
        h.h2(.id("roles"), text: say("Roles"))
        guard !record.roles.isEmpty else { return h.p(.class("quiet"), text: say("They never had one.")) }
        h.ul(.class("rows plain-rows")) {
            for grant in record.roles {
                h.li {
                    h.div {
                        let place = names[grant.place].map { Phrase.verbatim($0) } ?? say("a place that is gone")
                        h.sentence(say("\(part: 0) in \(place)"), { h.b(grant.role.name) })
                        h.span(.class("also"), text: roleStory(grant, record.names, today))
                    }
                    h.div(.class("next")) {
                        let isOver = grant.endedAt != nil || (grant.endsOn.map { $0 < today } ?? false)
                        if !isOver, room.may(grant.role.givenBy, at: grant.place) { endForm(h, room, grant) }
                    }
                }
            }
        }
    }
}

private func roleStory(_ grant: Grant, _ names: [String: String], _ today: String) -> Phrase {
    func name(_ id: String) -> Phrase { names[id].map { Phrase.verbatim($0) } ?? say("somebody") }
    let giver = grant.givenBy.map { name($0) } ?? say("the command line")
    var story = [grant.startsOn > today ? say("\(grant.period), to come.") : say("\(grant.period).")]
    story.append(grant.grounds.map { say("Given by \(giver): \($0).") } ?? say("Given by \(giver)."))
    if grant.endedAt != nil {
        let ender = grant.endedBy.map { name($0) } ?? say("the program")
        story.append(say("Ended by \(ender)."))
    }
    return .joined(story, by: " ")
}

private func endForm(_ h: HTMLWriter, _ room: Room, _ grant: Grant) {
    h.details(.class("end-role")) {
        h.summary { h.text(say("End")) }
        room.form(h, "/console/roles/\(grant.id)/end") {
            h.label(.for("last-\(grant.id)"), text: say("Last day"))
            h.input(.type(.date), .id("last-\(grant.id)"), .name("until"), .aria(.describedby, "how-\(grant.id)"))
            h.p(.class("help"), .id("how-\(grant.id)"), text: say("At once when left empty."))
            h.button(.class("button small danger"), .type(.submit), text: say("End \(grant.role.name)"))
        }
    }
}

private func invitations(
    _ h: HTMLWriter,
    _ room: Room,
    _ record: PersonRecord.Answer,
    _ names: [Access.Place: String]
) {
    let open = record.invitations.filter(\.isOpen)
    guard !open.isEmpty else { return }
    h.section(.aria(.labelledby, "invitations")) {
        h.h2(.id("invitations"), text: say("Invitations that wait"))
        h.ul(.class("rows plain-rows")) {
            for invitation in open {
                let grant = record.roles.first { $0.id == invitation.grantID }
                h.li {
                    h.div {
                        h.sentence(say("Sent \(part: 0)"), { h.instant(invitation.sentAt) })
                        if let grant { h.span(.class("also"), text: roleWords([grant], names)) }
                    }
                    if let grant, room.may(grant.role.givenBy, at: grant.place) {
                        h.div(.class("next actions")) {
                            room.form(h, "/console/invitations/\(invitation.id)/again", .class("plain")) {
                                h.button(.class("link-button"), .type(.submit), text: say("Send again"))
                            }
                            room.form(h, "/console/invitations/\(invitation.id)/revoke", .class("plain")) {
                                h.button(.class("link-button danger"), .type(.submit), text: say("Take back"))
                            }
                        }
                    }
                }
            }
        }
    }
}

private func giveRole(_ h: HTMLWriter, _ room: Room, _ person: Person, _ roleForm: RoleForm, _ form: PersonForm) {
    guard !isOwn(room, person) else { return }
    h.section(.aria(.labelledby, "give")) {
        h.h2(.id("give"), text: say("Give a role"))
        room.form(h, "\(PeopleAddress.person(person.id))/roles") {
            roleForm.show(h, form.role.isEmpty && form.refusal == nil ? FormValues() : room.form, form.role)
            h.div(.class("form-end")) { h.button(.class("button"), .type(.submit), text: say("Give the role")) }
        }
    }
}

private func edit(_ h: HTMLWriter, _ room: Room, _ person: Person, _ form: PersonForm) {
    let isSent = !form.details.isEmpty
    h.section(.aria(.labelledby, "edit")) {
        h.h2(.id("edit"), text: say("Details"))
        room.form(h, "\(PeopleAddress.person(person.id))/edit") {
            h.textField(
                "name",
                label: say("Name", context: "of a person"),
                value: isSent ? room.form["name"] : person.name,
                problems: form.details,
                .autocomplete("off")
            )
            h.textField(
                "email",
                label: say("E-mail address"),
                value: isSent ? room.form["email"] : person.email ?? "",
                type: .email,
                help: say("A change is told to the present address and ends their sign-ins."),
                problems: form.details,
                .autocomplete("off")
            )
            h.choice(
                "language",
                label: say("Language of their mail"),
                value: isSent ? room.form["language"] : person.language,
                options: mailLanguages,
                problems: form.details
            )
            h.div(.class("form-end")) { h.button(.class("button"), .type(.submit), text: say("Save")) }
        }
    }
}

private func account(_ h: HTMLWriter, _ room: Room, _ person: Person) {
    let address = PeopleAddress.person(person.id)
    h.section(.aria(.labelledby, "account")) {
        h.h2(.id("account"), text: say("Account"))
        if person.isOpen {
            h.p(say("A telephone or computer lost? This ends every sign-in of \(person.name); they can sign in again."))
            room.form(h, "\(address)/sign-out") {
                h.button(.class("button"), .type(.submit), text: say("Sign \(person.name) out everywhere"))
            }
            h.p(say("Closing keeps \(person.name) from signing in, at once. It can be opened again."))
            room.form(h, "\(address)/close") {
                h.button(.class("button danger"), .type(.submit), text: say("Close the account of \(person.name)"))
            }
        } else {
            room.form(h, "\(address)/reopen") {
                h.button(.class("button"), .type(.submit), text: say("Open the account again"))
            }
        }
        if person.hasSecondFactor {
            h.p(say("Telephone and recovery codes lost? Make sure that it is really \(person.name) who asks."))
            room.form(h, "\(address)/reset-second-factor") {
                h.button(.class("button"), .type(.submit), text: say("Reset the second factor"))
            }
        }
        if room.may(.erasePerson) {
            h.p { h.a(.class("danger-link"), .href("\(address)/erase"), text: say("Erase their data…")) }
        }
    }
}
