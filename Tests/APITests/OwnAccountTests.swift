import Access
import Database
import DatabaseTesting
import Foundation
import HTTPTypes
import Identity
import Journal
import Testing

@testable import API

@Suite("One's own account through the API")
struct OwnAccountTests {
    private static let account = "/api/v1/account"
    private static let sessions = "/api/v1/account/sessions"

    /// Signs somebody in; returns the sign-in's id.
    private func signIn(_ api: TestAPI, _ person: String, from address: String) async throws -> String {
        try await api.database.write { transaction in
            _ = try Session.begin(
                transaction,
                person: person,
                method: "link",
                secondFactor: false,
                address: address,
                agent: "Browser",
                now: TestAPI.now
            )
        }
        return try await api.value(
            "SELECT id FROM session WHERE person_id = ? AND address = ?",
            [.text(person), .text(address)]
        )
    }

    @Test(arguments: TestEngine.all)
    func `name and language are changed in the state that was read, once for a key`(
        _ engine: Database.Engine
    ) async throws {
        try await withAPI(engine) { api in
            let person = try await api.person("Astrid Berg", [(.editor, .member("id-koeln"))])
            let token = try await api.token(of: person)
            let read = try await api.get(Self.account, token: token)
            #expect(read.status == 200, "\(read.text)")
            #expect(read.json["id"] == .text(person) && read.json["name"] == "Astrid Berg")
            #expect(read.json["language"] == "en" && read.json["new_email"] == .null)
            #expect(read.json.elements("roles").map { $0.text("place") } == ["koeln"])
            let tag = try #require(read.headers[.eTag])
            func change(_ body: JSONValue, _ tag: String, key: String? = nil) async throws -> TestAPI.Reply {
                var headers: HTTPFields = [.ifMatch: tag]
                headers[.idempotencyKey] = key
                return try await api.send(.patch, Self.account, token: token, body: body, headers: headers)
            }
            for body: JSONValue in [["language": "de"], ["name": ""], ["name": "A\nB"], ["email": "a@b.example"]] {
                #expect(try await change(body, tag).status == 400, "\(body.written)")
            }
            let named = try await change(["name": "Astrid Lund"], tag, key: "a1")
            #expect(named.status == 200, "\(named.text)")
            #expect(named.json["name"] == "Astrid Lund" && named.json["language"] == "en")
            #expect(named.headers[.eTag] != tag)
            #expect(try await change(["name": "Astrid Lund"], tag, key: "a1").text == named.text)
            #expect(try await change(["name": "Astrid"], tag, key: "a1").status == 409)
            #expect(try await change(["name": "Astrid"], tag).status == 412)
            #expect(try await change(["name": "Astrid"], "\"0\"").status == 409)
            let current = try #require(named.headers[.eTag])
            let spoken = try await change(["language": "ko"], current)
            #expect(spoken.json["name"] == "Astrid Lund" && spoken.json["language"] == "ko", "\(spoken.text)")
            let told = try await api.database.read { try Journal.latest($0, limit: 50).map(\.entry) }
            #expect(told.count { $0.action == "person.edited" } == 2)
            #expect(told.allSatisfy { !($0.after ?? "").contains("Lund") })
        }
    }

    @Test(arguments: TestEngine.all)
    func `a sign-in of one's own is ended, and nobody else's`(_ engine: Database.Engine) async throws {
        try await withAPI(engine) { api in
            let person = try await api.person("Astrid Berg", [(.editor, .member("id-koeln"))])
            let other = try await api.person("Inga Karlsson", [(.editor, .member("id-koeln"))])
            let token = try await api.token(of: person)
            let here = try await signIn(api, person, from: "192.0.2.1")
            let there = try await signIn(api, person, from: "192.0.2.2")
            let theirs = try await signIn(api, other, from: "192.0.2.3")
            let listed = try await api.get(Self.sessions, token: token).json.elements("data")
            #expect(Set(listed.compactMap { $0.text("id") }) == [here, there])
            #expect(listed.allSatisfy { $0["agent"] == "Browser" && $0["method"] == "link" })
            func end(_ id: String, _ tag: String, key: String? = nil) async throws -> TestAPI.Reply {
                var headers: HTTPFields = [.ifMatch: tag]
                headers[.idempotencyKey] = key
                return try await api.send(.delete, "\(Self.sessions)/\(id)", token: token, headers: headers)
            }
            let tag = try #require(listed.first { $0["id"] == .text(there) }?.text("etag"))
            #expect(try await end(there, "\"0\"").status == 409)
            #expect(try await end(theirs, tag).status == 404)
            let ended = try await end(there, tag, key: "a1")
            #expect(ended.status == 200 && ended.json["id"] == .text(there), "\(ended.text)")
            #expect(try await end(there, tag, key: "a1").text == ended.text)
            #expect(try await end(there, tag).status == 404)
            let left = try await api.get(Self.sessions, token: token).json.elements("data")
            #expect(left.map { $0.text("id") } == [here])
            let counted = try await api.value("SELECT id FROM session WHERE person_id = ?", [.text(other)])
            #expect(counted == theirs)
        }
    }

    @Test(arguments: TestEngine.all)
    func `what is held on oneself is taken out whole, without what opens anything`(
        _ engine: Database.Engine
    ) async throws {
        try await withAPI(engine) { api in
            let person = try await api.person("Astrid Berg", [(.editor, .member("id-koeln"))])
            let token = try await api.token(of: person)
            let data = try await api.get("\(Self.account)/data", token: token)
            #expect(data.status == 200, "\(data.text)")
            #expect(data.headers[.contentDisposition]?.contains("my-data-2024-06-01.json") == true)
            #expect(data.json["person"]?["name"] == "Astrid Berg")
            #expect(data.json.elements("roles").count == 1)
            #expect(data.json.elements("tokens").map { $0.text("name") } == ["Walk"])
            #expect(!data.text.contains(token.dropFirst(6)))
        }
    }

    @Test
    func `a token that is for something else, or is a member's, reaches nobody's account`() async throws {
        try await withAPI(.sqlite) { api in
            let paths = [Self.account, Self.sessions, "\(Self.account)/data"]
            let others = Scope.allCases.filter { $0 != .readAccount }
            let narrow = try await api.token(.administrator, others)
            let member = try await api.database.write { transaction in
                try APIToken.make(
                    transaction,
                    name: "Site",
                    holder: .place(kind: "member", id: "id-koeln"),
                    scopes: Scope.allCases.map(\.rawValue),
                    secondFactor: false,
                    by: "person:x",
                    expiresAt: TestAPI.now.addingTimeInterval(60),
                    now: TestAPI.now
                ).text
            }
            for path in paths {
                #expect(try await api.get(path, token: narrow).status == 403, "\(path)")
                #expect(try await api.get(path, token: member).status == 403, "\(path)")
            }
            #expect(Scope.ofMembers.allSatisfy { !$0.actions.contains(.ownAccount) })
        }
    }
}
