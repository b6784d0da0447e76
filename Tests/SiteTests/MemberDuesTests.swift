import Access
import Charter
import Database
import DatabaseTesting
import Documents
import Dues
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Identity
import Languages
import NIOCore
import Testing

@testable import Membership
@testable import Site
@testable import Standing
@testable import Web

/// Köln and Ruhrort with an invoice each, which both have paid: what shows of it in whose room.
@Suite("A member's dues in its own room")
struct MemberDuesTests {
    private static let page = "/portal/koeln/dues"

    /// What one member asks for and paid.
    private struct Paid: Sendable {
        let number: String
        /// The payment's id.
        let payment: String
    }

    private static func fill(_ rooms: TestRooms, currency: String = "USD") async throws -> [Paid] {
        try await rooms.database.write { transaction in
            try transaction.execute(
                """
                INSERT INTO dues_run (id, year, issued_on, started_at, started_by, finished_at)
                VALUES ('run', 2024, '2024-02-01', ?, 'operator', ?)
                """,
                [.text(InstantText.text(TestRooms.now)), .text(InstantText.text(TestRooms.now))]
            )
            for (place, key) in ["koeln", "ruhrort"].enumerated() {
                try issue(transaction, key, number: "2024-000\(place + 1)", currency)
            }
        }
        var paid: [Paid] = []
        for number in ["2024-0001", "2024-0002"] {
            let draft = PaymentDraft(
                receivedOn: "2024-03-05",
                currency: currency,
                amount: "1000.00",
                payer: "Secret Payer \(number)",
                shares: [ShareDraft(invoice: number)]
            )
            let id = try await rooms.database.run(
                EnterPayment(draft, charter: Ports.charter),
                as: .operatorNamed("clerk"),
                now: TestRooms.now
            )
            paid.append(Paid(number: number, payment: id))
        }
        return paid
    }

    private static func issue(
        _ transaction: Transaction,
        _ key: String,
        number: String,
        _ currency: String
    ) throws {
        let reference = try #require(CreditorReference(making: number)).text
        let now = InstantText.text(TestRooms.now)
        try transaction.execute(
            """
            INSERT INTO invoice (id, number, year, member_id, issue, run_id, issued_on, due_on, currency, fee_minor,
                amount_minor, language, member_name, reference, explanation, rule, charter_day, invented, issued_at)
            VALUES (?, ?, 2024, ?, 1, 'run', '2024-02-01', '2024-04-01', ?, 100000, 100000, 'en', ?, ?, ?,
                'fees.ports', '2000-01-01', 0, ?)
            """,
            [
                .text("invoice-\(key)"), .text(number), .text("id-\(key)"), .text(currency), .text(key.capitalized),
                .text(reference), .text(Phrase.verbatim("Told of \(key.capitalized) alone.").stored), .text(now),
            ]
        )
        try AccountEntry.book(
            transaction,
            AccountEntry.Draft(
                .invoice,
                member: "id-\(key)",
                day: Ports.day("2024-02-01"),
                amount: Money(minor: 100_000, Currency(currency)),
                words: .verbatim("Invoice \(number)"),
                invoice: "invoice-\(key)"
            ),
            now: TestRooms.now
        )
        try transaction.execute(
            """
            INSERT INTO document_proof (code, kind, subject_id, member_id, member_name, number, day, currency,
                amount_minor, invented, issued_at, content)
            VALUES (?, 'invoice', ?, ?, ?, ?, '2024-02-01', ?, 100000, 0, ?, 'none')
            """,
            [
                .text("code-\(key)"), .text("invoice-\(key)"), .text("id-\(key)"), .text(key.capitalized),
                .text(number), .text(currency), .text(now),
            ]
        )
    }

    private static func answer(
        _ rooms: TestRooms,
        _ path: String,
        _ token: Secret
    ) async throws -> (status: HTTPResponse.Status, text: String) {
        try await rooms.client.execute(uri: path, method: .get, headers: [.cookie: "hansa=\(token.text)"]) { response in
            (status: response.status, text: String(buffer: response.body))
        }
    }

    private static func post(
        _ rooms: TestRooms,
        _ path: String,
        _ token: Secret,
        _ fields: String
    ) async throws -> (HTTPResponse.Status, HTTPFields) {
        try await rooms.send(.post, path, token, form: "form-token=\(token.derived(for: "form"))&\(fields)")
    }

