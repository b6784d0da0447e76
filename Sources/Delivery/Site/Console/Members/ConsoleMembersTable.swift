import Access
import Charter
import HTML
import Languages
import Membership

/// The rows with what can be done to those that are ticked.
func bulkForm(_ h: HTMLWriter, _ room: Room, _ model: ConsoleMembersPage) {
    let mayTag = room.may(.tagMember)
    let mayMail = room.may(.mailMembers)
    guard mayTag || mayMail else { return memberRows(h, room, model, canTick: false) }
    room.form(h, "/console/bulk/tag", .class("bulk"), .data("bulk")) {
        h.input(.type(.hidden), .name("list"), .value(listQuery(model.address)))
        h.div(.class("bulk-bar")) {
            h.label(.class("check")) {
                h.input(.type(.checkbox), .name("all"), .value("on"), .data("all"))
                let total = model.found.total
                h.span(
                    text: say(
                        total,
                        one: "All \(total) that match, not only the ticked",
                        other: "All \(total) that match, not only the ticked"
                    )
                )
            }
            if mayTag {
                h.div(.class("bulk-tag")) {
                    h.label(.for("bulk-tag"), text: say("Tag"))
                    h.input(.type(.text), .id("bulk-tag"), .name("tag"), .autocomplete("off"), .maxlength(40))
                    h.button(.class("button small"), .type(.submit), .name("change"), .value("tag"), text: say("Add"))
                    h.button(
                        .class("button small"),
                        .type(.submit),
                        .name("change"),
                        .value("untag"),
                        text: say("Take away")
                    )
                }
            }
            if mayMail {
                h.button(
                    .class("button small"),
                    .type(.submit),
                    .formaction("/console/bulk/mail"),
                    text: say("Write to their people")
                )
            }
        }
        memberRows(h, room, model, canTick: true)
    }
}

private func memberRows(_ h: HTMLWriter, _ room: Room, _ model: ConsoleMembersPage, canTick: Bool) {
    let words = model.choices.words
    h.table(.class("members dense")) {
        h.caption(.class("hidden-text"), text: RollColumn(order: model.address.roll.order).caption)
        h.thead {
            h.tr {
                if canTick { h.th(.scope(.col), .class("tick")) { h.span(.class("hidden-text"), text: say("Choose")) } }
                heading(h, say("Name"), .name, "", model)
                for column in model.address.columns {
                    heading(h, column.label, column.order, column.cssClass, model)
                }
            }
        }
        let columns = model.address.columns.map { (column: $0, attribute: Attribute.class($0.cssClass)) }
        var parts = CellParts(room, words)
        h.tbody {
            for row in model.found.rows {
                h.tr(.data("row")) {
                    if canTick { tickCell(h, row.roll) }
                    nameCell(h, row.roll, &parts)
                    for (column, attribute) in columns { h.td(attribute) { cell(h, column, row, &parts) } }
                }
            }
        }
    }
}

private func heading(
    _ h: HTMLWriter,
    _ title: Phrase,
    _ order: RollFilter.Order?,
    _ style: String,
    _ model: ConsoleMembersPage
) {
    let roll = model.address.roll
    let isSorted = order == roll.order && !roll.putsClosestFirst
    h.th(
        .scope(.col),
        .when(!style.isEmpty, .class(style)),
        .when(isSorted, .aria(.sort, roll.isDescending ? "descending" : "ascending"))
    ) {
        guard let order else { return h.text(title) }
        let chosen = model.address.with {
            // Numbers are first wanted from the top.
            $0.isDescending = roll.order == order ? !roll.isDescending : order == .population
            $0.order = order
        }
        h.a(.href(chosen.address()), text: title)
    }
}

private func tickCell(_ h: HTMLWriter, _ row: RollRow) {
    h.td(.class("tick")) {
        h.label {
            h.input(.type(.checkbox), .name("member"), .value(row.memberID))
            h.span(.class("hidden-text"), text: say("Choose \(row.name)"))
        }
    }
}

/// What the cells of many rows share, made once a page: names of the charter and of countries, and days in words.
private struct CellParts {
    let room: Room
    let words: Words
    private var places: [[String?]: HTMLFragment] = [:]
    private var standings: [[String?]: HTMLFragment] = [:]
    private var categories: [String: String] = [:]
    private var days: [String: (date: Phrase, age: Phrase)] = [:]

