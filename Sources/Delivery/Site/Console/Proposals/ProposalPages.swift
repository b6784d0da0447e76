import Access
import Charter
import Files
import HTML
import HTTPTypes
import Hummingbird
import Languages
import Membership
import Web

extension Site {
    /// What members propose about their official facts.
    static func addProposals(to rooms: RoomRoutes) {
        rooms.get("/console/proposals", .may(.readProposals)) { room in
            let address = try ProposalsAddress(room.query())
            let found = try await room.ask(ProposalList(state: address.state, page: address.page))
            let counts: [ConsolePlace: Int] = [.proposals: found.counts[.waiting] ?? 0]
            return room.page(RoomPage(title: say("Proposals"), place: .console(.proposals)), counts: counts) { h in
                stateTabs(h, address, found.counts)
                proposalRows(h, room, address, found)
            }
        }
        rooms.get("/console/proposals/:id", .may(.readProposals)) { room in
            let found = try await room.ask(ProposalToDecide(room.parameter("id")))
            return proposalPage(room, found, .none)
        }
        rooms.post("/console/proposals/:id/accept", .may(.decideProposal)) { room in
            let given = room.form["effective"]
            let change = NameChange(rawValue: room.form["change"]) ?? .renamed
            guard given.isEmpty || Day(given) != nil else {
                return try await undecided(
                    room,
                    InvalidInput("effective", say("This is no day. Write it like 2026-11-21."))
                )
            }
            return try await decide(
                room,
                .accept(effectiveOn: Day(given), nameChange: change),
                say("Accepted and written. Whoever proposed it is told by mail.")
            )
        }
        rooms.post("/console/proposals/:id/decline", .may(.decideProposal)) { room in
            try await decide(
                room,
                .decline(reason: room.form.exact("reason")),
                say("Declined. Whoever proposed it is told by mail.")
            )
        }
        rooms.get("/console/proposals/:id/document", .may(.readProposals)) { room in
            try await room.attachment(room.ask(ProposalDocument(proposal: room.parameter("id"))))
        }
    }

    private static func decide(
        _ room: Room,
        _ decision: DecideProposal.Decision,
        _ done: Phrase
    ) async throws -> Response {
        let command = DecideProposal(
            proposal: try room.parameter("id"),
            decision,
            seen: PartMark(room.form["seen"]),
            charter: room.site.charter,
            letters: room.site.rooms.memberLetters
        )
        do {
            try await room.run(command)
        } catch let input as InvalidInput {
            return try await undecided(room, input)
        }
        return room.redirect(to: ConsolePlace.proposals.address, notice: done)
    }

    private static func undecided(_ room: Room, _ input: InvalidInput) async throws -> Response {
        let found = try await room.ask(ProposalToDecide(room.parameter("id")))
        return proposalPage(room, found, FormProblems(input))
    }
}

/// What the list asks for, as its address says it.
private struct ProposalsAddress: Sendable {
    let state: Proposal.State
    let page: Int

    init(_ query: QueryParameters) throws(RequestProblem) {
        state = try query.choice("state", of: Proposal.State.self) ?? .waiting
        page = try query.int("page", in: 1...1_000_000, default: 1)
    }

    static func text(_ state: Proposal.State, page: Int = 1) -> String {
        let query = [state == .waiting ? nil : "state=\(state.rawValue)", page == 1 ? nil : "page=\(page)"]
        let parts = query.compactMap { $0 }
        return ConsolePlace.proposals.address + (parts.isEmpty ? "" : "?" + parts.joined(separator: "&"))
    }
}

private func stateTabs(_ h: HTMLWriter, _ address: ProposalsAddress, _ counts: [Proposal.State: Int]) {
    h.nav(.class("tabs"), .aria(.label, say("By state"))) {
        for state in Proposal.State.allCases {
            h.a(
                .href(ProposalsAddress.text(state)),
                .when(state == address.state, .aria(.current, "page")),
                text: say("\(state.name) \(counts[state] ?? 0)", context: "a state and how many are in it")
            )
        }
    }
}

