import Access
import Database
import DatabaseTesting
import Decisions
import HTTPTypes
import Testing

@testable import API

@Suite("Decisions through the API")
struct DecisionTests {
    private static let path = "/api/v1/decisions"

    private static func draft(_ way: String = "circulation") -> JSONValue {
        [
            "body": "diet", "way": .text(way), "matter": "other", "title": "Minutes",
            "items": [["words": "The minutes", "evidence": "As sent."], ["words": "The agenda"]],
        ]
    }

    private func items(_ reply: TestAPI.Reply) -> [String] {
        reply.json.elements("items").compactMap { $0.text("id") }
    }

    private func answers(_ items: [String], _ answer: String) -> JSONValue {
        .list(items.map { ["item": .text($0), "answer": .text(answer)] })
    }

    @Test(arguments: TestEngine.all)
    func `a body is asked, and read by the secretariat and by those who sit in it`(
        _ engine: Database.Engine
    ) async throws {
        try await withAPI(engine) { api in
            let office = try await api.token(.officer)
            let empty = try await api.send(.post, Self.path, token: office, body: Self.draft())
            #expect(empty.status == 409, "nobody sits in it")
            let sitting = try await api.token(.committee)
            let made = try await api.send(.post, Self.path, token: office, body: Self.draft())
            #expect(made.status == 201, "\(made.text)")
            #expect(made.json["reference"] == "2024-1" && made.json["state"] == "open")
            #expect(made.json.elements("items").map { $0.text("words") } == ["The minutes", "The agenda"])
            let address = try #require(made.headers[.location])
            #expect(try await api.get(address, token: sitting).headers[.eTag] == made.headers[.eTag])
            let other = try await api.token(of: api.person("Elsewhere", [(.committee, .body("council"))]))
            #expect(try await api.get(address, token: other).status == 403)
            #expect(try await api.get(Self.path, token: sitting).status == 403)
            let listed = try await api.get("\(Self.path)?state=open&fields=title", token: office)
            #expect(listed.json["total"] == 1)
            #expect(listed.json.elements("data").first?["title"] == "Minutes")
            let unknown = try await api.send(
                .post,
                Self.path,
                token: office,
                body: ["body": "synod", "way": "meeting", "matter": "other", "title": "Minutes"]
            )
            #expect(unknown.status == 400)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a seat answers for itself alone, and the last answer closes it`(_ engine: Database.Engine) async throws {
        try await withAPI(engine) { api in
            let first = try await api.token(of: api.person("Astrid", [(.committee, .body("diet"))]))
            let second = try await api.token(of: api.person("Janis", [(.committee, .body("diet"))]))
            let decision = try await api.ask("The minutes")
            let own = "/api/v1/own-decisions"
            let listed = try await api.get(own, token: first).json.elements("data")
            #expect(listed.map { $0.text("id") } == [decision])
            #expect(listed.first?["silent_seats"] == 1)

            func answer(_ token: String, _ seat: String, _ answer: String) async throws -> TestAPI.Reply {
                let read = try await api.get("\(own)/\(decision)", token: token)
                return try await api.send(
                    .post,
                    "\(own)/\(decision)/answers",
                    token: token,
                    body: ["seat": .text(seat), "answers": answers(items(read), answer)],
                    headers: [.ifMatch: try #require(read.headers[.eTag])]
                )
            }
            func seat(_ token: String) async throws -> String {
                let read = try await api.get("\(own)/\(decision)", token: token)
                #expect(read.json["takes_answers"] == true)
                return try #require(read.json.elements("seats").first?.text("id"))
            }
            let (mine, theirs) = (try await seat(first), try await seat(second))
            #expect(mine != theirs)
            #expect(try await answer(first, theirs, "approve").status == 403)
            let answered = try await answer(first, mine, "approve")
            #expect(answered.status == 200, "\(answered.text)")
            // How the others answer is told once it is over.
            #expect(answered.json.elements("items").first?["approve"] == .null)
            let last = try await answer(second, theirs, "abstain")
            #expect(last.json["state"] == "closed")
            let item = try #require(last.json.elements("items").first)
            #expect(item["outcome"] == "adopted" && item["approve"] == 1 && item["abstain"] == 1)
            #expect(try await answer(first, mine, "object").status == 409)

            let stranger = try await api.token(.representative)
            #expect(try await api.get("\(own)/\(decision)", token: stranger).status == 404)
            #expect(try await api.get(own, token: stranger).json["total"] == 0)
        }
    }

    @Test(arguments: TestEngine.all)
    func `the secretariat enters answers and meetings, and takes questions back`(
        _ engine: Database.Engine
    ) async throws {
        try await withAPI(engine) { api in
            let office = try await api.token(.officer)
            for name in ["Astrid", "Janis"] { _ = try await api.person(name, [(.committee, .body("diet"))]) }
            let asked = try await api.ask("The minutes")
            let read = try await api.get("\(Self.path)/\(asked)", token: office)
            let seat = try #require(read.json.elements("seats").first?.text("id"))
            let entered = try await api.change(
                .post,
                "\(Self.path)/\(asked)",
                "/answers",
                token: office,
                body: [
                    "seat": .text(seat), "answers": answers(items(read), "object"), "grounds": "Letter of 3 May",
                ]
            )
            #expect(entered.status == 200, "\(entered.text)")
            #expect(entered.json["answered_seats"] == 1)
            let withdrawn = try await api.change(
                .post,
                "\(Self.path)/\(asked)",
                "/withdrawal",
                token: office,
                body: ["reason": "Sent too early"]
            )
            #expect(withdrawn.json["state"] == "withdrawn" && withdrawn.json["reason"] == "Sent too early")

            let meeting = try await api.ask("The minutes", "The agenda", way: .meeting)
            let ids = items(try await api.get("\(Self.path)/\(meeting)", token: office))
            let decided = try await api.change(
                .post,
                "\(Self.path)/\(meeting)",
                "/meeting",
                token: office,
                body: [
                    "day": "2024-06-01", "minutes": "Minutes of the 3rd diet",
                    "outcomes": [
                        ["item": .text(ids[0]), "outcome": "adopted"], ["item": .text(ids[1]), "outcome": "rejected"],
                    ],
                ]
            )
            #expect(decided.status == 200, "\(decided.text)")
            #expect(decided.json["state"] == "closed")
            let outcomes = decided.json.elements("items").map { $0["meeting"]?.text("outcome") }
            #expect(outcomes == ["adopted", "rejected"])
            let again = "\(Self.path)/\(meeting)/again"
            let body: JSONValue = ["way": "meeting"]
            #expect(try await api.send(.post, again, token: office, body: body).status == 409)
        }
    }
}
