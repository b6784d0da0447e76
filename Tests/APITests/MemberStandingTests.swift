import Access
import Database
import DatabaseTesting
import Dues
import HTTPTypes
import Testing

@testable import API

@Suite("Standing, points and entitlements through the API")
struct MemberStandingTests {
    private static let koeln = "/api/v1/members/koeln"

    /// Pays Köln's invoice of 2024 today.
    private func pay(_ api: TestAPI) async throws {
        _ = try await api.invoices()
        let draft = PaymentDraft(
            receivedOn: "2024-06-01",
            currency: "EUR",
            amount: "2000.00",
            shares: [ShareDraft(member: "koeln")]
        )
        let command = EnterPayment(draft, charter: Ports.charter)
        _ = try await api.database.run(command, as: TestAPI.clerk, now: TestAPI.now)
    }

    @Test(arguments: TestEngine.all)
    func `a member's standing on a day is told to it with why, and everybody's to the office`(
        _ engine: Database.Engine
    ) async throws {
        try await withAPI(engine) { api in
            try await pay(api)
            let own = try await api.token(.representative)
            let now = try await api.get("\(Self.koeln)/standing", token: own)
            #expect(now.status == 200, "\(now.text)")
            #expect(now.json["standing"] == "good" && now.json["rule"] == "standing.good")
            #expect(now.json["last_payment"] == "2024-06-01" && now.json["paid_years"] == [2024])
            #expect(now.json["owed"] == [] && now.json["is_invented"] == false)
            #expect(now.json.elements("records").map { $0.text("kind") } == ["rule", "account"], "\(now.text)")
            let before = try await api.get("\(Self.koeln)/standing?as_of=2024-05-31", token: own)
            #expect(before.json["standing"] == "no-record")
            let early = try await api.get("\(Self.koeln)/standing?as_of=1950-01-01", token: own)
            #expect(early.status == 409 && early.json["code"] == "no-charter-of-the-day")
            #expect(try await api.get("/api/v1/members/ruhrort/standing", token: own).status == 403)

            let history = try await api.get("\(Self.koeln)/standing-history", token: own)
            #expect(history.json.elements("data").map { $0.text("standing") } == ["no-record", "good"])
            #expect(history.json.elements("data").map { $0.text("through") } == ["2024-05-31", "2024-06-01"])

            let auditor = try await api.token(.auditor)
            let good = try await api.get("/api/v1/standing/members?standing=good&fields=sentence", token: auditor)
            #expect(good.json["total"] == 1 && good.json.elements("data").map { $0.text("member") } == ["koeln"])
            let counts = try await api.get("/api/v1/standing/counts", token: auditor)
            #expect(counts.json.elements("data").map { $0.integer("members") } == [1, 0, 1])
            #expect(try await api.get("/api/v1/standing/members?standing=noble", token: auditor).status == 400)
            #expect(try await api.get("/api/v1/standing/members", token: own).status == 403)
            #expect(try await api.get("/api/v1/standing/counts?as_of=1950-01-01", token: auditor).status == 409)
        }
    }

    @Test(arguments: TestEngine.all)
    func `what a member may use follows from its standing`(_ engine: Database.Engine) async throws {
        try await withAPI(engine) { api in
            let own = try await api.token(.representative)
            func access() async throws -> JSONValue? {
                let found = try await api.get("\(Self.koeln)/entitlements", token: own)
                #expect(found.status == 200 && found.json["is_stated"] == true, "\(found.text)")
                return found.json.elements("entitlements").first
            }
            let limited = try #require(try await access())
            #expect(limited["key"] == "pilotage" && limited["access"] == "limited")
            #expect(limited.text("remedy")?.isEmpty == false)
            try await pay(api)
            let full = try #require(try await access())
            #expect(full["access"] == "full" && full["remedy"] == .null)
            #expect(full["rule"] == "entitlements.pilotage")
        }
    }

    @Test(arguments: TestEngine.all)
    func `an activity is added once for its key, earns points, and is withdrawn in the state that was read`(
        _ engine: Database.Engine
    ) async throws {
        try await withAPI(engine) { api in
            let office = try await api.token(.communication)
            let path = "\(Self.koeln)/activities"
            let body: JSONValue = [
                "kind": "case", "from": "2024-03-01", "text": "A case on dredging", "grounds": "The programme",
            ]
            let once: HTTPFields = [.idempotencyKey: "a1"]
            let made = try await api.send(.post, path, token: office, body: body, headers: once)
            #expect(made.status == 201, "\(made.text)")
            #expect(made.json["latest"] == "2024-03-01" && made.json["withdrawn_at"] == .null)
            #expect(try await api.send(.post, path, token: office, body: body, headers: once).text == made.text)
            let twin = try await api.send(.post, path, token: office, body: body)
            #expect(twin.status == 409 && twin.json["code"] == "activity-recorded-already")
            let future: JSONValue = [
                "kind": "case", "from": "2024-07-01", "text": "A case", "grounds": "The programme",
            ]
            let refused = try await api.send(.post, path, token: office, body: future)
            #expect(refused.json.elements("errors").map { $0.text("field") } == ["from"])
            let other = try await api.send(
                .post,
                path,
                token: office,
                body: ["kind": "speaking", "from": "2024-03-01", "text": "A talk", "grounds": "The programme"]
            )
            #expect(other.status == 400, "points for that are earned by participation")

            try await pay(api)
            let own = try await api.token(.representative)
            let points = try await api.get("\(Self.koeln)/points", token: own)
            #expect(points.status == 200 && points.json["points"] == .number(6.5), "\(points.text)")
            #expect(points.json.elements("earned").map { $0.text("rule") } == ["points.payment", "points.case"])
            let weighed = try await api.get("\(Self.koeln)/points?weight=case=3,payment=0", token: own)
            #expect(weighed.json["points"] == 3, "\(weighed.text)")
            let unknown = try await api.get("\(Self.koeln)/points?weight=rowing=3", token: own)
            #expect(unknown.status == 409)
            #expect(try await api.get("\(Self.koeln)/points?weight=Case", token: own).status == 400)
            let backwards = try await api.get("\(Self.koeln)/points?from=2024-02-01&through=2024-01-01", token: own)
            #expect(backwards.json.elements("errors").map { $0.text("field") } == ["through"])

            let finance = try await api.token(.finance)
            let ranking = try await api.get("/api/v1/standing/ranking?fields=rank,points", token: finance)
            #expect(ranking.json["data"] == [["rank": 1, "member": "koeln", "points": .number(6.5)]])
            #expect(try await api.get("/api/v1/standing/ranking", token: own).status == 403)

            let address = try #require(made.headers[.location])
            let why: JSONValue = ["grounds": "It was Ruhrort's"]
            let withdrawn = try await api.change(.post, address, "/withdrawal", token: office, body: why)
            #expect(withdrawn.json["withdrawn_because"] == "It was Ruhrort's", "\(withdrawn.text)")
            #expect(try await api.change(.post, address, "/withdrawal", token: office, body: why).status == 409)
            #expect(try await api.get("\(Self.koeln)/points", token: own).json["points"] == 5)
            let foreign = address.replacing("koeln", with: "ruhrort")
            #expect(try await api.get(foreign, token: office).status == 404)
            #expect(try await api.send(.post, path, token: own, body: body).status == 403)
        }
    }
}
