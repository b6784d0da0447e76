import HTTPTypes
import Hummingbird
import NIOConcurrencyHelpers
import NIOCore

/// Answers those who watch the process: is it up, and should it get requests now.
public final class Health: Sendable {
    private let isStopping = NIOLockedValueBox(false)
    private let whyNotReady: @Sendable () async -> String?

    /// - Parameter whyNotReady: What stands in the way of answering requests ("the database does not answer"), nil if
    ///   nothing does. Asked at each `/readyz`, so it should give up after a second.
    public init(whyNotReady: @escaping @Sendable () async -> String? = { nil }) {
        self.whyNotReady = whyNotReady
    }

    /// From now on `/readyz` says no, so that a load balancer sends nothing new.
    func beginStopping() {
        isStopping.withLockedValue { $0 = true }
    }

    func addRoutes<Paths: RouterMethods>(to routes: Paths) {
        routes.get("/healthz") { _, _ in plainText("ok\n") }
        routes.get("/readyz") { _, _ -> Response in
            if self.isStopping.withLockedValue({ $0 }) {
                return plainText("stopping\n", status: .serviceUnavailable)
            }
            guard let reason = await self.whyNotReady() else { return plainText("ready\n") }
            return plainText("not ready: \(reason)\n", status: .serviceUnavailable)
        }
    }
}

func plainText(
    _ text: String,
    status: HTTPResponse.Status = .ok,
    type: String = ContentType.text.value
) -> Response {
    Response(
        status: status,
        headers: [.contentType: type, .cacheControl: "no-store"],
        body: ResponseBody(byteBuffer: ByteBuffer(string: text))
    )
}
