import Access
import Charter
import HTTPTypes
import Languages
import Membership
import Web

extension Shapes {
    static let memberMailing = Shape<MailMembers.Outcome>(
        "MemberMailing",
        [
            .optionalText("action", "The id of the action, to stop it by; null when nobody could be written to.") {
                $0.actionID
            },
            .integer("mails", "How many mails wait to be sent.") { $0.mails },
            .integer("without", "How many members have neither a representative nor a contact address.") {
                $0.without
            },
            .texts("names", "The names of the first of these.") { $0.withoutNames },
        ]
    )

    static let stoppedMailing = Shape<StopMailing.Outcome>(
        "StoppedMailing",
        [
            .integer("stopped", "How many mails were stopped.") { $0.stopped },
            .integer("gone", "How many had left already.") { $0.gone },
        ]
    )
}

/// A mail to many members as it is sent.
private struct MailingBody: Sendable {
    let roll: RollParameters

    var object: ObjectSchema {
        ObjectSchema(
            name: "NewMemberMailing",
            isClosed: true,
            [
                .init(name: "subject", schema: .text("What it is about.", .line(1, 150)), isRequired: true),
                .init(
                    name: "text",
                    schema: .text("What it says. An empty line begins a new paragraph.", .lines(1, 20_000)),
                    isRequired: true
                ),
                .init(
                    name: "members",
                    schema: .list(
                        "The keys of the members. Either these or `filter`.",
                        of: .text("A key.", .key()),
                        atLeast: 1,
                        atMost: 500,
                        isUnique: true
                    ),
                    isRequired: false
                ),
                .init(
                    name: "filter",
                    schema: Schema(.object(roll.object), "All members that `listMembers` lists with these."),
                    isRequired: false
                ),
            ]
        )
    }

    /// Throws `InvalidInput` for a body that names its members twice or not at all.
    func selection(_ call: Call) async throws -> MemberSelection {
        switch (call.body.texts("members"), call.body["filter"]) {
        case (let keys?, nil): return .members(try await call.memberIDs(keys))
        case (nil, let filter?): return .matching(roll.filter(filter, today: call.context.today()))
        default:
            throw InvalidInput("members", say("Name the members, or send a filter that lists them: one of the two."))
        }
    }
}

extension Operation {
    /// One mail to each representative and contact address of many members.
    static func mailMembers(_ context: APIContext) -> Operation {
        let body = MailingBody(roll: RollParameters(context))
        return Operation(
            .post,
            "/member-mailings",
            id: "mailMembers",
            topic: .members,
            summary: "Write to members",
            detail: """
                Writes one mail to each representative and contact address of many members, as one action that can be \
                stopped while mails wait. Who represents two of them gets one.
                """,
            access: .token(.mailMembers, .mailMembers),
            parameters: [WriteHeaders.idempotencyKey],
            body: body.object,
            answers: [
                AnswerDescription(
                    .created,
                    "The mails wait to be sent; Location is the address of the action.",
                    Shapes.memberMailing.schema("What was written."),
                    headers: [.location]
                ),
                AnswerDescription(
                    .ok,
                    "Nobody could be written to, so nothing was done.",
                    Shapes.memberMailing.schema("What was written.")
                ),
            ]
        ) { call in
            let command = MailMembers(
                try await body.selection(call),
                subject: call.body.text("subject") ?? "",
                text: call.body.text("text") ?? ""
            )
            return try await call.run(command, tag: nil) { _, outcome in
                KeptAnswer(
                    status: outcome.actionID == nil ? 200 : 201,
                    body: Shapes.memberMailing.writer.bytes(outcome),
                    location: outcome.actionID.map { "\(API.path)/bulk-actions/\($0)" }
                )
            }
        }
    }

    /// What has not left of a mail to many members.
    static let stopMailing = Operation(
        .post,
        "/bulk-actions/{id}/stop",
        id: "stopMailing",
        topic: .members,
        summary: "Stop a mail to many members",
        detail: "Stops those mails of an action that were not sent yet.",
        access: .token(.mailMembers, .mailMembers),
        parameters: [BulkRecord.id, WriteHeaders.ifMatch, WriteHeaders.idempotencyKey],
        answers: [
            AnswerDescription(.ok, "What was stopped.", Shapes.stoppedMailing.schema("What was stopped."))
        ]
    ) { call in
        let command = StopMailing(actionID: try call.required(BulkRecord.id))
        return try await call.change(command, on: BulkRecord.of(call)) { _, outcome in
            KeptAnswer(status: 200, body: Shapes.stoppedMailing.writer.bytes(outcome))
        }
    }
}
