import Access
import Charter
import HTML
import HTTPTypes
import Hummingbird
import Languages
import Standing
import Web

extension Site {
    /// What the rule on standing proposes, what it cannot tell, and what becomes of proposals.
    static func addStanding(to rooms: RoomRoutes) {
        let path = ConsolePlace.standing.address
        rooms.get(path, .may(.readStanding)) { room in
            let query = try room.query()
            let view = try query.choice("show", of: StandingView.self) ?? .proposed
            let page = try query.int("page", in: 1...100_000, default: 1)
            let found = try await room.ask(
                StandingProposals(view.states, page: page, charter: room.site.charter)
            )
            return standingList(room, view, page, found)
        }
        rooms.post("\(path)/put", .may(.proposeStanding)) { room in
            let chosen = room.form.all("proposal")
            if room.may(.openDecision), !chosen.isEmpty {
                // Nothing is put forward before the body is asked, which the next form does.
                var form = DecisionForm(matter: StandingMatter.kind)
                form.subjects = chosen
                return try await newDecisionPage(room, form)
            }
            let count = try await room.run(PutForward(chosen))
            let notice = say(
                count,
                one: "1 proposal is put forward. The body that decides has it before it.",
                other: "\(count) proposals are put forward. The body that decides has them before it."
            )
            return room.redirect(to: path, notice: notice)
        }
        rooms.get("\(path)/:id", .may(.readStanding)) { room in
            let found = try await room.ask(
                OneStandingProposal(room.parameter("id"), charter: room.site.charter)
            )
            return standingPage(room, found, .none)
        }
        rooms.post("\(path)/:id/drop", .may(.proposeStanding)) { room in
            let id = try room.parameter("id")
            do {
                try await room.run(DropProposal(id, reason: room.form.exact("grounds")))
                return room.redirect(
                    to: path,
                    notice: say("Dropped. The rule does not propose it again for the same inactivity.")
                )
            } catch let input as InvalidInput {
                let found = try await room.ask(OneStandingProposal(id, charter: room.site.charter))
                return standingPage(room, found, FormProblems(input))
            }
        }
    }
}

enum StandingView: String, CaseIterable {
    case proposed
    case put
    case settled
    case cannotTell = "cannot-tell"

    var states: [StandingProposal.State] {
        switch self {
        case .proposed: [.open]
        case .put: [.put]
        case .settled, .cannotTell: [.decided, .dropped, .gone]
        }
    }

    var address: String {
        let path = ConsolePlace.standing.address
        return self == .proposed ? path : "\(path)?show=\(rawValue)"
    }

    func title(_ found: StandingProposals.Answer) -> Phrase {
        let count = states.reduce(0) { $0 + (found.counts[$1] ?? 0) }
        return switch self {
        case .proposed: say("Proposed \(count)", context: "proposals on standing")
        case .put: say("Put forward \(count)", context: "proposals on standing")
        case .settled: say("Settled \(count)", context: "proposals on standing")
        case .cannotTell: say("Cannot be told")
        }
    }
}

private func standingList(
    _ room: Room,
    _ view: StandingView,
    _ page: Int,
    _ found: StandingProposals.Answer
) -> Response {
    let counts: [ConsolePlace: Int] = [.standing: found.counts[.open] ?? 0]
    return room.page(RoomPage(title: say("Standing"), place: .console(.standing)), counts: counts) { h in
        h.p(
            .class("lede"),
            text: say("Each night the charter's grounds for suspending and terminating are put to every member.")
        )
        h.div(.class("actions")) {
            h.a(.class("button"), .href(ConsoleStanding.members), text: say("Members by standing"))
            h.a(.class("button"), .href(ConsoleStanding.ranking), text: say("Members by points"))
        }
        h.nav(.class("tabs"), .aria(.label, say("By state"))) {
            for each in StandingView.allCases {
                h.a(.href(each.address), .when(each == view, .aria(.current, "page")), text: each.title(found))
            }
        }
        switch view {
        case .cannotTell: untold(h, room, found)
        case .proposed: openProposals(h, room, found)
        case .put, .settled: proposalRows(h, room, found.proposals, found.words, canChoose: false)
        }
        guard view != .cannotTell else { return }
        let total = view.states.reduce(0) { $0 + (found.counts[$1] ?? 0) }
        let span = PageSpan(page: page, size: StandingProposals.pageSize, total: total, isOpen: false)
        h.pages(span) { view.address + (view == .proposed ? "?" : "&") + "page=\($0)" }
    }
}

