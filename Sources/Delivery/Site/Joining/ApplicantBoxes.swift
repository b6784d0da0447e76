import Charter
import HTML
import Joining
import Languages
import Membership

/// The boxes of an application. Each carries the mark of what it had, so that no device overwrites another's.
struct ApplicantBoxes {
    let h: HTMLWriter
    let page: ApplicantFormPage

    private var room: Room { page.room }
    private var category: String { page.application.category }

    func organization() {
        h.section(.aria(.labelledby, "organization")) {
            h.h2(.id("organization"), text: say("The organization"))
            h.hidden(ApplicantForm.Name.seenCategory, category)
            h.categoryCards(room, chosen: category, label: say("What you are"), page.trouble.problems)
            h.p(.class("note"), text: say("What is asked below depends on it: save once you have chosen another one."))
            h.div(.class("field-pair")) {
                line(.name, .autocomplete("organization"))
                language(.language)
            }
            h.div(.class("field-pair")) {
                line(.otherName, help: say("In your own script, or as others know you."))
                language(.otherLanguage)
            }
            country()
            region()
            line(.website, help: say("As in https://www.example.org."), .inputmode(.url), .autocomplete("url"))
            if isAsked(.population) {
                h.div(.class("field-pair")) {
                    line(.population, .inputmode(.numeric))
                    line(.populationYear, .inputmode(.numeric))
                }
            }
            if isAsked(.employees) { line(.employees, .inputmode(.numeric)) }
            if isAsked(.gdpPerCapita) {
                line(.gdpPerCapita, help: say("In US dollars by purchasing power (PPP)."), .inputmode(.decimal))
            }
        }
    }

    func people() {
        h.section(.aria(.labelledby, "people")) {
            h.h2(.id("people"), text: say("Its people"))
            if isAsked(.head) {
                h.div(.class("field-pair")) {
                    line(.head)
                    line(.headPosition)
                }
            }
            h.div(.class("field-pair")) {
                line(.contactName, .autocomplete("name"))
                line(.contactPosition, .autocomplete("organization-title"))
            }
            line(.contactPhone, help: say("With the code of the country, as in +46 498 000 000."), .autocomplete("tel"))
            h.p(.class("quiet"), text: say("Letters about this application go to \(page.application.email)."))
        }
    }

    func why() {
        h.section(.aria(.labelledby, "why")) {
            h.h2(.id("why"), text: say("Your reason"))
            box(.reason, help: say("What you work on, and what you hope for.")) { tied in
                h.textarea(tied + [.rows(7), .maxlength(ApplicationField.reason.most)], text: value(.reason))
            }
        }
    }

    /// What the script shows where another device has changed a box.
    static func conflictTemplate(_ h: HTMLWriter) {
        h.template(.data("conflict-template")) { conflict(h, choice: "choice", field: "", there: "", words: .empty) }
    }

    /// Asked of every applicant, whatever the charter asks besides.
    private static let always: Set<ApplicationField> = [.name, .language, .country, .region, .contactName]

    private func isAsked(_ field: ApplicationField) -> Bool {
        guard let fact = field.fact else { return true }
        return page.version?.membership.admission.asks(fact, of: category) != nil
    }

    private func isNeeded(_ field: ApplicationField) -> Bool {
        guard let fact = field.fact else { return Self.always.contains(field) }
        return page.version?.membership.admission.asks(fact, of: category)?.isRequired ?? false
    }

    /// What stands in the box: what was typed and not taken, otherwise what is kept.
    private func value(_ field: ApplicationField) -> String {
        page.trouble.typed[field]?.value ?? page.application.values[field]
    }

    private func box(_ field: ApplicationField, help: Phrase? = nil, control: ([Attribute]) -> Void) {
        let isNeeded = isNeeded(field)
        h.field(
            field.rawValue,
            label: isNeeded ? say("\(field.label) (needed)") : field.label,
            help: help,
            problems: page.trouble.problems
        ) { tied in
            // Not `required`: half an application can be saved.
            control(tied + [.data("box"), .when(isNeeded, .aria(.required, true))])
            let seen = page.trouble.typed[field]?.seen ?? page.application.values.mark(field)
            h.hidden(ApplicantForm.Name.seen(field), seen.text)
            if let there = page.trouble.conflicts[field] {
                Self.conflict(
                    h,
                    choice: ApplicantForm.Name.choice(field),
                    field: field.rawValue,
                    there: there,
                    words: boxWords(field, there, room)
                )
            }
        }
    }

    private func line(_ field: ApplicationField, help: Phrase? = nil, _ more: Attribute...) {
        box(field, help: help) { tied in
            h.input(tied + [.type(.text), .value(value(field)), .maxlength(field.most)] + more)
        }
    }

    private func options(_ field: ApplicationField, _ known: [(value: String, text: String)]) {
        let chosen = value(field)
        box(field) { tied in
            h.select(tied) {
                h.option(.value(""), .selected(chosen.isEmpty), text: say("Choose"))
                for (code, name) in known { h.option(.value(code), .selected(code == chosen), text: name) }
                // What another form, or a letter on paper, has brought is not lost for want of an option.
                if !chosen.isEmpty, !known.contains(where: { $0.value == chosen }) {
                    h.option(.value(chosen), .selected(), text: chosen)
                }
            }
        }
    }

    private func language(_ field: ApplicationField) {
        let known = languageNames.map { (value: $0.key, text: room.site.speech.text($0.value)) }
        options(field, known.sorted { ($0.text, $0.value) < ($1.text, $1.value) })
    }

    private func country() {
        let countries = room.site.countries
        let codes = countries.codes.sorted { countries.rank($0) < countries.rank($1) }
        options(.country, codes.map { (value: $0, text: countries.name($0)) })
    }

    /// Only where the charter has no region for the country.
    private func region() {
        let country = value(.country)
        let isKnown = page.version?.region(forCountry: country) != nil
        guard !value(.region).isEmpty || !country.isEmpty && !isKnown else { return }
        let words = room.site.words
        options(.region, words.regions.map { (value: $0.key, text: words.region($0.key)) })
    }

    /// What another device wrote, and the choice between it and what stands in the box.
    private static func conflict(
        _ h: HTMLWriter,
        choice: String,
        field: String,
        there: String,
        words: Phrase
    ) {
        h.fieldset(.class("conflict-choice"), .data("conflict", field), .data("value", there)) {
            h.legend { h.text(say("On another device this was changed to:")) }
            h.p(.class("kept-lines"), .data("words"), text: words)
            h.label(.class("check")) {
                h.input(.type(.radio), .name(choice), .value(ApplicantForm.Name.mine), .checked(!field.isEmpty))
                h.span(text: say("Keep what stands in the box"))
            }
            h.label(.class("check")) {
                h.input(.type(.radio), .name(choice), .value(ApplicantForm.Name.there))
                h.span(text: say("Take this instead"))
            }
        }
    }
}

/// What a box holds, as people read it: a country by its name.
func boxWords(_ field: ApplicationField, _ value: String, _ room: Room) -> Phrase {
    guard !value.isEmpty else { return say("nothing") }
    return switch field {
    case .country: .verbatim(room.site.countries.name(value))
    case .region: .verbatim(room.site.words.region(value))
    case .language, .otherLanguage: languageName(value)
    default: .verbatim(value)
    }
}
