public import Languages

/// Why a sign-in through another provider did not come about. No case holds a code, a token or a secret.
public enum OpenIDError: Error, Sendable, Equatable {
    /// The setting cannot be used; says why.
    case badSetting(String)
    /// The provider could not be reached, or answered what it must not; says what.
    case badAnswer(Phrase)
    /// No sign-in was begun with this state in this browser, or it was finished before, or too long ago.
    case unknownAttempt
    /// The provider said no: its error code (RFC 6749, 4.1.2.1).
    case declined(String)
    /// The ID token is not to be trusted.
    case badToken(TokenFault)

    /// What is wrong with an ID token.
    public enum TokenFault: String, Sendable, Equatable {
        case malformed, algorithm, key, signature, issuer, audience, expired, issuedAt, nonce, subject
    }
}

extension OpenIDError: CustomStringConvertible {
    public var description: String { sentence.english }

    public var sentence: Phrase {
        switch self {
        case .badSetting(let why): say("This provider cannot be used for signing in: \(why)")
        case .badAnswer(let why):
            say(
                "The sign-in provider did not answer as it should: \(why). Nobody was signed in. Try again, or sign in by a "
                    + "link."
            )
        case .unknownAttempt:
            say("This sign-in was not begun in this browser, was finished already, or took too long. Begin again.")
        case .declined(let code):
            say("The sign-in provider declined (\(code)). Nobody was signed in. Try again, or sign in by a link.")
        case .badToken(let fault):
            say(
                "The sign-in provider's answer could not be trusted (\(fault.rawValue)). Nobody was signed in. If this "
                    + "happens again, check the provider's settings."
            )
        }
    }
}
