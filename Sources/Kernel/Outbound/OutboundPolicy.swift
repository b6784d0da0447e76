/// What may be reached, for how long, and how much may come back.
public struct OutboundPolicy: Sendable {
    /// Whether loopback, private and other addresses of one's own network may be reached. Only where the address comes
    /// from the operator's own settings; never where somebody else chose it.
    public var allowsPrivateAddresses: Bool
    /// For the whole exchange, from the name's lookup to the last byte.
    public var timeout: Duration
    public var largestAnswerBytes: Int
    /// A PEM file that certificates are checked against; the system's when `nil`.
    public var authorities: String?

    public init(
        allowsPrivateAddresses: Bool = false,
        timeout: Duration = .seconds(10),
        largestAnswerBytes: Int = 1 << 20,
        authorities: String? = nil
    ) {
        self.allowsPrivateAddresses = allowsPrivateAddresses
        self.timeout = timeout
        self.largestAnswerBytes = largestAnswerBytes
        self.authorities = authorities
    }
}

extension Duration {
    var milliseconds: Int { Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000) }
}
