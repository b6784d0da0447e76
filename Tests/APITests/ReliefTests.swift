import Access
import Database
import DatabaseTesting
import Foundation
import HTTPTypes
import Identity
import Testing

@testable import API

@Suite("Relief from dues through the API")
struct ReliefTests {
    private static let koeln = "/api/v1/members/koeln/relief"

    @Test(arguments: TestEngine.all)
    func `a member's own token asks for relief, once for its key and for no other member`(
        _ engine: Database.Engine
    ) async throws {
        try await withAPI(engine) { api in
            let token = try await memberToken(api)
            let room = try await api.get(Self.koeln, token: token)
            #expect(room.status == 200, "\(room.text)")
            #expect(room.json["may_ask"] == true)
            #expect(
                room.json.elements("possible").map { $0.text("kind") } == ["remission", "reduction", "payment-plan"]
            )
            #expect(room.json.elements("impossible").map { $0.text("kind") } == ["commutation", "relief-ending"])

            var body: [(String, JSONValue?)] = [
                ("kind", "reduction"), ("from_year", 2024), ("percent", 25), ("words", "The river is low"),
            ]
            let nameless = try await api.send(.post, Self.koeln, token: token, body: .fields(body))
            #expect(nameless.json.elements("errors").map { $0.text("field") } == ["signed_by"], "\(nameless.text)")
            body.append(("signed_by", "Astrid Berg"))
            let once: HTTPFields = [.idempotencyKey: "a1"]
            let asked = try await api.send(.post, Self.koeln, token: token, body: .fields(body), headers: once)
            #expect(asked.status == 201, "\(asked.text)")
            #expect(asked.json["state"] == "received" && asked.json["percent"] == 25)
            #expect(asked.json["by"] == "Astrid Berg")
            #expect(asked.json["letter_day"] == "2024-06-01" && asked.json["body"] == "diet")
            let again = try await api.send(.post, Self.koeln, token: token, body: .fields(body), headers: once)
            #expect(again.text == asked.text)
            let other = try await api.send(.post, Self.koeln, token: token, body: .fields(body))
            #expect(other.status == 409 && other.json["code"] == "relief.under-way")
            let elsewhere = "/api/v1/members/ruhrort/relief"
            #expect(try await api.get(elsewhere, token: token).status == 403)
            #expect(try await api.send(.post, elsewhere, token: token, body: .fields(body)).status == 403)
            #expect(try await api.get("/api/v1/relief-requests", token: token).status == 403)
        }
    }

    @Test(arguments: TestEngine.all)
    func `what is asked is as the document says and in the currency of the fee`(
        _ engine: Database.Engine
    ) async throws {
        try await withAPI(engine) { api in
            _ = try await api.invoices()
            let own = try await api.token(.representative)
            func ask(_ more: [(String, JSONValue?)]) async throws -> TestAPI.Reply {
                let body: [(String, JSONValue?)] = [("from_year", 2024), ("words", "The river is low")]
                return try await api.send(.post, Self.koeln, token: own, body: .fields(body + more))
            }
            func fields(_ reply: TestAPI.Reply) -> [String?] {
                reply.json.elements("errors").map { $0.text("field") }
            }
            #expect(try await ask([("kind", "gift")]).status == 400)
            #expect(try await ask([("kind", "reduction"), ("percent", 100)]).status == 400)
            let none = try await ask([("kind", "reduction")])
            #expect(none.status == 409 && fields(none) == ["percent"], "\(none.text)")
            let dollars: JSONValue = ["currency": "USD", "minor": 10_000]
            let foreign = try await ask([("kind", "reduction"), ("amount", dollars)])
            #expect(foreign.status == 409 && fields(foreign) == ["amount"], "\(foreign.text)")
            let over: JSONValue = [["due_on": "2024-01-01", "amount": DuesTests.euros(200_000)]]
            let late = try await ask([("kind", "payment-plan"), ("instalments", over)])
            #expect(fields(late) == ["instalments[0].due_on"], "\(late.text)")
            let parts: JSONValue = [
                ["due_on": "2024-08-01", "amount": DuesTests.euros(150_000)],
                ["due_on": "2024-10-01", "amount": DuesTests.euros(50_000)],
            ]
            let plan = try await ask([("kind", "payment-plan"), ("instalments", parts)])
            #expect(plan.status == 201, "\(plan.text)")
            #expect(plan.json.elements("instalments").map { $0["amount"]?.integer("minor") } == [150_000, 50_000])
        }
    }

    @Test(arguments: TestEngine.all)
    func `a request is read by the office and taken back in the state that was read`(
        _ engine: Database.Engine
    ) async throws {
        try await withAPI(engine) { api in
            let id = try await api.relief()
            let office = try await api.token(.officer)
            let read = try await api.get("/api/v1/relief-requests/\(id)", token: office)
            #expect(read.status == 200, "\(read.text)")
            #expect(read.json["can_be_taken_back"] == true && read.json["body_name"] == "Diet")
            let tag = try #require(read.json["request"]?.text("etag"))
            let waiting = "/api/v1/relief-requests?state=received,put"
            #expect(try await api.get(waiting, token: office).json["total"] == 1)
            let own = try await api.token(.representative)
            func takeBack(_ tag: String, _ token: String, _ member: String = "koeln") async throws -> TestAPI.Reply {
                try await api.send(
                    .post,
                    "/api/v1/members/\(member)/relief/\(id)/take-back",
                    token: token,
                    body: ["reason": "It rains again"],
                    headers: [.ifMatch: tag]
                )
            }
            #expect(try await takeBack("\"0\"", own).status == 409)
            #expect(try await takeBack(tag, own, "ruhrort").status == 403)
            #expect(try await takeBack(tag, office, "ruhrort").status == 404)
            let back = try await takeBack(tag, own)
            #expect(back.status == 200, "\(back.text)")
            #expect(back.json["state"] == "taken-back" && back.json["reason"] == "It rains again")
            #expect(try await takeBack(tag, own).status == 412)
            #expect(try await api.get(waiting, token: office).json["total"] == 0)
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
