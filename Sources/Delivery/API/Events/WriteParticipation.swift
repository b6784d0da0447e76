import Access
import Charter
import HTTPTypes
import Standing
import Web

extension ParticipationPlace {
    private static let member = Parameter<String>.path("member", "The member's key.")
    private static let capacity = Parameter<String>.path("capacity", "In which capacity it is recorded so far.")

    fileprivate static let parameters: [any AnyParameter] = [
        EventRecords.event, member, capacity, WriteHeaders.ifMatch, WriteHeaders.idempotencyKey,
    ]

    fileprivate init(_ call: Call) throws {
        self.init(
            event: try call.required(EventRecords.event),
            member: try call.required(Self.member),
            capacity: try call.required(Self.capacity)
        )
    }

    /// How it is found, as whoever asks may.
    fileprivate var reading: Reading<OneEvent, Participation> {
        Reading(OneEvent(event)) { found, _ in try find(in: found) }
    }

    /// What is sent of it; everything but the grounds can be left out of a correction.
    fileprivate static func properties(isNew: Bool) -> [ObjectSchema.Property] {
        [
            .grounds,
            .init(
                name: "capacity",
                schema: .choice("In which capacity it took part.", Participation.capacities),
                isRequired: isNew
            ),
            .init(name: "mode", schema: .choice("How it took part.", Participation.modes), isRequired: isNew),
            .init(
                name: "position",
                schema: Schema.text(
                    "The position of whoever came; nobody's name. Null for none.",
                    .line(1, 200),
                    example: "Mayor"
                ).orNull,
                isRequired: false
            ),
        ]
    }
}

extension KeptAnswer {
    /// A participation as it is in this transaction, with its tag.
    fileprivate static func participation(
        _ place: ParticipationPlace,
        _ found: OneEvent.Answer,
        status: Int
    ) throws -> KeptAnswer {
        let here = try place.find(in: found)
        return KeptAnswer(
            status: status,
            body: Shapes.participation.writer.bytes(here),
            entityTag: place.tag(of: here)
        )
    }
}

extension Operation {
    static let addParticipation: Operation = {
        let member = ObjectSchema.Property(
            name: "member",
            schema: .text("The member's key.", .key()),
            isRequired: true
        )
        return Operation(
            .post,
            "/events/{event}/participations",
            id: "addParticipation",
            topic: .events,
            summary: "Add a participation",
            detail: "Records that a member took part in an event, by a step that stays on record.",
            access: .token(.writeEvents, .recordParticipation),
            parameters: [EventRecords.event, WriteHeaders.idempotencyKey],
            body: ObjectSchema(
                name: "NewParticipation",
                isClosed: true,
                [member] + ParticipationPlace.properties(isNew: true)
            ),
            answers: [
                AnswerDescription(
                    .created,
                    "The participation.",
                    Shapes.participation.schema("The participation."),
                    headers: [.entityTag]
                )
            ]
        ) { call in
            let body = call.body
            let place = ParticipationPlace(
                event: try call.required(EventRecords.event),
                member: body.text("member") ?? "",
                capacity: body.text("capacity") ?? ""
            )
            // A key, and no name that may be several members'.
            _ = try await call.memberIDs([place.member], field: "member")
            let command = AddParticipation(
                event: place.event,
                member: place.member,
                ParticipationDraft(
                    capacity: place.capacity,
                    mode: body.text("mode") ?? "",
                    position: body.text("position") ?? ""
                ),
                grounds: body.text("grounds") ?? ""
            )
            return try await call.run(command, tag: nil) { transaction, _ in
                let found = try OneEvent(place.event).answer(transaction, for: call.actor, now: call.now)
                return try KeptAnswer.participation(place, found, status: 201)
            }
        }
    }()

