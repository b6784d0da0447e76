import Charter
import Dues
import Files
import HTML
import Hummingbird
import Joining
import Languages
import Membership
import Web

/// An application that was sent: how far it is, who decides, and all that was said and sent.
struct ApplicantStatusPage {
    let applicant: Applicant
    let trouble: ApplicantTrouble

    private var room: Room { applicant.room }
    private var record: ApplicationRecord { applicant.record }
    private var application: Application { applicant.application }
    private var version: CharterVersion? { room.site.charter.version(on: room.today) }

    func response() -> Response {
        room.doorPage(.verbatim(application.title), status: trouble.status, isWide: true) { h in
            let category = room.site.words.category(application.category)
            h.p(.class("lede"), text: say("Application \(application.reference), \(category): \(state)"))
            h.refused(trouble.refusal)
            if let done = trouble.done { h.div(.class("notice done"), .role(.status)) { h.p(done) } }
            lost(h)
            next(h)
            story(h)
            sent(h)
            if !application.state.isOver { h.applicationFees(applicant) }
            end(h)
        }
    }

    /// How far it is, to the applicant: what the secretariat recommends goes to the body first.
    private var state: Phrase {
        switch application.state {
        case .draft, .asked: application.state.words
        case .submitted, .recommended: say("sent; the secretariat looks at it.")
        case .put: say("before the body that decides.")
        case .admitted: say("admitted.", context: "an application")
        case .declined: say("declined.", context: "an application")
        case .closed: say("closed.", context: "an application")
        case .withdrawn: say("withdrawn.", context: "an application")
        }
    }

    /// What was typed on a page that was open when the application moved on.
    private func lost(_ h: HTMLWriter) {
        let fields = ApplicationField.allCases.filter { field in
            trouble.typed[field].map { $0.value.replacing("\r\n", with: "\n") != application.values[field] } ?? false
        }
        guard !fields.isEmpty || !trouble.words.isEmpty else { return }
        h.div(.class("notice caution")) {
            h.p(say("This is what you wrote; it was not saved:"))
            if !trouble.words.isEmpty { h.p(.class("kept-lines"), text: trouble.words) }
            for field in fields {
                h.p(.class("quiet"), text: field.label)
                h.p(.class("kept-lines"), text: trouble.typed[field].map { boxWords(field, $0.value, room) } ?? .empty)
            }
        }
    }

    private func next(_ h: HTMLWriter) {
        h.section(.class("stack"), .aria(.labelledby, "next")) {
            h.h2(.id("next"), text: application.state.isOver ? say("How it ended") : say("What happens next"))
            for sentence in sentences { h.p(sentence) }
            if let admission = version?.membership.admission, !application.state.isOver {
                h.p {
                    h.text(membershipBegins(admission.countsFrom))
                    h.text(" ")
                    h.cited(admission.citation)
                }
            }
            if let reason, !reason.isEmpty { h.p(.class("kept-lines"), text: reason) }
        }
    }

    private var body: Phrase {
        guard let key = version?.membership.admission.approvedBy else { return say("body that decides") }
        return .verbatim(room.site.words.body(key))
    }

    private var sentences: [Phrase] {
        switch application.state {
        case .draft, .asked: []
        case .submitted, .recommended:
            [
                say("The secretariat looks whether it is whole. Where something is missing, it asks you by mail."),
                say("Then the \(body) decides, and you are told by mail."),
            ]
        case .put: [say("The \(body) has your application before it and decides. You are told by mail.")]
        case .admitted:
            [
                say("The \(body) has admitted you. Welcome!"),
                say("Your contact person is invited by mail to the member's own room: follow the link in that letter."),
            ]
        case .declined: [say("The \(body) has not admitted you. You can apply again.")]
        case .closed:
            [say("The secretariat has closed it: it could not be put to the \(body). You can apply again.")]
        case .withdrawn: [say("You have withdrawn it. You can apply again at any time.")]
        }
    }

    /// Why it ended.
    private var reason: String? {
        guard application.state == .closed else { return nil }
        return record.steps.last { $0.kind == .closed }?.words
    }

    private func story(_ h: HTMLWriter) {
        let steps = record.steps.filter { !$0.isInternal }
        guard !steps.isEmpty else { return }
        h.section(.aria(.labelledby, "story")) {
            h.h2(.id("story"), text: say("What was done so far"))
            h.applicationSteps(steps, applicant)
        }
    }

