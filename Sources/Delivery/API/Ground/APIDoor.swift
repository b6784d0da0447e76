import Access
import Foundation
import HTTPTypes
import Hummingbird
import Languages
import NIOCore
import Web

/// What stands between a request and its operation: the rate, the token, the rights, and the checks that the declaration
/// asks for. There is no other way to an operation.
struct APIDoor: Sendable {
    static let largestBodyBytes = 64 * 1024

    let operation: Operation
    private let context: APIContext
    private let callers: Callers
    private let rates: RateLimit
    private let declared: Set<String>
    private let queryNames: [String]

    init(_ operation: Operation, _ context: APIContext, _ callers: Callers, _ rates: RateLimit) {
        self.operation = operation
        self.context = context
        self.callers = callers
        self.rates = rates
        declared = Set(operation.parameters.map(Call.key))
        queryNames = operation.parameters.filter { $0.place == .query }.map(\.name)
    }

    func answer(_ request: Request, _ web: WebContext) async throws -> Response {
        let now = context.now()
        var standing: RateLimit.Standing?
        var response: Response
        do {
            let secondsNow = Int64(now.timeIntervalSince1970)
            let authorization = request.headers[.authorization]
            var caller: Caller?
            var badToken: RequestProblem?
            do { caller = try await callers.find(authorization, now: now) } catch let problem as RequestProblem {
                badToken = problem
            }
            // A token that opens nothing counts for the address: whoever guesses tokens has no end of them.
            let taken =
                if let caller {
                    rates.take(caller.key, limit: context.rate.withToken, second: secondsNow)
                } else {
                    rates.take(address(request, web), limit: context.rate.withoutToken, second: secondsNow)
                }
            standing = taken
            if taken.isOver { throw RequestProblem.tooOften(taken.seconds) }
            if let badToken { throw badToken }
            response = try await carryOut(request, web, caller, now)
        } catch let problem as RequestProblem {
            response = problem.document(web)
        } catch let refusal as any Refusal {
            response = RequestProblem(refusal: refusal).document(web)
        } catch let input as InvalidInput {
            response = RequestProblem(input: input).document(web)
        } catch let moved as Moved {
            response = Response(status: .permanentRedirect, headers: [.location: moved.address])
        }
        finish(&response, standing)
        return response
    }

    private func carryOut(
        _ request: Request,
        _ web: WebContext,
        _ caller: Caller?,
        _ now: Date
    ) async throws -> Response {
        try admit(caller)
        let (values, problems) = try read(request, web)
        if !problems.isEmpty { throw RequestProblem.invalidRequest(problems) }
        let (body, file) = try await sent(with: request)
        let call = Call(
            request: request,
            context: context,
            caller: caller,
            address: address(request, web),
            now: now,
            values: values,
            body: body,
            file: file,
            declared: declared
        )
        if operation.isWrite {
            // Before the operation reads anything: what the change removed is not there to be read again.
            if let kept = try await call.keptAnswer() { return whole(kept) }
            return try await whole(handle(call))
        }
        // What only some can ask for is kept nowhere, though no token is needed.
        if operation.access == .open, !operation.isShared { return try await whole(handle(call)) }
        // What anybody may read is kept as the site's pages are; what somebody signed in reads never is.
        guard operation.isShared, caller == nil else {
            return try await page(handle(call), "private, no-cache").response(to: request)
        }
        return try await context.cache.response(to: request, variant: "api \(context.today())") {
            try await page(handle(call), "no-cache")
        }
    }

    /// `admit` has found a place where the caller may do it. Who may not do it here learns no more than is declared.
    private func handle(_ call: Call) async throws -> Answer {
        do { return try await operation.handler(call) } catch AccessRefusal.notAllowed(let action) {
            guard let unseen = operation.unseen else { throw AccessRefusal.notAllowed(action) }
            throw unseen
        }
    }

    private func admit(_ caller: Caller?) throws {
        switch operation.access {
        case .open: return
        case .anyToken: guard caller != nil else { throw RequestProblem.noToken }
        case .token(let scope, let action):
            guard let caller else { throw RequestProblem.noToken }
            guard caller.actor.token?.scopes.contains(scope) == true else { throw AccessRefusal.notInScope(action) }
            try caller.actor.requireSomewhere(action)
        }
    }

