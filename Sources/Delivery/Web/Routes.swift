public import HTTPTypes
public import Hummingbird

/// The addresses of a site and what answers them.
///
/// As Hummingbird's router, with two additions: HEAD is answered wherever GET is, and a method that an address does
/// not take gets 405 with the ones that it takes, not 404.
public final class Routes: RouterMethods {
    public typealias Context = WebContext

    private let router = Router(context: WebContext.self, options: .autoGenerateHeadEndpoints)
    private var methods: [String: (path: RouterPath, taken: Set<HTTPRequest.Method>)] = [:]

    public init() {}

    @discardableResult
    public func on<Responder: HTTPResponder>(
        _ path: RouterPath,
        method: HTTPRequest.Method,
        responder: Responder
    ) -> Self where Responder.Context == WebContext {
        router.on(path, method: method, responder: responder)
        methods[path.description, default: (path, [])].taken.insert(method)
        return self
    }

    @discardableResult
    public func add(middleware: any MiddlewareProtocol<Request, Response, WebContext>) -> Self {
        router.add(middleware: middleware)
        return self
    }

    /// All addresses with what each takes, as they were added.
    package var addresses: [String: Set<HTTPRequest.Method>] { methods.mapValues(\.taken) }

    func buildResponder() -> RouterResponder<WebContext> {
        for (path, taken) in methods.values {
            let offered = taken.contains(.get) ? taken.union([.head]) : taken
            let problem = RequestProblem.methodNotAllowed(Array(offered))
            for method in Routes.known.subtracting(offered) {
                router.on(path, method: method) { _, _ -> Response in throw problem }
            }
        }
        return router.buildResponder()
    }

    /// Methods that get 405; any other is unknown to this server (501).
    static let known: Set<HTTPRequest.Method> = [
        .get, .head, .post, .put, .patch, .delete, .options, .trace, .connect, .query,
    ]
}

extension HTTPRequest.Method {
    /// A question with a body (draft-ietf-httpbis-safe-method-w-body). Known, so that it is refused as what is not taken.
    static let query: HTTPRequest.Method = {
        guard let method = HTTPRequest.Method("QUERY") else { preconditionFailure("a valid method") }
        return method
    }()
}
