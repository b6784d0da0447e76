import Access
import HTML
import HTTPTypes
import Hummingbird
import Languages
import Membership
import Standing
import Web

extension Site {
    /// A member at an event: added from either side, corrected, removed.
    static func addParticipation(to rooms: RoomRoutes) {
        let path = ConsolePlace.events.address
        rooms.get("\(path)/:id/add", .may(.recordParticipation)) { try await addToEvent($0, .none) }
        rooms.post("\(path)/:id/add", .may(.recordParticipation)) { room in
            let key = try room.parameter("id")
            do {
                try await room.run(
                    AddParticipation(
                        event: key,
                        member: room.form["member"],
                        ParticipationDraft(room.form),
                        grounds: room.form.exact("grounds")
                    )
                )
                return room.redirect(to: eventAddress(key), notice: say("It is recorded."))
            } catch let input as InvalidInput { return try await addToEvent(room, FormProblems(input)) }
        }
        rooms.get("\(path)/:id/members/:key/:capacity", .may(.recordParticipation)) {
            try await correctionPage($0, .none)
        }
        rooms.post("\(path)/:id/members/:key/:capacity", .may(.recordParticipation)) { try await correct($0) }
        rooms.post("\(path)/:id/members/:key/:capacity/remove", .may(.recordParticipation)) { try await remove($0) }
        rooms.post("/console/members/:key/circumstance", .may(.editMember)) { try await stateCircumstance($0) }
        rooms.get("/console/members/:key/participation", .may(.readMembers)) { try await ofMember($0, .none) }
        rooms.post("/console/members/:key/participation", .may(.recordParticipation)) { room in
            let key = try room.parameter("key")
            do {
                try await room.run(
                    AddParticipation(
                        event: room.form["event"],
                        member: key,
                        ParticipationDraft(room.form),
                        grounds: room.form.exact("grounds")
                    )
                )
                return room.redirect(to: memberAddress(key, "participation"), notice: say("It is recorded."))
            } catch let input as InvalidInput { return try await ofMember(room, FormProblems(input)) }
        }
    }

    private static func addToEvent(_ room: Room, _ problems: FormProblems) async throws -> Response {
        let event = try await room.ask(OneEvent(room.parameter("id"))).event
        let trail = eventTrail + [(address: eventAddress(event.key), name: .verbatim(event.name))]
        let page = RoomPage(title: say("Add a member"), place: .console(.events), trail: trail)
        return room.page(page, status: problems.isEmpty ? .ok : .unprocessableContent) { h in
            h.problems(problems)
            room.form(h, eventAddress(event.key, "add")) {
                h.textField(
                    "member",
                    label: say("Member"),
                    value: room.form["member"],
                    help: say("Its key, or any name under which it is known."),
                    problems: problems,
                    .maxlength(200)
                )
                participationFields(h, ParticipationDraft(room.form), problems)
                groundsField(h, room.form.exact("grounds"), problems)
                h.div(.class("form-end")) {
                    h.button(.class("button primary"), .type(.submit), text: say("Record it"))
                    h.a(.class("button"), .href(eventAddress(event.key)), text: say("Leave it as it is"))
                }
            }
        }
    }

    /// What a member took part in, and the form that adds more.
    static func ofMember(_ room: Room, _ problems: FormProblems) async throws -> Response {
        let found = try await room.ask(ParticipationOfMember(member: room.parameter("key")))
        let trail = membersTrail + [(address: memberAddress(found.memberKey), name: .verbatim(found.memberName))]
        let page = RoomPage(title: say("Participation of \(found.memberName)"), place: .console(.members), trail: trail)
        return room.page(page, status: problems.isEmpty ? .ok : .unprocessableContent) { h in
            h.problems(problems)
            memberParticipation(h, room, found)
            if room.may(.recordParticipation) {
                h.section(.aria(.labelledby, "add")) {
                    h.h2(.id("add"), text: say("Record more"))
                    room.form(h, memberAddress(found.memberKey, "participation")) {
                        h.choice(
                            "event",
                            label: say("Event"),
                            value: room.form["event"],
                            options: [("", say("Choose"))]
                                + found.events.map { ($0.key, say("\($0.name), \($0.dates.label)")) },
                            problems: problems
                        )
                        participationFields(h, ParticipationDraft(room.form), problems)
                        groundsField(h, room.form.exact("grounds"), problems)
                        h.div(.class("form-end")) {
                            h.button(.class("button primary"), .type(.submit), text: say("Record it"))
                        }
                    }
                }
            }
            circumstances(h, room, found, problems)
            participationSteps(h, found.steps, namesEvent: true)
        }
    }

