import HTML
import HTTPTypes
import Hummingbird
import Languages
import Standing
import Web

/// The form of an event: what it had when it was opened, and what is entered.
struct EventForm {
    /// Nil for a new one.
    var key: String?
    var seen = EventDraft()
    var draft: EventDraft
    var grounds: String
    var problems = FormProblems.none

    init(_ event: Event) {
        key = event.key
        seen = EventDraft(event)
        draft = seen
        grounds = ""
    }

    init(_ form: FormValues) {
        func entered(_ prefix: String) -> EventDraft {
            EventDraft(
                name: form["\(prefix)name"],
                kind: form["\(prefix)kind"],
                from: form["\(prefix)from"],
                through: form["\(prefix)through"],
                place: form["\(prefix)place"]
            )
        }
        draft = entered("")
        seen = entered("seen-")
        grounds = form.exact("grounds")
    }
}

func eventForm(_ room: Room, _ form: EventForm) -> Response {
    let isNew = form.key == nil
    let address = form.key.map { eventAddress($0, "edit") } ?? "\(ConsolePlace.events.address)/new"
    let back = form.key.map { eventAddress($0) } ?? ConsolePlace.events.address
    let page = RoomPage(
        title: isNew ? say("Add an event") : say("Correct an event"),
        place: .console(.events),
        trail: Site.eventTrail
    )
    return room.page(page, status: form.problems.isEmpty ? .ok : .unprocessableContent) { h in
        h.problems(form.problems)
        room.form(h, address) {
            if !isNew {
                h.hiddenField("seen-name", form.seen.name)
                h.hiddenField("seen-kind", form.seen.kind)
                h.hiddenField("seen-from", form.seen.from)
                h.hiddenField("seen-through", form.seen.through)
                h.hiddenField("seen-place", form.seen.place)
            }
            h.textField("name", label: say("Name"), value: form.draft.name, problems: form.problems, .maxlength(200))
            h.choice(
                "kind",
                label: say("What it is", context: "an event"),
                value: form.draft.kind,
                options: EventWords.kinds(room, chosen: form.draft.kind),
                problems: form.problems
            )
            h.div(.class("field-pair")) {
                h.textField(
                    "from",
                    label: say("First day"),
                    value: form.draft.from,
                    type: .date,
                    problems: form.problems
                )
                h.textField(
                    "through",
                    label: say("Last day"),
                    value: form.draft.through,
                    type: .date,
                    help: say("Empty for an event of one day."),
                    problems: form.problems
                )
            }
            h.textField(
                "place",
                label: say("Place", context: "an event"),
                value: form.draft.place,
                problems: form.problems,
                .maxlength(200)
            )
            groundsField(h, form.grounds, form.problems)
            h.div(.class("form-end")) {
                h.button(
                    .class("button primary"),
                    .type(.submit),
                    text: isNew ? say("Record the event") : say("Correct the event")
                )
                h.a(.class("button"), .href(back), text: say("Leave it as it is"))
            }
        }
    }
}
