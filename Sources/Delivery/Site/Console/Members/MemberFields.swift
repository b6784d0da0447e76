import Charter
import HTML
import Languages
import Membership

/// The fields that the forms of a new and of a known member share.
struct MemberFields {
    let h: HTMLWriter
    let room: Room
    let draft: MemberDraft
    let problems: FormProblems

    func category(none: Phrase? = nil) {
        let words = room.site.words
        let known = words.categories.map { (value: $0.key, text: words.category($0.key)) }
        h.choice(
            "category",
            label: say("Category"),
            value: draft[.category],
            options: options(known, draft[.category], words.category, none: none),
            problems: problems
        )
    }

    /// - Parameter none: what choosing nothing means.
    func country(none: Phrase) {
        let countries = room.site.countries
        let byName = countries.codes.sorted { countries.rank($0) < countries.rank($1) }
            .map { (value: $0, text: countries.name($0)) }
        h.choice(
            "country",
            label: say("Country"),
            value: draft[.country],
            options: options(byName, draft[.country], countries.name, none: none),
            problems: problems
        )
    }

    func region(none: Phrase) {
        let words = room.site.words
        let known = words.regions.map { (value: $0.key, text: words.region($0.key)) }
        h.choice(
            "region",
            label: say("Region"),
            value: draft[.region],
            options: options(known, draft[.region], words.region, none: none),
            problems: problems
        )
    }

    func website() {
        h.textField(
            "website",
            label: say("Website"),
            value: draft[.website],
            type: .url,
            problems: problems,
            .maxlength(500)
        )
    }

    func coordinates() {
        h.textField(
            "coordinates",
            label: say("Coordinates"),
            value: draft[.coordinates],
            help: say("Latitude and longitude in degrees, as in 57.6348, 18.2948."),
            problems: problems
        )
    }

    func population(help: Phrase? = nil) {
        h.div(.class("field-pair")) {
            h.textField(
                "population",
                label: say("Population"),
                value: draft[.population],
                help: help,
                problems: problems,
                .inputmode(.numeric)
            )
            h.textField(
                "population_year",
                label: say("Of the year"),
                value: draft[.populationYear],
                problems: problems,
                .inputmode(.numeric),
                .maxlength(4)
            )
        }
    }

    /// The options with the one that is chosen, also where the charter of today does not have it any more.
    private func options(
        _ known: [(value: String, text: String)],
        _ chosen: String,
        _ name: (String) -> String,
        none: Phrase?
    ) -> [(value: String, text: Phrase)] {
        let isKnown = chosen.isEmpty || known.contains { $0.value == chosen }
        let named = known + (isKnown ? [] : [(chosen, name(chosen))])
        let first = none.map { [(value: "", text: $0)] } ?? []
        return first + named.map { (value: $0.value, text: .verbatim($0.text)) }
    }
}
