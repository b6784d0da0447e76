import Access
import Database
import HTTPTypes
import Joining
import Web

/// What is read of members' requests.
enum RequestRecords {
    static let id = Parameter<String>.path("id", "The request's id, or its reference.")

    static func of(_ call: Call) throws -> Record<RequestByID, RequestRecord> {
        let wanted = try call.required(id)
        let question = RequestByID(wanted, charter: call.context.charter)
        return Record("request record \(wanted)", Shapes.membershipRequestFile, question)
    }

    static func ofMember(_ call: Call) throws -> Record<MembershipRequests, MembershipRequests.Answer> {
        let key = try call.required(MemberKey.parameter)
        let question = MembershipRequests(key, charter: call.context.charter)
        return Record("requests of \(key)", Shapes.memberRequests, question)
    }
}

extension Operation {
    static let listRequests: Operation = {
        let state = Parameter<[String]>.states(
            "Requests in these states, with commas between; all without it.",
            MembershipRequestState.allCases.map(\.rawValue)
        )
        return pages(
            "/requests",
            id: "listRequests",
            topic: .joining,
            summary: "List members' requests",
            detail: """
                What members ask about their membership: to leave, to appeal, to come back. Where only such as wait \
                were asked for, the oldest comes first, else the latest.
                """,
            of: Shapes.membershipRequest,
            named: "MembershipRequestPage",
            access: .token(.readJoining, .readApplications),
            parameters: [state],
            size: RequestList.pageSize
        ) { call, page in
            let wanted =
                try call.value(state)?.compactMap(MembershipRequestState.init(rawValue:))
                ?? MembershipRequestState.allCases
            let found = try await call.ask(RequestList(wanted, page: page))
            return Rows(rows: found.requests, total: wanted.reduce(0) { $0 + (found.counts[$1] ?? 0) })
        }
    }()

    static let getRequest = one(
        "/requests/{id}",
        id: "getRequest",
        topic: .joining,
        summary: "Read a member's request",
        detail: "One request with the member's standing and what bodies were asked about it.",
        of: Shapes.membershipRequestFile,
        access: .token(.readJoining, .readApplications),
        parameters: [RequestRecords.id]
    ) { try RequestRecords.of($0) }

    static let getMemberRequests = one(
        "/members/{key}/requests",
        id: "getMemberRequests",
        topic: .joining,
        summary: "Read what a member can ask",
        detail: "What a member can ask about its membership today, what it cannot and why, and what it has asked.",
        of: Shapes.memberRequests,
        access: .token(.makeRequests, .readPortal),
        parameters: [MemberKey.parameter]
    ) { try RequestRecords.ofMember($0) }

    static let fileRequest = Operation(
        .post,
        "/members/{key}/requests",
        id: "fileRequest",
        topic: .joining,
        summary: "File a request",
        detail: """
            Records what a member asks about its membership. What its representative asks, or its own token, is of \
            today; a letter that came to the secretariat counts from its date. `fileLetter` takes the letter itself.
            """,
        access: .token(.makeRequests, .requestMembership),
        parameters: [MemberKey.parameter, WriteHeaders.idempotencyKey],
        body: ObjectSchema(
            name: "NewMembershipRequest",
            isClosed: true,
            [
                .init(
                    name: "kind",
                    schema: .choice("What is asked.", MembershipRequestKind.allCases.map(\.rawValue)),
                    isRequired: true
                ),
                .init(name: "words", schema: .text("As the member puts it.", .lines(1, 4000)), isRequired: true),
                .init(
                    name: "signed_by",
                    schema: .text(
                        "Who asks: needed of a letter and with a member's own token; a representative leaves it out.",
                        .line(1, 200)
                    ),
                    isRequired: false
                ),
                .init(name: "letter_day", schema: .day("The date of a letter; needed of one."), isRequired: false),
            ]
        ),
        answers: [.filedRequest]
    ) { call in
        let member = try await call.memberID(call.required(MemberKey.parameter))
        // Whoever may not is told nothing of what would be wrong with it.
        try call.actor.require(.requestMembership, at: .member(member))
        let command = FileRequest(
            call.body.text("kind").flatMap(MembershipRequestKind.init(rawValue:)) ?? .withdrawal,
            member: member,
            letterDay: call.body.text("letter_day") ?? "",
            words: call.body.text("words") ?? "",
            signedBy: call.body.text("signed_by") ?? "",
            services: call.context.joining
        )
        return try await call.recordRequest(command)
    }

    static let takeBackRequest: Operation = {
        let id = Parameter<String>.path("id", "The request's id.")
        return Operation(
            .post,
            "/members/{key}/requests/{id}/take-back",
            id: "takeBackRequest",
            topic: .joining,
            summary: "Take a request back",
            detail: """
                Takes a request back as long as no body has it before it. What was decided and cannot be carried out \
                is taken back by the secretariat, with a token that has the scope `joining:write` too. If-Match is \
                `etag` of the request.
                """,
            access: .token(.makeRequests, .requestMembership),
            parameters: [MemberKey.parameter, id, WriteHeaders.ifMatch, WriteHeaders.idempotencyKey],
            body: ObjectSchema(
                name: "TakeBackRequestBody",
                isClosed: true,
                [ApplicationBody.reason("Why; the journal keeps it.", atMost: 1000)]
            ),
            answers: [.one(Shapes.membershipRequest, "The request as it is now.")]
        ) { call in
            let (member, wanted) = (try await call.memberID(call.required(MemberKey.parameter)), try call.required(id))
            // Whoever may not is told nothing of what there is.
            try call.actor.require(.requestMembership, at: .member(member))
            return try await call.run(
                TakeBackRequest(wanted, reason: call.body.text("reason") ?? ""),
                on: RequestTag.key(wanted),
                tag: { transaction in
                    let request = try call.membershipRequest(transaction, wanted)
                    guard request.memberID == member else { throw RequestProblem.noSuchRecord }
                    return RequestTag.of(request)
                },
                answer: { transaction, _ in
                    call.kept(try call.membershipRequest(transaction, wanted), status: 200)
                }
            )
        }
    }()
}

extension AnswerDescription {
    /// A member's request that was recorded.
    static let filedRequest = AnswerDescription(
        .created,
        "The request that was recorded.",
        Shapes.membershipRequest.schema("The request."),
        headers: [.entityTag]
    )
}

extension Call {
    /// Records a member's request, and answers with it.
    func recordRequest(_ command: FileRequest) async throws -> Answer {
        try await run(command, tag: nil) { transaction, outcome in
            kept(try membershipRequest(transaction, outcome.id), status: 201)
        }
    }

    /// A request as it is in this transaction. No right is asked: whoever carries out a command on it was asked for
    /// theirs.
    fileprivate func membershipRequest(_ transaction: Transaction, _ id: String) throws -> MembershipRequest {
        try RequestByID(id, charter: context.charter).answer(transaction, for: actor, now: now).request
    }

    fileprivate func kept(_ request: MembershipRequest, status: Int) -> KeptAnswer {
        KeptAnswer(
            status: status,
            body: Shapes.membershipRequest.writer.bytes(request),
            entityTag: RequestTag.of(request)
        )
    }
}
