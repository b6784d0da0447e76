import Charter
import Documents
import Languages
import Mail

/// Writes what an issued document says, in one language.
struct DocumentWriting {
    private let proof: DocumentProof
    private let services: DuesServices
    private let language: String

    /// - Parameter language: its code; the association's own for nil.
    init(_ proof: DocumentProof, _ services: DuesServices, _ language: String?) {
        self.proof = proof
        self.services = services
        self.language = language ?? services.letters.ownLanguage
    }

    func invoice(_ invoice: Invoice) -> DuesDocument {
        var paper = paper(say("Invoice \(invoice.number)"))
        let payment = HowToPay(invoice, charter: services.charter)
        paper.facts = [
            Paper.Fact(say("Number", context: "of a document"), .verbatim(invoice.number)),
            Paper.Fact(say("Day of issue"), .day(invoice.issuedOn, .long)),
            Paper.Fact(say("Due on"), .day(invoice.dueOn, .long)),
            Paper.Fact(say("Reference of the payment"), .verbatim(payment.groupedReference)),
        ]
        paper.lines = [Paper.Line(say("Dues of \(plain: invoice.year)"), invoice.fee.words)]
        if let less = try? invoice.toPay - invoice.fee, !less.isZero {
            paper.lines.append(Paper.Line(say("Reduction, explained below"), less.words))
        }
        paper.total = Paper.Line(say("To pay"), invoice.toPay.words)
        paper.closing = [say("How the amount came about: \(invoice.explanation)"), payment.words]
        paper.code = payment.code.map {
            Paper.Code($0, label: say("Pay with your bank's app: it fills in the transfer"))
        }
        return document(paper)
    }

    func creditNote(_ note: CreditNote, of invoice: Invoice) -> DuesDocument {
        var paper = paper(say("Credit note \(note.number)"))
        paper.facts = [
            Paper.Fact(say("Number", context: "of a document"), .verbatim(note.number)),
            Paper.Fact(say("Day of issue"), .day(note.issuedOn, .long)),
            Paper.Fact(
                say("Invoice"),
                say("\(invoice.number) of \(invoice.issuedOn, .long)", context: "an invoice and its day")
            ),
        ]
        paper.lines = [Paper.Line(say("Dues of \(plain: invoice.year)"), note.amount.words)]
        paper.closing = [
            say(
                "This much less is to be paid of invoice \(invoice.number). If it was paid already, it is kept as your "
                    + "credit balance."
            ),
            say("Grounds: \(note.grounds)"),
        ]
        return document(paper)
    }

    func receipt(_ payment: Payment) -> DuesDocument {
        var paper = paper(say("Receipt \(proof.number)"))
        paper.facts = [
            Paper.Fact(say("Number", context: "of a document"), .verbatim(proof.number)),
            Paper.Fact(say("Received on", context: "a payment"), .day(proof.day, .long)),
        ]
        paper.paragraphs = [say("We have received \(proof.amount) from \(proof.memberName). Thank you.")]
        paper.lines = payment.shares.filter { $0.memberID == proof.memberID }.map { share in
            let words = share.invoiceNumber.map { say("Invoice \($0)") } ?? say("Kept as your credit balance")
            return Paper.Line(words, share.paid.words)
        }
        paper.total = Paper.Line(say("Received", context: "an amount"), proof.amount.words)
        return document(paper)
    }

    func certificate() -> DuesDocument {
        var paper = paper(say("Certificate of dues \(proof.number)"))
        paper.facts = [
            Paper.Fact(say("Number", context: "of a document"), .verbatim(proof.number)),
            Paper.Fact(say("Settled on"), .day(proof.day, .long)),
        ]
        paper.paragraphs = [
            say("We certify that \(proof.memberName) owes nothing of its dues of \(proof.subjectID)."),
            say("The dues of the year were \(proof.amount)."),
        ]
        return document(paper)
    }

    private func paper(_ title: Phrase) -> Paper {
        let address = services.letters.correspondence.address(DuesLetters.Path.proof(proof.code), for: language)
        var paper = Paper(
            title,
            from: services.charter.association.name(on: proof.day),
            to: proof.memberName,
            proof: Paper.Proof(address: address, code: proof.groupedCode)
        )
        if proof.isInvented {
            paper.notice = say(
                "This document is an example: it rests on what is made up, and nothing is owed or paid by it."
            )
        }
        return paper
    }

    private func document(_ paper: Paper) -> DuesDocument {
        DuesDocument(
            name: "\(proof.kind.rawValue)-\(proof.number)",
            page: paper.page(in: services.letters.correspondence.speech(for: language))
        )
    }
}
