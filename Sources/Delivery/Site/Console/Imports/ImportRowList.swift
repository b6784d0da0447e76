import Access
import HTML
import Languages
import Membership
import Web

/// The rows of an import with what the dry run found; while it is open, to be accepted, left out, chosen.
struct ImportRowList {
    let upload: Upload
    let address: ImportAddress
    let page: UploadRows.Page
    let room: Room

    private var isOpen: Bool { upload.state != .applied && upload.state != .undone }

    func write(_ h: HTMLWriter) {
        guard !page.lines.isEmpty else {
            h.div(.class("empty")) {
                h.h2(say("No such rows"))
                h.p { h.a(.href(address.address(.all)), text: say("Show all rows")) }
            }
            return
        }
        guard isOpen else {
            list(h)
            return pages(h)
        }
        if case .outcome(let outcome) = address.filter { decisionOnAll(h, outcome) }
        room.form(h, "\(Site.importsPath)/\(upload.id)/rows") {
            h.input(.type(.hidden), .name("list"), .value(address.address(address.filter, page: address.page)))
            list(h)
            h.div(.class("form-end")) {
                h.button(.class("button"), .type(.submit), text: say("Keep ticks and choices of this page"))
            }
        }
        pages(h)
    }

    private func pages(_ h: HTMLWriter) {
        let span = PageSpan(page: address.page, size: ImportAddress.pageSize, total: page.total, isOpen: false)
        h.pages(span) { address.address(address.filter, page: $0) }
    }

    private func decisionOnAll(_ h: HTMLWriter, _ outcome: RowPlan.Outcome) {
        guard outcome != .same, outcome != .refused else { return }
        room.form(h, "\(Site.importsPath)/\(upload.id)/rows", .class("actions all-rows")) {
            h.input(.type(.hidden), .name("outcome"), .value(outcome.rawValue))
            h.span(.class("quiet"), text: say("All \(grouped(page.total)) of these:"))
            if outcome == .ambiguous {
                h.button(
                    .class("button small"),
                    .type(.submit),
                    .name("decide"),
                    .value("new"),
                    text: say("New members")
                )
            } else {
                h.button(.class("button small"), .type(.submit), .name("decide"), .value("take"), text: say("Accept"))
            }
            h.button(.class("button small"), .type(.submit), .name("decide"), .value("leave"), text: say("Leave out"))
        }
    }

    private func list(_ h: HTMLWriter) {
        h.ul(.class(isOpen ? "rows import-rows" : "rows plain-rows")) {
            for line in page.lines { row(h, line) }
        }
    }

    private func row(_ h: HTMLWriter, _ line: UploadRows.Line) {
        guard let plan = line.plan else { return }
        let name = title(line, plan)
        h.li(.data("row"), .class(line.isTaken ? "" : "left-out")) {
            if isOpen { h.div(.class("take")) { tick(h, line, plan, name) } }
            h.div {
                h.p(.class("what")) {
                    if upload.state == .applied, let key = memberKey(plan) {
                        h.a(.href("/console/members/\(key)"), text: name)
                    } else {
                        h.b(name)
                    }
                    h.span(.class("outcome outcome-\(plan.outcome.rawValue)"), text: words(plan, line))
                }
                if let member = plan.member { matched(h, plan, member) }
                changes(h, plan)
                for problem in plan.problems { refusal(h, problem) }
                for note in plan.notes { h.span(.class("also"), text: note) }
                if !plan.candidates.isEmpty, isOpen { candidates(h, line, plan) }
            }
            h.div(.class("age"), text: say("line \(grouped(line.number))"))
        }
    }

    private func memberKey(_ plan: RowPlan) -> String? {
        plan.member?.key ?? (plan.outcome == .create ? plan.changes.first { $0.field == .key }?.new : nil)
    }

    /// Where there is nothing to accept there is no box; one that was left out can be taken back.
    private func tick(_ h: HTMLWriter, _ line: UploadRows.Line, _ plan: RowPlan, _ name: String) {
        let isIdle = plan.outcome == .same || plan.outcome == .refused
        guard !isIdle || !line.isTaken || line.choice != .none else { return }
        h.input(.type(.hidden), .name("shown"), .value("\(line.number)"))
        h.input(
            .type(.checkbox),
            .name("take"),
            .value("\(line.number)"),
            .checked(line.isTaken),
            .aria(.label, say("Accept line \(line.number), \(name)"))
        )
    }

