import Database
import Foundation
import Languages

/// A mail that this process, and no other, may hand over once.
struct ClaimedMail: Sendable {
    let id: String
    /// Of the attempt that was noted with the claim.
    let attempt: Int
    /// Attempts since it was queued or asked for again, this one included.
    let tries: Int
    let recipient: String
    let recipientName: String?
    let content: MailContent
    let queuedAt: String
}

/// What one attempt came to.
enum DeliveryOutcome: Sendable, Equatable {
    case sent
    case refused(Phrase)
    case deferred(Phrase)
    case uncertain(Phrase)

    var name: String {
        switch self {
        case .sent: "sent"
        case .refused: "refused"
        case .deferred: "deferred"
        case .uncertain: "uncertain"
        }
    }

    var words: Phrase {
        switch self {
        case .sent: .empty
        case .refused(let words), .deferred(let words), .uncertain(let words): words
        }
    }
}

// Never twice for one cause
//
// A mail server's "250 taken" and our commit cannot be one transaction: a process can die between them. Whoever tries
// again then may send twice, whoever does not may not send at all. Twice is what is excluded here:
//
// 1. The claim (`waiting` → `sending`) and the note of the attempt are committed before the network is touched. Of two
//    processes the database lets one claim.
// 2. The claim is for one mail at a time, so that a process that dies leaves one such mail and not a batch.
// 3. A claim is never taken over. When its lease ends, nobody can know whether the mail went out, and it becomes
//    `uncertain`. So does a mail whose connection broke after it was handed over whole. A person looks, and decides in
//    the console: `Outbox.sendAgain` or `Outbox.confirmSent`.
// 4. A process that was only slow still writes down what it came to, as long as nobody decided in between.
extension Outbox {
    /// What waits after the first attempt, the second, …; after the last one no more are made.
    static let pauses: [TimeInterval] = [60, 5 * 60, 30 * 60, 2 * 3600, 6 * 3600, 24 * 3600]

    /// Whether `claim` or `giveUpLost` would find something. Only reads.
    static func hasWork(_ transaction: Transaction, now: Date) throws -> Bool {
        try transaction.first(
            """
            SELECT 1 FROM mail
            WHERE (state = 'waiting' AND due_at <= ?) OR (state = 'sending' AND lease_until <= ?) LIMIT 1
            """,
            [.text(InstantText.text(now)), .text(InstantText.text(now))]
        ) { _ in true } ?? false
    }

    /// Marks mails whose process did not come back in time. Returns how many.
    static func giveUpLost(_ transaction: Transaction, now: Date) throws -> Int {
        let lost = try transaction.query(
            "SELECT \(columns) FROM mail WHERE state = 'sending' AND lease_until <= ?",
            [.text(InstantText.text(now))]
        ) { try QueuedMail(row: $0) }
        let words = say("The process that was sending it ended before it could say whether it went out.").recorded
        for mail in lost {
            let holder = try transaction.first("SELECT holder FROM mail WHERE id = ?", [.text(mail.id)]) {
                $0.optionalText(0)
            }
            try transaction.execute(
                """
                UPDATE mail_attempt SET ended_at = ?, outcome = 'uncertain', words = ?
                WHERE mail_id = ? AND ended_at IS NULL
                """,
                [.text(InstantText.text(now)), .text(words), .text(mail.id)]
            )
            _ = try settle(transaction, mail, .uncertain, problem: words, now: now)
            // Kept, so that a process that was only slow is still heard.
            try transaction.execute(
                "UPDATE mail SET holder = ? WHERE id = ?",
                [.optional(holder ?? nil), .text(mail.id)]
            )
        }
        return lost.count
    }

    /// Claims the mail that is due longest, or returns `nil`.
    static func claim(_ transaction: Transaction, holder: String, leaseUntil: Date, now: Date) throws -> ClaimedMail? {
        let instant = InstantText.text(now)
        let due = try transaction.first(
            """
            SELECT id, recipient, recipient_name, subject, COALESCE(body_text, ''), COALESCE(body_html, ''), queued_at,
                attempts, (SELECT count(*) FROM mail_attempt WHERE mail_id = mail.id)
            FROM mail WHERE state = 'waiting' AND due_at <= ? ORDER BY due_at, id LIMIT 1
            """,
            [.text(instant)]
        ) { row in
            ClaimedMail(
                id: try row.text(0),
                attempt: try row.integer(8) + 1,
                tries: try row.integer(7) + 1,
                recipient: try row.text(1),
                recipientName: row.optionalText(2),
                content: MailContent(subject: try row.text(3), text: try row.text(4), html: try row.text(5)),
                queuedAt: try row.text(6)
            )
        }
        guard let due else { return nil }
        try transaction.execute(
            "UPDATE mail SET state = 'sending', holder = ?, lease_until = ?, attempts = attempts + 1 WHERE id = ?",
            [.text(holder), .text(InstantText.text(leaseUntil)), .text(due.id)]
        )
        try transaction.execute(
            "INSERT INTO mail_attempt (mail_id, number, began_at) VALUES (?, ?, ?)",
            [.text(due.id), .int(due.attempt), .text(instant)]
        )
        return due
    }

    /// Writes down what an attempt came to and returns the mail's state. Doing it again changes nothing.
    static func finish(
        _ transaction: Transaction,
        _ claimed: ClaimedMail,
        _ outcome: DeliveryOutcome,
        holder: String,
        now: Date
    ) throws -> MailState {
        let instant = InstantText.text(now)
        let mail = try found(transaction, claimed.id)
        let isOurs = try transaction.first("SELECT holder FROM mail WHERE id = ?", [.text(claimed.id)]) {
            $0.optionalText(0) == holder
        }
        guard isOurs == true, mail.state == .sending || mail.state == .uncertain else { return mail.state }
        try transaction.execute(
            "UPDATE mail_attempt SET ended_at = ?, outcome = ?, words = ? WHERE mail_id = ? AND number = ?",
            [
                .text(instant), .text(outcome.name), .text(kept(outcome.words)), .text(claimed.id),
                .int(claimed.attempt),
            ]
        )
        switch outcome {
        case .sent: return try settle(transaction, mail, .sent, problem: nil, now: now).after
        case .refused(let reason):
            return try settle(transaction, mail, .bounced, problem: kept(reason), now: now).after
        case .uncertain(let reason):
            return try settle(transaction, mail, .uncertain, problem: kept(reason), now: now).after
        case .deferred(let reason):
            guard claimed.tries <= pauses.count else {
                return try settle(transaction, mail, .failed, problem: kept(reason), now: now).after
            }
            try transaction.execute(
                """
                UPDATE mail SET state = 'waiting', due_at = ?, problem = ?, holder = NULL, lease_until = NULL,
                    settled_at = NULL
                WHERE id = ?
                """,
                [
                    .text(InstantText.text(now.addingTimeInterval(pauses[claimed.tries - 1]))), .text(kept(reason)),
                    .text(claimed.id),
                ]
            )
            return .waiting
        }
    }
}
