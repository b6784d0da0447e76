import Access
import Database
import DatabaseTesting
import HTTPTypes
import Testing

@testable import API

@Suite("Numbers of another member through the API")
struct ForeignNumberTests {
    /// What is told, without what names the request.
    private func told(_ reply: TestAPI.Reply) -> String {
        reply.text.replacing(reply.json.text("request") ?? "no request", with: "")
    }

    @Test(arguments: TestEngine.all)
    func `another member's number answers as one that nobody has`(_ engine: Database.Engine) async throws {
        try await withAPI(engine) { api in
            let hiding = api.api.operations.filter { $0.unseen != nil }.map(\.id)
            #expect(Set(hiding) == ["getInvoice", "getDuesDocument", "disputeInvoice"])
            let (number, relief) = (try await api.invoices(), try await api.relief())
            let reference = try await api.value("SELECT reference FROM invoice")
            let other = try await api.token(of: api.person("Other", [(.representative, .member("id-ruhrort"))]))
            func ask(_ invoice: String, _ relief: String) async throws -> [TestAPI.Reply] {
                let reason: JSONValue = ["reason": "Not ours"]
                let back = "/api/v1/members/ruhrort/relief/\(relief)/take-back"
                let tag: HTTPFields = [.ifMatch: "\"0000000000000000\""]
                let disputes = "/api/v1/invoices/\(invoice)/disputes"
                return [
                    try await api.get("/api/v1/invoices/\(invoice)", token: other),
                    try await api.get("/api/v1/dues-documents/\(invoice)", token: other),
                    try await api.send(.post, disputes, token: other, body: ["words": "Not ours"]),
                    try await api.send(.post, back, token: other, body: reason, headers: tag),
                ]
            }
            let none = try await ask("2024-9999", "none")
            #expect(none.map(\.status) == [404, 404, 404, 404])
            for theirs in [try await ask(number, relief), try await ask(reference, relief)] {
                #expect(theirs.map(\.status) == none.map(\.status))
                #expect(theirs.map(told) == none.map(told))
            }
            #expect(try await api.value("SELECT CAST(COUNT(*) AS TEXT) FROM invoice_dispute") == "0")
            // Whose it is reads it; who may read none is told just that.
            let (own, outsider) = (try await api.token(.representative), try await api.token(.communication))
            #expect(try await api.get("/api/v1/invoices/\(number)", token: own).status == 200)
            for id in [number, "2024-9999"] {
                #expect(try await api.get("/api/v1/invoices/\(id)", token: outsider).status == 403)
            }
        }
    }

    @Test
    func `a token for requests about membership asks nothing about dues`() async throws {
        try await withAPI(.sqlite) { api in
            let number = try await api.invoices()
            let person = try await api.person("Mina Seo", [(.representative, .member("id-koeln"))])
            let words: JSONValue = ["words": "We have fewer inhabitants"]
            let disputes = "/api/v1/invoices/\(number)/disputes"
            let old = try await api.token(of: person, [.makeRequests])
            let refused = try await api.send(.post, disputes, token: old, body: words)
            #expect(refused.status == 403 && refused.json["code"] == "not-in-scope.dues.request", "\(refused.text)")
            #expect(try await api.get("/api/v1/members/koeln/requests", token: old).status == 200)
            let new = try await api.token(of: person, [.requestDues])
            #expect(try await api.send(.post, disputes, token: new, body: words).status == 201)
            #expect(try await api.get("/api/v1/members/koeln/requests", token: new).status == 403)
        }
    }

    @Test(arguments: TestEngine.all)
    func `wrong codes are counted by where they come from, and no answer is kept`(
        _ engine: Database.Engine
    ) async throws {
        try await withAPI(engine) { api in
            _ = try await api.invoices()
            let proof = "/api/v1/proofs/\(try await api.value("SELECT code FROM document_proof"))"
            let found = try await api.get(proof)
            #expect(found.status == 200 && found.json["member_name"] == "Köln", "\(found.text)")
            #expect(found.headers[.cacheControl] == "private, no-store")
            #expect(found.headers[.eTag] == nil && found.headers[.accessControlAllowOrigin] == nil)
            for number in 0..<60 {
                #expect(try await api.get("/api/v1/proofs/wrong-\(number)").status == 404, "\(number)")
            }
            let over = try await api.get(proof)
            #expect(over.status == 429 && over.json["code"] == "dues.too-many-tries", "\(over.text)")
            #expect(over.headers[.retryAfter] == "3600")
        }
    }
}
