public import Languages

/// Why an exchange with another machine failed. No case holds a password, a token or a URL's query.
public enum OutboundError: Error, Sendable, Equatable {
    /// The text is no http, https, smtp or smtps address, or holds a user where none may be.
    case badURL(Phrase)
    /// A method, header or mail address that would change the protocol's own lines.
    case badRequest(Phrase)
    /// The name leads to an address of our own network or to none that is public.
    case refusedAddress(host: String)
    /// No connection, or a broken one; `reason` says which, as with a certificate that is not trusted.
    case unreachable(host: String, reason: Phrase)
    case timedOut(host: String)
    case answerTooLarge(host: String, limitBytes: Int)
    /// As many exchanges as allowed are under way and as many as allowed wait.
    case overloaded
    /// The mail server said no. `code` is its reply (RFC 5321), `nil` when it could not be reached. `isPermanent` says
    /// that this mail to this address will be refused again; a wrong password is not that.
    case smtp(code: Int?, message: Phrase, isPermanent: Bool)
    /// The mail was handed over and the connection ended before the server said whether it took it.
    case outcomeUnknown(Phrase)
}

extension OutboundError: CustomStringConvertible {
    public var description: String { sentence.english }

    /// What happened and what to do. Words of another machine stand in it as they came.
    public var sentence: Phrase {
        switch self {
        case .badURL(let why): say("This address cannot be used: \(why)")
        case .badRequest(let why): say("This request cannot be sent: \(why)")
        case .refusedAddress(let host):
            say("\(host) is an address of a private network, which is not reached from here. Give a public one.")
        case .unreachable(let host, let reason):
            say("\(host) cannot be reached: \(reason). Check the address, or try again.")
        case .timedOut(let host): say("\(host) did not answer in time. Try again later.")
        case .answerTooLarge(let host, let limit):
            say("\(host) answered with more than \(limit) bytes, which is refused.")
        case .overloaded: say("Too many requests to other machines are under way. Try again in a moment.")
        case .smtp(let code, let message, _): code.map { Phrase.verbatim("\($0) ") + message } ?? message
        case .outcomeUnknown(let message): message
        }
    }
}
