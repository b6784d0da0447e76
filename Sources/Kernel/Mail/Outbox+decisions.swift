public import Database
public import Foundation
import Languages

/// What became of a mail by somebody's decision or by a report, for the journal.
public struct MailChange: Sendable, Equatable {
    public let mail: QueuedMail
    public let before: MailState
    public let after: MailState

    /// `false` when the mail was in that state already.
    public var isChange: Bool { before != after }
}

// What a person decides in the console, and what comes back from the world. Each returns what the journal needs.
extension Outbox {
    /// Keeps a mail from being sent. Throws `unknown`, or `notNow` when it waits no longer.
    @discardableResult
    public static func stop(_ transaction: Transaction, id: String, now: Date) throws -> MailChange {
        let mail = try found(transaction, id)
        guard mail.state.allowsStopping else { throw MailProblem.notNow(mail.state) }
        return try settle(transaction, mail, .stopped, problem: mail.problem?.recorded, now: now)
    }

    /// Has a mail sent that failed, bounced, was stopped, or whose fate is uncertain: whoever decides that has looked
    /// whether it arrived. Throws `unknown`, `notNow`, or `bodyIsGone` for one that held a secret.
    @discardableResult
    public static func sendAgain(_ transaction: Transaction, id: String, now: Date) throws -> MailChange {
        let mail = try found(transaction, id)
        guard mail.state.allowsSendingAgain else { throw MailProblem.notNow(mail.state) }
        let hasBody = try transaction.first("SELECT 1 FROM mail WHERE id = ? AND body_text IS NOT NULL", [.text(id)]) {
            _ in
            true
        }
        guard hasBody == true else { throw MailProblem.bodyIsGone }
        try transaction.execute(
            """
            UPDATE mail SET state = 'waiting', due_at = ?, attempts = 0, settled_at = NULL, holder = NULL WHERE id = ?
            """,
            [.text(InstantText.text(now)), .text(id)]
        )
        return MailChange(mail: mail, before: mail.state, after: .waiting)
    }

    /// Notes that an uncertain mail has arrived after all. Throws `unknown` or `notNow`.
    @discardableResult
    public static func confirmSent(_ transaction: Transaction, id: String, now: Date) throws -> MailChange {
        let mail = try found(transaction, id)
        guard mail.state == .uncertain else { throw MailProblem.notNow(mail.state) }
        return try settle(transaction, mail, .sent, problem: nil, now: now)
    }

    /// Notes that a mail came back. `reference` is its id or its Message-ID, with or without angle brackets.
    ///
    /// Message-IDs hold 60 random bits, so nobody marks a mail as bounced by guessing. The same report again changes
    /// nothing. Throws `unknown`, or `notNow` for a mail that was not handed over.
    @discardableResult
    public static func recordBounce(
        _ transaction: Transaction,
        reference: String,
        reason: String,
        now: Date
    ) throws
        -> MailChange
    {
        let id = reference.trimmingCharacters(in: CharacterSet(charactersIn: "<> \t\r\n")).prefix { $0 != "@" }
        let mail = try found(transaction, String(id))
        switch mail.state {
        case .sent, .uncertain: return try settle(transaction, mail, .bounced, problem: kept(.quoted(reason)), now: now)
        case .bounced: return MailChange(mail: mail, before: .bounced, after: .bounced)
        case .waiting, .sending, .failed, .stopped: throw MailProblem.notNow(mail.state)
        }
    }

    /// Removes what is personal from all mail about a person, and stops what waits. Returns how many mails that were.
    @discardableResult
    public static func erase(_ transaction: Transaction, person: String, now: Date) throws -> Int {
        try erase(transaction, where: "person_id = ?", .text(person), now: now)
    }

    /// The same for all mail whose cause names a subject between colons: `application-asked:SUBJECT:3`.
    ///
    /// - Parameter subject: an identifier, so that nothing in it stands for other signs.
    @discardableResult
    public static func erase(_ transaction: Transaction, about subject: String, now: Date) throws -> Int {
        try erase(transaction, where: "cause LIKE ?", .text("%:\(subject):%"), now: now)
    }

    private static func erase(
        _ transaction: Transaction,
        where condition: String,
        _ value: Value,
        now: Date
    ) throws -> Int {
        try transaction.execute(
            "UPDATE mail_attempt SET words = '' WHERE mail_id IN (SELECT id FROM mail WHERE \(condition))",
            [value]
        )
        return try transaction.execute(
            """
            UPDATE mail SET recipient = '', recipient_name = NULL, subject = '', body_text = NULL, body_html = NULL,
                search = '', problem = NULL, holder = NULL, lease_until = NULL, settled_at = COALESCE(settled_at, ?),
                state = CASE WHEN state IN ('waiting', 'sending') THEN 'stopped' ELSE state END
            WHERE \(condition)
            """,
            [.text(InstantText.text(now)), value]
        )
    }

    /// Removes the bodies of mail that was settled before an instant, as a rule of retention asks. Returns how many.
    @discardableResult
    public static func removeBodies(_ transaction: Transaction, settledBefore instant: Date) throws -> Int {
        try transaction.execute(
            "UPDATE mail SET body_text = NULL, body_html = NULL WHERE settled_at < ? AND body_text IS NOT NULL",
            [.text(InstantText.text(instant))]
        )
    }

    static func found(_ transaction: Transaction, _ id: String) throws -> QueuedMail {
        let mail = try transaction.first("SELECT \(columns) FROM mail WHERE id = ?", [.text(id)]) {
            try QueuedMail(row: $0)
        }
        guard let mail else { throw MailProblem.unknown(String(id.prefix(80))) }
        return mail
    }

    /// Gives a mail a state in which nothing more is done by itself. A secret that it holds is then no longer kept.
    static func settle(
        _ transaction: Transaction,
        _ mail: QueuedMail,
        _ state: MailState,
        problem: String?,
        now: Date
    ) throws -> MailChange {
        try transaction.execute(
            """
            UPDATE mail SET state = ?, settled_at = ?, problem = ?, holder = NULL, lease_until = NULL,
                body_text = CASE WHEN is_confidential = 1 THEN NULL ELSE body_text END,
                body_html = CASE WHEN is_confidential = 1 THEN NULL ELSE body_html END
            WHERE id = ?
            """,
            [.text(state.rawValue), .text(InstantText.text(now)), .optional(problem), .text(mail.id)]
        )
        return MailChange(mail: mail, before: mail.state, after: state)
    }

    /// What went wrong as the outbox keeps it: a phrase, to be said to whoever reads, or the plain words of a server.
    static func kept(_ words: Phrase) -> String {
        let kept = words.recorded
        return kept.hasPrefix("{") ? kept : self.words(kept)
    }

    /// Words from outside, without what could end a line, and not too many.
    static func words(_ text: String) -> String {
        let plain = text.unicodeScalars.map { MailHeader.isControl($0) ? " " : $0 }
        return String(String(String.UnicodeScalarView(plain)).prefix(500))
    }
}
