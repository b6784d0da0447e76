import Access
import Database
import DatabaseTesting
import Files
import Foundation
import HTTPTypes
import Testing

@testable import API
@testable import Membership

/// What is sent as a file.
enum Samples {
    /// Of 24 × 16 pixels.
    static let png = bytes(
        """
        iVBORw0KGgoAAAANSUhEUgAAABgAAAAQCAIAAACDRijCAAAAE3RFWHRBdXRob3IAU2VjcmV0QXV0aG9yHJF3HwAAAC9JREFUeJxjvCMi
        wkAIWJwgqISBibAS4sCoQUPRIBYLBsKJhIhkNAi9NmoQHQ0CAE7jA+5BZe/KAAAAAElFTkSuQmCC
        """
    )
    static let pdf = Array("%PDF-1.4\nA letter\n%%EOF\n".utf8)
    static let page = Array("<!doctype html><script>alert(1)</script>".utf8)

    private static func bytes(_ base64: String) -> [UInt8] {
        Array(Data(base64Encoded: base64, options: .ignoreUnknownCharacters) ?? Data())
    }
}

@Suite("Pictures and documents through the API")
struct UploadTests {
    private static let koeln = "/api/v1/members/koeln"
    private static let pictures = "\(koeln)/pictures"

    private func field(_ reply: TestAPI.Reply) -> [String?] { reply.json.elements("errors").map { $0.text("field") } }

    @Test(arguments: TestEngine.all)
    func `a picture is made anew and shown, once for its key, and a logo takes the place of the one before`(
        _ engine: Database.Engine
    ) async throws {
        try await withAPI(engine) { api in
            let token = try await api.token(.editor)
            let photo = "\(Self.pictures)?kind=photo&alt=The%20old%20quay&caption=In%20spring"
            let once: HTTPFields = [.idempotencyKey: "a1"]
            let added = try await api.upload(photo, Samples.png, as: "image/png", token: token, headers: once)
            #expect(added.status == 201, "\(added.text)")
            #expect(added.json["alt"] == "The old quay" && added.json["caption"] == "In spring")
            #expect(added.json["width"] == 24 && added.json["height"] == 16)
            #expect(added.headers[.location] == added.json.text("address"))
            let again = try await api.upload(photo, Samples.png, as: "image/png", token: token, headers: once)
            #expect(again.status == 201 && again.text == added.text)
            let other = try await api.upload(photo, Samples.pdf, as: "image/png", token: token, headers: once)
            #expect(other.status == 409 && other.json["code"] == "idempotency-key-reused")
            for alt in ["First", "Second"] {
                let logo = "\(Self.pictures)?kind=logo&alt=\(alt)"
                // The media type opens the door; what it is, is known by its content.
                #expect(try await api.upload(logo, Samples.png, as: "image/gif", token: token).status == 201)
            }
            let shown = try await api.get(Self.koeln).json.elements("pictures")
            #expect(shown.map { $0.text("alt") } == ["Second", "The old quay"])
            let hash = try await api.value("SELECT hash FROM profile_picture WHERE kind = 'photo'")
            let kept = try await api.files.bytes(hash)
            #expect(kept != Samples.png && FileType.detect(kept)?.isPicture == true)
        }
    }

    @Test(arguments: TestEngine.all)
    func `what is no picture, is too large, or comes from another is refused, and nothing is kept`(
        _ engine: Database.Engine
    ) async throws {
        try await withAPI(engine) { api in
            let (token, path) = (try await api.token(.editor), "\(Self.pictures)?kind=photo&alt=Quay")
            for disguised in [Samples.page, Samples.pdf, [], Array(Samples.png.dropLast(40))] {
                let reply = try await api.upload(path, disguised, as: "image/png", token: token)
                #expect(reply.status == 409 && field(reply) == ["body"], "\(reply.text)")
            }
            for type in ["application/json", "image/svg+xml", "text/html", ""] {
                let reply = try await api.upload(path, Samples.png, as: type, token: token)
                #expect(reply.status == 415 && reply.json["code"] == "body-of-another-type", "\(type)")
            }
            let large = [UInt8](repeating: 0, count: (20 << 20) + 1)
            let refused = try await api.upload(path, large, as: "image/png", token: token)
            #expect(refused.status == 413)
            #expect(refused.headers[.contentType] == "application/problem+json")
            #expect(refused.headers[.rateLimit] != nil)
            for query in ["alt=Quay", "kind=photo", "kind=film&alt=Quay", "kind=photo&alt="] {
                let asked = "\(Self.pictures)?\(query)"
                let reply = try await api.upload(asked, Samples.png, as: "image/png", token: token)
                #expect(reply.status == 400, "\(query)")
            }
            let elsewhere = "/api/v1/members/ruhrort/pictures?kind=photo&alt=Quay"
            #expect(try await api.upload(elsewhere, Samples.png, as: "image/png", token: token).status == 403)
            for role in [Role.delegate, .juror, .auditor] {
                let other = try await api.token(role)
                #expect(try await api.upload(path, Samples.png, as: "image/png", token: other).status == 403)
            }
            #expect(try await api.upload(path, Samples.png, as: "image/png", token: nil).status == 401)
            #expect(try await api.get(Self.koeln).json["pictures"] == [])
        }
    }

