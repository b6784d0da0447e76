import Access
import Charter
import Database
import DatabaseTesting
import HTTPTypes
import Synchronization
import Testing

@testable import API
@testable import Membership

@Suite("Reading through the API")
struct ReadTests {
    private static let ports: [(key: String, name: String, country: String?, population: Int?)] = [
        ("arnhem", "Arnhem", "NL", 160_000), ("basel", "Basel", nil, nil), ("duesseldorf", "Düsseldorf", "DE", 619_000),
        ("emmerich", "Emmerich", "DE", 31_000), ("nijmegen", "Nijmegen", "NL", nil), ("wesel", "Wesel", "DE", 31_000),
        ("rotterdam", "Rotterdam", "NL", 651_000),
    ]

    private func keys(_ reply: TestAPI.Reply) -> [String] {
        guard case .list(let rows)? = reply.json["data"] else { return [] }
        return rows.compactMap { $0.text("key") }
    }

    @Test(arguments: TestEngine.all)
    func `pages follow each other and leave nobody out, in every order`(_ engine: Database.Engine) async throws {
        try await withAPI(engine, ports: Self.ports) { api in
            for order in RollFilter.Order.allCases.flatMap({ [$0.rawValue, "-" + $0.rawValue] }) {
                let whole = keys(try await api.get("/api/v1/members?sort=\(order)&limit=100"))
                #expect(whole.count == 9 && Set(whole).count == 9, "\(order)")
                for size in [1, 2, 4] {
                    var found: [String] = []
                    var path: String? = "/api/v1/members?sort=\(order)&limit=\(size)"
                    while let asked = path {
                        let reply = try await api.get(asked)
                        #expect(reply.status == 200)
                        found += keys(reply)
                        let next = reply.json.text("next")
                        path = next.flatMap {
                            $0.isEmpty ? nil : "/api/v1/members?sort=\(order)&limit=\(size)&cursor=\($0)"
                        }
                        #expect((reply.headers[.link] != nil) == (path != nil))
                        if found.count > 20 { break }
                    }
                    #expect(found == whole, "\(order) by \(size)")
                }
            }
            let byPeople = keys(try await api.get("/api/v1/members?sort=-population"))
            #expect(byPeople.prefix(3) == ["koeln", "rotterdam", "duesseldorf"])
            #expect(Set(byPeople.suffix(3)) == ["basel", "nijmegen", "ruhrort"], "those without a figure come last")
        }
    }

    @Test(arguments: TestEngine.all)
    func `filters, a day and fields narrow as they say`(_ engine: Database.Engine) async throws {
        try await withAPI(engine, ports: Self.ports) { api in
            #expect(keys(try await api.get("/api/v1/members?country=NL")) == ["arnhem", "nijmegen", "rotterdam"])
            #expect(keys(try await api.get("/api/v1/members?region=lower&limit=2")).count == 2)
            #expect(keys(try await api.get("/api/v1/members?q=dusseldorf")) == ["duesseldorf"])
            #expect(keys(try await api.get("/api/v1/members?as_of=2001-05-01")) == [])
            #expect(keys(try await api.get("/api/v1/members?as_of=2001-05-02")).count == 9)
            #expect(keys(try await api.get("/api/v1/members?as_of=0001-01-01")) == [])
            let named = try await api.get("/api/v1/members?country=NL&fields=name&limit=1")
            #expect(named.json["data"] == [["key": "arnhem", "name": "Arnhem"]])
            #expect(named.json["total"] == 3)
        }
    }

    @Test(arguments: [
        "limit=0", "limit=201", "limit=1&limit=2", "as_of=yesterday", "country=XX", "category=castle", "fields=secret",
        "fields=", "sort=age", "q=", "page=2", "status=", "tag=A", "cursor=%00",
    ])
    func `what the document does not say is refused and named`(_ query: String) async throws {
        try await withAPI(.sqlite) { api in
            let reply = try await api.get("/api/v1/members?\(query)")
            #expect(reply.status == 400)
            #expect(reply.headers[.contentType] == "application/problem+json")
            #expect(reply.json["status"] == 400)
        }
    }

    @Test(arguments: ["bm9uZQ", "W10", "WyJuYW1lIiwxLDIsMyw0XQ", "WyItbmFtZSIsbnVsbCxudWxsLG51bGwsbnVsbF0"])
    func `a cursor of no list or of another is told`(_ cursor: String) async throws {
        try await withAPI(.sqlite) { api in
            let reply = try await api.get("/api/v1/members?cursor=\(cursor)")
            #expect(reply.status == 404)
            #expect(reply.json["code"] == "cursor-unknown")
        }
    }

