import Access
import Database
import DatabaseTesting
import HTTPTypes
import Languages
import Testing

@testable import API

@Suite("Views and jobs through the API")
struct ViewTests {
    private static let views = "/api/v1/views"
    private static let harbours: JSONValue = [
        "name": "Harbours", "is_shared": true, "columns": ["status", "tags"],
        "filter": ["q": "köln & co", "country": "DE", "as_of": "2024-01-31", "sort": "-population"],
    ]

    @Test(arguments: TestEngine.all)
    func `a view is kept as the console keeps it, seen by those it is shared with, and removed by its owner`(
        _ engine: Database.Engine
    ) async throws {
        try await withAPI(engine) { api in
            let own = try await api.token(.officer)
            let once: HTTPFields = [.idempotencyKey: "a1"]
            let kept = try await api.send(.post, Self.views, token: own, body: Self.harbours, headers: once)
            #expect(kept.status == 201, "\(kept.text)")
            #expect(kept.json["filter"]?["q"] == "köln & co" && kept.json["filter"]?["country"] == "DE")
            #expect(kept.json["filter"]?["as_of"] == "2024-01-31" && kept.json["filter"]?["tag"] == .null)
            #expect(kept.json["columns"] == ["status", "tags"] && kept.json["is_own"] == true)
            let query = try await api.value("SELECT query FROM saved_view")
            #expect(query == "q=k%C3%B6ln+%26+co&country=de&on=2024-01-31&sort=-population")
            let again = try await api.send(.post, Self.views, token: own, body: Self.harbours, headers: once)
            #expect(again.text == kept.text)

            let other = try await api.token(.finance)
            let seen = try #require(try await api.get(Self.views, token: other).json.elements("data").first)
            #expect(seen["is_own"] == false && seen["owner_name"] == "Walker")
            let tag = try #require(seen.text("etag"))
            let path = "\(Self.views)/\(seen.text("id") ?? "")"
            #expect(try await api.send(.delete, path, token: other, headers: [.ifMatch: tag]).status == 404)
            let changed = try await api.send(.post, Self.views, token: own, body: ["name": "Harbours"])
            #expect(changed.json["id"] == kept.json["id"] && changed.json["is_shared"] == false)
            #expect(try await api.get(Self.views, token: other).json["total"] == 0)
            #expect(try await api.get(Self.views, token: own).json["total"] == 1)
            #expect(try await api.send(.delete, path, token: own, headers: [.ifMatch: tag]).status == 412)
            let current = try #require(changed.headers[.eTag])
            let removed = try await api.send(.delete, path, token: own, headers: [.ifMatch: current])
            #expect(removed.status == 200 && removed.json["id"] == kept.json["id"], "\(removed.text)")
            #expect(try await api.get(Self.views, token: own).json["total"] == 0)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a view of what there is not, or by whoever may keep none, is refused`(
        _ engine: Database.Engine
    ) async throws {
        try await withAPI(engine) { api in
            let own = try await api.token(.officer)
            let wrong: [JSONValue] = [
                ["name": "A", "filter": ["country": "XX"]], ["name": "A", "filter": ["page": "2"]],
                ["name": "A", "columns": ["shoe-size"]], ["name": "A", "columns": []], ["filter": [:]],
            ]
            for body in wrong {
                #expect(try await api.send(.post, Self.views, token: own, body: body).status == 400, "\(body.written)")
            }
            #expect(try await api.send(.post, Self.views, token: own, body: ["name": "…"]).status == 409)
            let auditor = try await api.token(.auditor)
            #expect(try await api.send(.post, Self.views, token: auditor, body: Self.harbours).status == 403)
            #expect(try await api.get(Self.views, token: auditor).status == 200)
            #expect(try await api.get(Self.views, token: api.token(.representative)).status == 403)
        }
    }

    @Test(arguments: TestEngine.all)
    func `jobs are told with what came of them, and one is run out of turn by an administrator`(
        _ engine: Database.Engine
    ) async throws {
        try await withAPI(engine) { api in
            try await api.database.write { transaction in
                try transaction.execute(
                    """
                    INSERT INTO job (name, title, every_seconds, next_at, seen_at) VALUES ('sweep', ?, 3600, ?, ?)
                    """,
                    [
                        .text(say("Sweeps the quay").stored), .text("2024-06-01T01:00:00.000000Z"),
                        .text("2024-06-01T00:00:00.000000Z"),
                    ]
                )
                try transaction.execute(
                    """
                    INSERT INTO job_run (id, job, holder, began_at, ended_at, outcome, words)
                    VALUES ('r1', 'sweep', 'p', ?, ?, 'failed', ?)
                    """,
                    [
                        .text("2024-05-31T23:00:00.000000Z"), .text("2024-05-31T23:00:01.000000Z"),
                        .text(say("No broom.").stored),
                    ]
                )
            }
            let (administrator, auditor) = (try await api.token(.administrator), try await api.token(.auditor))
            let job = try #require(try await api.get("/api/v1/jobs", token: auditor).json.elements("data").first)
            #expect(job["name"] == "sweep" && job["title"] == "Sweeps the quay" && job["requested_at"] == .null)
            #expect(job["last_run"]?["outcome"] == "failed" && job["last_run"]?["words"] == "No broom.")
            let runs = try await api.get("/api/v1/job-runs", token: auditor).json
            #expect(runs.elements("data").map { $0.text("id") } == ["r1"])

            let path = "/api/v1/jobs/sweep/runs"
            for token in [auditor, try await api.token(.officer), try await api.token(.administrator, [.readJobs])] {
                #expect(try await api.send(.post, path, token: token).status == 403)
            }
            let asked = try await api.send(.post, path, token: administrator, headers: [.idempotencyKey: "a1"])
            #expect(asked.status == 201, "\(asked.text)")
            #expect(asked.headers[.location] == "/api/v1/jobs/sweep")
            #expect(asked.json.text("requested_at")?.isEmpty == false)
            let read = try await api.get("/api/v1/jobs/sweep", token: auditor)
            #expect(read.json == asked.json && read.headers[.eTag] == asked.headers[.eTag])
            let again = try await api.send(.post, path, token: administrator, headers: [.idempotencyKey: "a1"])
            #expect(again.text == asked.text)
            #expect(try await api.send(.post, "/api/v1/jobs/none/runs", token: administrator).status == 404)
            #expect(try await api.get("/api/v1/jobs/none", token: auditor).status == 404)
        }
    }
}
