import Charter
import Database
import Foundation
import Languages
import Mail

/// Writes to a member's people about its dues, each in their language.
struct DuesMail {
    let transaction: Transaction
    let services: DuesServices
    let now: Date

    enum Key: String, CaseIterable {
        case invoice = "dues-invoice"
    }

    /// Once for each invoice.
    func tellInvoice(_ invoice: Invoice, to reader: DuesReader) throws {
        let letters = services.letters
        let said = { (phrase: Phrase) in letters.text(phrase, in: reader.language) }
        let values = [
            "association": letters.association, "name": reader.name, "member": invoice.memberName,
            "number": invoice.number, "year": String(invoice.year), "amount": said(invoice.toPay.words),
            "due": said(.day(invoice.dueOn, .long)), "explanation": said(invoice.explanation),
            "payment": said(HowToPay(invoice, charter: services.charter).words),
            "link": letters.correspondence.address(DuesLetters.Path.portal(invoice.memberKey), for: reader.language),
        ]
        let mail = OutgoingMail(
            cause: "\(Key.invoice.rawValue):\(invoice.id)",
            to: reader.email,
            toName: reader.name,
            content: try letters.templates.render(Key.invoice.rawValue, language: reader.language, values: values),
            person: reader.personID,
            member: invoice.memberID
        )
        _ = try Outbox.queue(transaction, mail, now: now)
    }
}
