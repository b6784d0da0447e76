import Charter
import HTML
import Languages
import Membership

/// The form of the directory. It works as it is; `search.js` sends it while the reader types.
func membersForm(_ h: HTMLWriter, _ model: MembersPage) {
    let address = model.address
    h.form(
        .class("filters"),
        .action("/members"),
        .method(.get),
        .role(.search),
        .aria(.label, say("Members")),
        .data("live")
    ) {
        h.div(.class("field-row")) {
            h.div {
                h.label(.for("q"), text: say("Search by any name"))
                h.input(
                    .type(.search),
                    .id("q"),
                    .name("q"),
                    .value(address.search ?? ""),
                    .placeholder(say("Any name, old or new, any script")),
                    .autocomplete("off"),
                    .spellcheck(false)
                )
            }
            h.button(.class("button primary"), text: say("Search"))
        }
        h.div(.class("filter-grid")) { membersFilters(h, MembersChoices(model)) }
        // The order is kept while the reader searches on.
        if address.order != .name || address.isDescending {
            h.input(
                .type(.hidden),
                .name("sort"),
                .value((address.isDescending ? "-" : "") + address.order.rawValue)
            )
        }
    }
}

/// What the filters of a list of members offer, and what is chosen.
struct MembersChoices {
    var address: MembersAddress
    var words: Words
    var countries: Countries
    /// Countries with a member, by name.
    var countryChoices: [(code: String, name: String)]
    /// Members on the roll by region.
    var byRegion: [String: Int]
}

extension MembersChoices {
    fileprivate init(_ model: MembersPage) {
        self.init(
            address: model.address,
            words: model.words,
            countries: model.countries,
            countryChoices: model.countryChoices,
            byRegion: model.counts.byRegion
        )
    }

    /// For a list whose rows come from elsewhere.
    init(_ address: MembersAddress, _ cube: RollCube, _ context: SiteContext) {
        let words = context.words(on: cube.day)
        let countries = context.countries
        let choices = cube.countries(standing: .any).sorted { countries.rank($0.country) < countries.rank($1.country) }
        self.init(
            address: address,
            words: words,
            countries: countries,
            countryChoices: choices.map { (code: $0.country, name: countries.name($0.country)) },
            byRegion: Dictionary(words.regions.map { ($0.key, cube.count(region: $0.key)) }) { first, _ in first }
        )
    }
}

func membersFilters(_ h: HTMLWriter, _ model: MembersChoices) {
    let address = model.address
    let words = model.words
    choice(
        h,
        "category",
        say("Category"),
        all: say("All categories"),
        chosen: address.category,
        words.categories.map { ($0.key, Phrase.verbatim(words.categories($0.key))) },
        fallback: words.categories
    )
    choice(
        h,
        "region",
        say("Region"),
        all: say("All regions"),
        chosen: address.region,
        words.regions.map { ($0.key, say("\(words.region($0.key)) (\(model.byRegion[$0.key] ?? 0))")) },
        fallback: words.region
    )
    choice(
        h,
        "country",
        say("Country"),
        all: say("All countries"),
        chosen: address.country?.lowercased(),
        model.countryChoices.map { ($0.code.lowercased(), Phrase.verbatim($0.name)) },
        fallback: { model.countries.name($0.uppercased()) }
    )
    choice(
        h,
        "status",
        say("Status"),
        all: say("On the roll"),
        chosen: status(address.standing),
        words.statuses.map { ($0.key, Phrase.verbatim(words.status($0.key))) } + [("any", say("Any status"))],
        fallback: words.status
    )
    field(h, "tag", say("Tag")) {
        h.input(
            .type(.text),
            .id("tag"),
            .name("tag"),
            .value(address.tag ?? ""),
            .placeholder(say("energy")),
            .autocomplete("off")
        )
    }
    field(h, "on", say("On date")) {
        h.input(.type(.date), .id("on"), .name("on"), .value(address.day?.description ?? ""))
    }
}

private func status(_ standing: RollFilter.Standing) -> String? {
    switch standing {
    case .onRoll: nil
    case .any: "any"
    case .only(let status): status
    }
}

private func field(_ h: HTMLWriter, _ name: String, _ label: Phrase, content: () -> Void) {
    h.div {
        h.label(.for(name), text: label)
        content()
    }
}

/// A choice among keys. One that is chosen and not offered, as a category of another time, is added at the end.
private func choice(
    _ h: HTMLWriter,
    _ name: String,
    _ label: Phrase,
    all: Phrase,
    chosen: String?,
    _ options: [(key: String, text: Phrase)],
    fallback: (String) -> String
) {
    field(h, name, label) {
        h.select(.id(name), .name(name)) {
            h.option(.value(""), text: all)
            for option in options {
                h.option(.value(option.key), .selected(option.key == chosen), text: option.text)
            }
            if let chosen, !options.contains(where: { $0.key == chosen }) {
                h.option(.value(chosen), .selected(), text: fallback(chosen))
            }
        }
    }
}
