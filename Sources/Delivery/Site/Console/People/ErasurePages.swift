import Access
import HTML
import Hummingbird
import Identity
import Languages
import Web

extension Site {
    /// Everything personal of somebody erased, or their wish for it declined.
    static func addErasure(to rooms: RoomRoutes) {
        rooms.get("/console/people/:id/erase", .may(.erasePerson)) { room in
            let record = try await room.ask(PersonRecord(room.parameter("id")))
            return erasePage(room, record.person)
        }
        rooms.post("/console/people/:id/erase", .may(.erasePerson)) { room in
            let id = try room.parameter("id")
            let record = try await room.ask(PersonRecord(id))
            guard room.form["name"] == record.person.name else {
                return erasePage(
                    room,
                    record.person,
                    problems: FormProblems(InvalidInput("name", say("Write the name exactly as it stands above.")))
                )
            }
            let reception = room.site.reception
            try await room.run(ErasePerson(id, sources: reception.personalData, letters: reception.letters))
            return room.redirect(to: ConsolePlace.people.address, notice: say("Everything personal is erased."))
        }
        rooms.get("/console/people/:id/decline-erasure", .may(.erasePerson)) { room in
            let record = try await room.ask(PersonRecord(room.parameter("id")))
            return try declinePage(room, record)
        }
        rooms.post("/console/people/:id/decline-erasure", .may(.erasePerson)) { room in
            let id = try room.parameter("id")
            let letters = room.site.reception.letters
            do {
                try await room.run(DeclineErasure(id, reason: room.form.exact("reason"), letters: letters))
            } catch let input as InvalidInput {
                let record = try await room.ask(PersonRecord(id))
                return try declinePage(room, record, problems: FormProblems(input))
            }
            return room.redirect(
                to: PeopleAddress.person(id),
                notice: say("Declined. They get a mail with the reason.")
            )
        }
    }
}

/// The wish of a person, and what can be done about it.
func erasureRequest(_ h: HTMLWriter, _ room: Room, _ person: Person, _ erasure: ErasureRequest) {
    h.div(.class(erasure.waits ? "notice caution" : "notice")) {
        h.p {
            h.sentence(say("On \(part: 0) they asked that their data be erased."), { h.instant(erasure.askedAt) })
            h.text(" ")
            if let declined = erasure.declined {
                h.sentence(say("It was declined on \(part: 0): \(declined.reason)"), { h.instant(declined.at) })
            } else {
                h.text(say("The law gives a month."))
            }
        }
        if erasure.waits, room.may(.erasePerson), !isOwn(room, person) {
            h.div(.class("actions")) {
                h.a(.href("\(PeopleAddress.person(person.id))/erase"), text: say("Erase…"))
                h.a(.href("\(PeopleAddress.person(person.id))/decline-erasure"), text: say("Decline with a reason…"))
            }
        }
    }
}

private func declinePage(
    _ room: Room,
    _ record: PersonRecord.Answer,
    problems: FormProblems = .none
) throws -> Response {
    let person = record.person
    guard record.erasure?.waits == true else { throw PersonRefusal.noErasureRequest }
    let page = RoomPage(
        title: say("Decline to erase \(person.name)"),
        place: .console(.people),
        trail: [
            (ConsolePlace.people.address, ConsolePlace.people.title),
            (PeopleAddress.person(person.id), .verbatim(person.name)),
        ]
    )
    return room.page(page, status: problems.isEmpty ? .ok : .unprocessableContent) { h in
        h.problems(problems)
        h.p(
            say(
                "They get the reason by mail and see it in their account, with their right to complain to the "
                    + "data protection authority. Nothing is erased; they may ask again."
            )
        )
        room.form(h, "\(PeopleAddress.person(person.id))/decline-erasure") {
            h.textArea(
                "reason",
                label: say("Reason"),
                value: room.form.exact("reason"),
                rows: 4,
                help: say("As they will read it: which law or which claim asks to keep what, and until when."),
                problems: problems,
                .maxlength(1000)
            )
            h.div(.class("form-end")) {
                h.button(.class("button primary"), .type(.submit), text: say("Decline and tell them"))
                h.a(.class("button"), .href(PeopleAddress.person(person.id)), text: say("Leave it open"))
            }
        }
    }
}

private func erasePage(_ room: Room, _ person: Person, problems: FormProblems = .none) -> Response {
    let page = RoomPage(
        title: say("Erase \(person.name)"),
        place: .console(.people),
        trail: [
            (ConsolePlace.people.address, ConsolePlace.people.title),
            (PeopleAddress.person(person.id), .verbatim(person.name)),
        ]
    )
    return room.page(page, status: problems.isEmpty ? .ok : .unprocessableContent) { h in
        h.problems(problems)
        h.p(
            say(
                "Name, address, sign-ins, mail and every personal value in the journal go. Roles end. That somebody "
                    + "held them stays on record without a name. There is no way back."
            )
        )
        room.form(h, "\(PeopleAddress.person(person.id))/erase") {
            h.textField(
                "name",
                label: say("Write the name to confirm"),
                value: "",
                help: .verbatim(person.name),
                problems: problems,
                .autocomplete("off")
            )
            h.div(.class("form-end")) {
                h.button(.class("button danger"), .type(.submit), text: say("Erase \(person.name)"))
                h.a(.class("button"), .href(PeopleAddress.person(person.id)), text: say("Leave it"))
            }
        }
    }
}
