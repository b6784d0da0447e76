import Access
import Database
import DatabaseTesting
import HTTPTypes
import Journal
import Testing

@testable import API

@Suite("Webhooks through the API")
struct WebhookTests {
    private static let path = "/api/v1/webhooks"
    private static let partner: JSONValue = [
        "name": "Partner", "url": "https://receiver.example/hansa", "kinds": ["member.changed", "member.added"],
    ]

    private func fields(_ reply: TestAPI.Reply) -> [String?] { reply.json.elements("errors").map { $0.text("field") } }

    /// Adds the partner's; returns its address.
    private func add(_ api: TestAPI, _ token: String) async throws -> String {
        let added = try await api.send(.post, Self.path, token: token, body: Self.partner)
        #expect(added.status == 201, "\(added.text)")
        return try #require(added.headers[.location])
    }

    @Test(arguments: TestEngine.all)
    func `a webhook is added once for its key, and its secret is told in that answer alone`(
        _ engine: Database.Engine
    ) async throws {
        try await withAPI(engine) { api in
            let token = try await api.token(.administrator)
            let once: HTTPFields = [.idempotencyKey: "a1"]
            let added = try await api.send(.post, Self.path, token: token, body: Self.partner, headers: once)
            #expect(added.status == 201, "\(added.text)")
            let secret = try #require(added.json.text("secret"))
            #expect(secret.hasPrefix("whsec_"))
            #expect(added.json["kinds"] == ["member.added", "member.changed"] && added.json["is_on"] == true)
            let again = try await api.send(.post, Self.path, token: token, body: Self.partner, headers: once)
            #expect(again.status == 201 && again.json["id"] == added.json["id"])
            #expect(again.json["secret"] == .null && added.json["secret"] == .text(secret))
            #expect(again.headers[.location] == added.headers[.location])
            #expect(again.headers[.eTag] == added.headers[.eTag])
            let kept = try await api.database.read { transaction in
                try transaction.query("SELECT body FROM kept_answer") { row in
                    String(decoding: try row.blob(0), as: UTF8.self)
                }
            }
            #expect(kept == [again.text] && !again.text.contains(secret))
            let second: JSONValue = ["name": "B", "url": "https://b.example", "kinds": ["member.added"]]
            let other = try await api.send(.post, Self.path, token: token, body: second, headers: once)
            #expect(other.status == 409 && other.json["code"] == "idempotency-key-reused")
            let listed = try await api.get(Self.path, token: token)
            #expect(listed.json["total"] == 1 && listed.json.elements("data").first?["waiting"] == 0)
            let path = try #require(added.headers[.location])
            let read = try await api.get(path, token: token)
            #expect(read.json["name"] == "Partner" && read.headers[.eTag] == added.headers[.eTag])
            let told = try await api.database.read { try Journal.latest($0, limit: 10).map { $0.entry.after ?? "" } }
            for text in [listed.text, read.text] + told { #expect(!text.contains(secret)) }
            let headers: HTTPFields = [.ifMatch: try #require(read.headers[.eTag])]
            let changed = try await api.send(.patch, path, token: token, body: ["name": "B"], headers: headers)
            #expect(changed.status == 200 && !changed.text.contains(secret), "\(changed.text)")
        }
    }

    @Test(arguments: TestEngine.all)
    func `it is changed, turned off and on, and removed in the state that was read`(
        _ engine: Database.Engine
    ) async throws {
        try await withAPI(engine) { api in
            let token = try await api.token(.administrator)
            let path = try await add(api, token)
            let secret = try await api.value("SELECT secret FROM webhook_endpoint")
            let changed = try await api.change(.patch, path, token: token, body: ["kinds": ["invoice.issued"]])
            #expect(changed.json["kinds"] == ["invoice.issued"] && changed.json["name"] == "Partner", "\(changed.text)")
            let off = try await api.change(.put, path, "/state", token: token, body: ["is_on": false])
            #expect(off.json["is_on"] == false && off.json["off_because"] == "by hand", "\(off.text)")
            #expect(try await api.send(.post, "\(path)/tests", token: token).status == 409)
            let on = try await api.change(.put, path, "/state", token: token, body: ["is_on": true])
            #expect(on.json["is_on"] == true && on.json["off_because"] == .null)
            #expect(try await api.value("SELECT secret FROM webhook_endpoint") == secret)
            let moved: JSONValue = ["url": "http://receiver.example"]
            let refused = try await api.change(.patch, path, token: token, body: moved)
            #expect(refused.status == 409 && fields(refused) == ["url"])

            func remove(_ tag: String, key: String? = nil) async throws -> TestAPI.Reply {
                var headers: HTTPFields = [.ifMatch: tag]
                headers[.idempotencyKey] = key
                return try await api.send(.delete, path, token: token, headers: headers)
            }
            #expect(try await remove(try #require(off.headers[.eTag])).status == 412)
            #expect(try await remove("\"0\"").status == 409)
            let removed = try await remove(try #require(on.headers[.eTag]), key: "a1")
            #expect(removed.status == 200, "\(removed.text)")
            #expect(try await remove(try #require(on.headers[.eTag]), key: "a1").text == removed.text)
            #expect(try await api.get(path, token: token).status == 404)
            let actions = try await api.database.read { try Journal.latest($0, limit: 10).map(\.entry.action) }
            #expect(
                actions.filter { $0.hasPrefix("webhook.") } == [
                    "webhook.removed", "webhook.turned-on", "webhook.turned-off", "webhook.changed", "webhook.added",
                ]
            )
        }
    }

    @Test(arguments: TestEngine.all)
    func `a message that failed is sent again in the state that was read`(_ engine: Database.Engine) async throws {
        try await withAPI(engine) { api in
            let token = try await api.token(.administrator)
            let path = try await add(api, token)
            let once: HTTPFields = [.idempotencyKey: "a1"]
            let tried = try await api.send(.post, "\(path)/tests", token: token, headers: once)
            #expect(tried.status == 201, "\(tried.text)")
            #expect(try await api.send(.post, "\(path)/tests", token: token, headers: once).text == tried.text)
            let list = try #require(tried.headers[.location])
            func delivery() async throws -> JSONValue {
                let listed = try await api.get(list, token: token).json
                #expect(listed["total"] == 1)
                return try #require(listed.elements("data").first)
            }
            let waiting = try await delivery()
            #expect(waiting["kind"] == "webhook.test" && waiting["state"] == "waiting" && waiting["attempts"] == 0)
            try await api.database.write { transaction in
                try transaction.execute(
                    """
                    UPDATE webhook_delivery SET state = 'failed', attempts = 10, last_status = 500,
                        done_at = '2024-05-31T00:00:00.000000Z'
                    """
                )
            }
            let failed = try await delivery()
            #expect(failed["state"] == "failed" && failed["last_status"] == 500)
            let replay = "\(list)/\(failed.text("id") ?? "")/replay"
            func send(_ tag: String, key: String? = nil) async throws -> TestAPI.Reply {
                var headers: HTTPFields = [.ifMatch: tag]
                headers[.idempotencyKey] = key
                return try await api.send(.post, replay, token: token, headers: headers)
            }
            #expect(try await send(try #require(waiting.text("etag"))).status == 412)
            let sent = try await send(try #require(failed.text("etag")), key: "a2")
            #expect(sent.status == 200, "\(sent.text)")
            #expect(sent.json["state"] == "waiting" && sent.json["id"] == failed["id"])
            #expect(try await send(try #require(failed.text("etag")), key: "a2").text == sent.text)
            let elsewhere = "\(list)/msg_none/replay"
            let never = try await api.send(.post, elsewhere, token: token, headers: [.ifMatch: "\"0\""])
            #expect(never.status == 404)
        }
    }

    @Test(arguments: TestEngine.all)
    func `auditors see them and change nothing, and nobody else sees any`(_ engine: Database.Engine) async throws {
        try await withAPI(engine) { api in
            let path = try await add(api, try await api.token(.administrator))
            let auditor = try await api.token(.auditor)
            for read in [Self.path, path, "\(path)/deliveries"] {
                #expect(try await api.get(read, token: auditor).status == 200, "\(read)")
                #expect(try await api.get(read, token: api.token(.officer)).status == 403, "\(read)")
            }
            #expect(try await api.send(.post, Self.path, token: auditor, body: Self.partner).status == 403)
            let off = try await api.change(.put, path, "/state", token: auditor, body: ["is_on": false])
            #expect(off.status == 403)
            #expect(try await api.send(.post, "\(path)/tests", token: auditor).status == 403)
            let readers = try await api.token(.administrator, [.readWebhooks])
            #expect(try await api.send(.post, Self.path, token: readers, body: Self.partner).status == 403)
        }
    }

    @Test(
        arguments: [
            (["name": "A", "url": "http://a.example", "kinds": ["member.added"]], 409),
            (["name": "A", "url": "https://u:p@a.example", "kinds": ["member.added"]], 409),
            (["name": " ", "url": "https://a.example", "kinds": ["member.added"]], 409),
            (["name": "A", "url": "https://a.example", "kinds": []], 400),
            (["name": "A", "url": "https://a.example", "kinds": ["ferry.sunk"]], 400),
            (["name": "A", "url": "https://a.example"], 400),
            (["name": "A", "url": "https://a.example", "kinds": ["member.added"], "secret": "x"], 400),
        ] as [(JSONValue, Int)]
    )
    func `one that cannot be is refused`(_ body: JSONValue, _ status: Int) async throws {
        try await withAPI(.sqlite) { api in
            let token = try await api.token(.administrator)
            let refused = try await api.send(.post, Self.path, token: token, body: body)
            #expect(refused.status == status, "\(refused.text)")
            #expect(refused.json.elements("errors").count == 1, "\(refused.text)")
        }
    }
}
