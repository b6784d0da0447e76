import Access
import Charter
import HTTPTypes
import Languages
import Standing
import Web

extension Shapes {
    static let activity = Shape<RecordedActivity>(
        "Activity",
        always: ["id"],
        [
            .text("id", "The activity's id.") { $0.id },
            .text("member", "The member's key.") { $0.memberKey },
            .text("member_name", "The member's name.") { $0.memberName },
            .text("kind", "The key of the charter's rule on points.") { $0.kind },
            .day("earliest", "The earliest day on which it can have been done.") { $0.when.earliest.description },
            .day("latest", "The latest such day, on which it counts.") { $0.when.latest.description },
            .text("text", "What it was.") { $0.words },
            .object("source", "Where it was read.", Shapes.source) { $0.source },
            .flag("is_invented", "Whether it is made up.") { $0.isInvented },
            .optionalInstant("withdrawn_at", "When it was withdrawn; null while it counts.") { $0.withdrawal?.at },
            .optionalText("withdrawn_because", "Why.") { activity in
                activity.withdrawal.map { Phrase.record($0.grounds).english }
            },
        ]
    )
}

/// An activity as it is read and changed: among those of its member.
private enum ActivityRecords {
    static let id = Parameter<String>.path("id", "The activity's id.")

    static func of(_ id: String, _ call: Call) throws -> Record<PointsOf, RecordedActivity> {
        Record("activity \(id)", Shapes.activity, try question(call)) { found, _ in
            guard let activity = found.activities.first(where: { $0.id == id }) else {
                throw PointsRefusal.noSuchActivity
            }
            return activity
        }
    }

    /// What tells the activities of a member; of today's points, since they are of no matter here.
    static func question(_ call: Call) throws -> PointsOf {
        let today = call.context.today()
        return PointsOf(
            try call.required(MemberKey.parameter),
            from: today,
            to: today,
            charter: call.context.charter,
            dues: call.context.duesRecord
        )
    }
}

extension Operation {
    static let listActivities = list(
        "/members/{key}/activities",
        id: "listActivities",
        topic: .standing,
        summary: "List the activities of a member",
        detail: """
            What a member did beside events and the charter gives points for: a case, matchmaking, a project; also \
            what was withdrawn, the latest first.
            """,
        of: Shapes.activity,
        named: "Activities",
        access: .token(.readStanding, .readPortal),
        parameters: [MemberKey.parameter],
        // The charter has no version in force today.
        problems: [.conflict]
    ) { try await $0.ask(ActivityRecords.question($0)).activities }

    static let getActivity = one(
        "/members/{key}/activities/{id}",
        id: "getActivity",
        topic: .standing,
        summary: "Read an activity",
        detail: "One thing that a member did beside events and that the charter gives points for.",
        of: Shapes.activity,
        access: .token(.readStanding, .readPortal),
        parameters: [MemberKey.parameter, ActivityRecords.id],
        problems: [.conflict]
    ) { try ActivityRecords.of($0.required(ActivityRecords.id), $0) }

    static func addActivity(_ context: APIContext) -> Operation {
        let kinds = context.keys { $0.points.filter { $0.earnedBy == .activity }.map(\.key) }
        return Operation(
            .post,
            "/members/{key}/activities",
            id: "addActivity",
            topic: .standing,
            summary: "Add an activity",
            detail: "Records something that a member did beside events and that the charter gives points for.",
            access: .token(.writeEvents, .recordParticipation),
            parameters: [MemberKey.parameter, WriteHeaders.idempotencyKey],
            body: ObjectSchema(
                name: "NewActivity",
                isClosed: true,
                [
                    .init(
                        name: "kind",
                        schema: .choice("The key of a rule of the charter on points for activities.", kinds),
                        isRequired: true
                    ),
                    .init(name: "from", schema: .day("The first day on which it can have been."), isRequired: true),
                    .init(name: "through", schema: .day("The last such day; the first without it."), isRequired: false),
                    .init(
                        name: "text",
                        schema: .text("What it was, in a few words.", .line(1, 200)),
                        isRequired: true
                    ),
                    .init(
                        name: "source",
                        schema: .text("The code of a source on record; what you know without it.", .printed(1, 60)),
                        isRequired: false
                    ),
                    .init(name: "locator", schema: .text("Where in the source.", .line(1, 200)), isRequired: false),
                    .init(name: "is_invented", schema: .flag("Whether it is made up."), isRequired: false), .grounds,
                ]
            ),
            answers: [.made(Shapes.activity, "The activity; Location is its address.")]
        ) { call in
            let (key, body) = (try call.required(MemberKey.parameter), call.body)
            // A key, and no name that may be several members'.
            _ = try await call.memberID(key)
            let draft = ActivityDraft(
                kind: body.text("kind") ?? "",
                from: body.text("from") ?? "",
                through: body.text("through") ?? "",
                words: body.text("text") ?? "",
                source: body.text("source") ?? "",
                locator: body.text("locator") ?? "",
                isInvented: body.flag("is_invented") ?? false
            )
            let command = AddActivity(
                member: key,
                draft,
                grounds: body.text("grounds") ?? "",
                charter: call.context.charter
            )
            return try await call.run(command, tag: nil) { transaction, id in
                let location = "\(API.path)/members/\(key)/activities/\(id)"
                return try ActivityRecords.of(id, call).kept(transaction, call, status: 201, location: location)
            }
        }
    }

    static let withdrawActivity = Operation(
        .post,
        "/members/{key}/activities/{id}/withdrawal",
        id: "withdrawActivity",
        topic: .standing,
        summary: "Withdraw an activity",
        detail: "Takes back what should not have been recorded. It stays on record, marked, and earns nothing.",
        access: .token(.writeEvents, .recordParticipation),
        parameters: [MemberKey.parameter, ActivityRecords.id, WriteHeaders.ifMatch, WriteHeaders.idempotencyKey],
        body: ObjectSchema(name: "ActivityWithdrawal", isClosed: true, [.grounds]),
        answers: [.one(Shapes.activity, "The activity as it is now.")]
    ) { call in
        let id = try call.required(ActivityRecords.id)
        let command = WithdrawActivity(id, grounds: call.body.text("grounds") ?? "")
        return try await call.change(command, on: ActivityRecords.of(id, call))
    }
}
