import Access
import Charter
import HTML
import Languages
import Membership
import Web

/// The rows with what can be done to those that are ticked.
func bulkForm(_ h: HTMLWriter, _ room: Room, _ model: ConsoleMembersPage) {
    let mayTag = room.may(.tagMember)
    let mayMail = room.may(.mailMembers)
    guard mayTag || mayMail else { return memberRows(h, room, model, canTick: false) }
    let speech = room.site.speech
    room.form(
        h,
        "/console/bulk/tag",
        .class("bulk"),
        .data("bulk"),
        .data("choose-all", speech.text(say("Choose all on this page"))),
        .data("matching", speech.text(say("All that match"))),
        .data("chosen", speech.forms { say($0, one: "\("#") chosen", other: "\("#") chosen") })
    ) {
        h.input(.type(.hidden), .name("list"), .value(listQuery(model.address)))
        h.div(.class("bulk-bar")) {
            h.p(.class("bulk-count"), .role(.status), text: say("None chosen"))
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
        let columns = model.address.columns.map { (column: $0, style: Attribute.class($0.cssClass)) }
        var parts = CellParts(room, words)
        h.tbody {
            for row in model.found.rows {
                h.tr(.data("row")) {
                    if canTick { tickCell(h, row.roll) }
                    nameCell(h, row.roll, &parts)
                    for (column, style) in columns { cell(h, column, style, row, &parts) }
                }
            }
        }
        parts.cells.keep()
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

/// What the rows of one page share.
private struct CellParts {
    let room: Room
    let words: Words
    var cells: SharedCells
    private var categories: [String: String] = [:]
    private var days: [String: (date: String, age: HTMLFragment)] = [:]

    init(_ room: Room, _ words: Words) {
        (self.room, self.words) = (room, words)
        cells = SharedCells(room.site.cells, words, in: room.site.speech)
    }

    mutating func category(_ key: String) -> String {
        if let known = categories[key] { return known }
        let name = words.category(key)
        categories[key] = name
        return name
    }

    /// An instant's day in words, and how long ago it was.
    mutating func day(_ instant: InstantWords) -> (date: String, age: HTMLFragment) {
        if let known = days[instant.dayText] { return known }
        let speech = room.site.speech
        let age = HTMLFragment(in: speech) { h in h.span(.class("also"), text: instant.age(on: room.today)) }
        let said = (date: speech.text(instant.date), age: age)
        days[instant.dayText] = said
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
            h.text(category)
            if !row.otherNames.isEmpty {
                h.text(" · ")
                h.text(row.otherNames)
            }
        }
    }
}

/// One `<td>`.
private func cell(
    _ h: HTMLWriter,
    _ column: MemberColumn,
    _ style: Attribute,
    _ row: MemberTable.Row,
    _ parts: inout CellParts
) {
    let (roll, extras) = (row.roll, row.extras)
    switch column {
    case .status:
        h.fragment(parts.cells.standing(roll.status, earliest: roll.sinceEarliest, since: roll.since))
    case .country:
        h.fragment(parts.cells.place(country: roll.country, region: roll.region, parts.room.site.countries))
    case .category: h.td(style, text: parts.category(roll.category))
    case .region: h.td(style, text: roll.region.map(parts.words.region) ?? "–")
    case .since: h.td(style, text: roll.since.map { DayRange(roll.sinceEarliest, $0).label } ?? .verbatim("–"))
    case .population:
        h.td(style) {
            h.text(roll.population.map { Phrase.number($0) } ?? .verbatim("–"))
            if let year = roll.populationYear { h.span(.class("also"), text: String(year)) }
        }
    case .tags: h.td(style) { tags(h, extras.tags ?? "") }
    case .website:
        h.td(style) {
            guard let website = extras.website else { return h.text("–") }
            h.a(.href(website), .rel("noreferrer"), text: siteName(website))
        }
    case .changed: h.td(style) { changed(h, extras.changed, &parts) }
    case .people: h.td(style) { h.text(extras.people ?? 0) }
    case .head: h.td(style, text: extras.head ?? "–")
    case .area: h.td(style, text: extras.area ?? "–")
    case .offices:
        let offices = (extras.offices ?? "").split(separator: ", ").map { parts.words.office(String($0)) }
        h.td(style, text: offices.isEmpty ? "–" : offices.joined(separator: ", "))
    case .key: h.td(style) { h.code(roll.key) }
    }
}

private func tags(_ h: HTMLWriter, _ tags: String) {
    for tag in tags.split(separator: " ").map(String.init) {
        h.a(.class("tag"), .untranslated, .href("\(ConsoleMembersAddress.path)?tag=\(queryEscaped(tag))"), text: tag)
        h.text(" ")
    }
}

private func changed(_ h: HTMLWriter, _ instant: String?, _ parts: inout CellParts) {
    guard let words = instant.map(InstantWords.init) else { return }
    let day = parts.day(words)
    h.time(.datetime(words.machine), text: day.date)
    h.fragment(day.age)
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