    private func sent(_ h: HTMLWriter) {
        h.section(.aria(.labelledby, "sent")) {
            h.h2(.id("sent"), text: say("What you told us"))
            if application.emptiedAt != nil {
                h.p(say("It is deleted, since the time for which it is kept is over."))
            } else {
                h.dl(.class("facts wide")) {
                    h.fact(say("Category")) { h.text(room.site.words.category(application.category)) }
                    for field in ApplicationField.allCases where !application.values[field].isEmpty {
                        h.fact(field.label) {
                            h.span(.class("kept-lines"), text: boxWords(field, application.values[field], room))
                        }
                    }
                }
            }
            if !record.documents.isEmpty {
                h.h3(say("Documents"))
                h.ul(.class("rows plain-rows")) {
                    for document in record.documents {
                        h.li { h.div { h.applicationDocument(document, applicant) } }
                    }
                }
            }
        }
    }

    private func end(_ h: HTMLWriter) {
        if application.state.isOver {
            h.p { h.a(.class("button"), .href(JoiningLetters.Path.join), text: say("How to join")) }
        } else {
            h.p(
                .class("quiet"),
                text: say("Whoever has this link can see and change the application. Keep it to yourselves.")
            )
            h.p { h.a(.href(applicant.address(Applicant.withdrawPath)), text: say("Withdraw the application")) }
        }
    }
}

extension HTMLWriter {
    /// What happened to an application, the earliest first.
    func applicationSteps(_ steps: [ApplicationStep], _ applicant: Applicant) {
        ol(.class("timeline")) {
            for step in steps {
                li {
                    day(of: step.at)
                    div {
                        p { b(step.kind.title) }
                        if step.said != .empty { p(.class("kept-lines"), text: step.said) }
                        if !step.missing.isEmpty {
                            let names = Phrase.list(step.missing.map { documentName($0, applicant.room) })
                            p(say("Missing: \(names)"))
                        }
                    }
                }
            }
        }
    }

    /// A document by its name, with the way to it.
    func applicationDocument(_ document: ApplicationDocument, _ applicant: Applicant) {
        let use = document.use
        a(.href(applicant.address(Applicant.documentPath, "&document=\(use.id)")), text: use.name)
        let kind = Phrase.verbatim(use.type.fileExtension.uppercased())
        let facts = [documentName(document.key, applicant.room), kind]
        span(.class("also"), text: Phrase.joined(facts, by: " · "))
    }

    /// What membership would cost this year: the fee that follows from what the applicant told of itself, and the tables
    /// that it follows from, with the applicant's own row.
    func applicationFees(_ applicant: Applicant) {
        let room = applicant.room
        let category = applicant.application.category
        guard let rules = try? FeeYear(room.today.year, charter: room.site.charter) else { return }
        let schedules = rules.version.feeSchedules.filter { $0.category == category }
        guard !schedules.isEmpty else { return }
        section(.aria(.labelledby, "fees")) {
            h2(.id("fees"), text: say("What membership costs a year"))
            let told = ToldFee(applicant.facts(for: schedules), by: rules)
            div(.class("notice")) { told.write(self, joinedOn: applicant.joinsOn) }
            for schedule in schedules {
                feeSchedule(schedule, isNamed: schedules.count > 1, figure: applicant.figure(of: schedule))
            }
        }
    }
}

extension Applicant {
    /// What the applicant told of the figures by which its fee goes.
    fileprivate func facts(for schedules: [Charter.FeeSchedule]) -> FeeFacts {
        var facts = FeeFacts(category: application.category)
        for schedule in schedules {
            guard let measure = schedule.measure, let figure = figure(of: schedule) else { continue }
            facts.figures[measure.key] = FeeFact(figure, asOf: room.today, source: application.reference)
        }
        return facts
    }

    /// The day from which a membership would count, as far as it is known.
    fileprivate var joinsOn: Day {
        let admission = room.site.charter.version(on: room.today)?.membership.admission
        guard admission?.countsFrom == .applicationDate, let sent = application.submittedAt else { return room.today }
        return Day(String(sent.prefix(10))) ?? room.today
    }

    /// What the applicant told of the figure by which a schedule's fee goes.
    func figure(of schedule: Charter.FeeSchedule) -> Double? {
        let fact = schedule.measure.flatMap { Charter.ApplicantFact(rawValue: $0.key) }
        guard let field = ApplicationField.allCases.first(where: { fact != nil && $0.fact == fact }) else { return nil }
        var check = FormCheck()
        let isWhole = schedule.measure?.isWholeNumbers ?? true
        return check.number(application.values[field], field.rawValue, 0...1e12, whole: isWhole)
    }
}
