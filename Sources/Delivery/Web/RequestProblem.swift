public import HTTPTypes
public import Languages

/// A request that cannot be answered as it was meant, told to the person (a page) or program (RFC 9457) that sent it.
///
/// Nothing in it may be a secret: all of it is shown.
public struct RequestProblem: Error, Equatable {
    /// One field of the request that is wrong.
    public struct Field: Sendable, Equatable {
        public let name: String
        /// What is wrong and what is expected, as a sentence.
        public let message: Phrase

        public init(name: String, message: Phrase) {
            self.name = name
            self.message = message
        }
    }

    public let status: HTTPResponse.Status
    /// Stable, for programs: `not-allowed.member.edit`.
    public let code: String?
    /// What happened, in a few words.
    public let title: Phrase
    /// What it means and what to do, in a sentence or two.
    public let detail: Phrase
    public let fields: [Field]
    /// Header fields of the answer.
    public let headers: HTTPFields

    public init(
        _ status: HTTPResponse.Status,
        code: String? = nil,
        title: Phrase,
        detail: Phrase,
        fields: [Field] = [],
        headers: HTTPFields = [:]
    ) {
        self.status = status
        self.code = code
        self.title = title
        self.detail = detail
        self.fields = fields
        self.headers = headers
    }

    public static let notFound = RequestProblem(
        .notFound,
        title: say("Page not found"),
        detail: say("There is nothing at this address. It may have moved, or the link may be mistyped.")
    )

    /// 400 with the fields that are wrong.
    public static func badRequest(_ fields: [Field]) -> RequestProblem {
        RequestProblem(
            .badRequest,
            title: say("The address asks for something that cannot be"),
            detail: say("Correct what is named below, or start again from the page before."),
            fields: fields
        )
    }

    /// 400 for a request that cannot be read at all.
    public static func badRequest(_ detail: Phrase) -> RequestProblem {
        RequestProblem(.badRequest, title: say("The request cannot be read"), detail: detail)
    }

    static func methodNotAllowed(_ allowed: [HTTPRequest.Method]) -> RequestProblem {
        let list = allowed.map(\.rawValue).sorted().joined(separator: ", ")
        return RequestProblem(
            .methodNotAllowed,
            title: say("This cannot be done here"),
            detail: say("The address exists, but takes only: \(list)."),
            headers: [.allow: list]
        )
    }

    static let addressTooLong = RequestProblem(
        .uriTooLong,
        title: say("The address is too long"),
        detail: say(
            "The address of a page has at most \(RequestLimits.uriBytes) bytes here. "
                + "Search for fewer words or choose fewer filters."
        )
    )

    public static let bodyTooLarge = RequestProblem(
        .contentTooLarge,
        title: say("That is too much at once"),
        detail: say("What was sent is larger than this site takes. Send a smaller file.")
    )

    static let unavailable = RequestProblem(
        .serviceUnavailable,
        title: say("Not available just now"),
        detail: say("The program is starting or stopping. Try again in a moment."),
        headers: [.retryAfter: "5"]
    )

    static let passing = RequestProblem(
        .serviceUnavailable,
        title: say("Not available just now"),
        detail: say("The records cannot be reached at this moment; nothing was lost. Try again in a minute."),
        headers: [.retryAfter: "10"]
    )

    static let fault = RequestProblem(
        .internalServerError,
        title: say("Something went wrong here"),
        detail: say(
            "The fault is on our side and has been written down. Try again; if it stays, report it with the "
                + "number below."
        )
    )

    /// For a status that some other part answered with, without words.
    static func plain(_ status: HTTPResponse.Status, headers: HTTPFields) -> RequestProblem {
        switch status {
        case .notFound: return .notFound
        case .contentTooLarge: return .bodyTooLarge
        case .badRequest: return .badRequest(say("It does not have the form that is expected here."))
        default:
            let kept = headers.filter { $0.name != .contentLength && $0.name != .contentType }
            return RequestProblem(
                status,
                title: .verbatim(status.reasonPhrase),
                detail: say("The request was not carried out."),
                headers: HTTPFields(kept)
            )
        }
    }
}

/// How large a request may be.
public struct RequestLimits: Sendable {
    /// The longest address (path and query) that is read.
    public static let uriBytes = 8 * 1024

    /// The largest body that is accepted, by its declared length.
    public var bodyBytes: Int

    public init(bodyBytes: Int = 2 * 1024 * 1024) {
        self.bodyBytes = bodyBytes
    }
}

/// An error of the world behind the program that goes away by itself: the answer is "try again", not "we are broken".
public protocol PassingFault: Error {
    /// Whether this very error is such a one.
    var passes: Bool { get }
}