    @Test(arguments: TestEngine.all)
    func `a document comes with an application, and is sent on as it was`(_ engine: Database.Engine) async throws {
        try await withAPI(engine) { api in
            let office = try await api.token(.officer)
            let address = "/api/v1/applications/\(try await api.application("Worms"))"
            let path = "\(address)/documents?label=other&name=Brief%20der%20Stadt.pdf"
            let once: HTTPFields = [.idempotencyKey: "a1"]
            let added = try await api.upload(path, Samples.pdf, as: "application/pdf", token: office, headers: once)
            #expect(added.status == 201, "\(added.text)")
            #expect(try await api.get(address, token: office).headers[.eTag] == added.headers[.eTag])
            let again = try await api.upload(path, Samples.pdf, as: "application/pdf", token: office, headers: once)
            #expect(again.text == added.text)
            let document = try #require(added.json.elements("documents").first)
            #expect(added.json.elements("documents").count == 1)
            #expect(document["label"] == "other" && document["name"] == "Brief der Stadt.pdf")
            #expect(document["type"] == "application/pdf" && document["size"] == .integer(Samples.pdf.count))

            let location = try #require(added.headers[.location])
            #expect(location == "\(address)/documents/\(document.text("id") ?? "")")
            let sent = try await api.get(location, token: api.token(.auditor))
            #expect(sent.status == 200)
            #expect(sent.text == String(decoding: Samples.pdf, as: UTF8.self))
            #expect(sent.headers[.contentType] == "application/pdf")
            #expect(sent.headers[.contentDisposition]?.contains("Brief der Stadt.pdf") == true)
            let tag = try #require(sent.headers[.eTag])
            #expect(try await api.send(.get, location, token: office, headers: [.ifNoneMatch: tag]).status == 304)
            #expect(try await api.get(location, token: api.token(.representative)).status == 403)
            #expect(try await api.get("\(address)/documents/none", token: office).status == 404)
            let theirs = try await api.application("Speyer")
            let elsewhere = "/api/v1/applications/\(theirs)/documents/\(document.text("id") ?? "")"
            #expect(try await api.get(elsewhere, token: office).status == 404)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a document that could run, or that nobody may add, is refused`(_ engine: Database.Engine) async throws {
        try await withAPI(engine) { api in
            let office = try await api.token(.officer)
            let address = "/api/v1/applications/\(try await api.application("Worms"))"
            func send(
                _ bytes: [UInt8],
                as type: String = "application/pdf",
                _ query: String = "label=other&name=a.pdf",
                token: String? = nil
            ) async throws -> TestAPI.Reply {
                try await api.upload("\(address)/documents?\(query)", bytes, as: type, token: token ?? office)
            }
            for disguised in [Samples.page, Array("MZ\0".utf8), Array("PK\u{3}\u{4}".utf8), []] {
                let reply = try await send(disguised)
                #expect(reply.status == 409 && field(reply) == ["body"], "\(reply.text)")
            }
            #expect(try await send(Samples.pdf, as: "text/html").status == 415)
            #expect(try await send([UInt8](repeating: 0x20, count: (20 << 20) + 1)).status == 413)
            for name in ["..%2F..%2Fetc%2Fpasswd", "a%5Cb", "a%0Ab", ""] {
                #expect(try await send(Samples.pdf, "label=other&name=\(name)").status == 400, "\(name)")
            }
            for name in ["%20", String(repeating: "%ED%95%9C", count: 100)] {
                let reply = try await send(Samples.pdf, "label=other&name=\(name)")
                #expect(reply.status == 409 && field(reply) == ["name"], "\(name)")
            }
            let unwanted = try await send(Samples.pdf, "label=dowry&name=a.pdf")
            #expect(unwanted.status == 409 && field(unwanted) == ["document"])
            #expect(try await send(Samples.pdf, token: api.token(.auditor)).status == 403)
            let nowhere = "/api/v1/applications/none/documents?label=other&name=a.pdf"
            #expect(try await api.upload(nowhere, Samples.pdf, as: "application/pdf", token: office).status == 404)
            #expect(try await api.get(address, token: office).json["documents"] == [])
        }
    }

    @Test(arguments: TestEngine.all)
    func `a member asks by a letter, which it and the secretariat can read again`(
        _ engine: Database.Engine
    ) async throws {
        try await withAPI(engine) { api in
            let own = try await api.token(.representative)
            let path = "\(Self.koeln)/requests/letters?kind=withdrawal&name=letter.pdf"
            let refused = try await api.upload(path, Samples.page, as: "application/pdf", token: own)
            #expect(refused.status == 409 && field(refused) == ["body"])
            let filed = try await api.upload(path, Samples.pdf, as: "application/pdf", token: own)
            #expect(filed.status == 201, "\(filed.text)")
            #expect(filed.json["state"] == "received" && filed.json["words"] == "")
            let (id, document) = (
                try #require(filed.json.text("id")), try #require(filed.json.elements("documents").first?.text("id"))
            )
            let end = "requests/\(id)/documents/\(document)"
            let office = try await api.token(.officer)
            for (address, token) in [("\(Self.koeln)/\(end)", own), ("/api/v1/\(end)", office)] {
                let sent = try await api.get(address, token: token)
                #expect(sent.status == 200 && sent.text == String(decoding: Samples.pdf, as: UTF8.self), "\(address)")
            }
            #expect(try await api.get("/api/v1/\(end)", token: own).status == 403)
            #expect(try await api.get("/api/v1/members/ruhrort/\(end)", token: own).status == 403)
            #expect(try await api.get("/api/v1/members/ruhrort/\(end)", token: office).status == 404)

            let letter = "/api/v1/members/ruhrort/requests/letters?kind=withdrawal&name=letter.pdf"
            let undated = try await api.upload(letter, Samples.pdf, as: "application/pdf", token: office)
            #expect(undated.status == 409 && Set(field(undated)) == ["signed_by", "letter_day"], "\(undated.text)")
            let dated = try await api.upload(
                "\(letter)&signed_by=Astrid%20Berg&letter_day=2024-05-20&words=We%20leave",
                Samples.pdf,
                as: "application/pdf",
                token: office
            )
            #expect(dated.json["letter_day"] == "2024-05-20" && dated.json["by"] == "Astrid Berg", "\(dated.text)")
            #expect(try await api.upload(letter, Samples.pdf, as: "application/pdf", token: own).status == 403)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a fact is proposed with what shows it, for the member and the secretariat to read`(
        _ engine: Database.Engine
    ) async throws {
        try await withAPI(engine) { api in
            let own = try await api.token(.representative)
            let path = "\(Self.koeln)/proposals/documented?fact=area&value=405.15&grounds=Page%203&name=yearbook.pdf"
            let once: HTTPFields = [.idempotencyKey: "a1"]
            let made = try await api.upload(path, Samples.pdf, as: "application/pdf", token: own, headers: once)
            #expect(made.status == 201, "\(made.text)")
            #expect(made.json["effective"] == "2024-06-01" && made.json["state"] == "waiting")
            #expect(
                made.json["document"] == [
                    "name": "yearbook.pdf", "type": "application/pdf", "size": .integer(Samples.pdf.count),
                ]
            )
            let again = try await api.upload(path, Samples.pdf, as: "application/pdf", token: own, headers: once)
            #expect(again.text == made.text)
            let id = try #require(made.json.text("id"))
            let office = try await api.token(.officer)
            let end = "proposals/\(id)/document"
            for (address, token) in [("\(Self.koeln)/\(end)", own), ("/api/v1/\(end)", office)] {
                let sent = try await api.get(address, token: token)
                #expect(sent.status == 200 && sent.text == String(decoding: Samples.pdf, as: UTF8.self), "\(address)")
            }
            #expect(try await api.get("/api/v1/proposals/\(id)/document", token: own).status == 403)
            #expect(try await api.get("/api/v1/members/ruhrort/proposals/\(id)/document", token: office).status == 404)
            let other = try await api.token(of: api.person("Other", [(.representative, .member("id-ruhrort"))]))
            #expect(try await api.get("\(Self.koeln)/proposals/\(id)/document", token: other).status == 403)
            #expect(try await api.upload(path, Samples.pdf, as: "application/pdf", token: other).status == 403)

            let bare = try await api.send(
                .post,
                "\(Self.koeln)/proposals",
                token: own,
                body: ["fact": "area", "value": "405.2", "effective": "2024-01-01", "grounds": "Yearbook"]
            )
            #expect(bare.json["document"] == .null)
            let none = "\(Self.koeln)/proposals/\(bare.json.text("id") ?? "")/document"
            #expect(try await api.get(none, token: own).status == 404)
        }
    }
}
