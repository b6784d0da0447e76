import Access
import HTML
import HTTPTypes
import Hummingbird
import Languages
import Membership
import Standing
import Web

extension Site {
    /// Events: the list, one with who took part, and the forms that record and correct one.
    static func addEvents(to rooms: RoomRoutes) {
        let path = ConsolePlace.events.address
        rooms.get(path, .may(.readMembers)) { room in
            let page = try room.query().int("page", in: 1...100_000, default: 1)
            return eventList(room, try await room.ask(EventList(page: page)), page)
        }
        rooms.get("\(path)/new", .may(.recordParticipation)) { room in eventForm(room, EventForm(room.form)) }
        rooms.post("\(path)/new", .may(.recordParticipation)) { room in
            var form = EventForm(room.form)
            do {
                let command = AddEvent(form.draft, grounds: form.grounds, charter: room.site.charter)
                let key = try await room.run(command)
                return room.redirect(to: eventAddress(key), notice: say("The event is recorded."))
            } catch let input as InvalidInput {
                form.problems = FormProblems(input)
                return eventForm(room, form)
            }
        }
        rooms.get("\(path)/:id", .may(.readMembers)) { room in
            eventPage(room, try await room.ask(OneEvent(room.parameter("id"))))
        }
        rooms.get("\(path)/:id/edit", .may(.recordParticipation)) { room in
            let event = try await room.ask(OneEvent(room.parameter("id"))).event
            return eventForm(room, EventForm(event))
        }
        rooms.post("\(path)/:id/edit", .may(.recordParticipation)) { try await correctEvent($0) }
        rooms.post("\(path)/:id/whole", .may(.recordParticipation)) { room in
            let key = try room.parameter("id")
            let isWhole = room.form["whole"] == "yes"
            try await room.run(MarkListWhole(key, isWhole: isWhole, grounds: room.form.exact("grounds")))
            let notice = isWhole ? say("The list counts as whole.") : say("The list does not count as whole any more.")
            return room.redirect(to: eventAddress(key), notice: notice)
        }
    }

    static let eventTrail: [(address: String, name: Phrase)] = [
        (address: ConsolePlace.events.address, name: ConsolePlace.events.title)
    ]

    private static func correctEvent(_ room: Room) async throws -> Response {
        let event = try await room.ask(OneEvent(room.parameter("id"))).event
        var form = EventForm(room.form)
        form.key = event.key
        do {
            let command = CorrectEvent(
                event.key,
                seen: form.seen,
                form.draft,
                grounds: form.grounds,
                charter: room.site.charter
            )
            try await room.run(command)
            return room.redirect(to: eventAddress(event.key), notice: say("The event is corrected."))
        } catch let input as InvalidInput {
            form.problems = FormProblems(input)
            return eventForm(room, form)
        } catch ParticipationRefusal.nothingDiffers {
            return room.redirect(
                to: eventAddress(event.key),
                notice: say("Nothing differed, so nothing was changed.")
            )
        }
    }
}

private func eventList(_ room: Room, _ found: EventList.Answer, _ page: Int) -> Response {
    let path = ConsolePlace.events.address
    return room.page(RoomPage(title: say("Events"), place: .console(.events))) { h in
        h.p(.class("lede"), text: say("Meetings and other occasions, and which members took part in them."))
        if room.may(.recordParticipation) {
            h.div(.class("actions")) {
                h.a(.class("button primary"), .href("\(path)/new"), text: say("Add an event"))
            }
        }
        guard !found.events.isEmpty else {
            h.div(.class("empty")) {
                h.h2(say("No event is on record yet"))
                h.p(say("Add one, then say who took part: one by one, or with a spreadsheet."))
            }
            return
        }
        h.ul(.class("rows dated")) {
            for event in found.events {
                h.li(.data("row")) {
                    h.div {
                        h.a(.href(eventAddress(event.key)), text: event.name)
                        let told =
                            [EventWords.kind(event.kind, room.site.words)] + (event.place.map { [.verbatim($0)] } ?? [])
                        h.span(.class("also"), text: Phrase.joined(told, by: ", "))
                    }
                    h.div(.class("who")) {
                        h.text(counted(members: event.memberCount))
                        if !event.hasWholeList { h.span(.class("also"), text: say("list not whole")) }
                    }
                    h.div(.class("age")) { h.when(event.dates) }
                    h.div(.class("next"))
                }
            }
        }
        h.pages(PageSpan(page: page, size: EventList.pageSize, total: found.total, isOpen: false)) {
            "\(path)?page=\($0)"
        }
    }
}

