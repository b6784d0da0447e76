import Access
import Database
import DatabaseTesting
import Foundation
import HTTPTypes
import Testing

@testable import API

@Suite("People and roles through the API")
struct PeopleTests {
    private static func invitation(_ role: String, _ place: String) -> JSONValue {
        [
            "name": "Inga Karlsson", "email": "inga@koeln.example", "language": "en", "role": .text(role),
            "place": .text(place),
        ]
    }

    @Test(arguments: TestEngine.all)
    func `a representative lets people into the member, and into no other`(_ engine: Database.Engine) async throws {
        try await withAPI(engine) { api in
            let own = try await api.token(.representative)
            let path = "/api/v1/people"
            let made = try await api.send(.post, path, token: own, body: Self.invitation("editor", "koeln"))
            #expect(made.status == 201, "\(made.text)")
            #expect(made.json["role"] == "editor" && made.json["place"] == "koeln")
            #expect(made.json["from"] == "2024-06-01" && made.json["until"] == .null)
            let listed = try await api.get("/api/v1/members/koeln/people", token: own).json.elements("data")
            #expect(listed.contains { $0["name"] == "Inga Karlsson" && $0["state"] == "invited" })

            let elsewhere = try await api.send(.post, path, token: own, body: Self.invitation("editor", "ruhrort"))
            #expect(elsewhere.status == 403)
            let nowhere = try await api.send(.post, path, token: own, body: Self.invitation("editor", "atlantis"))
            #expect(nowhere.status == 409)
            // Whoever looks after a member reads nothing of people outside it.
            #expect(try await api.get(path, token: own).status == 403)
            let location = try #require(made.headers[.location])
            #expect(try await api.get(location, token: own).status == 403)
            let read = try await api.get(location, token: api.token(.officer))
            #expect(read.json["email"] == "inga@koeln.example")
            #expect(read.json.elements("invitations").count == 1)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a role is given, ends in the state that was seen, and once`(_ engine: Database.Engine) async throws {
        try await withAPI(engine) { api in
            let office = try await api.token(.officer)
            let person = try await api.person("Eva Lund", [])
            let given = try await api.send(
                .post,
                "/api/v1/people/\(person)/roles",
                token: office,
                body: ["role": "committee", "place": "diet", "until": "2025-12-31"]
            )
            #expect(given.status == 201, "\(given.text)")
            #expect(given.headers[.eTag] == given.json.text("etag"))
            let (id, tag) = (try #require(given.json.text("id")), try #require(given.json.text("etag")))
            let path = "/api/v1/roles/\(id)/end"
            func end(_ body: JSONValue, _ tag: String) async throws -> TestAPI.Reply {
                try await api.send(.post, path, token: office, body: body, headers: [.ifMatch: tag])
            }
            #expect(try await end(["until": "2024-05-31"], tag).status == 409, "a day that is over")
            let shorter = try await end(["until": "2024-12-31"], tag)
            #expect(shorter.json["until"] == "2024-12-31")
            #expect(try await end([:], tag).status == 412)
            let over = try await end([:], try #require(shorter.headers[.eTag]))
            #expect(over.status == 200)
            #expect(over.json.text("ended_at")?.isEmpty == false)
            #expect(try await end([:], try #require(over.headers[.eTag])).status == 409)
        }
    }

    @Test(arguments: TestEngine.all)
    func `no token lets anybody into the secretariat or out of it`(_ engine: Database.Engine) async throws {
        try await withAPI(engine) { api in
            let token = try await api.token(.administrator)
            let person = try await api.person("Eva Lund", [(.officer, .association)])
            let body: JSONValue = ["role": "administrator", "place": "diet"]
            let given = try await api.send(.post, "/api/v1/people/\(person)/roles", token: token, body: body)
            #expect(given.status == 400)
            let role = try await api.value("SELECT id FROM role_grant WHERE person_id = ?", [.text(person)])
            let ended = try await api.send(
                .post,
                "/api/v1/roles/\(role)/end",
                token: token,
                body: [:],
                headers: [.ifMatch: "\"0\""]
            )
            #expect(ended.status == 403)
            #expect(ended.json["code"] == "not-in-scope.role.give-secretariat")
        }
    }

    @Test(arguments: TestEngine.all)
    func `people are found by name, role and state, in pages that leave nobody out`(
        _ engine: Database.Engine
    ) async throws {
        try await withAPI(engine) { api in
            for number in 0..<60 { _ = try await api.person("Sitter \(number)", [(.juror, .body("diet"))]) }
            let token = try await api.token(.auditor)
            var (found, path) = (Set<String>(), Optional("/api/v1/people?role=juror&fields=name"))
            while let asked = path {
                let reply = try await api.get(asked, token: token)
                #expect(reply.status == 200)
                #expect(reply.json["total"] == 60)
                found.formUnion(reply.json.elements("data").compactMap { $0.text("id") })
                let next = reply.json.text("next") ?? ""
                path = next.isEmpty ? nil : "/api/v1/people?role=juror&fields=name&cursor=\(next)"
            }
            #expect(found.count == 60)
            let named = try await api.get("/api/v1/people?q=sitter%2059", token: token)
            #expect(named.json.elements("data").contains { $0["name"] == "Sitter 59" })
            #expect(try await api.get("/api/v1/people?state=invited", token: token).json["total"] == 0)
            #expect(try await api.get("/api/v1/people?state=asleep", token: token).status == 400)
        }
    }

    @Test(arguments: TestEngine.all)
    func `an invitation is sent again in the state that was read, by whoever may invite`(
        _ engine: Database.Engine
    ) async throws {
        try await withAPI(engine) { api in
            let id = try await api.invitation()
            let own = try await api.token(.representative)
            let people = try await api.get("/api/v1/members/koeln/people", token: own).json.elements("data")
            let invited = try #require(people.compactMap { $0["invitation"] }.first { $0.text("id") == id })
            let tag = try #require(invited.text("etag"))
            let path = "/api/v1/invitations/\(id)/again"
            func again(_ token: String, _ tag: String, key: String? = nil) async throws -> TestAPI.Reply {
                var headers: HTTPFields = [.ifMatch: tag]
                headers[.idempotencyKey] = key
                return try await api.send(.post, path, token: token, headers: headers)
            }
            let other = try await api.token(of: api.person("Other", [(.representative, .member("id-ruhrort"))]))
            #expect(try await again(other, tag).status == 403)
            #expect(try await again(api.token(.auditor), tag).status == 403)
            #expect(try await again(own, "\"0\"").status == 409)
            let sent = try await again(own, tag, key: "a1")
            #expect(sent.status == 200, "\(sent.text)")
            #expect(sent.json.text("etag") == sent.headers[.eTag] && sent.json.text("etag") != tag)
            let repeated = try await again(own, tag, key: "a1")
            #expect(repeated.text == sent.text)
            let mails = try await api.value(
                "SELECT CAST(COUNT(*) AS TEXT) FROM mail WHERE recipient = 'nils@koeln.example'"
            )
            #expect(mails == "2")
            #expect(try await again(own, tag).status == 412)
            let tooSoon = try await again(own, try #require(sent.headers[.eTag]))
            #expect(tooSoon.status == 429 && tooSoon.json["code"] == "invitation.too-soon")
            let none = try await api.send(
                .post,
                "/api/v1/invitations/none/again",
                token: own,
                headers: [.ifMatch: tag]
            )
            #expect(none.status == 404)
        }
    }

    @Test(arguments: TestEngine.all)
    func `an invitation taken back leaves nothing of whoever never came in`(_ engine: Database.Engine) async throws {
        try await withAPI(engine) { api in
            let id = try await api.invitation()
            let office = try await api.token(.officer)
            let found = try await api.get("/api/v1/people?state=invited", token: office).json.elements("data")
            let person = try #require(found.first?.text("id"))
            let file = try await api.get("/api/v1/people/\(person)", token: office)
            let tag = try #require(file.json.elements("invitations").first?.text("etag"))
            let headers: HTTPFields = [.ifMatch: tag, .idempotencyKey: "a1"]
            let path = "/api/v1/invitations/\(id)/revocation"
            #expect(try await api.send(.post, path, token: api.token(.editor), headers: headers).status == 403)
            let done = try await api.send(.post, path, token: office, headers: headers)
            #expect(done.status == 200, "\(done.text)")
            #expect(done.json == ["id": .text(id)])
            #expect(try await api.get("/api/v1/people?state=invited", token: office).json["total"] == 0)
            #expect(try await api.send(.post, path, token: office, headers: headers).text == done.text)
            #expect(try await api.send(.post, path, token: office, headers: [.ifMatch: tag]).status == 404)
        }
    }
}

extension TestAPI {
    /// An invitation to be Köln's editor that was sent an hour ago; returns its id.
    func invitation() async throws -> String {
        let body: JSONValue = [
            "name": "Nils Berg", "email": "nils@koeln.example", "language": "en", "role": "editor", "place": "koeln",
        ]
        let made = try await send(.post, "/api/v1/people", token: token(.officer), body: body)
        let person = try #require(made.json.text("person"), "\(made.text)")
        let sent = InstantText.text(Self.now.addingTimeInterval(-3600))
        try await database.write { transaction in
            try transaction.execute(
                "UPDATE invitation SET sent_at = ? WHERE person_id = ?",
                [.text(sent), .text(person)]
            )
        }
        return try await value("SELECT id FROM invitation WHERE person_id = ?", [.text(person)])
    }
}
