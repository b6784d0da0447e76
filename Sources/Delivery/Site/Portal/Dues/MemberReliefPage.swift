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
    /// What a member asks about its dues: that they are lowered, waived, commuted or paid in instalments.
    static func addMemberRelief(to rooms: RoomRoutes) {
        let path = "/portal/:key/dues/relief"
        rooms.get(path, .inMember(.readMemberDues)) { room in try await memberReliefPage(room, nil, .none) }
        rooms.post(path, .inMember(.requestDues), largestBody: SentDocument.largestBody) { room in
            try await askRelief(room)
        }
        rooms.post("\(path)/:id/take-back", .inMember(.requestDues)) { room in try await takeBackRelief(room) }
        rooms.get("\(path)/:id/documents/:document", .inMember(.readMemberDues)) { room in
            let (id, document) = (try room.parameter("id"), try room.parameter("document"))
            let uses = try await room.ownRelief().documents[id] ?? []
            guard let found = uses.first(where: { $0.id == document }) else { throw RequestProblem.notFound }
            return try await room.attachment(found)
        }
    }

    private static func askRelief(_ room: Room) async throws -> Response {
        guard let kind = ReliefKind(rawValue: room.form["kind"]) else {
            throw InvalidInput("kind", say("There is no such request. Choose one on the page."))
        }
        let typed = MemberReliefForm(kind, room.form)
        let form = MemberReliefForm.form(kind)
        do {
            var draft = typed.draft
            draft.document = try await room.sentDocument(of: form).map { ReliefDraft.Document($0.file, name: $0.name) }
            let made = try await room.run(AskRelief(room.itsMember.key, draft, services: room.site.rooms.dues))
            return room.redirect(
                to: MemberDuesPlace.relief(try room.itsMember.key),
                notice: say("The secretariat has your request. Its number is \(made.reference).")
            )
        } catch let input as InvalidInput {
            return try await memberReliefPage(room, typed, form.problems(input))
        } catch let refusal as ReliefRefusal {
            let problem = InvalidInput("from_year", refusal.sentence)
            return try await memberReliefPage(room, typed, form.problems(problem))
        }
    }

    private static func takeBackRelief(_ room: Room) async throws -> Response {
        let (id, member) = (try room.parameter("id"), try room.itsMember)
        let form = NamedForm(id)
        do {
            let (reason, services) = (form.sent("reason", in: room.form), room.site.rooms.dues)
            // Another member's request is none here, whoever asks.
            try await room.run(TakeBackRelief(id, of: member.id, reason: reason, services: services))
            return room.redirect(
                to: MemberDuesPlace.relief(member.key),
                notice: say("The request is taken back.")
            )
        } catch let input as InvalidInput {
            return try await memberReliefPage(room, nil, form.problems(input))
        }
    }
}

extension Room {
    fileprivate func ownRelief() async throws -> ReliefOfMember.Answer {
        try await ask(ReliefOfMember(itsMember.key, charter: site.charter))
    }
}

/// - Parameter typed: what was sent and not taken.
private func memberReliefPage(
    _ room: Room,
    _ typed: MemberReliefForm?,
    _ problems: FormProblems
) async throws -> Response {
    let found = try await room.ownRelief()
    let status: HTTPResponse.Status = problems.isEmpty ? .ok : .unprocessableContent
    return try room.portalPage(say("Relief from dues"), .dues, isBelow: true, status: status) { h in
        h.p(
            .class("lede"),
            text: say("If you cannot pay, ask. Until it is decided, what is owed stays owed.")
        )
        h.problems(problems)
        MemberReliefParts(h: h, room: room, found: found, typed: typed, problems: problems).write()
    }
}

private struct MemberReliefParts {
    let h: HTMLWriter
    let room: Room
    let found: ReliefOfMember.Answer
    let typed: MemberReliefForm?
    let problems: FormProblems

    private var base: String { MemberDuesPlace.relief(found.memberKey) }

    /// Whether it is the member's own representative who reads. The secretariat records letters, with who signed them.
    private var mayAsk: Bool {
        let place = Access.Place.member(found.memberID)
        return room.visitor?.actor.grants.contains {
            $0.place == place && Rights.allow($0.role, at: place, .requestDues, at: place)
        } ?? false
    }

    func write() {
        h.section(.aria(.labelledby, "possible")) {
            h.h2(.id("possible"), text: say("What you can ask"))
            if let rule = found.possible.first?.rule { h.p { h.rule(rule) } }
            if !mayAsk, room.may(.requestDues) {
                h.p(.class("note")) {
                    h.a(
                        .href(memberAddress(found.memberKey, "relief")),
                        text: say("Record a letter about relief")
                    )
                }
            } else if !mayAsk {
                h.p(.class("quiet"), text: say("Only a representative of the member can ask."))
            }
            for possible in found.possible { section(possible) }
            for impossible in found.impossible {
                h.section(.aria(.labelledby, impossible.kind.rawValue)) {
                    h.h3(.id(impossible.kind.rawValue), text: impossible.kind.words)
                    h.p(.class("quiet")) { h.ruled(impossible.because) }
                }
            }
        }
        requests()
    }

