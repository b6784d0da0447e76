import Charter
import Database
import Foundation
import Languages
import Mail

/// Writes to a member's people what is owed, when it was or is to be paid, and how.
struct ReminderMail {
    let transaction: Transaction
    let services: DuesServices
    let now: Date

    enum Key: String, CaseIterable {
        /// Before the due day and on it.
        case coming = "dues-reminder"
        case pastDue = "dues-overdue"
    }

    /// Once for each reminder.
    func remind(_ line: ReminderPlan.Line, to reader: DuesReader) throws {
        let letters = services.letters
        let invoice = line.invoice
        let key = line.isPastDue ? Key.pastDue : .coming
        let said = { (phrase: Phrase) in letters.text(phrase, in: reader.language) }
        let payment = HowToPay(invoice, owed: line.owed, charter: services.charter)
        let values = [
            "association": letters.association, "name": reader.name, "member": invoice.memberName,
            "number": invoice.number, "year": String(invoice.year), "amount": said(line.amount.words),
            "due": said(.day(line.dueOn, .long)), "owed": said(line.owed.words), "payment": said(payment.words),
            "link": letters.correspondence.address(DuesLetters.Path.portal(invoice.memberKey), for: reader.language),
        ]
        let mail = OutgoingMail(
            cause: "\(key.rawValue):\(invoice.id):\(line.step.dueOn):\(line.step.days)",
            to: reader.email,
            toName: reader.name,
            content: try letters.templates.render(key.rawValue, language: reader.language, values: values),
            person: reader.personID,
            member: invoice.memberID
        )
        _ = try Outbox.queue(transaction, mail, now: now)
    }
}
