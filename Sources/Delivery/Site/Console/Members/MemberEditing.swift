import Access
import Charter
import HTML
import HTTPTypes
import Hummingbird
import Languages
import Membership
import Standing
import Web

extension Site {
    /// A member's page in the console, and the forms that change it.
    static func addMemberEditing(to rooms: RoomRoutes) {
        rooms.get("/console/members/:key", .may(.readMembers)) { room in
            let key = try room.parameter("key")
            let before = try room.query().string("before", maximumCharacters: 36)
            do {
                let story = try await room.ask(MemberStory(key: key, before: before))
                let participation = try await room.ask(ParticipationOfMember(member: key))
                let dues = try await ConsoleMemberDues.load(room, key)
                return consoleMemberPage(room, story, participation, dues)
            } catch MemberRefusal.noSuchMember {
                guard let kept = try await room.site.directory.keptKey(of: key) else {
                    throw MemberRefusal.noSuchMember
                }
                return room.redirect(to: memberAddress(kept), notice: say("\(key) was merged with this member."))
            }
        }
        rooms.get("/console/members/:key/edit", .may(.editMember)) { room in
            let member = try await room.ask(MemberToEdit(key: room.parameter("key")))
            return editPage(room, MemberEditForm(member, today: room.today))
        }
        rooms.post("/console/members/:key/edit", .may(.editMember)) { room in try await saveMember(room) }
        rooms.get("/console/members/:key/status", .may(.editMember)) { room in
            try await statusPage(room, .none, status: .ok)
        }
        rooms.post("/console/members/:key/status", .may(.editMember)) { room in try await saveStatus(room) }
        rooms.get("/console/members/:key/names", .may(.editMember)) { room in
            try await namesPage(room, .none, status: .ok)
        }
        rooms.post("/console/members/:key/names", .may(.editMember)) { room in try await saveName(room) }
    }
}

/// The form in which a member is changed: what was seen, what is entered.
struct MemberEditForm: Sendable {
    var key: String
    var id: String
    var revision: Int
    var seen: MemberDraft
    var entered: MemberDraft
    var nameChange: NameChange
    var effective: String
    var grounds: String
    var problems: FormProblems

    /// As it is opened.
    init(_ member: EditableMember, today: Day) {
        key = member.key
        id = member.id
        revision = member.revision
        seen = member.draft
        entered = member.draft
        nameChange = .renamed
        effective = today.description
        grounds = ""
        problems = .none
    }

    /// As it was sent. `member` is the one that the address names; the rest is what somebody typed.
    init(_ form: FormValues, member: EditableMember) {
        key = member.key
        id = member.id
        revision = Int(form["revision"]) ?? 0
        seen = MemberDraft()
        entered = MemberDraft()
        for input in MemberInput.allCases {
            seen[input] = form.exact("seen-\(input.rawValue)")
            entered[input] = form.exact(input.rawValue)
        }
        nameChange = NameChange(rawValue: form["name_change"]) ?? .renamed
        effective = form["effective"]
        grounds = form.exact("grounds")
        problems = .none
        guard form.has("resolve") else { return }
        var choices: [MemberField: EditConflict.Choice] = [:]
        for field in MemberField.allCases {
            choices[field] = EditConflict.Choice(rawValue: form["choice-\(field.rawValue)"])
        }
        entered = EditConflict.resolve(now: seen, entered: entered, choices: choices)
    }
}

private func saveMember(_ room: Room) async throws -> Response {
    let member = try await room.ask(MemberToEdit(key: room.parameter("key")))
    var form = MemberEditForm(room.form, member: member)
    let command = EditMember(
        memberID: member.id,
        seenRevision: form.revision,
        seen: form.seen,
        entered: form.entered,
        nameChange: form.nameChange,
        effective: form.effective,
        grounds: form.grounds,
        charter: room.site.charter,
        countries: room.site.countries.codes
    )
    do {
        let outcome = try await room.run(command)
        let changed = Phrase.list(outcome.changed.map(\.noun))
        let notice =
            outcome.changed.isEmpty
            ? say("Nothing differed, so nothing was changed.")
            : say("Saved: \(changed).")
        return room.redirect(to: memberAddress(member.key), notice: notice)
    } catch let input as InvalidInput {
        form.problems = FormProblems(input)
        return editPage(room, form, status: .unprocessableContent)
    } catch let conflict as EditConflict { return conflictPage(room, form, conflict) }
}