    private static func correctionPage(
        _ room: Room,
        _ problems: FormProblems,
        removal: FormProblems = .none
    ) async throws -> Response {
        let taken = try await participation(room)
        let isSent = room.form.has("capacity")
        let draft =
            isSent
            ? ParticipationDraft(room.form)
            : ParticipationDraft(capacity: taken.capacity, mode: taken.mode, position: taken.position ?? "")
        let address = eventAddress(taken.event, "members", taken.memberKey, taken.capacity)
        let trail = eventTrail + [(address: eventAddress(taken.event), name: .verbatim(taken.eventName))]
        let page = RoomPage(title: .verbatim(taken.memberName), place: .console(.events), trail: trail)
        let status: HTTPResponse.Status = problems.isEmpty && removal.isEmpty ? .ok : .unprocessableContent
        return room.page(page, status: status) { h in
            h.problems(problems.isEmpty ? removal : problems)
            h.div(.class("columns even")) {
                h.section(.aria(.labelledby, "correct")) {
                    h.h2(.id("correct"), text: say("Correct it"))
                    room.form(h, address) {
                        h.hiddenField("seen", room.form.optional("seen") ?? taken.lastStep)
                        participationFields(h, draft, problems)
                        groundsField(h, isSent ? room.form.exact("grounds") : "", problems)
                        h.div(.class("form-end")) {
                            h.button(.class("button primary"), .type(.submit), text: say("Correct it"))
                            h.a(.class("button"), .href(eventAddress(taken.event)), text: say("Leave it as it is"))
                        }
                    }
                }
                h.section(.aria(.labelledby, "remove")) {
                    h.h2(.id("remove"), text: say("Remove it"))
                    room.form(h, "\(address)/remove") {
                        h.hiddenField("seen", room.form.optional("seen") ?? taken.lastStep)
                        h.textArea(
                            "remove_grounds",
                            label: say("Why it is removed"),
                            value: room.form.exact("remove_grounds"),
                            rows: 2,
                            help: say("What it said stays on record, as a step with this reason."),
                            problems: removal,
                            .maxlength(1000)
                        )
                        h.div(.class("form-end")) {
                            h.button(.class("button danger"), .type(.submit), text: say("Remove it"))
                        }
                    }
                }
            }
        }
    }

    private static func participation(_ room: Room) async throws -> Participation {
        let found = try await room.ask(OneEvent(room.parameter("id")))
        let (key, capacity) = (try room.parameter("key"), try room.parameter("capacity"))
        guard let taken = found.participations.first(where: { $0.memberKey == key && $0.capacity == capacity }) else {
            throw ParticipationRefusal.noSuchParticipation
        }
        return taken
    }

    private static func correct(_ room: Room) async throws -> Response {
        let event = try room.parameter("id")
        let command = CorrectParticipation(
            event: event,
            member: try room.parameter("key"),
            capacity: try room.parameter("capacity"),
            seenStep: room.form["seen"],
            ParticipationDraft(room.form),
            grounds: room.form.exact("grounds")
        )
        do {
            try await room.run(command)
            return room.redirect(to: eventAddress(event), notice: say("It is corrected. What it said stays as a step."))
        } catch let input as InvalidInput {
            return try await correctionPage(room, FormProblems(input))
        } catch ParticipationRefusal.nothingDiffers {
            return room.redirect(to: eventAddress(event), notice: say("Nothing differed, so nothing was changed."))
        }
    }

    private static func remove(_ room: Room) async throws -> Response {
        let event = try room.parameter("id")
        let command = RemoveParticipation(
            event: event,
            member: try room.parameter("key"),
            capacity: try room.parameter("capacity"),
            seenStep: room.form["seen"],
            grounds: room.form.exact("remove_grounds")
        )
        do {
            try await room.run(command)
            return room.redirect(to: eventAddress(event), notice: say("It is removed. What it said stays as a step."))
        } catch let input as InvalidInput {
            let fields = input.fields.map { InvalidInput.Field("remove_grounds", $0.message) }
            return try await correctionPage(room, .none, removal: FormProblems(fields: fields))
        }
    }
}

/// What a member took part in, the latest first.
func memberParticipation(_ h: HTMLWriter, _ room: Room, _ found: ParticipationOfMember.Answer) {
    guard !found.participations.isEmpty else {
        return h.p(.class("quiet"), text: say("It is recorded at no event."))
    }
    h.ul(.class("rows dated")) {
        for taken in found.participations {
            h.li(.data("row")) {
                h.div {
                    h.a(.href(eventAddress(taken.event)), text: taken.eventName)
                    h.span(.class("also")) {
                        if let position = taken.position {
                            h.record(position)
                            h.text(" · ")
                        }
                        h.cited(taken.source)
                    }
                }
                h.div(.class("who"), text: EventWords.capacity(taken.capacity))
                h.div(.class("age"), text: EventWords.mode(taken.mode))
                h.div(.class("next")) { correctLink(h, room, taken, named: taken.eventName) }
            }
        }
    }
}

private func participationFields(_ h: HTMLWriter, _ draft: ParticipationDraft, _ problems: FormProblems) {
    h.div(.class("field-pair")) {
        h.choice(
            "capacity",
            label: say("In which capacity"),
            value: draft.capacity,
            options: EventWords.capacities,
            problems: problems
        )
        h.choice("mode", label: say("How"), value: draft.mode, options: EventWords.modes, problems: problems)
    }
    h.textField(
        "position",
        label: say("Position of who came"),
        value: draft.position,
        help: say("As in Mayor. Leave it empty where it is not known; write no name."),
        problems: problems,
        .maxlength(200)
    )
}

extension ParticipationDraft {
    fileprivate init(_ form: FormValues) {
        self.init(capacity: form["capacity"], mode: form["mode"], position: form["position"])
    }
}
