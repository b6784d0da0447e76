import Access
import Database
import DatabaseTesting
import Foundation
import Identity
import Journal
import Languages
import Logging
import Outbound
import Synchronization

@testable import Webhooks

/// A clock that only goes on when it is told to.
final class Hands: Sendable {
    private let state = Mutex(Date(timeIntervalSince1970: 1_790_000_000))

    var now: Date { state.withLock { $0 } }
    func wait(_ seconds: TimeInterval) { state.withLock { $0 = $0.addingTimeInterval(seconds) } }
}

/// Answers each message with the status that is next, and keeps what came.
final class Receiver: Sendable {
    private let state: Mutex<(statuses: [Int], seen: [WebRequest])>

    init(_ statuses: Int...) { state = Mutex((statuses, [])) }

    var seen: [WebRequest] { state.withLock { $0.seen } }

    func take(_ request: WebRequest) -> WebAnswer {
        state.withLock { state in
            state.seen.append(request)
            let status = state.statuses.isEmpty ? 200 : state.statuses.removeFirst()
            return WebAnswer(status: status, headers: [:], body: [])
        }
    }
}

/// A database with a journal that is sealed on demand, and an office that may do everything.
struct Place: Sendable {
    let database: Database
    let receiver: Receiver
    let hands = Hands()
    let office = Actor.operatorNamed("operator")
    let key = SigningKey()

    var sender: WebhookSender {
        WebhookSender(
            database: database,
            send: { [receiver] in receiver.take($0) },
            logger: Logger(label: "test"),
            now: { [hands] in hands.now },
            memberKey: { _, id in "key-of-\(id)" }
        )
    }

    func run<C: Command>(_ command: C) async throws -> C.Outcome {
        try await database.run(command, as: office, now: hands.now)
    }

    func endpoint(_ kinds: EventKind...) async throws -> AddEndpoint.Outcome {
        try await run(
            AddEndpoint(
                name: "Site",
                url: "https://receiver.example/hook",
                kinds: kinds.map(\.rawValue),
                allowsPlain: false
            )
        )
    }

    /// Writes an entry down and gives it its place in the log.
    func happens(_ action: String, to member: String = "m1") async throws {
        let now = hands.now
        try await database.write { transaction in
            let entry = JournalEntry(
                at: now,
                actor: "person:1",
                action: action,
                subject: .init("member", member),
                reason: "Their letter",
                after: ["head": .personal("head", "Somebody Real")]
            )
            try Journal.append(transaction, entry)
        }
        _ = try await Sealer(database: database, key: key, logger: Logger(label: "test")).sealNow()
    }

    /// One round of the sender.
    func round() async throws {
        try await sender.gather()
        try await sender.sendDue()
    }

    func deliveries(_ endpoint: String) async throws -> [WebhookDelivery] {
        try await database.ask(EndpointRecord(endpoint), as: office, now: hands.now).deliveries
    }

    /// Why an endpoint is off; `nil` while it is on.
    func why(_ endpoint: String) async throws -> WebhookEndpoint.OffReason? {
        try await database.ask(EndpointRecord(endpoint), as: office, now: hands.now).endpoint.offBecause
    }
}

func withPlace(
    _ engine: Database.Engine,
    _ receiver: Receiver = Receiver(),
    _ body: (Place) async throws -> Void
) async throws {
    let migrations = Journal.migrations + IdentityMigrations.all + AccessMigrations.all + WebhookMigrations.all
    try await withDatabase(engine, migrations: migrations) { database in
        try await body(Place(database: database, receiver: receiver))
    }
}
