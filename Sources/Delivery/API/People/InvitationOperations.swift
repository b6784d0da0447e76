import Access
import Database
import HTTPTypes
import Web

extension Operation {
    /// An invitation that was lost, or whose link has expired.
    static let inviteAgain = invitation(
        "again",
        id: "inviteAgain",
        summary: "Invite again",
        detail: """
            Sends an invitation again, with a new link; the one in the earlier mail does nothing any more. If-Match is \
            `etag` of the invitation.
            """,
        answers: .one(Shapes.invitation, "The invitation as it is now."),
        command: { InviteAgain($0, places: $1.context.places, letters: $1.context.letters) },
        answer: { transaction, id in
            let invitation = try Invitation.known(transaction, id)
            return KeptAnswer(
                status: 200,
                body: Shapes.invitation.writer.bytes(invitation),
                entityTag: InvitationTag.of(invitation)
            )
        }
    )

    /// An invitation taken back, with the role that went with it.
    static let revokeInvitation = invitation(
        "revocation",
        id: "revokeInvitation",
        summary: "Take an invitation back",
        detail: """
            Takes an invitation back and ends its role. Of somebody who never came in and has no other role nothing \
            personal is kept. If-Match is `etag` of the invitation.
            """,
        answers: .removed,
        command: { RevokeInvitation($0, sources: $1.context.personalData) },
        answer: { _, id in .removed(id) }
    )

    private static func invitation<C: Command>(
        _ end: String,
        id: String,
        summary: String,
        detail: String,
        answers: AnswerDescription,
        command: @escaping @Sendable (String, Call) -> C,
        answer: @escaping @Sendable (Transaction, String) throws -> KeptAnswer
    ) -> Operation {
        let wanted = Parameter<String>.path("id", "The invitation's id.")
        return Operation(
            .post,
            "/invitations/{id}/\(end)",
            id: id,
            topic: .people,
            summary: summary,
            detail: detail,
            access: .token(.writePeople, .giveMemberRole),
            parameters: [wanted, WriteHeaders.ifMatch, WriteHeaders.idempotencyKey],
            answers: [answers]
        ) { call in
            let id = try call.required(wanted)
            return try await call.run(
                command(id, call),
                on: InvitationTag.key(id),
                tag: { InvitationTag.of(try Invitation.known($0, id)) },
                answer: { transaction, _ in try answer(transaction, id) }
            )
        }
    }
}

extension Invitation {
    /// Throws `InvitationRefusal.noSuchInvitation`.
    fileprivate static func known(_ transaction: Transaction, _ id: String) throws -> Invitation {
        guard let found = try find(transaction, id: id) else { throw InvitationRefusal.noSuchInvitation }
        return found
    }
}
