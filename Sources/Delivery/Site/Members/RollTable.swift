import Charter
import HTML
import Languages
import Membership

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
        return RollColumn(order: model.address.order).caption
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

    var name: Phrase {
        switch self {
        case .name: say("Name")
        case .country: say("Country")
        case .region: say("Region")
        case .category: say("Category")
        case .population: say("Population")
        case .since: say("Member since")
        }
    }

    /// What a table that is sorted by the column is.
    var caption: Phrase {
        switch self {
        case .name: say("Members, sorted by name")
        case .country: say("Members, sorted by country")
        case .region: say("Members, sorted by region")
        case .category: say("Members, sorted by category")
        case .population: say("Members, sorted by population")
        case .since: say("Members, sorted by the year of joining")
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
    var cells = SharedCells(table.cells, table.words, in: h.speech)
    h.table(.class("members")) {
        h.caption(.class("hidden-text"), text: table.caption)
        h.thead {
            h.tr {
                for column in RollColumn.allCases where table.shows(column) { rollHeading(h, column, table) }
            }
        }
        h.tbody {
            for row in rows { rollRow(h, row, table, &cells) }
        }
    }
    cells.keep()
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

private func rollRow(_ h: HTMLWriter, _ row: RollRow, _ table: RollTable, _ cells: inout SharedCells) {
    h.tr {
        h.th(.scope(.row)) {
            h.a(.href("/members/\(row.key)"), text: row.name)
            if !row.otherNames.isEmpty { h.span(.class("also"), text: row.otherNames) }
            if row.status != cells.standardStatus {
                h.span(.class("also")) { h.statusMark(row.status, table.words) }
            }
            if row.isSample { h.span(.class("also")) { h.sampleTag() } }
        }
        if table.showsCountry { h.fragment(cells.country(row.country, table.countries)) }
        if table.showsRegionAndCategory {
            h.fragment(cells.region(row.region))
            h.fragment(cells.category(row.category))
        }
        h.td(.class("num narrow-hide"), text: row.population.map(Phrase.number) ?? .verbatim("–"))
        h.td(.class("num since"), text: row.since.map { DayRange.year(row.sinceEarliest, $0) } ?? .verbatim("–"))
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
