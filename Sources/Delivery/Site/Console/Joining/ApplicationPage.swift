import Access
import Charter
import Files
import HTML
import HTTPTypes
import Hummingbird
import Joining
import Languages
import Membership
import Web

/// An application as the secretariat works on it.
struct ConsoleApplication: Sendable {
    let record: ApplicationRecord
    /// The member that the applicant was, or became.
    let member: PortalMember?

    var application: Application { record.application }

    static func load(_ room: Room) async throws -> ConsoleApplication {
        let id = try room.parameter("id")
        let record = try await room.ask(ApplicationByID(id, services: room.site.rooms.joining))
        guard let memberID = record.application.memberID else { return ConsoleApplication(record: record, member: nil) }
        do {
            let member = try await room.ask(OwnProfile(member: memberID)).member
            return ConsoleApplication(record: record, member: member)
        } catch MemberRefusal.noSuchMember {
            return ConsoleApplication(record: record, member: nil)
        }
    }

    /// What the secretariat recommends to the body; nil where it does not, or not any more.
    var isRecommended: Bool? {
        guard [.recommended, .put].contains(application.state) else { return nil }
        return record.steps.last { $0.kind == .recommended }?.isFor
    }

    /// The key of the body that admits today.
    func body(_ room: Room) -> String? { room.site.charter.version(on: room.today)?.membership.admission.approvedBy }
}

/// What it says, whom the records know by its names, its documents, what was said about it, and what can be done next.
func applicationPage(
    _ room: Room,
    _ found: ConsoleApplication,
    _ problems: FormProblems = .none,
    _ refusal: JoiningRefusal? = nil
) -> Response {
    let application = found.application
    let title = Phrase.verbatim("\(application.reference) \(application.title)")
    let page = RoomPage(title: title, place: .console(.joining), trail: ConsoleJoining.trail)
    let status = refusal?.kind.status ?? (problems.isEmpty ? .ok : .unprocessableContent)
    return room.page(page, status: status) { h in
        h.p(.class("lede"), text: standing(application, room, found.body(room)))
        h.refused(refusal)
        h.problems(problems)
        let forms = ApplicationForms(h: h, room: room, found: found, problems: problems)
        forms.actions()
        h.div(.class("columns aside")) {
            h.div(.class("brief")) { applicationFacts(h, room, found) }
            h.div(.class("account")) {
                whatItSays(h, room, found)
                ApplicationMatches(h: h, room: room, found: found).write()
                documents(h, room, found.record)
                applicationThread(h, room, found.record)
                forms.write()
            }
        }
    }
}

/// Where it stands and whose turn it is.
private func standing(_ application: Application, _ room: Room, _ body: String?) -> Phrase {
    let body = body.map(room.site.words.body) ?? ""
    return switch application.state {
    case .draft:
        application.receivedOn == nil
            ? say("The applicant fills it in. Nothing was sent yet.")
            : say("It came on paper. Enter what it says and add its documents; then send it for the applicant.")
    case .submitted: say("It was sent. Look whether it is whole; then recommend for it or against it.")
    case .asked: say("The applicant was asked something and has not answered yet.")
    case .recommended: say("It is ready for the \(body). Put it before it.")
    case .put: say("The \(body) has it before it.")
    case .admitted: say("The \(body) admitted the applicant.")
    case .declined: say("The \(body) declined it.")
    case .closed: say("It was closed and not put before the body.")
    case .withdrawn: say("The applicant took it back.")
    }
}

