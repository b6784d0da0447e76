import Access
import HTTPTypes
import Web

extension Operation {
    /// Every way in which it answers: those that it declares, and the noes that follow from what it checks.
    var allAnswers: [AnswerDescription] {
        var statuses: [HTTPResponse.Status] = []
        // A query that cannot be read, a parameter that nothing declares.
        statuses.append(.badRequest)
        // Even where none is needed, a token that opens nothing is told.
        statuses.append(.unauthorized)
        if needsToken { statuses.append(.forbidden) }
        if parameters.contains(where: { $0.place == .path || $0.name == Cursor.parameter.name }) {
            statuses.append(.notFound)
        }
        if isWrite { statuses.append(.conflict) }
        if parameters.contains(where: { $0.name.lowercased() == "if-match" }) { statuses += [.preconditionFailed] }
        if body != nil || file != nil { statuses += [.contentTooLarge, .unsupportedMediaType] }
        statuses += [.uriTooLong, .tooManyRequests, .internalServerError, .serviceUnavailable]
        let declared = Set(answers.map(\.status.code))
        return answers + statuses.filter { !declared.contains($0.code) }.map(AnswerDescription.problem)
    }

    /// The operation's place in the document's `paths`.
    var document: JSONValue {
        let taken: [JSONValue] = parameters.map { Self.document($0) }
        let answered = allAnswers.map { JSONValue.Member(name: String($0.status.code), value: $0.document) }
        let pairs: [(String, JSONValue?)] = [
            ("operationId", .text(id)), ("summary", .text(summary)), ("description", .text(detail)),
            ("tags", .list([.text(topic.rawValue)])), ("parameters", taken.isEmpty ? nil : .list(taken)),
            ("requestBody", bodyDocument), ("responses", .object(answered)), ("security", security),
        ]
        return .fields(pairs)
    }

    private var bodyDocument: JSONValue? {
        if let file {
            return [
                "required": true, "description": .text(file.words), "content": JSONValue.rawContent(file.types),
            ]
        }
        guard let body else { return nil }
        let schema: JSONValue = ["schema": Schema(.object(body), "").document]
        return ["required": true, "content": ["application/json": schema]]
    }

    /// Whoever may come without a token may show one all the same.
    private var security: JSONValue {
        let names: JSONValue =
            if case .token(let scope, _) = access { .list([.text(scope.rawValue)]) } else { .list([]) }
        let token: JSONValue = ["token": names]
        return needsToken ? .list([token]) : .list([.object([]), token])
    }

    private static func document(_ parameter: any AnyParameter) -> JSONValue {
        var schema = parameter.schema
        let (detail, example) = (schema.detail, schema.example)
        schema = Schema(schema.kind, "")
        let isList = if case .list = schema.kind { true } else { false }
        return .fields([
            ("name", .text(parameter.name)), ("in", .text(parameter.place.rawValue)),
            ("required", .flag(parameter.isRequired)), ("description", .text(detail)),
            ("style", isList ? "form" : nil), ("explode", isList ? false : nil), ("schema", schema.document),
            ("example", example),
        ])
    }
}

extension JSONValue {
    /// Bytes as they are, of one of these media types: OpenAPI 3.1 has no schema for them.
    fileprivate static func rawContent(_ types: [String]) -> JSONValue {
        .object(types.map { Member(name: $0, value: .object([])) })
    }
}

extension AnswerDescription {
    static func problem(_ status: HTTPResponse.Status) -> AnswerDescription {
        AnswerDescription(
            status,
            ProblemMeaning.of(status),
            RequestProblem.schema,
            contentType: "application/problem+json"
        )
    }

    var document: JSONValue {
        let fields: [JSONValue.Member] = headers.map { header in
            let schema = Schema(header.schema.kind, "").document
            return JSONValue.Member(
                name: header.name,
                value: ["required": true, "description": .text(header.schema.detail), "schema": schema]
            )
        }
        var content: JSONValue?
        if let schema { content = .object([JSONValue.Member(name: contentType, value: ["schema": schema.document])]) }
        if !files.isEmpty { content = .rawContent(files) }
        let pairs: [(String, JSONValue?)] = [
            ("description", .text(detail)), ("headers", fields.isEmpty ? nil : .object(fields)), ("content", content),
        ]
        return .fields(pairs)
    }
}

/// What the statuses of problems mean here, for the document and the reference page.
enum ProblemMeaning {
    static let all: [(status: HTTPResponse.Status, meaning: String)] = [
        (.badRequest, "The request is not as this document says. `errors` names what is wrong; correct it."),
        (.unauthorized, "A token is needed, or the one that was sent opens nothing. Make one in your account."),
        (
            .forbidden,
            "The token's scopes, or its holder's roles, do not reach so far. `code` says which right is missing."
        ),
        (.notFound, "Nothing is at this address, or nothing that you may know of."),
        (.methodNotAllowed, "The address takes other methods; the field Allow names them."),
        (
            .conflict,
            "The records or the charter do not allow it, or the record is in another state. `errors` or `detail` says what."
        ),
        (
            .preconditionFailed,
            "The record is no longer in the state that If-Match names. Nothing was written; read it again."
        ),
        (.contentTooLarge, "The body is larger than is taken."),
        (.uriTooLong, "The address is longer than is read."),
        (.unsupportedMediaType, "The body is not of a media type that the operation takes."),
        (.tooManyRequests, "More was asked in a minute than is allowed. Go on after the seconds in Retry-After."),
        (.internalServerError, "The fault is on this side and has been written down under `request`."),
        (
            .serviceUnavailable,
            "The records cannot be reached at this moment, or too many documents are being made. Go on after the "
                + "seconds in Retry-After."
        ),
    ]

    static func of(_ status: HTTPResponse.Status) -> String {
        all.first { $0.status.code == status.code }?.meaning ?? status.reasonPhrase
    }
}
