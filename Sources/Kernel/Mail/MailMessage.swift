public import Foundation

/// A mail as it goes over the wire (RFC 5322): plain text and HTML beside each other.
///
/// All of it follows from its arguments, so that a repeated attempt sends the same bytes, under the same Message-ID.
public struct MailMessage: Sendable, Equatable {
    public let id: String
    public let sender: Mailbox
    public let recipient: Mailbox
    public let bytes: [UInt8]

    /// `date` is when the mail was queued.
    public init(id: String, sender: Mailbox, recipient: Mailbox, content: MailContent, date: Date) {
        self.id = id
        self.sender = sender
        self.recipient = recipient
        // "=_" stands in no quoted-printable and no base64 text, so the boundary cannot be in a body.
        let boundary = "=_\(id)"
        let lines = [
            "From: \(MailHeader.mailbox(sender))",
            "To: \(MailHeader.mailbox(recipient))",
            "Subject: \(MailHeader.text(content.subject, after: "Subject"))",
            "Date: \(MailHeader.date(date))",
            "Message-ID: <\(id)@\(sender.domain)>",
            // Nobody's holiday notice should answer (RFC 3834); the second is what Exchange asks for.
            "Auto-Submitted: auto-generated",
            "X-Auto-Response-Suppress: OOF, AutoReply",
            "MIME-Version: 1.0",
            "Content-Type: multipart/alternative;\r\n boundary=\"\(boundary)\"",
            "",
            "",
        ]
        var message = lines.joined(separator: "\r\n")
        message += Self.part("text/plain", content.text, boundary)
        message += Self.part("text/html", content.html, boundary)
        message += "--\(boundary)--\r\n"
        bytes = Array(message.utf8)
    }

    private static func part(_ type: String, _ text: String, _ boundary: String) -> String {
        var body = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n").replacing("\n", with: "\r\n")
        if !body.hasSuffix("\r\n") { body += "\r\n" }
        let bytes = Array(body.utf8)
        let encoding = TransferEncoding.best(for: bytes)
        return "--\(boundary)\r\nContent-Type: \(type); charset=utf-8\r\n"
            + "Content-Transfer-Encoding: \(encoding.rawValue)\r\n\r\n" + encoding.encode(bytes)
    }
}
