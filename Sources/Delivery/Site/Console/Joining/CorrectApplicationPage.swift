import Access
import Charter
import HTML
import HTTPTypes
import Hummingbird
import Joining
import Languages
import Membership
import Web

/// What the form for correcting an application holds: each box with the mark of what its reader saw.
struct CorrectedApplication: Sendable {
    var typed: [ApplicationField: TypedField]
    var grounds: String
    /// Boxes that somebody else changed meanwhile, with what is there now.
    var conflicts: [ApplicationField: String] = [:]

    init(_ application: Application) {
        let values = application.values
        typed = Dictionary(
            uniqueKeysWithValues: ApplicationField.allCases.map { ($0, TypedField(values[$0], seen: values.mark($0))) }
        )
        grounds = ""
    }

    init(_ form: FormValues) {
        let sent = ApplicationField.allCases.filter { form.has($0.rawValue) }
        typed = Dictionary(
            uniqueKeysWithValues: sent.map { field -> (ApplicationField, TypedField) in
                // Browsers end lines in their own way; what is kept has one.
                let lines = form.exact(field.rawValue).replacing("\r\n", with: "\n")
                let value = field.isLong ? lines : form[field.rawValue]
                return (field, TypedField(value, seen: PartMark(form[Self.seen(field)])))
            }
        )
        grounds = form.exact("grounds")
    }

    static func seen(_ field: ApplicationField) -> String { "seen-\(field.rawValue)" }

    /// The same after boxes were found changed by others: what was typed stays, and who sends it again has seen both.
    func after(_ outcome: SaveOutcome) -> CorrectedApplication {
        var form = self
        form.conflicts = outcome.conflicts
        for (field, box) in typed { form.typed[field] = TypedField(box.value, seen: outcome.marks[field] ?? box.seen) }
        return form
    }
}

func correctApplication(_ room: Room) async throws -> Response {
    let found = try await ConsoleApplication.load(room)
    let form = CorrectedApplication(room.form)
    do {
        let command = CorrectApplication(
            found.application.id,
            values: form.typed,
            grounds: form.grounds,
            services: room.site.rooms.joining
        )
        let outcome = try await room.run(command)
        guard outcome.conflicts.isEmpty else {
            return correctApplicationPage(room, found, form.after(outcome), .none)
        }
        let notice =
            outcome.kept == 0
            ? say("Nothing differed, so nothing was changed.") : say("The correction is kept.")
        return room.redirect(to: ConsoleJoining.application(found.application.id), notice: notice)
    } catch let input as InvalidInput {
        return correctApplicationPage(room, found, form, FormProblems(input))
    }
}

func correctApplicationPage(
    _ room: Room,
    _ found: ConsoleApplication,
    _ form: CorrectedApplication,
    _ problems: FormProblems
) -> Response {
    let application = found.application
    let address = ConsoleJoining.application(application.id)
    let trail = ConsoleJoining.trail + [(address: address, name: .verbatim(application.title))]
    let title = say("Correct application \(application.reference)")
    let page = RoomPage(title: title, place: .console(.joining), trail: trail)
    let status: HTTPResponse.Status =
        !problems.isEmpty ? .unprocessableContent : form.conflicts.isEmpty ? .ok : .conflict
    return room.page(page, status: status) { h in
        h.problems(problems)
        if !form.conflicts.isEmpty {
            h.div(.class("notice caution"), .role(.alert), .tabindex(-1), .data("focus")) {
                let fields = ApplicationField.allCases.filter { form.conflicts[$0] != nil }.map(\.label)
                h.p(
                    say(
                        "Somebody else changed this meanwhile: \(Phrase.list(fields)). Below each box stands what is there now. What you send next is kept; the rest is kept already."
                    )
                )
            }
        }
        room.form(h, ConsoleJoining.application(application.id, "correct")) {
            let boxes = CorrectionBoxes(h: h, room: room, application: application, form: form, problems: problems)
            for field in ApplicationField.allCases { boxes.write(field) }
            groundsField(
                h,
                form.grounds,
                problems,
                help: say("Why, and where you have it from. The applicant can read it, and the journal keeps it.")
            )
            h.div(.class("form-end")) {
                h.button(.class("button primary"), .type(.submit), text: say("Keep the correction"))
                h.a(.class("button"), .href(address), text: say("Leave it as it is"))
            }
        }
    }
}

/// The boxes of an application as the secretariat corrects them.
private struct CorrectionBoxes {
    let h: HTMLWriter
    let room: Room
    let application: Application
    let form: CorrectedApplication
    let problems: FormProblems

    func write(_ field: ApplicationField) {
        guard isShown(field), let box = form.typed[field] else { return }
        h.hiddenField(CorrectedApplication.seen(field), box.seen.text)
        let help = form.conflicts[field].map { say("It says now: \(boxWords(field, $0, room))") }
        switch field {
        case .country, .region, .language, .otherLanguage:
            h.choice(
                field.rawValue,
                label: field.label,
                value: box.value,
                options: options(field, box.value),
                help: help,
                problems: problems
            )
        case .reason:
            h.textArea(
                field.rawValue,
                label: field.label,
                value: box.value,
                help: help,
                problems: problems,
                .maxlength(field.most)
            )
        default:
            h.textField(
                field.rawValue,
                label: field.label,
                value: box.value,
                help: help,
                problems: problems,
                .maxlength(field.most)
            )
        }
    }

    /// A fact that the charter does not ask of the category has a box only where it is told all the same.
    private func isShown(_ field: ApplicationField) -> Bool {
        guard let fact = field.fact, form.typed[field]?.value.isEmpty == true else { return true }
        let admission = room.site.charter.version(on: room.today)?.membership.admission
        return admission?.asks(fact, of: application.category) != nil
    }

    /// What can be chosen; what stands there already always can.
    private func options(_ field: ApplicationField, _ chosen: String) -> [(value: String, text: Phrase)] {
        var known = choices(field).map { (value: $0.value, text: Phrase.verbatim($0.text)) }
        if !chosen.isEmpty, !known.contains(where: { $0.value == chosen }) {
            known.append((value: chosen, text: boxWords(field, chosen, room)))
        }
        return [(value: "", text: say("Choose"))] + known
    }

    private func choices(_ field: ApplicationField) -> [(value: String, text: String)] {
        let (countries, words) = (room.site.countries, room.site.words)
        switch field {
        case .country:
            return countries.codes.sorted { countries.rank($0) < countries.rank($1) }
                .map { (value: $0, text: countries.name($0)) }
        case .region: return words.regions.map { (value: $0.key, text: words.region($0.key)) }
        default:
            return languageNames.map { (value: $0.key, text: room.site.speech.text($0.value)) }
                .sorted { ($0.text, $0.value) < ($1.text, $1.value) }
        }
    }
}
