import Access
import Database
import DatabaseTesting
import HTTPTypes
import Journal
import Testing

@testable import API

@Suite("The same request again, where what it read is no longer there")
struct RepeatTests {
    private static let koeln = "/api/v1/members/koeln"

    /// A change in the state that was read, with a key.
    private struct Change: Sendable {
        let method: HTTPRequest.Method
        let path: String
        let token: String
        let tag: String

        func send(_ api: TestAPI, _ body: JSONValue?, key: String? = "a1") async throws -> TestAPI.Reply {
            var headers: HTTPFields = [.ifMatch: tag]
            headers[.idempotencyKey] = key
            return try await api.send(method, path, token: token, body: body, headers: headers)
        }

        /// Sends it twice, as whoever lost the first answer, and returns the answer that both got.
        func sendTwice(_ api: TestAPI, _ body: JSONValue?) async throws -> TestAPI.Reply {
            let first = try await send(api, body)
            #expect(first.status == 200, "\(first.text)")
            let again = try await send(api, body)
            #expect(again.status == 200, "\(again.text)")
            #expect(again.text == first.text)
            #expect(again.headers[.eTag] == first.headers[.eTag])
            return again
        }
    }

    private func count(_ api: TestAPI, _ action: String) async throws -> Int {
        try await api.database.read { try Journal.latest($0, limit: 50).count { $0.entry.action == action } }
    }

    @Test(arguments: TestEngine.all)
    func `a participation is removed once`(_ engine: Database.Engine) async throws {
        try await withAPI(engine) { api in
            let (token, events) = (try await api.token(.officer), "/api/v1/events")
            let fair: JSONValue = [
                "name": "River fair", "kind": "conference", "from": "2024-05-02", "grounds": "The programme",
            ]
            #expect(try await api.send(.post, events, token: token, body: fair).status == 201)
            let list = "\(events)/river-fair/participations"
            let added = try await api.send(
                .post,
                list,
                token: token,
                body: ["member": "koeln", "capacity": "delegate", "mode": "online", "grounds": "The register"]
            )
            let change = Change(
                method: .post,
                path: "\(list)/koeln/delegate/removal",
                token: token,
                tag: try #require(added.headers[.eTag])
            )
            let again = try await change.sendTwice(api, ["grounds": "It sent nobody"])
            #expect(again.json["members"] == 0)
            let other = try await change.send(api, ["grounds": "It was ill"])
            #expect(other.status == 409)
            #expect(other.json["code"] == "idempotency-key-reused")
            #expect(try await change.send(api, ["grounds": "It sent nobody"], key: nil).status == 404)
            let steps = try await api.get("\(Self.koeln)/participation-steps", token: token)
            #expect(steps.json.elements("data").map { $0.text("kind") } == ["removed", "added"])
        }
    }

    @Test(arguments: TestEngine.all)
    func `a name is ended once`(_ engine: Database.Engine) async throws {
        try await withAPI(engine) { api in
            let (token, names) = (try await api.token(.officer), Self.koeln + "/names")
            let alias: JSONValue = ["name": "Colonia", "language": "la", "kind": "alias", "grounds": "An old map"]
            let tag = try #require(try await api.get(Self.koeln).headers[.eTag])
            let named = try await api.send(.post, names, token: token, body: alias, headers: [.ifMatch: tag])
            let change = Change(
                method: .post,
                path: names + "/end",
                token: token,
                tag: try #require(named.headers[.eTag])
            )
            func body(_ day: String) -> JSONValue {
                [
                    "name": "Colonia", "language": "la", "kind": "alias", "last_day": .text(day),
                    "grounds": "No longer in use",
                ]
            }
            let again = try await change.sendTwice(api, body("2024-05-01"))
            #expect(again.json["names"]?.written.contains("\"to\":\"2024-05-01\"") == true)
            let other = try await change.send(api, body("2024-05-02"))
            #expect(other.status == 409)
            #expect(other.json["code"] == "idempotency-key-reused")
            #expect(try await count(api, "name.ended") == 1)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a picture is removed once, and no other token gets the kept answer`(
        _ engine: Database.Engine
    ) async throws {
        try await withAPI(engine) { api in
            let token = try await api.token(.editor)
            try await api.database.write { transaction in
                try transaction.execute(
                    """
                    INSERT INTO profile_picture (id, member_id, kind, position, hash, type, width, height, alt,
                        caption, added_at)
                    VALUES ('first', 'id-koeln', 'photo', 1, ?, 'jpeg', 40, 30, 'Quay', '', '2024-01-01T00:00:00.000000Z')
                    """,
                    [.text(String(repeating: "ab", count: 32))]
                )
            }
            let path = Self.koeln + "/pictures/first"
            let tag = try #require(try await api.get(Self.koeln).headers[.eTag])
            let again = try await Change(method: .delete, path: path, token: token, tag: tag).sendTwice(api, nil)
            #expect(again.json["pictures"] == [])
            for (other, status) in [(try await api.token(.editor), 404), (try await api.token(.juror), 403)] {
                let refused = Change(method: .delete, path: path, token: other, tag: tag)
                #expect(try await refused.send(api, nil).status == status)
            }
        }
    }
}
