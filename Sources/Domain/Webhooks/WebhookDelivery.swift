public import Database
import Foundation
public import Languages

/// One event on its way to one endpoint.
public struct WebhookDelivery: Sendable, Equatable {
    public enum State: String, Sendable {
        case waiting, sending, arrived, failed
    }

    /// The same in every attempt: by it a receiver knows a repetition.
    public let id: String
    public let endpointID: String
    public let kind: String
    public let body: String
    public let madeAt: String
    public let state: State
    public let attempts: Int
    public let nextAt: String
    /// The status of the last answer, and what else was said of the attempt.
    public let lastStatus: Int?
    public let lastWords: Phrase?
    public let doneAt: String?
}

extension WebhookDelivery {
    private static let columns =
        "id, endpoint_id, kind, body, made_at, state, attempts, next_at, last_status, last_words, done_at"

    private init(row: Row) throws {
        try self.init(
            id: row.text(0),
            endpointID: row.text(1),
            kind: row.text(2),
            body: row.text(3),
            madeAt: row.text(4),
            state: State(rawValue: row.text(5)) ?? .failed,
            attempts: row.integer(6),
            nextAt: row.text(7),
            lastStatus: row.optionalInteger(8),
            lastWords: row.optionalText(9).map { Phrase.record($0) },
            doneAt: row.optionalText(10)
        )
    }

    static func find(_ transaction: Transaction, id: String) throws -> WebhookDelivery {
        let found = try transaction.first("SELECT \(columns) FROM webhook_delivery WHERE id = ?", [.text(id)]) {
            try WebhookDelivery(row: $0)
        }
        guard let found else { throw WebhookRefusal.noSuchDelivery }
        return found
    }

    /// An endpoint's deliveries, the latest first.
    static func list(_ transaction: Transaction, endpoint: String, limit: Int) throws -> [WebhookDelivery] {
        try transaction.query(
            "SELECT \(columns) FROM webhook_delivery WHERE endpoint_id = ? ORDER BY made_at DESC, id DESC LIMIT ?",
            [.text(endpoint), .int(limit)]
        ) { try WebhookDelivery(row: $0) }
    }

    /// Queues an event for an endpoint, unless it is queued already.
    static func queue(
        _ transaction: Transaction,
        endpoint: String,
        entry: String,
        kind: String,
        body: (String) throws -> String,
        now: Date
    ) throws {
        let id = "msg_\(Identifier.make(at: now))"
        try transaction.execute(
            """
            INSERT INTO webhook_delivery (id, endpoint_id, entry_id, kind, body, made_at, state, next_at)
            VALUES (?, ?, ?, ?, ?, ?, 'waiting', ?) ON CONFLICT (endpoint_id, entry_id) DO NOTHING
            """,
            [
                .text(id), .text(endpoint), .text(entry), .text(kind), .text(try body(id)),
                .text(InstantText.text(now)), .text(InstantText.text(now)),
            ]
        )
    }

    /// Whether any delivery is due. Writes nothing, so that an idle sender costs no commit.
    static func hasDue(_ transaction: Transaction, now: Date) throws -> Bool {
        let instant = Value.text(InstantText.text(now))
        return try transaction.first("SELECT 1 FROM webhook_delivery WHERE \(due) LIMIT 1", [instant, instant]) {
            try $0.integer(0)
        } != nil
    }

    private static let due = "((state = 'waiting' AND next_at <= ?) OR (state = 'sending' AND lease_until <= ?))"

    /// Takes one delivery that is due, for so long as the lease says. A process that dies leaves it to the next.
    static func claim(_ transaction: Transaction, now: Date, lease: TimeInterval) throws -> WebhookDelivery? {
        let instant = Value.text(InstantText.text(now))
        return try transaction.first(
            """
            UPDATE webhook_delivery SET state = 'sending', attempts = attempts + 1, lease_until = ?
            WHERE id = (SELECT id FROM webhook_delivery WHERE \(due) ORDER BY next_at, id LIMIT 1)
            RETURNING \(columns)
            """,
            [.text(InstantText.text(now.addingTimeInterval(lease))), instant, instant]
        ) { try WebhookDelivery(row: $0) }
    }

    /// Notes what came of an attempt.
    static func finish(
        _ transaction: Transaction,
        id: String,
        _ state: State,
        status: Int?,
        words: Phrase?,
        nextAt: Date?,
        now: Date
    ) throws {
        let isDone = state == .arrived || state == .failed
        try transaction.execute(
            """
            UPDATE webhook_delivery SET state = ?, lease_until = NULL, last_status = ?, last_words = ?, next_at = ?, done_at = ?
            WHERE id = ?
            """,
            [
                .text(state.rawValue), .optional(status), .optional(words?.recorded),
                .text(InstantText.text(nextAt ?? now)), .optional(isDone ? InstantText.text(now) : nil), .text(id),
            ]
        )
    }

    /// Removes deliveries that were done before an instant; returns how many.
    @discardableResult
    public static func removeDone(_ transaction: Transaction, before instant: String) throws -> Int {
        try transaction.execute(
            "DELETE FROM webhook_delivery WHERE state IN ('arrived', 'failed') AND done_at < ?",
            [.text(instant)]
        )
    }
}
