import Access
import Database
import DatabaseTesting
import Foundation
import HTTPTypes
import Identity
import Journal
import Testing

@testable import API
@testable import Membership

@Suite("Writing through the API")
struct WriteTests {
    private func tag(_ api: TestAPI, _ key: String = "koeln") async throws -> String {
        try #require(try await api.get("/api/v1/members/\(key)").headers[.eTag])
    }

    private func entries(_ api: TestAPI) async throws -> [JournalEntry] {
        try await api.database.read { try Journal.latest($0, limit: 50).map(\.entry) }
    }

    private static let newPort: JSONValue = [
        "name": "Duisburg", "category": "port", "country": "DE", "language": "de", "joined": "2024-03",
        "grounds": "Their application of March",
    ]

    @Test(arguments: TestEngine.all)
    func `a change is written in the state that was read, with grounds in the journal`(
        _ engine: Database.Engine
    ) async throws {
        try await withAPI(engine) { api in
            let token = try await api.token(.officer)
            let read = try await tag(api)
            let change: JSONValue = ["website": "https://koeln.example", "grounds": "Their letter"]
            let done = try await api.send(
                .patch,
                "/api/v1/members/koeln",
                token: token,
                body: change,
                headers: [.ifMatch: read]
            )
            #expect(done.status == 200)
            #expect(done.json["website"] == "https://koeln.example")
            let current = try await tag(api)
            #expect(done.headers[.eTag] == current)
            let entry = try #require(try await entries(api).first { $0.action == "member.edited" })
            #expect(entry.reason == "Their letter")
            #expect(entry.actor.hasPrefix("person:"))

            let stale = try await api.send(
                .patch,
                "/api/v1/members/koeln",
                token: token,
                body: ["name": "Colonia", "grounds": "Their letter"],
                headers: [.ifMatch: read]
            )
            #expect(stale.status == 412)
            for other in ["\"0\"", "\"0000000000000000-00000000\"", try await tag(api, "ruhrort")] {
                let never = try await api.send(
                    .patch,
                    "/api/v1/members/koeln",
                    token: token,
                    body: ["name": "Colonia", "grounds": "Their letter"],
                    headers: [.ifMatch: other]
                )
                #expect(never.status == 409)
                #expect(never.json["code"] == "if-match-unknown")
            }
            #expect(stale.json["code"] == "changed-since")
            #expect(stale.headers[.eTag] == done.headers[.eTag])
            #expect(try await api.get("/api/v1/members/koeln").json["name"] == "Köln")
        }
    }

    @Test(arguments: TestEngine.all)
    func `a change without the state that it changes is refused`(_ engine: Database.Engine) async throws {
        try await withAPI(engine) { api in
            let token = try await api.token(.officer)
            let reply = try await api.send(
                .patch,
                "/api/v1/members/koeln",
                token: token,
                body: ["name": "Colonia", "grounds": "Their letter"]
            )
            #expect(reply.status == 400)
            #expect(reply.json["errors"] == [["field": "If-Match", "detail": "is missing."]])
            #expect(try await entries(api).isEmpty)
        }
    }

    @Test(arguments: TestEngine.all)
    func `the same request with the same key is carried out once`(_ engine: Database.Engine) async throws {
        try await withAPI(engine) { api in
            let token = try await api.token(.officer)
            let first = try await api.send(
                .post,
                "/api/v1/members",
                token: token,
                body: Self.newPort,
                headers: [.idempotencyKey: "a1"]
            )
            #expect(first.status == 201)
            #expect(first.headers[.location] == "/api/v1/members/duisburg")
            let again = try await api.send(
                .post,
                "/api/v1/members",
                token: token,
                body: Self.newPort,
                headers: [.idempotencyKey: "a1"]
            )
            #expect(again.status == 201)
            #expect(again.json == first.json)
            #expect(again.headers[.location] == first.headers[.location])
            #expect(try await entries(api).count { $0.action == "member.added" } == 1)

            let other = try await api.send(
                .post,
                "/api/v1/members",
                token: token,
                body: [
                    "name": "Wesel", "category": "port", "country": "DE", "language": "de", "joined": "2024",
                    "grounds": "Their application",
                ],
                headers: [.idempotencyKey: "a1"]
            )
            #expect(other.status == 409)
            #expect(other.json["code"] == "idempotency-key-reused")

            // Another caller's key is another key; the member is there already, and told as a likely double.
            let elsewhere = try await api.send(
                .post,
                "/api/v1/members",
                token: try await api.token(.officer),
                body: Self.newPort,
                headers: [.idempotencyKey: "a1"]
            )
            #expect(elsewhere.json["code"] == "likely-doubles")
        }
    }

    @Test(arguments: TestEngine.all)
    func `an answer is kept for a day and no longer`(_ engine: Database.Engine) async throws {
        try await withAPI(engine) { api in
            let token = try await api.token(.officer)
            _ = try await api.send(
                .post,
                "/api/v1/members",
                token: token,
                body: Self.newPort,
                headers: [.idempotencyKey: "a1"]
            )
            let removed = try await api.database.write { transaction in
                (
                    try KeptAnswer.removeOld(transaction, now: TestAPI.now.addingTimeInterval(86_399)),
                    try KeptAnswer.removeOld(transaction, now: TestAPI.now.addingTimeInterval(86_400))
                )
            }
            #expect(removed == (0, 1))
        }
    }

