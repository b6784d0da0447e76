import Access
import Charter
import Dues
import HTML
import Hummingbird
import Languages
import Web

/// What the first page of dues tells of a year.
private struct DuesYear: Sendable {
    let year: Int
    let invoices: InvoicesOfYear.Answer
    let runs: [DuesRun]
    /// What a run would do today; nothing where the charter does not say how the year's dues are billed.
    let plan: DuesPlan?
    /// Why there is no plan.
    let refusal: (any Refusal)?

    static func load(_ room: Room) async throws -> DuesYear {
        let year = try room.query().int("year", in: 1900...2199) ?? room.today.year
        let (invoices, runs) = try await room.ask(InvoicesOfYear(year), DuesRuns())
        let mine = runs.filter { $0.year == year }
        do {
            let plan = try await room.ask(PlanDues(year, charter: room.site.charter))
            return DuesYear(year: year, invoices: invoices, runs: mine, plan: plan, refusal: nil)
        } catch let refusal as DuesRefusal {
            return DuesYear(year: year, invoices: invoices, runs: mine, plan: nil, refusal: refusal)
        } catch let refusal as FeeRefusal {
            return DuesYear(year: year, invoices: invoices, runs: mine, plan: nil, refusal: refusal)
        }
    }
}

extension Site {
    /// The state of a year, the dry run of its invoices, and the run itself.
    static func addDuesYear(to rooms: RoomRoutes) {
        rooms.get(ConsoleDues.path, .may(.readDues)) { room in yearPage(room, try await DuesYear.load(room)) }
        rooms.get(ConsoleDues.plan, .may(.readDues)) { room in
            try await duesPlanPage(room, DuesPlanAddress(room.query(), today: room.today), .none)
        }
        rooms.post(ConsoleDues.plan, .may(.issueDues)) { try await startDuesRun($0) }
        rooms.get(ConsoleDues.run(":id"), .may(.readDues)) { try await duesRunPage($0) }
    }
}

private func yearPage(_ room: Room, _ found: DuesYear) -> Response {
    let overdue = found.invoices.count(.overdue)
    return room.duesPage(.year, counts: found.year == room.today.year ? [.dues: overdue] : [:]) { h in
        let years = Set(room.duesYears).union([found.year]).sorted(by: >)
        h.yearForm(ConsoleDues.path, found.year, of: years)
        standing(h, found)
        h.section(.aria(.labelledby, "run")) {
            h.h2(.id("run"), text: say("Writing the invoices of \(plain: found.year)"))
            if let plan = found.plan { planned(h, room, plan) }
            if let refusal = found.refusal {
                h.div(.class("notice caution"), .role(.note)) { h.p(refusal.sentence) }
            }
            runs(h, found.runs)
        }
        if let plan = found.plan { missing(h, room, plan) }
    }
}

/// Billed, received, open and past due; each leads to the invoices behind it.
private func standing(_ h: HTMLWriter, _ found: DuesYear) {
    let invoices = found.invoices
    h.section(.aria(.labelledby, "standing")) {
        h.h2(.id("standing"), text: say("Where the dues of \(plain: found.year) stand"))
        guard invoices.count() > 0 else {
            return h.p(.class("quiet"), text: say("No invoice of this year was written yet."))
        }
        h.dl(.class("facts wide")) {
            figure(h, say("Asked for"), invoices.totals.map(\.asked), invoices.count(), found.year, nil)
            let received = invoices.totals.compactMap { try? $0.asked - $0.owed }
            figure(h, say("Paid"), received, invoices.count(.paid), found.year, .paid)
            let open = owed(invoices, [.open, .overdue])
            figure(h, say("Open", context: "an amount"), open, invoices.count(.open), found.year, .open)
            figure(h, say("Past due"), owed(invoices, [.overdue]), invoices.count(.overdue), found.year, .overdue)
            if invoices.count(.credited) > 0 {
                figure(h, say("No longer asked for"), [], invoices.count(.credited), found.year, .credited)
            }
        }
        h.p(.class("note")) {
            h.text(say("At the end of \(invoices.day). What a credit note or relief took off is not asked for."))
            if invoices.invented > 0 {
                h.text(" ")
                h.text(
                    say(
                        invoices.invented,
                        one: "1 invoice rests on a figure or a payment that is made up.",
                        other: "\(invoices.invented) invoices rest on a figure or a payment that is made up."
                    )
                )
                h.text(" ")
                h.madeUpTag()
            }
        }
    }
}

