public import Access
public import Database
public import Foundation
import Journal
import Languages

/// Adds an endpoint. Throws `InvalidInput` (`name`, `url`, `kinds`) and `WebhookRefusal.tooMany`.
public struct AddEndpoint: Command {
    public static let action = Action.manageWebhooks
    static let most = 20

    private let wish: EndpointWish

    /// - Parameters:
    ///   - kinds: names of events.
    ///   - allowsPlain: whether an address without TLS is taken: where private addresses are allowed, to try things.
    public init(name: String, url: String, kinds: [String], allowsPlain: Bool) {
        wish = EndpointWish(name: name, url: url, kinds: kinds, allowsPlain: allowsPlain)
    }

    public struct Outcome: Sendable, Equatable {
        public let id: String
        /// With which its receiver checks each message; shown once.
        public let secret: String
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> Outcome {
        let (name, url, kinds) = try wish.checked()
        guard try WebhookEndpoint.all(transaction).count(where: \.isOn) < Self.most else {
            throw WebhookRefusal.tooMany(Self.most)
        }
        let outcome = Outcome(id: Identifier.make(at: now), secret: WebhookSignature.secret())
        try transaction.execute(
            """
            INSERT INTO webhook_endpoint (id, name, url, secret, kinds, position, made_by, made_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(outcome.id), .text(name), .text(url), .text(outcome.secret),
                .text(kinds.joined(separator: " ")), .int(try Journal.sealedCount(transaction)), .text(actor.key),
                .text(InstantText.text(now)),
            ]
        )
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "webhook.added",
                subject: .init("webhook", outcome.id),
                after: ["name": .text(name), "url": .text(url), "kinds": .text(kinds.joined(separator: " "))]
            )
        )
        return outcome
    }
}

/// Turns an endpoint on or off. One that was off is told of what happens from then on. Throws `WebhookRefusal`.
public struct TurnEndpoint: Command {
    public static let action = Action.manageWebhooks

    private let id: String
    private let isOn: Bool

    public init(_ id: String, on isOn: Bool) {
        self.id = id
        self.isOn = isOn
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        let endpoint = try WebhookEndpoint.find(transaction, id: id)
        guard endpoint.isOn != isOn else { return }
        if isOn {
            try transaction.execute(
                "UPDATE webhook_endpoint SET off_at = NULL, off_because = NULL, position = ? WHERE id = ?",
                [.int(try Journal.sealedCount(transaction)), .text(id)]
            )
        } else {
            try transaction.execute(
                "UPDATE webhook_endpoint SET off_at = ?, off_because = ? WHERE id = ?",
                [.text(InstantText.text(now)), .text(WebhookEndpoint.OffReason.byHand.rawValue), .text(id)]
            )
        }
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: isOn ? "webhook.turned-on" : "webhook.turned-off",
                subject: .init("webhook", id)
            )
        )
    }
}

/// Sends a delivery again, at once, under its own id: one that failed, or that its receiver lost. Throws `WebhookRefusal`.
public struct ReplayDelivery: Command {
    public static let action = Action.manageWebhooks

    private let id: String

    public init(_ id: String) { self.id = id }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        let delivery = try WebhookDelivery.find(transaction, id: id)
        guard try WebhookEndpoint.find(transaction, id: delivery.endpointID).isOn else { throw WebhookRefusal.isOff }
        guard delivery.state != .sending else { return }
        try transaction.execute(
            "UPDATE webhook_delivery SET state = 'waiting', attempts = 0, next_at = ?, done_at = NULL WHERE id = ?",
            [.text(InstantText.text(now)), .text(id)]
        )
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "webhook.replayed",
                subject: .init("webhook", delivery.endpointID),
                after: ["delivery": .text(id)]
            )
        )
    }
}

/// Sends a message that says nothing, to try an endpoint. Throws `WebhookRefusal`.
public struct TryEndpoint: Command {
    public static let action = Action.manageWebhooks

    private let id: String

    public init(_ id: String) { self.id = id }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        guard try WebhookEndpoint.find(transaction, id: id).isOn else { throw WebhookRefusal.isOff }
        try WebhookDelivery.queue(
            transaction,
            endpoint: id,
            entry: "test-\(Identifier.make(at: now))",
            kind: EventKind.test,
            body: { _ in try WebhookMessage(type: EventKind.test, timestamp: InstantText.text(now), data: [:]).json() },
            now: now
        )
    }
}
