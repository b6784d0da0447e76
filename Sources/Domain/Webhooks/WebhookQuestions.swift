public import Access
public import Database
public import Foundation

/// All endpoints, each with how many deliveries wait and how many failed.
public struct EndpointList: Question {
    public static let action = Action.readWebhooks

    public struct Line: Sendable, Equatable {
        public let endpoint: WebhookEndpoint
        public let waiting: Int
        public let failed: Int
    }

    public init() {}

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> [Line] {
        var counts: [String: [String: Int]] = [:]
        try transaction.forEach(
            "SELECT endpoint_id, state, COUNT(*) FROM webhook_delivery GROUP BY endpoint_id, state"
        ) { row in
            counts[try row.text(0), default: [:]][try row.text(1)] = try row.integer(2)
        }
        return try WebhookEndpoint.all(transaction).map { endpoint in
            let count = counts[endpoint.id] ?? [:]
            return Line(
                endpoint: endpoint,
                waiting: (count["waiting"] ?? 0) + (count["sending"] ?? 0),
                failed: count["failed"] ?? 0
            )
        }
    }
}

/// One endpoint with its latest deliveries.
public struct EndpointRecord: Question {
    public static let action = Action.readWebhooks

    public struct Answer: Sendable, Equatable {
        public let endpoint: WebhookEndpoint
        public let deliveries: [WebhookDelivery]
    }

    private let id: String

    public init(_ id: String) { self.id = id }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> Answer {
        Answer(
            endpoint: try WebhookEndpoint.find(transaction, id: id),
            deliveries: try WebhookDelivery.list(transaction, endpoint: id, limit: 100)
        )
    }
}

/// Every command and question of this capability. A test finds those that are missing here.
public enum WebhookCatalogue {
    public static let all: [ServiceDescription] = [
        .command(AddEndpoint.self), .command(ChangeEndpoint.self), .command(RemoveEndpoint.self),
        .command(TurnEndpoint.self), .command(ReplayDelivery.self), .command(TryEndpoint.self),
        .question(EndpointList.self), .question(EndpointRecord.self),
    ]
}
