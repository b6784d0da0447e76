import Access
import Database
import DatabaseTesting
import HTTPTypes
import Testing

@testable import API

@Suite("Spreadsheets through the API")
struct SheetTests {
    private static let imports = "/api/v1/imports"

    /// One member that changes, one that is new, one that the records hold already.
    private static let sheet = Array(
        """
        name,category,country,website,joined
        Köln,,DE,https://koeln.example,
        Duisburg,port,DE,,2024-03
        Ruhrort,,DE,,

        """.utf8
    )

    private func stage(_ api: TestAPI, _ token: String, _ bytes: [UInt8] = SheetTests.sheet) async throws -> String {
        let reply = try await api.upload("\(Self.imports)?name=spring.csv", bytes, as: "text/csv", token: token)
        #expect(reply.status == 201, "\(reply.text)")
        return try #require(reply.headers[.location])
    }

    private func outcomes(_ api: TestAPI, _ rows: String, _ token: String) async throws -> [String?] {
        try await api.get(rows, token: token).json.elements("data").map { $0.text("outcome") }
    }

    @Test(arguments: TestEngine.all)
    func `a spreadsheet is sent, mapped, looked at row by row, applied once and undone`(
        _ engine: Database.Engine
    ) async throws {
        try await withAPI(engine) { api in
            let office = try await api.token(.officer)
            let address = try await stage(api, office)
            let staged = try await api.get(address, token: office)
            #expect(staged.json["state"] == "staged" && staged.json["rows"] == 3 && staged.json["file"] == "spring.csv")
            #expect(
                staged.json.elements("columns").map { $0.text("field") }
                    == ["name", "category", "country", "website", "joined"]
            )
            func step(_ end: String, _ body: JSONValue? = nil) async throws -> TestAPI.Reply {
                try await api.change(.post, address, end, token: office, body: body)
            }
            #expect(try await step("/apply").status == 409, "no dry run was made")
            let columns: JSONValue = ["columns": ["name", "category", "country", "website", "joined"]]
            let mapped = try await api.change(.put, address, "/columns", token: office, body: columns)
            #expect(mapped.status == 200, "\(mapped.text)")
            let short = try await api.change(.put, address, "/columns", token: office, body: ["columns": ["name"]])
            #expect(short.status == 409 && short.json["code"] == "input-refused")
            let checked = try await step("/check")
            #expect(checked.json["state"] == "checked", "\(checked.text)")
            #expect(checked.json["will_create"] == 1 && checked.json["will_change"] == 1)
            #expect(try await outcomes(api, "\(address)/rows", office) == ["change", "create", "same"])
            let rows = try await api.get("\(address)/rows?outcome=change", token: office)
            #expect(
                rows.json.elements("data").first?["changes"] == [
                    ["field": "website", "before": .null, "after": "https://koeln.example"]
                ]
            )
            let left = try await step("/rows", ["rows": [["line": 3, "is_taken": false]]])
            #expect(left.json["will_create"] == 0 && left.json["left_out"] == 1, "\(left.text)")
            #expect(try await step("/rows", ["rows": [["line": 9, "is_taken": false]]]).status == 404)
            let taken = try await step("/outcomes", ["outcome": "create", "decision": "take"])
            #expect(taken.json["will_create"] == 1, "\(taken.text)")
            #expect(try await api.get("/api/v1/members/duisburg").status == 404, "nothing is written yet")

