public import Database
import Foundation
public import Languages

/// A mail in the outbox, as lists show it.
public struct QueuedMail: Sendable, Equatable {
    public let id: String
    public let cause: String
    public let recipient: String
    public let recipientName: String?
    /// Ids of whom it is about.
    public let person: String?
    public let member: String?
    public let isConfidential: Bool
    public let subject: String
    public let state: MailState
    /// Instants are `InstantText`.
    public let queuedAt: String
    /// When it is tried next, while it waits.
    public let dueAt: String
    /// When it got the state it is in, once nothing more is to be done.
    public let settledAt: String?
    /// Since it was queued or last asked for again.
    public let attempts: Int
    /// The words of the last failure.
    public let problem: Phrase?
}

/// One try to hand a mail over.
public struct MailAttempt: Sendable, Equatable {
    public let number: Int
    public let beganAt: String
    public let endedAt: String?
    /// `sent`, `refused`, `deferred`, `uncertain`; `nil` while it is under way.
    public let outcome: String?
    public let words: Phrase
}

/// A mail with all that is kept of it.
public struct MailRecord: Sendable, Equatable {
    public let mail: QueuedMail
    /// `nil` for a confidential mail, and once removed.
    public let text: String?
    public let html: String?
    /// The first one first.
    public let attempts: [MailAttempt]
}

/// Which mails to list.
public struct OutboxFilter: Sendable, Equatable {
    public var state: MailState?
    /// Found in address, name, subject or cause, accents and case aside.
    public var search: String
    public var person: String?
    public var member: String?

    public init(state: MailState? = nil, search: String = "", person: String? = nil, member: String? = nil) {
        self.state = state
        self.search = search
        self.person = person
        self.member = member
    }
}

/// One page of a list, the latest first.
public struct OutboxPage: Sendable, Equatable {
    public let mails: [QueuedMail]
    /// How many the filter finds in all.
    public let total: Int
}

extension Outbox {
    static let columns = """
        id, cause, recipient, recipient_name, person_id, member_id, is_confidential, subject, state, queued_at, due_at,
        settled_at, attempts, problem
        """

    /// One page; `page` counts from 1.
    public static func list(
        _ transaction: Transaction,
        _ filter: OutboxFilter = OutboxFilter(),
        page: Int = 1,
        size: Int = 50
    ) throws -> OutboxPage {
        let (condition, values) = conditions(filter)
        let total = try transaction.first("SELECT count(*) FROM mail WHERE \(condition)", values) { try $0.integer(0) }
        let size = min(max(size, 1), 1000)
        let offset = (min(max(page, 1), 1_000_000) - 1) * size
        let mails = try transaction.query(
            """
            SELECT \(columns) FROM mail WHERE \(condition) ORDER BY queued_at DESC, id DESC LIMIT \(size) OFFSET \(offset)
            """,
            values
        ) { try QueuedMail(row: $0) }
        return OutboxPage(mails: mails, total: total ?? 0)
    }

    /// One mail with its attempts, or `nil`. A confidential mail's body is not given to anybody.
    public static func find(_ transaction: Transaction, id: String) throws -> MailRecord? {
        let found = try transaction.first(
            """
            SELECT \(columns), CASE WHEN is_confidential = 1 THEN NULL ELSE body_text END,
                CASE WHEN is_confidential = 1 THEN NULL ELSE body_html END
            FROM mail WHERE id = ?
            """,
            [.text(id)]
        ) { (mail: try QueuedMail(row: $0), text: $0.optionalText(14), html: $0.optionalText(15)) }
        guard let found else { return nil }
        let attempts = try transaction.query(
            "SELECT number, began_at, ended_at, outcome, words FROM mail_attempt WHERE mail_id = ? ORDER BY number",
            [.text(id)]
        ) { row in
            MailAttempt(
                number: try row.integer(0),
                beganAt: try row.text(1),
                endedAt: row.optionalText(2),
                outcome: row.optionalText(3),
                words: try row.text(4).isEmpty ? .empty : .record(row.text(4))
            )
        }
        return MailRecord(mail: found.mail, text: found.text, html: found.html, attempts: attempts)
    }

    /// How many mails are in each state; a state that none is in counts 0.
    public static func counts(_ transaction: Transaction) throws -> [MailState: Int] {
        var counts = Dictionary(uniqueKeysWithValues: MailState.allCases.map { ($0, 0) })
        try transaction.forEach("SELECT state, count(*) FROM mail GROUP BY state") { row in
            if let state = MailState(rawValue: try row.text(0)) { counts[state] = try row.integer(1) }
        }
        return counts
    }

    private static func conditions(_ filter: OutboxFilter) -> (String, [Value]) {
        var conditions = ["1 = 1"]
        var values: [Value] = []
        func add(_ condition: String, _ value: String?) {
            guard let value else { return }
            conditions.append(condition)
            values.append(.text(value))
        }
        add("state = ?", filter.state?.rawValue)
        add("person_id = ?", filter.person)
        add("member_id = ?", filter.member)
        for word in filter.search.split(whereSeparator: \.isWhitespace).prefix(8) {
            let plain = Folding.fold(String(word.prefix(100)))
                .replacing("!", with: "!!").replacing("%", with: "!%").replacing("_", with: "!_")
            add("search LIKE ? ESCAPE '!'", "%\(plain)%")
        }
        return (conditions.joined(separator: " AND "), values)
    }
}

extension QueuedMail {
    init(row: Row) throws {
        try self.init(
            id: row.text(0),
            cause: row.text(1),
            recipient: row.text(2),
            recipientName: row.optionalText(3),
            person: row.optionalText(4),
            member: row.optionalText(5),
            isConfidential: row.flag(6),
            subject: row.text(7),
            state: MailState(rawValue: row.text(8)) ?? .uncertain,
            queuedAt: row.text(9),
            dueAt: row.text(10),
            settledAt: row.optionalText(11),
            attempts: row.integer(12),
            problem: row.optionalText(13).map { Phrase.record($0) }
        )
    }
}