private func noneSentence(_ state: Proposal.State) -> Phrase {
    switch state {
    case .waiting: say("None is waiting")
    case .accepted: say("None is accepted")
    case .declined: say("None is declined")
    case .withdrawn: say("None is withdrawn")
    }
}

/// "Seoul: head of government"
private func proposalTitle(_ proposal: Proposal) -> Phrase {
    switch proposal.fact {
    case .name: say("\(proposal.memberName): official name")
    case .headOfGovernment: say("\(proposal.memberName): head of government")
    case .population: say("\(proposal.memberName): population")
    case .employees: say("\(proposal.memberName): number of employees")
    case .area: say("\(proposal.memberName): area")
    }
}

private func proposalRows(_ h: HTMLWriter, _ room: Room, _ address: ProposalsAddress, _ found: ProposalList.Answer) {
    guard !found.proposals.isEmpty else {
        h.div(.class("empty")) {
            h.h2(noneSentence(address.state))
            h.p(say("Members propose changes of their names, figures and heads of government in their rooms."))
        }
        return
    }
    h.ul(.class("rows dated told")) {
        for view in found.proposals {
            let proposal = view.proposal
            h.li(.data("row")) {
                h.div {
                    h.a(.href("/console/proposals/\(proposal.id)"), text: proposalTitle(proposal))
                    let seen = proposal.seen?.words ?? say("Nothing on record")
                    h.span(.class("also"), text: Phrase.joined([seen, proposal.value.words], by: " → "))
                }
                h.div(.class("who")) {
                    if view.isStale {
                        h.span(.class("off"), text: say("record changed"))
                    } else {
                        h.proposalState(proposal.state)
                    }
                }
                h.div(.class("age")) { h.instant(proposal.decidedAt ?? proposal.proposedAt) }
                h.div(.class("next quiet"), text: proposal.document == nil ? .empty : say("document"))
            }
        }
    }
    let total = found.counts[address.state] ?? 0
    let span = PageSpan(page: address.page, size: ProposalList.pageSize, total: total, isOpen: false)
    h.pages(span) { ProposalsAddress.text(address.state, page: $0) }
}

private func proposalPage(_ room: Room, _ found: ProposalToDecide.Answer, _ problems: FormProblems) -> Response {
    let proposal = found.view.proposal
    let trail = [(ConsolePlace.proposals.address, ConsolePlace.proposals.title)]
    let page = RoomPage(title: proposalTitle(proposal), place: .console(.proposals), trail: trail)
    return room.page(page, status: problems.isEmpty ? .ok : .unprocessableContent) { h in
        if found.view.isStale {
            h.div(.class("notice caution"), .role(.note)) {
                h.p { h.b(say("The record changed after this was proposed. Look at all three values.")) }
            }
        }
        h.problems(problems)
        comparison(h, found.view)
        account(h, proposal)
        if proposal.state == .waiting, found.mayDecide { decisionForms(h, room, found.view, problems) }
        earlierProposals(h, found.earlier)
    }
}

private func comparison(_ h: HTMLWriter, _ view: ProposalView) {
    let proposal = view.proposal
    h.div(.class(view.isStale ? "beside three" : "beside")) {
        let before = proposal.state == .waiting ? view.current : proposal.seen
        value(h, proposal.state == .waiting ? say("In the records") : say("In the records then"), before?.words)
        if view.isStale { value(h, say("When it was proposed"), proposal.seen?.words) }
        value(h, say("Proposed"), proposal.value.words)
    }
}

private func value(_ h: HTMLWriter, _ title: Phrase, _ words: Phrase?) {
    h.div {
        h.h2(title)
        h.p(.class("figure-value")) {
            if let words { h.text(words) } else { h.span(.class("quiet"), text: say("nothing")) }
        }
    }
}

