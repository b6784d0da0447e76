import Access
import Charter
import Files
import HTTPTypes
import Joining
import Web

/// Which document of a record is meant.
private let documentID = Parameter<String>.path("document", "The id of one of its `documents`.")

extension Operation {
    /// A document that came with an application on paper.
    static let addApplicationDocument: Operation = {
        let label = Parameter.text(
            "label",
            "As what it is enclosed: the key of a document that the charter asks for, or `other`.",
            .key(),
            isRequired: true,
            example: "other"
        )
        return Operation(
            .post,
            "/applications/{id}/documents",
            id: "addApplicationDocument",
            topic: .joining,
            summary: "Add a document to an application",
            detail: """
                Adds a document that came with an application in another way. The same file under the same label is \
                one document.
                """,
            access: .token(.writeJoining, .handleApplications),
            parameters: [ApplicationRecords.id, label, FileBody.name, WriteHeaders.idempotencyKey],
            file: .document,
            answers: [
                .made(Shapes.applicationFile, "The application as it is now; Location is the address of the document.")
            ]
        ) { call in
            let (id, key) = (try call.required(ApplicationRecords.id), try call.required(label))
            let record = ApplicationRecords.of(id, call)
            // Nothing is kept for an application that is not there.
            _ = try await call.ask(record.reading)
            let sent = try await call.document()
            let command = AttachToApplication(
                id,
                key: key,
                file: sent.file,
                name: sent.name,
                services: call.context.joining
            )
            return try await call.run(command, tag: nil) { transaction, _ in
                let documents = try record.value(transaction, call).record.documents
                let added = documents.first { $0.use.hash == sent.file.hash && $0.key == key }
                guard let added else { throw RequestProblem.noSuchRecord }
                return try record.kept(
                    transaction,
                    call,
                    status: 201,
                    location: "\(API.path)/applications/\(id)/documents/\(added.use.id)"
                )
            }
        }
    }()

    static let getApplicationDocument = download(
        "/applications/{id}/documents/{document}",
        id: "getApplicationDocument",
        topic: .joining,
        summary: "Get a document of an application",
        detail: "One of the documents that were enclosed with an application.",
        access: .token(.readJoining, .readApplications),
        parameters: [ApplicationRecords.id, documentID]
    ) { call in
        let record = ApplicationRecords.of(try call.required(ApplicationRecords.id), call)
        return try call.document(of: try await call.ask(record.reading).record.documents.map(\.use))
    }

    static let getRequestDocument = download(
        "/requests/{id}/documents/{document}",
        id: "getRequestDocument",
        topic: .joining,
        summary: "Get a document of a request",
        detail: "The letter that came with a member's request.",
        access: .token(.readJoining, .readApplications),
        parameters: [RequestRecords.id, documentID]
    ) { call in
        try call.document(of: try await call.ask(RequestRecords.of(call).reading).request.documents)
    }

    static let getMemberRequestDocument: Operation = {
        let id = Parameter<String>.path("id", "The request's id.")
        return download(
            "/members/{key}/requests/{id}/documents/{document}",
            id: "getMemberRequestDocument",
            topic: .joining,
            summary: "Get a document of a member's own request",
            detail: "The letter that came with one of the requests that `getMemberRequests` tells.",
            access: .token(.makeRequests, .readPortal),
            parameters: [MemberKey.parameter, id, documentID]
        ) { call in
            let wanted = try call.required(id)
            let requests = try await call.ask(RequestRecords.ofMember(call).reading).requests
            return try call.document(of: requests.first { $0.id == wanted }?.documents ?? [])
        }
    }()

    /// A request as the document in which the member makes it.
    static let fileLetter: Operation = {
        let kind = Parameter.choice(
            "kind",
            "What is asked.",
            MembershipRequestKind.allCases.map(\.rawValue),
            isRequired: true
        )
        let signedBy = Parameter.text("signed_by", "Who signed it; a representative leaves it out.", .line(1, 100))
        let letterDay = Parameter<Day>.day("letter_day", "The date of the letter; needed of one that came.")
        let words = Parameter.text("words", "What it says, in short, to be read beside it.", .line(1, 300))
        return Operation(
            .post,
            "/members/{key}/requests/letters",
            id: "fileLetter",
            topic: .joining,
            summary: "File a letter",
            detail: """
                Records what a member asks about its membership, with the letter in which it asks. Otherwise as \
                `fileRequest`.
                """,
            access: .token(.makeRequests, .requestMembership),
            parameters: [
                MemberKey.parameter, kind, signedBy, letterDay, words, FileBody.name, WriteHeaders.idempotencyKey,
            ],
            file: .document,
            answers: [.filedRequest]
        ) { call in
            let member = try await call.memberID(call.required(MemberKey.parameter))
            // Whoever may not is told nothing of what would be wrong with it.
            try call.actor.require(.requestMembership, at: .member(member))
            let sent = try await call.document()
            let command = FileRequest(
                try MembershipRequestKind(rawValue: call.required(kind)) ?? .withdrawal,
                member: member,
                letterDay: try call.value(letterDay)?.description ?? "",
                words: try call.value(words) ?? "",
                signedBy: try call.value(signedBy) ?? "",
                document: FileRequest.Document(sent.file, name: sent.name),
                services: call.context.joining
            )
            return try await call.recordRequest(command)
        }
    }()
}

extension Call {
    /// The document that is meant, among those of a record.
    fileprivate func document(of uses: [FileUse]) throws -> KeptFile {
        let wanted = try required(documentID)
        guard let use = uses.first(where: { $0.id == wanted }) else { throw RequestProblem.noSuchRecord }
        return KeptFile(use)
    }
}
