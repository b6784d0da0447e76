import Charter
import HTML
import Languages
import Membership
import Web

/// One country: its members, who was one, and where they lie.
struct CountryPage: Sendable {
    let a2: String
    let name: String
    let day: Day
    /// As the charter groups it; `nil` where it does not.
    let region: String?
    /// By category, in the charter's order, without those that have none.
    let counts: [(category: String, count: Int)]
    let members: BriefMembers
    /// Those that were members and are on the roll no more.
    let former: BriefMembers
    let dots: [MapDot]
    /// `nil` for a country without members and without an outline.
    let window: MapWindow?

    static func load(_ a2: String, _ context: SiteContext) async throws -> CountryPage {
        let words = context.words
        let directory = context.directory
        let cube = try await directory.cube(words.day)
        let counts = words.categories.map { ($0.key, cube.count(category: $0.key, country: a2)) }
        let filter = RollFilter(day: words.day, country: a2)
        let dots = MapDots(
            try await directory.placed(filter, most: MapDots.limit),
            world: context.world,
            countries: context.countries
        ).dots
        let boxes = context.world.box(of: a2).map { [$0] } ?? []
        return CountryPage(
            a2: a2,
            name: context.countries.name(a2),
            day: words.day,
            region: context.charter.version(on: words.day)?.region(forCountry: a2)?.key,
            counts: counts.filter { $0.1 > 0 },
            members: try await .load(address(a2), context),
            former: try await former(a2, words, context),
            dots: dots,
            window: .around(dots.map(\.point), boxes: boxes, aspect: 1.5, minimumWidth: 72)
        )
    }

    private static func former(_ a2: String, _ words: Words, _ context: SiteContext) async throws -> BriefMembers {
        var found = BriefMembers(address: address(a2).with { $0.standing = .any })
        for status in words.statuses where !status.isOnRoll {
            let part = try await BriefMembers.load(address(a2).with { $0.standing = .only(status.key) }, context)
            found.rows += part.rows.prefix(BriefMembers.limit - found.rows.count)
            found.total += part.total
        }
        return found
    }

    private static func address(_ a2: String) -> MembersAddress { MembersAddress().with { $0.country = a2 } }

    /// "7 local governments and 3 institutions on 31 December 2021."
    func lede(_ words: Words) -> Phrase {
        guard !counts.isEmpty else { return say("No member of this country is on the roll of \(day, .long).") }
        let members = Phrase.list(counts.map { words.counted($0.count, category: $0.category) })
        return say("\(members) on \(day, .long).")
    }

    func page(_ context: SiteContext) -> Page {
        let words = context.words
        let about = PageFrame(
            title: .verbatim(name),
            description: say("The members in \(name). \(lede(words))"),
            path: "/countries/\(a2.lowercased())",
            place: .countries,
            showsMap: window != nil
        )
        return frame(about, context) { h in
            h.trail(
                [("/countries", say("Countries"))]
                    + (region.map { [("/regions/\($0)", .verbatim(words.region($0)))] } ?? [])
            )
            h.div(.class("head")) {
                h.h1(name)
                h.p(.class("lede"), text: lede(words))
            }
            h.div(.class("columns aside")) {
                h.div(.class("brief")) {
                    if let window { h.locator(of: name, window: window, dots: dots, world: context.world) }
                }
                h.div(.class("account")) { account(h, words, context.countries) }
            }
        }
    }

    private func account(_ h: HTMLWriter, _ words: Words, _ countries: Countries) {
        func table(_ caption: Phrase) -> RollTable {
            RollTable(caption: caption, showsCountry: false, words: words, countries: countries)
        }
        h.section(.aria(.labelledby, "members")) {
            h.h2(.id("members"), text: say("Members"))
            if members.rows.isEmpty {
                h.p(.class("quiet"), text: say("None on \(day, .long)."))
            } else {
                h.briefMembers(members, table(say("Members in \(name), by name")))
            }
        }
        guard !former.rows.isEmpty else { return }
        h.section(.aria(.labelledby, "former")) {
            h.h2(.id("former"), text: say("Former members"))
            h.briefMembers(former, table(say("Former members in \(name)")))
        }
    }
}
