import Access
import Database
import DatabaseTesting
import HTTPTypes
import Testing

@testable import API
@testable import Membership

@Suite("Profiles, names and merging through the API")
struct ProfileTests {
    private static let koeln = "/api/v1/members/koeln"

    private static func contact(_ kind: String, _ value: String, isPublic: Bool) -> JSONValue {
        ["kind": .text(kind), "label": "", "value": .text(value), "is_public": .flag(isPublic)]
    }

    /// As it is sent: a label that says nothing is left out.
    private static func sent(_ kind: String, _ value: String, isPublic: Bool) -> JSONValue {
        ["kind": .text(kind), "value": .text(value), "is_public": .flag(isPublic)]
    }

    @Test(arguments: TestEngine.all)
    func `contacts for the network only are read and kept by those who may`(_ engine: Database.Engine) async throws {
        try await withAPI(engine) { api in
            let (own, path) = (try await api.token(.representative), Self.koeln + "/contacts")
            let set = try await api.change(
                .put,
                path,
                token: own,
                body: [
                    "contacts": [
                        Self.sent("email", "office@koeln.example", isPublic: true),
                        Self.sent("phone", "+49 221 000", isPublic: false),
                    ]
                ]
            )
            #expect(set.status == 200, "\(set.text)")
            let all: JSONValue = [
                Self.contact("email", "office@koeln.example", isPublic: true),
                Self.contact("phone", "+49 221 000", isPublic: false),
            ]
            #expect(try await api.get(path, token: own).json["contacts"] == all)
            let shown: JSONValue = [["kind": "email", "label": "", "value": "office@koeln.example"]]
            #expect(try await api.get(Self.koeln).json["contacts"] == shown)
            #expect(try await api.get(path).status == 401)
            #expect(try await api.get(path, token: api.token(.juror)).status == 403)
            let other = "/api/v1/members/ruhrort/contacts"
            #expect(try await api.get(other, token: own).status == 403)

            // Nothing public changes, and the state is another one all the same.
            let before = try #require(set.headers[.eTag])
            let later = try await api.change(.put, path, token: own, body: ["contacts": []])
            #expect(later.status == 200)
            let stale = try await api.send(
                .put,
                path,
                token: own,
                body: ["contacts": []],
                headers: [.ifMatch: before]
            )
            #expect(stale.status == 412)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a contact that is none is refused, and nothing is kept`(_ engine: Database.Engine) async throws {
        try await withAPI(engine) { api in
            let (own, path) = (try await api.token(.representative), Self.koeln + "/contacts")
            let wrong = Self.sent("email", "nobody", isPublic: true)
            let reply = try await api.change(.put, path, token: own, body: ["contacts": [wrong]])
            #expect(reply.status == 409)
            #expect(reply.text.contains("contacts.0.value"))
            #expect(try await api.get(path, token: own).json["contacts"] == [])
        }
    }

    @Test(arguments: TestEngine.all)
    func `a name is ended with its last day, and one that is not there is told`(
        _ engine: Database.Engine
    ) async throws {
        try await withAPI(engine) { api in
            let token = try await api.token(.officer)
            let names = Self.koeln + "/names"
            let alias: JSONValue = ["name": "Colonia", "language": "la", "kind": "alias", "grounds": "An old map"]
            func end(_ name: String, on day: String) async throws -> TestAPI.Reply {
                let tag = try #require(try await api.get(Self.koeln).headers[.eTag])
                let body: JSONValue = [
                    "name": .text(name), "language": "la", "kind": "alias", "last_day": .text(day),
                    "grounds": "No longer in use",
                ]
                return try await api.send(.post, names + "/end", token: token, body: body, headers: [.ifMatch: tag])
            }
            let tag = try #require(try await api.get(Self.koeln).headers[.eTag])
            #expect(try await api.send(.post, names, token: token, body: alias, headers: [.ifMatch: tag]).status == 200)
            let future = try await end("Colonia", on: "2024-06-02")
            #expect(future.status == 409 && future.text.contains("last_day"))
            let ended = try await end("Colonia", on: "2024-05-01")
            #expect(ended.status == 200)
            #expect(ended.json["names"]?.written.contains("\"to\":\"2024-05-01\"") == true)
            let again = try await end("Colonia", on: "2024-05-01")
            #expect(again.status == 409)
            #expect(again.json["code"] == "input-refused")
        }
    }

    @Test(arguments: TestEngine.all)
    func `two records become one, as they were when they were looked at`(_ engine: Database.Engine) async throws {
        try await withAPI(engine) { api in
            let (token, path) = (try await api.token(.officer), Self.koeln + "/merge/ruhrort")
            let body: JSONValue = ["grounds": "One port since 1905"]
            let preview = try await api.get(path, token: token)
            #expect(preview.json["kept"] == "koeln" && preview.json["merged"] == "ruhrort")
            try await api.database.write {
                try $0.execute("UPDATE member SET revision = revision + 1 WHERE key = 'ruhrort'")
            }
            let tag = try #require(preview.headers[.eTag])
            let stale = try await api.send(.post, path, token: token, body: body, headers: [.ifMatch: tag])
            #expect(stale.status == 412)
            #expect(try await api.get("/api/v1/members").json["total"] == 2)

            let done = try await api.change(.post, path, token: token, body: body)
            #expect(done.status == 200)
            #expect(done.json["key"] == "koeln")
            #expect(try await api.get("/api/v1/members").json["total"] == 1)
            #expect(try await api.get("/api/v1/members/ruhrort").headers[.location] == Self.koeln)
            let itself = try await api.get(Self.koeln + "/merge/koeln", token: token)
            #expect(itself.status == 409)
        }
    }

    @Test(arguments: TestEngine.all)
    func `many members are tagged in one action that is undone`(_ engine: Database.Engine) async throws {
        try await withAPI(engine) { api in
            let (token, path) = (try await api.token(.communication), "/api/v1/bulk-actions")
            let body: JSONValue = ["change": "tag", "tag": "harbour", "members": ["koeln", "ruhrort"]]
            let done = try await api.send(.post, path, token: token, body: body)
            #expect(done.status == 201)
            #expect(done.json["changed"] == 2)
            let action = try #require(done.headers[.location])
            #expect(try await api.get("/api/v1/members?tag=harbour").json["total"] == 2)
            let same = try await api.send(.post, path, token: token, body: body)
            #expect(same.status == 200)
            #expect(same.json["action"] == .null && same.json["unchanged"] == 2)

            let undone = try await api.change(.post, action, "/undo", token: token)
            #expect(undone.status == 200, "\(undone.text)")
            #expect(undone.json["undone"] == 2)
            #expect(try await api.get("/api/v1/members?tag=harbour").json["total"] == 0)
            #expect(try await api.change(.post, action, "/undo", token: token).status == 409)
            #expect(try await api.get(path, token: token).json["total"] == 1)
            let unknown: JSONValue = ["change": "tag", "tag": "harbour", "members": ["atlantis"]]
            #expect(try await api.send(.post, path, token: token, body: unknown).status == 409)
        }
    }

    @Test(arguments: TestEngine.all)
    func `pictures stand in the record, and are described and removed`(_ engine: Database.Engine) async throws {
        try await withAPI(engine) { api in
            let token = try await api.token(.editor)
            let hash = String(repeating: "ab", count: 32)
            try await api.database.write { transaction in
                for (id, position) in [("first", 1), ("second", 2)] {
                    try transaction.execute(
                        """
                        INSERT INTO profile_picture (id, member_id, kind, position, hash, type, width, height, alt,
                            caption, added_at)
                        VALUES (?, 'id-koeln', 'photo', ?, ?, 'jpeg', 40, 30, 'Quay', '', '2024-01-01T00:00:00.000000Z')
                        """,
                        [.text(id), .int(position), .text(hash)]
                    )
                }
            }
            func ids() async throws -> [String] {
                try await api.get(Self.koeln).json.elements("pictures").compactMap { $0.text("id") }
            }
            let picture = try #require(try await api.get(Self.koeln).json.elements("pictures").first)
            #expect(picture["address"] == .text("/files/\(hash).jpg"))
            #expect(try await ids() == ["first", "second"])
            func change(_ method: HTTPRequest.Method, _ end: String, _ body: JSONValue? = nil) async throws -> Int {
                let tag = try #require(try await api.get(Self.koeln).headers[.eTag])
                let path = Self.koeln + "/pictures/" + end
                return try await api.send(method, path, token: token, body: body, headers: [.ifMatch: tag]).status
            }
            #expect(try await change(.patch, "first", ["alt": "The old quay", "caption": "In spring"]) == 200)
            let described = try #require(try await api.get(Self.koeln).json.elements("pictures").first)
            #expect(described["alt"] == "The old quay" && described["caption"] == "In spring")
            #expect(try await change(.post, "second/up") == 200)
            #expect(try await ids() == ["second", "first"])
            #expect(try await change(.delete, "second") == 200)
            #expect(try await ids() == ["first"])
            #expect(try await change(.delete, "second") == 404)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a proposal is withdrawn by the member that made it`(_ engine: Database.Engine) async throws {
        try await withAPI(engine) { api in
            let own = try await api.token(.representative)
            let made = try await api.send(
                .post,
                Self.koeln + "/proposals",
                token: own,
                body: ["fact": "area", "value": "405.15", "effective": "2024-01-01", "grounds": "Yearbook"]
            )
            let (id, tag) = (try #require(made.json.text("id")), try #require(made.json.text("etag")))
            let path = "\(Self.koeln)/proposals/\(id)/withdrawal"
            let other = try await api.token(of: api.person("Other", [(.representative, .member("id-ruhrort"))]))
            let both: [(role: Role, place: Place)] = [
                (.representative, .member("id-koeln")), (.representative, .member("id-ruhrort")),
            ]
            let each = try await api.token(of: api.person("Both", both))
            let elsewhere = "/api/v1/members/ruhrort/proposals/\(id)/withdrawal"
            for (token, address, status) in [(other, path, 403), (other, elsewhere, 403), (each, elsewhere, 404)] {
                let refused = try await api.send(.post, address, token: token, headers: [.ifMatch: tag])
                #expect(refused.status == status, "\(address)")
            }
            let done = try await api.send(.post, path, token: own, headers: [.ifMatch: tag])
            #expect(done.status == 200)
            #expect(done.json["state"] == "withdrawn")
            #expect(try await api.send(.post, path, token: own, headers: [.ifMatch: tag]).status == 412)
        }
    }
}
