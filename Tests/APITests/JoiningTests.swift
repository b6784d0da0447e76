import Access
import Database
import DatabaseTesting
import Foundation
import HTTPTypes
import Identity
import Joining
import Testing

@testable import API

@Suite("Joining and leaving through the API")
struct JoiningTests {
    private static let path = "/api/v1/applications"
    private static let koeln = "/api/v1/members/koeln/requests"

    private static func start(_ name: String) -> JSONValue {
        [
            "category": "port", "name": .text(name), "country": "DE", "contact_name": "Astrid Berg",
            "email": "astrid@worms.example", "letters": "en", "received_on": "2024-05-20",
        ]
    }

    private func kinds(_ reply: TestAPI.Reply, _ list: String) -> [String] {
        reply.json.elements(list).compactMap { $0.text("kind") }
    }

    @Test(arguments: TestEngine.all)
    func `an application is entered, put right, sent, asked about and recommended`(
        _ engine: Database.Engine
    ) async throws {
        try await withAPI(engine) { api in
            let office = try await api.token(.officer)
            let made = try await api.send(.post, Self.path, token: office, body: Self.start("Worms"))
            #expect(made.status == 201, "\(made.text)")
            #expect(made.json["state"] == "draft" && made.json["reference"] == "2024-1")
            let address = try #require(made.headers[.location])
            #expect(try await api.get(address, token: office).headers[.eTag] == made.headers[.eTag])

            func step(_ end: String, _ body: JSONValue) async throws -> TestAPI.Reply {
                try await api.change(.post, address, end, token: office, body: body)
            }
            let corrected = try await api.change(
                .patch,
                address,
                token: office,
                body: ["website": "https://worms.example", "grounds": "As on paper"]
            )
            #expect(corrected.status == 200, "\(corrected.text)")
            #expect(corrected.json["values"]?["website"] == "https://worms.example")
            let sent = try await step("/send", ["grounds": "All of it came"])
            #expect(sent.json["state"] == "submitted", "\(sent.text)")
            #expect(sent.json["submitted_at"] == "2024-05-20T00:00:00.000000Z")
            #expect(try await step("/ask", ["words": "How many ships?"]).json["state"] == "asked")
            #expect(try await step("/recommend", ["is_for": true]).status == 409, "it was not answered")
            #expect(try await step("/send", ["grounds": "Their answer"]).json["state"] == "submitted")
            #expect(try await step("/note", ["words": "All in order"]).status == 200)
            #expect(try await step("/match", ["member": .null]).status == 200)
            let done = try await step("/recommend", ["is_for": true, "words": "A port of old"])
            #expect(done.json["state"] == "recommended", "\(done.text)")
            #expect(
                kinds(done, "steps")
                    == ["started", "corrected", "submitted", "asked", "answered", "note", "recommended"]
            )
            #expect(done.json.elements("steps").last?["is_for"] == true)

            #expect(try await step("/take-back", ["reason": "Too early"]).json["state"] == "submitted")
            #expect(try await step("/close", ["reason": "No river"]).json["state"] == "closed")
            #expect(try await step("/note", ["words": "Too late"]).status == 409)
        }
    }

    @Test(arguments: TestEngine.all)
    func `applications are listed by their states, and read by the secretariat alone`(
        _ engine: Database.Engine
    ) async throws {
        try await withAPI(engine) { api in
            let office = try await api.token(.officer)
            let first = try await api.application("Worms")
            _ = try await api.application("Speyer")
            let closed = try await api.change(
                .post,
                "\(Self.path)/\(first)",
                "/close",
                token: office,
                body: ["reason": "No river"]
            )
            #expect(closed.status == 200, "\(closed.text)")
            #expect(try await api.get(Self.path, token: office).json["total"] == 2)
            let drafts = try await api.get("\(Self.path)?state=draft,asked&fields=title", token: office)
            #expect(drafts.json["total"] == 1)
            #expect(drafts.json.elements("data").map { $0.text("title") } == ["Speyer"])
            #expect(drafts.json.elements("data").first?["email"] == nil)
            #expect(try await api.get("\(Self.path)?state=lost", token: office).status == 400)
            #expect(try await api.get("\(Self.path)/none", token: office).status == 404)
            let outside = try await api.token(.representative)
            #expect(try await api.get(Self.path, token: outside).status == 403)
            let auditor = try await api.token(.auditor)
            #expect(try await api.get("\(Self.path)/\(first)", token: auditor).status == 200)
            #expect(try await api.send(.post, Self.path, token: auditor, body: Self.start("Mainz")).status == 403)
        }
    }

    @Test(arguments: TestEngine.all)
    func `an application is changed in the state that was read, and in no other`(_ engine: Database.Engine) async throws
    {
        try await withAPI(engine) { api in
            let office = try await api.token(.officer)
            let address = "\(Self.path)/\(try await api.application("Worms"))"
            let seen = try #require(try await api.get(address, token: office).headers[.eTag])
            let mine: JSONValue = ["website": "https://mine.example", "grounds": "As on paper"]
            let theirs: JSONValue = ["website": "https://theirs.example", "grounds": "Their letter"]
            #expect(try await api.change(.patch, address, token: office, body: theirs).status == 200)
            let stale = try await api.send(
                .patch,
                address,
                token: office,
                body: mine,
                headers: [.ifMatch: seen]
            )
            #expect(stale.status == 412, "\(stale.text)")
            let never = try await api.send(
                .patch,
                address,
                token: office,
                body: mine,
                headers: [.ifMatch: "\"0\""]
            )
            #expect(never.status == 409)
            #expect(try await api.send(.patch, address, token: office, body: mine).status == 400)
            let read = try await api.get(address, token: office)
            #expect(read.json["values"]?["website"] == "https://theirs.example")
            let away = try await api.change(
                .patch,
                address,
                token: office,
                body: ["website": .null, "grounds": "They have none"]
            )
            #expect(away.json["values"]?["website"] == "", "\(away.text)")
        }
    }

    @Test(arguments: TestEngine.all)
    func `who bears the name of a member is looked at, and a contact is erased by an administrator`(
        _ engine: Database.Engine
    ) async throws {
        try await withAPI(engine) { api in
            let office = try await api.token(.officer)
            let address = "\(Self.path)/\(try await api.application("Ruhrort"))"
            let read = try await api.get(address, token: office)
            #expect(read.json.elements("known").map { $0.text("member") } == ["ruhrort"])
            let hasty = try await api.change(.post, address, "/recommend", token: office, body: ["is_for": true])
            #expect(hasty.status == 409 && hasty.json["code"] == "application.not-looked-at")
            let same = try await api.change(.post, address, "/match", token: office, body: ["member": "ruhrort"])
            #expect(same.json["code"] == "application.member-already", "\(same.text)")
            let other = try await api.change(.post, address, "/match", token: office, body: ["member": .null])
            #expect(other.json.elements("known").map { $0.flag("is_another") } == [true], "\(other.text)")

            let wish: JSONValue = ["reason": "They asked"]
            #expect(try await api.change(.post, address, "/erase-contact", token: office, body: wish).status == 403)
            let administrator = try await api.token(.administrator)
            let erased = try await api.change(.post, address, "/erase-contact", token: administrator, body: wish)
            #expect(erased.status == 200, "\(erased.text)")
            #expect(erased.json["email"] == "" && erased.json["values"]?["contact_name"] == "")
        }
    }

    @Test(arguments: TestEngine.all)
    func `a member's own token asks to leave, for no other member and not back in time`(
        _ engine: Database.Engine
    ) async throws {
        try await withAPI(engine) { api in
            let token = try await memberToken(api)
            let room = try await api.get(Self.koeln, token: token)
            #expect(room.status == 200, "\(room.text)")
            #expect(kinds(room, "possible") == ["withdrawal"])
            #expect(kinds(room, "impossible") == ["appeal", "reinstatement"])
            #expect(room.json["may_request"] == true && room.json["standing"]?["status"] == "moored")

            let nameless: JSONValue = ["kind": "withdrawal", "words": "We leave"]
            let refused = try await api.send(.post, Self.koeln, token: token, body: nameless)
            #expect(refused.status == 409)
            #expect(refused.json.elements("errors").map { $0.text("field") } == ["signed_by"])
            let wish: JSONValue = [
                "kind": "withdrawal", "words": "We leave", "signed_by": "Astrid Berg", "letter_day": "2020-01-01",
            ]
            let once: HTTPFields = [.idempotencyKey: "one"]
            let filed = try await api.send(.post, Self.koeln, token: token, body: wish, headers: once)
            #expect(filed.status == 201, "\(filed.text)")
            #expect(filed.json["letter_day"] == "2024-06-01" && filed.json["by"] == "Astrid Berg")
            #expect(filed.json["state"] == "received" && filed.json["leads_to"] == "sunk")
            let repeated = try await api.send(.post, Self.koeln, token: token, body: wish, headers: once)
            #expect(repeated.json == filed.json)
            let again = try await api.send(.post, Self.koeln, token: token, body: wish)
            #expect(again.status == 409 && again.json["code"] == "request-under-way")
            #expect(kinds(try await api.get(Self.koeln, token: token), "possible").isEmpty)

            let elsewhere = "/api/v1/members/ruhrort/requests"
            #expect(try await api.get(elsewhere, token: token).status == 403)
            #expect(try await api.send(.post, elsewhere, token: token, body: wish).status == 403)
            #expect(try await api.get("/api/v1/requests", token: token).status == 403)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a request is taken back in the state that was read, by its member or the secretariat`(
        _ engine: Database.Engine
    ) async throws {
        try await withAPI(engine) { api in
            let id = try await api.request(.withdrawal, of: "id-koeln")
            let theirs = try await api.request(.withdrawal, of: "id-ruhrort")
            let token = try await memberToken(api)
            let listed = try await api.get(Self.koeln, token: token).json.elements("requests")
            #expect(listed.map { $0.text("id") } == [id])
            let seen = try #require(listed.first?.text("etag"))
            func takeBack(
                _ id: String,
                _ tag: String,
                _ bearer: String,
                _ member: String = "koeln"
            ) async throws -> TestAPI.Reply {
                try await api.send(
                    .post,
                    "/api/v1/members/\(member)/requests/\(id)/take-back",
                    token: bearer,
                    body: ["reason": "We stay"],
                    headers: [.ifMatch: tag]
                )
            }
            #expect(try await takeBack(id, "\"0\"", token).status == 409)
            #expect(try await takeBack(theirs, seen, token).status == 403)
            #expect(try await takeBack(theirs, seen, token, "ruhrort").status == 403)
            let office = try await api.token(.officer)
            #expect(try await takeBack(theirs, seen, office).status == 404)
            let back = try await takeBack(id, seen, token)
            #expect(back.status == 200, "\(back.text)")
            #expect(back.json["state"] == "taken-back" && back.json["reason"] == "We stay")
            #expect(back.json.text("etag") == back.headers[.eTag])
            #expect(try await takeBack(id, seen, token).status == 412)

            let all = try await api.get("/api/v1/requests", token: office)
            #expect(all.json["total"] == 2)
            let waiting = try await api.get("/api/v1/requests?state=received,put", token: office)
            #expect(waiting.json.elements("data").map { $0.text("id") } == [theirs])
            let read = try await api.get("/api/v1/requests/2024-2", token: office)
            #expect(read.json["request"]?["id"] == .text(theirs), "\(read.text)")
            #expect(read.json["can_be_taken_back"] == true && read.json["body_name"] == "Diet")
            let etag = try #require(read.json["request"]?.text("etag"))
            #expect(try await takeBack(theirs, etag, office, "ruhrort").json["state"] == "taken-back")
        }
    }

    /// A token of Köln's own.
    private func memberToken(_ api: TestAPI) async throws -> String {
        try await api.database.write { transaction in
            try APIToken.make(
                transaction,
                name: "Site",
                holder: .place(kind: "member", id: "id-koeln"),
                scopes: Scope.ofMembers.map(\.rawValue),
                secondFactor: false,
                by: "person:x",
                expiresAt: TestAPI.now.addingTimeInterval(60),
                now: TestAPI.now
            ).text
        }
    }
}

extension TestAPI {
    /// An application that was begun; returns its id.
    func application(_ name: String) async throws -> String {
        let form = StartForm(
            category: "port",
            name: name,
            country: "DE",
            contactName: "Astrid Berg",
            email: "astrid@\(name.lowercased()).example",
            language: "en"
        )
        return try await database.run(EnterApplication(form, services: joining), as: Self.clerk, now: Self.now)
    }

    /// A letter of a member's that came to the secretariat; returns the request's id.
    func request(_ kind: MembershipRequestKind, of member: String) async throws -> String {
        let command = FileRequest(
            kind,
            member: member,
            letterDay: "2024-05-01",
            words: "Our letter",
            signedBy: "Astrid Berg",
            services: joining
        )
        return try await database.run(command, as: Self.clerk, now: Self.now).id
    }
}
