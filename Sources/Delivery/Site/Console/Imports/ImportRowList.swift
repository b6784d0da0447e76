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
            h.span(.class("quiet"), text: say("All \(page.total) of these:"))
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
            h.div(.class("age"), text: say("line \(plain: line.number)"))
        }
    }

    private func memberKey(_ plan: RowPlan) -> String? {
        plan.member?.key ?? (plan.outcome == .create ? plan.changes.first { $0.field == .key }?.new.english : nil)
    }

    /// Where there is nothing to accept there is no box; one that was left out can be taken back.
    private func tick(_ h: HTMLWriter, _ line: UploadRows.Line, _ plan: RowPlan, _ name: Phrase) {
        let isIdle = plan.outcome == .same || plan.outcome == .refused
        guard !isIdle || !line.isTaken || line.choice != .none else { return }
        h.input(.type(.hidden), .name("shown"), .value("\(line.number)"))
        h.input(
            .type(.checkbox),
            .name("take"),
            .value("\(line.number)"),
            .checked(line.isTaken),
            .aria(.label, say("Accept line \(plain: line.number), \(name)"))
        )
    }

    private func title(_ line: UploadRows.Line, _ plan: RowPlan) -> Phrase {
        if let place = upload.mapping.fields.firstIndex(of: .name), line.cells.indices.contains(place),
            !line.cells[place].isEmpty
        {
            return .verbatim(line.cells[place])
        }
        let words: String? = plan.member?.name ?? line.cells.first { !$0.isEmpty }
        return words.map { Phrase.verbatim($0) } ?? say("an empty row")
    }

    private func words(_ plan: RowPlan, _ line: UploadRows.Line) -> Phrase {
        let words = isOpen ? prospect(plan) : upload.state == .undone ? formerDeed(plan) : deed(plan)
        return line.isTaken ? words : say("\(words), left out")
    }

    private func prospect(_ plan: RowPlan) -> Phrase {
        switch plan.outcome {
        case .create: say("new member", context: "a row of an import")
        case .change: say(plan.changes.count, one: "1 change", other: "\(plan.changes.count) changes")
        case .same: say("nothing new", context: "a row of an import")
        case .ambiguous: say("to choose", context: "a row of an import")
        case .refused: say("refused", context: "a row of an import")
        }
    }

    private func deed(_ plan: RowPlan) -> Phrase {
        switch plan.outcome {
        case .create: say("created", context: "a row of an import")
        case .change: say("changed", context: "a row of an import")
        case .same, .ambiguous, .refused: prospect(plan)
        }
    }

    private func formerDeed(_ plan: RowPlan) -> Phrase {
        switch plan.outcome {
        case .create: say("had been created", context: "a row of an import")
        case .change: say("had been changed", context: "a row of an import")
        case .same, .ambiguous, .refused: prospect(plan)
        }
    }

    private func matched(_ h: HTMLWriter, _ plan: RowPlan, _ member: RowPlan.Candidate) {
        h.span(.class("also")) {
            h.sentence(
                match(member, isFair: plan.sureness == .fair),
                { h.a(.href("/console/members/\(member.key)"), text: member.name) }
            )
        }
    }

    /// Which member a row means and why; part 0 is its name.
    private func match(_ member: RowPlan.Candidate, isFair: Bool) -> Phrase {
        let why = member.because
        guard let country = member.country.map({ room.site.countries.name($0) }) else {
            return isFair
                ? say("Is \(part: 0), by \(why); no country says it for certain") : say("Is \(part: 0), by \(why)")
        }
        return isFair
            ? say("Is \(part: 0), \(country), by \(why); no country says it for certain")
            : say("Is \(part: 0), \(country), by \(why)")
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
    private func shown(_ field: UploadField, _ value: Phrase) -> Phrase {
        let (words, text) = (room.site.words, value.english)
        return switch field {
        case .category: .verbatim(words.category(text))
        case .region: .verbatim(words.region(text))
        case .country: .verbatim(room.site.countries.name(text))
        case .population: population(text)
        default: text.count > 300 ? .verbatim(text.prefix(300) + "…") : value
        }
    }

    /// `9668465 (2023)` with its digits in groups.
    private func population(_ text: String) -> Phrase {
        let digits = text.prefix { $0.isNumber }
        guard let number = Int(digits) else { return .verbatim(text) }
        return Phrase.number(number) + Phrase.verbatim(String(text.dropFirst(digits.count)))
    }

    private func refusal(_ h: HTMLWriter, _ problem: RowPlan.Problem) {
        h.p(.class("off")) {
            if let column = problem.column {
                h.text(say("\(columnTitle(column, upload.header)): \(problem.message)"))
            } else {
                h.text(problem.message)
            }
        }
    }

    private func candidates(_ h: HTMLWriter, _ line: UploadRows.Line, _ plan: RowPlan) {
        let name = "choice-\(line.number)"
        h.fieldset(.class("candidates")) {
            h.legend(say("Which member is line \(plain: line.number)?"))
            for candidate in plan.candidates {
                radio(h, name, candidate.id, isChosen: line.choice == .member(candidate.id)) {
                    h.text(candidate.name)
                    if let country = candidate.country { h.text(", \(room.site.countries.name(country))") }
                    h.span(.class("also"), text: say("\(candidate.key): \(candidate.because)"))
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
