/// What a mail says, rendered.
public struct MailContent: Sendable, Equatable {
    public var subject: String
    public var text: String
    public var html: String

    public init(subject: String, text: String, html: String) {
        self.subject = subject
        self.text = text
        self.html = html
    }
}

/// A mail to be queued in the transaction of what causes it.
public struct OutgoingMail: Sendable, Equatable {
    /// Names what the mail is for, as `invitation:0198…`. The same cause never queues twice.
    public var cause: String
    /// An ASCII address.
    public var to: String
    public var toName: String?
    public var content: MailContent
    /// Whom it is about, for lists and for erasure: a person's id.
    public var person: String?
    /// The member's id.
    public var member: String?
    /// Holds a secret, such as a link to sign in: nobody is shown its body, and none is kept once it needs no sending.
    public var isConfidential: Bool

    public init(
        cause: String,
        to: String,
        toName: String? = nil,
        content: MailContent,
        person: String? = nil,
        member: String? = nil,
        isConfidential: Bool = false
    ) {
        self.cause = cause
        self.to = to
        self.toName = toName
        self.content = content
        self.person = person
        self.member = member
        self.isConfidential = isConfidential
    }

    /// Throws `MailProblem` for what must not become a mail's header.
    func check() throws(MailProblem) {
        guard !cause.isEmpty, cause.utf8.count <= 300 else { throw .tooLong("cause", limitBytes: 300) }
        _ = try Mailbox(name: toName, address: to)
        try MailHeader.check(content.subject, field: "subject")
        guard !content.subject.isEmpty else { throw .empty("subject") }
        guard !(content.text + content.html).utf8.contains(0) else { throw .controlCharacter(field: "body") }
        guard content.text.utf8.count + content.html.utf8.count <= 1 << 20 else {
            throw .tooLong("body", limitBytes: 1 << 20)
        }
    }
}

/// Where a mail stands.
public enum MailState: String, Sendable, CaseIterable {
    /// To be sent when it is due.
    case waiting
    /// Claimed by a process that is talking to the mail server.
    case sending
    /// The mail server has taken it.
    case sent
    /// Every attempt failed for now; no more are made.
    case failed
    /// Refused for good, at once or by a report that came back.
    case bounced
    /// Somebody decided that it is not to be sent.
    case stopped
    /// It may or may not have gone out. It is not sent again unless somebody decides so.
    case uncertain

    /// Whether somebody may ask for it to be sent again.
    public var allowsSendingAgain: Bool {
        switch self {
        case .failed, .bounced, .stopped, .uncertain: true
        case .waiting, .sending, .sent: false
        }
    }

    public var allowsStopping: Bool { self == .waiting || self == .uncertain }
}
