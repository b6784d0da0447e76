/// Why a mail cannot be queued, or why what was decided about one cannot be done.
public enum MailProblem: Error, Sendable, Equatable {
    case badAddress
    /// The named field holds a line break or another control character.
    case controlCharacter(field: String)
    case empty(String)
    case tooLong(String, limitBytes: Int)
    /// No mail has this id.
    case unknown(String)
    /// What was asked for does not go with the state that the mail is in.
    case notNow(MailState)
    /// The body is no longer kept, so it cannot be sent again.
    case bodyIsGone
    /// No template has this key in any language.
    case unknownTemplate(String)
    /// The template has a placeholder without a value.
    case missingValue(template: String, placeholder: String)
    /// A link's value is no web address.
    case badLink(template: String, placeholder: String)
}

extension MailProblem: CustomStringConvertible {
    public var description: String {
        switch self {
        case .badAddress:
            "This is no mail address that can be written to. Give one as name@example.org, without accents or spaces."
        case .controlCharacter(let field):
            "The mail's \(field) has a line break or a control character, which could add headers. Remove it."
        case .empty(let field): "The mail has no \(field). Give it one."
        case .tooLong(let field, let limit): "The mail's \(field) is empty or longer than \(limit) bytes. Shorten it."
        case .unknown(let id): "There is no mail \(id). `hansa mail list` lists them."
        case .notNow(let state):
            "This cannot be done with a mail that is \(state.rawValue). Look at it again: it moved on."
        case .bodyIsGone:
            "The mail held a secret, and its body was removed. Do again what caused it, so that a new one is made."
        case .unknownTemplate(let key): "There is no mail template \(key)."
        case .missingValue(let template, let placeholder):
            "The mail template \(template) needs a value for {\(placeholder)}, and none was given."
        case .badLink(let template, let placeholder):
            "The mail template \(template) was given a link for {\(placeholder)} that is no http or https address."
        }
    }
}
