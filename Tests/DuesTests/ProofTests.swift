import Access
import Charter
import Database
import DatabaseTesting
import Documents
import Foundation
import Languages
import Testing

@testable import Dues

@Suite("Documents that prove what was issued")
struct ProofTests {
    @Test("the code of an invoice tells what stands on it, and what became of it", arguments: TestEngine.all)
    func invoice(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, [.init(key: "visby", name: "Visby & Co")]) { house in
            try await house.issue()
            let record = try await house.ask(InvoiceByID("2024-0001", charter: house.charter))
            let code = record.proof.code
            #expect(code.count == 32)
            for typed in [code, code.uppercased(), record.proof.groupedCode, " " + code + " "] {
                let found = try await house.database.proof(ProofByCode(typed))
                #expect(found.document.number == "2024-0001")
                #expect(found.document.memberName == "Visby & Co")
                #expect(try found.document.amount == house.usd(1000))
                #expect(try found.document.day == DuesHouse.day(DuesHouse.today))
                #expect(found.since == .nothing)
                #expect(found.isWhole)
            }
            try await house.run(CreditInvoice("2024-0001", amount: "400", grounds: "Half a year"))
            let lowered = try await house.database.proof(ProofByCode(code))
            #expect(try lowered.since == .lowered(by: house.usd(400)))
            #expect(try await house.count("document_proof") == 2)
        }
    }

    @Test("an altered code proves nothing, and an altered record shows", arguments: TestEngine.all)
    func altered(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(2)) { house in
            try await house.issue()
            let proof = try await house.ask(InvoiceByID("2024-0001", charter: house.charter)).proof
            var letters = Array(proof.code)
            for place in letters.indices {
                let right = letters[place]
                letters[place] = right == "7" ? "8" : "7"
                let altered = String(letters)
                let problem = await house.problem { _ = try await house.database.proof(ProofByCode(altered)) }
                #expect(problem as? DuesRefusal == .noSuchProof)
                letters[place] = right
            }
            for typed in ["", "x", String(repeating: "0", count: 5000)] {
                let problem = await house.problem { _ = try await house.database.proof(ProofByCode(typed)) }
                #expect(problem as? DuesRefusal == .noSuchProof)
            }
            try await house.database.write { transaction in
                try transaction.execute(
                    "UPDATE document_proof SET amount_minor = 1 WHERE code = ?",
                    [.text(proof.code)]
                )
            }
            #expect(try await house.database.proof(ProofByCode(proof.code)).isWhole == false)
        }
    }

    @Test("a receipt is issued once, and says when the payment was undone", arguments: TestEngine.all)
    func receipt(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(2)) { house in
            try await house.issue()
            let payment = try await house.receive("1000", for: "2024-0001")
            let proof = try await house.run(IssueReceipt(payment: payment, memberKey: "town-0001"))
            #expect(proof.number == "R2024-0001")
            #expect(try proof.amount == house.usd(1000))
            #expect(try await house.run(IssueReceipt(payment: payment, memberKey: "town-0001")) == proof)
            let other = await house.problem {
                try await house.run(IssueReceipt(payment: payment, memberKey: "town-0002"))
            }
            #expect(other as? PaymentRefusal == .noSuchPayment)
            let page = try await house.page(proof.number)
            #expect(page.contains("Receipt R2024-0001"))
            #expect(page.contains("Invoice 2024-0001"))
            #expect(try await house.database.proof(ProofByCode(proof.code)).since == .nothing)
            try await house.run(UndoPayment(payment, grounds: "It was another member's"))
            #expect(try await house.database.proof(ProofByCode(proof.code)).since == .undone)
            let again = await house.problem {
                try await house.run(IssueReceipt(payment: payment, memberKey: "town-0001"))
            }
            #expect(again as? PaymentRefusal == .noSuchPayment)
        }
    }

    @Test("only a year of which nothing is owed is certified", arguments: TestEngine.all)
    func certificate(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(1)) { house in
            let (usd, certify) = (try house.usd(1000), IssueCertificate(memberKey: "town-0001", year: 2024))
            let before = await house.problem { try await house.run(certify) }
            #expect(before as? DuesRefusal == .notInvoiced(year: 2024))
            try await house.issue()
            let owing = await house.problem { try await house.run(certify) }
            #expect(owing as? DuesRefusal == .notSettled(owed: usd))
            let payment = try await house.receive("1000", for: "2024-0001")
            let proof = try await house.run(certify)
            #expect(proof.number == "D2024-0001")
            #expect(try await house.run(certify) == proof)
            #expect(try await house.page(proof.number).contains("owes nothing of its dues of 2024"))
            try await house.run(UndoPayment(payment, grounds: "The cheque was not good"))
            let after = try await house.database.proof(ProofByCode(proof.code))
            #expect(after.since == .owed(usd))
        }
    }
}

