import Languages

/// One HTTP request.
public struct WebRequest: Sendable {
    /// Absolute, http or https, ASCII, without user and password.
    public var url: String
    public var method: String
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]?

    public init(
        _ url: String,
        method: String = "GET",
        headers: [(name: String, value: String)] = [],
        body: [UInt8]? = nil
    ) {
        self.url = url
        self.method = method
        self.headers = headers
        self.body = body
    }

    /// Throws `badRequest` when a method or header would change the request's own lines.
    func check() throws(OutboundError) {
        guard !method.isEmpty, method.utf8.allSatisfy({ (0x41...0x5a).contains($0) }) else {
            throw .badRequest(say("the method must be in capital letters, as GET"))
        }
        for (name, value) in headers {
            guard !name.isEmpty, name.utf8.allSatisfy(Self.isToken) else {
                throw .badRequest(say("a header's name has a character that none may have"))
            }
            guard value.utf8.allSatisfy({ $0 == 0x09 || ($0 >= 0x20 && $0 != 0x7f) }) else {
                throw .badRequest(say("the header \(name) has a line break or a control character"))
            }
        }
    }

    /// RFC 9110, 5.6.2.
    private static func isToken(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}

/// One HTTP answer; redirects are answers like any other.
public struct WebAnswer: Sendable, Equatable {
    public var status: Int
    /// By name in lower case; values of a repeated header are joined with ", ".
    public var headers: [String: String]
    public var body: [UInt8]

    public init(status: Int, headers: [String: String], body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}