    private func title(_ line: UploadRows.Line, _ plan: RowPlan) -> String {
        if let place = upload.mapping.fields.firstIndex(of: .name), line.cells.indices.contains(place),
            !line.cells[place].isEmpty
        {
            return line.cells[place]
        }
        return plan.member?.name ?? line.cells.first { !$0.isEmpty } ?? "an empty row"
    }

    private func words(_ plan: RowPlan, _ line: UploadRows.Line) -> String {
        let words =
            switch plan.outcome {
            case .create: isOpen ? "new member" : upload.state == .undone ? "had been created" : "created"
            case .change:
                isOpen
                    ? counted(plan.changes.count, "change") : upload.state == .undone ? "had been changed" : "changed"
            case .same: "nothing new"
            case .ambiguous: "to choose"
            case .refused: "refused"
            }
        return line.isTaken ? words : "\(words), left out"
    }

    private func matched(_ h: HTMLWriter, _ plan: RowPlan, _ member: RowPlan.Candidate) {
        h.span(.class("also")) {
            h.text(say("Is "))
            h.a(.href("/console/members/\(member.key)"), text: member.name)
            if let country = member.country { h.text(", \(room.site.countries.name(country))") }
            h.text(say(", by \(member.because)"))
            if plan.sureness == .fair { h.text(say("; no country says it for certain")) }
        }
    }

    private func changes(_ h: HTMLWriter, _ plan: RowPlan) {
        guard !plan.changes.isEmpty else { return }
        h.dl(.class("change-fields")) {
            for change in plan.changes {
                h.div {
                    h.dt(change.field.title)
                    h.dd {
                        if plan.outcome != .create {
                            if let old = change.old { h.span(.class("old"), text: shown(change.field, old)) }
                            if change.old != nil { h.span(.aria(.hidden, true), text: " → ") }
                        }
                        h.span(.class("new"), text: shown(change.field, change.new))
                    }
                }
            }
        }
    }

    /// Keys as their names; long texts shortened.
    private func shown(_ field: UploadField, _ text: String) -> String {
        let words = room.site.words
        let named =
            switch field {
            case .category: words.category(text)
            case .region: words.region(text)
            case .country: room.site.countries.name(text)
            case .population: population(text)
            default: text
            }
        return named.count > 300 ? named.prefix(300) + "…" : named
    }

    /// `9668465 (2023)` with its digits in groups.
    private func population(_ text: String) -> String {
        let digits = text.prefix { $0.isNumber }
        return Int(digits).map { grouped($0) + text.dropFirst(digits.count) } ?? text
    }

    private func refusal(_ h: HTMLWriter, _ problem: RowPlan.Problem) {
        h.p(.class("off")) {
            if let column = problem.column {
                h.text("\(capitalisedFirst(UploadMapping.columnName(column, upload.header))): ")
            }
            h.text(problem.message)
        }
    }

    private func candidates(_ h: HTMLWriter, _ line: UploadRows.Line, _ plan: RowPlan) {
        let name = "choice-\(line.number)"
        h.fieldset(.class("candidates")) {
            h.legend(say("Which member is line \(line.number)?"))
            for candidate in plan.candidates {
                radio(h, name, candidate.id, isChosen: line.choice == .member(candidate.id)) {
                    h.text(candidate.name)
                    if let country = candidate.country { h.text(", \(room.site.countries.name(country))") }
                    h.span(.class("also"), text: "\(candidate.key): \(candidate.because)")
                }
            }
            radio(h, name, "new", isChosen: line.choice == .newMember) { h.text(say("A new member")) }
            radio(h, name, "", isChosen: line.choice == .none) { h.text(say("Not decided")) }
        }
    }

    private func radio(_ h: HTMLWriter, _ name: String, _ value: String, isChosen: Bool, content: () -> Void) {
        h.label(.class("check")) {
            h.input(.type(.radio), .name(name), .value(value), .checked(isChosen))
            h.span { content() }
        }
    }
}