    private func section(_ possible: ReliefOfMember.Possible) {
        let kind = possible.kind
        h.section(.aria(.labelledby, kind.rawValue)) {
            h.h3(.id(kind.rawValue), text: kind.words)
            h.p(meaning(kind, body: .name(possible.bodyName)))
            guard mayAsk else { return }
            let sent = typed?.kind == kind ? typed : nil
            h.details(.class("more-forms"), .when(sent != nil, .open())) {
                h.summary(summary(kind))
                room.uploadForm(h, base) {
                    h.hiddenField("kind", kind.rawValue)
                    ReliefFields(
                        h: h,
                        typed: sent ?? MemberReliefForm(kind, year: room.today.year),
                        inForce: found.inForce,
                        problems: problems,
                        today: room.today
                    ).write()
                    h.div(.class("form-end")) {
                        h.button(.class("button primary"), .type(.submit), text: summary(kind))
                    }
                }
            }
        }
    }

    private func summary(_ kind: ReliefKind) -> Phrase {
        switch kind {
        case .remission: say("Ask for a remission")
        case .reduction: say("Ask for a reduction")
        case .commutation: say("Ask for a commutation")
        case .plan: say("Ask to pay in instalments")
        case .ending: say("Ask that relief ends")
        }
    }

    /// What follows where the body agrees.
    private func meaning(_ kind: ReliefKind, body: Phrase) -> Phrase {
        switch kind {
        case .remission: say("If the \(body) agrees, nothing of the fee of these years is asked for.")
        case .reduction: say("If the \(body) agrees, the fee of these years is lowered.")
        case .commutation: say("If the \(body) agrees, you pay another amount in place of the fee of these years.")
        case .plan: say("If the \(body) agrees, you pay what you owe in parts, each by its day.")
        case .ending: say("If the \(body) agrees, relief that was granted holds no more.")
        }
    }

    private func requests() {
        h.section(.aria(.labelledby, "requests")) {
            h.h2(.id("requests"), text: say("What you have asked"))
            guard !found.requests.isEmpty else { return h.p(.class("quiet"), text: say("Nothing was asked yet.")) }
            h.ul(.class("rows plain-rows")) {
                for request in found.requests { h.li(.data("row")) { row(request) } }
            }
        }
    }

    private func row(_ request: ReliefRequest) {
        h.div {
            h.b(request.kind.words)
            h.text(" · ")
            state(request.state)
            if request.isInvented {
                h.text(" ")
                h.madeUpTag()
            }
            h.span(
                .class("also"),
                text: request.byName.isEmpty
                    ? say("\(request.reference): \(request.termsWords)")
                    : say("\(request.reference), by \(request.byName): \(request.termsWords)")
            )
            if let day = request.decidedOn { h.span(.class("also"), text: say("Decided on \(day).")) }
            if let day = request.endedOn { h.span(.class("also"), text: say("It was decided on \(day) that it ends.")) }
            if !request.words.isEmpty { h.p(.class("kept-lines"), text: request.words) }
            for document in found.documents[request.id] ?? [] {
                h.span(.class("also")) {
                    h.a(.href("\(base)/\(request.id)/documents/\(document.id)"), text: document.name)
                }
            }
            if let minutes = request.minutes { h.p { h.record(minutes) } }
            if let reason = request.reason { h.p(.class("kept-lines"), text: .record(reason)) }
            if mayAsk, request.state == .received { takeBack(request) }
        }
        h.div(.class("age")) { h.day(of: request.recordedAt) }
    }

    private func state(_ state: ReliefState) {
        switch state {
        case .adopted: h.span(.class("same"), text: state.words)
        case .rejected: h.span(.class("off"), text: state.words)
        case .received, .put, .takenBack: h.text(state.words)
        }
    }

    private func takeBack(_ request: ReliefRequest) {
        let form = NamedForm(request.id)
        h.details(.class("more-forms"), .when(room.form.has(form.field("reason")), .open())) {
            h.summary(say("Take back request \(request.reference)"))
            room.form(h, "\(base)/\(request.id)/take-back") {
                h.textArea(
                    form.field("reason"),
                    label: say("Reason"),
                    value: form.sent("reason", in: room.form),
                    rows: 3,
                    problems: problems,
                    .maxlength(1000)
                )
                h.div(.class("form-end")) {
                    h.button(.class("button"), .type(.submit), text: say("Take back the request"))
                }
            }
        }
    }
}
