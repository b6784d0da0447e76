import Charter
import HTML
import Languages
import Membership
import Web

/// All countries that have members, by region.
struct CountryList: Sendable, Equatable {
    struct Country: Sendable, Equatable {
        let a2: String
        let name: String
        /// By the keys in `CountryList.categories`, in their order.
        let byCategory: [Int]
        var total: Int { byCategory.reduce(0, +) }
    }

    struct Region: Sendable, Equatable {
        /// `nil` for members that no report puts into a region.
        let key: String?
        /// By name.
        let countries: [Country]
        var total: Int { countries.reduce(0) { $0 + $1.total } }
    }

    let day: Day
    /// Keys of the categories that have members.
    let categories: [String]
    /// In the charter's order; without those that have no member.
    let regions: [Region]

    var countryCount: Int { Set(regions.flatMap(\.countries).map(\.a2)).count }

    static func page(_ list: CountryList, _ context: SiteContext) -> Page {
        let words = context.words
        let regions = list.regions.filter { $0.key != nil }.count
        let countries = say(
            list.countryCount,
            one: "\(list.countryCount) country",
            other: "\(list.countryCount) countries"
        )
        let lede = say(
            regions,
            one: "\(countries) in \(regions) region, as the association’s reports group them, on \(list.day, .long).",
            other: "\(countries) in \(regions) regions, as the association’s reports group them, on \(list.day, .long)."
        )
        let about = PageFrame(
            title: say("Countries"),
            description: say("The countries of the members, by region. \(lede)"),
            path: "/countries",
            place: .countries
        )
        return frame(about, context) { h in
            h.div(.class("head")) {
                h.h1(say("Countries"))
                h.p(
                    .class("lede"),
                    text: list.regions.isEmpty ? say("There is no member on \(list.day, .long).") : lede
                )
            }
            h.regionLegend(list.regions.compactMap { region in region.key.map { ($0, region.total) } }, words)
            let (left, right) = list.halves
            h.div(.class("columns even")) {
                for half in [left, right] {
                    h.div {
                        for region in half { h.countryTable(region, list, words) }
                    }
                }
            }
        }
    }

    /// The regions in two columns of about the same length.
    var halves: (left: [Region], right: [Region]) {
        // A region's heading takes about as much room as three countries.
        let lengths = regions.map { $0.countries.count + 3 }
        let all = lengths.reduce(0, +)
        func unevenness(_ split: Int) -> Int { abs(all - 2 * lengths.prefix(split).reduce(0, +)) }
        let best = (0...regions.count).min { unevenness($0) < unevenness($1) } ?? 0
        return (Array(regions.prefix(best)), Array(regions.dropFirst(best)))
    }
}

extension CountryList {
    /// The countries of the members on the roll of one day.
    init(_ cube: RollCube, words: Words, countries names: Countries) {
        let present = words.categories.map(\.key).filter { cube.count(category: $0) > 0 }
        let counted = cube.countries().map(\.country)
        func list(_ count: (_ category: String, _ country: String) -> Int) -> [Country] {
            counted.map { a2 in
                Country(a2: a2, name: names.name(a2), byCategory: present.map { count($0, a2) })
            }
            .filter { $0.total > 0 }.sorted { (names.rank($0.a2), $0.a2) < (names.rank($1.a2), $1.a2) }
        }
        let grouped = words.regions.map { region in
            Region(
                key: region.key,
                countries: list { cube.count(category: $0, region: region.key, country: $1) }
            )
        }
        let rest = Region(
            key: nil,
            countries: list { category, country in
                words.regions.reduce(cube.count(category: category, country: country)) { left, region in
                    left - cube.count(category: category, region: region.key, country: country)
                }
            }
        )
        day = cube.day
        categories = present
        regions = (grouped + [rest]).filter { !$0.countries.isEmpty }
    }
}

extension HTMLWriter {
    fileprivate func countryTable(_ region: CountryList.Region, _ list: CountryList, _ words: Words) {
        let name = region.key.map { Phrase.verbatim(words.region($0)) } ?? say("In no region")
        let id = "region-of-\(region.key ?? "none")"
        section(.aria(.labelledby, id)) {
            div(.class("section-head")) {
                h2(.id(id)) {
                    if let key = region.key { span(.class("region region-\(key)"), text: name) } else { text(name) }
                }
                if let key = region.key { a(.class("more"), .href("/regions/\(key)"), text: say("The region")) }
            }
            table {
                thead {
                    tr {
                        th(.scope(.col), text: say("Country"))
                        for category in list.categories {
                            th(.scope(.col), .class("num narrow-hide"), text: words.categories(category))
                        }
                        th(.scope(.col), .class("num"), text: say("Members"))
                    }
                }
                tbody {
                    for country in region.countries {
                        tr {
                            th(.scope(.row)) { a(.href("/countries/\(country.a2.lowercased())"), text: country.name) }
                            for count in country.byCategory {
                                td(.class("num narrow-hide"), text: count > 0 ? Phrase.number(count) : .verbatim("–"))
                            }
                            td(.class("num"), text: .number(country.total))
                        }
                    }
                }
            }
        }
    }
}
