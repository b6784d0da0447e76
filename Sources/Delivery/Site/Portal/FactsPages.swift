import Access
import Charter
import HTML
import HTTPTypes
import Hummingbird
import Languages
import Membership
import NIOCore
import Web

extension Site {
    /// The official facts, and what the member proposes about them.
    static func addFacts(to rooms: RoomRoutes) {
        rooms.get("/portal/:key/facts", .inMember(.readPortal)) { room in
            try factsPage(room, await room.ask(MemberProposals(member: room.itsMember.id)))
        }
        rooms.get("/portal/:key/facts/:fact", .inMember(.proposeFact)) { room in
            let fact = try room.fact()
            let found = try await room.ask(MemberProposals(member: room.itsMember.id))
            return try proposePage(room, fact, found, ProposalForm(fact, room.today, found), .none)
        }
        rooms.post("/portal/:key/facts/:fact", .inMember(.proposeFact), largestBody: SentDocument.largestBody) { room in
            let fact = try room.fact()
            let form = ProposalForm(room.form)
            do {
                let made = try await room.run(form.command(fact, room))
                let notice =
                    made.replaced == nil
                    ? say("Proposed. The secretariat decides, and you are told by mail.")
                    : say("Proposed, in place of the proposal that was waiting. The secretariat decides.")
                return room.redirect(to: try room.portal(.facts), notice: notice)
            } catch let input as InvalidInput {
                let found = try await room.ask(MemberProposals(member: room.itsMember.id))
                return try proposePage(room, fact, found, form, FormProblems(input))
            }
        }
        rooms.post("/portal/:key/proposals/:id/withdraw", .inMember(.proposeFact)) { room in
            try await room.run(WithdrawProposal(proposal: room.parameter("id")))
            return room.redirect(to: try room.portal(.facts), notice: say("The proposal is withdrawn."))
        }
        rooms.get("/portal/:key/proposals/:id/document", .inMember(.readPortal)) { room in
            try await room.attachment(room.ask(OwnProposalDocument(proposal: room.parameter("id"))))
        }
    }
}

extension Room {
    fileprivate func fact() throws -> OfficialFact {
        guard let fact = OfficialFact(rawValue: try parameter("fact")) else { throw RequestProblem.notFound }
        return fact
    }
}

/// What the form of a proposal holds.
private struct ProposalForm: Sendable {
    var value: String
    var detail: String
    var effective: String
    var grounds: String

    init(_ fact: OfficialFact, _ today: Day, _ found: MemberProposals.Answer) {
        let known = found.facts.first { $0.fact == fact }
        value = known?.waiting?.value.value ?? ""
        detail = known?.waiting?.value.detail ?? (fact == .headOfGovernment ? known?.current?.detail ?? "" : "")
        effective = known?.waiting?.effectiveOn ?? today.description
        grounds = known?.waiting?.grounds ?? ""
    }

    init(_ form: FormValues) {
        value = form["value"]
        detail = form["detail"]
        effective = form["effective"]
        grounds = form.exact("grounds")
    }

    /// Throws `InvalidInput`.
    func command(_ fact: OfficialFact, _ room: Room) async throws -> ProposeFact {
        let value = try FactValue(fact, typed: value, detail: detail, year: room.today.year)
        guard let day = Day(effective) else {
            throw InvalidInput("effective", say("This is no day. Write it like 2026-11-21."))
        }
        let member = try room.itsMember.id
        let document = try await room.sentDocument().map { ProposeFact.Document($0.file, name: $0.name) }
        return ProposeFact(member: member, value: value, effectiveOn: day, grounds: grounds, document: document)
    }
}

private func factsPage(_ room: Room, _ found: MemberProposals.Answer) throws -> Response {
    let key = found.member.key
    return try room.portalPage(say("Official facts"), .facts) { h in
        h.p(
            .class("lede"),
            text: say("The association's records on you. You propose a change, the secretariat checks it and decides.")
        )
        h.dl(.class("facts wide")) {
            for fact in found.facts {
                h.fact(fact.fact.title) {
                    h.div(.class("fact-line")) {
                        h.span(text: fact.current?.words ?? say("Nothing on record"))
                        if found.mayPropose {
                            let noun = fact.fact.noun
                            let isFirst = fact.waiting == nil
                            h.a(
                                .href("/portal/\(key)/facts/\(fact.fact.rawValue)"),
                                .aria(
                                    .label,
                                    isFirst ? say("Propose a change: \(noun)") : say("Propose another: \(noun)")
                                ),
                                text: isFirst ? say("Propose a change") : say("Propose another")
                            )
                        }
                    }
                    if let waiting = fact.waiting {
                        h.span(.class("also"), text: say("Proposed: \(waiting.value.words)"))
                    }
                }
            }
        }
        h.section(.aria(.labelledby, "proposals")) {
            h.h2(.id("proposals"), text: say("Proposals"))
            guard !found.proposals.isEmpty else { return h.p(.class("quiet"), text: say("None was made yet.")) }
            h.ul(.class("rows dated told")) {
                for view in found.proposals { proposalRow(h, room, view, found.mayPropose, key) }
            }
        }
    }
}

