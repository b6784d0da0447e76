import Charter
import HTML
import HTTPTypes
import Hummingbird
import Languages
import Membership
import Web

/// The form with all that was typed, whatever was wrong with it.
func editPage(_ room: Room, _ form: MemberEditForm, status: HTTPResponse.Status = .ok) -> Response {
    let name = form.seen[.name]
    let trail = Site.membersTrail + [(address: memberAddress(form.key), name: .verbatim(name))]
    let page = RoomPage(title: say("Edit \(name)"), place: .console(.members), scripts: ["draft.js"], trail: trail)
    return room.page(page, status: status) { h in
        h.problems(form.problems)
        room.form(
            h,
            memberAddress(form.key, "edit"),
            .data("draft", "\(form.key)-\(form.revision)"),
            .data("restored", room.site.speech.text(say("What you had typed here before is in the form again."))),
            .data("drop", room.site.speech.text(say("Drop it")))
        ) {
            hiddenState(h, form.revision, form.seen)
            nameFields(h, form)
            placeFields(h, room, form)
            figureFields(h, room, form)
            headFields(h, form)
            groundsField(h, form.grounds, form.problems)
            h.div(.class("form-end")) {
                h.button(.class("button primary"), .type(.submit), text: say("Save the changes"))
                h.a(.class("button"), .href(memberAddress(form.key)), text: say("Leave it as it is"))
            }
        }
    }
}

/// What the editor saw: the number of the state, and the facts.
func hiddenState(_ h: HTMLWriter, _ revision: Int, _ seen: MemberDraft) {
    h.input(.type(.hidden), .name("revision"), .value(String(revision)))
    for input in MemberInput.allCases {
        h.input(.type(.hidden), .name("seen-\(input.rawValue)"), .value(seen[input]))
    }
}

/// Why something is changed: every form that changes a record asks it.
func groundsField(
    _ h: HTMLWriter,
    _ value: String,
    _ problems: FormProblems,
    help: Phrase = say("Why, and where you have it from. The journal keeps it with the change.")
) {
    h.textArea(
        "grounds",
        label: say("Grounds"),
        value: value,
        rows: 2,
        help: help,
        problems: problems,
        .maxlength(1000)
    )
}

private func nameFields(_ h: HTMLWriter, _ form: MemberEditForm) {
    h.textField("name", label: say("Name"), value: form.entered[.name], problems: form.problems, .maxlength(200))
    h.fieldset(.class("sub-fields")) {
        h.legend { h.text(say("If the name is another one")) }
        radio(h, .renamed, say("It is a new name; the old one ends the day before"), form)
        radio(h, .corrected, say("It was misspelt here and was always this one"), form)
        h.textField(
            "effective",
            label: say("In effect from"),
            value: form.effective,
            type: .date,
            help: say("Also the day by whose charter category and region are read."),
            problems: form.problems
        )
    }
}

private func radio(_ h: HTMLWriter, _ change: NameChange, _ text: Phrase, _ form: MemberEditForm) {
    h.label(.class("check")) {
        h.input(.type(.radio), .name("name_change"), .value(change.rawValue), .checked(form.nameChange == change))
        h.span(text: text)
    }
}

private func placeFields(_ h: HTMLWriter, _ room: Room, _ form: MemberEditForm) {
    let draft = form.entered
    let known = MemberFields(h: h, room: room, draft: draft, problems: form.problems)
    known.category()
    known.country(none: say("Not known"))
    known.region(none: say("Not known"))
    known.website()
    h.textArea("description", label: say("Description"), value: draft[.description], rows: 4, problems: form.problems)
}

private func figureFields(_ h: HTMLWriter, _ room: Room, _ form: MemberEditForm) {
    h.textField(
        "area",
        label: say("Area in km²"),
        value: form.entered[.area],
        problems: form.problems,
        .inputmode(.decimal)
    )
    let known = MemberFields(h: h, room: room, draft: form.entered, problems: form.problems)
    known.coordinates()
    known.population(help: say("A newer figure is added; the older ones stay."))
}

private func headFields(_ h: HTMLWriter, _ form: MemberEditForm) {
    h.div(.class("field-pair")) {
        h.textField("head", label: say("Head of government"), value: form.entered[.head], problems: form.problems)
        h.textField(
            "head_position",
            label: say("Position"),
            value: form.entered[.headPosition],
            problems: form.problems
        )
    }
    h.textField(
        "head_shown_on",
        label: say("Shown as that on"),
        value: form.entered[.headShownOn],
        type: .date,
        help: say("The day of the document that shows it."),
        problems: form.problems
    )
}

/// Both versions, field by field: what was seen, what it is now, what was entered; somebody chooses.
func conflictPage(_ room: Room, _ form: MemberEditForm, _ conflict: EditConflict) -> Response {
    let trail = Site.membersTrail + [(address: memberAddress(form.key), name: .verbatim(conflict.now[.name]))]
    let page = RoomPage(title: say("Two changes of \(conflict.now[.name])"), place: .console(.members), trail: trail)
    return room.page(page, status: .conflict) { h in
        h.div(.class("notice caution"), .role(.alert), .tabindex(-1), .data("focus")) { h.p(conflict.sentence) }
        room.form(h, memberAddress(form.key, "edit"), .class("conflict")) {
            h.input(.type(.hidden), .name("resolve"), .value("on"))
            hiddenState(h, conflict.revision, conflict.now)
            for input in MemberInput.allCases {
                h.input(.type(.hidden), .name(input.rawValue), .value(conflict.entered[input]))
            }
            h.input(.type(.hidden), .name("name_change"), .value(form.nameChange.rawValue))
            h.input(.type(.hidden), .name("effective"), .value(form.effective))
            for field in conflict.fields { conflictField(h, field) }
            groundsField(h, form.grounds, .none)
            h.div(.class("form-end")) {
                h.button(.class("button primary"), .type(.submit), text: say("Save what is chosen"))
                h.a(.class("button"), .href(memberAddress(form.key)), text: say("Leave it as it is now"))
            }
        }
    }
}

private func conflictField(_ h: HTMLWriter, _ field: EditConflict.Field) {
    h.fieldset(.class("versions")) {
        h.legend { h.text(field.field.label) }
        h.p(.class("seen")) {
            h.sentence(
                say("You saw: \(part: 0)"),
                { h.b(field.seen.isEmpty ? say("nothing") : .verbatim(field.seen)) }
            )
        }
        let by = field.changedBy.map { who in
            field.changedAt.map { say("Now, by \(who), \(InstantWords($0).full)") } ?? say("Now, by \(who)")
        }
        let now = by ?? (field.seen == field.now ? say("Now, unchanged") : say("Now"))
        let typed = field.seen == field.entered ? say("As you saw it") : say("You entered")
        version(h, field, .now, now, field.now)
        version(h, field, .entered, typed, field.entered)
    }
}

private func version(
    _ h: HTMLWriter,
    _ field: EditConflict.Field,
    _ choice: EditConflict.Choice,
    _ label: Phrase,
    _ text: String
) {
    h.label(.class("check version")) {
        h.input(
            .type(.radio),
            .name("choice-\(field.field.rawValue)"),
            .value(choice.rawValue),
            .checked(field.preselected == choice),
            .required()
        )
        h.span {
            h.span(.class("also"), text: label)
            h.b(text.isEmpty ? say("nothing") : .verbatim(text))
        }
    }
}
