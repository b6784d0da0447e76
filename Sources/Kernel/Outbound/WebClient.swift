import CCurl
import Synchronization

/// Sends HTTP requests to other machines, within a policy.
///
/// The address that is really connected to is checked, not the name: a name that leads to one address when it is checked
/// and to another when it is called gains nothing. Redirects are not followed, the environment's proxies not used.
public struct WebClient: Sendable {
    public let policy: OutboundPolicy

    public init(policy: OutboundPolicy = OutboundPolicy()) { self.policy = policy }

    /// Sends one request. Throws `OutboundError`, or `CancellationError` soon after the task was cancelled.
    public func send(_ request: WebRequest) async throws -> WebAnswer {
        try request.check()
        let policy = policy
        let cancellation = Cancellation()
        return try await withTaskCancellationHandler {
            try await OutboundThreads.web.run {
                try WebExchange(policy: policy, cancellation: cancellation).run(request)
            }
        } onCancel: {
            cancellation.set()
        }
    }
}

/// Tells the thread of an exchange that nobody waits for its answer.
final class Cancellation: Sendable {
    private let flag = Atomic(false)

    func set() { flag.store(true, ordering: .relaxed) }
    var isSet: Bool { flag.load(ordering: .relaxed) }
}