    init(_ room: Room, _ words: Words) {
        (self.room, self.words) = (room, words)
    }

    mutating func category(_ key: String) -> String {
        if let known = categories[key] { return known }
        let name = words.category(key)
        categories[key] = name
        return name
    }

    mutating func place(_ row: RollRow) -> HTMLFragment {
        if let known = places[[row.country, row.region]] { return known }
        let fragment = HTMLFragment(in: room.site.speech) { h in
            h.text(row.country.map(room.site.countries.name) ?? "–")
            if let region = row.region { h.span(.class("also"), text: words.region(region)) }
        }
        places[[row.country, row.region]] = fragment
        return fragment
    }

    mutating func standing(_ row: RollRow) -> HTMLFragment {
        if let known = standings[[row.status, row.sinceEarliest, row.since]] { return known }
        let fragment = HTMLFragment(in: room.site.speech) { h in
            h.statusMark(row.status, words)
            if let since = row.since { h.span(.class("also"), text: DayRange(row.sinceEarliest, since).label) }
        }
        standings[[row.status, row.sinceEarliest, row.since]] = fragment
        return fragment
    }

    /// An instant's day in words, and how long ago it was.
    mutating func day(_ instant: InstantWords, _ text: String) -> (date: Phrase, age: Phrase) {
        let key = String(text.prefix(10))
        if let known = days[key] { return known }
        let said = (date: instant.date, age: instant.age(on: room.today))
        days[key] = said
        return said
    }
}

private func nameCell(_ h: HTMLWriter, _ row: RollRow, _ parts: inout CellParts) {
    let category = parts.category(row.category)
    h.th(.scope(.row)) {
        h.a(.href("\(ConsoleMembersAddress.path)/\(row.key)"), text: row.name)
        h.span(.class("also")) {
            if row.isSample {
                h.sampleTag()
                h.text(" ")
            }
            h.text(row.otherNames.isEmpty ? category : "\(category) · \(row.otherNames)")
        }
    }
}

private func cell(_ h: HTMLWriter, _ column: MemberColumn, _ row: MemberTable.Row, _ parts: inout CellParts) {
    let roll = row.roll
    switch column {
    case .status: h.fragment(parts.standing(roll))
    case .category: h.text(parts.category(roll.category))
    case .country: h.fragment(parts.place(roll))
    case .region: h.text(roll.region.map(parts.words.region) ?? "–")
    case .since: h.text(roll.since.map { DayRange(roll.sinceEarliest, $0).label } ?? .verbatim("–"))
    case .population:
        h.text(roll.population.map { Phrase.number($0) } ?? .verbatim("–"))
        if let year = roll.populationYear { h.span(.class("also"), text: String(year)) }
    case .tags:
        for tag in (row.extras[.tags] ?? "").split(separator: " ") {
            h.a(
                .class("tag"),
                .href("\(ConsoleMembersAddress.path)?tag=\(queryEscaped(String(tag)))"),
                text: String(tag)
            )
            h.text(" ")
        }
    case .website:
        if let website = row.extras[.website] {
            h.a(.href(website), .rel("noreferrer"), text: siteName(website))
        } else {
            h.text("–")
        }
    case .changed:
        if let instant = row.extras[.changed] {
            let words = InstantWords(instant)
            let day = parts.day(words, instant)
            h.time(.datetime(words.machine), text: day.date)
            h.span(.class("also"), text: day.age)
        }
    case .people: h.text(row.extras[.people] ?? "0")
    case .head, .area, .offices: h.text(row.extras[column] ?? "–")
    case .key: h.code(roll.key)
    }
}

/// An address as people say it.
func siteName(_ address: String) -> String {
    let bare = address.replacing("https://", with: "").replacing("http://", with: "")
    let plain = bare.hasPrefix("www.") ? String(bare.dropFirst(4)) : bare
    return plain.hasSuffix("/") ? String(plain.dropLast()) : plain
}

extension MemberColumn {
    /// The order of the list by this column, where it has one.
    var order: RollFilter.Order? {
        switch self {
        case .category: .category
        case .country: .country
        case .region: .region
        case .since: .since
        case .population: .population
        default: nil
        }
    }

    /// On a phone the name and the standing stay.
    var cssClass: String {
        switch self {
        case .status: "standing"
        case .population, .people, .area: "num narrow-hide"
        default: "narrow-hide"
        }
    }
}