private func proposalRow(_ h: HTMLWriter, _ room: Room, _ view: ProposalView, _ mayPropose: Bool, _ key: String) {
    let proposal = view.proposal
    h.li(.data("row")) {
        h.div {
            h.sentence(
                say("\(part: 0): \(proposal.value.words)", context: "a fact and its value"),
                { h.b(proposal.fact.title) }
            )
            h.span(.class("also")) {
                let day = proposal.decidedEffectiveOn ?? proposal.effectiveOn
                h.text(say("from \(DayRange(day, day).label), by \(proposal.proposedBy.name)"))
                if let document = proposal.document {
                    h.text("; ")
                    h.a(.href("/portal/\(key)/proposals/\(proposal.id)/document"), text: document.name)
                }
            }
            if view.isStale {
                h.span(
                    .class("also"),
                    text: view.current.map { say("The record changed since: it says \($0.words) now.") }
                        ?? say("The record changed since: it says nothing now.")
                )
            }
            if let reason = proposal.reason { h.p(.class("kept-lines"), text: reason) }
            if proposal.replacedBy != nil { h.span(.class("also"), text: say("A newer proposal took its place.")) }
        }
        h.div(.class("who")) { h.proposalState(proposal.state) }
        h.div(.class("age")) { h.instant(proposal.decidedAt ?? proposal.proposedAt) }
        h.div(.class("next")) {
            if mayPropose, proposal.state == .waiting {
                room.form(h, "/portal/\(key)/proposals/\(proposal.id)/withdraw", .class("plain")) {
                    h.button(
                        .class("link-button"),
                        .type(.submit),
                        .aria(.label, say("Withdraw: \(proposal.fact.title)")),
                        text: say("Withdraw")
                    )
                }
            }
        }
    }
}

private func proposePage(
    _ room: Room,
    _ fact: OfficialFact,
    _ found: MemberProposals.Answer,
    _ form: ProposalForm,
    _ problems: FormProblems
) throws -> Response {
    let known = found.facts.first { $0.fact == fact }
    let address = try room.portal(.facts, "/\(fact.rawValue)")
    let back = try room.portal(.facts)
    let status: HTTPResponse.Status = problems.isEmpty ? .ok : .unprocessableContent
    return try room.portalPage(fact.title, .facts, isBelow: true, status: status) { h in
        h.p(
            .class("lede"),
            text: (known?.current).map { say("On record: \($0.words).") } ?? say("On record: nothing.")
        )
        if known?.waiting != nil {
            h.div(.class("notice caution")) {
                h.p(say("A proposal waits already. A new one takes its place."))
            }
        }
        h.problems(problems)
        room.uploadForm(h, address) {
            factFields(h, fact, form, problems)
            h.textField(
                "effective",
                label: say("In effect from"),
                value: form.effective,
                type: .date,
                help: fact == .headOfGovernment ? say("The first day in office.") : nil,
                problems: problems,
                .max(room.today.description)
            )
            h.textArea(
                "grounds",
                label: say("Where it can be checked"),
                value: form.grounds,
                rows: 3,
                help: say("An address, a decision, a statistic."),
                problems: problems,
                .maxlength(2000),
                .required()
            )
            h.field(
                "document",
                label: say("Document (if you like)"),
                help: say(
                    "PDF, picture, office document or text, up to 20 MB. Only your people and the secretariat see it."
                ),
                problems: problems
            ) { h.input($0 + [.type(.file)]) }
            h.div(.class("form-end")) {
                h.button(.class("button primary"), .type(.submit), text: say("Propose"))
                h.a(.class("button"), .href(back), text: say("Cancel"))
            }
        }
    }
}

private func factFields(_ h: HTMLWriter, _ fact: OfficialFact, _ form: ProposalForm, _ problems: FormProblems) {
    h.textField(
        "value",
        label: fact == .area
            ? say("Area in km²") : fact == .headOfGovernment ? say("Name", context: "of a person") : fact.title,
        value: form.value,
        problems: problems,
        .maxlength(200),
        .required(),
        .inputmode(fact.isCounted ? .numeric : fact == .area ? .decimal : .text)
    )
    if let title = fact.detailTitle {
        h.textField(
            "detail",
            label: title,
            value: form.detail,
            problems: problems,
            .maxlength(120),
            .required(),
            .inputmode(fact.isCounted ? .numeric : .text)
        )
    }
}

extension HTMLWriter {
    func proposalState(_ state: Proposal.State) {
        switch state {
        case .accepted: span(.class("same"), text: state.name)
        case .declined: span(.class("off"), text: state.name)
        case .waiting, .withdrawn: text(state.name)
        }
    }
}
