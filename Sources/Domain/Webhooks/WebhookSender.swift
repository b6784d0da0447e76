public import Database
public import Foundation
import Journal
import Languages
public import Logging
public import Outbound

/// What is sent: the event's name, when it was recorded, and what it is about.
struct WebhookMessage: Encodable {
    let type: String
    let timestamp: String
    let data: [String: String]

    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}

/// Gathers events for the endpoints and sends what is due. Any number of processes may have one.
public struct WebhookSender: Sendable {
    private let database: Database
    private let send: @Sendable (WebRequest) async throws -> WebAnswer
    private let memberKey: @Sendable (Transaction, String) throws -> String?
    private let logger: Logger
    private let now: @Sendable () -> Date
    /// Longer than the client's own time limit.
    private static let lease: TimeInterval = 120
    private static let atOnce = 4
    private static let part = 200

    /// - Parameters:
    ///   - send: hands a request to a client that reaches public addresses only, unless the operator's settings say otherwise.
    ///   - memberKey: the key of the member with an id.
    public init(
        database: Database,
        send: @escaping @Sendable (WebRequest) async throws -> WebAnswer,
        logger: Logger,
        now: @escaping @Sendable () -> Date = { Date() },
        memberKey: @escaping @Sendable (Transaction, String) throws -> String?
    ) {
        self.database = database
        self.send = send
        self.logger = logger
        self.now = now
        self.memberKey = memberKey
    }

    /// Works at every interval until the task is cancelled; a message that is being sent is finished first.
    public func run(every interval: Duration = .seconds(2)) async {
        while !Task.isCancelled {
            do {
                try await gather()
                try await sendDue()
            } catch {
                logger.error("webhooks cannot be worked on", metadata: ["error": "\(error)"])
            }
            try? await Task.sleep(for: interval)
        }
    }

    /// Queues what was sealed since the last time, for each endpoint that wants it.
    public func gather() async throws {
        let behind = try await database.read { transaction in
            let sealed = try Journal.sealedCount(transaction)
            return try WebhookEndpoint.all(transaction).filter { $0.isOn && $0.position < sealed }
        }
        for endpoint in behind {
            let (memberKey, instant) = (memberKey, now())
            try await database.write { transaction in
                guard let endpoint = try WebhookEndpoint.known(transaction, id: endpoint.id) else { return }
                let entries = try Journal.sealed(transaction, from: endpoint.position, limit: Self.part)
                guard endpoint.isOn, let last = entries.last?.position else { return }
                // What was written before the endpoint was there and sealed after is none of its business.
                for entry in entries.map(\.entry) where entry.recordedAt >= endpoint.madeAt {
                    guard let kind = EventKind(entry.action), endpoint.kinds.contains(kind.rawValue) else { continue }
                    try WebhookDelivery.queue(
                        transaction,
                        endpoint: endpoint.id,
                        entry: entry.id,
                        kind: kind.rawValue,
                        body: { _ in try Self.message(entry, kind, transaction, memberKey).json() },
                        now: instant
                    )
                }
                try transaction.execute(
                    "UPDATE webhook_endpoint SET position = ? WHERE id = ?",
                    [.int(last + 1), .text(endpoint.id)]
                )
            }
        }
    }

    /// No values: whoever wants to know more asks the API, with rights of their own.
    private static func message(
        _ entry: JournalEntry,
        _ kind: EventKind,
        _ transaction: Transaction,
        _ memberKey: (Transaction, String) throws -> String?
    ) throws -> WebhookMessage {
        var data = ["entry": entry.id, "action": entry.action]
        if entry.subject.kind == "member" {
            data["member"] = try memberKey(transaction, entry.subject.id)
        } else {
            data[entry.subject.kind] = entry.subject.id
        }
        return WebhookMessage(type: kind.rawValue, timestamp: entry.recordedAt, data: data)
    }

    /// Sends all that is due, a few at once, so that one slow receiver does not hold up the others.
    public func sendDue() async throws {
        let begin = now()
        guard try await database.read({ try WebhookDelivery.hasDue($0, now: begin) }) else { return }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<Self.atOnce {
                group.addTask {
                    while !Task.isCancelled, let delivery = try await claim() { try await attempt(delivery) }
                }
            }
            try await group.waitForAll()
        }
    }

    private func claim() async throws -> WebhookDelivery? {
        let instant = now()
        return try await database.write { try WebhookDelivery.claim($0, now: instant, lease: Self.lease) }
    }

    private func attempt(_ delivery: WebhookDelivery) async throws {
        let found = try await database.read { try WebhookEndpoint.known($0, id: delivery.endpointID) }
        // Removed after the message was taken, and the message with it.
        guard let endpoint = found else { return }
        guard endpoint.isOn else {
            return try await finish(delivery, status: nil, words: say("the endpoint is off"), isLast: true)
        }
        guard
            let signed = WebhookSignature.fields(
                id: delivery.id,
                body: delivery.body,
                secret: endpoint.secret,
                at: now()
            )
        else { return try await finish(delivery, status: nil, words: say("the secret cannot be read"), isLast: true) }
        do {
            let answer = try await send(
                WebRequest(
                    endpoint.url,
                    method: "POST",
                    headers: [(name: "Content-Type", value: "application/json")] + signed,
                    body: Array(delivery.body.utf8)
                )
            )
            try await finish(delivery, status: answer.status, words: nil, isLast: answer.status == 410)
            if answer.status == 410 { try await turnOff(endpoint) }
        } catch let error as OutboundError {
            try await finish(delivery, status: nil, words: error.sentence, isLast: false)
        }
    }

    private func finish(_ delivery: WebhookDelivery, status: Int?, words: Phrase?, isLast: Bool) async throws {
        let instant = now()
        let arrived = status.map { (200..<300).contains($0) } ?? false
        let wait = arrived || isLast ? nil : Backoff.wait(after: delivery.attempts)
        let state: WebhookDelivery.State = arrived ? .arrived : wait == nil ? .failed : .waiting
        try await database.write { transaction in
            try WebhookDelivery.finish(
                transaction,
                id: delivery.id,
                state,
                status: status,
                words: words,
                nextAt: wait.map { instant.addingTimeInterval($0) },
                now: instant
            )
        }
    }

    /// The receiver has said that it is gone for good.
    private func turnOff(_ endpoint: WebhookEndpoint) async throws {
        let instant = now()
        try await database.write { transaction in
            try transaction.execute(
                "UPDATE webhook_endpoint SET off_at = ?, off_because = ? WHERE id = ? AND off_at IS NULL",
                [
                    .text(InstantText.text(instant)), .text(WebhookEndpoint.OffReason.gone.rawValue),
                    .text(endpoint.id),
                ]
            )
        }
    }
}
