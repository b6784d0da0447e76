import Access
import HTTPTypes
import Hummingbird
import Languages
import NIOCore
import Web

// Where a no of any kind becomes a problem document.
extension RequestProblem {
    static let noToken = RequestProblem(
        .unauthorized,
        code: "token-missing",
        title: say("A token is needed"),
        detail: say("Send one with the request: Authorization: Bearer hansa_… You make it in your account."),
        headers: [.wwwAuthenticate: "Bearer"]
    )

    static let badToken = RequestProblem(
        .unauthorized,
        code: "token-invalid",
        title: say("This token opens nothing"),
        detail: say("It was revoked, has expired, or never was one. Make a new one in your account."),
        headers: [.wwwAuthenticate: "Bearer error=\"invalid_token\""]
    )

    static let noSuchRecord = RequestProblem(
        .notFound,
        code: "not-found",
        title: say("There is no such thing here"),
        detail: say("Nothing has this key. Lists give the keys that there are.")
    )

    static let oldCursor = RequestProblem(
        .notFound,
        code: "cursor-unknown",
        title: say("There is no such page"),
        detail: say("This cursor is none of this list. Begin again without one.")
    )

    static let wrongBody = RequestProblem(
        .unsupportedMediaType,
        code: "body-not-json",
        title: say("The body is no JSON"),
        detail: say("Send it as application/json.")
    )

    static func wrongType(_ types: [String]) -> RequestProblem {
        RequestProblem(
            .unsupportedMediaType,
            code: "body-of-another-type",
            title: say("The body is of another type"),
            detail: say("Send the file under its media type, one of \(types.joined(separator: ", ")).")
        )
    }

    static func tooOften(_ seconds: Int) -> RequestProblem {
        RequestProblem(
            .tooManyRequests,
            code: "too-often",
            title: say("Too often"),
            detail: say("More was asked in this minute than is allowed. The field Retry-After says when to go on."),
            headers: [.retryAfter: String(seconds)]
        )
    }

    /// 400 with what the declaration does not take.
    static func invalidRequest(_ fields: [Field]) -> RequestProblem {
        RequestProblem(
            .badRequest,
            code: "request-invalid",
            title: say("The request is not as the document says"),
            detail: say("Nothing was done. Correct what is named below."),
            fields: fields
        )
    }

    /// A rule's no. What is not as the document says is 400; a request that is, and that the records or the charter do not
    /// allow, is 409, whether it would be another day or not.
    init(refusal: any Refusal) {
        let (status, title): (HTTPResponse.Status, Phrase) =
            switch refusal.kind {
            case .forbidden: (.forbidden, say("This is not yours to do"))
            case .notFound: (.notFound, say("There is no such thing here"))
            case .conflict: (.conflict, say("It has changed meanwhile"))
            case .invalid: (.conflict, say("That cannot be"))
            case .tooMany: (.tooManyRequests, say("Too often"))
            }
        self.init(status, code: refusal.code, title: title, detail: refusal.sentence)
    }

    /// What a rule says of single fields.
    init(input: InvalidInput) {
        self.init(
            .conflict,
            code: "input-refused",
            title: say("That cannot be"),
            detail: say("Nothing was changed. Correct what is named below."),
            fields: input.fields.map { .init(name: $0.name, message: $0.message) }
        )
    }

    /// What the document says of every problem (RFC 9457).
    static let schema = Schema(
        .object(
            ObjectSchema(
                name: "Problem",
                [
                    .init(name: "type", schema: .text("An address that names the kind of problem."), isRequired: true),
                    .init(name: "title", schema: .text("What happened, in a few words."), isRequired: true),
                    .init(name: "status", schema: .integer("The status of the answer.", 400...599), isRequired: true),
                    .init(name: "detail", schema: .text("What it means and what to do."), isRequired: true),
                    .init(
                        name: "code",
                        schema: .text("Stable, for programs.", example: "not-allowed.member.edit"),
                        isRequired: false
                    ),
                    .init(
                        name: "errors",
                        schema: .list(
                            "What is wrong, field by field.",
                            of: Schema(
                                .object(
                                    ObjectSchema(
                                        name: "FieldProblem",
                                        [
                                            .init(name: "field", schema: .text("Which one."), isRequired: true),
                                            .init(name: "detail", schema: .text("What is wrong."), isRequired: true),
                                        ]
                                    )
                                ),
                                "One field."
                            )
                        ),
                        isRequired: false
                    ),
                    .init(name: "request", schema: .text("Finds the request in the log."), isRequired: true),
                ]
            )
        ),
        "What went wrong."
    )
}
