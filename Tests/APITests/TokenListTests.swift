import Access
import Database
import DatabaseTesting
import Foundation
import HTTPTypes
import Identity
import Journal
import Testing

@testable import API

@Suite("Tokens seen and revoked through the API")
struct TokenListTests {
    private static let own = "/api/v1/account/tokens"
    private static let all = "/api/v1/tokens"

    /// A token of a member's own; returns its id and its text.
    private func memberToken(_ api: TestAPI, _ member: String) async throws -> (id: String, text: String) {
        try await api.database.write { transaction in
            let made = try APIToken.make(
                transaction,
                name: "Site of \(member)",
                holder: .place(kind: "member", id: "id-\(member)"),
                scopes: [Scope.readMembers.rawValue],
                secondFactor: false,
                by: "person:x",
                expiresAt: TestAPI.now.addingTimeInterval(60),
                now: TestAPI.now
            )
            return (made.token.id, made.text)
        }
    }

    /// The token with an id in a list.
    private func entry(_ api: TestAPI, _ list: String, _ id: String, _ token: String) async throws -> JSONValue {
        let listed = try await api.get(list, token: token)
        return try #require(listed.json.elements("data").first { $0["id"] == .text(id) }, "\(listed.text)")
    }

    @Test(arguments: TestEngine.all)
    func `a token of one's own is revoked in the state that was read, and opens nothing any more`(
        _ engine: Database.Engine
    ) async throws {
        try await withAPI(engine) { api in
            let person = try await api.person("Astrid Berg", [(.editor, .member("id-koeln"))])
            let (token, lost) = (try await api.token(of: person), try await api.token(of: person, [.readMembers]))
            let other = try await api.token(.editor)
            let id = try #require(try await api.get("/api/v1/token", token: lost).json.text("id"))
            let theirs = try #require(try await api.get("/api/v1/token", token: other).json.text("id"))
            let found = try await entry(api, Self.own, id, token)
            #expect(found["name"] == "Walk" && found["person"] == .text(person) && found["member"] == .null)
            #expect(found["scopes"] == ["members:read"] && found["revoked_at"] == .null)
            #expect(try await api.get(Self.own, token: token).json["total"] == 2)
            let tag = try #require(found.text("etag"))
            func revoke(_ id: String, _ tag: String, key: String? = nil) async throws -> TestAPI.Reply {
                var headers: HTTPFields = [.ifMatch: tag]
                headers[.idempotencyKey] = key
                return try await api.send(.post, "\(Self.own)/\(id)/revocation", token: token, headers: headers)
            }
            #expect(try await revoke(id, "\"0\"").status == 409)
            #expect(try await revoke(theirs, tag).status == 404)
            let revoked = try await revoke(id, tag, key: "a1")
            #expect(revoked.status == 200, "\(revoked.text)")
            #expect(revoked.json.text("revoked_at")?.isEmpty == false)
            #expect(revoked.headers[.eTag] == revoked.json.text("etag"))
            #expect(try await revoke(id, tag, key: "a1").text == revoked.text)
            #expect(try await revoke(id, tag).status == 412)
            #expect(try await revoke(id, try #require(revoked.headers[.eTag])).status == 404)
            #expect(try await api.get("/api/v1/token", token: lost).status == 401)
            #expect(try await api.get("/api/v1/token", token: other).status == 200)
            let told = try await api.database.read { try Journal.latest($0, limit: 20).map(\.entry) }
            #expect(told.count { $0.action == "token.revoked" } == 1)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a representative revokes the tokens of the member, and of no other`(_ engine: Database.Engine) async throws {
        try await withAPI(engine) { api in
            let (koeln, ruhrort) = (try await memberToken(api, "koeln"), try await memberToken(api, "ruhrort"))
            let token = try await api.token(.representative)
            let list = "/api/v1/members/koeln/tokens"
            let found = try await entry(api, list, koeln.id, token)
            #expect(found["member"] == "koeln" && found["person"] == .null)
            #expect(try await api.get(list, token: token).json["total"] == 1)
            #expect(try await api.get("/api/v1/members/ruhrort/tokens", token: token).status == 403)
            #expect(try await api.get("/api/v1/members/atlantis/tokens", token: token).status == 404)
            #expect(try await api.get(list, token: api.token(.editor)).status == 403)
            let headers: HTTPFields = [.ifMatch: try #require(found.text("etag"))]
            for (path, status) in [
                ("/api/v1/members/ruhrort/tokens/\(ruhrort.id)", 403), ("\(list)/\(ruhrort.id)", 404),
                ("\(Self.own)/\(koeln.id)", 404), ("\(list)/\(koeln.id)", 200),
            ] {
                let reply = try await api.send(.post, "\(path)/revocation", token: token, headers: headers)
                #expect(reply.status == status, "\(path): \(reply.text)")
            }
            #expect(try await api.get("/api/v1/token", token: koeln.text).status == 401)
            #expect(try await api.get("/api/v1/token", token: ruhrort.text).status == 200)
        }
    }

    @Test(arguments: TestEngine.all)
    func `everybody's tokens are seen by auditors, and revoked by administrators alone`(
        _ engine: Database.Engine
    ) async throws {
        try await withAPI(engine) { api in
            let koeln = try await memberToken(api, "koeln")
            let (administrator, auditor) = (try await api.token(.administrator), try await api.token(.auditor))
            let found = try await entry(api, Self.all, koeln.id, auditor)
            #expect(found["holder_name"] == "Köln")
            #expect(try await api.get(Self.all, token: auditor).json["total"] == 3)
            for role in [Role.officer, .finance, .communication, .representative] {
                #expect(try await api.get(Self.all, token: api.token(role)).status == 403, "\(role)")
            }
            let (path, headers): (String, HTTPFields) = (
                "\(Self.all)/\(koeln.id)/revocation", [.ifMatch: try #require(found.text("etag"))]
            )
            #expect(try await api.send(.post, path, token: auditor, headers: headers).status == 403)
            let revoked = try await api.send(.post, path, token: administrator, headers: headers)
            #expect(revoked.status == 200, "\(revoked.text)")
            #expect(try await api.get("/api/v1/token", token: koeln.text).status == 401)
        }
    }

    @Test
    func `no token makes another`() async throws {
        try await withAPI(.sqlite) { api in
            let token = try await api.token(.administrator)
            let body: JSONValue = ["name": "Another", "scopes": ["members:read"], "days": 30]
            for path in [Self.own, Self.all, "/api/v1/members/koeln/tokens"] {
                let reply = try await api.send(.post, path, token: token, body: body)
                #expect(reply.status == 405 && reply.headers[.allow]?.contains("POST") == false, "\(path)")
            }
        }
    }
}