    /// The declared parameters with their values, and what is wrong with the request's.
    private func read(
        _ request: Request,
        _ web: WebContext
    ) throws -> (values: [String: any Sendable], problems: [RequestProblem.Field]) {
        var values: [String: any Sendable] = [:]
        var problems: [RequestProblem.Field] = []
        let query = try QueryParameters.fields(of: request.uri.query ?? "")
        for field in query where !queryNames.contains(field.name) {
            let list = queryNames.isEmpty ? "–" : queryNames.joined(separator: ", ")
            problems.append(
                .init(name: String(field.name.prefix(60)), message: say("is unknown here; known are \(list)."))
            )
        }
        for parameter in operation.parameters {
            let given: [String] =
                switch parameter.place {
                case .path: web.parameters.get(parameter.name).map { [$0.removingPercentEncoding ?? $0] } ?? []
                case .query: query.filter { $0.name == parameter.name }.map(\.value)
                case .header: HTTPField.Name(parameter.name).map { request.headers[values: $0] } ?? []
                }
            guard given.count <= 1 else {
                problems.append(
                    .init(name: parameter.name, message: say("is given \(given.count) times; give it once."))
                )
                continue
            }
            guard let text = given.first else {
                if parameter.isRequired { problems.append(.init(name: parameter.name, message: say("is missing."))) }
                continue
            }
            if let value = parameter.read(text) {
                values[Call.key(parameter)] = value
            } else if parameter.place == .path {
                throw RequestProblem.noSuchRecord
            } else {
                problems.append(
                    .init(name: parameter.name, message: say("is not \(parameter.schema.expected)."))
                )
            }
        }
        return (values, problems)
    }

    /// The body, JSON or a file, whichever the operation takes. It is read no further than its limit.
    private func sent(with request: Request) async throws -> (body: JSONValue, file: [UInt8]) {
        if let file = operation.file {
            guard file.types.contains(mediaType(request)) else { throw RequestProblem.wrongType(file.types) }
            return (.null, Array(try await request.bytes(atMost: file.largestBytes).readableBytesView))
        }
        guard let object = operation.body else { return (.null, []) }
        guard mediaType(request) == "application/json" else { throw RequestProblem.wrongBody }
        let bytes = try await request.bytes(atMost: Self.largestBodyBytes)
        let value: JSONValue
        do { value = try JSONReader.read(Array(bytes.readableBytesView)) } catch {
            throw RequestProblem.badRequest(say("The body is no JSON: \(error.reason), at byte \(plain: error.byte)."))
        }
        let problems = Schema(.object(object), "").problems(value, at: "body")
        if !problems.isEmpty { throw RequestProblem.invalidRequest(problems) }
        return (value, [])
    }

    /// What the request says that its body is, without parameters.
    private func mediaType(_ request: Request) -> String {
        let field = request.headers[.contentType] ?? ""
        let type = field.lowercased().prefix { $0 != ";" }
        return String(type.filter { $0 != " " })
    }

    private func page(_ answer: Answer, _ cacheControl: String) -> Page {
        Page(
            ByteBuffer(bytes: answer.body),
            contentType: answer.contentType,
            cacheControl: cacheControl,
            entityTag: answer.entityTag,
            more: answer.headers
        )
    }

    /// The answer to a change, or what is kept nowhere: never compared.
    private func whole(_ answer: Answer) -> Response {
        var fields = answer.headers
        if !answer.body.isEmpty { fields[.contentType] = answer.contentType.value }
        if let tag = answer.entityTag { fields[.eTag] = tag }
        fields[.cacheControl] = "private, no-store"
        return Response(
            status: answer.status,
            headers: fields,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body))
        )
    }

    private func address(_ request: Request, _ web: WebContext) -> String {
        guard context.trustsProxy, let name = HTTPField.Name("X-Forwarded-For"),
            let last = request.headers[values: name].last?.split(separator: ",").last
        else { return web.peerAddress }
        return last.filter { $0 != " " }
    }

    private func finish(_ response: inout Response, _ standing: RateLimit.Standing?) {
        if let standing {
            response.headers[.rateLimitPolicy] = "\"minute\";q=\(standing.limit);w=\(RateLimit.windowSeconds)"
            response.headers[.rateLimit] = "\"minute\";r=\(standing.remaining);t=\(standing.seconds)"
        }
        // Whoever may read without a token may do so from a page of any site. Nothing else is for pages of other sites.
        if operation.isShared {
            response.headers[.accessControlAllowOrigin] = "*"
            response.headers[.accessControlExposeHeaders] =
                "ETag, Link, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id"
        }
    }
}

/// What was asked for is elsewhere by now, for good.
struct Moved: Error {
    let address: String
}

extension RequestProblem {
    /// The problem as a document.
    fileprivate func document(_ web: WebContext) -> Response {
        ProblemPage(problem: self, requestID: web.requestID, language: web.language).document
    }
}

extension HTTPField.Name {
    static let rateLimit = named("RateLimit")
    static let rateLimitPolicy = named("RateLimit-Policy")
    static let idempotencyKey = named("Idempotency-Key")
    static let link = named("Link")

    private static func named(_ text: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(text) else { preconditionFailure("\(text) is the name of a field") }
        return name
    }
}
