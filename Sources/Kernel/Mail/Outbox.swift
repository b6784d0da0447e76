public import Database
public import Foundation

/// The mail that the association sends. A mail is written in the transaction of its cause and sent afterwards: no mail
/// for what was undone, none lost for what was done.
public enum Outbox {
    /// Queues a mail. `false` when this cause was queued before; nothing is changed then. Throws `MailProblem`.
    @discardableResult
    public static func queue(_ transaction: Transaction, _ mail: OutgoingMail, now: Date) throws -> Bool {
        try mail.check()
        let instant = InstantText.text(now)
        let search = Folding.fold(
            [mail.to, mail.toName ?? "", mail.content.subject, mail.cause].joined(separator: " ")
        )
        let queued = try transaction.execute(
            """
            INSERT INTO mail (id, cause, recipient, recipient_name, person_id, member_id, is_confidential, subject,
                body_text, body_html, search, state, queued_at, due_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting', ?, ?) ON CONFLICT (cause) DO NOTHING
            """,
            [
                .text(Identifier.make(at: now)), .text(mail.cause), .text(mail.to), .optional(mail.toName),
                .optional(mail.person), .optional(mail.member), .flag(mail.isConfidential), .text(mail.content.subject),
                .text(mail.content.text), .text(mail.content.html), .text(search), .text(instant), .text(instant),
            ]
        )
        return queued == 1
    }
}
