import Access
import Charter
import HTTPTypes
import Languages
import Membership
import Web

// What is added to a member's history: nothing that is recorded is ever overwritten.
extension Operation {
    /// A step in a member's standing.
    static func recordStatus(_ context: APIContext) -> Operation {
        history(
            "/members/{key}/statuses",
            id: "recordStatus",
            summary: "Record a step of a membership",
            detail: "Records that a member was suspended, left or was ended, by the statuses of the charter.",
            body: ObjectSchema(
                name: "NewStatus",
                isClosed: true,
                [
                    .init(
                        name: "status",
                        schema: .choice("The key of the status in the charter.", context.statuses),
                        isRequired: true
                    ),
                    .init(name: "day", schema: .day("The day on which it takes effect."), isRequired: true),
                    .init(
                        name: "decision",
                        schema: .text("The key of a recorded decision.", .key()),
                        isRequired: false
                    ),
                    .grounds,
                ]
            )
        ) { member, call in
            ChangeStatus(
                memberID: member,
                seenRevision: nil,
                status: call.body.text("status") ?? "",
                day: call.body.text("day") ?? "",
                decision: call.body.text("decision") ?? "",
                grounds: call.body.text("grounds") ?? "",
                charter: call.context.charter
            )
        }
    }

    /// Another name.
    static func addName(_ context: APIContext) -> Operation {
        history(
            "/members/{key}/names",
            id: "addName",
            summary: "Add a name",
            detail: "Adds a name in another language, or an alias under which a member is found as well.",
            body: ObjectSchema(
                name: "NewName",
                isClosed: true,
                [
                    .init(name: "name", schema: .text("As it is written.", .line(1, 200)), isRequired: true),
                    .init(
                        name: "language",
                        schema: .text("BCP 47.", .opaque(2, 12), example: "ko"),
                        isRequired: true
                    ),
                    .init(
                        name: "kind",
                        schema: .choice(
                            "`name` for the official one in that language, `alias` for another spelling or a former one.",
                            AddMemberName.Kind.allCases.map(\.rawValue)
                        ),
                        isRequired: true
                    ),
                    .grounds,
                ]
            )
        ) { member, call in
            AddMemberName(
                memberID: member,
                name: call.body.text("name") ?? "",
                language: call.body.text("language") ?? "",
                kind: call.body.text("kind").flatMap(AddMemberName.Kind.init(rawValue:)) ?? .alias,
                grounds: call.body.text("grounds") ?? "",
                charter: call.context.charter
            )
        }
    }

    /// The end of a name in another language, or of an alias.
    static func endName(_ context: APIContext) -> Operation {
        Operation(
            .post,
            "/members/{key}/names/end",
            id: "endName",
            topic: .members,
            summary: "End a name",
            detail: """
                Ends a name in another language, or an alias: the member is still found under it, and its last day is \
                shown. The member's own name is changed by `editMember`.
                """,
            access: .token(.writeMembers, .editMember),
            parameters: [MemberKey.parameter, WriteHeaders.ifMatch, WriteHeaders.idempotencyKey],
            body: ObjectSchema(
                name: "EndedName",
                isClosed: true,
                [
                    .init(name: "name", schema: .text("As it is written.", .line(1, 200)), isRequired: true),
                    .init(
                        name: "language",
                        schema: .text("BCP 47.", .opaque(2, 12), example: "ko"),
                        isRequired: true
                    ),
                    .init(
                        name: "kind",
                        schema: .choice("As it is on record.", AddMemberName.Kind.allCases.map(\.rawValue)),
                        isRequired: true
                    ),
                    .init(name: "last_day", schema: .day("The last day on which it was in use."), isRequired: true),
                    .grounds,
                ]
            ),
            answers: [.member("The member as it is now.")]
        ) { call in
            let key = try call.required(MemberKey.parameter)
            let member = try await call.ask(MemberToEdit(key: key))
            let body = call.body
            let name = member.otherNames.first {
                $0.name == body.text("name") && $0.language == body.text("language") && $0.kind == body.text("kind")
            }
            guard let name else {
                throw InvalidInput(
                    "name",
                    say("The member has no such name in use beside its own. Look at the names on record.")
                )
            }
            let command = EndMemberName(
                memberID: member.id,
                token: name.token,
                lastDay: body.text("last_day") ?? "",
                grounds: body.text("grounds") ?? "",
                charter: call.context.charter
            )
            return try await call.change(command, of: key)
        }
    }

    private static func history<C: Command>(
        _ path: String,
        id: String,
        summary: String,
        detail: String,
        body: ObjectSchema,
        command: @escaping @Sendable (String, Call) throws -> C
    ) -> Operation {
        Operation(
            .post,
            path,
            id: id,
            topic: .members,
            summary: summary,
            detail: detail,
            access: .token(.writeMembers, .editMember),
            parameters: [MemberKey.parameter, WriteHeaders.ifMatch, WriteHeaders.idempotencyKey],
            body: body,
            answers: [.member("The member as it is now.")]
        ) { call in
            let key = try call.required(MemberKey.parameter)
            let member = try await call.memberID(key)
            return try await call.change(command(member, call), of: key)
        }
    }
}

extension ObjectSchema.Property {
    /// Why something is changed.
    static let grounds = ObjectSchema.Property(
        name: "grounds",
        schema: .text("Why; the journal keeps it.", .lines(3, 1000), example: "Their letter of 3 March 2026"),
        isRequired: true
    )
}
