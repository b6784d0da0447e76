import Access
import Database
import DatabaseTesting
import HTTPTypes
import Testing

@testable import API

@Suite("What waits, and the settings, through the API")
struct TodayTests {
    private static let today = "/api/v1/today"

    /// Somebody asks to be erased; returns their id.
    private func askErasure(_ api: TestAPI) async throws -> String {
        let id = try await api.person("Astrid Berg", [(.editor, .member("id-koeln"))])
        let actor = try await api.database.read { transaction in
            try Access.Actor.load(transaction, person: id, secondFactor: false, now: TestAPI.now)
        }
        try await api.database.run(AskErasure(id), as: try #require(actor), now: TestAPI.now)
        return id
    }

    @Test(arguments: TestEngine.all)
    func `what waits is told to whoever can move it on, and to everyone who asks for all`(
        _ engine: Database.Engine
    ) async throws {
        try await withAPI(engine) { api in
            let id = try await askErasure(api)
            // The scope opens the page; the roles say what waits for their holder.
            let administrator = try await api.token(.administrator, [.readToday])
            let own = try await api.get(Self.today, token: administrator)
            #expect(own.status == 200, "\(own.text)")
            let item = try #require(own.json.elements("waiting").first)
            #expect(item["kind"] == "erasure" && item["id"] == .text(id) && item["title"] == "Erase Astrid Berg")
            #expect(item["needs"] == "person.erase" && item["is_yours"] == true && item["member"] == .null)
            #expect(own.json["yours"] == 1 && own.json["everyones"] == 1)

            let officer = try await api.token(.officer)
            let others = try await api.get(Self.today, token: officer)
            #expect(others.json.elements("waiting").isEmpty && others.json["yours"] == 0)
            let all = try await api.get("\(Self.today)?whose=everyone", token: officer)
            #expect(all.json.elements("waiting").map { $0["is_yours"] } == [false])
            #expect(all.json["week_from"] == "2024-05-27" && all.json["done"] == 1)
            let deed = try #require(all.json.elements("latest").first)
            #expect(deed["person"] == "Astrid Berg" && deed["action"] == "erasure.asked", "\(all.text)")
        }
    }

    @Test(arguments: TestEngine.all)
    func `what a role may not read is not told to who holds it`(_ engine: Database.Engine) async throws {
        try await withAPI(engine) { api in
            try await api.keepMapping()
            let path = "/api/v1/bank-statements?name=may.csv&mapping=House%20bank"
            let table = "Day,Payer,Text,Amount\n2024-05-30,A stranger,Flowers,12.00\n"
            let sent = try await api.upload(path, Array(table.utf8), as: "text/csv", token: api.token(.finance))
            #expect(sent.status == 201, "\(sent.text)")
            let roles: [(role: Role, isTold: Bool)] = [
                (.finance, true), (.auditor, true), (.officer, false), (.communication, false),
            ]
            for (role, isTold) in roles {
                let found = try await api.get("\(Self.today)?whose=everyone", token: api.token(role, [.readToday]))
                let count = isTold ? 1 : 0
                #expect(found.json.elements("waiting").count == count, "\(role): \(found.text)")
                #expect(found.json.integer("everyones") == count && found.json.integer("done") == count, "\(role)")
                #expect(found.text.contains("A stranger") == isTold, "\(role)")
            }
        }
    }

    @Test
    func `it is for the secretariat, and for a token that is for it`() async throws {
        try await withAPI(.sqlite) { api in
            for role in [Role.committee, .representative, .editor] {
                #expect(try await api.get(Self.today, token: api.token(role)).status == 403, "\(role)")
            }
            let narrow = try await api.token(.administrator, Scope.allCases.filter { $0 != .readToday })
            #expect(try await api.get(Self.today, token: narrow).status == 403)
            let token = try await api.token(.officer)
            #expect(try await api.get("\(Self.today)?whose=nobody", token: token).status == 400)
        }
    }

    @Test
    func `settings are told to administrators and auditors`() async throws {
        try await withAPI(.sqlite) { api in
            let path = "/api/v1/settings"
            for role in [Role.administrator, .auditor] {
                let told = try await api.get(path, token: api.token(role, [.readSettings]))
                #expect(
                    told.json.elements("data") == [
                        [
                            "name": "http.port", "value": "8080", "origin": "default", "variable": "HANSA_HTTP_PORT",
                            "help": "The port of the site.",
                        ]
                    ]
                )
            }
            for role in [Role.officer, .finance, .representative] {
                #expect(try await api.get(path, token: api.token(role)).status == 403, "\(role)")
            }
            #expect(try await api.send(.put, path, token: api.token(.administrator)).status == 405)
        }
    }
}