private func applicationFacts(_ h: HTMLWriter, _ room: Room, _ found: ConsoleApplication) {
    let (record, application) = (found.record, found.application)
    h.dl(.class("facts")) {
        h.fact(say("Number")) { h.text(application.reference) }
        h.fact(say("State")) { h.applicationState(application.state) }
        h.fact(say("Category")) { h.text(room.site.words.category(application.category)) }
        h.fact(say("Begun")) { h.instant(application.startedAt) }
        if let at = application.submittedAt {
            h.fact(say("Counts from")) {
                h.day(of: at)
                if application.receivedOn != nil {
                    h.span(.class("also"), text: say("the day on which it came on paper"))
                }
            }
        } else if let day = application.receivedOn.flatMap({ Day($0) }) {
            h.fact(say("Came on paper")) { h.when(DayRange(day)) }
        }
        if let isFor = found.isRecommended {
            h.fact(say("Recommendation")) { h.text(isFor ? say("For admission") : say("Against admission")) }
        }
        if let at = application.endedAt { h.fact(say("Ended")) { h.instant(at) } }
        h.fact(say("E-mail")) {
            h.text(application.email.isEmpty ? say("erased") : .verbatim(application.email))
            h.span(.class("also"), text: say("letters in \(languageName(application.language))"))
        }
        if let member = found.member {
            h.fact(application.state == .admitted ? say("Member") : say("Former member")) {
                h.a(.href(memberAddress(member.key)), text: member.name)
            }
        }
        for circular in record.circulars {
            h.fact(say("Decision")) {
                h.a(.href("\(Site.decisionsAddress)/\(circular.id)"), text: circular.reference)
            }
        }
        if let rule = record.rule { h.fact(say("Rule")) { h.rule(rule) } }
    }
}

/// Every box that says something.
private func whatItSays(_ h: HTMLWriter, _ room: Room, _ found: ConsoleApplication) {
    let application = found.application
    h.section(.aria(.labelledby, "said")) {
        h.h2(.id("said"), text: say("What it says", context: "an application"))
        if let at = application.emptiedAt {
            h.p(.class("quiet")) {
                h.sentence(
                    say("Removed \(part: 0), by the charter's rule on how long it is kept."),
                    { h.day(of: at) }
                )
            }
        }
        let fields = ApplicationField.allCases.filter { !application.values[$0].isEmpty }
        if !fields.isEmpty {
            h.dl(.class("facts wide")) {
                for field in fields {
                    h.fact(field.label) {
                        let words = boxWords(field, application.values[field], room)
                        h.span(.when(field.isLong, .class("kept-lines")), text: words)
                    }
                }
            }
        }
        let problems = found.record.problems
        guard !problems.isEmpty else { return }
        h.div(.class("notice caution"), .role(.note)) {
            h.p { h.b(say("Still missing by the charter:")) }
            h.ul { for problem in problems { h.li(problem.message) } }
        }
    }
}

private func documents(_ h: HTMLWriter, _ room: Room, _ record: ApplicationRecord) {
    let application = record.application
    h.section(.aria(.labelledby, "documents")) {
        h.h2(.id("documents"), text: say("Documents"))
        guard !record.documents.isEmpty || !record.missing.isEmpty else {
            return h.p(.class("quiet"), text: say("There is none."))
        }
        h.ul(.class("rows plain-rows")) {
            for document in record.documents {
                h.li(.data("row")) {
                    h.div {
                        h.a(
                            .href(ConsoleJoining.application(application.id, "documents", document.use.id)),
                            text: document.use.name
                        )
                        let about = [documentName(document.key, room), documentKind(document.use)]
                        h.span(.class("also"), text: Phrase.joined(about, by: " · "))
                    }
                    h.div(.class("age")) { h.day(of: document.use.addedAt) }
                }
            }
            for missing in record.missing {
                h.li {
                    h.div {
                        h.text(Phrase.name(missing.name))
                        h.span(.class("also")) { h.cited(missing.citation) }
                    }
                    h.div { h.span(.class("off"), text: say("missing")) }
                }
            }
        }
    }
}

/// What the charter calls a document that it asks for.
func documentName(_ key: String, _ room: Room) -> Phrase {
    let version = room.site.charter.version(on: room.today)
    let wanted = version?.membership.admission.documents.first { $0.key == key }
    return wanted.map { .name($0.name) } ?? say("Another document")
}

extension HTMLWriter {
    /// The state of an application, by shape too where it is final.
    func applicationState(_ state: ApplicationState) {
        switch state {
        case .admitted: span(.class("same"), text: state.words)
        case .declined: span(.class("off"), text: state.words)
        case .draft, .submitted, .asked, .recommended, .put, .closed, .withdrawn: text(state.words)
        }
    }
}
