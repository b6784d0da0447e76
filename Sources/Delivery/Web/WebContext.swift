public import Hummingbird
public import Languages
import Logging
import NIOCore

/// What accompanies a request through the site: its logger (with the request's id), its path parameters.
public struct WebContext: RequestContext {
    public var coreContext: CoreRequestContextStorage
    /// What finds this request in the log; sent back as `X-Request-Id`.
    public internal(set) var requestID = ""
    /// The language of the address that was asked for (`/ko/members`).
    public internal(set) var language = Language.source
    /// The network address at the other end of the connection: a reader's, or that of the proxy before this program.
    public let peerAddress: String

    public init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        peerAddress = source.channel.remoteAddress?.ipAddress ?? ""
    }

    mutating func identify(as id: String) {
        requestID = id
        // Hummingbird's own key, so that there is one id in each line and `context.id` tells the same.
        logger[metadataKey: "hb.request.id"] = .string(id)
    }
}
