import Access
import HTTPTypes
import Hummingbird

/// One thing that a program can ask for or do. All that is known of it stands in its declaration: the route, what is
/// checked, who may, and what the OpenAPI document and the reference page say.
struct Operation: Sendable {
    typealias Handler = @Sendable (Call) async throws -> Answer

    /// Names it for generators: `listMembers`.
    let id: String
    let method: HTTPRequest.Method
    /// Below `/api/v1`, with `{name}` for what stands in the path.
    let path: String
    let topic: Topic
    /// In a few words.
    let summary: String
    /// In sentences; Markdown as OpenAPI takes it, code spans only.
    let detail: String
    let access: OperationAccess
    /// What is answered where what is asked for by its number is another member's: the same as where there is none, so
    /// that nobody learns by trying which numbers there are. `nil` where they are told that it is not theirs.
    let unseen: (any Refusal)?
    /// Whether what is open is kept for everybody and may be read by pages of any site. Not what follows from something
    /// that only some hold.
    let isShared: Bool
    let parameters: [any AnyParameter]
    /// The JSON that is sent; `nil` for none.
    let body: ObjectSchema?
    /// The file that is sent instead; `nil` for none.
    let file: FileBody?
    let answers: [AnswerDescription]
    let handler: Handler

    init(
        _ method: HTTPRequest.Method,
        _ path: String,
        id: String,
        topic: Topic,
        summary: String,
        detail: String,
        access: OperationAccess = .open,
        unseen: (any Refusal)? = nil,
        isShared: Bool = true,
        parameters: [any AnyParameter] = [],
        body: ObjectSchema? = nil,
        file: FileBody? = nil,
        answers: [AnswerDescription],
        handler: @escaping Handler
    ) {
        precondition(body == nil || file == nil, "\(id) takes JSON or a file")
        self.id = id
        self.method = method
        self.path = path
        self.topic = topic
        self.summary = summary
        self.detail = detail
        self.access = access
        self.unseen = unseen
        self.isShared = isShared && access == .open
        self.parameters = parameters
        self.body = body
        self.file = file
        self.answers = answers
        self.handler = handler
    }

    /// Whether it changes something.
    var isWrite: Bool { method != .get }

    var needsToken: Bool { access != .open }
}

/// Who may carry out an operation.
enum OperationAccess: Sendable, Equatable {
    /// Whoever comes.
    case open
    /// Whoever has a token, whatever it is for.
    case anyToken
    /// Whoever has a token with this scope and may do this somewhere; the command or question behind it knows where.
    case token(Scope, Action)
}

/// What belongs together on the reference page.
enum Topic: String, Sendable, CaseIterable {
    case members = "Members"
    case network = "Network"
    case rules = "Rules"
    case proposals = "Proposals"
    case joining = "Joining"
    case decisions = "Decisions"
    case events = "Events"
    case standing = "Standing"
    case dues = "Dues"
    case payments = "Payments"
    case people = "People"
    case office = "Office"
    case account = "Account"
    case tokens = "Tokens"
    case webhooks = "Webhooks"

    var detail: String {
        switch self {
        case .members: "Who the members are, on any day, and everything that the records hold of one."
        case .network: "The network as a whole: its changes, its growth, its published figures, its countries."
        case .rules: "The association's rules, each with the article or report that it is from."
        case .proposals: "Changes of official facts that members ask the secretariat for."
        case .joining: "Applications for membership, and what members ask about theirs."
        case .decisions: "What bodies are asked, how their seats answer, and what came of it."
        case .events: "Events, which members took part in them, and what else sources state of a member."
        case .standing:
            "How members stand by the charter, what they earned and may use; the proposals of the nightly rule."
        case .dues: "Fees and the figures that they go by, invoices, members' accounts, relief."
        case .payments: "Money that came in and went out, banks' statements and their lines, rates of exchange."
        case .people: "Who may come in, and which roles they hold where."
        case .office:
            "What waits in the secretariat, and what it keeps of its own work: the journal, outgoing mail, imports, jobs, "
                + "settings."
        case .account:
            "Your own account: who you are here, where you are signed in, what is held on you. How you sign in is changed "
                + "by you alone, signed in."
        case .tokens:
            "The token with which you ask, and others that you may see and revoke. None is made here: whoever got hold of "
                + "one could make others that stay when it is revoked. People make them, signed in."
        case .webhooks: "Addresses of other programs that are told what happens, and what became of each message."
        }
    }
}

/// One way in which an operation answers.
struct AnswerDescription: Sendable {
    let status: HTTPResponse.Status
    let detail: String
    /// What the body looks like; `nil` for none, and for a file.
    let schema: Schema?
    let contentType: String
    /// The media types of a file that is answered; none where the body is JSON.
    let files: [String]
    let headers: [HeaderDescription]

    init(
        _ status: HTTPResponse.Status,
        _ detail: String,
        _ schema: Schema?,
        contentType: String = "application/json",
        files: [String] = [],
        headers: [HeaderDescription] = []
    ) {
        self.status = status
        self.detail = detail
        self.schema = schema
        self.contentType = contentType
        self.files = files
        self.headers = headers
    }
}

/// A header field that an answer carries always.
struct HeaderDescription: Sendable {
    let name: String
    let schema: Schema

    static let entityTag = HeaderDescription(
        name: "ETag",
        schema: .text("The state that was answered. Send it back in If-None-Match, or in If-Match with a change.")
    )

    static let location = HeaderDescription(name: "Location", schema: .text("The address of what was made."))
}