    @Test(arguments: TestEngine.all)
    func `what a rule refuses is 409 with every field, and nothing is written`(_ engine: Database.Engine) async throws {
        try await withAPI(engine) { api in
            let token = try await api.token(.officer)
            var body: [JSONValue.Member] = []
            if case .object(let members) = Self.newPort {
                body = members.filter { $0.name != "joined" && $0.name != "name" }
            }
            body += [.init(name: "joined", value: "2025-01-01"), .init(name: "name", value: "…")]
            let reply = try await api.send(.post, "/api/v1/members", token: token, body: .object(body))
            #expect(reply.status == 409)
            #expect(reply.json["code"] == "input-refused")
            guard case .list(let errors)? = reply.json["errors"] else { return #expect(Bool(false)) }
            #expect(Set(errors.compactMap { $0.text("field") }) == ["name", "joined"])
            #expect(try await entries(api).isEmpty)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a step and a name join the member's history`(_ engine: Database.Engine) async throws {
        try await withAPI(engine) { api in
            let token = try await api.token(.officer)
            let named = try await api.send(
                .post,
                "/api/v1/members/koeln/names",
                token: token,
                body: ["name": "Colonia", "language": "la", "kind": "alias", "grounds": "An old map"],
                headers: [.ifMatch: try await tag(api)]
            )
            #expect(named.status == 200)
            #expect(try await api.get("/api/v1/members?q=colonia").json["total"] == 1)
            let step = try await api.send(
                .post,
                "/api/v1/members/koeln/statuses",
                token: token,
                body: ["status": "sunk", "day": "2024-05-01", "grounds": "Their letter"],
                headers: [.ifMatch: try #require(named.headers[.eTag])]
            )
            #expect(step.status == 200)
            #expect(step.json["status"] == "sunk")
            let latest = try await api.get("/api/v1/changes?member=koeln&limit=1").json["data"]
            #expect(latest?.written.contains("\"status\":\"sunk\"") == true)
            #expect(try await api.get("/api/v1/members?as_of=2024-04-30").json["total"] == 2)
            #expect(try await api.get("/api/v1/members").json["total"] == 1)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a member's own token keeps its profile and no other's`(_ engine: Database.Engine) async throws {
        try await withAPI(engine) { api in
            let token = try await api.database.write { transaction in
                try APIToken.make(
                    transaction,
                    name: "Site",
                    holder: .place(kind: "member", id: "id-koeln"),
                    scopes: ["profile:write"],
                    secondFactor: false,
                    by: "person:x",
                    expiresAt: TestAPI.now.addingTimeInterval(60),
                    now: TestAPI.now
                )
            }
            let body: JSONValue = ["tags": ["cathedral", "harbour"]]
            let own = try await api.send(
                .put,
                "/api/v1/members/koeln/tags",
                token: token.text,
                body: body,
                headers: [.ifMatch: try await tag(api)]
            )
            #expect(own.status == 200)
            #expect(own.json["tags"] == ["cathedral", "harbour"])
            #expect(try await entries(api).first?.actor == "token:\(token.token.id)")
            let words = try await api.send(
                .put,
                "/api/v1/members/koeln/own-words/de",
                token: token.text,
                body: ["text": "Stadt am Rhein."],
                headers: [.ifMatch: try await tag(api)]
            )
            #expect(words.json["own_words"] == [["language": "de", "text": "Stadt am Rhein."]])
            let site = try await api.send(
                .put,
                "/api/v1/members/koeln/website",
                token: token.text,
                body: ["website": .null],
                headers: [.ifMatch: try await tag(api)]
            )
            #expect(site.status == 200)
            let others = try await api.send(
                .put,
                "/api/v1/members/ruhrort/tags",
                token: token.text,
                body: body,
                headers: [.ifMatch: try await tag(api, "ruhrort")]
            )
            #expect(others.status == 403)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a fact is proposed by the member and decided by the secretariat`(_ engine: Database.Engine) async throws {
        try await withAPI(engine) { api in
            let (member, office) = (try await api.token(.representative), try await api.token(.officer))
            let made = try await api.send(
                .post,
                "/api/v1/members/koeln/proposals",
                token: member,
                body: [
                    "fact": "area", "value": "405.15", "effective": "2024-01-01", "grounds": "Statistical yearbook",
                ]
            )
            #expect(made.status == 201)
            let id = try #require(made.json.text("id"))
            let decision: JSONValue = ["decision": "accept"]
            let path = "/api/v1/proposals/\(id)/decision"
            let headers: HTTPFields = [.ifMatch: try #require(made.json.text("etag"))]
            #expect(try await api.send(.post, path, token: member, body: decision, headers: headers).status == 403)
            let done = try await api.send(.post, path, token: office, body: decision, headers: headers)
            #expect(done.status == 200)
            #expect(done.json["state"] == "accepted")
            #expect(try await api.get("/api/v1/members/koeln").json["area_km2"] == .number(405.15))
            #expect(try await api.send(.post, path, token: office, body: decision, headers: headers).status == 412)
            let listed = try await api.get("/api/v1/proposals?state=accepted", token: office)
            #expect(listed.json["total"] == 1)
        }
    }
}
