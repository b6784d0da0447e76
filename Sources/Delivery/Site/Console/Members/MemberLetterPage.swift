import Access
import Charter
import HTML
import HTTPTypes
import Hummingbird
import Joining
import Languages
import Membership
import Web

extension Site {
    /// A letter in which a member leaves, appeals or asks to be reinstated, as the secretariat records it.
    static func addMemberLetter(to rooms: RoomRoutes) {
        let path = "\(ConsoleMembersAddress.path)/:key/letter"
        rooms.get(path, .may(.requestMembership)) { room in letterPage(room, try await room.requestsOfMember(), .none) }
        rooms.post(path, .may(.requestMembership), largestBody: SentDocument.largestBody) { room in
            let found = try await room.requestsOfMember()
            do {
                let made = try await room.run(letterCommand(room, found))
                return room.redirect(
                    to: ConsoleJoining.request(made.id),
                    notice: say("The letter is recorded. Put it before the body next.")
                )
            } catch let input as InvalidInput {
                return letterPage(room, found, FormProblems(input))
            } catch RequestRefusal.notPossible(let because) {
                return letterPage(room, found, FormProblems(fields: [.init("kind", because)]))
            }
        }
    }

    private static func letterCommand(_ room: Room, _ found: MembershipRequests.Answer) async throws -> FileRequest {
        guard let kind = MembershipRequestKind(rawValue: room.form["kind"]) else {
            throw InvalidInput("kind", say("Choose what the member asks."))
        }
        let document = try await room.sentDocument()
        return FileRequest(
            kind,
            member: found.memberID,
            letterDay: room.form["letter_day"],
            words: room.form.exact("words"),
            signedBy: room.form["signed_by"],
            document: document.map { FileRequest.Document($0.file, name: $0.name) },
            services: room.site.rooms.joining
        )
    }
}

extension Room {
    fileprivate func requestsOfMember() async throws -> MembershipRequests.Answer {
        try await ask(MembershipRequests(parameter("key"), charter: site.charter))
    }
}

private func letterPage(_ room: Room, _ found: MembershipRequests.Answer, _ problems: FormProblems) -> Response {
    let trail = Site.membersTrail + [(address: memberAddress(found.memberKey), name: .verbatim(found.memberName))]
    let title = say("A letter of \(found.memberName)")
    let page = RoomPage(title: title, place: .console(.members), trail: trail)
    return room.page(page, status: problems.isEmpty ? .ok : .unprocessableContent) { h in
        h.p(
            .class("lede"),
            text: say(
                "The member leaves, appeals or asks to be reinstated. The letter is recorded with its own day, and the body that decides gets it."
            )
        )
        h.problems(problems)
        if letterKinds(found).isEmpty {
            h.div(.class("empty")) {
                h.h2(say("Nothing can be asked now"))
                for each in found.impossible { h.p(kindAndReason(each)) }
            }
        } else {
            letterForm(h, room, found, problems)
        }
        earlierRequests(h, found)
    }
}

/// The kinds that a letter can be of. A letter that came late can be an appeal that was made in time.
private func letterKinds(_ found: MembershipRequests.Answer) -> [MembershipRequestKind] {
    let possible = found.possible.map(\.kind)
    let hasAppeal = possible.contains(.appeal) || found.requests.contains { $0.kind == .appeal && $0.state.isLive }
    return possible + (hasAppeal || found.standing == nil ? [] : [.appeal])
}

private func kindAndReason(_ impossible: MembershipRequests.Impossible) -> Phrase {
    say("\(impossible.kind.words): \(impossible.because)", context: "what cannot be asked, and why")
}

private func letterForm(
    _ h: HTMLWriter,
    _ room: Room,
    _ found: MembershipRequests.Answer,
    _ problems: FormProblems
) {
    room.uploadForm(h, memberAddress(found.memberKey, "letter")) {
        kindChoice(h, room, found, problems)
        h.field("letter_day", label: say("Day of the letter"), problems: problems) { tied in
            let day = room.form["letter_day"]
            h.input(tied + [.type(.date), .value(day), .max(room.today.description), .required()])
        }
        h.textField(
            "signed_by",
            label: say("Who signed it"),
            value: room.form["signed_by"],
            help: say("The name, and the position if the letter has it."),
            problems: problems,
            .maxlength(200),
            .required()
        )
        h.textArea(
            "words",
            label: say("What it says", context: "a letter"),
            value: room.form.exact("words"),
            help: say("As the member put it: the body that decides reads it."),
            problems: problems,
            .maxlength(4000)
        )
        h.documentField("document", label: say("The letter itself (if you have it as a file)"), problems: problems)
        h.div(.class("form-end")) {
            h.button(.class("button primary"), .type(.submit), text: say("Record the letter"))
            h.a(.class("button"), .href(memberAddress(found.memberKey)), text: say("Leave it as it is"))
        }
    }
}

private func kindChoice(_ h: HTMLWriter, _ room: Room, _ found: MembershipRequests.Answer, _ problems: FormProblems) {
    let words = room.site.words
    h.fieldset(.id("field-kind"), .tabindex(-1)) {
        h.legend(say("What the member asks"))
        if let message = problems.message("kind") { h.div(.class("field")) { h.p(.class("error"), text: message) } }
        for kind in letterKinds(found) {
            let possible = found.possible.first { $0.kind == kind }
            h.label(.class("check version")) {
                h.input(
                    .type(.radio),
                    .name("kind"),
                    .value(kind.rawValue),
                    .checked(room.form["kind"] == kind.rawValue),
                    .required()
                )
                h.span {
                    h.b(kind.words)
                    if let possible {
                        let (body, status) = (words.body(possible.body), words.status(possible.leadsTo))
                        h.span(.class("also"), text: say("The \(body) decides; then “\(status)”."))
                    } else if let reason = found.impossible.first(where: { $0.kind == kind })?.because {
                        h.span(.class("also"), text: say("Only by a letter that was in time. Today: \(reason)"))
                    }
                }
            }
        }
        for each in found.impossible where !letterKinds(found).contains(each.kind) {
            h.p(.class("quiet"), text: kindAndReason(each))
        }
    }
}

private func earlierRequests(_ h: HTMLWriter, _ found: MembershipRequests.Answer) {
    h.section(.aria(.labelledby, "requests")) {
        h.h2(.id("requests"), text: say("Requests so far"))
        guard !found.requests.isEmpty else { return h.p(.class("quiet"), text: say("There is none.")) }
        h.ul(.class("rows plain-rows")) {
            for request in found.requests {
                h.li(.data("row")) {
                    h.div {
                        h.a(.href(ConsoleJoining.request(request.id)), text: request.kind.words)
                        h.span(.class("also"), text: say("\(request.reference), letter of \(request.letterDay)"))
                    }
                    h.div { h.requestState(request.state) }
                }
            }
        }
    }
}
