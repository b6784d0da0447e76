import HTTPTypes
public import Hummingbird
import Languages
import Logging
import NIOCore

/// What every request passes on its way in and every answer on its way out: the request's id, limits, the pages for
/// errors, security headers, measurements and the access log.
///
/// One responder and not a chain of middleware: it is in the way of every request, and this is several times cheaper.
public struct Doorway: HTTPResponder {
    public typealias Context = WebContext

    /// Below this path there are no pages.
    static let programs = "/api/"

    private let inner: RouterResponder<WebContext>
    private let limits: RequestLimits
    private let measurements: RequestMeasurements
    private let accessLogLevel: Logger.Level?
    private let problemPage: @Sendable (ProblemPage) -> ByteBuffer
    private let languages: LanguagePrefix
    private let ids = RequestIDs()

    init(
        inner: RouterResponder<WebContext>,
        limits: RequestLimits,
        measurements: RequestMeasurements,
        accessLogLevel: Logger.Level?,
        languages: [Language],
        problemPage: @escaping @Sendable (ProblemPage) -> ByteBuffer
    ) {
        self.inner = inner
        self.limits = limits
        self.measurements = measurements
        self.accessLogLevel = accessLogLevel
        self.languages = LanguagePrefix(languages)
        self.problemPage = problemPage
    }

    public func respond(to request: Request, context: WebContext) async throws -> Response {
        let start = ContinuousClock.now
        measurements.began()
        var context = context
        context.identify(as: ids.id(given: request.headers[.requestID]))
        let (language, request) = languages.read(request)
        context.language = language
        var response = await answer(to: request, context: context)
        languages.keep(language, in: &response)
        if request.method == .head { response = response.createHeadResponse() }
        response.headers[.requestID] = context.requestID
        for field in SecurityHeaders.fields where SecurityHeaders.isDue(field, in: response.headers) {
            response.headers.append(field)
        }
        let duration = ContinuousClock.now - start
        let route = context.endpointPath ?? "none"
        measurements.ended(method: request.method, route: route, status: response.status, duration: duration)
        log(request, response, duration, context.logger)
        return response
    }

    private func answer(to request: Request, context: WebContext) async -> Response {
        do {
            try admit(request)
            let response = try await inner.respond(to: request, context: context)
            // Hummingbird answers its own errors without words.
            guard response.status.code >= 400, !isWorded(response) else { return response }
            return show(.plain(response.status, headers: response.headers), to: request, context)
        } catch let problem as RequestProblem {
            return show(problem, to: request, context)
        } catch let fault as any PassingFault where fault.passes {
            context.logger.error("not available", metadata: ["error": "\(fault)"])
            return show(.passing, to: request, context)
        } catch is CancellationError {
            return show(.unavailable, to: request, context)
        } catch {
            context.logger.error("request failed", metadata: ["error": "\(String(reflecting: error))"])
            return show(.fault, to: request, context)
        }
    }

    private func admit(_ request: Request) throws(RequestProblem) {
        if let path = request.head.path {
            guard path.utf8.count <= RequestLimits.uriBytes else { throw .addressTooLong }
            guard path.utf8.first == UInt8(ascii: "/") || request.method == .options else {
                throw .badRequest(say("An address begins with a slash."))
            }
        }
        guard Routes.known.contains(request.method) else {
            throw RequestProblem(
                .notImplemented,
                title: say("Unknown method"),
                detail: say("This server does not know what is asked of it.")
            )
        }
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limits.bodyBytes {
            throw .bodyTooLarge
        }
    }

    private func isWorded(_ response: Response) -> Bool {
        guard let type = response.headers[.contentType], response.body.contentLength != 0 else { return false }
        return !type.hasPrefix("application/json")
    }

    private func show(_ problem: RequestProblem, to request: Request, _ context: WebContext) -> Response {
        let page = ProblemPage(problem: problem, requestID: context.requestID, language: context.language)
        // What is for programs speaks to programs, whatever they say that they take.
        if request.uri.path.hasPrefix(Self.programs) { return page.document }
        return page.response(accept: request.headers[.accept], render: problemPage)
    }

    /// The query is left out: what people search for is theirs.
    private func log(_ request: Request, _ response: Response, _ duration: Duration, _ logger: Logger) {
        guard let level = accessLogLevel, logger.logLevel <= level else { return }
        logger.log(
            level: level,
            "request",
            metadata: [
                "method": .string(request.method.rawValue),
                "path": .string(String(request.uri.path.prefix(500))),
                "status": .stringConvertible(response.status.code),
                "microseconds": .stringConvertible(duration.microseconds),
                "bytes": .stringConvertible(response.body.contentLength ?? -1),
            ]
        )
    }
}

extension Duration {
    var microseconds: Int64 {
        components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000
    }
}

extension HTTPField.Name {
    static let requestID: HTTPField.Name = {
        guard let name = HTTPField.Name("x-request-id") else { preconditionFailure("a valid field name") }
        return name
    }()
}
