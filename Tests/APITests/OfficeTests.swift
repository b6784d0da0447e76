import Access
import Database
import DatabaseTesting
import HTTPTypes
import Journal
import Testing

@testable import API

@Suite("The journal, mail and imports through the API")
struct OfficeTests {
    @Test(arguments: TestEngine.all)
    func `the journal is searched and read in pages that leave nothing out`(_ engine: Database.Engine) async throws {
        try await withAPI(engine) { api in
            try await api.database.write { transaction in
                for number in 0..<120 {
                    try Journal.append(
                        transaction,
                        JournalEntry(
                            at: TestAPI.now,
                            actor: number.isMultiple(of: 2) ? "import" : "clerk",
                            action: "member.edited",
                            subject: .init("member", number < 100 ? "id-koeln" : "id-ruhrort"),
                            before: ["name": "Colonia"],
                            after: ["name": .text("Köln \(number)")]
                        )
                    )
                }
            }
            let token = try await api.token(.auditor)
            func found(_ query: String) async throws -> [JSONValue] {
                var (all, cursor) = ([JSONValue](), "")
                repeat {
                    let more = cursor.isEmpty ? "" : "&cursor=\(cursor)"
                    let reply = try await api.get("/api/v1/journal?\(query)\(more)", token: token)
                    #expect(reply.status == 200, "\(reply.text)")
                    all += reply.json.elements("data")
                    cursor = reply.json.text("next") ?? ""
                } while !cursor.isEmpty && all.count < 1000
                return all
            }
            let koeln = try await found("about=member%3Akoeln")
            #expect(koeln.count == 100)
            #expect(Set(koeln.compactMap { $0.text("id") }).count == 100)
            #expect(koeln.first?["subject"] == "member:koeln" && koeln.first?["subject_name"] == "Köln")
            #expect(try await found("about=member%3Akoeln&actor=import").count == 50)
            #expect(try await found("action=member&fields=action").count == 120)
            #expect(try await found("action=memb").isEmpty)
            #expect(try await found("through=2024-05-31").isEmpty)
            #expect(try await found("about=nothing").isEmpty)
            let id = try #require(koeln.last?.text("id"))
            let entry = try await api.get("/api/v1/journal/\(id)", token: token)
            #expect(
                entry.json["changes"] == [
                    ["field": "name", "before": "Colonia", "after": "Köln 0", "is_erased": false]
                ]
            )
            #expect(try await api.get("/api/v1/journal/none", token: token).status == 404)
            #expect(try await api.get("/api/v1/journal?cursor=W10", token: token).status == 404)
            #expect(try await api.get("/api/v1/journal", token: api.token(.communication)).status == 403)
        }
    }

    @Test(arguments: TestEngine.all)
    func `mail is found, and stopped in the state that was read`(_ engine: Database.Engine) async throws {
        try await withAPI(engine) { api in
            let person = try await api.person("Astrid", [(.committee, .body("diet"))])
            _ = try await api.ask()
            let token = try await api.token(.communication)
            let listed = try await api.get("/api/v1/mail?state=waiting&person=\(person)", token: token)
            #expect(listed.json["total"] == 1, "\(listed.text)")
            let id = try #require(listed.json.elements("data").first?.text("id"))
            #expect(try await api.get("/api/v1/mail?q=nothing", token: token).json["total"] == 0)
            #expect(try await api.get("/api/v1/mail?member=atlantis", token: token).status == 404)

            let path = "/api/v1/mail/\(id)"
            let stop: JSONValue = ["decision": "stop"]
            let never = try await api.send(
                .post,
                "\(path)/decision",
                token: token,
                body: stop,
                headers: [.ifMatch: "\"0\""]
            )
            #expect(never.status == 409)
            let stopped = try await api.change(.post, path, "/decision", token: token, body: stop)
            #expect(stopped.status == 200, "\(stopped.text)")
            #expect(stopped.json["state"] == "stopped")
            #expect(try await api.change(.post, path, "/decision", token: token, body: stop).status == 409)
            let read = try await api.token(.auditor)
            #expect(try await api.get(path, token: read).status == 200)
            #expect(try await api.change(.post, path, "/decision", token: read, body: stop).status == 403)
        }
    }

    @Test(arguments: TestEngine.all)
    func `imports are listed with what became of them`(_ engine: Database.Engine) async throws {
        try await withAPI(engine) { api in
            let token = try await api.token(.officer)
            #expect(try await api.get("/api/v1/imports", token: token).json["total"] == 0)
            for path in ["/api/v1/imports/none", "/api/v1/imports/none/rows"] {
                #expect(try await api.get(path, token: token).status == 404)
            }
            #expect(try await api.get("/api/v1/imports", token: api.token(.auditor)).status == 403)
        }
    }
}
