import Charter
import HTML
import Languages
import Membership
import Web

/// The network at a glance.
struct HomePage: Sendable {
    var today: Day
    var words: Words
    var cube: RollCube
    var dots: MapDots
    var lately: [LatelyLine]
    var growth: GrowthChart
    var notNamed: [NotNamed]
    var people: PeopleRepresented?

    var members: Int { cube.count() }
    var countries: Int { cube.countries().count }
    /// Regions with the members of any category, in the charter's order; those without a member are left out.
    var regions: [(key: String, count: Int)] {
        words.regions.map { (key: $0.key, count: cube.count(region: $0.key)) }.filter { $0.count > 0 }
    }
    /// Categories with at least one member.
    var categories: [(key: String, count: Int)] {
        words.categories.map { (key: $0.key, count: cube.count(category: $0.key)) }.filter { $0.count > 0 }
    }
}

/// A published figure of people behind the members who were at an assembly.
struct PeopleRepresented: Sendable, Equatable {
    let statement: String
    let people: Int
    let text: String

    /// The latest that was published.
    init?(_ findings: [Finding]) {
        let latest = findings.filter { $0.subject == Subject.populationRepresented.rawValue }.max {
            ($0.through, $0.statement) < ($1.through, $1.statement)
        }
        guard let latest else { return nil }
        statement = latest.statement
        people = Int(latest.published)
        text = lowercasedFirst(latest.text)
    }
}

/// Members that a report counts and does not name.
struct NotNamed: Sendable, Equatable {
    let statement: String
    let category: String
    let day: Day
    let published: Int
    let named: Int
    let source: FactSource

    var missing: Int { published - named }

    /// For each category, the latest published count of the roll that the records cannot fill with names.
    static func all(_ findings: [Finding], _ words: Words) -> [NotNamed] {
        let counts: Set<String> = [
            Subject.members.rawValue, Subject.localGovernments.rawValue, Subject.institutions.rawValue,
            Subject.corporations.rawValue,
        ]
        var latest: [String: Finding] = [:]
        for finding in findings where finding.region == nil && counts.contains(finding.subject) {
            guard let category = finding.category, finding.derived != nil else { continue }
            if let known = latest[category], known.through >= finding.through { continue }
            latest[category] = finding
        }
        return words.categories.compactMap { category in
            guard let finding = latest[category.key], let day = Day(finding.through), let derived = finding.derived,
                derived < finding.published
            else { return nil }
            return NotNamed(
                statement: finding.statement,
                category: category.key,
                day: day,
                published: Int(finding.published),
                named: Int(derived),
                source: .init(code: finding.source, locator: finding.locator)
            )
        }
    }
}

/// The home page.
func homePage(_ model: HomePage, _ context: SiteContext) -> Page {
    let name = model.words.associationName
    let summary = homeSummary(model)
    let page = PageFrame(
        title: say("\(model.words.shortName): \(summary)"),
        description: say("The register of the \(name): \(summary)."),
        path: "/",
        linkedData: associationLinkedData(model, context),
        showsMap: true
    )
    return frame(page, context) { h in
        homeHero(h, model, name: name)
        if model.members > 0 {
            homeMap(h, model, context)
            homeFigures(h, model)
        } else {
            homeEmpty(h)
        }
        h.div(.class("columns")) {
            homeLately(h, model)
            homeGrowth(h, model)
        }
        homeNotNamed(h, model)
    }
}

private func homeSummary(_ model: HomePage) -> Phrase {
    let members = say(model.members, one: "\(model.members) member", other: "\(model.members) members")
    guard model.countries > 0 else { return members }
    return say(
        model.countries,
        one: "\(members) in \(model.countries) country",
        other: "\(members) in \(model.countries) countries"
    )
}

private func homeHero(_ h: HTMLWriter, _ model: HomePage, name: String) {
    h.div(.class("hero")) {
        h.div {
            h.h1(.class("display"), text: homeSummary(model))
            h.p(.class("lede"), text: homeLede(model, name: name))
            h.p(.class("more")) {
                h.sentence(
                    say("Not a member yet? \(part: 0)."),
                    { h.a(.href("/join"), text: say("See what membership brings and how to apply")) }
                )
            }
        }
        searchForm(h, label: say("Find a member by any name"))
    }
}

private func homeLede(_ model: HomePage, name: String) -> Phrase {
    let kinds = model.categories.map { Phrase.verbatim(model.words.category($0.key, of: 2)) }
    guard !kinds.isEmpty else {
        return say("The \(name). This is its register: who the members are, since when, and by which source.")
    }
    return say(
        "The \(name): \(Phrase.list(kinds)). This is its register: who the members are, since when, and by which "
            + "source."
    )
}

