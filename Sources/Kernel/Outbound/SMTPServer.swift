import CCurl
import Languages

/// A mail server that takes our mail for delivery (RFC 6409).
public struct SMTPServer: Sendable, Equatable {
    /// `smtp://host:port`, or `smtps://` where TLS begins with the connection. Without user and password.
    public var url: String
    public var user: String?
    public var password: String?
    /// Whether mail is only handed over encrypted. With `false` STARTTLS is used where the server offers it.
    public var requiresTLS: Bool
    public var timeout: Duration
    /// A PEM file that the server's certificate is checked against; the system's when `nil`.
    public var authorities: String?

    public init(
        url: String,
        user: String? = nil,
        password: String? = nil,
        requiresTLS: Bool = true,
        timeout: Duration = .seconds(60),
        authorities: String? = nil
    ) {
        self.url = url
        self.user = user
        self.password = password
        self.requiresTLS = requiresTLS
        self.timeout = timeout
        self.authorities = authorities
    }

    /// Reads `smtp://user:password@host:port`; signs that a URL cannot hold are percent-encoded.
    ///
    /// Encryption is required but to this machine itself; `?tls=optional` allows a server of one's own network without.
    /// Throws `OutboundError.badURL`, which never repeats the text.
    public init(setting: String, authorities: String? = nil) throws {
        let url = try CurlURL(setting, schemes: ["smtp", "smtps"], allowsUser: true)
        let query = url.part(CURLUPART_QUERY)
        guard query == nil || query == "tls=optional" else {
            throw OutboundError.badURL(say("after the question mark only tls=optional is known"))
        }
        let isLocal = ["localhost", "127.0.0.1", "[::1]"].contains(url.host.lowercased())
        let scheme = url.part(CURLUPART_SCHEME) ?? "smtp"
        let port = url.part(CURLUPART_PORT).map { ":\($0)" } ?? (scheme == "smtp" ? ":587" : ":465")
        self.init(
            url: "\(scheme)://\(url.host)\(port)",
            user: url.part(CURLUPART_USER, decoded: true),
            password: url.part(CURLUPART_PASSWORD, decoded: true),
            requiresTLS: !isLocal && query == nil,
            authorities: authorities
        )
    }

    /// Hands one mail for one recipient over. `message` is a whole one (RFC 5322) with CRLF line ends.
    ///
    /// Returns when the server has taken it. Throws `OutboundError`: `smtp` when it surely has not, `outcomeUnknown` when
    /// that cannot be known. Once begun it is not cancelled, since half a hand-over is what cannot be known.
    public func submit(from sender: String, to recipient: String, message: [UInt8]) async throws {
        let server = self
        try await OutboundThreads.mail.run {
            try SMTPExchange(server: server, message: message).run(from: sender, to: recipient)
        }
    }
}