    static let correctParticipation = Operation(
        .patch,
        "/events/{event}/participations/{member}/{capacity}",
        id: "correctParticipation",
        topic: .events,
        summary: "Correct a participation",
        detail: """
            Corrects what is sent and nothing else, by a step of its own: the one before stays on record. If-Match is \
            `etag` of the participation.
            """,
        access: .token(.writeEvents, .recordParticipation),
        parameters: ParticipationPlace.parameters,
        body: ObjectSchema(
            name: "ParticipationChange",
            isClosed: true,
            ParticipationPlace.properties(isNew: false)
        ),
        answers: [.one(Shapes.participation, "The participation as it is now.")]
    ) { call in
        let place = try ParticipationPlace(call)
        let (body, now) = (call.body, try await call.ask(place.reading))
        let draft = ParticipationDraft(
            capacity: body.text("capacity") ?? now.capacity,
            mode: body.text("mode") ?? now.mode,
            position: body.text("position") ?? now.position ?? ""
        )
        let command = CorrectParticipation(
            event: place.event,
            member: place.member,
            capacity: place.capacity,
            seenStep: now.lastStep,
            draft,
            grounds: body.text("grounds") ?? ""
        )
        let after = ParticipationPlace(event: place.event, member: place.member, capacity: draft.capacity)
        return try await call.run(
            command,
            on: place.key,
            tag: { try place.tag(of: place.reading.answer($0, for: call.actor, now: call.now)) },
            answer: { transaction, _ in
                let found = try OneEvent(place.event).answer(transaction, for: call.actor, now: call.now)
                return try KeptAnswer.participation(after, found, status: 200)
            }
        )
    }

    static let removeParticipation = Operation(
        .post,
        "/events/{event}/participations/{member}/{capacity}/removal",
        id: "removeParticipation",
        topic: .events,
        summary: "Remove a participation",
        detail: "Removes what is recorded of a member at an event, by a step of its own that says why.",
        access: .token(.writeEvents, .recordParticipation),
        parameters: ParticipationPlace.parameters,
        body: ObjectSchema(name: "RemovalGrounds", isClosed: true, [.grounds]),
        answers: [.one(Shapes.event, "The event as it is now.")]
    ) { call in
        let place = try ParticipationPlace(call)
        let command = RemoveParticipation(
            event: place.event,
            member: place.member,
            capacity: place.capacity,
            seenStep: try await call.ask(place.reading).lastStep,
            grounds: call.body.text("grounds") ?? ""
        )
        let event = EventRecords.of(place.event)
        return try await call.run(
            command,
            on: place.key,
            tag: { try place.tag(of: place.reading.answer($0, for: call.actor, now: call.now)) },
            answer: { transaction, _ in try event.kept(transaction, call) }
        )
    }

    /// What a source states of a member, or takes back.
    static func stateCircumstance(_ context: APIContext) -> Operation {
        let grounds = context.keys { version in
            version.membership.grounds.filter { $0.inactiveYears == nil }.map(\.key)
        }
        return Operation(
            .post,
            "/members/{key}/circumstances",
            id: "stateCircumstance",
            topic: .events,
            summary: "State a circumstance",
            detail: """
                Records that a ground of the charter is the case for a member, or that it is not so any more. It is \
                for grounds that are no lapse of time; the records answer those by themselves.
                """,
            access: .token(.writeMembers, .editMember),
            parameters: [MemberKey.parameter, WriteHeaders.idempotencyKey],
            body: ObjectSchema(
                name: "NewCircumstance",
                isClosed: true,
                [
                    .init(name: "ground", schema: .choice("The key of the ground.", grounds), isRequired: true),
                    .init(name: "as_of", schema: .day("The day of which it is said."), isRequired: true),
                    .init(
                        name: "holds",
                        schema: .flag("Whether it is the case; false takes it back."),
                        isRequired: true
                    ),
                    .grounds,
                ]
            ),
            answers: [
                AnswerDescription(
                    .created,
                    "What is stated of the member now.",
                    Shapes.circumstances.schema("What is stated of the member now.")
                )
            ]
        ) { call in
            let key = try call.required(MemberKey.parameter)
            let command = StateCircumstance(
                member: key,
                ground: call.body.text("ground") ?? "",
                asOf: call.body.text("as_of") ?? "",
                holds: call.body.flag("holds") ?? true,
                grounds: call.body.text("grounds") ?? "",
                charter: call.context.charter
            )
            return try await call.run(command, tag: nil) { transaction, _ in
                let found = try ParticipationOfMember(member: key).answer(transaction, for: call.actor, now: call.now)
                return KeptAnswer(status: 201, body: Shapes.circumstances.writer.bytes(found.circumstances))
            }
        }
    }
}

extension Shapes {
    /// All that sources state of a member, for the answer to one more.
    fileprivate static let circumstances = Shape<[StatedCircumstance]>(
        "StatedCircumstances",
        [.objects("circumstances", "The latest first.", Shapes.circumstance) { $0 }]
    )
}
