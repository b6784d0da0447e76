import Access
import Charter
import Dues
import Files
import HTML
import HTTPTypes
import Hummingbird
import Languages
import Web

extension Site {
    /// One request for relief from dues.
    static func addOneRelief(to rooms: RoomRoutes) {
        rooms.get(ConsoleDues.relief(":id"), .may(.readDues)) { try await reliefPage($0, .none) }
        rooms.get(ConsoleDues.relief(":id", "documents", ":document"), .may(.readDues)) { room in
            let (found, id) = (try await room.relief(), try room.parameter("document"))
            guard let document = found.documents.first(where: { $0.id == id }) else { throw RequestProblem.notFound }
            return try await room.attachment(document)
        }
        rooms.post(ConsoleDues.relief(":id", "take-back"), .may(.requestDues)) { room in
            let id = try room.parameter("id")
            return try await room.trying {
                let (reason, services) = (room.form.exact("reason"), room.site.rooms.dues)
                try await room.run(TakeBackRelief(id, reason: reason, services: services))
                return room.redirect(to: ConsoleDues.relief(id), notice: say("The request is taken back."))
            } again: {
                try await reliefPage(room, $0)
            }
        }
    }
}

extension Room {
    fileprivate func relief() async throws -> ReliefRecord {
        try await ask(ReliefByID(parameter("id"), charter: site.charter))
    }
}

private func reliefPage(_ room: Room, _ trouble: FormSetback) async throws -> Response {
    let found = try await room.relief()
    let request = found.request
    return room.page(DuesTab.relief.page(reliefTitle(request)), status: trouble.status) { h in
        if request.isInvented {
            h.div(.class("notice caution"), .role(.note)) {
                h.p(say("It is made up as an example: no member asked for it, and nobody decided it."))
            }
        }
        h.p(.class("lede"), text: standing(found))
        h.trouble(trouble)
        if let problem = found.problem {
            h.div(.class("notice caution"), .role(.note)) { h.p { h.ruled(problem) } }
        }
        h.dl(.class("facts wide")) {
            facts(h, room, found)
            if let rule = found.rule { h.fact(say("Rule")) { h.rule(rule) } }
            for circular in found.circulars {
                h.fact(say("Decision")) {
                    h.a(.href("\(Site.decisionsAddress)/\(circular.id)"), text: circular.reference)
                }
            }
        }
        forms(h, room, found, trouble)
    }
}

private func standing(_ found: ReliefRecord) -> Phrase {
    let body = Phrase.name(found.bodyName)
    return switch found.request.state {
    case .received: say("The secretariat has it and puts it before the \(body).")
    case .put: say("The \(body) has it before it.")
    case .adopted: say("The \(body) adopted it.")
    case .rejected: say("The \(body) rejected it.")
    case .takenBack: say("It was taken back; nothing followed from it.")
    }
}

private func facts(_ h: HTMLWriter, _ room: Room, _ found: ReliefRecord) {
    let request = found.request
    h.fact(say("Member")) { h.a(.href(memberAddress(request.memberKey, "dues")), text: request.memberName) }
    h.fact(say("Number")) { h.text(request.reference) }
    h.fact(say("What is asked", context: "a request")) { h.b(request.termsWords) }
    h.fact(say("State")) {
        switch request.state {
        case .adopted: h.span(.class("same"), text: request.state.words)
        case .rejected: h.span(.class("off"), text: request.state.words)
        case .received, .put, .takenBack: h.text(request.state.words)
        }
    }
    h.fact(say("Letter of")) { h.when(DayRange(request.letterDay)) }
    h.fact(request.byPersonID == nil ? say("Signed by") : say("Made in the member's room by")) {
        h.text(request.byName.isEmpty ? say("somebody whose name was erased") : .verbatim(request.byName))
    }
    h.fact(say("Recorded")) { h.instant(request.recordedAt) }
    if !request.words.isEmpty {
        h.fact(say("In their words")) { h.span(.class("kept-lines"), text: .record(request.words)) }
    }
    h.fact(say("Documents")) {
        h.documents(found.documents) { ConsoleDues.relief(request.id, "documents", $0.id) }
    }
    if let day = request.decidedOn { h.fact(say("Decided on")) { h.when(DayRange(day)) } }
    if let day = request.endedOn { h.fact(say("Day of the decision that ended it")) { h.when(DayRange(day)) } }
    if let minutes = request.minutes { h.fact(say("For the minutes")) { h.record(minutes) } }
    if let reason = request.reason { h.fact(say("Reason")) { h.span(.class("kept-lines"), text: .record(reason)) } }
}

private func forms(_ h: HTMLWriter, _ room: Room, _ found: ReliefRecord, _ trouble: FormSetback) {
    let request = found.request
    if room.may(.openDecision), request.state == .received, found.problem == nil {
        h.div(.class("actions")) {
            h.a(
                .class("button primary"),
                .href(ConsoleJoining.put("relief", request.id)),
                text: say("Put before the body")
            )
        }
    }
    guard found.canBeTakenBack, room.may(.requestDues) else { return }
    h.details(.class("more-forms"), .when(!trouble.isEmpty, .open())) {
        h.summary(say("Take the request back"))
        room.form(h, ConsoleDues.relief(request.id, "take-back")) {
            h.textArea(
                "reason",
                label: say("Reason"),
                value: room.form.exact("reason"),
                rows: 3,
                help: say("Why the member does not ask it any more, and where you have it from."),
                problems: trouble.problems,
                .maxlength(1000)
            )
            h.div(.class("form-end")) {
                h.button(.class("button danger"), .type(.submit), text: say("Take back the request"))
            }
        }
    }
}
