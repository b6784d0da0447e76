import Access
import Database
import DatabaseTesting
import HTTPTypes
import Standing
import Testing

@testable import API

@Suite("Events, participation and standing through the API")
struct EventTests {
    private static let path = "/api/v1/events"
    private static let fair: JSONValue = [
        "name": "River fair", "kind": "conference", "from": "2024-05-02", "grounds": "The programme",
    ]

    @Test(arguments: TestEngine.all)
    func `an event is recorded, corrected in the state that was read, and its list is whole`(
        _ engine: Database.Engine
    ) async throws {
        try await withAPI(engine) { api in
            let token = try await api.token(.communication)
            let made = try await api.send(.post, Self.path, token: token, body: Self.fair)
            #expect(made.status == 201, "\(made.text)")
            #expect(made.json["key"] == "river-fair" && made.json["through"] == "2024-05-02")
            let address = try #require(made.headers[.location])
            let corrected = try await api.change(
                .patch,
                address,
                token: token,
                body: ["place": "Ruhrort", "through": "2024-05-04", "grounds": "The programme"]
            )
            #expect(corrected.json["place"] == "Ruhrort" && corrected.json["name"] == "River fair")
            let stale = try await api.send(
                .patch,
                address,
                token: token,
                body: ["place": "Köln", "grounds": "A letter"],
                headers: [.ifMatch: try #require(made.headers[.eTag])]
            )
            #expect(stale.status == 412)
            let tag = try #require(corrected.headers[.eTag])
            let whole = try await api.send(
                .put,
                "\(address)/list-whole",
                token: token,
                body: ["is_whole": true, "grounds": "The register"],
                headers: [.ifMatch: tag]
            )
            #expect(whole.json["has_whole_list"] == true)
            let listed = try await api.get("\(Self.path)?fields=name", token: api.token(.auditor))
            #expect(listed.json["data"] == [["key": "river-fair", "name": "River fair"]])
            #expect(try await api.get(Self.path, token: api.token(.representative)).status == 403)
            #expect(try await api.get(Self.path).status == 401)
        }
    }

    @Test(arguments: TestEngine.all)
    func `who took part is added, corrected and removed, each by a step`(_ engine: Database.Engine) async throws {
        try await withAPI(engine) { api in
            let token = try await api.token(.officer)
            #expect(try await api.send(.post, Self.path, token: token, body: Self.fair).status == 201)
            let list = "\(Self.path)/river-fair/participations"
            let body: JSONValue = [
                "member": "koeln", "capacity": "delegate", "mode": "online", "grounds": "The register",
            ]
            let added = try await api.send(.post, list, token: token, body: body)
            #expect(added.status == 201, "\(added.text)")
            #expect(added.json["mode"] == "online")
            #expect(try await api.send(.post, list, token: token, body: body).status == 409)

            let tag = try #require(added.json.text("etag"))
            #expect(added.headers[.eTag] == tag)
            let one = "\(list)/koeln/delegate"
            let change: JSONValue = ["capacity": "speaker", "position": "Mayor", "grounds": "The programme"]
            let corrected = try await api.send(.patch, one, token: token, body: change, headers: [.ifMatch: tag])
            #expect(corrected.status == 200, "\(corrected.text)")
            #expect(corrected.json["capacity"] == "speaker" && corrected.json["position"] == "Mayor")
            #expect(corrected.json["mode"] == "online")
            let gone = try await api.send(.patch, one, token: token, body: change, headers: [.ifMatch: tag])
            #expect(gone.status == 404)

            let now = "\(list)/koeln/speaker"
            let why: JSONValue = ["grounds": "It sent nobody"]
            let stale = try await api.send(.post, "\(now)/removal", token: token, body: why, headers: [.ifMatch: tag])
            #expect(stale.status == 409)
            let state = try #require(corrected.headers[.eTag])
            let removed = try await api.send(
                .post,
                "\(now)/removal",
                token: token,
                body: why,
                headers: [.ifMatch: state]
            )
            #expect(removed.status == 200)
            #expect(removed.json["members"] == 0)
            #expect(try await api.get(list, token: token).json["total"] == 0)
            let steps = try await api.get("/api/v1/members/koeln/participation-steps", token: token)
            #expect(steps.json.elements("data").map { $0.text("kind") } == ["removed", "corrected", "added"])
        }
    }

    @Test(arguments: TestEngine.all)
    func `what is stated of a member is found by the rule on that day and not before`(
        _ engine: Database.Engine
    ) async throws {
        try await withAPI(engine) { api in
            let office = try await api.token(.officer)
            let stated = try await api.send(
                .post,
                "/api/v1/members/koeln/circumstances",
                token: office,
                body: ["ground": "silted-up", "as_of": "2024-05-01", "holds": true, "grounds": "The pilots' report"]
            )
            #expect(stated.status == 201, "\(stated.text)")
            let known = try await api.get("/api/v1/members/koeln/circumstances", token: office)
            #expect(known.json.elements("data").first?["as_of"] == "2024-05-01")

            let findings = "/api/v1/standing/findings?outcome=proposed&fields=sentence"
            let auditor = try await api.token(.auditor)
            for (day, count) in [("2024-05-02", 1), ("2024-04-30", 0)] {
                let found = try await api.get("\(findings)&as_of=\(day)", token: auditor)
                #expect(found.json["total"] == .integer(count), "\(day)")
            }
            let alone = try await api.get("\(findings)&as_of=2024-05-02&evidence=records", token: auditor)
            #expect(alone.json["total"] == 0)
            let before = try await api.get("\(findings)&as_of=1950-01-01", token: auditor)
            #expect(before.status == 409)
            #expect(before.json["code"] == "no-charter-of-the-day")
            #expect(try await api.get(findings, token: api.token(.communication)).status == 403)
        }
    }

    @Test(arguments: TestEngine.all)
    func `proposals of the night are put forward or dropped, once`(_ engine: Database.Engine) async throws {
        try await withAPI(engine) { api in
            let office = try await api.token(.officer)
            for member in ["koeln", "ruhrort"] {
                _ = try await api.send(
                    .post,
                    "/api/v1/members/\(member)/circumstances",
                    token: office,
                    body: ["ground": "silted-up", "as_of": "2024-05-01", "holds": true, "grounds": "The pilots"]
                )
            }
            let night = KeepProposals(database: api.database, charter: Ports.charter, payments: NoPaymentsOnRecord())
            _ = try await night.run(on: TestAPI.today, now: TestAPI.now)
            let list = "/api/v1/standing/proposals"
            let open = try await api.get("\(list)?state=open", token: office).json.elements("data")
            #expect(open.map { $0.text("member") } == ["koeln", "ruhrort"])
            #expect(open.first?.text("sentence")?.contains("No ship reaches it any more.") == true)
            let paths = open.compactMap { $0.text("id") }.map { "\(list)/\($0)" }
            let put = try await api.change(.post, paths[0], "/put", token: office)
            #expect(put.status == 200, "\(put.text)")
            #expect(put.json["state"] == "put")
            #expect(try await api.change(.post, paths[0], "/put", token: office).status == 409)
            let why: JSONValue = ["grounds": "It was dredged"]
            let dropped = try await api.change(.post, paths[1], "/drop", token: office, body: why)
            #expect(dropped.json["state"] == "dropped" && dropped.json["reason"] == "It was dredged")
            #expect(try await api.get(list, token: office).json["total"] == 1)
            let summary = try await api.get("/api/v1/standing/summary", token: office)
            #expect(summary.json.elements("data").first?["members"] == 2)
        }
    }
}