/// What is owed on the invoices in some states, by currency.
private func owed(_ invoices: InvoicesOfYear.Answer, _ states: [InvoiceState]) -> [Money] {
    var sums: [Currency: Money] = [:]
    for total in states.flatMap({ invoices.states[$0] ?? [] }) {
        let before = sums[total.owed.currency] ?? .zero(total.owed.currency)
        sums[total.owed.currency] = try? before + total.owed
    }
    return sums.values.sorted { $0.currency.code < $1.currency.code }
}

private func figure(
    _ h: HTMLWriter,
    _ name: Phrase,
    _ amounts: [Money],
    _ count: Int,
    _ year: Int,
    _ state: InvoiceState?
) {
    h.fact(name) {
        if !amounts.isEmpty || state != .credited { h.b(amountWords(amounts)) }
        h.span(.class("also")) {
            let address = InvoiceListAddress(year: year, state: state).text
            h.a(.href(address), text: counted(invoices: count))
        }
    }
}

private func planned(_ h: HTMLWriter, _ room: Room, _ plan: DuesPlan) {
    let count = plan.toInvoice.count
    h.p(.class("quiet")) {
        h.text(
            count == 0
                ? say("A run today would write no invoice.")
                : say(
                    count,
                    one: "A run today would write 1 invoice: \(amountWords((try? plan.totals()) ?? [])).",
                    other: "A run today would write \(count) invoices: \(amountWords((try? plan.totals()) ?? []))."
                )
        )
    }
    h.div(.class("actions")) {
        h.a(
            .class(room.may(.issueDues) && count > 0 ? "button primary" : "button"),
            .href(ConsoleDues.plan(of: plan.year)),
            text: say("Look at the dry run")
        )
    }
}

private func runs(_ h: HTMLWriter, _ runs: [DuesRun]) {
    guard !runs.isEmpty else { return }
    h.ul(.class("rows dated told")) {
        for run in runs {
            h.li(.data("row")) {
                h.div {
                    h.a(.href(ConsoleDues.run(run.id)), text: say("Run with invoices of \(run.issuedOn)"))
                    if run.isInvented {
                        h.text(" ")
                        h.madeUpTag()
                    }
                    if let first = run.problems.first {
                        h.span(.class("also"), text: say("\(first.memberKey): \(first.words)"))
                    }
                }
                h.div(.class("who"), text: counted(invoices: run.invoices))
                h.div(.class("age")) { h.instant(run.startedAt) }
                h.div(.class("next")) { runState(h, run) }
            }
        }
    }
}

/// Whether a run is at its end, by shape too.
func runState(_ h: HTMLWriter, _ run: DuesRun) {
    if run.finishedAt == nil {
        h.text(say("under way", context: "a run of invoices"))
    } else if run.problems.isEmpty {
        h.span(.class("same"), text: say("done", context: "a run of invoices"))
    } else {
        h.span(.class("off"), text: say("with problems", context: "a run of invoices"))
    }
}

/// Why fees cannot be told, the commonest reason first.
private func missing(_ h: HTMLWriter, _ room: Room, _ plan: DuesPlan) {
    var counts: [FeeMissing: Int] = [:]
    for line in plan.lines {
        guard case .missing(let lacking) = line.outcome else { continue }
        for each in lacking { counts[each, default: 0] += 1 }
    }
    guard !counts.isEmpty else { return }
    let sorted = counts.sorted { ($1.value, $0.key.words.english) < ($0.value, $1.key.words.english) }
    h.section(.aria(.labelledby, "missing")) {
        h.sectionHead(
            say("What is missing for the fees"),
            id: "missing",
            more: (ConsoleDues.plan(of: plan.year, .missing), counted(members: plan.missing.count))
        )
        h.ul(.class("rows plain-rows")) {
            for (each, count) in sorted {
                h.li(.data("row")) {
                    h.div { h.ruled(each.words) }
                    h.div(.class("age"), text: counted(members: count))
                }
            }
        }
        if room.may(.enterDues) {
            h.p(.class("note")) {
                h.sentence(
                    say("Nothing is guessed: \(part: 0) or \(part: 1)."),
                    { h.a(.href(ConsoleDues.newFigure), text: say("enter a figure")) },
                    { h.a(.href(ConsoleDues.figuresFile), text: say("bring in a file of them")) }
                )
            }
        }
    }
}
