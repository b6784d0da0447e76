import Access
import Database
import Dues
import Files
import HTTPTypes
import Web

/// What is read of requests for relief.
private enum ReliefRecords {
    static let id = Parameter<String>.path("id", "The request's id, or its reference.")
    static let document = Parameter<String>.path("document", "The id of one of its documents.")

    static func of(_ call: Call) throws -> Record<ReliefByID, ReliefRecord> {
        let wanted = try call.required(id)
        let question = ReliefByID(wanted, charter: call.context.charter)
        return Record("relief record \(wanted)", Shapes.reliefRecord, question)
    }

    static func ofMember(_ call: Call) throws -> Record<ReliefOfMember, ReliefOfMember.Answer> {
        let key = try call.required(MemberKey.parameter)
        return Record("relief of \(key)", Shapes.memberRelief, ReliefOfMember(key, charter: call.context.charter))
    }
}

extension Operation {
    static let listRelief: Operation = {
        let state = Parameter<[String]>.states(
            "Requests in these states, with commas between; all without it.",
            ReliefState.allCases.map(\.rawValue)
        )
        return pages(
            "/relief-requests",
            id: "listRelief",
            topic: .dues,
            summary: "List requests for relief",
            detail: """
                What members ask about what they owe: to waive or lower it, or to pay in instalments. Where only such \
                as wait were asked for, the oldest comes first, else the latest.
                """,
            of: Shapes.relief,
            named: "ReliefPage",
            access: .token(.readDues, .readDues),
            parameters: [state],
            size: ReliefList.pageSize
        ) { call, page in
            let wanted =
                try call.value(state)?.compactMap(ReliefState.init(rawValue:)) ?? ReliefState.allCases
            let found = try await call.ask(ReliefList(wanted, page: page))
            return Rows(rows: found.requests, total: wanted.reduce(0) { $0 + (found.counts[$1] ?? 0) })
        }
    }()

    static let getRelief = one(
        "/relief-requests/{id}",
        id: "getRelief",
        topic: .dues,
        summary: "Read a request for relief",
        detail: "One request with what bodies were asked about it, and whether it could be carried out.",
        of: Shapes.reliefRecord,
        access: .token(.readDues, .readDues),
        parameters: [ReliefRecords.id]
    ) { try ReliefRecords.of($0) }

    static let getReliefDocument = download(
        "/relief-requests/{id}/documents/{document}",
        id: "getReliefDocument",
        topic: .dues,
        summary: "Get a document of a request for relief",
        detail: "The letter that came with a request for relief.",
        access: .token(.readDues, .readDues),
        parameters: [ReliefRecords.id, ReliefRecords.document]
    ) { call in
        let wanted = try call.required(ReliefRecords.document)
        let documents = try await call.ask(ReliefRecords.of(call).reading).documents
        guard let use = documents.first(where: { $0.id == wanted }) else { throw RequestProblem.noSuchRecord }
        return KeptFile(use)
    }

    static let getMemberRelief = one(
        "/members/{key}/relief",
        id: "getMemberRelief",
        topic: .dues,
        summary: "Read what relief a member can ask for",
        detail: "What relief a member can ask for today, what not and why, and what it has asked for and got.",
        of: Shapes.memberRelief,
        access: .token(.readDues, .readMemberDues),
        parameters: [MemberKey.parameter],
        // The charter has no version in force today.
        problems: [.conflict]
    ) { try ReliefRecords.ofMember($0) }

    static let getMemberReliefDocument = download(
        "/members/{key}/relief/{id}/documents/{document}",
        id: "getMemberReliefDocument",
        topic: .dues,
        summary: "Get a document of a member's own request for relief",
        detail: "The letter that came with one of the requests that `getMemberRelief` tells.",
        access: .token(.readDues, .readMemberDues),
        parameters: [MemberKey.parameter, ReliefRecords.id, ReliefRecords.document]
    ) { call in
        let (request, wanted) = (try call.required(ReliefRecords.id), try call.required(ReliefRecords.document))
        let documents = try await call.ask(ReliefRecords.ofMember(call).reading).documents[request] ?? []
        guard let use = documents.first(where: { $0.id == wanted }) else { throw RequestProblem.noSuchRecord }
        return KeptFile(use)
    }