    @Test(arguments: TestEngine.all)
    func `one member has a tag that any change of it changes`(_ engine: Database.Engine) async throws {
        try await withAPI(engine) { api in
            let first = try await api.get("/api/v1/members/koeln")
            #expect(first.status == 200)
            #expect(first.json["name"] == "Köln")
            #expect(first.json["population"] == 1_073_096)
            let tag = try #require(first.headers[.eTag])
            let part = try await api.get("/api/v1/members/koeln?fields=name")
            #expect(part.json == ["key": "koeln", "name": "Köln"])
            #expect(part.headers[.eTag] == tag)
            let same = try await api.send(.get, "/api/v1/members/koeln", headers: [.ifNoneMatch: tag])
            #expect(same.status == 304)
            // As an import would, which knows nothing of revisions.
            try await api.database.write {
                try $0.execute("UPDATE member SET website = 'https://koeln.example' WHERE key = 'koeln'")
            }
            let changed = try await api.send(.get, "/api/v1/members/koeln", headers: [.ifNoneMatch: tag])
            #expect(changed.status == 200)
            #expect(changed.headers[.eTag] != tag)
            let before = try await api.get("/api/v1/members/koeln?as_of=2000-01-01")
            #expect(before.json["status"] == .null)
        }
    }

    @Test(arguments: TestEngine.all)
    func `what is not there is a problem document, with a stable code`(_ engine: Database.Engine) async throws {
        try await withAPI(engine) { api in
            for path in [
                "/api/v1/members/atlantis", "/api/v1/members/K%C3%B6ln", "/api/v1/figures/none", "/api/v1/none",
            ] {
                let reply = try await api.get(path)
                #expect(reply.status == 404, "\(path)")
                #expect(reply.headers[.contentType] == "application/problem+json", "\(path)")
            }
            let other = try await api.send(.delete, "/api/v1/members")
            #expect(other.status == 405)
            #expect(other.headers[.allow] == "GET, HEAD, OPTIONS, POST")
            #expect(other.headers[.contentType] == "application/problem+json")
        }
    }

    @Test(arguments: TestEngine.all)
    func `a record that was merged leads to the one that is kept`(_ engine: Database.Engine) async throws {
        try await withAPI(engine) { api in
            try await api.database.write {
                try $0.execute(
                    """
                    INSERT INTO member_merge (merged_id, merged_key, merged_name, kept_id, grounds, merged_at, merged_by)
                    VALUES ('id-old', 'old', 'Old', 'id-koeln', 'One city', '2024-01-01T00:00:00.000000Z', 'operator')
                    """
                )
            }
            let reply = try await api.get("/api/v1/members/old")
            #expect(reply.status == 308)
            #expect(reply.headers[.location] == "/api/v1/members/koeln")
        }
    }

    @Test
    func `pages of any site may read what is open, and nothing else`() async throws {
        try await withAPI(.sqlite) { api in
            for operation in api.api.operations {
                let path = operation.address()
                let reply = try await api.send(operation.method, path)
                let isOpen = operation.isShared
                #expect((reply.headers[.accessControlAllowOrigin] == "*") == isOpen, "\(operation.id)")
                let before = try await api.send(.options, path)
                #expect(before.status == 204)
                #expect(before.headers[.accessControlAllowHeaders] != "Authorization")
            }
        }
    }

    @Test
    func `whoever asks too often is told when to go on`() async throws {
        try await withAPI(.sqlite, rate: RatePolicy(withoutToken: 2, withToken: 3)) { api in
            let first = try await api.get("/api/v1/growth")
            #expect(first.headers[.rateLimit] == "\"minute\";r=1;t=60")
            #expect(first.headers[.rateLimitPolicy] == "\"minute\";q=2;w=60")
            #expect(try await api.get("/api/v1/growth").status == 200)
            let third = try await api.get("/api/v1/growth")
            #expect(third.status == 429)
            #expect(third.headers[.retryAfter] == "60")
            let token = try await api.token(.officer)
            let fresh = try await api.get("/api/v1/growth", token: token)
            #expect(fresh.headers[.rateLimit] == "\"minute\";r=2;t=60")
        }
    }

