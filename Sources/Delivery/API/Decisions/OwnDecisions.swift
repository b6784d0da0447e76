import Access
import Decisions
import HTTPTypes
import Identity
import Web

/// A decision as somebody who answers for a seat sees it.
private enum OwnDecisionRecords {
    static let id = Parameter<String>.path("id", "The decision's id.")

    static func of(_ call: Call) throws -> Record<OwnCircular, OwnCircular.Answer> {
        let id = try call.required(id)
        let person = try call.actor.person.id
        let question = OwnCircular(id, person: person, services: call.context.decisions)
        return Record("own decision \(id)", Shapes.ownDecision, question)
    }
}

extension Operation {
    /// What the token's holder is asked.
    static let listOwnDecisions = list(
        "/own-decisions",
        id: "listOwnDecisions",
        topic: .decisions,
        summary: "List what you are asked",
        detail: "What you are and were asked as one who answers for seats: open ones first, two hundred at most.",
        of: Shapes.ownDecisionLine,
        named: "OwnDecisions",
        access: .token(.answerDecisions, .ownAccount)
    ) { call in
        try await call.ask(OwnCirculars(person: call.actor.person.id, services: call.context.decisions))
    }

    static let getOwnDecision = one(
        "/own-decisions/{id}",
        id: "getOwnDecision",
        topic: .decisions,
        summary: "Read what you are asked",
        detail: "One decision with your seats and their answers; how all seats answered once it is closed.",
        of: Shapes.ownDecision,
        access: .token(.answerDecisions, .ownAccount),
        parameters: [OwnDecisionRecords.id]
    ) { try OwnDecisionRecords.of($0) }

    /// The answer of a seat.
    static let answerDecision = Operation(
        .post,
        "/own-decisions/{id}/answers",
        id: "answerDecision",
        topic: .decisions,
        summary: "Answer for a seat",
        detail: """
            Answers for a seat of yours. A later answer of the same seat replaces it until the end; both are kept. \
            Only a person's own token answers: a member's seat is answered by its people.
            """,
        access: .token(.answerDecisions, .answerDecision),
        parameters: [OwnDecisionRecords.id, WriteHeaders.ifMatch, WriteHeaders.idempotencyKey],
        body: ObjectSchema(
            name: "SeatAnswers",
            isClosed: true,
            [DecisionBody.seat, DecisionBody.answers, DecisionBody.comment]
        ),
        answers: [.one(Shapes.ownDecision, "The decision as it is now.")]
    ) { call in
        let command = AnswerCircular(
            try call.required(OwnDecisionRecords.id),
            seat: call.body.text("seat") ?? "",
            as: try call.actor,
            answers: DecisionBody.readAnswers(call.body),
            comment: call.body.text("comment") ?? "",
            services: call.context.decisions
        )
        return try await call.change(command, on: OwnDecisionRecords.of(call))
    }
}