private func openProposals(_ h: HTMLWriter, _ room: Room, _ found: StandingProposals.Answer) {
    guard !found.proposals.isEmpty else {
        h.div(.class("empty")) {
            h.h2(say("Nothing is proposed"))
            h.p(lastNight(found.summary))
        }
        return
    }
    guard room.may(.proposeStanding) else {
        return proposalRows(h, room, found.proposals, found.words, canChoose: false)
    }
    room.form(h, "\(ConsolePlace.standing.address)/put") {
        proposalRows(h, room, found.proposals, found.words, canChoose: true)
        h.div(.class("form-end")) {
            h.button(.class("button primary"), .type(.submit), text: say("Put the chosen forward"))
        }
    }
}

/// What the last night looked at, in a sentence.
private func lastNight(_ summary: [StandingSummary]) -> Phrase {
    guard let day = summary.map(\.foundOn).max() else {
        return say("The rule has not run yet. It runs every night; an administrator can start it under Jobs.")
    }
    let untold = summary.filter { $0.kind == .cannotTell }.reduce(0) { $0 + $1.members }
    return say(
        untold,
        one: "On \(day) no ground was met; of 1 it could not be told.",
        other: "On \(day) no ground was met; of \(untold) it could not be told."
    )
}

private func proposalRows(
    _ h: HTMLWriter,
    _ room: Room,
    _ proposals: [StandingProposal],
    _ words: StandingWords,
    canChoose: Bool
) {
    guard !proposals.isEmpty else {
        return h.p(.class("quiet"), text: say("There is none."))
    }
    h.ul(.class(canChoose ? "rows import-rows" : "rows plain-rows")) {
        for proposal in proposals {
            h.li(.data("row")) {
                if canChoose {
                    h.div(.class("take")) {
                        h.input(
                            .type(.checkbox),
                            .name("proposal"),
                            .value(proposal.id),
                            .aria(.label, say("Choose \(proposal.memberName)"))
                        )
                    }
                }
                h.div {
                    h.a(
                        .href("\(ConsolePlace.standing.address)/\(proposal.id)"),
                        text: proposalTitle(room, proposal)
                    )
                    h.span(.class("also"), text: words.sentence(proposal.evidence))
                    h.span(.class("also"), text: StandingParts.state(proposal, words))
                }
                h.div(.class("age")) {
                    let at = InstantWords(proposal.settledAt ?? proposal.putAt ?? proposal.proposedAt)
                    h.time(.datetime(at.machine), .title(at.full), text: at.date)
                }
            }
        }
    }
}

/// "Donga: Suspended"
private func proposalTitle(_ room: Room, _ proposal: StandingProposal) -> Phrase {
    say("\(proposal.memberName): \(room.site.words.status(proposal.leadsTo))", context: "a member and a status")
}

enum StandingParts {
    /// What is to be said of the state beside when it began; empty of an open one whose ground is met.
    static func state(_ proposal: StandingProposal, _ words: StandingWords) -> Phrase {
        let unmet = proposal.unmet.map { words.sentence($0) }
        return switch proposal.state {
        case .open: .empty
        case .put:
            unmet.map { say("The ground is no longer met. \($0)") } ?? say("The body that decides has it before it.")
        case .decided: proposal.wasAdopted == true ? say("Adopted.") : say("Rejected.")
        case .dropped: say("Dropped: \(proposal.reason ?? "")")
        case .gone:
            proposal.reason.map { Phrase.record($0) }
                ?? unmet.map { say("No longer met. \($0)") } ?? say("No longer met.")
        }
    }
}

/// What the last night could not tell, grouped by what is missing.
private func untold(_ h: HTMLWriter, _ room: Room, _ found: StandingProposals.Answer) {
    let groups = found.summary.filter { $0.kind == .cannotTell }
    guard let day = found.summary.map(\.foundOn).max(), !groups.isEmpty else {
        h.div(.class("empty")) {
            h.h2(say("Everything could be told"))
            h.p(lastNight(found.summary))
        }
        return
    }
    h.p(
        .class("quiet"),
        text: say(
            "As of \(day). The rule says nothing where the records do not reach: nobody is proposed because nothing was written down."
        )
    )
    h.ul(.class("rows plain-rows")) {
        for group in groups {
            h.li(.data("row")) {
                h.div {
                    let ground = found.words.ground(group.ground, on: day)
                    h.b(found.words.sentence(group.example))
                    h.span(.class("also")) {
                        let status = ground.map { room.site.words.status($0.leadsTo) } ?? group.ground
                        let when = Phrase.name(ground?.when ?? group.ground)
                        h.text(say("\(status): \(when)", context: "a status and its ground"))
                    }
                }
                h.div(.class("age"), text: counted(members: group.members))
            }
        }
    }
    h.p(.class("note")) {
        h.text(say("Every member by name: hansa standing --cannot-tell"))
    }
}
