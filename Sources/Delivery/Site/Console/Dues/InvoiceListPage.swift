import Access
import Charter
import Dues
import HTML
import Hummingbird
import Languages
import Membership
import Web

/// What the list of invoices asks for, as its address says it.
struct InvoiceListAddress: Sendable, Equatable {
    var year: Int?
    var state: InvoiceState?
    /// The key of one member.
    var member: String?
    /// A number, a reference, or a name of a member, as somebody typed it.
    var search: String?
    var page = 1

    init(year: Int? = nil, state: InvoiceState? = nil, member: String? = nil) {
        (self.year, self.state, self.member) = (year, state, member)
    }

    init(_ query: QueryParameters) throws(RequestProblem) {
        year = try query.int("year", in: 1900...2199)
        state = try query.choice("state", of: InvoiceState.self)
        member = try query.string("member")
        search = try query.string("q")
        page = try query.int("page", in: 1...100_000, default: 1)
    }

    func with(_ change: (inout InvoiceListAddress) -> Void) -> String {
        var changed = self
        change(&changed)
        return changed.text
    }

    var text: String {
        let parts: [String?] = [
            year.map { "year=\($0)" }, state.map { "state=\($0.rawValue)" },
            member.map { "member=\(queryEscaped($0))" }, search.map { "q=\(queryEscaped($0))" },
            page == 1 ? nil : "page=\(page)",
        ]
        let query = parts.compactMap(\.self).joined(separator: "&")
        return ConsoleDues.invoices + (query.isEmpty ? "" : "?" + query)
    }
}

extension Site {
    /// The list of invoices, and each of them.
    static func addInvoices(to rooms: RoomRoutes) {
        rooms.get(ConsoleDues.invoices, .may(.readDues)) { room in
            let address = try InvoiceListAddress(room.query())
            if let search = address.search { return try await searched(room, address, search) }
            return try await invoiceList(room, address, members: [])
        }
        rooms.get(ConsoleDues.invoice(":id"), .may(.readDues)) { room in
            try await invoicePage(room, .none)
        }
        addInvoiceChanges(to: rooms)
    }

    /// A number or reference leads to its invoice; a name that one member alone has, to that member's.
    private static func searched(
        _ room: Room,
        _ address: InvoiceListAddress,
        _ search: String
    ) async throws -> Response {
        do {
            let found = try await room.ask(InvoiceByID(search, charter: room.site.charter))
            return room.redirect(to: ConsoleDues.invoice(found.invoice.number))
        } catch DuesRefusal.noSuchInvoice {
            let members = try await room.ask(FindAnything(search, day: room.today)).members
            let called = members.filter { $0.name.lowercased() == search.lowercased() }
            guard let member = called.count == 1 ? called.first : members.first, called.count == 1 || members.count == 1
            else {
                return try await invoiceList(room, address, members: members)
            }
            return room.redirect(to: address.with { ($0.member, $0.search, $0.page) = (member.key, nil, 1) })
        }
    }

    /// - Parameter members: those that what was searched for can mean.
    private static func invoiceList(
        _ room: Room,
        _ address: InvoiceListAddress,
        members: [RollRow]
    ) async throws -> Response {
        let found = try await room.ask(
            InvoiceList(
                year: address.year,
                states: address.state.map { [$0] } ?? [],
                member: address.member,
                page: address.page
            )
        )
        return room.duesPage(.invoices) { h in
            filters(h, room, address)
            if let search = address.search {
                meant(h, address, search, members)
            } else {
                if let key = address.member { narrowed(h, address, found.lines.first?.invoice.memberName ?? key) }
                rows(h, found)
                let total = found.totals.reduce(0) { $0 + $1.invoices }
                h.pages(PageSpan(page: address.page, size: InvoiceList.pageSize, total: total, isOpen: false)) { page in
                    address.with { $0.page = page }
                }
            }
        }
    }
}