private func homeEmpty(_ h: HTMLWriter) {
    h.div(.class("empty")) {
        h.h2(say("No member is on record yet"))
        h.p(say("Records come in with `hansa import FOLDER`; invented ones, to try the program, with `hansa demo`."))
    }
}

private func homeMap(_ h: HTMLWriter, _ model: HomePage, _ context: SiteContext) {
    let names = model.regions.map { RegionName(key: $0.key, text: model.words.region($0.key)) }
    h.worldMap(
        model.dots.dots,
        caption: say("World map of the members on the roll of today, by region; the directory lists them"),
        names: names,
        world: context.world
    )
    h.div(.class("result-bar")) {
        h.regionLegend(model.regions, model.words)
        h.p(.class("more")) { h.a(.href("/map"), text: say("Open the map")) }
    }
    if model.dots.isCut {
        let drawn = model.dots.dots.count
        h.p(
            .class("note"),
            text: say("Drawn are the \(drawn) members with most people, of \(model.dots.placed).")
        )
    }
}

private func homeFigures(_ h: HTMLWriter, _ model: HomePage) {
    h.ul(.class("figures")) {
        for (key, count) in model.categories {
            let text = Phrase.verbatim(model.words.category(key, of: count))
            homeFigure(h, "/members?category=\(queryEscaped(key))", .number(count), text)
        }
        if model.countries > 0 {
            let text = say(model.countries, one: "country", other: "countries", context: "below their number")
            homeFigure(h, "/countries", .number(model.countries), text)
        }
        if let people = model.people {
            homeFigure(h, "/figures/\(people.statement)", .compact(people.people)) { h.record(people.text) }
        }
    }
}

private func homeFigure(_ h: HTMLWriter, _ address: String, _ value: Phrase, _ text: Phrase) {
    homeFigure(h, address, value) { h.text(text) }
}

private func homeFigure(_ h: HTMLWriter, _ address: String, _ value: Phrase, text: () -> Void) {
    h.li {
        h.a(.href(address)) {
            h.b(value)
            h.text(" ")
            text()
        }
    }
}

private func homeGrowth(_ h: HTMLWriter, _ model: HomePage) {
    h.section(.aria(.labelledby, "growth")) {
        h.sectionHead(say("Growth"), id: "growth", more: ("/figures", say("All figures")))
        h.figure(.class("chart-figure")) {
            h.growthChart(model.growth)
            h.p(.class("note")) {
                if model.growth.published.isEmpty {
                    h.text(say("The line is counted from the roll."))
                } else {
                    h.sentence(
                        say(
                            "The line is counted from the roll. Rings are figures that the association published. "
                                + "\(part: 0)."
                        ),
                        { h.a(.href("/figures"), text: say("See all of them beside the records")) }
                    )
                }
            }
            if let uncertainty = model.growth.uncertainty { h.p(.class("note"), text: uncertainty) }
        }
    }
}

private func homeNotNamed(_ h: HTMLWriter, _ model: HomePage) {
    guard !model.notNamed.isEmpty else { return }
    h.section(.aria(.labelledby, "not-named")) {
        h.h2(.id("not-named"), text: say("Counted and not named"))
        h.div(.class("prose")) {
            for gap in model.notNamed { h.p { notNamedSentence(h, gap, model.words) } }
            h.p(.class("quiet"), text: say("No member is invented to fill a sum."))
        }
    }
}

private func notNamedSentence(_ h: HTMLWriter, _ gap: NotNamed, _ words: Words) {
    let counted = words.counted(gap.published, category: gap.category)
    let missing = say(
        gap.missing,
        one: "\(gap.missing) is not named in any report",
        other: "\(gap.missing) are not named in any report"
    )
    h.sentence(
        say(
            gap.named,
            one: "Of \(counted) that were published for \(gap.day, .long), \(gap.named) is on record by name and "
                + "\(part: 0). \(part: 1)",
            other: "Of \(counted) that were published for \(gap.day, .long), \(gap.named) are on record by name and "
                + "\(part: 0). \(part: 1)"
        ),
        { h.a(.href("/figures/\(gap.statement)"), text: missing) },
        { h.cited(gap.source) }
    )
}

private func associationLinkedData(_ model: HomePage, _ context: SiteContext) -> JSONLD {
    let association = context.charter.association
    var members: [JSONLD.Member] = [
        .init("@context", "https://schema.org"), .init("@type", "Organization"),
        .init("name", .string(model.words.associationName)),
        .init("alternateName", .string(association.shortName)),
    ]
    if let website = association.website { members.append(.init("url", .string(website))) }
    return .object(members)
}
