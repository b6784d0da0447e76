import Access
import Charter
import Decisions
import HTML
import Hummingbird
import Identity
import Languages

/// One question to a body, with its items, seats and answers.
func decisionPage(_ room: Room, _ found: CircularRecord.Answer, _ problems: FormProblems = .none) -> Response {
    let circular = found.circular
    let trail = [(ConsolePlace.decisions.address, ConsolePlace.decisions.title)]
    let page = RoomPage(title: .verbatim(circular.title), place: .console(.decisions), trail: trail)
    return room.page(page, status: problems.isEmpty ? .ok : .unprocessableContent) { h in
        h.p(.class("lede"), text: standingSentence(found))
        h.problems(problems)
        account(h, room, found)
        itemSection(h, room, found)
        if circular.way == .circulation { seatSection(h, found) }
        replacedSection(h, found)
        minutesSection(h, found)
        DecisionForms(h: h, room: room, found: found, problems: problems).write()
    }
}

private func standingSentence(_ found: CircularRecord.Answer) -> Phrase {
    let circular = found.circular
    switch circular.state {
    case .withdrawn: return say("This was withdrawn before it was decided.")
    case .closed:
        let undecided = found.items.count(where: \.isUndecided)
        guard undecided > 0 else { return say("Decided.") }
        return say(
            undecided,
            one: "The answers are counted; \(undecided) item is left undecided.",
            other: "The answers are counted; \(undecided) items are left undecided."
        )
    case .open:
        guard circular.way == .circulation else { return say("Waits for a meeting of the body.") }
        if found.isOver { return say("The time to answer is over; it is closed within a minute.") }
        let (answered, seats) = (found.count.answeredSeats, found.count.seats)
        let day = circular.lastDay.map { Phrase.day($0, .long) } ?? .empty
        return say("\(answered) of \(seats) seats have answered. Answers count to the end of \(day), UTC.")
    }
}

private func account(_ h: HTMLWriter, _ room: Room, _ found: CircularRecord.Answer) {
    let circular = found.circular
    h.dl(.class("facts")) {
        h.fact(say("Decision")) { h.text(circular.reference) }
        h.fact(say("Body")) { h.text(say("\(found.bodyName), \(circular.way.name)")) }
        h.fact(say("Matter")) {
            h.text(room.site.rooms.decisions.matters.effect(circular.matter)?.name ?? .verbatim(circular.matter))
        }
        h.fact(say("Asked")) {
            if let name = circular.openedByName {
                h.sentence(say("\(Phrase.person(name)), \(part: 0)"), { h.instant(circular.openedAt) })
            } else {
                h.instant(circular.openedAt)
            }
        }
        if circular.terms != nil { h.fact(say("Rule")) { h.code(circular.rule) } }
        if let closedAt = circular.closedAt {
            h.fact(circular.state.name) {
                if let name = circular.withdrawnByName {
                    h.sentence(say("\(Phrase.person(name)), \(part: 0)"), { h.instant(closedAt) })
                } else {
                    h.instant(closedAt)
                }
                if let reason = circular.reason { h.span(.class("also kept-lines"), text: reason) }
            }
        }
    }
    if !circular.introduction.isEmpty { h.p(.class("kept-lines"), text: circular.introduction) }
}

private func itemSection(_ h: HTMLWriter, _ room: Room, _ found: CircularRecord.Answer) {
    h.section(.aria(.labelledby, "items")) {
        h.h2(.id("items"), text: say("What is decided"))
        h.ul(.class("rows plain-rows")) {
            for item in found.items {
                h.li {
                    h.div {
                        h.b(item.numberedWords)
                        h.itemNotes(item, found.count.tallies[item.id], showsTally: found.circular.way == .circulation)
                        if let problem = item.problem { stuck(h, room, found, item, problem) }
                    }
                    h.div { h.outcomeMark(item.finalOutcome) }
                }
            }
        }
    }
}

private func stuck(
    _ h: HTMLWriter,
    _ room: Room,
    _ found: CircularRecord.Answer,
    _ item: CircularItem,
    _ problem: Phrase
) {
    h.div(.class("notice caution"), .role(.note)) {
        h.p { h.b(say("Decided, and not carried out yet:")) }
        h.p(problem)
        if found.mayRecord {
            room.form(
                h,
                "\(Site.decisionsAddress)/\(found.circular.id)/items/\(item.id)/carry-out",
                .class("plain")
            ) {
                h.button(
                    .class("button"),
                    .type(.submit),
                    .aria(.label, say("Carry out item \(item.position)")),
                    text: say("Carry it out now")
                )
            }
        }
    }
}

