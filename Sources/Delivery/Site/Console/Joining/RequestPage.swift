import Access
import Charter
import Files
import HTML
import HTTPTypes
import Hummingbird
import Joining
import Languages
import Web

extension Site {
    /// What members ask about their membership, one by one.
    static func addRequests(to rooms: RoomRoutes) {
        let path = ConsoleJoining.request(":id")
        rooms.get(path, .may(.readApplications)) { room in
            requestPage(room, try await room.membershipRequest(), .none)
        }
        rooms.get("\(path)/documents/:document", .may(.readApplications)) { room in
            let (request, id) = (try await room.membershipRequest().request, try room.parameter("document"))
            guard let document = request.documents.first(where: { $0.id == id }) else { throw RequestProblem.notFound }
            return try await room.attachment(document)
        }
        rooms.post("\(path)/take-back", .may(.requestMembership)) { room in
            let id = try room.parameter("id")
            do {
                try await room.run(TakeBackRequest(id, reason: room.form.exact("reason")))
                return room.redirect(to: ConsoleJoining.request(id), notice: say("The request is taken back."))
            } catch let input as InvalidInput {
                return requestPage(room, try await room.membershipRequest(), FormProblems(input))
            }
        }
    }
}

extension Room {
    fileprivate func membershipRequest() async throws -> RequestRecord {
        try await ask(RequestByID(parameter("id"), charter: site.charter))
    }
}

private func requestPage(_ room: Room, _ found: RequestRecord, _ problems: FormProblems) -> Response {
    let request = found.request
    let page = RoomPage(title: requestTitle(request), place: .console(.joining), trail: ConsoleJoining.trail)
    return room.page(page, status: problems.isEmpty ? .ok : .unprocessableContent) { h in
        h.p(.class("lede"), text: RequestWords.standing(request, room.site.words))
        h.problems(problems)
        if let problem = found.problem {
            h.div(.class("notice caution"), .role(.note)) { h.p(problem) }
        }
        h.dl(.class("facts wide")) {
            requestFacts(h, room, found)
            if let rule = found.rule { h.fact(say("Rule")) { h.rule(rule) } }
            for circular in found.circulars {
                h.fact(say("Decision")) {
                    h.a(.href("\(Site.decisionsAddress)/\(circular.id)"), text: circular.reference)
                }
            }
        }
        requestForms(h, room, found, problems)
    }
}

private func requestFacts(_ h: HTMLWriter, _ room: Room, _ found: RequestRecord) {
    let (request, words) = (found.request, room.site.words)
    h.fact(say("Member")) {
        h.a(.href(memberAddress(request.memberKey)), text: request.memberName)
        if let standing = found.standing {
            h.span(.class("also"), text: say("now: \(words.status(standing.status)), since \(standing.day)"))
        }
    }
    h.fact(say("Number")) { h.text(request.reference) }
    h.fact(say("State")) { h.requestState(request.state) }
    h.fact(say("Letter of")) { h.when(DayRange(request.letterDay)) }
    h.fact(request.byPersonID == nil ? say("Signed by") : say("Made in the member's room by")) {
        h.text(request.byName.isEmpty ? say("somebody whose name was erased") : .verbatim(request.byName))
    }
    h.fact(say("Recorded")) { h.instant(request.recordedAt) }
    if let against = request.against {
        h.fact(say("Appeals against")) { h.text(say("\(words.status(against.status)), since \(against.day)")) }
    }
    if !request.words.isEmpty {
        h.fact(say("In their words")) { h.span(.class("kept-lines"), text: request.words) }
    }
    h.fact(say("Documents")) {
        h.documents(request.documents) { ConsoleJoining.request(request.id, "documents", $0.id) }
    }
    h.fact(say("If it is adopted")) { h.text(words.status(request.leadsTo)) }
    h.fact(say("Decided by")) { h.text(words.body(request.body)) }
    if let day = request.decidedOn { h.fact(say("Decided on")) { h.when(DayRange(day)) } }
    if let minutes = request.minutes { h.fact(say("For the minutes")) { h.record(minutes) } }
    if let reason = request.reason { h.fact(say("Reason")) { h.span(.class("kept-lines"), text: .record(reason)) } }
}

private func requestForms(_ h: HTMLWriter, _ room: Room, _ found: RequestRecord, _ problems: FormProblems) {
    let request = found.request
    if room.may(.openDecision), request.state == .received, found.problem == nil {
        h.div(.class("actions")) {
            h.a(
                .class("button primary"),
                .href(ConsoleJoining.put(request.kind.rawValue, request.id)),
                text: say("Put before the body")
            )
        }
    }
    // What was decided and cannot be carried out any more is taken back too.
    let isFree = found.canBeTakenBack
    guard isFree, room.may(.requestMembership) else { return }
    h.details(.class("more-forms"), .when(!problems.isEmpty, .open())) {
        h.summary(say("Take the request back"))
        room.form(h, ConsoleJoining.request(request.id, "take-back")) {
            h.textArea(
                "reason",
                label: say("Reason"),
                value: room.form.exact("reason"),
                rows: 3,
                help: say("Why the member does not ask it any more, and where you have it from."),
                problems: problems,
                .maxlength(1000)
            )
            h.div(.class("form-end")) {
                h.button(.class("button danger"), .type(.submit), text: say("Take back the request"))
            }
        }
    }
}

/// What the rooms say of a member's request.
enum RequestWords {
    /// Where it stands, as a sentence.
    static func standing(_ request: MembershipRequest, _ words: Words) -> Phrase {
        let body = words.body(request.body)
        return switch request.state {
        case .received: say("The secretariat has it and puts it before the \(body).")
        case .put: say("The \(body) has it before it.")
        case .adopted: say("The \(body) adopted it.")
        case .rejected: say("The \(body) rejected it.")
        case .takenBack: say("It was taken back; nothing followed from it.")
        }
    }
}

extension HTMLWriter {
    /// The state of a request, by shape too where it is final.
    func requestState(_ state: MembershipRequestState) {
        switch state {
        case .adopted: span(.class("same"), text: state.words)
        case .rejected: span(.class("off"), text: state.words)
        case .received, .put, .takenBack: text(state.words)
        }
    }

    /// A rule with where it was read, and what its author wants known.
    func rule(_ rule: Rule) {
        ruled(rule.statement)
        span(.class("also")) { cited(rule.citation) }
        if let note = rule.note { span(.class("also")) { ruled(note) } }
    }

    /// Documents, to be saved; nobody is shown within the site what somebody sent.
    func documents(_ documents: [FileUse], address: (FileUse) -> String) {
        guard !documents.isEmpty else { return text(say("None", context: "documents")) }
        for document in documents {
            div {
                a(.href(address(document)), text: document.name)
                span(.class("also"), text: documentKind(document))
            }
        }
    }
}

/// "pdf, 120 KB"
func documentKind(_ document: FileUse) -> Phrase {
    say("\(document.type.fileExtension), \(max(1, document.size >> 10)) KB; saved, not shown here")
}
