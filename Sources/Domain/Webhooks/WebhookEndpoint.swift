public import Access
import Database
import Foundation
public import Languages

/// An address of somebody else's that is told of events.
public struct WebhookEndpoint: Sendable, Equatable {
    /// Why one is off. The raw values are kept and stay.
    public enum OffReason: String, Sendable {
        case byHand = "by hand"
        /// Its receiver has answered 410.
        case gone = "gone (410)"

        /// As the rest of a sentence.
        public var words: Phrase {
            switch self {
            case .byHand: say("somebody turned it off")
            case .gone: say("its receiver answered that it is gone for good (410)")
            }
        }
    }

    public let id: String
    /// What it is for, as its maker put it.
    public let name: String
    public let url: String
    let secret: String
    /// The events that it is told of, by name.
    public let kinds: [String]
    /// The place in the journal's log up to which it has its deliveries.
    let position: Int
    public let madeAt: String
    /// Since when it is told nothing, and why.
    public let offAt: String?
    public let offBecause: OffReason?

    public var isOn: Bool { offAt == nil }
}

extension WebhookEndpoint {
    private static let columns = "id, name, url, secret, kinds, position, made_at, off_at, off_because"

    private init(row: Row) throws {
        try self.init(
            id: row.text(0),
            name: row.text(1),
            url: row.text(2),
            secret: row.text(3),
            kinds: row.text(4).split(separator: " ").map(String.init),
            position: row.integer(5),
            madeAt: row.text(6),
            offAt: row.optionalText(7),
            offBecause: row.optionalText(8).flatMap(OffReason.init(rawValue:))
        )
    }

    static func all(_ transaction: Transaction) throws -> [WebhookEndpoint] {
        try transaction.query("SELECT \(columns) FROM webhook_endpoint ORDER BY made_at, id") {
            try WebhookEndpoint(row: $0)
        }
    }

    /// Throws `WebhookRefusal.noSuchEndpoint`.
    static func find(_ transaction: Transaction, id: String) throws -> WebhookEndpoint {
        guard let found = try known(transaction, id: id) else { throw WebhookRefusal.noSuchEndpoint }
        return found
    }

    /// The endpoint, unless it was removed.
    static func known(_ transaction: Transaction, id: String) throws -> WebhookEndpoint? {
        try transaction.first("SELECT \(columns) FROM webhook_endpoint WHERE id = ?", [.text(id)]) {
            try WebhookEndpoint(row: $0)
        }
    }
}

/// Why something cannot be done with a webhook.
public enum WebhookRefusal: Refusal, Equatable {
    case noSuchEndpoint
    case noSuchDelivery
    case tooMany(Int)
    case isOff

    public var code: String {
        switch self {
        case .noSuchEndpoint: "webhook.no-such-endpoint"
        case .noSuchDelivery: "webhook.no-such-delivery"
        case .tooMany: "webhook.too-many"
        case .isOff: "webhook.is-off"
        }
    }

    public var kind: RefusalKind {
        switch self {
        case .noSuchEndpoint, .noSuchDelivery: .notFound
        case .tooMany, .isOff: .conflict
        }
    }

    public var sentence: Phrase {
        switch self {
        case .noSuchEndpoint: say("There is no such endpoint. Look at the list again.")
        case .noSuchDelivery: say("There is no such delivery. It may have been removed after its time.")
        case .tooMany(let most): say("There are \(most) endpoints already. Turn one off that nobody needs.")
        case .isOff: say("The endpoint is off. Turn it on first.")
        }
    }
}
