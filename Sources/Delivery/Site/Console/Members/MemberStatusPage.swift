import Access
import Charter
import HTML
import HTTPTypes
import Hummingbird
import Languages
import Membership
import Web

/// The form for a step in a member's standing, with the steps so far.
func statusPage(_ room: Room, _ problems: FormProblems, status: HTTPResponse.Status) async throws -> Response {
    let story = try await room.ask(MemberStory(key: room.parameter("key"), changes: 1))
    let decisions = try await room.ask(RecordedDecisions())
    let profile = story.profile
    let words = room.site.words
    let order = StatusOrder(charter: room.site.charter, day: room.today)
    let possible = order.possible(after: profile.statuses.last?.status)
    let trail = Site.membersTrail + [(address: memberAddress(profile.key), name: .verbatim(profile.name))]
    let page = RoomPage(title: say("Status of \(profile.name)"), place: .console(.members), trail: trail)
    return room.page(page, status: status) { h in
        h.problems(problems)
        h.ol(.class("timeline")) {
            for event in profile.statuses {
                h.timelineRow(DayRange(event.earliest, event.latest), source: FactSource(event.source)) {
                    let name = words.status(event.status)
                    h.text(event.grounds.map { say("\(name): \(Phrase.record($0))") } ?? .verbatim(name))
                }
            }
        }
        room.form(h, memberAddress(profile.key, "status")) {
            let revision = room.form.optional("revision") ?? String(story.revision)
            h.input(.type(.hidden), .name("revision"), .value(revision))
            h.choice(
                "status",
                label: say("New status"),
                value: room.form["status"],
                options: [("", say("Choose"))] + possible.map { ($0.key, .verbatim(words.status($0.key))) },
                help: say("What may follow the present one, by the charter."),
                problems: problems
            )
            h.textField(
                "day",
                label: say("In effect from"),
                value: room.form.optional("day") ?? room.today.description,
                type: .date,
                problems: problems
            )
            h.choice(
                "decision",
                label: say("Decision"),
                value: room.form["decision"],
                options: [("", say("None on record"))]
                    + decisions.map { ($0.key, Phrase.verbatim("\($0.latest.prefix(4)): ") + .record($0.title)) },
                problems: problems
            )
            groundsField(h, room.form.exact("grounds"), problems)
            h.div(.class("form-end")) {
                h.button(.class("button primary"), .type(.submit), text: say("Record the status"))
                h.a(.class("button"), .href(memberAddress(profile.key)), text: say("Leave it as it is"))
            }
        }
    }
}

func saveStatus(_ room: Room) async throws -> Response {
    let member = try await room.ask(MemberToEdit(key: room.parameter("key")))
    let status = room.form["status"]
    let command = ChangeStatus(
        memberID: member.id,
        seenRevision: Int(room.form["revision"]) ?? 0,
        status: status,
        day: room.form["day"],
        decision: room.form["decision"],
        grounds: room.form.exact("grounds"),
        charter: room.site.charter
    )
    do {
        try await room.run(command)
        let notice = say("\(room.site.words.status(status)), in effect from \(room.form["day"]).")
        return room.redirect(to: memberAddress(member.key), notice: notice)
    } catch let input as InvalidInput {
        return try await statusPage(room, FormProblems(input), status: .unprocessableContent)
    }
}

/// The names in other languages and the aliases, with the forms that add and end one.
func namesPage(_ room: Room, _ problems: FormProblems, status: HTTPResponse.Status) async throws -> Response {
    let member = try await room.ask(MemberToEdit(key: room.parameter("key")))
    let name = member.draft[.name]
    let trail = Site.membersTrail + [(address: memberAddress(member.key), name: .verbatim(name))]
    let page = RoomPage(title: say("Other names of \(name)"), place: .console(.members), trail: trail)
    return room.page(page, status: status) { h in
        h.problems(problems)
        h.p(.class("lede"), text: say("The member is found under each of them, also after it ended."))
        addNameForm(h, room, member, problems)
        if !member.otherNames.isEmpty { endNameForm(h, room, member, problems) }
    }
}

private func addNameForm(_ h: HTMLWriter, _ room: Room, _ member: EditableMember, _ problems: FormProblems) {
    let isSent = room.form.has("name")
    h.h2(say("Add one"))
    room.form(h, memberAddress(member.key, "names")) {
        h.textField("name", label: say("Name"), value: room.form["name"], problems: problems, .maxlength(200))
        h.div(.class("field-pair")) {
            h.textField(
                "language",
                label: say("Language"),
                value: room.form["language"],
                help: say("Its code, as in ko, ar or zh."),
                problems: problems,
                .maxlength(12)
            )
            h.choice(
                "kind",
                label: say("What it is"),
                value: room.form["kind"],
                options: [("name", say("Official in that language")), ("alias", say("Another spelling or alias"))],
                problems: problems
            )
        }
        groundsField(h, isSent ? room.form.exact("grounds") : "", isSent ? problems : .none)
        h.div(.class("form-end")) { h.button(.class("button primary"), .type(.submit), text: say("Add the name")) }
    }
}

private func endNameForm(_ h: HTMLWriter, _ room: Room, _ member: EditableMember, _ problems: FormProblems) {
    h.h2(say("End one"))
    room.form(h, memberAddress(member.key, "names")) {
        h.choice(
            "token",
            label: say("Name that is no longer in use"),
            value: room.form["token"],
            options: [("", say("Choose"))]
                + member.otherNames.map { ($0.token, say("\($0.name) (\(nameKind($0.kind)), \($0.language))")) },
            problems: problems
        )
        h.textField(
            "last_day",
            label: say("Last day"),
            value: room.form.optional("last_day") ?? room.today.description,
            type: .date,
            problems: problems
        )
        h.textField(
            "end_grounds",
            label: say("Grounds"),
            value: room.form["end_grounds"],
            help: say("Why, and where you have it from."),
            problems: problems
        )
        h.div(.class("form-end")) { h.button(.class("button"), .type(.submit), text: say("End the name")) }
    }
}

func saveName(_ room: Room) async throws -> Response {
    let member = try await room.ask(MemberToEdit(key: room.parameter("key")))
    let form = room.form
    let notice: Phrase
    do {
        if form.has("token") {
            try await room.run(
                EndMemberName(
                    memberID: member.id,
                    token: form.exact("token"),
                    lastDay: form["last_day"],
                    grounds: form["end_grounds"],
                    charter: room.site.charter
                )
            )
            notice = say("The name ended on \(form["last_day"]).")
        } else {
            try await room.run(
                AddMemberName(
                    memberID: member.id,
                    name: form["name"],
                    language: form["language"],
                    kind: AddMemberName.Kind(rawValue: form["kind"]) ?? .alias,
                    grounds: form.exact("grounds"),
                    charter: room.site.charter
                )
            )
            notice = say("“\(form["name"])” was added.")
        }
    } catch let input as InvalidInput {
        // Both forms ask for grounds; each has a box of its own.
        let fields = input.fields.map { field in
            form.has("token") && field.name == "grounds" ? .init("end_grounds", field.message) : field
        }
        return try await namesPage(room, FormProblems(fields: fields), status: .unprocessableContent)
    }
    return room.redirect(to: memberAddress(member.key, "names"), notice: notice)
}
