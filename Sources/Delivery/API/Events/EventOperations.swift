import Access
import Charter
import HTTPTypes
import Standing
import Web

enum EventRecords {
    static let event = Parameter<String>.path("event", "The event's key.")

    static func of(_ key: String) -> Record<OneEvent, Event> {
        Record("event \(key)", Shapes.event, OneEvent(key)) { found, _ in found.event }
    }

    /// What is sent of an event; everything but the grounds can be left out of a correction.
    static func body(_ context: APIContext, isNew: Bool) -> ObjectSchema {
        let bodies = context.keys { $0.bodies.filter { $0.meetsEveryYears != nil }.map(\.key) }
        let properties: [ObjectSchema.Property] = [
            .grounds, .init(name: "name", schema: .text("What it is called.", .line(1, 200)), isRequired: isNew),
            .init(
                name: "kind",
                schema: .choice("The key of the body that meets, or what else it is.", bodies + EventDraft.otherKinds),
                isRequired: isNew
            ),
            .init(name: "from", schema: .day("The first day."), isRequired: isNew),
            .init(name: "through", schema: .day("The last day; the first without it."), isRequired: false),
            .init(
                name: "place",
                schema: Schema.text("Where it was. Null for no place.", .line(1, 200)).orNull,
                isRequired: false
            ),
        ]
        return ObjectSchema(name: isNew ? "NewEvent" : "EventChange", isClosed: true, properties)
    }

    static func draft(_ body: JSONValue, over draft: EventDraft = EventDraft()) -> EventDraft {
        EventDraft(
            name: body.text("name") ?? draft.name,
            kind: body.text("kind") ?? draft.kind,
            from: body.text("from") ?? draft.from,
            through: body.text("through") ?? draft.through,
            place: body.text("place") ?? draft.place
        )
    }
}

extension Operation {
    static let listEvents = pages(
        "/events",
        id: "listEvents",
        topic: .events,
        summary: "List events",
        detail: "Meetings and other occasions in which members take part, the latest first.",
        of: Shapes.event,
        named: "EventPage",
        access: .token(.readMembers, .readMembers),
        size: EventList.pageSize
    ) { call, page in
        let found = try await call.ask(EventList(page: page))
        return Rows(rows: found.events, total: found.total)
    }

    static let getEvent = one(
        "/events/{event}",
        id: "getEvent",
        topic: .events,
        summary: "Read an event",
        detail: "One event. Who took part in it is a list of its own.",
        of: Shapes.event,
        access: .token(.readMembers, .readMembers),
        parameters: [EventRecords.event]
    ) { EventRecords.of(try $0.required(EventRecords.event)) }

    static func addEvent(_ context: APIContext) -> Operation {
        Operation(
            .post,
            "/events",
            id: "addEvent",
            topic: .events,
            summary: "Add an event",
            detail: "Records an event by hand, with the grounds.",
            access: .token(.writeEvents, .recordParticipation),
            parameters: [WriteHeaders.idempotencyKey],
            body: EventRecords.body(context, isNew: true),
            answers: [.made(Shapes.event, "The event; Location is its address.")]
        ) { call in
            let command = AddEvent(
                EventRecords.draft(call.body),
                grounds: call.body.text("grounds") ?? "",
                charter: call.context.charter
            )
            return try await call.make(command, at: { "/events/\($0)" }, { EventRecords.of($0) })
        }
    }

    static func correctEvent(_ context: APIContext) -> Operation {
        Operation(
            .patch,
            "/events/{event}",
            id: "correctEvent",
            topic: .events,
            summary: "Correct an event",
            detail: "Corrects what is sent and nothing else. The journal keeps what was on record before.",
            access: .token(.writeEvents, .recordParticipation),
            parameters: [EventRecords.event, WriteHeaders.ifMatch, WriteHeaders.idempotencyKey],
            body: EventRecords.body(context, isNew: false),
            answers: [.one(Shapes.event, "The event as it is now.")]
        ) { call in
            let record = EventRecords.of(try call.required(EventRecords.event))
            let seen = EventDraft(try await call.ask(record.reading))
            let command = CorrectEvent(
                try call.required(EventRecords.event),
                seen: seen,
                EventRecords.draft(call.body, over: seen),
                grounds: call.body.text("grounds") ?? "",
                charter: call.context.charter
            )
            return try await call.change(command, on: record)
        }
    }

    /// Whether the list of those who took part is whole: only then does it show who was not there.
    static let markListWhole = Operation(
        .put,
        "/events/{event}/list-whole",
        id: "markListWhole",
        topic: .events,
        summary: "Say whether an event's list is whole",
        detail: """
            Says that everybody who took part is on record, or that this is not so. Only a whole list shows who \
            was not there.
            """,
        access: .token(.writeEvents, .recordParticipation),
        parameters: [EventRecords.event, WriteHeaders.ifMatch, WriteHeaders.idempotencyKey],
        body: ObjectSchema(
            name: "ListWhole",
            isClosed: true,
            [
                .init(
                    name: "is_whole",
                    schema: .flag("Whether everybody who took part is on record."),
                    isRequired: true
                ),
                .grounds,
            ]
        ),
        answers: [.one(Shapes.event, "The event as it is now.")]
    ) { call in
        let event = try call.required(EventRecords.event)
        let command = MarkListWhole(
            event,
            isWhole: call.body.flag("is_whole") ?? false,
            grounds: call.body.text("grounds") ?? ""
        )
        return try await call.change(command, on: EventRecords.of(event))
    }
}
