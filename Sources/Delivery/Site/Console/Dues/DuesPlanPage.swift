import Access
import Charter
import Dues
import HTML
import HTTPTypes
import Hummingbird
import Languages
import Web

/// Which members of a dry run are listed.
enum PlanView: String, CaseIterable, Sendable {
    case all, invoice, missing, invoiced, nothing

    func admits(_ outcome: DuesPlan.Outcome) -> Bool {
        switch (self, outcome) {
        case (.all, _), (.invoice, .invoice), (.missing, .missing): true
        case (.invoiced, .invoiced), (.invoiced, .madeUp): true
        case (.nothing, .nothing), (.nothing, .noSchedule): true
        default: false
        }
    }

    var title: Phrase {
        switch self {
        case .all: say("All", context: "members of a dry run")
        case .invoice: say("Would get an invoice")
        case .missing: say("Something is missing")
        case .invoiced: say("Have an invoice")
        case .nothing: say("Owe nothing")
        }
    }
}

/// What the dry run asks for, as its address says it.
struct DuesPlanAddress: Sendable, Equatable {
    static let pageSize = 100
    var year: Int
    /// The day that the invoices would bear; today for nil.
    var issuedOn: Day?
    var view: PlanView
    var page: Int

    init(_ query: QueryParameters, today: Day) throws(RequestProblem) {
        year = try query.int("year", in: 1900...2199, default: today.year)
        issuedOn = try query.day("issued_on").flatMap { Day($0) }
        view = try query.choice("show", of: PlanView.self) ?? .all
        page = try query.int("page", in: 1...100_000, default: 1)
    }

    /// Of the run that a form asks for.
    init(year: Int, issuedOn: String) {
        self.year = year
        self.issuedOn = Day(issuedOn)
        (view, page) = (.all, 1)
    }

    /// The address after a change of what it asks for.
    func with(_ change: (inout DuesPlanAddress) -> Void) -> String {
        var changed = self
        change(&changed)
        let parts: [String?] = [
            "year=\(changed.year)", changed.issuedOn.map { "issued_on=\($0)" },
            changed.view == .all ? nil : "show=\(changed.view.rawValue)",
            changed.page == 1 ? nil : "page=\(changed.page)",
        ]
        return "\(ConsoleDues.plan)?\(parts.compactMap(\.self).joined(separator: "&"))"
    }
}

func duesPlanPage(_ room: Room, _ address: DuesPlanAddress, _ trouble: FormSetback) async throws -> Response {
    let page = DuesTab.year.page(say("Dry run of the invoices of \(plain: address.year)"))
    let plan: DuesPlan
    do {
        plan = try await room.ask(PlanDues(address.year, issuedOn: address.issuedOn, charter: room.site.charter))
    } catch let refusal as DuesRefusal {
        return room.page(page, status: trouble.status) { noPlan($0, room, address, refusal) }
    } catch let refusal as FeeRefusal {
        return room.page(page, status: trouble.status) { noPlan($0, room, address, refusal) }
    }
    return room.page(page, status: trouble.status) { h in
        h.trouble(trouble)
        h.p(.class("lede"), text: summary(plan))
        if !plan.madeUp.isEmpty { h.p(.class("note"), text: madeUp(plan.madeUp.count)) }
        h.p(
            .class("quiet"),
            text: say(
                "The fees are decided on \(plan.billedOn), by the rules in force since \(plan.charterDay). "
                    + "Nothing is written by looking."
            )
        )
        choose(h, room, address)
        begin(h, room, address, plan)
        tabs(h, address, plan)
        lines(h, room, address, plan)
    }
}

private func noPlan(_ h: HTMLWriter, _ room: Room, _ address: DuesPlanAddress, _ refusal: any Refusal) {
    h.refused(refusal)
    choose(h, room, address)
}

private func summary(_ plan: DuesPlan) -> Phrase {
    let count = plan.toInvoice.count
    let total = amountWords((try? plan.totals()) ?? [])
    if count == 0 { return say("No invoice would be written.") }
    return say(
        count,
        one: "1 invoice would be written, dated \(plan.issuedOn) and due on \(plan.dueOn): \(total).",
        other: "\(count) invoices would be written, dated \(plan.issuedOn) and due on \(plan.dueOn): \(total) together."
    )
}

private func madeUp(_ count: Int) -> Phrase {
    .joined(
        [
            say(
                count,
                one: "1 member gets none because its invoice of the year is made up as an example.",
                other: "\(count) members get none because their invoices of the year are made up as examples."
            ), DuesPlan.howToBill,
        ],
        by: " "
    )
}

/// The year and the day, chosen anew.
private func choose(_ h: HTMLWriter, _ room: Room, _ address: DuesPlanAddress) {
    h.form(.class("filters"), .action(ConsoleDues.plan), .method(.get)) {
        h.div(.class("filter-grid four")) {
            h.filterBox("plan-year", say("Year")) { id in
                h.select(.id(id), .name("year")) {
                    for year in Set(room.duesYears).union([address.year]).sorted(by: >) {
                        h.option(.value(String(year)), .selected(year == address.year), text: String(year))
                    }
                }
            }
            h.filterBox("field-issued_on", say("Day of the invoices")) { id in
                h.input(
                    .type(.date),
                    .id(id),
                    .name("issued_on"),
                    .value((address.issuedOn ?? room.today).description),
                    .max(room.today.description)
                )
            }
            h.button(.class("button"), .type(.submit), text: say("Show"))
        }
    }
}