    private static func documents(_ rooms: TestRooms) async throws -> Int {
        try await rooms.database.read { transaction in
            try transaction.first("SELECT COUNT(*) FROM document_proof") { try $0.integer(0) } ?? 0
        }
    }

    @Test(arguments: TestEngine.all)
    func `another member's invoice, paper and account stay shut by every address`(
        _ engine: Database.Engine
    ) async throws {
        try await withRooms(engine) { rooms in
            let theirs = try await Self.fill(rooms)[1]
            let before = try await Self.documents(rooms)
            for role in [Role.representative, .editor, .delegate] {
                let token = try await rooms.signIn(role)
                for path in [
                    "\(Self.page)/invoices/\(theirs.number)", "\(Self.page)/documents/\(theirs.number)",
                    "\(Self.page)/documents/\(theirs.number)?as=page", "/portal/ruhrort/dues",
                    "/portal/ruhrort/dues/account", "/portal/ruhrort/dues/relief", "/portal/ruhrort/standing",
                    "/portal/ruhrort/dues/invoices/\(theirs.number)",
                    "/portal/ruhrort/dues/documents/\(theirs.number)?as=page",
                ] {
                    let (status, text) = try await Self.answer(rooms, path, token)
                    #expect(status == .forbidden || status == .notFound, "\(role) at \(path): \(status)")
                    #expect(!text.contains("Ruhrort") && !text.contains("1,000"), "\(role) at \(path)")
                }
                for (path, fields) in [
                    ("\(Self.page)/receipts", "payment=\(theirs.payment)"),
                    ("/portal/ruhrort/dues/receipts", "payment=\(theirs.payment)"),
                    ("/portal/ruhrort/dues/certificates", "year=2024"),
                    ("\(Self.page)/invoices/\(theirs.number)/dispute", "words=Not+ours"),
                ] {
                    let (status, _) = try await Self.post(rooms, path, token, fields)
                    #expect(status == .forbidden || status == .notFound, "\(role) at \(path): \(status)")
                }
            }
            #expect(try await Self.documents(rooms) == before)
        }
    }

    @Test
    func `whoever may read both finds nothing of one in the room of the other`() async throws {
        try await withRooms(.sqlite) { rooms in
            let theirs = try await Self.fill(rooms)[1]
            let token = try await rooms.signIn(.administrator)
            for path in [
                "\(Self.page)/invoices/\(theirs.number)", "\(Self.page)/documents/\(theirs.number)?as=page",
            ] {
                #expect(try await Self.answer(rooms, path, token).status == .notFound, "\(path)")
            }
            let (status, _) = try await Self.post(
                rooms,
                "\(Self.page)/receipts",
                token,
                "payment=\(theirs.payment)"
            )
            #expect(status == .notFound)
        }
    }

