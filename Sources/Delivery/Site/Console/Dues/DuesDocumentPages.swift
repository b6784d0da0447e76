import Access
import Dues
import HTML
import HTTPTypes
import Hummingbird
import Languages
import NIOCore
import Web

extension Site {
    /// Documents on paper: invoices, credit notes, receipts and certificates, in any language of the letters.
    static func addDuesDocuments(to rooms: RoomRoutes) {
        rooms.get(ConsoleDues.document(":number"), .may(.readDues)) { room in
            let number = try room.parameter("number")
            // Asked for so that a number that no document has leads to no page.
            _ = try await room.ask(DocumentByNumber(number, services: room.site.rooms.dues))
            return documentPage(room, number, nil)
        }
        rooms.get(ConsoleDues.document(":number", "document.pdf"), .may(.readDues)) { room in
            let document = try await room.consoleDocument()
            let bytes: [UInt8]
            do throws(DuesRefusal) { bytes = try await document.pdf(room.site.rooms.dues.pdf) } catch {
                var response = documentPage(room, try room.parameter("number"), error.sentence)
                response.headers[.retryAfter] = error.secondsToWait.map { String($0) }
                return response
            }
            return room.download(ByteBuffer(bytes: bytes), type: .pdf, fileName: "\(document.name).pdf")
        }
        rooms.get(ConsoleDues.document(":number", "document.html"), .may(.readDues)) { room in
            let document = try await room.consoleDocument()
            let bytes = ByteBuffer(bytes: document.page)
            return room.download(bytes, type: .html, fileName: "\(document.name).html")
        }
    }
}

extension ContentType {
    fileprivate static let pdf = ContentType("application/pdf", isCompressible: false)
}

extension Room {
    /// The document that the address names, in the language that it asks for.
    fileprivate func consoleDocument() async throws -> DuesDocument {
        let expected = say("one of \(Letters.languages.joined(separator: ", "))")
        let language = try query().value("language", expected: expected) { Letters.languages.contains($0) ? $0 : nil }
        return try await ask(
            DocumentByNumber(parameter("number"), language: language, services: site.rooms.dues)
        )
    }
}

/// The ways to a document; `problem` says why there is no PDF of it.
private func documentPage(_ room: Room, _ number: String, _ problem: Phrase?) -> Response {
    let page = DuesTab.invoices.page(say("Document \(number)"))
    return room.page(page, status: problem == nil ? .ok : .serviceUnavailable) { h in
        if let problem {
            h.div(.class("notice danger"), .role(.alert), .tabindex(-1), .data("focus")) {
                h.p(problem)
                h.p {
                    h.a(
                        .href(ConsoleDues.document(number, "document.html")),
                        text: say("The same as a page, to be saved and printed")
                    )
                }
            }
        }
        h.p(.class("lede"), text: say("As PDF, or as a page that can be saved and printed."))
        h.table(.class("dense")) {
            h.caption(.class("hidden-text"), text: say("The document by language"))
            h.thead {
                h.tr {
                    h.th(.scope(.col), text: say("Language"))
                    h.th(.scope(.col), text: say("As PDF"))
                    h.th(.scope(.col), text: say("As a page"))
                }
            }
            h.tbody {
                row(h, number, nil)
                for language in Letters.languages { row(h, number, language) }
            }
        }
    }
}

private func row(_ h: HTMLWriter, _ number: String, _ language: String?) {
    let query = language.map { "?language=\($0)" } ?? ""
    let name = language.map { languageName($0) } ?? say("The member's own")
    let pdf = ConsoleDues.document(number, "document.pdf") + query
    let page = ConsoleDues.document(number, "document.html") + query
    h.tr {
        h.th(.scope(.row), text: name)
        for (address, format) in [(pdf, say("PDF")), (page, say("Page", context: "a way to read a document"))] {
            h.td {
                h.a(.href(address)) {
                    h.text(format)
                    h.span(.class("hidden-text"), text: .verbatim(": ") + name)
                }
            }
        }
    }
}
