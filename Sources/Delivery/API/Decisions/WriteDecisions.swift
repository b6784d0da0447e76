import Access
import Decisions
import HTTPTypes
import Web

extension Operation {
    /// A body asked.
    static func openDecision(_ context: APIContext) -> Operation {
        Operation(
            .post,
            "/decisions",
            id: "openDecision",
            topic: .decisions,
            summary: "Ask a body",
            detail: """
                Asks a body of the charter without a meeting, and writes to everybody who answers for a seat; or notes \
                what a meeting is to decide.
                """,
            access: .token(.writeDecisions, .openDecision),
            parameters: [WriteHeaders.idempotencyKey],
            body: DecisionBody.draft(context),
            answers: [
                .made(Shapes.decisionRecord, "The decision that was asked for; Location is its address."),
                // Of what is to be decided about, one is not there.
                .problem(.notFound),
            ]
        ) { call in
            let command = OpenCircular(DecisionBody.read(call.body), services: call.context.decisions)
            return try await call.make(command, at: { "/decisions/\($0)" }, { DecisionRecords.of($0, call) })
        }
    }

    /// The same asked again.
    static let repeatDecision = Operation(
        .post,
        "/decisions/{id}/again",
        id: "repeatDecision",
        topic: .decisions,
        summary: "Ask a body again",
        detail: "Asks the body again about the items that were left undecided.",
        access: .token(.writeDecisions, .openDecision),
        parameters: [DecisionRecords.id, WriteHeaders.idempotencyKey],
        body: ObjectSchema(
            name: "DecisionRepetition",
            isClosed: true,
            [
                .init(
                    name: "way",
                    schema: .choice("`circulation` or `meeting`.", Circular.Way.allCases.map(\.rawValue)),
                    isRequired: true
                )
            ]
        ),
        answers: [.made(Shapes.decisionRecord, "The new decision that was asked for; Location is its address.")]
    ) { call in
        let way = call.body.text("way").flatMap(Circular.Way.init(rawValue:)) ?? .circulation
        let earlier = try call.required(DecisionRecords.id)
        let command = AskAgain(about: earlier, way, services: call.context.decisions)
        return try await call.make(command, at: { "/decisions/\($0)" }, { DecisionRecords.of($0, call) })
    }

    /// A question taken back.
    static let withdrawDecision = decision(
        "/withdrawal",
        id: "withdrawDecision",
        action: .withdrawDecision,
        summary: "Withdraw a decision",
        detail: "Takes a question back before it is decided. Everybody who was asked is told why.",
        body: [
            .init(
                name: "reason",
                schema: .text("Why; everybody who was asked reads it.", .lines(1, 1000)),
                isRequired: true
            )
        ]
    ) { id, call in
        WithdrawCircular(id, reason: call.body.text("reason") ?? "", services: call.context.decisions)
    }

    /// What a meeting decided.
    static let recordMeeting = decision(
        "/meeting",
        id: "recordMeeting",
        action: .recordDecision,
        summary: "Record a meeting's outcome",
        detail: "Enters what the body decided in a meeting, with the same effects as answers that were counted.",
        body: [
            .init(name: "day", schema: .day("The day of the meeting."), isRequired: true),
            .init(
                name: "minutes",
                schema: .text(
                    "Where its minutes are.",
                    .line(1, 300),
                    example: "Minutes of the 7th General Assembly, item 4"
                ),
                isRequired: true
            ),
            DecisionBody.outcomes,
        ]
    ) { id, call in
        RecordMeetingDecision(
            id,
            outcomes: DecisionBody.readOutcomes(call.body),
            day: call.body.text("day") ?? "",
            minutes: call.body.text("minutes") ?? "",
            services: call.context.decisions
        )
    }

    /// An answer that reached the secretariat in another way.
    static let recordAnswer = decision(
        "/answers",
        id: "recordAnswer",
        action: .recordDecision,
        summary: "Record an answer",
        detail: "Enters an answer of a seat that came on paper. Who answers for the seat can still change it.",
        body: [
            DecisionBody.seat, DecisionBody.answers, DecisionBody.comment,
            .init(
                name: "grounds",
                schema: .text("Where it can be checked.", .line(1, 500), example: "Letter of 3 May"),
                isRequired: true
            ),
        ]
    ) { id, call in
        RecordAnswer(
            id,
            seat: call.body.text("seat") ?? "",
            answers: DecisionBody.readAnswers(call.body),
            comment: call.body.text("comment") ?? "",
            grounds: call.body.text("grounds") ?? "",
            services: call.context.decisions
        )
    }

    /// What an item asks for, carried out after what stood in the way was put right.
    static let carryOutItem: Operation = {
        let item = Parameter<String>.path("item", "The item's id.")
        return decision(
            "/items/{item}/carry-out",
            id: "carryOutItem",
            action: .recordDecision,
            summary: "Carry an item out again",
            detail: "Carries out what a decided item asks for. What still stands in the way is the item's `problem`.",
            parameters: [item]
        ) { id, call in
            CarryOutAgain(id, item: try call.required(item), services: call.context.decisions)
        }
    }()

    private static func decision<C: Command>(
        _ end: String,
        id: String,
        action: Action,
        summary: String,
        detail: String,
        parameters: [any AnyParameter] = [],
        body: [ObjectSchema.Property]? = nil,
        command: @escaping @Sendable (String, Call) throws -> C
    ) -> Operation {
        let name = id.prefix(1).uppercased() + id.dropFirst()
        return Operation(
            .post,
            "/decisions/{id}\(end)",
            id: id,
            topic: .decisions,
            summary: summary,
            detail: detail,
            access: .token(.writeDecisions, action),
            parameters: [DecisionRecords.id] + parameters + [WriteHeaders.ifMatch, WriteHeaders.idempotencyKey],
            body: body.map { ObjectSchema(name: "\(name)Body", isClosed: true, $0) },
            answers: [.one(Shapes.decisionRecord, "The decision as it is now.")]
        ) { call in
            let id = try call.required(DecisionRecords.id)
            return try await call.change(command(id, call), on: DecisionRecords.of(id, call))
        }
    }
}
