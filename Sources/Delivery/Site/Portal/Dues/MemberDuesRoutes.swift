import Access
import Charter
import Dues
import HTML
import HTTPTypes
import Hummingbird
import Languages
import Membership
import NIOCore
import Web

/// Where a member's own people see its dues.
enum MemberDuesPlace {
    static func fee(_ key: String) -> String { "\(PortalPlace.dues.address(key))#fee" }
    static func account(_ key: String) -> String { "\(PortalPlace.dues.address(key))/account" }
    static func relief(_ key: String) -> String { "\(PortalPlace.dues.address(key))/relief" }

    static func invoice(_ key: String, _ number: String) -> String {
        "\(PortalPlace.dues.address(key))/invoices/\(number)"
    }

    static func document(_ key: String, _ number: String) -> String {
        "\(PortalPlace.dues.address(key))/documents/\(number)"
    }
}

extension Site {
    /// What a member owes and paid, and what shows it on paper.
    static func addMemberDues(to rooms: RoomRoutes) {
        let path = "/portal/:key/dues"
        rooms.get(path, .inMember(.readMemberDues)) { room in try await memberDuesPage(room) }
        rooms.get("\(path)/account", .inMember(.readMemberDues)) { room in
            let day = try room.query().day("on").flatMap { Day($0) }
            return try memberAccountPage(room, await room.ownAccount(on: day))
        }
        rooms.get("\(path)/invoices/:number", .inMember(.readMemberDues)) { room in
            try memberInvoicePage(room, await room.ownInvoice(), .none)
        }
        rooms.post("\(path)/invoices/:number/dispute", .inMember(.requestDues)) { room in
            try await disputeInvoice(room)
        }
        rooms.get("\(path)/documents/:number", .inMember(.readMemberDues)) { room in
            try await duesDocument(room)
        }
        rooms.post("\(path)/receipts", .inMember(.certifyDues)) { room in
            let command = IssueReceipt(payment: room.form["payment"], memberKey: try room.itsMember.key)
            return try await room.toDocument(room.run(command))
        }
        rooms.post("\(path)/certificates", .inMember(.certifyDues)) { room in
            guard let year = Int(room.form["year"]), FeeQuestion.years.contains(year) else {
                throw InvalidInput("year", say("Choose a year."))
            }
            return try await room.toDocument(room.run(IssueCertificate(memberKey: room.itsMember.key, year: year)))
        }
    }

    private static func disputeInvoice(_ room: Room) async throws -> Response {
        let record = try await room.ownInvoice()
        do {
            let words = room.form.exact("words")
            try await room.run(DisputeInvoice(record.invoice.id, of: record.invoice.memberID, words: words))
        } catch let input as InvalidInput {
            return try memberInvoicePage(room, record, FormProblems(input))
        }
        return room.redirect(
            to: MemberDuesPlace.invoice(record.invoice.memberKey, record.invoice.number),
            notice: say(
                "The secretariat has your dispute. Nobody is reminded of the invoice until the dispute is ended."
            )
        )
    }

    /// A document that was issued: a PDF, or the page that it is made of.
    private static func duesDocument(_ room: Room) async throws -> Response {
        let member = try room.itsMember
        let services = room.site.rooms.dues
        let number = try room.parameter("number")
        let asPage = try room.query().string("as") == "page"
        let document = try await room.ask(
            DocumentByNumber(number, of: member.id, language: room.site.speech.language.rawValue, services: services)
        )
        if asPage {
            return Response(
                status: .ok,
                headers: [.contentType: ContentType.html.value, .cacheControl: "private, no-store"],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: document.page))
            )
        }
        let bytes: [UInt8]
        do throws(DuesRefusal) { bytes = try await document.pdf(services.pdf) } catch {
            return try noDocument(room, number, error)
        }
        return room.download(ByteBuffer(bytes: bytes), type: .pdf, fileName: "\(document.name).pdf")
    }

    private static func noDocument(_ room: Room, _ number: String, _ refusal: DuesRefusal) throws -> Response {
        let address = try "\(MemberDuesPlace.document(room.itsMember.key, number))?as=page"
        var response = try room.portalPage(
            say("No PDF can be made now"),
            .dues,
            isBelow: true,
            status: .serviceUnavailable
        ) { h in
            h.p(.class("lede"), text: refusal.sentence)
            h.p { h.a(.href(address), text: say("Read it as a page")) }
        }
        response.headers[.retryAfter] = refusal.secondsToWait.map { String($0) }
        return response
    }
}

extension Room {
    /// The member's account at the end of a day; of today for nil.
    func ownAccount(on day: Day? = nil) async throws -> AccountOfMember.Answer {
        try await ask(AccountOfMember(itsMember.key, on: day, charter: site.charter))
    }

    /// The invoice that the address names. Another member's is not found, also by who could read it there: nobody learns
    /// by trying which numbers there are.
    fileprivate func ownInvoice() async throws -> InvoiceRecord {
        try await ask(InvoiceByID(parameter("number"), of: itsMember.id, charter: site.charter))
    }

    /// Leads to a document that was issued now or before.
    fileprivate func toDocument(_ proof: DocumentProof) throws -> Response {
        redirect(to: MemberDuesPlace.document(try itsMember.key, proof.number))
    }
}

extension ContentType {
    fileprivate static let pdf = ContentType("application/pdf", isCompressible: false)
}
