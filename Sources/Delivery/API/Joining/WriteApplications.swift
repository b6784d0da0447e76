import Access
import HTTPTypes
import Joining
import Web

extension Operation {
    /// An application that came in another way than through the site.
    static func enterApplication(_ context: APIContext) -> Operation {
        Operation(
            .post,
            "/applications",
            id: "enterApplication",
            topic: .joining,
            summary: "Enter an application",
            detail: """
                Begins an application that came in another way, as by letter, and mails the applicant the link to it. \
                `correctApplication` fills it in, `addApplicationDocument` adds what came with it, `sendApplication` \
                sends it.
                """,
            access: .token(.writeJoining, .handleApplications),
            parameters: [WriteHeaders.idempotencyKey],
            body: ApplicationBody.start(context),
            answers: [.made(Shapes.applicationFile, "The application; Location is its address.")]
        ) { call in
            let command = EnterApplication(
                ApplicationBody.readStart(call.body),
                receivedOn: call.body.text("received_on") ?? "",
                services: call.context.joining
            )
            return try await call.make(command, at: { "/applications/\($0)" }, { ApplicationRecords.of($0, call) })
        }
    }

    /// What an application says, put right.
    static let correctApplication = Operation(
        .patch,
        "/applications/{id}",
        id: "correctApplication",
        topic: .joining,
        summary: "Correct an application",
        detail: "Changes the boxes that are sent, and no others. Nothing is written when anything changed meanwhile.",
        access: .token(.writeJoining, .handleApplications),
        parameters: [ApplicationRecords.id, WriteHeaders.ifMatch, WriteHeaders.idempotencyKey],
        body: ApplicationBody.change,
        answers: [.one(Shapes.applicationFile, "The application as it is now.")]
    ) { call in
        let (id, services) = (try call.required(ApplicationRecords.id), call.context.joining)
        let read = try await call.ask(ApplicationByID(id, services: services))
        let command = CorrectApplication(
            id,
            values: ApplicationBody.readChange(call.body, of: read.application.values),
            grounds: call.body.text("grounds") ?? "",
            services: services
        )
        let record = ApplicationRecords.of(id, call)
        return try await call.change(command, on: record) { transaction, outcome in
            // It changed between the reading above and this transaction: thrown here, nothing of it is written.
            guard outcome.conflicts.isEmpty else {
                throw RequestProblem.changedSince(record.tag(try record.value(transaction, call)))
            }
            return try record.kept(transaction, call)
        }
    }

    static let sendApplication = application(
        "send",
        id: "sendApplication",
        summary: "Send for the applicant",
        detail: "Sends an application for its applicant, or what it was asked for: the paper that came is whole.",
        body: [.grounds, ApplicationBody.received]
    ) { id, call in
        SubmitForApplicant(
            id,
            receivedOn: call.body.text("received_on") ?? "",
            grounds: call.body.text("grounds") ?? "",
            services: call.context.joining
        )
    }

    static let askApplicant = application(
        "ask",
        id: "askApplicant",
        summary: "Ask the applicant",
        detail: "Asks the applicant something by letter. Until it answers it can change what the application says.",
        body: [
            .init(name: "words", schema: .text("The question.", .lines(1, 4000)), isRequired: false),
            .init(
                name: "missing",
                schema: .list(
                    "The keys of documents that shall be added.",
                    of: .text("A key.", .key()),
                    atMost: 50,
                    isUnique: true
                ),
                isRequired: false
            ),
        ]
    ) { id, call in
        AskApplicant(
            id,
            words: call.body.text("words") ?? "",
            missing: call.body.texts("missing") ?? [],
            services: call.context.joining
        )
    }

    static let noteOnApplication = application(
        "note",
        id: "noteOnApplication",
        summary: "Note something",
        detail: "Notes something on an application, for colleagues only.",
        body: [.init(name: "words", schema: .text("The note.", .lines(3, 4000)), isRequired: true)]
    ) { id, call in NoteOnApplication(id, words: call.body.text("words") ?? "") }

    static let matchApplication = application(
        "match",
        id: "matchApplication",
        summary: "Say who the applicant was",
        detail: "Says which former member the applicant is, or that it is none of those in `known`.",
        body: [
            .init(
                name: "member",
                schema: Schema.text("The member's key. Null: none of them.", .key()).orNull,
                isRequired: true
            )
        ]
    ) { id, call in
        MatchApplication(id, memberKey: call.body.text("member"), services: call.context.joining)
    }

    static let recommendApplication = application(
        "recommend",
        id: "recommendApplication",
        summary: "Recommend",
        detail: """
            Recommends to admit or not to. From then on `openDecision` with the matter `admission` puts it before the \
            body that decides.
            """,
        body: [
            .init(name: "is_for", schema: .flag("Whether to admit."), isRequired: true),
            .init(
                name: "words",
                schema: .text("Why; needed where it is against. The body reads it.", .lines(1, 2000)),
                isRequired: false
            ),
        ]
    ) { id, call in
        RecommendApplication(
            id,
            isFor: call.body.flag("is_for") ?? false,
            words: call.body.text("words") ?? "",
            services: call.context.joining
        )
    }

    static let takeBackRecommendation = application(
        "take-back",
        id: "takeBackRecommendation",
        summary: "Take a recommendation back",
        detail: "Takes a recommendation back before the application is put to the body.",
        body: [ApplicationBody.reason("Why; the step keeps it.", atMost: 1000)]
    ) { id, call in TakeBackRecommendation(id, reason: call.body.text("reason") ?? "") }

    static let closeApplication = application(
        "close",
        id: "closeApplication",
        summary: "Close an application",
        detail: "Ends an application that cannot be put to the body. Only the body declines.",
        body: [ApplicationBody.reason("Why; the applicant reads it.", atMost: 2000)]
    ) { id, call in
        CloseApplication(id, reason: call.body.text("reason") ?? "", services: call.context.joining)
    }

    static let eraseApplicant = application(
        "erase-contact",
        id: "eraseApplicant",
        action: .erasePerson,
        summary: "Erase the contact",
        detail: """
            Erases by whom the applicant can be reached, as its contact has asked. The application stays, and nobody \
            is written to about it any more.
            """,
        body: [ApplicationBody.reason("Why; the journal keeps it.", atMost: 1000)]
    ) { id, call in EraseContact(id, reason: call.body.text("reason") ?? "") }

    private static func application<C: Command>(
        _ end: String,
        id: String,
        action: Action = .handleApplications,
        summary: String,
        detail: String,
        body: [ObjectSchema.Property],
        command: @escaping @Sendable (String, Call) throws -> C
    ) -> Operation {
        let name = id.prefix(1).uppercased() + id.dropFirst()
        return Operation(
            .post,
            "/applications/{id}/\(end)",
            id: id,
            topic: .joining,
            summary: summary,
            detail: detail,
            access: .token(.writeJoining, action),
            parameters: [ApplicationRecords.id, WriteHeaders.ifMatch, WriteHeaders.idempotencyKey],
            body: ObjectSchema(name: "\(name)Body", isClosed: true, body),
            answers: [.one(Shapes.applicationFile, "The application as it is now.")]
        ) { call in
            let id = try call.required(ApplicationRecords.id)
            return try await call.change(command(id, call), on: ApplicationRecords.of(id, call))
        }
    }
}
