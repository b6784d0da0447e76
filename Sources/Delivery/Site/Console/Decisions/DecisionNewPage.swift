import Access
import Database
import Decisions
import HTML
import Hummingbird
import Languages
import Web

/// What the form for asking a body holds.
struct DecisionForm: Sendable {
    var matter: String
    var subjects: [String] = []
    var body = ""
    var way = Circular.Way.circulation
    var title = ""
    var introduction = ""
    var typed: [CircularDraft.Typed] = []
    var rowCount = 3
    /// Becomes the question's id, so that a form which is sent twice asks once.
    var once = Identifier.make()

    init(matter: String) { self.matter = matter }

    init(_ form: FormValues) {
        self.init(matter: form["matter"])
        subjects = form.all("subject")
        body = form["body"]
        way = Circular.Way(rawValue: form["way"]) ?? .circulation
        title = form["title"]
        introduction = form.exact("introduction")
        rowCount = min(max(Int(form["rows"]) ?? 3, 1), OpenCircular.mostItems)
        typed = (1...rowCount).map {
            CircularDraft.Typed(words: form["words-\($0)"], evidence: form.exact("evidence-\($0)"))
        }
        once = form["once"]
    }

    var withMoreRows: DecisionForm {
        var more = self
        more.rowCount = min(rowCount + 3, OpenCircular.mostItems)
        return more
    }

    /// The body that decides on the items, the way that the charter leaves it, and what it is about.
    func suggested(_ found: NewCircular.Answer, _ name: Phrase?, _ room: Room) -> DecisionForm {
        var form = self
        form.body = found.items.compactMap(\.body).first ?? ""
        let mayCirculate = found.bodies.first { $0.key == form.body }?.answerDays != nil
        form.way = mayCirculate || form.body.isEmpty ? .circulation : .meeting
        if let name { form.title = room.site.speech.text(name) }
        return form
    }

    var draft: CircularDraft {
        CircularDraft(
            body: body,
            way: way,
            matter: matter,
            title: title,
            introduction: introduction,
            subjects: subjects,
            typed: typed
        )
    }

    /// What is said once it is done.
    var done: Phrase {
        switch way {
        case .circulation: say("Asked. Whoever answers for a seat has a letter with a link.")
        case .meeting: say("Noted. Enter the outcome here once the meeting was held.")
        }
    }

    func row(_ number: Int) -> CircularDraft.Typed {
        typed.indices.contains(number - 1) ? typed[number - 1] : CircularDraft.Typed(words: "")
    }
}

/// Asks a body about given items, or about some that are typed here.
func newDecisionPage(_ room: Room, _ given: DecisionForm, _ problems: FormProblems = .none) async throws -> Response {
    let services = room.site.rooms.decisions
    let found = try await room.ask(NewCircular(matter: given.matter, subjects: given.subjects, services: services))
    let effect = services.matters.effect(given.matter)
    let isTyped = effect?.takesTypedItems ?? false
    let form = isTyped || !given.body.isEmpty ? given : given.suggested(found, effect?.name, room)
    let trail = [(ConsolePlace.decisions.address, ConsolePlace.decisions.title)]
    let page = RoomPage(title: say("Ask a body for a decision"), place: .console(.decisions), trail: trail)
    return room.page(page, status: problems.isEmpty ? .ok : .unprocessableContent) { h in
        h.problems(problems)
        room.form(h, Site.decisionsAddress) {
            h.hiddenField("once", form.once)
            h.hiddenField("matter", form.matter)
            question(h, form, found, problems)
            h.div(.id("field-items")) {
                if isTyped {
                    typedItems(h, form)
                } else {
                    describedItems(h, form, found.items)
                }
            }
            h.div(.class("form-end")) {
                h.button(.class("button primary"), .type(.submit), text: say("Ask the body"))
                // After the other: what the key Enter presses is the first.
                if isTyped {
                    h.button(.class("button"), .name("more"), .value("1"), .type(.submit), text: say("More items"))
                }
            }
        }
        seats(h, found.bodies)
    }
}

private func question(_ h: HTMLWriter, _ form: DecisionForm, _ found: NewCircular.Answer, _ problems: FormProblems) {
    let able = found.bodies.filter { $0.answerDays != nil }
    h.choice(
        "body",
        label: say("Body"),
        value: form.body.isEmpty ? able.first?.key ?? "" : form.body,
        options: found.bodies.map { (value: $0.key, text: $0.name) },
        problems: problems
    )
    let ways: [Phrase] = able.map { say("\($0.name): \($0.answerDays ?? 0) days to answer") }
    let list = Phrase.joined(ways, by: "; ")
    h.choice(
        "way",
        label: say("How it decides"),
        value: form.way.rawValue,
        options: [
            (Circular.Way.circulation.rawValue, say("Without a meeting: each seat answers by itself")),
            (Circular.Way.meeting.rawValue, say("In a meeting: its outcome is entered here afterwards")),
        ],
        help: ways.isEmpty
            ? say("By the charter, no body decides without a meeting.")
            : say("Without a meeting, by the charter: \(list)."),
        problems: problems
    )
    h.textField(
        "title",
        label: say("What it is about"),
        value: form.title,
        help: say("The subject of the letter, as in “Minutes of the meeting of 4 September”."),
        problems: problems,
        .maxlength(200)
    )
    h.textArea(
        "introduction",
        label: say("What the body should know (if you like)"),
        value: form.introduction,
        rows: 4,
        problems: problems,
        .maxlength(4000)
    )
}

private func typedItems(_ h: HTMLWriter, _ form: DecisionForm) {
    h.hiddenField("rows", String(form.rowCount))
    for number in 1...form.rowCount {
        let row = form.row(number)
        h.fieldset {
            h.legend(say("Item \(number)"))
            h.textField("words-\(number)", label: say("What is to be adopted"), value: row.words, .maxlength(500))
            h.textArea(
                "evidence-\(number)",
                label: say("On what it rests (if you like)"),
                value: row.evidence,
                rows: 2,
                .maxlength(4000)
            )
        }
    }
}

private func describedItems(_ h: HTMLWriter, _ form: DecisionForm, _ items: [MatterItem]) {
    for subject in form.subjects { h.hiddenField("subject", subject) }
    h.h2(say("What is decided"))
    h.ul(.class("rows plain-rows")) {
        for item in items {
            h.li {
                h.div {
                    h.b(item.words)
                    if item.evidence != .empty { h.span(.class("also kept-lines"), text: item.evidence) }
                    if let rule = item.rule { h.span(.class("also"), text: say("By the charter's rule \(rule).")) }
                }
                h.div()
            }
        }
    }
}

private func seats(_ h: HTMLWriter, _ bodies: [NewCircular.Body]) {
    h.section(.aria(.labelledby, "seats")) {
        h.h2(.id("seats"), text: say("Who would be asked today"))
        for body in bodies where body.answerDays != nil {
            if body.seats.isEmpty {
                h.p(say("\(body.name): nobody. Record who holds its offices, or give its roles."))
            } else {
                let names = body.seats.joined(separator: ", ")
                h.p(say("\(body.name), \(body.seats.count) seats: \(names)."))
            }
        }
    }
}