private func begin(_ h: HTMLWriter, _ room: Room, _ address: DuesPlanAddress, _ plan: DuesPlan) {
    let count = plan.toInvoice.count
    guard room.may(.issueDues), count > 0 else { return }
    room.form(h, ConsoleDues.plan) {
        h.hiddenField("year", String(address.year))
        h.hiddenField("issued_on", plan.issuedOn.description)
        h.p(
            .class("note"),
            text: say(
                "Each member's first representative gets the invoice by mail. An invoice is never changed; a credit "
                    + "note puts right what was wrong."
            )
        )
        h.div(.class("form-end")) {
            h.button(
                .class("button primary"),
                .type(.submit),
                text: say(count, one: "Write 1 invoice", other: "Write \(count) invoices")
            )
            h.a(.class("button"), .href(ConsoleDues.path), text: say("Cancel"))
        }
    }
}

private func tabs(_ h: HTMLWriter, _ address: DuesPlanAddress, _ plan: DuesPlan) {
    h.nav(.class("tabs"), .aria(.label, say("By outcome"))) {
        for view in PlanView.allCases {
            let count = plan.lines.count { view.admits($0.outcome) }
            h.a(
                .href(address.with { ($0.view, $0.page) = (view, 1) }),
                .when(view == address.view, .aria(.current, "page")),
                text: Phrase.joined([view.title, .number(count)], by: " ")
            )
        }
    }
}

private func lines(_ h: HTMLWriter, _ room: Room, _ address: DuesPlanAddress, _ plan: DuesPlan) {
    let lines = plan.lines.filter { address.view.admits($0.outcome) }
    guard !lines.isEmpty else {
        return h.p(.class("quiet"), text: say("There is none."))
    }
    let size = DuesPlanAddress.pageSize
    h.ul(.class("rows plain-rows")) {
        for line in lines.dropFirst((address.page - 1) * size).prefix(size) { planLine(h, room, line) }
    }
    h.pages(PageSpan(page: address.page, size: size, total: lines.count, isOpen: false)) { page in
        address.with { $0.page = page }
    }
}

private func planLine(_ h: HTMLWriter, _ room: Room, _ line: DuesPlan.Line) {
    h.li(.data("row")) {
        h.div {
            h.a(.href(memberAddress(line.member.key, "dues")), text: line.member.name)
            if line.member.isSample {
                h.text(" ")
                h.sampleTag()
            }
            if line.outcome.isMadeUp, !line.member.isSample {
                h.text(" ")
                h.madeUpTag()
            }
            h.span(.class("also")) { why(h, line.outcome) }
            if case .missing = line.outcome, room.may(.enterDues) {
                h.span(.class("also")) {
                    h.a(
                        .href(ConsoleDues.newFigure(of: line.member.key)),
                        .aria(.label, say("Enter what is missing of \(line.member.name)")),
                        text: say("Enter what is missing")
                    )
                }
            }
        }
        h.div(.class("age")) {
            switch line.outcome {
            case .invoice(let planned): h.b(planned.toPay.words)
            case .invoiced(let number), .madeUp(let number):
                h.a(.href(ConsoleDues.invoice(number)), text: number)
            case .missing: h.span(.class("off"), text: say("missing"))
            case .nothing, .noSchedule: h.text(say("nothing", context: "no amount"))
            }
        }
    }
}

extension DuesPlan.Outcome {
    /// Whether its invoice rests on something made up, or would.
    fileprivate var isMadeUp: Bool {
        switch self {
        case .invoice(let planned): planned.isInvented
        case .madeUp: true
        case .invoiced, .nothing, .missing, .noSchedule: false
        }
    }
}

private func why(_ h: HTMLWriter, _ outcome: DuesPlan.Outcome) {
    switch outcome {
    case .invoice(let planned): h.text(planned.explanation)
    case .invoiced: h.text(say("It has this invoice already."))
    case .madeUp: h.text(DuesPlan.madeUpWords)
    case .nothing(let words): h.text(words)
    case .missing(let missing): h.text(Phrase.joined(missing.map(\.words), by: " "))
    case .noSchedule: h.text(say("The charter has no fee for members of this category."))
    }
}

func startDuesRun(_ room: Room) async throws -> Response {
    let form = room.form
    let year = Int(form["year"]) ?? 0
    return try await room.trying {
        guard (1900...2199).contains(year) else { throw InvalidInput("year", say("Choose a year.")) }
        let id = try await room.run(
            StartDuesRun(year, issuedOn: form["issued_on"], charter: room.site.charter)
        )
        return room.redirect(to: ConsoleDues.run(id), notice: say("The run is started."))
    } again: { trouble in
        let chosen = (1900...2199).contains(year) ? year : room.today.year
        return try await duesPlanPage(room, DuesPlanAddress(year: chosen, issuedOn: form["issued_on"]), trouble)
    }
}
