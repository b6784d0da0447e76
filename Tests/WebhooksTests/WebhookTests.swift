import Access
import Crypto
import Database
import DatabaseTesting
import Foundation
import Identity
import Journal
import Languages
import Logging
import Outbound
import Synchronization
import Testing

@testable import Webhooks

@Suite("Telling other programs what happened")
struct WebhookTests {
    @Test(arguments: TestEngine.all)
    func `an endpoint is told of what it asked for, from when it was added, and of nothing else`(
        _ engine: Database.Engine
    ) async throws {
        try await withPlace(engine) { place in
            try await place.happens("member.edited")
            let made = try await place.endpoint(.memberChanged, .memberStatus)
            for action in ["member.edited", "status.recorded", "member.added", "token.made"] {
                try await place.happens(action)
            }
            try await place.round()
            try await place.round()
            let bodies = place.receiver.seen.map { String(decoding: $0.body ?? [], as: UTF8.self) }
            #expect(bodies.count == 2)
            #expect(bodies.allSatisfy { $0.contains("\"member\":\"key-of-m1\"") })
            #expect(bodies.allSatisfy { !$0.contains("Somebody") && !$0.contains("letter") })
            for type in ["member.changed", "member.status"] {
                #expect(bodies.contains { $0.contains("\"type\":\"\(type)\"") }, "\(type)")
            }
            #expect(try await place.deliveries(made.id).map(\.state) == [.arrived, .arrived])
        }
    }

    @Test(
        arguments: [
            ("invoice.issued", .invoiceIssued), ("invoice.credited", .invoiceCredited),
            ("payment.recorded", .paymentRecorded), ("refund.recorded", .paymentRecorded),
            ("credit.recorded", .paymentRecorded), ("payment.undone", .paymentUndone),
            ("relief.adopted", .reliefDecided), ("relief.rejected", .reliefDecided), ("relief.asked", nil),
            ("bank-statement.imported", nil), ("payment.split", nil),
        ] as [(String, EventKind?)]
    )
    func `what happens with dues is told where it is of matter to others`(action: String, kind: EventKind?) {
        #expect(EventKind(action) == kind)
    }

    @Test(arguments: TestEngine.all)
    func `a message is signed with the endpoint's secret over id, time and body`(
        _ engine: Database.Engine
    ) async throws {
        try await withPlace(engine) { place in
            let made = try await place.endpoint(.memberAdded)
            try await place.happens("member.added")
            try await place.round()
            let request = try #require(place.receiver.seen.first)
            func field(_ name: String) throws -> String {
                try #require(request.headers.first { $0.name == name }?.value)
            }
            let key = try #require(Data(base64Encoded: String(made.secret.dropFirst(6))))
            let body = String(decoding: request.body ?? [], as: UTF8.self)
            let signed = "\(try field("webhook-id")).\(try field("webhook-timestamp")).\(body)"
            let code = HMAC<SHA256>.authenticationCode(for: Data(signed.utf8), using: SymmetricKey(data: key))
            #expect(try field("webhook-signature") == "v1," + Data(code).base64EncodedString())
            #expect(key.count == 32)
        }
    }