private func seatSection(_ h: HTMLWriter, _ found: CircularRecord.Answer) {
    h.section(.aria(.labelledby, "seats")) {
        h.h2(.id("seats"), text: say("Seats"))
        h.ul(.class("rows plain-rows")) {
            for seat in found.seats {
                h.li {
                    h.div {
                        if let key = seat.memberKey {
                            h.a(.href("/console/members/\(key)"), text: seat.seat.name)
                        } else {
                            h.text(seat.seat.name)
                        }
                        if seat.people.isEmpty, found.circular.state == .open {
                            h.span(
                                .class("also off"),
                                text: say("Nobody can answer: give a role in the member or the body.")
                            )
                        } else if seat.seat.memberID != nil, !seat.people.isEmpty {
                            h.span(.class("also"), text: seat.people.joined(separator: ", "))
                        }
                        for comment in comments(seat) { h.span(.class("also kept-lines"), text: comment) }
                    }
                    h.div(.class("quiet"), text: answerWords(seat, found.items))
                }
            }
        }
    }
}

private func comments(_ seat: CircularRecord.Seat) -> [Phrase] {
    var seen: [Phrase] = []
    for answer in seat.answers.values.sorted(by: { $0.number < $1.number }) {
        let name = Phrase.person(answer.givenByName ?? "–")
        var said: [Phrase] = []
        if let grounds = answer.grounds { said.append(say("Entered by \(name): \(grounds)")) }
        if !answer.comment.isEmpty { said.append(say("\(name): “\(answer.comment)”")) }
        for phrase in said where !seen.contains(phrase) { seen.append(phrase) }
    }
    return seen
}

/// "Approve", or by item: "1 Approve, 2 Object".
private func answerWords(_ seat: CircularRecord.Seat, _ items: [CircularItem]) -> Phrase {
    let given = items.compactMap { item in seat.answers[item.id].map { (item, $0.answer) } }
    guard !given.isEmpty else { return say("silent", context: "a seat that has not answered") }
    if given.count == items.count, Set(given.map { $0.1 }).count == 1 { return given[0].1.name }
    return .joined(given.map { Phrase.verbatim("\($0.0.position) ") + $0.1.name }, by: ", ")
}

private func replacedSection(_ h: HTMLWriter, _ found: CircularRecord.Answer) {
    guard !found.replaced.isEmpty else { return }
    let names = Dictionary(found.seats.map { ($0.seat.id, $0.seat.name) }, uniquingKeysWith: { first, _ in first })
    let positions = Dictionary(found.items.map { ($0.id, $0.position) }, uniquingKeysWith: { first, _ in first })
    h.details {
        h.summary(
            say(
                found.replaced.count,
                one: "1 answer was replaced",
                other: "\(found.replaced.count) answers were replaced"
            )
        )
        h.ul(.class("rows plain-rows")) {
            for answer in found.replaced {
                h.li {
                    h.div {
                        h.text(
                            say(
                                "\(names[answer.seatID] ?? ""), item \(positions[answer.itemID] ?? 0): \(answer.answer.name)"
                            )
                        )
                        h.span(.class("also"), text: answer.grounds ?? answer.comment)
                    }
                    h.div(.class("age")) { h.instant(answer.answeredAt) }
                }
            }
        }
    }
}

private func minutesSection(_ h: HTMLWriter, _ found: CircularRecord.Answer) {
    let lines = found.items.flatMap { [$0.minutes, $0.meeting?.minutes].compactMap { $0 } }
    guard !lines.isEmpty else { return }
    h.section(.aria(.labelledby, "for-the-minutes")) {
        h.h2(.id("for-the-minutes"), text: say("For the minutes"))
        for line in lines { h.p(line) }
    }
}

extension HTMLWriter {
    /// What an item rests on, and how it stands.
    func itemNotes(_ item: CircularItem, _ tally: Charter.Tally?, showsTally: Bool) {
        if item.evidence != .empty { span(.class("also kept-lines"), text: item.evidence) }
        if let rule = item.rule { span(.class("also"), text: say("By the charter's rule \(rule).")) }
        if showsTally, let tally {
            span(
                .class("also"),
                text: say(
                    "\(tally.approve) approve, \(tally.object) object, \(tally.abstain) abstain, \(tally.silent) silent; \(tally.seats) seats."
                )
            )
        }
        if let meeting = item.meeting {
            span(.class("also"), text: say("Meeting of \(meeting.day): \(meeting.outcome.name). \(meeting.reference)"))
        }
        if let key = item.decision { span(.class("also"), text: say("Recorded as \(key).")) }
    }

    /// An outcome in a word, and by shape where it is final.
    func outcomeMark(_ outcome: MatterOutcome?) {
        switch outcome {
        case .adopted: span(.class("same"), text: MatterOutcome.adopted.name)
        case .rejected: span(.class("off"), text: MatterOutcome.rejected.name)
        case let other?: span(.class("quiet"), text: other.name)
        case nil: span(.class("quiet"), text: say("not decided yet"))
        }
    }
}