private func eventPage(_ room: Room, _ found: OneEvent.Answer) -> Response {
    let event = found.event
    let page = RoomPage(title: .verbatim(event.name), place: .console(.events), trail: Site.eventTrail)
    return room.page(page) { h in
        h.dl(.class("facts")) {
            h.fact(say("What it is", context: "an event")) { h.text(EventWords.kind(event.kind, room.site.words)) }
            h.fact(say("When")) { h.when(event.dates) }
            h.fact(say("Place", context: "an event")) { h.text(event.place ?? "–") }
            h.fact(say("Source")) { h.cited(event.source) }
            h.fact(say("List of who took part")) { listState(h, event) }
        }
        if room.may(.recordParticipation) {
            h.div(.class("actions")) {
                h.a(.class("button primary"), .href(eventAddress(event.key, "file")), text: say("Bring in a list"))
                h.a(.class("button"), .href(eventAddress(event.key, "add")), text: say("Add a member"))
                h.a(.class("button"), .href(eventAddress(event.key, "edit")), text: say("Correct the event"))
            }
        }
        waitingLists(h, room, found)
        tookPart(h, room, found.participations)
        if room.may(.recordParticipation), !event.hasPrintedList { wholeForm(h, room, event) }
        participationSteps(h, found.steps, namesEvent: false)
    }
}

private func listState(_ h: HTMLWriter, _ event: Event) {
    if event.hasPrintedList {
        h.text(say("Whole: a source prints it."))
    } else if let at = event.listWholeAt {
        h.sentence(say("Whole, as was said on \(part: 0)."), { h.instant(at) })
    } else {
        h.text(say("Not whole: who is not in it may have been there."))
    }
}

/// Lists that were read and not brought in yet.
private func waitingLists(_ h: HTMLWriter, _ room: Room, _ found: OneEvent.Answer) {
    let waiting = found.lists.filter { !$0.isApplied }
    guard room.may(.recordParticipation), !waiting.isEmpty else { return }
    h.section(.aria(.labelledby, "waiting-lists")) {
        h.h2(.id("waiting-lists"), text: say("Read, and not brought in yet"))
        h.ul(.class("rows plain-rows")) {
            for list in waiting {
                h.li {
                    h.div {
                        h.a(.href(eventAddress(found.event.key, "file", list.id)), text: list.file)
                        h.span(.class("also"), text: counted(rows: list.rowCount))
                    }
                    h.div(.class("age")) { h.instant(list.readAt) }
                }
            }
        }
    }
}

private func tookPart(_ h: HTMLWriter, _ room: Room, _ participations: [Participation]) {
    h.section(.aria(.labelledby, "took-part")) {
        h.h2(.id("took-part"), text: say("Who took part"))
        guard !participations.isEmpty else {
            return h.p(.class("quiet"), text: say("Nobody is recorded yet."))
        }
        h.ul(.class("rows dated")) {
            for taken in participations {
                h.li(.data("row")) {
                    h.div {
                        h.a(.href(memberAddress(taken.memberKey)), text: taken.memberName)
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
                    h.div(.class("next")) { correctLink(h, room, taken, named: taken.memberName) }
                }
            }
        }
    }
}

/// The way to the form that corrects or removes a participation, for whom may.
func correctLink(_ h: HTMLWriter, _ room: Room, _ taken: Participation, named name: String) {
    guard room.may(.recordParticipation) else { return }
    h.a(.href(eventAddress(taken.event, "members", taken.memberKey, taken.capacity))) {
        h.text(say("Correct", context: "a participation"))
        h.span(.class("hidden-text"), text: .verbatim(": ") + .verbatim(name))
    }
}

private func wholeForm(_ h: HTMLWriter, _ room: Room, _ event: Event) {
    h.section(.aria(.labelledby, "whole")) {
        let isWhole = event.listWholeAt != nil
        h.h2(.id("whole"), text: isWhole ? say("Is somebody missing?") : say("Is the list whole?"))
        h.p(
            .class("quiet"),
            text: say("Only a whole list shows who was not there: the rule on standing asks for it.")
        )
        room.form(h, eventAddress(event.key, "whole")) {
            h.hiddenField("whole", isWhole ? "no" : "yes")
            groundsField(h, "", .none)
            h.div(.class("form-end")) {
                h.button(
                    .class("button"),
                    .type(.submit),
                    text: isWhole ? say("It is not whole") : say("Everybody who took part is in it")
                )
            }
        }
    }
}

/// Every step that was made by hand, the latest first.
func participationSteps(_ h: HTMLWriter, _ steps: [ParticipationStep], namesEvent: Bool) {
    guard !steps.isEmpty else { return }
    h.section(.aria(.labelledby, "steps")) {
        h.h2(.id("steps"), text: say("Steps by hand"))
        h.ol(.class("timeline changes")) {
            for step in steps {
                let at = InstantWords(step.madeAt)
                h.li {
                    h.time(.datetime(at.machine), .title(at.full), text: at.date)
                    h.div {
                        h.b(EventWords.step(step.kind))
                        h.text(" · ")
                        if namesEvent {
                            h.a(.href(eventAddress(step.eventKey)), text: step.eventName)
                        } else {
                            h.a(.href(memberAddress(step.memberKey)), text: step.memberName)
                        }
                        let told = [step.before, step.after].compactMap { $0.map(EventWords.content) }
                        h.span(.class("also"), text: Phrase.joined(told, by: " → "))
                        h.span(.class("also"), text: .record(step.grounds))
                    }
                }
            }
        }
    }
}
