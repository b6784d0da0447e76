import Charter
import HTML
import Languages
import Membership
import Web

/// One region, as the association groups its members.
struct RegionPage: Sendable {
    let region: Charter.Region
    let name: String
    let day: Day
    let counts: [(category: String, count: Int)]
    /// The countries with members, most members first.
    let countries: [(a2: String, count: Int)]
    let members: BriefMembers
    let dots: MapDots
    /// `nil` where no member has a place.
    let window: MapWindow?

    static func load(_ region: Charter.Region, _ context: SiteContext) async throws -> RegionPage {
        let words = context.words
        let cube = try await context.directory.cube(words.day)
        let filter = RollFilter(day: words.day, region: region.key)
        let dots = MapDots(
            try await context.directory.placed(filter, most: MapDots.limit),
            world: context.world,
            countries: context.countries
        )
        let countries = cube.countries().map { ($0.country, cube.count(region: region.key, country: $0.country)) }
        return RegionPage(
            region: region,
            name: words.region(region.key),
            day: words.day,
            counts: words.categories.map { ($0.key, cube.count(category: $0.key, region: region.key)) }
                .filter { $0.1 > 0 },
            countries: countries.filter { $0.1 > 0 }.sorted { ($1.1, $0.0) < ($0.1, $1.0) },
            members: try await .load(MembersAddress().with { $0.region = region.key }, context),
            dots: dots,
            window: .around(dots.dots.map(\.point), aspect: 2.4)
        )
    }

    /// "17 local governments in 8 countries on 31 December 2021, as the association’s reports group them."
    func lede(_ words: Words) -> Phrase {
        guard !counts.isEmpty else { return say("No member of this region is on the roll of \(day, .long).") }
        let members = Phrase.list(counts.map { words.counted($0.count, category: $0.category) })
        let places = say(countries.count, one: "\(countries.count) country", other: "\(countries.count) countries")
        return say("\(members) in \(places) on \(day, .long), as the association’s reports group them.")
    }

    func page(_ context: SiteContext) -> Page {
        let words = context.words
        let about = PageFrame(
            title: .verbatim(name),
            description: say("The members in \(name). \(lede(words))"),
            path: "/regions/\(region.key)",
            place: .countries,
            showsMap: window != nil
        )
        return frame(about, context) { h in
            h.trail([("/countries", say("Countries and regions"))])
            h.div(.class("head")) {
                h.h1(name)
                h.p(.class("lede"), text: lede(words))
            }
            if let window {
                h.windowMap(
                    dots.dots,
                    window: window,
                    caption: say("Map of the members in \(name); the table names them"),
                    world: context.world
                )
            }
            h.div(.class("columns")) {
                h.section(.aria(.labelledby, "members")) {
                    h.h2(.id("members"), text: say("Members"))
                    membersTable(h, words, context.countries)
                }
                h.section(.aria(.labelledby, "by-country")) {
                    h.h2(.id("by-country"), text: say("By country"))
                    h.figure(.class("chart-figure")) { h.barChart(chart(context.countries)) }
                    h.p(.class("note")) {
                        if let note = region.note {
                            h.ruled(note)
                            h.text(" ")
                        }
                        h.cited(region.citation)
                    }
                }
            }
        }
    }

    private func membersTable(_ h: HTMLWriter, _ words: Words, _ countries: Countries) {
        guard !members.rows.isEmpty else {
            return h.p(.class("quiet"), text: say("None on \(day, .long)."))
        }
        h.briefMembers(
            members,
            RollTable(
                caption: say("Members in \(name), by name"),
                showsRegionAndCategory: false,
                words: words,
                countries: countries
            )
        )
    }

    private func chart(_ names: Countries) -> BarChart {
        BarChart(
            bars: countries.map { country in
                .init(
                    name: names.name(country.a2),
                    value: country.count,
                    address: "/countries/\(country.a2.lowercased())",
                    colour: "region-\(region.key)"
                )
            },
            unit: say("Members")
        )
    }
}