    @Test
    func `a token that opens nothing counts for the address that sent it`() async throws {
        try await withAPI(.sqlite, rate: RatePolicy(withoutToken: 2, withToken: 3)) { api in
            let first = try await api.get("/api/v1/growth", token: "nothing")
            #expect(first.status == 401)
            #expect(first.headers[.rateLimit] == "\"minute\";r=1;t=60")
            #expect(try await api.get("/api/v1/growth", token: "another").status == 401)
            let third = try await api.get("/api/v1/growth", token: "yet another")
            #expect(third.status == 429)
            #expect(third.headers[.retryAfter] == "60")
            #expect(try await api.get("/api/v1/growth").status == 429)
            #expect(try await api.get("/api/v1/growth", token: api.token(.officer)).status == 200)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a member's tag changes with its status and not with the day`(_ engine: Database.Engine) async throws {
        try await withAPI(engine) { api in
            func tag(on text: String) async throws -> String {
                let day = try #require(Day(text))
                let member = try await api.database.read { try PublicMember.load($0, key: "koeln", on: day) }
                return MemberTag.of(try #require(member))
            }
            let today = try await tag(on: "2024-06-01")
            let path = "/api/v1/members/koeln"
            #expect(try await api.get("\(path)?as_of=2024-06-01").headers[.eTag] == today)
            #expect(try await api.get(path).headers[.eTag].map(StateTag.state) == today)
            #expect(try await tag(on: "2024-06-02") == today)
            try await api.database.write { transaction in
                try transaction.execute(
                    """
                    INSERT INTO member_status (member_id, status, earliest, latest, source, locator, origin)
                    VALUES ('id-koeln', 'sunk', '2024-06-02', '2024-06-02', 'S', 'Roll', 'import')
                    """
                )
                try RollProjection(charter: Ports.charter).rebuild(["id-koeln"], transaction)
            }
            let (before, after) = (try await tag(on: "2024-06-01"), try await tag(on: "2024-06-02"))
            #expect(before != after)
        }
    }

    @Test(arguments: TestEngine.all)
    func `what was read yesterday is told anew, and is changed by the tag of yesterday all the same`(
        _ engine: Database.Engine
    ) async throws {
        let calendar = TurningCalendar()
        let today: @Sendable () -> Day = { calendar.today }
        try await withAPI(engine, today: today) { api in
            let path = "/api/v1/members/koeln"
            func read(_ query: String, known tag: String) async throws -> TestAPI.Reply {
                try await api.send(.get, path + query, headers: [.ifNoneMatch: tag])
            }
            let tag = try #require(try await api.get(path).headers[.eTag])
            let named = try #require(try await api.get("\(path)?as_of=2024-05-01").headers[.eTag])
            #expect(try await read("", known: tag).status == 304)
            calendar.turn()
            let later = try await read("", known: tag)
            #expect(later.status == 200)
            #expect(later.json["as_of"] == "2024-06-02")
            #expect(try await read("", known: try #require(later.headers[.eTag])).status == 304)
            #expect(try await read("?as_of=2024-05-01", known: named).status == 304, "that day is told as it was")

            let token = try await api.token(.officer)
            func change(_ website: String, _ tag: String) async throws -> TestAPI.Reply {
                let body: JSONValue = ["website": .text(website), "grounds": "Their letter"]
                return try await api.send(.patch, path, token: token, body: body, headers: [.ifMatch: tag])
            }
            let done = try await change("https://koeln.example", "\(tag.dropLast())-gz\"")
            #expect(done.status == 200, "\(done.text)")
            #expect(try await read("", known: try #require(done.headers[.eTag])).status == 304)
            for over in [tag, named, try #require(later.headers[.eTag])] {
                #expect(try await change("https://other.example", over).status == 412)
            }
            let never = "\(tag.dropLast(10))-tomorrow\""
            #expect(try await change("https://other.example", never).status == 409)
        }
    }

    @Test(arguments: TestEngine.all)
    func `data sets say the same as CSV and JSON, and as their descriptor`(_ engine: Database.Engine) async throws {
        try await withAPI(engine, ports: Self.ports) { api in
            let descriptor = try await api.get("/data/datapackage.json").json
            guard case .list(let resources)? = descriptor["resources"] else { return #expect(Bool(false)) }
            #expect(resources.count == 8)
            for resource in resources {
                let path = try #require(resource.text("path"))
                let reply = try await api.get("/data/\(path)")
                #expect(reply.status == 200, "\(path)")
                guard path.hasSuffix(".csv") else { continue }
                guard case .list(let fields)? = resource["schema"]?["fields"] else { return #expect(Bool(false)) }
                let heading = reply.text.split(separator: "\r\n").first.map(String.init)
                #expect(heading == fields.compactMap { $0.text("name") }.joined(separator: ","))
            }
            let roll = try await api.get("/data/roll.csv").text
            #expect(roll.contains("\r\nkoeln,Köln,port,DE,upper,moored,2001-05-02,2001-05-02,1073096,2020\r\n"))
            #expect(roll.contains("\r\nbasel,Basel,port,,upper,moored,2001-05-02,2001-05-02,,\r\n"))
            guard case .list(let rows) = try await api.get("/data/roll.json").json else { return #expect(Bool(false)) }
            #expect(rows.count == 9)
        }
    }
}

/// A day after which the next one comes.
private final class TurningCalendar: Sendable {
    private let day = Mutex(TestAPI.today)

    var today: Day { day.withLock { $0 } }

    func turn() { day.withLock { $0 = $0.adding(days: 1) } }
}
