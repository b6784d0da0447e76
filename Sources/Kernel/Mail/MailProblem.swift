public import Languages

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
    public var description: String { sentence.english }

    public var sentence: Phrase {
        switch self {
        case .badAddress:
            say(
                "This is no mail address that can be written to. Give one as name@example.org, without accents or spaces."
            )
        case .controlCharacter(let field):
            say(
                "The mail's \(Self.words(field)) has a line break or a control character, which could add headers. Remove it."
            )
        case .empty(let field): say("The mail has no \(Self.words(field)). Give it one.")
        case .tooLong(let field, let limit):
            say("The mail's \(Self.words(field)) must have 1 to \(limit) bytes. Fill it in, or shorten it.")
        case .unknown(let id): say("There is no mail \(id). `hansa mail list` lists them.")
        case .notNow(let state):
            say("This cannot be done with a mail that is \(Self.words(state)). Look at it again: it moved on.")
        case .bodyIsGone:
            say("The mail held a secret, and its body was removed. Do again what caused it, so that a new one is made.")
        case .unknownTemplate(let key): say("There is no mail template \(key).")
        case .missingValue(let template, let placeholder):
            say("The mail template \(template) needs a value for {\(placeholder)}, and none was given.")
        case .badLink(let template, let placeholder):
            say("The mail template \(template) was given a link for {\(placeholder)} that is no http or https address.")
        }
    }

    private static func words(_ field: String) -> Phrase {
        switch field {
        case "subject": say("subject", context: "part of a mail")
        case "body": say("body", context: "part of a mail")
        case "name": say("name", context: "part of a mail")
        default: .verbatim(field)
        }
    }

    private static func words(_ state: MailState) -> Phrase {
        switch state {
        case .waiting: say("waiting", context: "state of a mail, within a sentence")
        case .sending: say("sending", context: "state of a mail, within a sentence")
        case .sent: say("sent", context: "state of a mail, within a sentence")
        case .failed: say("failed", context: "state of a mail, within a sentence")
        case .bounced: say("bounced", context: "state of a mail, within a sentence")
        case .stopped: say("stopped", context: "state of a mail, within a sentence")
        case .uncertain: say("uncertain", context: "state of a mail, within a sentence")
        }
    }
}