    @Test(arguments: TestEngine.all)
    func `another member's number answers as one that nobody has`(_ engine: Database.Engine) async throws {
        try await withRooms(engine) { rooms in
            let theirs = try await Self.fill(rooms)[1]
            let token = try await rooms.signIn(.representative)
            func told(_ method: HTTPRequest.Method, _ path: String) async throws -> String {
                let form = "form-token=\(token.derived(for: "form"))&words=Not+ours"
                var headers: HTTPFields = [.cookie: "hansa=\(token.text)"]
                if method == .post { headers[.contentType] = "application/x-www-form-urlencoded" }
                let body = method == .post ? ByteBuffer(string: form) : nil
                return try await rooms.client.execute(uri: path, method: method, headers: headers, body: body) {
                    let text = String(buffer: $0.body).replacing(#/Request [\w-]+/#, with: "")
                    return "\($0.status.code) \(text)"
                }
            }
            for (method, below) in [(HTTPRequest.Method.get, ""), (HTTPRequest.Method.post, "/dispute")] {
                let foreign = try await told(method, "\(Self.page)/invoices/\(theirs.number)\(below)")
                let unknown = try await told(method, "\(Self.page)/invoices/2024-9999\(below)")
                #expect(foreign.hasPrefix("404 ") && foreign == unknown, "\(method) \(below)")
            }
        }
    }

    @Test(arguments: TestEngine.all)
    func `who keeps profiles and who votes find nothing of dues in the room`(_ engine: Database.Engine) async throws {
        try await withRooms(engine) { rooms in
            let ours = try await Self.fill(rooms)[0]
            let before = try await Self.documents(rooms)
            for role in [Role.communication, .delegate] {
                let token = try await rooms.signIn(role)
                for below in [
                    "", "/account", "/relief", "/invoices/\(ours.number)", "/documents/\(ours.number)?as=page",
                ] {
                    let (status, text) = try await Self.answer(rooms, Self.page + below, token)
                    #expect(status == .forbidden && !text.contains("1,000"), "\(role) at \(below)")
                }
                for (below, fields) in [("/receipts", "payment=\(ours.payment)"), ("/certificates", "year=2024")] {
                    let (status, _) = try await Self.post(rooms, Self.page + below, token, fields)
                    #expect(status == .forbidden, "\(role) at \(below)")
                }
                for path in ["/portal/koeln", "/portal/koeln/standing"] {
                    let (status, text) = try await Self.answer(rooms, path, token)
                    #expect(status == .ok && !text.contains(Self.page), "\(role) at \(path)")
                }
            }
            #expect(try await Self.documents(rooms) == before)
            let editor = try await rooms.signIn(.editor)
            #expect(try await Self.answer(rooms, "/portal/koeln", editor).text.contains(Self.page))
        }
    }

    @Test
    func `who audits sees what was paid, and no button that issues a paper`() async throws {
        try await withRooms(.sqlite) { rooms in
            let ours = try await Self.fill(rooms)[0]
            let before = try await Self.documents(rooms)
            let (auditor, finance) = (try await rooms.signIn(.auditor), try await rooms.signIn(.finance))
            let pages = [
                (Self.page, "Payment of", "Receipt (PDF)"),
                ("/console/members/koeln/dues", "2024-0001", "Write a certificate"),
                ("/console/dues/payments/\(ours.payment)", "2024-0001", "Write a receipt"),
            ]
            for (path, shown, button) in pages {
                let (seen, may) = (
                    try await Self.answer(rooms, path, auditor), try await Self.answer(rooms, path, finance)
                )
                #expect(seen.status == .ok && seen.text.contains(shown) && !seen.text.contains(button), "\(path)")
                #expect(may.status == .ok && may.text.contains(button), "\(path)")
            }
            for (path, fields) in [
                ("\(Self.page)/receipts", "payment=\(ours.payment)"), ("\(Self.page)/certificates", "year=2024"),
                ("/console/dues/payments/\(ours.payment)/receipt", "member=koeln"),
                ("/console/members/koeln/certificate", "year=2024"),
            ] {
                let (status, _) = try await Self.post(rooms, path, auditor, fields)
                #expect(status == .forbidden, "\(path)")
            }
            #expect(try await Self.documents(rooms) == before)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a member's people see what it owed and paid, and have it on paper`(_ engine: Database.Engine) async throws {
        try await withRooms(engine) { rooms in
            let ours = try await Self.fill(rooms)[0]
            let token = try await rooms.signIn(.editor)
            let (status, text) = try await Self.answer(rooms, Self.page, token)
            #expect(status == .ok)
            #expect(text.contains("You owe nothing.") && text.contains("2024-0001"))
            #expect(!text.contains("2024-0002") && !text.contains("Ruhrort") && !text.contains("Secret Payer"))
            let invoice = try await Self.answer(rooms, "\(Self.page)/invoices/\(ours.number)", token)
            #expect(invoice.status == .ok && invoice.text.contains("Told of Koeln alone."))
            let early = try await Self.answer(rooms, "\(Self.page)/account?on=2024-02-29", token)
            #expect(early.text.contains("You owe USD\u{A0}1,000.00."))
            #expect(try await Self.answer(rooms, "\(Self.page)/account?on=2024-02-30", token).status == .badRequest)

            let (issued, headers) = try await Self.post(
                rooms,
                "\(Self.page)/receipts",
                token,
                "payment=\(ours.payment)"
            )
            #expect(issued == .seeOther && headers[.location] == "\(Self.page)/documents/R2024-0001")
            let again = try await Self.post(rooms, "\(Self.page)/receipts", token, "payment=\(ours.payment)")
            #expect(again.1[.location] == headers[.location], "asked for again, it is the same one")
            let paper = try await Self.answer(rooms, "\(Self.page)/documents/R2024-0001?as=page", token)
            #expect(paper.status == .ok && paper.text.contains("USD\u{A0}1,000.00"))
            let certified = try await Self.post(rooms, "\(Self.page)/certificates", token, "year=2024")
            #expect(certified.0 == .seeOther)
            let unknown = try await Self.post(rooms, "\(Self.page)/certificates", token, "year=1000000")
            #expect(unknown.0 == .unprocessableContent)
            // The tests have no program that makes PDFs: the page says so and leads to the other way.
            let pdf = try await Self.answer(rooms, "\(Self.page)/documents/\(ours.number)", token)
            #expect(pdf.status == .serviceUnavailable)
            #expect(pdf.text.contains("No PDF can be made") && pdf.text.contains("\(ours.number)?as=page"))
        }
    }

    @Test
    func `while too many wait for a PDF, whoever comes is told when to come again`() async throws {
        try await withRooms(.sqlite, pdf: PDFMaker(program: "sh", atOnce: 0, waiting: 0)) { rooms in
            let number = try await Self.fill(rooms)[0].number
            let own = try await rooms.signIn(.editor)
            let office = try await rooms.signIn(.officer)
            for (path, token) in [
                ("\(Self.page)/documents/\(number)", own), (ConsoleDues.document(number, "document.pdf"), office),
            ] {
                let (status, headers) = try await rooms.send(.get, path, token)
                #expect(status == .serviceUnavailable, "\(path)")
                #expect(headers[.retryAfter] == "10", "\(path)")
            }
            let (status, headers) = try await rooms.send(.get, "\(Self.page)/documents/\(number)?as=page", own)
            #expect(status == .ok && headers[.retryAfter] == nil)
        }
    }

    @Test
    func `the European code fills in a transfer of euros to a real account alone`() async throws {
        let charter = try Self.charter()
        for (currency, hasCode) in [("EUR", true), ("USD", false)] {
            try await withRooms(.sqlite) { rooms in
                _ = try await Self.fill(rooms, currency: currency)
                let invoice = try await rooms.database.read { try Invoice.find($0, named: "2024-0001") }
                let payment = HowToPay(try #require(invoice), charter: charter)
                let shown = markup { $0.howToPay(payment, owed: Money(minor: 5, invoice?.amount.currency ?? .usd)) }
                #expect(shown.contains("class=\"qr-code\"") == hasCode, "\(currency)")
                #expect(shown.contains("DE89 3704 0044 0532 0130 00") && shown.contains("RF"))
            }
        }
    }

    @Test
    func `without rules on dues and standing the pages say so`() async throws {
        try await withRooms(.sqlite) { rooms in
            let token = try await rooms.signIn(.representative)
            let dues = try await Self.answer(rooms, Self.page, token)
            #expect(dues.status == .ok && dues.text.contains("The charter has no fee for members of this category."))
            let relief = try await Self.answer(rooms, "\(Self.page)/relief", token)
            #expect(relief.status == .ok && relief.text.contains("gives nobody the power to grant relief"))
            let standing = try await Self.answer(rooms, "/portal/koeln/standing?from=2024-01-01&to=2024-06-01", token)
            #expect(standing.status == .ok && standing.text.contains("says nothing of points"))
            let turned = try await Self.answer(rooms, "/portal/koeln/standing?from=2024-06-01&to=2024-01-01", token)
            #expect(turned.status == .unprocessableContent)
        }
    }
}

extension MemberDuesTests {
    /// The river ports with rules on dues and standing.
    static func charter() throws -> Charter {
        let rules = """
                fees:
                  - key: ports
                    name: Ports
                    category: port
                    measure: {key: berths, name: berths, whole_numbers: true}
                    currency: EUR
                    bands:
                      - {from: 0, to: 9, fee: 100}
                      - {from: 10, fee: 200}
                    source: S
                    heading: H
                dues:
                  billed_on: "01-01"
                  due_after_days: 60
                  joining_year: {share: full}
                  leaving_year: {share: full}
                  facts_as_of: latest
                  bank: {holder: League of River Ports, iban: DE89370400440532013000}
                  source: S
                  heading: H
                standing:
                  - {key: paid, name: Paid, when: {paid: true}, source: S, heading: H}
                  - {key: unpaid, name: Unpaid, when: {otherwise: true}, source: S, heading: H}
                entitlements:
                  - key: crane
                    name: The crane
                    access: {paid: full, unpaid: none}
                    source: S
                    heading: H

            """
        let text = PortsCharter.text.replacing("translations:", with: rules + "translations:")
        let (charter, problems) = Charter.lint(text: text, file: "ports.yaml")
        return try #require(charter, "\(problems)")
    }
}

extension Currency {
    fileprivate static let usd: Currency = {
        do { return try Currency("USD") } catch { preconditionFailure("the dollar is a currency") }
    }()
}