    static let askRelief = Operation(
        .post,
        "/members/{key}/relief",
        id: "askRelief",
        topic: .dues,
        summary: "Ask for relief",
        detail: """
            Records what a member asks about what it owes: by its representative or its own token for today, by the \
            secretariat with the date of the letter that came and who signed it. The body that the charter names \
            decides.
            """,
        access: .token(.requestDues, .requestDues),
        parameters: [MemberKey.parameter, WriteHeaders.idempotencyKey],
        body: ReliefBody.schema,
        answers: [
            AnswerDescription(
                .created,
                "The request that was recorded.",
                Shapes.relief.schema("The request."),
                headers: [.entityTag]
            )
        ]
    ) { call in
        let key = try call.required(MemberKey.parameter)
        let member = try await call.memberID(key)
        // Whoever may not is told nothing of what would be wrong with it.
        try call.actor.require(.requestDues, at: .member(member))
        let sent = try ReliefBody(call.body)
        let command = AskRelief(key, sent.draft, services: call.context.dues)
        do {
            return try await call.run(command, tag: nil) { transaction, outcome in
                let request = try call.reliefRequest(transaction, outcome.id)
                try sent.requireCurrency(of: request)
                return call.kept(request, status: 201)
            }
        } catch let input as InvalidInput { throw input.within("instalments", ["day": "due_on"]) }
    }

    static let takeBackRelief: Operation = {
        let id = Parameter<String>.path("id", "The request's id.")
        return Operation(
            .post,
            "/members/{key}/relief/{id}/take-back",
            id: "takeBackRelief",
            topic: .dues,
            summary: "Take a request for relief back",
            detail: """
                Takes a request for relief back as long as no body has it before it. What was decided and cannot be \
                carried out is taken back by the secretariat. If-Match is `etag` of the request.
                """,
            access: .token(.requestDues, .requestDues),
            parameters: [MemberKey.parameter, id, WriteHeaders.ifMatch, WriteHeaders.idempotencyKey],
            body: ObjectSchema(
                name: "TakeBackReliefBody",
                isClosed: true,
                [ApplicationBody.reason("Why; the journal keeps it.", atMost: 1000)]
            ),
            answers: [.one(Shapes.relief, "The request as it is now.")]
        ) { call in
            let (member, wanted) = (try await call.memberID(call.required(MemberKey.parameter)), try call.required(id))
            // Whoever may not is told nothing of what there is.
            try call.actor.require(.requestDues, at: .member(member))
            let command = TakeBackRelief(
                wanted,
                of: member,
                reason: call.body.text("reason") ?? "",
                services: call.context.dues
            )
            return try await call.run(
                command,
                on: ReliefTag.key(wanted),
                tag: { ReliefTag.of(try call.reliefRequest($0, wanted)) },
                answer: { transaction, _ in
                    call.kept(try call.reliefRequest(transaction, wanted), status: 200)
                }
            )
        }
    }()
}

extension Call {
    /// A request as it is in this transaction. No right is asked: whoever carries out a command on it was asked for
    /// theirs.
    fileprivate func reliefRequest(_ transaction: Transaction, _ id: String) throws -> ReliefRequest {
        try ReliefByID(id, charter: context.charter).answer(transaction, for: actor, now: now).request
    }

    fileprivate func kept(_ request: ReliefRequest, status: Int) -> KeptAnswer {
        KeptAnswer(
            status: status,
            body: Shapes.relief.writer.bytes(request),
            entityTag: ReliefTag.of(request)
        )
    }
}
