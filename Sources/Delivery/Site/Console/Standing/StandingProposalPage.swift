import Access
import Charter
import HTML
import HTTPTypes
import Hummingbird
import Languages
import Standing
import Web

/// One proposal with its evidence, the rule that it cites, and the ways to deal with it.
func standingPage(_ room: Room, _ found: OneStandingProposal.Answer, _ problems: FormProblems) -> Response {
    let (proposal, words) = (found.proposal, found.words)
    let page = RoomPage(
        title: say(
            "\(proposal.memberName): \(room.site.words.status(proposal.leadsTo))",
            context: "a member and a status"
        ),
        place: .console(.standing),
        trail: [(address: ConsolePlace.standing.address, name: ConsolePlace.standing.title)]
    )
    return room.page(page, status: problems.isEmpty ? .ok : .unprocessableContent) { h in
        h.problems(problems)
        h.p(.class("lede"), text: words.sentence(proposal.evidence))
        if proposal.state == .put, let unmet = proposal.unmet {
            h.div(.class("notice caution"), .role(.note)) {
                h.p(say("Since it was put forward the ground is no longer met. \(words.sentence(unmet))"))
            }
        }
        h.dl(.class("facts wide")) { evidence(h, proposal, words) }
        guard proposal.state == .open, room.may(.proposeStanding) else { return }
        forms(h, room, proposal, problems)
    }
}

private func evidence(_ h: HTMLWriter, _ proposal: StandingProposal, _ words: StandingWords) {
    let evidence = proposal.evidence
    h.fact(say("Member")) { h.a(.href(memberAddress(proposal.memberKey)), text: proposal.memberName) }
    h.fact(say("State")) {
        h.b(stateName(proposal.state))
        let more = StandingParts.state(proposal, words)
        if more != .empty { h.span(.class("also"), text: more) }
    }
    h.fact(say("Last participation")) {
        if let last = evidence.lastParticipation {
            h.a(.href(eventAddress(last.event)), text: words.eventName(last.event))
            h.span(.class("also"), text: DayRange(last.when.earliest.description, last.when.latest.description).label)
        } else {
            h.text(say("None on record"))
        }
    }
    h.fact(say("Last payment")) {
        h.text(evidence.lastPayment.map { $0.long } ?? say("None on record"))
    }
    if let lapse = evidence.lapse, let since = evidence.inactiveSince {
        h.fact(say("Without either")) {
            h.text(say("\(lapse.words), since \(since)"))
            h.span(.class("also"), text: say("counted to \(evidence.day)"))
        }
    }
    h.fact(say("On the word of")) {
        switch evidence.basis {
        case .records: h.text(say("the records"))
        case .statement(let stated): h.cited(stated.source, stated.locator)
        }
    }
    if let ground = words.ground(proposal.ground, on: evidence.day) {
        h.fact(say("Rule")) {
            h.code(StandingWords.rule(proposal.ground))
            h.span(.class("also")) { h.ruled(ground.when) }
            h.span(.class("also")) { h.cited(ground.citation) }
        }
        if ground.inactiveYears != nil {
            h.fact(say("Not counted")) {
                h.text(say("Only the time is counted. Whatever else the ground asks is for the body that decides."))
            }
        }
    }
    h.fact(say("Proposed on")) { h.instant(proposal.proposedAt) }
}

private func stateName(_ state: StandingProposal.State) -> Phrase {
    switch state {
    case .open: say("Proposed", context: "state of a proposal on standing")
    case .put: say("Put forward", context: "state of a proposal on standing")
    case .decided: say("Decided", context: "state of a proposal on standing")
    case .dropped: say("Dropped", context: "state of a proposal on standing")
    case .gone: say("Gone", context: "state of a proposal on standing")
    }
}

private func forms(_ h: HTMLWriter, _ room: Room, _ proposal: StandingProposal, _ problems: FormProblems) {
    let path = ConsolePlace.standing.address
    h.div(.class("columns even")) {
        h.section(.aria(.labelledby, "put")) {
            h.h2(.id("put"), text: say("Put it forward"))
            h.p(.class("quiet"), text: say("The body that the charter names decides. Nothing changes before it has."))
            room.form(h, "\(path)/put") {
                h.hiddenField("proposal", proposal.id)
                h.div(.class("form-end")) {
                    h.button(.class("button primary"), .type(.submit), text: say("Put it forward"))
                }
            }
        }
        h.section(.aria(.labelledby, "drop")) {
            h.h2(.id("drop"), text: say("Drop it", context: "a proposal on standing"))
            room.form(h, "\(path)/\(proposal.id)/drop") {
                groundsField(h, room.form.exact("grounds"), problems)
                h.div(.class("form-end")) {
                    h.button(
                        .class("button danger"),
                        .type(.submit),
                        text: say("Drop it", context: "a proposal on standing")
                    )
                }
            }
        }
    }
}
