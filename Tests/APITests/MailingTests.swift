import Access
import Database
import DatabaseTesting
import HTTPTypes
import Testing

@testable import API

@Suite("Mail to members through the API")
struct MailingTests {
    private static let path = "/api/v1/member-mailings"

    private static func mail(_ more: JSONValue.Member..., subject: String = "The diet") -> JSONValue {
        let words: [JSONValue.Member] = [
            .init(name: "subject", value: .text(subject)), .init(name: "text", value: "Please come."),
        ]
        return .object(words + more)
    }

    private static let both = JSONValue.Member(name: "members", value: ["koeln", "ruhrort"])
    private static let german = JSONValue.Member(name: "filter", value: ["country": "DE", "sort": "name"])

    private func fields(_ reply: TestAPI.Reply) -> [String?] { reply.json.elements("errors").map { $0.text("field") } }

    private func states(_ api: TestAPI) async throws -> [String] {
        try await api.database.read { transaction in
            try transaction.query("SELECT state FROM mail WHERE subject = 'The diet' ORDER BY id") { try $0.text(0) }
        }
    }

    @Test(arguments: TestEngine.all)
    func `members' people are written to once for a key, and what has not left is stopped`(
        _ engine: Database.Engine
    ) async throws {
        try await withAPI(engine) { api in
            _ = try await api.person("Astrid Berg", [(.representative, .member("id-koeln"))])
            let token = try await api.token(.communication)
            let once: HTTPFields = [.idempotencyKey: "a1"]
            let written = try await api.send(
                .post,
                Self.path,
                token: token,
                body: Self.mail(Self.both),
                headers: once
            )
            #expect(written.status == 201, "\(written.text)")
            #expect(written.json["mails"] == 1 && written.json["without"] == 1 && written.json["names"] == ["Ruhrort"])
            let again = try await api.send(.post, Self.path, token: token, body: Self.mail(Self.both), headers: once)
            #expect(again.status == 201 && again.text == written.text)
            #expect(try await states(api) == ["waiting"])
            let location = try #require(written.headers[.location])
            let action = try await api.get(location, token: token)
            #expect(action.json["kind"] == "mail" && action.json["detail"] == "The diet" && action.json["members"] == 1)
            #expect(action.json["id"] == written.json["action"])

            let stop = "\(location)/stop"
            #expect(try await api.send(.post, stop, token: token, headers: [.ifMatch: "\"0\""]).status == 409)
            let headers: HTTPFields = [.ifMatch: try #require(action.headers[.eTag]), .idempotencyKey: "a2"]
            let stopped = try await api.send(.post, stop, token: token, headers: headers)
            #expect(stopped.json == ["stopped": 1, "gone": 0], "\(stopped.text)")
            #expect(try await api.send(.post, stop, token: token, headers: headers).text == stopped.text)
            #expect(try await states(api) == ["stopped"])
            let later = try await api.change(.post, location, "/stop", token: token)
            #expect(later.status == 409 && later.json["code"] == "undone-already")
        }
    }

    @Test(arguments: TestEngine.all)
    func `a filter names all that it lists, and nobody to write to is told`(_ engine: Database.Engine) async throws {
        try await withAPI(engine, ports: [("nijmegen", "Nijmegen", "NL", nil)]) { api in
            _ = try await api.person("Astrid Berg", [(.representative, .member("id-koeln"))])
            _ = try await api.person("Joost Smit", [(.representative, .member("id-nijmegen"))])
            let token = try await api.token(.officer)
            let written = try await api.send(.post, Self.path, token: token, body: Self.mail(Self.german))
            #expect(written.status == 201 && written.json["mails"] == 1 && written.json["without"] == 1)
            let nobody = JSONValue.Member(name: "members", value: ["ruhrort"])
            let none = try await api.send(.post, Self.path, token: token, body: Self.mail(nobody))
            #expect(none.status == 200 && none.json["action"] == .null && none.json["mails"] == 0, "\(none.text)")
            #expect(none.headers[.location] == nil)
            #expect(try await states(api).count == 1)
        }
    }

    @Test
    func `a mail to nobody in particular, without words, or by whoever may not is not written`() async throws {
        try await withAPI(.sqlite) { api in
            _ = try await api.person("Astrid Berg", [(.representative, .member("id-koeln"))])
            let token = try await api.token(.officer)
            func send(_ body: JSONValue, _ token: String) async throws -> TestAPI.Reply {
                try await api.send(.post, Self.path, token: token, body: body)
            }
            for body in [Self.mail(), Self.mail(Self.both, Self.german)] {
                let refused = try await send(body, token)
                #expect(refused.status == 409 && fields(refused) == ["members"], "\(refused.text)")
            }
            let unknown = try await send(Self.mail(.init(name: "members", value: ["koeln", "atlantis"])), token)
            #expect(unknown.status == 409 && fields(unknown) == ["members"])
            #expect(fields(try await send(Self.mail(Self.both, subject: " "), token)) == ["subject"])
            for body in [
                Self.mail(Self.both, subject: String(repeating: "x", count: 151)),
                Self.mail(.init(name: "members", value: [])),
                Self.mail(.init(name: "filter", value: ["country": "XX"])),
                Self.mail(.init(name: "filter", value: ["page": "2"])),
            ] {
                #expect(try await send(body, token).status == 400, "\(body.written)")
            }
            for role in [Role.finance, .auditor, .representative] {
                #expect(try await send(Self.mail(Self.both), api.token(role)).status == 403, "\(role)")
            }
            let others = Scope.allCases.filter { $0 != .mailMembers }
            #expect(try await send(Self.mail(Self.both), api.token(.officer, others)).status == 403)
            #expect(try await states(api).isEmpty)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a tagging is no mail and cannot be stopped`(_ engine: Database.Engine) async throws {
        try await withAPI(engine) { api in
            let token = try await api.token(.officer)
            let tagged = try await api.send(
                .post,
                "/api/v1/bulk-actions",
                token: token,
                body: ["change": "tag", "tag": "harbour", "members": ["koeln"]]
            )
            let location = try #require(tagged.headers[.location])
            let refused = try await api.change(.post, location, "/stop", token: token)
            #expect(refused.status == 409 && refused.json["code"] == "not-undoable", "\(refused.text)")
        }
    }
}