            let headers: HTTPFields = [.ifMatch: try #require(taken.headers[.eTag]), .idempotencyKey: "a1"]
            let applying = try await api.send(.post, "\(address)/apply", token: office, headers: headers)
            #expect(applying.status == 202 && applying.json["state"] == "applying", "\(applying.text)")
            let again = try await api.send(.post, "\(address)/apply", token: office, headers: headers)
            #expect(again.status == 202 && again.text == applying.text)
            try await finished(api, address, office)
            #expect(try await api.get("/api/v1/members/duisburg").json["since_earliest"] == "2024-03-01")
            #expect(try await api.get("/api/v1/members/koeln").json["website"] == "https://koeln.example")
            #expect(try await api.change(.post, address, "/apply", token: office).status == 409)

            let undone = try await step("/undo", [:])
            #expect(undone.json == ["removed": 1, "restored": 1, "left": []], "\(undone.text)")
            #expect(try await api.get("/api/v1/members/duisburg").status == 404)
            #expect(try await api.get(address, token: office).json["state"] == "undone")
        }
    }

    /// Waits until an import was applied.
    private func finished(_ api: TestAPI, _ address: String, _ token: String) async throws {
        for _ in 0..<500 {
            let found = try await api.get(address, token: token).json
            if found["state"] == "applied" { return }
            try #require(found["failure"] == .null, "\(found.written)")
            try await Task.sleep(for: .milliseconds(20))
        }
        Issue.record("it was not applied")
    }

    @Test(arguments: TestEngine.all)
    func `a row that can mean several members is settled by their keys`(_ engine: Database.Engine) async throws {
        let ports: [(key: String, name: String, country: String?, population: Int?)] = [
            ("hafen", "Hafen", "DE", nil), ("hafen-nl", "Hafen", "NL", nil),
        ]
        try await withAPI(engine, ports: ports) { api in
            let office = try await api.token(.officer)
            let sheet = Array("name,website\nHafen,https://hafen.example\n".utf8)
            let address = try await stage(api, office, sheet)
            func step(_ end: String, _ body: JSONValue? = nil) async throws -> TestAPI.Reply {
                try await api.change(.post, address, end, token: office, body: body)
            }
            func row() async throws -> JSONValue {
                try #require(try await api.get("\(address)/rows", token: office).json.elements("data").first)
            }
            #expect(try await step("/check").status == 200)
            let found = try await row()
            #expect(found["outcome"] == "ambiguous" && found["choice"] == "none")
            #expect(Set(found.elements("candidates").map { $0.text("member") }) == ["hafen", "hafen-nl"])
            let other = try await step("/rows", ["rows": [["line": 2, "choice": "member", "member": "koeln"]]])
            #expect(other.status == 409 && other.json["code"] == "no-such-candidate")
            let nobody = try await step("/rows", ["rows": [["line": 2, "choice": "member", "member": "atlantis"]]])
            #expect(nobody.status == 409 && nobody.json["code"] == "input-refused")
            let chosen = try await step("/rows", ["rows": [["line": 2, "choice": "member", "member": "hafen-nl"]]])
            #expect(chosen.json["will_change"] == 1, "\(chosen.text)")
            #expect(try await row()["member"] == "hafen-nl")
            _ = try await step("/rows", ["rows": [["line": 2, "choice": "none"]]])
            #expect(try await row()["outcome"] == "ambiguous")
        }
    }

    @Test(arguments: TestEngine.all)
    func `what is no spreadsheet, is too large, or comes from somebody else is refused`(
        _ engine: Database.Engine
    ) async throws {
        try await withAPI(engine) { api in
            let (office, path) = (try await api.token(.officer), "\(Self.imports)?name=spring.csv")
            for disguised in [Samples.pdf, Samples.png, [], Array("name\n".utf8)] {
                let reply = try await api.upload(path, disguised, as: "text/csv", token: office)
                #expect(reply.status == 409 && reply.json["code"] == "file-unreadable", "\(reply.text)")
            }
            #expect(try await api.upload(path, Self.sheet, as: "application/json", token: office).status == 415)
            let large = [UInt8](repeating: 0x2c, count: (10 << 20) + 1)
            #expect(try await api.upload(path, large, as: "text/csv", token: office).status == 413)
            let bare = try await api.upload(Self.imports, Self.sheet, as: "text/csv", token: office)
            #expect(bare.status == 400)
            let reader = try await api.token(.administrator, [.readImports])
            for token in [reader, try await api.token(.auditor), try await api.token(.communication)] {
                #expect(try await api.upload(path, Self.sheet, as: "text/csv", token: token).status == 403)
            }
            #expect(try await api.get(Self.imports, token: office).json["total"] == 0)
        }
    }

    @Test(arguments: TestEngine.all)
    func `the same file with the same key is staged once, and forgotten in the state that was seen`(
        _ engine: Database.Engine
    ) async throws {
        try await withAPI(engine) { api in
            let (office, path) = (try await api.token(.officer), "\(Self.imports)?name=spring.csv")
            let once: HTTPFields = [.idempotencyKey: "a1"]
            let first = try await api.upload(path, Self.sheet, as: "text/csv", token: office, headers: once)
            let again = try await api.upload(path, Self.sheet, as: "text/csv", token: office, headers: once)
            #expect(first.status == 201 && again.text == first.text && again.headers[.eTag] == first.headers[.eTag])
            let other = try await api.upload(path, Self.sheet + [0x0a], as: "text/csv", token: office, headers: once)
            #expect(other.status == 409 && other.json["code"] == "idempotency-key-reused")
            #expect(try await api.get(Self.imports, token: office).json["total"] == 1)

            let address = try #require(first.headers[.location])
            let seen = try #require(first.headers[.eTag])
            #expect(try await api.change(.post, address, "/check", token: office).status == 200)
            let stale = try await api.send(.delete, address, token: office, headers: [.ifMatch: seen])
            #expect(stale.status == 412)
            let dropped = try await api.change(.delete, address, token: office)
            #expect(dropped.status == 200 && dropped.json["id"] == first.json["id"], "\(dropped.text)")
            #expect(try await api.get(address, token: office).status == 404)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a list of who took part is settled row by row and brought in as it was looked at`(
        _ engine: Database.Engine
    ) async throws {
        try await withAPI(engine) { api in
            let office = try await api.token(.communication)
            let event = try await fair(api, office, "River fair")
            let query = "name=list.csv&capacity=delegate&mode=online&is_whole=true"
            let sheet = Array("Member,Role\nKöln,\nAtlantis,\n,\nBeta,pilot\n".utf8)
            let once: HTTPFields = [.idempotencyKey: "a1"]
            let path = "\(event)/lists?\(query)"
            let read = try await api.upload(path, sheet, as: "text/csv", token: office, headers: once)
            #expect(read.status == 201, "\(read.text)")
            #expect(try await api.upload(path, sheet, as: "text/csv", token: office, headers: once).text == read.text)
            #expect(try await api.get("\(event)/lists", token: office).json["total"] == 1)
            #expect(read.json["add"] == 1 && read.json["in_the_way"] == 2, "\(read.text)")
            let address = try #require(read.headers[.location])
            let rows = "\(address)/rows"
            #expect(try await outcomes(api, rows, office) == ["add", "unknown", "refused"])
            #expect(try await outcomes(api, "\(rows)?outcome=unknown", office) == ["unknown"])
            func step(_ end: String, _ body: JSONValue) async throws -> TestAPI.Reply {
                try await api.change(.post, address, end, token: office, body: body)
            }
            let grounds: JSONValue = ["grounds": "Registration desk"]
            #expect(try await step("/apply", grounds).json["code"] == "rows-to-settle")
            let nowhere = try await step("/rows", ["rows": [["line": 9, "choice": "leave-out"]]])
            #expect(nowhere.status == 409 && nowhere.json["code"] == "input-refused")
            let settled = try await step(
                "/rows",
                [
                    "rows": [
                        ["line": 3, "choice": "member", "member": "ruhrort"], ["line": 5, "choice": "leave-out"],
                    ]
                ]
            )
            #expect(settled.json["add"] == 2 && settled.json["left_out"] == 1, "\(settled.text)")
            #expect(settled.json["in_the_way"] == 0)
            let seen = try #require(settled.headers[.eTag])
            _ = try await step("/rows", ["rows": [["line": 3, "choice": "none"]]])
            let rest = try await step("/rows", ["rows": [], "leaves_unknown_out": true])
            #expect(rest.json["add"] == 1 && rest.json["left_out"] == 2, "\(rest.text)")
            let stale = try await api.send(
                .post,
                "\(address)/apply",
                token: office,
                body: grounds,
                headers: [.ifMatch: seen]
            )
            #expect(stale.status == 412, "what would be written is another thing by now")
            let done = try await step("/apply", grounds)
            #expect(done.status == 200, "\(done.text)")
            #expect(done.json["state"] == "applied" && done.json["written"] == 1)
            let took = try await api.get("\(event)/participations", token: office).json.elements("data")
            #expect(took.map { $0.text("member") } == ["koeln"])
            #expect(try await api.get(event, token: office).json["has_whole_list"] == true)
            #expect(try await step("/apply", grounds).json["code"] == "list-applied-already")
        }
    }

    @Test(arguments: TestEngine.all)
    func `a list is read for its event alone, within its limits, and forgotten`(
        _ engine: Database.Engine
    ) async throws {
        try await withAPI(engine) { api in
            let office = try await api.token(.officer)
            let event = try await fair(api, office, "River fair")
            let other = try await fair(api, office, "Spring fair")
            let path = "\(event)/lists?name=list.csv&capacity=delegate&mode=online"
            let sheet = Array("Member\nKöln\n".utf8)
            for disguised in [Samples.pdf, [], Array("Colour\nblue\n".utf8)] {
                let reply = try await api.upload(path, disguised, as: "text/csv", token: office)
                #expect(reply.status == 409 && reply.json["code"] == "list-unreadable", "\(reply.text)")
            }
            let large = [UInt8](repeating: 0x2c, count: (2 << 20) + 1)
            #expect(try await api.upload(path, large, as: "text/csv", token: office).status == 413)
            #expect(try await api.upload(path, sheet, as: "text/html", token: office).status == 415)
            #expect(try await api.upload(path, sheet, as: "text/csv", token: api.token(.auditor)).status == 403)
            #expect(try await api.upload("\(path)&is_whole=1", sheet, as: "text/csv", token: office).status == 400)
            let nowhere = "/api/v1/events/none/lists?name=list.csv&capacity=delegate&mode=online"
            #expect(try await api.upload(nowhere, sheet, as: "text/csv", token: office).status == 404)

            let read = try await api.upload(path, sheet, as: "text/csv", token: office)
            let id = try #require(read.json.text("id"), "\(read.text)")
            #expect(try await api.get("\(other)/lists/\(id)", token: office).status == 404)
            let tag = try #require(read.headers[.eTag])
            let elsewhere = try await api.send(
                .delete,
                "\(other)/lists/\(id)",
                token: office,
                headers: [.ifMatch: tag]
            )
            #expect(elsewhere.status == 404)
            let dropped = try await api.change(.delete, "\(event)/lists/\(id)", token: office)
            #expect(dropped.status == 200 && dropped.json == ["id": .text(id)])
            #expect(try await api.get("\(event)/lists", token: office).json["total"] == 0)
        }
    }

    /// An event; returns its address.
    private func fair(_ api: TestAPI, _ token: String, _ name: String) async throws -> String {
        let body: JSONValue = [
            "name": .text(name), "kind": "conference", "from": "2024-05-02", "grounds": "The programme",
        ]
        return try #require(try await api.send(.post, "/api/v1/events", token: token, body: body).headers[.location])
    }
}
