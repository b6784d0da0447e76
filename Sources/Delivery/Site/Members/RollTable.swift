import Charter
import HTML
import Languages
import Membership
import Synchronization

/// How a table of members is headed and which columns it has.
struct RollTable {
    /// The state of the list that the headings sort; nil for a table that is not sorted by its reader.
    var sorted: MembersAddress?
    var caption: Phrase
    var showsCountry = true
    var showsRegionAndCategory = true
    var words: Words
    var countries: Countries
    /// Where cells are kept from one table to the next.
    var cells = RollCells()

    init(
        caption: Phrase,
        sorted: MembersAddress? = nil,
        showsCountry: Bool = true,
        showsRegionAndCategory: Bool = true,
        words: Words,
        countries: Countries
    ) {
        self.caption = caption
        self.sorted = sorted
        self.showsCountry = showsCountry
        self.showsRegionAndCategory = showsRegionAndCategory
        self.words = words
        self.countries = countries
    }

    init(_ model: MembersPage) {
        self.init(
            caption: Self.caption(model),
            sorted: model.address,
            words: model.words,
            countries: model.countries
        )
        cells = model.cells
    }

    private static func caption(_ model: MembersPage) -> Phrase {
        // Too many to be sorted otherwise, or the closest name first: then the order is not the one of a column.
        if model.found.isTotalOpen { return say("The first members, sorted by name") }
        if model.address.putsClosestFirst { return say("Members, the closest name first") }
        return say("Members, sorted by \(RollColumn(order: model.address.order).name.lowercased())")
    }
}

/// A column that the list can be sorted by.
enum RollColumn: CaseIterable {
    case name, country, region, category, population, since

    init(order: RollFilter.Order) {
        self =
            switch order {
            case .name: .name
            case .country: .country
            case .region: .region
            case .category: .category
            case .population: .population
            case .since: .since
            }
    }

    var order: RollFilter.Order {
        switch self {
        case .name: .name
        case .country: .country
        case .region: .region
        case .category: .category
        case .population: .population
        case .since: .since
        }
    }

    var name: String {
        switch self {
        case .name: "Name"
        case .country: "Country"
        case .region: "Region"
        case .category: "Category"
        case .population: "Population"
        case .since: "Member since"
        }
    }

    var cssClass: String {
        switch self {
        case .name, .country: ""
        case .region: "narrow-hide"
        case .category: "quiet-column"
        case .population: "narrow-hide num"
        case .since: "since num"
        }
    }

    /// Numbers are first wanted from the top.
    var startsDescending: Bool { self == .population }

    /// The state of the list after its reader chose this column: sorted by it, or the other way round if it was.
    func chosen(in address: MembersAddress) -> MembersAddress {
        address.with {
            $0.isDescending = address.order == order ? !address.isDescending : startsDescending
            $0.order = order
        }
    }
}

/// A table of members. `rows` are written as they come.
func rollTable(_ h: HTMLWriter, _ rows: [RollRow], _ table: RollTable) {
    var names = RollNames(table)
    h.table(.class("members")) {
        h.caption(.class("hidden-text"), text: table.caption)
        h.thead {
            h.tr {
                for column in RollColumn.allCases where table.shows(column) { rollHeading(h, column, table) }
            }
        }
        h.tbody {
            for row in rows { rollRow(h, row, table, &names) }
        }
    }
    names.keep()
}

private func rollHeading(_ h: HTMLWriter, _ column: RollColumn, _ table: RollTable) {
    let hasClass = !column.cssClass.isEmpty
    guard let address = table.sorted else {
        return h.th(.scope(.col), .when(hasClass, .class(column.cssClass)), text: column.name)
    }
    let direction = address.isDescending ? "descending" : "ascending"
    let isSorted = address.order == column.order && !address.putsClosestFirst
    h.th(
        .scope(.col),
        .when(hasClass, .class(column.cssClass)),
        .when(isSorted, .aria(.sort, direction))
    ) {
        h.a(.href(column.chosen(in: address).address()), text: column.name)
    }
}

private func rollRow(_ h: HTMLWriter, _ row: RollRow, _ table: RollTable, _ names: inout RollNames) {
    h.tr {
        h.th(.scope(.row)) {
            h.a(.href("/members/\(row.key)"), text: row.name)
            if !row.otherNames.isEmpty { h.span(.class("also"), text: row.otherNames) }
            if row.status != names.standardStatus {
                h.span(.class("also")) { h.statusMark(row.status, table.words) }
            }
            if row.isSample { h.span(.class("also")) { h.sampleTag() } }
        }
        if table.showsCountry { h.fragment(names.country(row.country)) }
        if table.showsRegionAndCategory {
            h.fragment(names.region(row.region))
            h.fragment(names.category(row.category))
        }
        h.td(.class("num narrow-hide"), text: row.population.map(grouped) ?? "–")
        h.td(.class("num since"), text: row.since.map { DayRange.year(row.sinceEarliest, $0) } ?? "–")
    }
}

/// The cells of one table that many rows share, rendered once for each country, region and category.
struct RollNames {
    let standardStatus: String?
    private let table: RollTable
    private var known: RollCells.Known

    init(_ table: RollTable) {
        self.table = table
        standardStatus = table.words.standard
        known = table.cells.known(on: table.words.effective)
    }

    mutating func country(_ code: String?) -> HTMLFragment {
        if let cell = known.countries[code ?? ""] { return cell }
        let (countries, address) = (table.countries, "/countries/\(code?.lowercased() ?? "")")
        let cell = HTMLFragment { h in
            h.td {
                guard let code else { return h.text("–") }
                h.a(.class("plain"), .href(address), text: countries.name(code))
            }
        }
        known.countries[code ?? ""] = cell
        return cell
    }

    mutating func region(_ key: String?) -> HTMLFragment {
        if let cell = known.regions[key ?? ""] { return cell }
        let words = table.words
        let cell = HTMLFragment { h in
            h.td(.class("narrow-hide")) {
                guard let key else { return h.text("–") }
                h.span(.class("region region-\(key)"), text: words.region(key))
            }
        }
        known.regions[key ?? ""] = cell
        return cell
    }

    mutating func category(_ key: String) -> HTMLFragment {
        if let cell = known.categories[key] { return cell }
        let words = table.words
        let cell = HTMLFragment { h in h.td(.class("quiet-column"), text: words.category(key)) }
        known.categories[key] = cell
        return cell
    }

    /// Keeps what was rendered for the next table.
    func keep() { table.cells.keep(known, of: table.words.effective) }
}

/// Rendered cells that outlive a page, for one version of the charter at a time.
final class RollCells: Sendable {
    struct Known: Sendable {
        var countries: [String: HTMLFragment] = [:]
        var regions: [String: HTMLFragment] = [:]
        var categories: [String: HTMLFragment] = [:]

        fileprivate var count: Int { countries.count + regions.count + categories.count }
    }

    private let state = Mutex<(version: Day?, known: Known)>((nil, Known()))

    func known(on version: Day?) -> Known {
        state.withLock { $0.version == version ? $0.known : Known() }
    }

    func keep(_ known: Known, of version: Day?) {
        state.withLock { state in
            guard state.version != version || known.count > state.known.count else { return }
            state = (version, known)
        }
    }
}

extension RollTable {
    func shows(_ column: RollColumn) -> Bool {
        switch column {
        case .country: showsCountry
        case .region, .category: showsRegionAndCategory
        case .name, .population, .since: true
        }
    }
}
