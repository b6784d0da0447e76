import Access
import Database
import DatabaseTesting
import Documents
import Dues
import HTTPTypes
import Testing

@testable import API

@Suite("Documents about dues through the API")
struct DuesDocumentTests {
    @Test
    func `whoever has a document already is answered without it, and none is made`() async throws {
        // Nothing makes PDFs here: whatever is made is refused.
        try await withAPI(.sqlite) { api in
            let number = try await api.invoices()
            let address = "/api/v1/dues-documents/\(number)"
            let own = try await api.token(.representative)
            let question = DocumentByNumber(number, services: api.dues)
            let document = try await api.database.ask(question, as: TestAPI.clerk, now: TestAPI.now)
            let tag = StateTag.make(document.page, of: "document \(number)")
            let known = try await api.send(.get, address, token: own, headers: [.ifNoneMatch: tag])
            #expect(known.status == 304 && known.headers[.eTag] == tag, "\(known.text)")
            let other = try await api.send(.get, address, token: own, headers: [.ifNoneMatch: "\"0\""])
            #expect(other.status == 409 && other.json["code"] == "dues.no-pdf", "\(other.text)")
        }
    }

    @Test
    func `while too many wait for one, whoever comes is told when to come again`() async throws {
        try await withAPI(.sqlite, pdf: PDFMaker(program: "sh", atOnce: 0, waiting: 0)) { api in
            let address = "/api/v1/dues-documents/\(try await api.invoices())"
            let refused = try await api.get(address, token: api.token(.representative))
            #expect(refused.status == 503 && refused.headers[.retryAfter] == "10", "\(refused.text)")
            #expect(refused.json["code"] == "dues.pdf-busy")
            #expect(refused.json.text("detail")?.contains("Try again in 10 seconds") == true, "\(refused.text)")
        }
    }
}
