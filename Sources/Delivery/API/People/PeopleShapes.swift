import Access
import Database
import Identity
import Languages

/// A role that somebody holds or held, with the place as everybody knows it.
struct HeldRole: Sendable {
    let grant: Grant
    /// The key of the member or body; empty for the secretariat.
    let place: String

    init(_ grant: Grant, _ transaction: Transaction) throws {
        self.grant = grant
        place =
            switch grant.place {
            case .member(let id): try transaction.memberKey(id) ?? ""
            default: grant.place.id
            }
    }
}

/// The entity tag of a role: of how long it is held.
enum RoleTag {
    static func of(_ grant: Grant) -> String {
        let state = [grant.id, grant.endsOn ?? "", grant.endedAt ?? ""].joined(separator: "\n")
        return StateTag.make(Array(state.utf8), of: grant.id)
    }
}

extension KeptAnswer {
    /// A role as it is in this transaction, with its tag.
    static func role(
        _ transaction: Transaction,
        _ id: String,
        status: Int,
        location: String? = nil
    ) throws -> KeptAnswer {
        guard let grant = try Grant.find(transaction, id: id) else { throw RoleRefusal.noSuchRole }
        return KeptAnswer(
            status: status,
            body: Shapes.role.writer.bytes(try HeldRole(grant, transaction)),
            entityTag: RoleTag.of(grant),
            location: location
        )
    }
}

extension Shapes {
    static let role = Shape<HeldRole>(
        "Role",
        [
            .text("id", "The id of this holding of the role.") { $0.grant.id },
            .text("etag", "Its state, for If-Match.") { RoleTag.of($0.grant) },
            .text("person", "The id of the person.") { $0.grant.personID },
            .text("role", "As `hansa rights` names it.", example: "representative") { $0.grant.role.rawValue },
            .text("place_kind", "`association`, `body` or `member`.") { $0.grant.place.kind },
            .text("place", "The key of the member or body; empty for the secretariat.") { $0.place },
            .day("from", "The first day.") { $0.grant.startsOn },
            .optionalDay("until", "The last day; null for open.") { $0.grant.endsOn },
            .instant("given_at", "When it was given.") { $0.grant.givenAt },
            .optionalText("given_by", "The id of who gave it; null for the program's operator.") { $0.grant.givenBy },
            .optionalInstant("ended_at", "When it was ended with effect at once.") { $0.grant.endedAt },
            .optionalText("grounds", "Why it was given.") { $0.grant.grounds.map { Phrase.record($0).english } },
        ]
    )
}

/// Somebody and roles of theirs.
struct PersonEntry: Sendable {
    let person: Person
    let roles: [HeldRole]

    static func state(_ person: Person) -> String {
        if person.erasedAt != nil { return "erased" }
        if person.closedAt != nil { return "closed" }
        return person.signedInAt == nil ? "invited" : "active"
    }
}

extension Shapes {
    static let person = Shape<PersonEntry>(
        "Person",
        always: ["id"],
        personFields({ $0.person }, [.objects("roles", "The roles that they hold today.", Shapes.role) { $0.roles }])
    )

    /// What is told of somebody, and `more`.
    static func personFields<Value: Sendable>(
        _ of: @escaping @Sendable (Value) -> Person,
        _ more: [Field<Value>]
    ) -> [Field<Value>] {
        let fields: [Field<Value>] = [
            .text("id", "The person's id.") { of($0).id },
            .text("name", "Their name; empty once erased.") { of($0).name },
            .optionalText("email", "Their address; null once erased.") { of($0).email },
            .text("language", "Of their mail, BCP 47.") { of($0).language },
            .text("state", "`active`, `invited`, `closed` or `erased`.") { PersonEntry.state(of($0)) },
            .flag("has_second_factor", "Whether they sign in with a second factor.") { of($0).hasSecondFactor },
            .instant("created_at", "Since when they are known.") { of($0).createdAt },
            .optionalInstant("signed_in_at", "When they last signed in.") { of($0).signedInAt },
            .optionalInstant("closed_at", "Since when they can no longer sign in.") { of($0).closedAt },
        ]
        return fields + more
    }
}

/// The entity tag of an invitation: of what became of it.
enum InvitationTag {
    static func key(_ id: String) -> String { "invitation \(id)" }

    static func of(_ invitation: Invitation) -> String {
        let state = [
            invitation.id, invitation.sentAt, invitation.acceptedAt ?? "", invitation.revokedAt ?? "",
        ]
        return StateTag.make(Array(state.joined(separator: "\n").utf8), of: key(invitation.id))
    }
}

/// Somebody with every role that they ever held.
struct PersonFile: Sendable {
    let record: PersonRecord.Answer
    let roles: [HeldRole]
}

extension Shapes {
    static let invitation = Shape<Invitation>(
        "Invitation",
        [
            .text("id", "The invitation's id.") { $0.id },
            .text("etag", "Its state, for If-Match.") { InvitationTag.of($0) },
            .text("role", "The id of the role that goes with it.") { $0.grantID },
            .instant("sent_at", "When it was sent last.") { $0.sentAt },
            .optionalInstant("accepted_at", "When they came in.") { $0.acceptedAt },
            .optionalInstant("revoked_at", "When it was taken back.") { $0.revokedAt },
        ]
    )

    static let personFile = Shape<PersonFile>(
        "PersonRecord",
        always: ["id"],
        personFields(
            { $0.record.person },
            [
                .objects("roles", "Every role that they ever held, the latest first.", Shapes.role) { $0.roles },
                .objects("invitations", "How they were invited, the latest first.", Shapes.invitation) {
                    $0.record.invitations
                },
            ]
        )
    )
}

/// Somebody of a member.
struct MemberPerson: Sendable {
    let line: PeopleOfMember.Line
    let role: HeldRole
}

extension Shapes {
    static let memberPerson = Shape<MemberPerson>(
        "MemberPerson",
        [
            .text("person", "The person's id.") { $0.line.person.id },
            .text("name", "Their name.") { $0.line.person.name },
            .optionalText("email", "Their address.") { $0.line.person.email },
            .text("state", "`active`, `invited` or `closed`.") { PersonEntry.state($0.line.person) },
            .object("role", "The role that they hold or held in the member.", Shapes.role) { $0.role },
            .optionalInstant("invited_at", "When the invitation that waits for them was sent last.") {
                $0.line.invitation?.sentAt
            },
            .optionalObject("invitation", "The invitation that waits for them.", Shapes.invitation) {
                $0.line.invitation
            },
        ]
    )
}