    @Test(arguments: TestEngine.all)
    func `what fails is tried again later and later under the same id, then stays for a person`(
        _ engine: Database.Engine
    ) async throws {
        let receiver = Receiver(500, 302, 429, 500, 500, 500, 500, 500, 500, 500)
        try await withPlace(engine, receiver) { place in
            let made = try await place.endpoint(.memberAdded)
            try await place.happens("member.added")
            for wait in Backoff.waits {
                try await place.round()
                let before = place.receiver.seen.count
                place.hands.wait(wait * 0.89)
                try await place.round()
                #expect(place.receiver.seen.count == before, "not before its time")
                place.hands.wait(wait * 0.22)
            }
            try await place.round()
            #expect(place.receiver.seen.count == 10)
            #expect(
                Set(place.receiver.seen.compactMap { $0.headers.first { $0.name == "webhook-id" }?.value }).count == 1
            )
            let failed = try #require(try await place.deliveries(made.id).first)
            #expect(failed.state == .failed && failed.lastStatus == 500)

            try await place.run(ReplayDelivery(failed.id))
            try await place.round()
            #expect(try await place.deliveries(made.id).map(\.state) == [.arrived])
        }
    }

    @Test(arguments: TestEngine.all)
    func `a receiver that is gone is told nothing more until it is turned on`(_ engine: Database.Engine) async throws {
        try await withPlace(engine, Receiver(410)) { place in
            let made = try await place.endpoint(.memberAdded)
            try await place.happens("member.added")
            try await place.round()
            try await place.happens("member.added")
            try await place.round()
            #expect(place.receiver.seen.count == 1)
            let delivery = try #require(try await place.deliveries(made.id).first)
            await #expect(throws: WebhookRefusal.isOff) { try await place.run(ReplayDelivery(delivery.id)) }
            #expect(try await place.why(made.id) == .gone)
            try await place.run(TurnEndpoint(made.id, on: true))
            #expect(try await place.why(made.id) == nil)
            try await place.happens("member.added")
            try await place.round()
            #expect(place.receiver.seen.count == 2)
            try await place.run(TurnEndpoint(made.id, on: false))
            #expect(try await place.why(made.id) == .byHand)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a changed endpoint keeps its secret and its place, and is told elsewhere and of something else`(
        _ engine: Database.Engine
    ) async throws {
        try await withPlace(engine) { place in
            let made = try await place.endpoint(.memberAdded)
            try await place.happens("member.edited")
            func change(_ name: String, _ url: String, _ kinds: EventKind...) async throws {
                let names = kinds.map(\.rawValue)
                try await place.run(ChangeEndpoint(made.id, name: name, url: url, kinds: names, allowsPlain: false))
            }
            try await change("Site", "https://elsewhere.example/hook", .memberChanged)
            // The same again is no change.
            try await change(" Site ", "https://elsewhere.example/hook", .memberChanged)
            let error = await #expect(throws: InvalidInput.self) { try await change("", "http://a.example") }
            #expect(error?.fields.map(\.name) == ["name", "url", "kinds"])
            try await place.happens("member.added")
            try await place.round()
            #expect(place.receiver.seen.map(\.url) == ["https://elsewhere.example/hook"])
            let body = String(decoding: place.receiver.seen.first?.body ?? [], as: UTF8.self)
            #expect(body.contains("member.changed"))
            let (secret, told) = try await place.database.read { transaction in
                (
                    try WebhookEndpoint.find(transaction, id: made.id).secret,
                    try Journal.latest(transaction, limit: 20).map(\.entry).filter { $0.action == "webhook.changed" }
                )
            }
            #expect(secret == made.secret && told.count == 1)
            #expect(told.first?.after?.contains("\"name\"") == false, "only what is different")
        }
    }

    @Test(arguments: TestEngine.all)
    func `a removed endpoint is told nothing more, and nothing of it is left`(_ engine: Database.Engine) async throws {
        try await withPlace(engine) { place in
            let (made, other) = (try await place.endpoint(.memberAdded), try await place.endpoint(.memberAdded))
            try await place.run(TryEndpoint(made.id))
            try await place.happens("member.added")
            try await place.sender.gather()
            try await place.run(RemoveEndpoint(made.id))
            try await place.round()
            #expect(place.receiver.seen.count == 1)
            #expect(try await place.deliveries(other.id).map(\.state) == [.arrived])
            await #expect(throws: WebhookRefusal.noSuchEndpoint) { try await place.deliveries(made.id) }
            await #expect(throws: WebhookRefusal.noSuchEndpoint) { try await place.run(RemoveEndpoint(made.id)) }
            let left = try await place.database.read { transaction in
                try transaction.query("SELECT endpoint_id FROM webhook_delivery") { try $0.text(0) }
            }
            #expect(left == [other.id])
        }
    }

    @Test(arguments: TestEngine.all)
    func `what a stopped process was sending is sent by the next`(_ engine: Database.Engine) async throws {
        try await withPlace(engine) { place in
            let made = try await place.endpoint(.memberAdded)
            try await place.run(TryEndpoint(made.id))
            let now = place.hands.now
            let claimed = try await place.database.write { try WebhookDelivery.claim($0, now: now, lease: 120) }
            #expect(claimed != nil)
            try await place.round()
            #expect(place.receiver.seen.isEmpty)
            place.hands.wait(120)
            try await place.round()
            #expect(place.receiver.seen.count == 1)
        }
    }

    @Test
    func `an address of a private network is never reached`() async throws {
        try await withPlace(.sqlite) { place in
            let web = WebClient(policy: OutboundPolicy(timeout: .seconds(5)))
            let sender = WebhookSender(
                database: place.database,
                send: { try await web.send($0) },
                logger: Logger(label: "test"),
                now: { place.hands.now },
                memberKey: { _, _ in nil }
            )
            let made = try await place.run(
                AddEndpoint(name: "Inside", url: "https://127.0.0.1:9/", kinds: ["member.added"], allowsPlain: false)
            )
            try await place.run(TryEndpoint(made.id))
            try await sender.sendDue()
            let delivery = try #require(try await place.deliveries(made.id).first)
            #expect(delivery.state == .waiting)
            #expect(delivery.lastWords?.english.contains("private network") == true)
        }
    }

    @Test(arguments: [
        ("", "https://a.example", ["member.added"], ["name"]), ("A", "http://a.example", ["member.added"], ["url"]),
        ("A", "https://u:p@a.example", ["member.added"], ["url"]), ("A", "ftp://a.example", ["x"], ["url", "kinds"]),
        ("A", "https://", [], ["url", "kinds"]),
    ])
    func `an endpoint that cannot be is refused field by field`(
        _ name: String,
        _ url: String,
        _ kinds: [String],
        _ wrong: [String]
    ) async throws {
        try await withPlace(.sqlite) { place in
            let error = await #expect(throws: InvalidInput.self) {
                try await place.run(AddEndpoint(name: name, url: url, kinds: kinds, allowsPlain: false))
            }
            #expect(error?.fields.map(\.name) == wrong)
        }
    }

    @Test
    func `each command and question asks for its right`() async throws {
        #expect(
            WebhookCatalogue.all.allSatisfy { $0.actions == [$0.sort == .command ? .manageWebhooks : .readWebhooks] }
        )
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/Domain/Webhooks")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        var declared: Set<String> = []
        for file in files where file.pathExtension == "swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: #/struct (\w+): (?:Command|Question)\b/#) { declared.insert(String(match.1)) }
        }
        #expect(Set(WebhookCatalogue.all.map(\.name)) == declared)
        try await withPlace(.sqlite) { place in
            for role in Role.allCases where Rights.reach(role, .readWebhooks) == .none {
                let actor = Actor(
                    person: place.office.person,
                    grants: [Grant(role: role, place: .association, personID: "")],
                    secondFactor: true
                )
                await #expect(throws: AccessRefusal.notAllowed(.readWebhooks)) {
                    try await place.database.ask(EndpointList(), as: actor, now: place.hands.now)
                }
                await #expect(throws: AccessRefusal.notAllowed(.manageWebhooks)) {
                    try await place.database.run(TryEndpoint("none"), as: actor, now: place.hands.now)
                }
            }
        }
    }
}