private func account(_ h: HTMLWriter, _ proposal: Proposal) {
    h.dl(.class("facts")) {
        h.fact(say("Member")) { h.a(.href("/console/members/\(proposal.memberKey)"), text: proposal.memberName) }
        h.fact(say("State")) { h.proposalState(proposal.state) }
        h.fact(say("In effect from")) {
            let day = proposal.decidedEffectiveOn ?? proposal.effectiveOn
            h.text(DayRange(day, day).label)
            if proposal.decidedEffectiveOn != nil {
                h.span(
                    .class("also"),
                    text: say("proposed: \(DayRange(proposal.effectiveOn, proposal.effectiveOn).label)")
                )
            }
        }
        h.fact(say("Where to check")) { h.span(.class("kept-lines"), text: proposal.grounds) }
        if let document = proposal.document {
            h.fact(say("Document")) {
                h.a(.href("/console/proposals/\(proposal.id)/document"), text: document.name)
                h.span(
                    .class("also"),
                    text: say(
                        "\(document.type.fileExtension), \(max(1, document.bytes >> 10)) KB; saved, not shown here"
                    )
                )
            }
        }
        h.fact(say("Proposed")) {
            h.sentence(say("\(proposal.proposedBy.name), \(part: 0)"), { h.instant(proposal.proposedAt) })
        }
        if let by = proposal.decidedBy, let at = proposal.decidedAt {
            h.fact(proposal.state.name) {
                h.sentence(say("\(by.name), \(part: 0)"), { h.instant(at) })
                if let reason = proposal.reason { h.span(.class("also kept-lines"), text: reason) }
            }
        }
    }
}

private func decisionForms(_ h: HTMLWriter, _ room: Room, _ view: ProposalView, _ problems: FormProblems) {
    let proposal = view.proposal
    let address = "/console/proposals/\(proposal.id)"
    h.div(.class("columns even")) {
        h.section(.aria(.labelledby, "accept")) {
            h.h2(.id("accept"), text: say("Accept"))
            room.form(h, "\(address)/accept") {
                h.hiddenField("seen", view.mark.text)
                h.textField(
                    "effective",
                    label: say("In effect from"),
                    value: room.form.optional("effective") ?? proposal.effectiveOn,
                    type: .date,
                    help: say("Correct the day if it is another one."),
                    problems: problems,
                    .max(room.today.description)
                )
                if proposal.fact == .name { nameChange(h, room) }
                h.div(.class("form-end")) {
                    h.button(.class("button primary"), .type(.submit), text: say("Accept and write it"))
                }
            }
        }
        h.section(.aria(.labelledby, "decline")) {
            h.h2(.id("decline"), text: say("Decline"))
            room.form(h, "\(address)/decline") {
                h.hiddenField("seen", view.mark.text)
                h.textArea(
                    "reason",
                    label: say("Reason"),
                    value: room.form.exact("reason"),
                    rows: 4,
                    help: say("The member reads it in the letter."),
                    problems: problems,
                    .maxlength(2000)
                )
                h.div(.class("form-end")) { h.button(.class("button danger"), .type(.submit), text: say("Decline")) }
            }
        }
    }
}

private func nameChange(_ h: HTMLWriter, _ room: Room) {
    h.choice(
        "change",
        label: say("What it is"),
        value: room.form["change"],
        options: [
            (NameChange.renamed.rawValue, say("A new name from that day")),
            (NameChange.corrected.rawValue, say("A misspelling here; it was always so")),
        ]
    )
}

private func earlierProposals(_ h: HTMLWriter, _ earlier: [Proposal]) {
    guard !earlier.isEmpty else { return }
    h.section(.aria(.labelledby, "earlier")) {
        h.h2(.id("earlier"), text: say("Earlier proposals of it"))
        h.ul(.class("rows dated told")) {
            for proposal in earlier {
                h.li {
                    h.div {
                        h.a(.href("/console/proposals/\(proposal.id)"), text: proposal.value.words)
                        if let reason = proposal.reason { h.span(.class("also"), text: reason) }
                    }
                    h.div(.class("who")) { h.proposalState(proposal.state) }
                    h.div(.class("age")) { h.instant(proposal.decidedAt ?? proposal.proposedAt) }
                    h.div(.class("next"))
                }
            }
        }
    }
}
