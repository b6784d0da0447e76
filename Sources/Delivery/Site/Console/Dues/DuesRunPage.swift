import Access
import Charter
import Dues
import HTML
import HTTPTypes
import Hummingbird
import Languages

/// How far a run is; the browser asks again by itself, without a script.
func duesRunPage(_ room: Room) async throws -> Response {
    let id = try room.parameter("id")
    let runs = try await room.ask(DuesRuns())
    guard let run = runs.first(where: { $0.id == id }) else { throw DuesRefusal.noSuchRun }
    let page = DuesTab.year.page(say("Invoices of \(plain: run.year), dated \(run.issuedOn)"))
    // A run stays what it was, also where the charter says nothing of its year any more.
    let plan = try? await room.ask(PlanDues(run.year, issuedOn: run.issuedOn, charter: room.site.charter))
    var response = room.page(page) { h in
        if run.isInvented { h.p { h.madeUpTag() } }
        if run.finishedAt == nil {
            underWay(h, run, left: plan?.toInvoice.count ?? 0)
        } else {
            ended(h, run, missing: plan?.missing.count ?? 0)
        }
        h.div(.class("actions")) {
            let address = InvoiceListAddress(year: run.year, state: nil).text
            h.a(.class("button"), .href(address), text: say("The invoices of \(plain: run.year)"))
            h.a(.href("\(ConsoleDues.path)?year=\(run.year)"), text: say("The year \(plain: run.year)"))
        }
    }
    if run.finishedAt == nil { response.headers[.refreshing] = "3" }
    return response
}

private func underWay(_ h: HTMLWriter, _ run: DuesRun, left: Int) {
    let all = run.invoices + left
    h.p(
        .class("lede"),
        text: run.invoices == 0 && !run.isInvented
            ? say("The job “invoices” starts it within a minute.")
            : say("\(run.invoices) of \(counted(invoices: all)) are written.")
    )
    h.progress(
        .class("progress"),
        .value(Double(run.invoices)),
        .max(String(max(all, 1))),
        .aria(.label, say("Invoices written"))
    )
    h.p(.class("quiet")) {
        h.text(
            say(
                "Each invoice is written whole or not at all, and a run that breaks off goes on later. This page looks "
                    + "again by itself every three seconds."
            )
        )
        h.text(" ")
        h.a(.href(ConsoleDues.run(run.id)), text: say("Look now"))
    }
}

private func ended(_ h: HTMLWriter, _ run: DuesRun, missing: Int) {
    h.p(
        .class("lede"),
        text: say(
            run.invoices,
            one: "The run is at its end: 1 invoice was written.",
            other: "The run is at its end: \(run.invoices) invoices were written."
        )
    )
    h.dl(.class("facts wide")) {
        h.fact(say("Started")) { h.instant(run.startedAt) }
        if let at = run.finishedAt { h.fact(say("Ended")) { h.instant(at) } }
        h.fact(say("Without an invoice")) {
            h.a(
                .href(ConsoleDues.plan(of: run.year, .missing)),
                text: say(
                    missing,
                    one: "1 member of whom something is missing",
                    other: "\(missing) members of whom something is missing"
                )
            )
        }
    }
    guard !run.problems.isEmpty else { return }
    h.section(.aria(.labelledby, "problems-of-run")) {
        h.h2(.id("problems-of-run"), text: say("What could not be written"))
        h.ul(.class("rows plain-rows")) {
            for problem in run.problems {
                h.li(.data("row")) {
                    h.div {
                        h.a(.href(memberAddress(problem.memberKey, "dues")), text: problem.memberKey)
                        h.span(.class("also"), text: problem.words)
                    }
                    h.div()
                }
            }
        }
        h.p(.class("note"), text: say("Put right what is named here, then start a run of the year again."))
    }
}

extension HTTPField.Name {
    fileprivate static let refreshing = HTTPField.Name("Refresh") ?? .age
}
