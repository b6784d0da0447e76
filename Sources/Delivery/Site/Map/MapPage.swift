import Charter
import HTML
import Languages
import Membership
import Web

/// The map of one day with a list beside it that does the same for a keyboard or a screen reader.
struct MapPage: Sendable, Equatable {
    struct Country: Sendable, Equatable {
        /// `nil` for members that belong to no country.
        let name: String?
        /// By name.
        let members: [Member]
    }
    struct Member: Sendable, Equatable {
        let key: String
        let name: String
    }
    struct Region: Sendable, Equatable {
        /// `nil` for members that no report puts into a region.
        let key: String?
        let countries: [Country]
        var total: Int { countries.reduce(0) { $0 + $1.members.count } }
    }

    let day: Day
    /// Whether the reader chose the day.
    let isChosen: Bool
    let dots: MapDots
    let regions: [Region]
    /// Members on the roll, with and without a place.
    let total: Int

    static func load(_ chosen: Day?, _ context: SiteContext) async throws -> MapPage {
        let day = chosen ?? context.today()
        let placed = try await context.directory.placed(RollFilter(day: day), most: MapDots.limit)
        let dots = MapDots(placed, world: context.world, countries: context.countries)
        return MapPage(
            day: day,
            isChosen: chosen != nil,
            dots: dots,
            regions: regions(placed.members.map(\.row).sorted { ($0.name, $0.key) < ($1.name, $1.key) }, context),
            total: try await context.directory.cube(day).count()
        )
    }

    /// - Parameter rows: By name.
    private static func regions(_ rows: [RollRow], _ context: SiteContext) -> [Region] {
        let names = context.countries
        func place(_ country: String?) -> (Int, Int, String) {
            (country == nil ? 1 : 0, country.map(names.rank) ?? 0, country ?? "")
        }
        let byRegion = Dictionary(grouping: rows, by: \.region)
        let ordered = context.words.regions.map { Optional($0.key) }
        let rest = byRegion.keys.filter { !ordered.contains($0) }.sorted { ($0 ?? "") < ($1 ?? "") }
        return (ordered + rest).compactMap { key in
            guard let members = byRegion[key] else { return nil }
            let byCountry = Dictionary(grouping: members, by: \.country)
            // By name, those without a country at the end.
            let codes = byCountry.keys.sorted { place($0) < place($1) }
            return Region(
                key: key,
                countries: codes.map { code in
                    Country(
                        name: code.map(names.name),
                        members: (byCountry[code] ?? []).map { Member(key: $0.key, name: $0.name) }
                    )
                }
            )
        }
    }

    var directory: String {
        MembersAddress().with { $0.day = isChosen ? day : nil }.address()
    }

    /// What the map shows and what it leaves out.
    var lede: Phrase {
        guard total > 0 else { return say("No member is on the roll of \(day, .long).") }
        let missing = total - dots.placed
        var sentences = [
            say(
                dots.placed,
                one: "\(dots.placed) member on \(day, .long).",
                other: "\(dots.placed) members on \(day, .long)."
            )
        ]
        if missing > 0 {
            sentences.append(
                say(
                    missing,
                    one: "\(missing) more has no place in the records.",
                    other: "\(missing) more have no place in the records."
                )
            )
        }
        if dots.isCut {
            sentences.append(say("Only the \(dots.dots.count) with most people are drawn and listed here."))
        }
        return .joined(sentences, by: " ")
    }

    func page(_ context: SiteContext) -> Page {
        let about = PageFrame(
            title: say("Map of the members"),
            description: say("Where the members are. \(lede)"),
            path: isChosen ? "/map?on=\(day)" : "/map",
            place: .map,
            scripts: ["map.js"],
            showsMap: true
        )
        return frame(about, context) { h in
            h.div(.class("head")) {
                h.h1(say("Map"))
                h.p(.class("lede")) {
                    h.text(lede)
                    h.text(" ")
                    h.a(.href(directory), text: say("All as a list"))
                }
            }
            h.div(.class("map-layout")) {
                h.div(.class("map map-bleed")) {
                    stage(h, context)
                    sizes(h)
                }
                if !regions.isEmpty { list(h, context.words) }
            }
        }
    }

    private func stage(_ h: HTMLWriter, _ context: SiteContext) {
        h.figure(.class("map-stage"), .data("map")) {
            h.figcaption(
                .class("hidden-text"),
                text: say(
                    dots.dots.count,
                    one: "World map of \(dots.dots.count) member by region; the list that follows names it",
                    other: "World map of \(dots.dots.count) members by region; the list that follows names them all"
                )
            )
            h.div(
                .class("map-view"),
                .role(.group),
                .aria(.label, say("World map. Arrow keys move it, plus and minus zoom, zero resets."))
            ) {
                h.mapPicture(.world(showing: dots.dots, in: context.world)) {
                    h.fragment(context.world.land)
                    h.dots(dots.dots, isLive: true)
                }
            }
            h.div(.class("map-controls"), .hidden()) {
                h.button(.type(.button), .data("zoom", "in"), .aria(.label, say("Zoom in")), text: "+")
                h.button(.type(.button), .data("zoom", "out"), .aria(.label, say("Zoom out")), text: "−")
                h.button(.type(.button), .data("zoom", "reset"), .aria(.label, say("Whole world")), text: "⤢")
            }
        }
    }

    private func sizes(_ h: HTMLWriter) {
        h.ul(.class("legend sizes")) {
            h.li(.class("size-1"), text: say("under 1 million people, or not known"))
            h.li(.class("size-2"), text: say("1 to 5 million"))
            h.li(.class("size-3"), text: say("over 5 million"))
        }
    }

    private func list(_ h: HTMLWriter, _ words: Words) {
        h.nav(.class("map-list"), .aria(.label, say("Members on the map"))) {
            for region in regions {
                h.h2(.when(region.key != nil, .class("region region-\(region.key ?? "")"))) {
                    h.text(region.key.map { Phrase.verbatim(words.region($0)) } ?? say("In no region"))
                    h.text(" ")
                    h.span(.class("quiet"), text: .number(region.total))
                }
                h.div {
                    for country in region.countries {
                        h.h3(country.name.map { Phrase.verbatim($0) } ?? say("No country"))
                        h.ul {
                            for member in country.members {
                                h.li {
                                    h.a(.href("/members/\(member.key)"), .data("member", member.key), text: member.name)
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
