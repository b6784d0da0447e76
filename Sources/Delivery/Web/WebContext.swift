public import Hummingbird
import Logging

/// What accompanies a request through the site: its logger (with the request's id), its path parameters.
public struct WebContext: RequestContext {
    public var coreContext: CoreRequestContextStorage
    /// What finds this request in the log; sent back as `X-Request-Id`.
    public internal(set) var requestID = ""

    public init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
    }

    mutating func identify(as id: String) {
        requestID = id
        // Hummingbird's own key, so that there is one id in each line and `context.id` tells the same.
        logger[metadataKey: "hb.request.id"] = .string(id)
    }
}
