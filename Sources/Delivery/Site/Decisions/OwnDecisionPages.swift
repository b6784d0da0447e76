import Charter
import Decisions
import HTML
import Hummingbird
import Identity
import Languages
import Web

/// What somebody is asked, and what became of it.
func ownDecisionsPage(_ room: Room, _ lines: [OwnCirculars.Line]) -> Response {
    room.page(RoomPage(title: say("Your decisions"), place: .decisions)) { h in
        guard !lines.isEmpty else {
            return h.div(.class("empty")) {
                h.h2(say("You are not asked for any decision"))
                h.p(say("What a body is asked in which you answer for a seat stands here."))
            }
        }
        h.ul(.class("rows plain-rows")) {
            for line in lines {
                let circular = line.circular
                h.li(.data("row")) {
                    h.div {
                        h.a(.href("\(DecisionLetters.Path.own)/\(circular.id)"), text: circular.title)
                        h.span(.class("also"), text: say("\(line.bodyName), decision \(circular.reference)"))
                    }
                    h.div(.class("next quiet"), text: ownStanding(line))
                }
            }
        }
    }
}

private func ownStanding(_ line: OwnCirculars.Line) -> Phrase {
    switch line.circular.state {
    case .withdrawn, .closed: return line.circular.state.name
    case .open:
        guard let day = line.circular.lastDay else { return .empty }
        return line.silentSeats > 0 ? say("Answer by \(day)") : say("Answered; can be changed until \(day)")
    }
}

/// One question to somebody who answers for a seat, after signing in.
func ownDecisionPage(_ room: Room, _ found: OwnCircular.Answer, _ problems: FormProblems = .none) -> Response {
    let trail = [(DecisionLetters.Path.own, say("Your decisions"))]
    let page = RoomPage(title: .verbatim(found.circular.title), place: .decisions, trail: trail)
    return room.page(page, status: problems.isEmpty ? .ok : .unprocessableContent) { h in
        OwnDecision(h: h, room: room, found: found, problems: problems, secret: nil).write()
    }
}

/// What is asked, and the forms that answer for each of somebody's seats.
struct OwnDecision {
    let h: HTMLWriter
    let room: Room
    let found: OwnCircular.Answer
    let problems: FormProblems
    /// The secret of the letter's link where it stands in for signing in.
    let secret: Secret?

    private var circular: Circular { found.circular }

    func write() {
        h.p(.class("lede"), text: standing)
        h.problems(problems)
        if !circular.introduction.isEmpty { h.p(.class("kept-lines"), text: circular.introduction) }
        items()
        for seat in found.seats {
            if found.takesAnswers { form(seat) } else { given(seat) }
        }
    }

    private var standing: Phrase {
        switch circular.state {
        case .withdrawn:
            return say("\(found.bodyName), decision \(circular.reference): withdrawn. \(circular.reason ?? "")")
        case .closed: return say("\(found.bodyName), decision \(circular.reference): the answers are counted.")
        case .open:
            let day = circular.lastDay.map { Phrase.day($0, .long) } ?? .empty
            guard found.takesAnswers else {
                return say("The time to answer is over; the result follows within minutes.")
            }
            return say(
                "The \(found.bodyName) decides this without a meeting (\(circular.reference)). Answer by the end of \(day), UTC."
            )
        }
    }

    private func items() {
        h.section(.aria(.labelledby, "items")) {
            h.h2(.id("items"), text: say("What is decided"))
            h.ul(.class("rows plain-rows")) {
                for item in found.items {
                    h.li {
                        h.div {
                            h.b(item.numberedWords)
                            h.itemNotes(item, found.count?.tallies[item.id], showsTally: found.count != nil)
                        }
                        h.div { if circular.state == .closed { h.outcomeMark(item.finalOutcome) } }
                    }
                }
            }
        }
    }

    private func form(_ seat: OwnCircular.Seat) {
        let id = "seat-\(seat.seat.id)"
        h.section(.aria(.labelledby, id)) {
            h.h2(.id(id), text: say("Your answer for \(seat.seat.name)"))
            if let latest = seat.answers.values.max(by: { $0.number < $1.number }) { lastAnswer(latest) }
            let action = secret == nil ? "\(DecisionLetters.Path.own)/\(circular.id)" : DecisionLetters.Path.link
            room.form(h, action) {
                if let secret { h.hiddenField(DecisionLetters.Path.key, secret.text) }
                h.hiddenField("seat", seat.seat.id)
                AnswerForm(
                    h: h,
                    items: found.items,
                    chosen: chosen(seat),
                    hasID: seat == found.seats.first
                ).write()
                comment(seat)
                h.div(.class("form-end")) {
                    h.button(.class("button primary"), .type(.submit), text: say("Give this answer"))
                }
            }
        }
    }

    /// One form of several seats has the field's id: an id stands once on a page.
    private func comment(_ seat: OwnCircular.Seat) {
        // A form sent back keeps what was typed; a new one begins with the remark that counts, which it would else remove.
        let latest = seat.answers.values.max { $0.number < $1.number }
        let text = room.form["seat"] == seat.seat.id ? room.form.exact("comment") : latest?.comment ?? ""
        guard seat == found.seats.first else {
            h.label {
                h.text(say("A remark for the secretariat (if you like)"))
                h.textarea(.name("comment"), .rows(2), .maxlength(2000), text: text)
            }
            return
        }
        h.textArea(
            "comment",
            label: say("A remark for the secretariat (if you like)"),
            value: text,
            rows: 2,
            problems: problems,
            .maxlength(2000)
        )
    }

    private func chosen(_ seat: OwnCircular.Seat) -> [String: SeatAnswer] { seat.answers.mapValues(\.answer) }

    private func lastAnswer(_ answer: CircularAnswer) {
        let name = Phrase.person(answer.givenByName ?? room.site.charter.association.shortName)
        h.p(.class("quiet")) {
            h.sentence(
                say("\(name) answered on \(part: 0). A new answer takes its place; both are kept."),
                { h.instant(answer.answeredAt) }
            )
        }
    }

    private func given(_ seat: OwnCircular.Seat) {
        let id = "seat-\(seat.seat.id)"
        h.section(.aria(.labelledby, id)) {
            h.h2(.id(id), text: say("The answer of \(seat.seat.name)"))
            if seat.answers.isEmpty {
                h.p(say("No answer was given."))
            } else {
                h.ul {
                    for item in found.items {
                        if let answer = seat.answers[item.id] {
                            h.li(say("Item \(item.position): \(answer.answer.name)"))
                        }
                    }
                }
            }
        }
    }
}
