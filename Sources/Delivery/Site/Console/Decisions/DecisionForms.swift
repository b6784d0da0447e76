import Access
import Charter
import Database
import Decisions
import HTML
import Languages
import Web

/// What can be done with a question, below what is known of it.
struct DecisionForms {
    let h: HTMLWriter
    let room: Room
    let found: CircularRecord.Answer
    let problems: FormProblems

    private var circular: Circular { found.circular }
    private var base: String { "\(Site.decisionsAddress)/\(circular.id)" }

    /// The items for which a meeting's word is taken.
    private var forMeeting: [CircularItem] {
        circular.way == .meeting
            ? (circular.state == .open ? found.items.filter { $0.meeting == nil } : [])
            : found.items.filter(\.isUndecided)
    }

    func write() {
        let takesAnswers = circular.state == .open && circular.way == .circulation && !found.isOver
        if found.mayRecord, !forMeeting.isEmpty { meetingForm() }
        if found.mayOpen, found.items.contains(where: \.isUndecided) { againForm() }
        if found.mayRecord, takesAnswers { answerForm() }
        if found.mayWithdraw, circular.state == .open, circular.way == .meeting || takesAnswers { withdrawForm() }
    }

    private func meetingForm() {
        h.section(.aria(.labelledby, "meeting")) {
            h.h2(.id("meeting"), text: say("Enter a meeting's outcome"))
            room.form(h, "\(base)/meeting") {
                h.div(.id("field-outcome")) {
                    for item in forMeeting {
                        h.fieldset {
                            h.legend(item.numberedWords)
                            for outcome in [MatterOutcome.adopted, .rejected] {
                                radio("outcome-\(item.id)", outcome.rawValue, outcome.name)
                            }
                        }
                    }
                }
                h.textField(
                    "day",
                    label: say("Day of the meeting"),
                    value: room.form["day"],
                    type: .date,
                    problems: problems,
                    .max(room.today.description)
                )
                h.textField(
                    "minutes",
                    label: say("Where its minutes are"),
                    value: room.form["minutes"],
                    problems: problems,
                    .maxlength(300)
                )
                h.div(.class("form-end")) {
                    h.button(.class("button primary"), .type(.submit), text: say("Record the outcome"))
                }
            }
        }
    }

    private func againForm() {
        h.section(.aria(.labelledby, "again")) {
            h.h2(.id("again"), text: say("Ask again"))
            room.form(h, "\(base)/again") {
                h.hiddenField("once", Identifier.make())
                h.choice(
                    "way",
                    label: say("How the items left undecided go on"),
                    value: room.form["way"],
                    options: [
                        (Circular.Way.circulation.rawValue, say("Ask each seat again")),
                        (Circular.Way.meeting.rawValue, say("Put them to a meeting")),
                    ],
                    problems: problems
                )
                h.div(.class("form-end")) { h.button(.class("button"), .type(.submit), text: say("Ask again")) }
            }
        }
    }

    private func answerForm() {
        h.details(.class("more-forms"), .when(!problems.isEmpty && room.form.has("seat"), .open())) {
            h.summary(say("Enter an answer that came on paper"))
            room.form(h, "\(base)/answers") {
                h.choice(
                    "seat",
                    label: say("Seat"),
                    value: room.form["seat"],
                    options: found.seats.map { (value: $0.seat.id, text: $0.seat.name) },
                    problems: problems
                )
                AnswerForm(h: h, items: found.items, chosen: [:]).write()
                h.textField(
                    "grounds",
                    label: say("Where it came from"),
                    value: room.form["grounds"],
                    help: say("As in “Letter of 3 May”. The seat's people can still change the answer."),
                    problems: problems,
                    .maxlength(500)
                )
                h.div(.class("form-end")) {
                    h.button(.class("button"), .type(.submit), text: say("Record the answer"))
                }
            }
        }
    }

    private func withdrawForm() {
        h.details(.class("more-forms"), .when(!problems.isEmpty && room.form.has("reason"), .open())) {
            h.summary(say("Withdraw the question"))
            room.form(h, "\(base)/withdraw") {
                h.textArea(
                    "reason",
                    label: say("Reason"),
                    value: room.form.exact("reason"),
                    rows: 3,
                    help: say("Everybody who was asked reads it in a letter."),
                    problems: problems,
                    .maxlength(1000)
                )
                h.div(.class("form-end")) { h.button(.class("button danger"), .type(.submit), text: say("Withdraw")) }
            }
        }
    }

    private func radio(_ name: String, _ value: String, _ text: Phrase) {
        h.label(.class("check")) {
            h.input(.type(.radio), .name(name), .value(value), .checked(room.form[name] == value))
            h.span(text: text)
        }
    }
}

/// The choice of answers to items: one for all, or item by item.
struct AnswerForm {
    let h: HTMLWriter
    let items: [CircularItem]
    /// By item: what is chosen at first.
    let chosen: [String: SeatAnswer]
    /// Whether it is what a problem with the answer leads to: an id stands once on a page.
    var hasID = true

    func write() {
        h.div(.when(hasID, .id("field-answer"))) {
            for item in items { h.hiddenField("item", item.id) }
            guard items.count > 1 else { return one(items) }
            h.fieldset {
                h.legend(say("The same answer to all items"))
                for answer in SeatAnswer.allCases { radio("answer-all", answer.rawValue, answer.name, isChosen: false) }
                radio("answer-all", "", say("No: item by item, as below"), isChosen: true)
            }
            one(items)
        }
    }

    private func one(_ items: [CircularItem]) {
        for item in items {
            h.fieldset {
                h.legend(item.numberedWords)
                for answer in SeatAnswer.allCases {
                    radio("answer-\(item.id)", answer.rawValue, answer.name, isChosen: chosen[item.id] == answer)
                }
            }
        }
    }

    private func radio(_ name: String, _ value: String, _ text: Phrase, isChosen: Bool) {
        h.label(.class("check")) {
            h.input(.type(.radio), .name(name), .value(value), .checked(isChosen))
            h.span(text: text)
        }
    }

    /// What a form chose, by item. An answer to all is one to each of the items that the form knew.
    static func answers(_ form: FormValues) throws -> [String: SeatAnswer] {
        let all = try answer(form["answer-all"])
        var answers: [String: SeatAnswer] = [:]
        for id in form.all("item") { if let all { answers[id] = all } }
        guard all == nil else { return answers }
        for field in form.fields where field.name.hasPrefix("answer-") && field.name != "answer-all" {
            if let given = try answer(field.value) { answers[String(field.name.dropFirst(7))] = given }
        }
        return answers
    }

    private static func answer(_ text: String) throws -> SeatAnswer? {
        if text.isEmpty { return nil }
        guard let answer = SeatAnswer(rawValue: text) else {
            throw InvalidInput("answer", say("There is no such answer. Approve, object or abstain."))
        }
        return answer
    }

    static func outcomes(_ form: FormValues) throws -> [String: MatterOutcome] {
        var outcomes: [String: MatterOutcome] = [:]
        for field in form.fields where field.name.hasPrefix("outcome-") && !field.value.isEmpty {
            guard let outcome = MatterOutcome(rawValue: field.value) else {
                throw InvalidInput("outcome", say("There is no such outcome. Choose one of the list."))
            }
            outcomes[String(field.name.dropFirst(8))] = outcome
        }
        return outcomes
    }
}
