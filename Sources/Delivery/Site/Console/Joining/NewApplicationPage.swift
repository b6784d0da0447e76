import Access
import Charter
import HTML
import HTTPTypes
import Hummingbird
import Joining
import Languages
import Web

/// The form of an application that came by letter.
struct NewApplication: Sendable {
    let start: StartForm
    let receivedOn: String

    init(_ room: Room) {
        let form = room.form
        start = StartForm(
            category: form["category"],
            name: form[ApplicationField.name.rawValue],
            country: form[ApplicationField.country.rawValue],
            contactName: form[ApplicationField.contactName.rawValue],
            email: form["email"],
            language: form.optional("language") ?? Language.source.rawValue
        )
        receivedOn = form["received_on"]
    }

    func command(_ room: Room) -> EnterApplication {
        EnterApplication(start, receivedOn: receivedOn, services: room.site.rooms.joining)
    }
}

func newApplicationPage(_ room: Room, _ entry: NewApplication, _ problems: FormProblems) -> Response {
    let title = say("Enter an application that came by letter")
    let page = RoomPage(title: title, place: .console(.joining), trail: ConsoleJoining.trail)
    return room.page(page, status: problems.isEmpty ? .ok : .unprocessableContent) { h in
        h.p(
            .class("lede"),
            text: say(
                "With what it begins. On the next page you enter the rest and add the documents; the applicant gets a link to it by mail."
            )
        )
        h.problems(problems)
        room.form(h, ConsoleJoining.newApplication) {
            applicant(h, room, entry.start, problems)
            contact(h, entry.start, problems)
            h.textField(
                "received_on",
                label: say("Received on"),
                value: entry.receivedOn,
                type: .date,
                help: say("The day on which the letter came: an application on paper counts from then."),
                problems: problems,
                .max(room.today.description)
            )
            h.div(.class("form-end")) {
                h.button(.class("button primary"), .type(.submit), text: say("Enter the application"))
                h.a(.class("button"), .href(ConsoleJoining.path), text: say("Cancel"))
            }
        }
    }
}

private func applicant(_ h: HTMLWriter, _ room: Room, _ start: StartForm, _ problems: FormProblems) {
    let words = room.site.words
    h.choice(
        "category",
        label: say("Category"),
        value: start.category,
        options: [(value: "", text: say("Choose"))]
            + words.categories.map { (value: $0.key, text: Phrase.verbatim(words.category($0.key))) },
        problems: problems
    )
    h.textField(
        ApplicationField.name.rawValue,
        label: ApplicationField.name.label,
        value: start.name,
        problems: problems,
        .maxlength(200),
        .required()
    )
    h.countryField(room, ApplicationField.country.label, value: start.country, problems)
}

private func contact(_ h: HTMLWriter, _ start: StartForm, _ problems: FormProblems) {
    h.textField(
        ApplicationField.contactName.rawValue,
        label: ApplicationField.contactName.label,
        value: start.contactName,
        problems: problems,
        .maxlength(120),
        .required()
    )
    h.div(.class("field-pair")) {
        h.textField(
            "email",
            label: say("E-mail address"),
            value: start.email,
            type: .email,
            help: say("Where letters about the application go, and its link."),
            problems: problems,
            .maxlength(254),
            .required()
        )
        h.choice(
            "language",
            label: say("Language of the letters"),
            value: start.language,
            options: Letters.languages.map { (value: $0, text: languageName($0)) },
            problems: problems
        )
    }
}
