import Access
import Charter
import Decisions
import HTML
import Hummingbird
import Languages
import Web

/// What bodies are asked and were asked.
func decisionListPage(_ room: Room, _ address: DecisionsAddress, _ found: CircularList.Answer) -> Response {
    let counts: [ConsolePlace: Int] = [.decisions: found.counts[.open] ?? 0]
    return room.page(RoomPage(title: say("Decisions"), place: .console(.decisions)), counts: counts) { h in
        h.p(
            .class("lede"),
            text: say(
                "What bodies decide: without a meeting, seat by seat, or in a meeting whose outcome is entered here."
            )
        )
        if room.may(.openDecision) {
            h.div(.class("actions")) {
                h.a(
                    .class("button primary"),
                    .href("\(Site.decisionsAddress)/new"),
                    text: say("Ask a body for a decision")
                )
            }
        }
        stateTabs(h, address, found)
        rows(h, room, found)
        let total = address.state.map { found.counts[$0] ?? 0 } ?? found.counts.values.reduce(0, +)
        let span = PageSpan(page: address.page, size: CircularList.pageSize, total: total, isOpen: false)
        h.pages(span) { DecisionsAddress.text(address.state, page: $0) }
    }
}

private func stateTabs(_ h: HTMLWriter, _ address: DecisionsAddress, _ found: CircularList.Answer) {
    h.nav(.class("tabs"), .aria(.label, say("By state"))) {
        for state in [nil] + Circular.State.allCases.map(Optional.some) {
            let count = state.map { found.counts[$0] ?? 0 } ?? found.counts.values.reduce(0, +)
            let name = state?.name ?? say("All", context: "decisions in every state")
            h.a(
                .href(DecisionsAddress.text(state)),
                .when(state == address.state, .aria(.current, "page")),
                text: say("\(name) \(count)", context: "a state and how many are in it")
            )
        }
    }
}

private func rows(_ h: HTMLWriter, _ room: Room, _ found: CircularList.Answer) {
    guard !found.lines.isEmpty else {
        return h.div(.class("empty")) {
            h.h2(say("There is none"))
            h.p(say("A body is asked here about whatever it must approve, such as the minutes of its meeting."))
        }
    }
    h.ul(.class("rows dated told")) {
        for line in found.lines {
            let circular = line.circular
            h.li(.data("row")) {
                h.div {
                    h.a(
                        .href("\(Site.decisionsAddress)/\(circular.id)"),
                        text: "\(circular.reference) \(circular.title)"
                    )
                    h.span(.class("also"), text: say("\(room.site.words.body(circular.body)), \(circular.way.name)"))
                }
                h.div(.class("who"), text: standing(line))
                h.div(.class("age")) { h.instant(circular.closedAt ?? circular.openedAt) }
                h.div(.class("next quiet"), text: circular.state.name)
            }
        }
    }
}

/// "3 of 14 answered", "2 adopted, 1 rejected"
private func standing(_ line: CircularList.Line) -> Phrase {
    let circular = line.circular
    if circular.state == .open {
        guard circular.way == .circulation else { return say("waits for its meeting") }
        return say("\(line.count.answeredSeats) of \(line.count.seats) answered")
    }
    if circular.state == .withdrawn { return .empty }
    let outcomes = MatterOutcome.allCases.compactMap { outcome -> Phrase? in
        let count = line.items.count { $0.finalOutcome == outcome }
        return count == 0 ? nil : say("\(count) \(outcome.name)", context: "how many items of which outcome")
    }
    return .joined(outcomes, by: ", ")
}

extension Circular.State {
    var name: Phrase {
        switch self {
        case .open: say("Open", context: "state of a decision")
        case .closed: say("Closed", context: "state of a decision")
        case .withdrawn: say("Withdrawn", context: "state of a decision")
        }
    }
}

extension MatterOutcome {
    var name: Phrase {
        switch self {
        case .adopted: say("adopted")
        case .rejected: say("rejected")
        case .noQuorum: say("without a quorum")
        case .referred: say("referred to a meeting")
        case .withdrawn: say("withdrawn")
        }
    }
}