private func filters(_ h: HTMLWriter, _ room: Room, _ address: InvoiceListAddress) {
    h.form(.class("filters"), .action(ConsoleDues.invoices), .method(.get), .role(.search)) {
        if let member = address.member { h.hiddenField("member", member) }
        h.div(.class("filter-grid four")) {
            h.filterBox("invoice-search", say("Number, reference or member")) { id in
                h.input(
                    .type(.search),
                    .id(id),
                    .name("q"),
                    .value(address.search ?? ""),
                    .autocomplete("off"),
                    .spellcheck(false)
                )
            }
            h.filterBox("invoice-year", say("Year")) { id in
                h.select(.id(id), .name("year")) {
                    h.option(.value(""), text: say("Any"))
                    for year in Set(room.duesYears).union(address.year.map { [$0] } ?? []).sorted(by: >) {
                        h.option(.value(String(year)), .selected(year == address.year), text: String(year))
                    }
                }
            }
            h.filterBox("invoice-state", say("State")) { id in
                h.select(.id(id), .name("state")) {
                    h.option(.value(""), text: say("Any"))
                    for state in InvoiceState.allCases {
                        h.option(
                            .value(state.rawValue),
                            .selected(state == address.state),
                            text: state.consoleWords
                        )
                    }
                }
            }
            h.button(.class("button"), .type(.submit), text: say("Show"))
        }
    }
}

/// Several members that can be meant, or none.
private func meant(_ h: HTMLWriter, _ address: InvoiceListAddress, _ search: String, _ members: [RollRow]) {
    guard !members.isEmpty else {
        return h.div(.class("empty")) {
            h.h2(say("Nothing has this number, reference or name"))
            h.p(say("A number is as 2024-0001, a reference begins with RF. Names are found from their beginning."))
        }
    }
    h.p(.class("quiet"), text: say("Several members are called so. Choose one:", context: "what was searched for"))
    h.ul(.class("rows plain-rows")) {
        for member in members {
            h.li(.data("row")) {
                h.div {
                    let own = address.with { ($0.member, $0.search, $0.page) = (member.key, nil, 1) }
                    h.a(.href(own), text: member.name)
                }
                h.div()
            }
        }
    }
}

private func narrowed(_ h: HTMLWriter, _ address: InvoiceListAddress, _ name: String) {
    h.ul(.class("chips"), .aria(.label, say("Filter by member"))) {
        h.li {
            h.a(
                .class("chip"),
                .href(address.with { ($0.member, $0.page) = (nil, 1) }),
                .aria(.label, say("Remove filter: \(name)")),
                text: name
            )
        }
    }
}

private func rows(_ h: HTMLWriter, _ found: InvoiceList.Answer) {
    guard !found.lines.isEmpty else {
        return h.div(.class("empty")) {
            h.h2(say("No invoice fits"))
            h.p(say("Choose fewer filters, or write the invoices of a year first."))
        }
    }
    h.p(.class("quiet")) {
        let sums = found.totals.map { total in
            say("\(counted(invoices: total.invoices)): \(total.asked) asked for, \(total.owed) open")
        }
        h.text(Phrase.joined(sums, by: " · "))
    }
    h.table(.class("dense")) {
        h.caption(.class("hidden-text"), text: say("Invoices"))
        h.thead {
            h.tr {
                h.th(.scope(.col), text: say("Invoice"))
                h.th(.scope(.col), .class("narrow-hide"), text: say("Due on"))
                h.th(.scope(.col), .class("num narrow-hide"), text: say("Asked for"))
                h.th(.scope(.col), .class("num"), text: say("Open", context: "an amount"))
                h.th(.scope(.col), text: say("State"))
            }
        }
        h.tbody {
            for line in found.lines { row(h, line) }
        }
    }
}

private func row(_ h: HTMLWriter, _ line: InvoiceList.Line) {
    let invoice = line.invoice
    h.tr(.data("row")) {
        h.th(.scope(.row)) {
            h.a(.href(ConsoleDues.invoice(invoice.number)), text: invoice.number)
            if invoice.isInvented {
                h.text(" ")
                h.madeUpTag()
            }
            h.span(.class("also"), text: invoice.memberName)
        }
        h.td(.class("narrow-hide")) { h.time(.datetime(line.dueOn.description), text: line.dueOn.short) }
        h.td(.class("num narrow-hide"), text: line.balance.asked.words)
        h.td(.class("num"), text: line.balance.owed.words)
        h.td { h.invoiceStanding(line.state) }
    }
}
