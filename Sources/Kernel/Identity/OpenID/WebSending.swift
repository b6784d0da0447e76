public import Outbound

/// Sends one request to another machine: `WebClient`, or a test's stand-in for it.
public protocol WebSending: Sendable {
    /// Whether addresses of one's own network may be reached, and then without TLS: in development and in tests.
    var allowsPrivateAddresses: Bool { get }
    func send(_ request: WebRequest) async throws -> WebAnswer
}

extension WebClient: WebSending {
    public var allowsPrivateAddresses: Bool { policy.allowsPrivateAddresses }
}
