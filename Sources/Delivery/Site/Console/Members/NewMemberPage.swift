import Access
import Charter
import HTML
import HTTPTypes
import Hummingbird
import Languages
import Membership
import Web

extension Site {
    /// The form in which one new member is added by hand.
    static func addNewMember(to rooms: RoomRoutes) {
        rooms.get(newMemberAddress, .may(.editMember)) { room in
            try await newMemberPage(room, NewMemberEntry(room.form), status: .ok)
        }
        rooms.post(newMemberAddress, .may(.editMember)) { room in try await addMember(room) }
    }

    static let newMemberAddress = "\(ConsoleMembersAddress.path)/new"
}

/// The form as it was sent; empty as it is opened.
private struct NewMemberEntry: Sendable {
    static let inputs: [MemberInput] = [
        .name, .category, .country, .region, .website, .coordinates, .population, .populationYear,
    ]

    let form: FormValues
    var draft = MemberDraft()
    var problems = FormProblems.none
    var doubles: [RowPlan.Candidate] = []

    init(_ form: FormValues) {
        self.form = form
        for input in Self.inputs { draft[input] = form.exact(input.rawValue) }
    }

    func command(_ rules: UploadRules) -> AddMember {
        AddMember(
            draft,
            language: form["language"],
            furtherName: FurtherName(
                form["other_name"],
                language: form["other_language"],
                kind: AddMemberName.Kind(rawValue: form["other_kind"]) ?? .alias
            ),
            joined: form["joined"],
            status: form["status"],
            decision: form["decision"],
            grounds: form.exact("grounds"),
            despite: Set(form.all("despite")),
            rules: rules
        )
    }
}

private func addMember(_ room: Room) async throws -> Response {
    var entry = NewMemberEntry(room.form)
    do {
        let added = try await room.run(entry.command(room.uploadRules))
        return room.redirect(to: memberAddress(added.key), notice: say("\(added.name) is a member now."))
    } catch let input as InvalidInput {
        entry.problems = FormProblems(input)
        return try await newMemberPage(room, entry, status: .unprocessableContent)
    } catch let doubles as LikelyDoubles {
        entry.doubles = doubles.candidates
        return try await newMemberPage(room, entry, status: .conflict)
    }
}

private func newMemberPage(
    _ room: Room,
    _ entry: NewMemberEntry,
    status: HTTPResponse.Status
) async throws -> Response {
    let decisions = try await room.ask(RecordedDecisions())
    let members = try await room.site.directory.cube(room.today).count()
    let page = RoomPage(
        title: say("Add a member"),
        place: .console(.members),
        scripts: ["draft.js"],
        trail: Site.membersTrail
    )
    return room.page(page, status: status) { h in
        h.problems(entry.problems)
        if !entry.doubles.isEmpty { doublesNotice(h, room, entry.doubles) }
        // Once a member was added their number is another one, and what was typed for it is not offered again.
        room.form(
            h,
            Site.newMemberAddress,
            .data("draft", "new-member-\(members)"),
            .data("restored", room.site.speech.text(say("What you had typed here before is in the form again."))),
            .data("drop", room.site.speech.text(say("Drop it")))
        ) {
            for double in entry.doubles { h.input(.type(.hidden), .name("despite"), .value(double.key)) }
            newNames(h, entry)
            let fields = MemberFields(h: h, room: room, draft: entry.draft, problems: entry.problems)
            fields.category(none: say("Choose"))
            fields.country(none: say("Choose"))
            fields.region(none: say("The country's, by the charter"))
            newStanding(h, room, entry, decisions)
            fields.website()
            fields.coordinates()
            fields.population()
            groundsField(h, entry.form.exact("grounds"), entry.problems)
            h.div(.class("form-end")) {
                let verb = entry.doubles.isEmpty ? say("Add the member") : say("It is another one: add it")
                h.button(.class("button primary"), .type(.submit), text: verb)
                h.a(.class("button"), .href(ConsoleMembersAddress.path), text: say("Leave it"))
            }
        }
    }
}

private func doublesNotice(_ h: HTMLWriter, _ room: Room, _ doubles: [RowPlan.Candidate]) {
    h.div(.class("notice caution"), .role(.alert), .tabindex(-1), .data("focus")) {
        h.p { h.b(say("Nothing was added yet. The records have what may be the same member:")) }
        h.ul {
            for double in doubles {
                h.li {
                    let place = double.country.map { .verbatim(room.site.countries.name($0)) } ?? say("no country")
                    h.sentence(
                        say("\(part: 0), \(place): \(double.because)"),
                        { h.a(.href(memberAddress(double.key)), text: double.name) }
                    )
                }
            }
        }
        h.p(say("A city that was a member before is not added again: open it and change its status."))
    }
}

private func newNames(_ h: HTMLWriter, _ entry: NewMemberEntry) {
    let (form, problems) = (entry.form, entry.problems)
    h.div(.class("field-pair")) {
        h.textField("name", label: say("Name"), value: entry.draft[.name], problems: problems, .maxlength(200))
        h.textField(
            "language",
            label: say("Its language"),
            value: form.has("language") ? form["language"] : "en",
            help: say("The code, as in en, ko or zh."),
            problems: problems,
            .maxlength(12)
        )
    }
    h.fieldset(.class("sub-fields")) {
        h.legend { h.text(say("Another name, if there is one")) }
        h.textField(
            "other_name",
            label: say("Other name"),
            value: form["other_name"],
            problems: problems,
            .maxlength(200)
        )
        h.div(.class("field-pair")) {
            h.textField(
                "other_language",
                label: say("Language of the other name"),
                value: form["other_language"],
                problems: problems,
                .maxlength(12)
            )
            h.choice(
                "other_kind",
                label: say("What it is"),
                value: form["other_kind"],
                options: [("name", say("Official in that language")), ("alias", say("Another spelling or alias"))],
                problems: problems
            )
        }
    }
}

private func newStanding(
    _ h: HTMLWriter,
    _ room: Room,
    _ entry: NewMemberEntry,
    _ decisions: [RecordedDecision]
) {
    let (form, problems) = (entry.form, entry.problems)
    h.textField(
        "joined",
        label: say("Joined"),
        value: form["joined"],
        help: Phrase.joined(
            [say("As exactly as it is known: 2026-03-01, 2026-03 or 2026."), countsFrom(room)],
            by: " "
        ),
        problems: problems,
        .autocomplete("off")
    )
    let possible = StatusOrder(charter: room.site.charter, day: room.today).possible(after: nil)
    if possible.count > 1 {
        h.choice(
            "status",
            label: say("As"),
            value: form["status"],
            options: possible.map { ($0.key, room.site.words.status($0.key)) },
            help: say("The statuses with which a membership begins, by the charter."),
            problems: problems
        )
    }
    h.choice(
        "decision",
        label: say("Decision"),
        value: form["decision"],
        options: [("", say("None on record"))]
            + decisions.map { ($0.key, Phrase.verbatim("\($0.latest.prefix(4)): ") + .record($0.title)) },
        problems: problems
    )
}

/// From which day a membership counts, as the charter says.
private func countsFrom(_ room: Room) -> Phrase {
    guard let admission = room.site.charter.version(on: room.today)?.membership.admission else { return .empty }
    return switch admission.countsFrom {
    case .applicationDate: say("By the charter it counts from the application.")
    case .approvalDate: say("By the charter it counts from the approval.")
    case .paymentDate: say("By the charter it counts from the first payment.")
    }
}
