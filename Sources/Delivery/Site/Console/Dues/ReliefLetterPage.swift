import Access
import Charter
import Dues
import HTML
import HTTPTypes
import Hummingbird
import Languages
import Web

extension Site {
    /// A letter in which a member asks for relief, as the secretariat records it.
    static func addReliefLetters(to rooms: RoomRoutes) {
        let path = memberAddress(":key", "relief")
        rooms.get(path, .may(.requestDues)) { try await letterPage($0, nil, .none) }
        rooms.post(path, .may(.requestDues), largestBody: SentDocument.largestBody) { room in
            guard let kind = ReliefKind(rawValue: room.form["kind"]) else {
                let problem = InvalidInput("kind", say("Choose what the member asks."))
                return try await letterPage(room, nil, FormSetback(problems: FormProblems(problem)))
            }
            let (form, typed) = (MemberReliefForm.form(kind), MemberReliefForm(kind, room.form))
            return try await room.trying(form) {
                var draft = typed.draft
                draft.letterDay = form.sent("letter_day", in: room.form)
                draft.signedBy = form.sent("signed_by", in: room.form)
                draft.document = try await room.sentDocument(of: form).map {
                    ReliefDraft.Document($0.file, name: $0.name)
                }
                let key = try room.parameter("key")
                let made = try await room.run(AskRelief(key, draft, services: room.site.rooms.dues))
                return room.redirect(
                    to: ConsoleDues.relief(made.id),
                    notice: say("The letter is recorded. Put it before the body next.")
                )
            } again: {
                try await letterPage(room, typed, $0)
            }
        }
    }
}

/// - Parameter typed: what was sent and not taken.
private func letterPage(_ room: Room, _ typed: MemberReliefForm?, _ trouble: FormSetback) async throws -> Response {
    let found = try await room.ask(ReliefOfMember(room.parameter("key"), charter: room.site.charter))
    let trail =
        Site.membersTrail + [
            (address: memberAddress(found.memberKey), name: .verbatim(found.memberName)),
            (address: memberAddress(found.memberKey, "dues"), name: ConsolePlace.dues.title),
        ]
    let title = say("A letter of \(found.memberName) about its dues")
    let page = RoomPage(title: title, place: .console(.members), trail: trail)
    return room.page(page, status: trouble.status) { h in
        h.p(
            .class("lede"),
            text: say("Choose what the member asks. The body that decides gets it, with the letter.")
        )
        h.trouble(trouble)
        if let rule = found.possible.first?.rule { h.p { h.rule(rule) } }
        h.div(.id("field-kind"), .tabindex(-1)) {
            for possible in found.possible { letterForm(h, room, found, possible, typed, trouble) }
        }
        for impossible in found.impossible {
            h.p(.class("quiet")) {
                h.b(impossible.kind.words)
                h.text(": ")
                h.ruled(impossible.because)
            }
        }
    }
}

private func letterForm(
    _ h: HTMLWriter,
    _ room: Room,
    _ found: ReliefOfMember.Answer,
    _ possible: ReliefOfMember.Possible,
    _ typed: MemberReliefForm?,
    _ trouble: FormSetback
) {
    let (kind, form) = (possible.kind, MemberReliefForm.form(possible.kind))
    let sent = typed?.kind == kind ? typed : nil
    h.details(.class("more-forms"), .when(sent != nil, .open())) {
        h.summary(kind.words)
        room.uploadForm(h, memberAddress(found.memberKey, "relief")) {
            h.hiddenField("kind", kind.rawValue)
            h.div(.class("field-pair")) {
                h.textField(
                    form.field("letter_day"),
                    label: say("Date of the letter"),
                    value: form.sent("letter_day", in: room.form),
                    type: .date,
                    problems: trouble.problems,
                    .max(room.today.description)
                )
                h.textField(
                    form.field("signed_by"),
                    label: say("Signed by"),
                    value: form.sent("signed_by", in: room.form),
                    problems: trouble.problems,
                    .maxlength(200),
                    .autocomplete("off")
                )
            }
            ReliefFields(
                h: h,
                typed: sent ?? MemberReliefForm(kind, year: room.today.year),
                inForce: found.inForce,
                problems: trouble.problems,
                today: room.today
            ).write()
            h.div(.class("form-end")) {
                h.button(.class("button primary"), .type(.submit), text: say("Record the letter"))
            }
        }
    }
}
