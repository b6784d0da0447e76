import Access
import Charter
import HTML
import HTTPTypes
import Hummingbird
import Identity
import Joining
import Languages
import Web

extension Site {
    /// Where an application begins, and the way back to one whose link is lost. Neither tells if an address is known.
    static func addJoinStart(to rooms: RoomRoutes) {
        rooms.get(JoinAddress.start, .anyone) { room in
            let category = try room.query().string("category", maximumCharacters: 80)
            return joinStartPage(room, StartForm(category: category ?? "", room))
        }
        rooms.post(JoinAddress.start, .anyone) { room in
            let form = StartForm(room)
            do {
                try await room.applicantDesk.start(form, from: room.doorstep.address, now: room.now)
            } catch let input as InvalidInput {
                return joinStartPage(room, form, problems: FormProblems(input))
            } catch let refusal as JoiningRefusal {
                return joinStartPage(room, form, refusal: refusal)
            }
            return room.redirect(to: JoinAddress.sent)
        }
        rooms.get(JoinAddress.sent, .anyone) { room in linkSentPage(room) }
        rooms.get(JoinAddress.link, .anyone) { room in lostLinkPage(room, email: "") }
        rooms.post(JoinAddress.link, .anyone) { room in
            let email = room.form["email"]
            do {
                try await room.applicantDesk.sendLinks(
                    to: email,
                    language: room.letterLanguage,
                    from: room.doorstep.address,
                    now: room.now
                )
            } catch let input as InvalidInput {
                return lostLinkPage(room, email: email, problems: FormProblems(input))
            } catch let refusal as JoiningRefusal {
                return lostLinkPage(room, email: email, refusal: refusal)
            }
            return room.redirect(to: JoinAddress.sent)
        }
    }
}

extension Room {
    var applicantDesk: ApplicantDesk { ApplicantDesk(database: site.database, services: site.rooms.joining) }

    /// The language in which letters go to whoever reads this page.
    var letterLanguage: String {
        let language = site.speech.language
        return Language.forReaders.contains(language) ? language.rawValue : Language.source.rawValue
    }
}

extension StartForm {
    fileprivate init(category: String, _ room: Room) {
        self.init(
            category: category,
            name: "",
            country: "",
            contactName: "",
            email: "",
            language: room.letterLanguage
        )
    }

    fileprivate init(_ room: Room) {
        let form = room.form
        self.init(
            category: form["category"],
            name: form[ApplicationField.name.rawValue],
            country: form[ApplicationField.country.rawValue],
            contactName: form[ApplicationField.contactName.rawValue],
            email: form["email"],
            language: room.letterLanguage
        )
    }
}

private func joinStartPage(
    _ room: Room,
    _ form: StartForm,
    problems: FormProblems = .none,
    refusal: JoiningRefusal? = nil
) -> Response {
    let status = refusal?.kind.status ?? (problems.isEmpty ? .ok : .unprocessableContent)
    return room.doorPage(say("Begin an application"), status: status) { h in
        h.refused(refusal)
        h.problems(problems)
        h.p(
            say(
                "A few answers to begin with. We then send you a link; with it you fill in the rest, in your own time and without an account."
            )
        )
        room.form(h, JoinAddress.start) {
            h.categoryCards(room, chosen: form.category, label: say("What you are"), problems)
            h.textField(
                ApplicationField.name.rawValue,
                label: ApplicationField.name.label,
                value: form.name,
                help: say("Of the city, institution or corporation, as it calls itself."),
                problems: problems,
                .autocomplete("organization"),
                .maxlength(200),
                .required()
            )
            h.countryField(room, ApplicationField.country.label, value: form.country, problems)
            h.textField(
                ApplicationField.contactName.rawValue,
                label: ApplicationField.contactName.label,
                value: form.contactName,
                help: say("Whom we write to about the application."),
                problems: problems,
                .autocomplete("name"),
                .maxlength(200),
                .required()
            )
            emailField(h, form.email, problems)
            h.div(.class("form-end")) {
                h.button(.class("button primary"), .type(.submit), text: say("Send me the link"))
            }
        }
        h.p(.class("quiet")) {
            h.sentence(
                say("Began one before? \(part: 0)."),
                { h.a(.href(JoinAddress.link), text: say("Have its link sent again")) }
            )
        }
    }
}

private func lostLinkPage(
    _ room: Room,
    email: String,
    problems: FormProblems = .none,
    refusal: JoiningRefusal? = nil
) -> Response {
    let status = refusal?.kind.status ?? (problems.isEmpty ? .ok : .unprocessableContent)
    return room.doorPage(say("Lost your link?"), status: status) { h in
        h.refused(refusal)
        h.p(say("Give the address of e-mail that you began the application with. A new link goes there."))
        room.form(h, JoinAddress.link) {
            emailField(h, email, problems)
            h.div(.class("form-end")) {
                h.button(.class("button primary"), .type(.submit), text: say("Send me the link"))
            }
        }
    }
}

private func linkSentPage(_ room: Room) -> Response {
    room.doorPage(say("Look into your mail")) { h in
        h.p(say("If an application belongs to the address that you gave, a letter with its link is on its way to it."))
        h.p(
            say(
                "The link opens the application on any device, as often as you like. Give it to nobody who should not see or change it."
            )
        )
        h.p(.class("quiet")) {
            h.sentence(
                say("Nothing after some minutes? Look among the unwanted mail, check the address, or \(part: 0)."),
                { h.a(.href(JoinAddress.link), text: say("ask again")) }
            )
        }
    }
}

private func emailField(_ h: HTMLWriter, _ email: String, _ problems: FormProblems) {
    h.textField(
        "email",
        label: say("E-mail address"),
        value: email,
        type: .email,
        problems: problems,
        .autocomplete("email"),
        .maxlength(254),
        .required()
    )
}

extension HTMLWriter {
    /// The categories of the day as a choice of one, each with what it is by the statutes.
    func categoryCards(_ room: Room, chosen: String, label: Phrase, _ problems: FormProblems) {
        let words = room.site.words
        let message = problems.message("category")
        fieldset(.id("field-category"), .class(message == nil ? "cards" : "cards wrong"), .tabindex(-1)) {
            legend { text(label) }
            if let message { p(.class("error"), text: message) }
            for category in words.categories {
                self.label(.class("check version")) {
                    input(
                        .type(.radio),
                        .name("category"),
                        .value(category.key),
                        .checked(category.key == chosen),
                        .required()
                    )
                    span {
                        b(words.category(category.key))
                        span(.class("also"), text: categoryStanding(category, words))
                    }
                }
            }
        }
    }

    /// The countries by name in the page's language.
    func countryField(_ room: Room, _ label: Phrase, value: String, _ problems: FormProblems) {
        let countries = room.site.countries
        let known = countries.codes.sorted { countries.rank($0) < countries.rank($1) }
        field(ApplicationField.country.rawValue, label: label, problems: problems) { tied in
            select(tied + [.autocomplete("country")]) {
                option(.value(""), .selected(value.isEmpty), text: say("Choose"))
                for code in known { option(.value(code), .selected(code == value), text: countries.name(code)) }
            }
        }
    }
}