@Suite("Invoices on paper")
struct DocumentPageTests {
    @Test("an invoice says what it must, in the member's language, and escapes names", arguments: TestEngine.all)
    func page(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, [.init(key: "visby", name: "Visby <b>& Co</b>")]) { house in
            try await house.representative(of: "visby", "Oh Ji-woo", language: "ko")
            try await house.issue()
            let record = try await house.ask(InvoiceByID("2024-0001", charter: house.charter))
            let korean = try await house.page("2024-0001")
            #expect(korean.contains(#"<html lang="ko">"#))
            #expect(korean.contains("https://hansa.example/ko/proof/\(record.proof.code)"))
            let english = try await house.page("2024-0001", "en")
            #expect(english.contains("<title>Invoice 2024-0001</title>"))
            #expect(english.contains("Visby &lt;b&gt;&amp; Co&lt;/b&gt;"))
            #expect(!english.contains("<b>"))
            #expect(english.contains("USD\u{A0}1,000.00"))
            #expect(english.contains(record.payment.groupedReference))
            #expect(english.contains("DE89 3704 0044 0532 0130 00"))
            #expect(english.contains("4 May 2024"))
            #expect(english.contains("<svg"))
            // Nothing in it lies elsewhere.
            for forbidden in ["src=", "<link", "<script", "<style", "url("] { #expect(!english.contains(forbidden)) }
            let unknown = await house.problem { _ = try await house.page("2024-9999") }
            #expect(unknown as? DuesRefusal == .noSuchDocument)
        }
    }

    @Test("an invoice of a part of the year shows the fee and what is less")
    func part() async throws {
        let change = ["joining_year: {share: by-quarter}": "joining_year: {share: by-month}"]
        try await DuesHouse.with(.sqlite, [.init(key: "late", from: "2024-02-28")], charter: change) { house in
            try await house.issue()
            let page = try await house.page("2024-0001")
            #expect(page.contains("USD\u{A0}1,000.00"))
            #expect(page.contains("-USD\u{A0}83.33"))
            #expect(page.contains("USD\u{A0}916.67"))
        }
    }

    @Test("an account in euros that is no example has the code for a bank's app")
    func code() async throws {
        let change = [
            "invented: true\n        note: No report prints an account.": "note: No report prints an account.",
            "currency: USD": "currency: EUR",
        ]
        try await DuesHouse.with(.sqlite, DuesHouse.towns(1), charter: change) { house in
            try await house.issue()
            let record = try await house.ask(InvoiceByID("2024-0001", charter: house.charter))
            let code = try #require(record.payment.code)
            #expect(code.hasPrefix("BCD\n002\n1\nSCT\n"))
            #expect(code.hasSuffix("EUR1000.00\n\n\(record.invoice.reference)"))
            #expect(try await house.page("2024-0001").contains("it fills in the transfer"))
        }
    }

    @Test(
        "a PDF is made, with the number in it",
        .enabled(if: PDFMaker().isAvailable, "weasyprint is not installed, so no PDF can be made")
    )
    func pdf() async throws {
        try await DuesHouse.with(.sqlite, [.init(key: "visby", name: "Visby 비스뷔 维斯比")]) { house in
            try await house.issue()
            let document = try await house.ask(DocumentByNumber("2024-0001", services: house.services))
            let pdf = try await document.pdf(house.services.pdf)
            #expect(pdf.starts(with: "%PDF-1.".utf8))
            #expect(pdf.count > 5000)
            let text = String(decoding: pdf, as: UTF8.self)
            #expect(text.contains("Invoice 2024-0001"))
            #expect(document.name == "invoice-2024-0001")
        }
    }

    @Test("without the program there is no PDF, and a sentence says what to do")
    func noProgram() async throws {
        let maker = PDFMaker(program: "/nowhere/weasyprint")
        try await DuesHouse.with(.sqlite, DuesHouse.towns(1), pdf: maker) { house in
            try await house.issue()
            let document = try await house.ask(DocumentByNumber("2024-0001", services: house.services))
            let problem = await house.problem { _ = try await document.pdf(house.services.pdf) }
            #expect(problem as? DuesRefusal == .noPDF(.noProgram("/nowhere/weasyprint")))
            #expect((problem as? any Refusal)?.sentence.english.contains("Install the package weasyprint") == true)
        }
    }
}

extension DuesHouse {
    /// The page of a document.
    func page(_ number: String, _ language: String? = nil) async throws -> String {
        let question = DocumentByNumber(number, language: language, services: services)
        return String(decoding: try await ask(question).page, as: UTF8.self)
    }

    /// Records a payment for an invoice, and returns its id.
    func receive(_ amount: String, for invoice: String) async throws -> String {
        let draft = PaymentDraft(
            receivedOn: Self.today,
            currency: "USD",
            amount: amount,
            shares: [ShareDraft(invoice: invoice)]
        )
        return try await run(EnterPayment(draft, charter: charter))
    }
}
