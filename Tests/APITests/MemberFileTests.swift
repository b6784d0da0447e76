import Access
import Database
import DatabaseTesting
import Foundation
import HTTPTypes
import Journal
import Testing

@testable import API

@Suite("Members taken out as files through the API")
struct MemberFileTests {
    private static let table = "/api/v1/member-table"
    private static let sheet = "/api/v1/member-sheet"

    private func notes(_ api: TestAPI) async throws -> [String] {
        try await api.database.read { transaction in
            try Journal.latest(transaction, limit: 50).map(\.entry).filter { $0.action == "members.exported" }
                .map { $0.after ?? "" }
        }
    }

    @Test(arguments: TestEngine.all)
    func `the table comes in each format with the columns and filters asked for, and each time is noted`(
        _ engine: Database.Engine
    ) async throws {
        try await withAPI(engine, ports: [("nijmegen", "Nijmegen", "NL", 179_073)]) { api in
            let token = try await api.token(.finance)
            let query = "columns=population,country"
            let csv = try await api.get("\(Self.table)?\(query)&country=DE&sort=-name", token: token)
            #expect(csv.status == 200 && csv.headers[.contentType]?.hasPrefix("text/csv") == true, "\(csv.text)")
            #expect(
                csv.text == """
                    key,name,other_names,country,population,population_year\r
                    ruhrort,Ruhrort,,DE,,\r
                    koeln,Köln,,DE,1073096,2020\r

                    """
            )
            #expect(csv.headers[.contentDisposition]?.contains("members-2024-06-01.csv") == true)
            #expect(csv.headers[.cacheControl]?.contains("private") == true)
            let json = try await api.get("\(Self.table)?\(query)&q=nijmeg&format=json", token: token)
            #expect(
                json.json == [
                    [
                        "key": "nijmegen", "name": "Nijmegen", "other_names": .null, "country": "NL",
                        "population": 179_073, "population_year": 2020,
                    ]
                ]
            )
            let book = try await api.get("\(Self.table)?format=xlsx", token: token)
            #expect(book.status == 200 && book.text.hasPrefix("PK"))
            let told = try await notes(api)
            #expect(told.count == 3)
            #expect(told.allSatisfy { !$0.contains("nijmeg") }, "what was searched for may be a person's name")
            #expect(told.contains { $0.contains(#""format":"csv","rows":2"#) }, "\(told)")
        }
    }

    @Test(arguments: TestEngine.all)
    func `the sheet for an import has every member, and is noted`(_ engine: Database.Engine) async throws {
        try await withAPI(engine) { api in
            let token = try await api.token(.auditor)
            let sheet = try await api.get("\(Self.sheet)?format=json", token: token)
            #expect(sheet.status == 200, "\(sheet.text)")
            guard case .list(let members) = sheet.json else { return #expect(Bool(false), "\(sheet.text)") }
            #expect(members.map { $0.text("key") } == ["koeln", "ruhrort"])
            let csv = try await api.get(Self.sheet, token: token)
            #expect(csv.text.hasPrefix("\u{feff}key,name,"))
            #expect(try await notes(api).count == 2)
        }
    }

    @Test
    func `whoever may not, and what there is not, gets no file and leaves no note`() async throws {
        try await withAPI(.sqlite) { api in
            let token = try await api.token(.officer)
            for query in ["columns=shoe-size", "columns=", "format=pdf", "columns=key,key", "page=2", "country=XX"] {
                #expect(try await api.get("\(Self.table)?\(query)", token: token).status == 400, "\(query)")
            }
            let others = Scope.allCases.filter { $0 != .exportMembers }
            for refused in [
                try await api.token(.representative), try await api.token(.committee),
                try await api.token(.administrator, others),
            ] {
                for path in [Self.table, Self.sheet] {
                    #expect(try await api.get(path, token: refused).status == 403, "\(path)")
                }
            }
            #expect(try await api.get(Self.table).status == 401)
            #expect(try await api.send(.post, Self.table, token: token).status == 405)
            #expect(try await notes(api).isEmpty)
        }
    }
}
