import Charter
import Dues
import HTML
import Languages
import QRCode

extension HTMLWriter {
    /// How what is owed is paid: the amount, the account and the reference, as text; and as a code that a bank's app
    /// reads where the European one can say it.
    func howToPay(_ payment: HowToPay, owed: Money) {
        dl(.class("facts wide")) {
            fact(say("Amount")) { b(owed.words) }
            if let bank = payment.bank {
                fact(say("To", context: "whom money is paid")) { text(bank.holder) }
                fact(say("Account (IBAN)")) {
                    code(payment.groupedIBAN ?? bank.iban)
                    if bank.isInvented {
                        text(" ")
                        madeUpTag()
                    }
                }
                if let bic = bank.bic { fact(say("BIC")) { code(bic) } }
            }
            fact(say("Reference of the payment")) {
                code(payment.groupedReference)
                span(.class("also"), text: say("Give the reference with the transfer: by it we know what was paid."))
            }
        }
        if payment.bank == nil { p(say("The secretariat says to which account you pay.")) }
        for warning in payment.warnings { p(.class("note")) { ruled(warning) } }
        if let code = payment.code.flatMap({ try? QRCode($0) }) {
            qrCode(code, label: say("Pay with your bank's app: it fills in the transfer"))
        }
    }

    /// When what is owed of an invoice is to be paid, by instalments where a body granted them.
    func whenToPay(_ parts: [DueSchedule.Part], _ currency: Currency, on today: Day) {
        guard parts.count > 1 else {
            if let part = parts.first { p { dueDay(part.dueOn, on: today) } }
            return
        }
        p(say("In instalments:"))
        ul(.class("rows plain-rows")) {
            for part in parts {
                li(.data("row")) {
                    div { dueDay(part.dueOn, on: today) }
                    div(.class("age"), text: Money(minor: part.minor, currency).words)
                }
            }
        }
    }

    /// "Due on 3 May 2024.", marked where that is over.
    private func dueDay(_ day: Day, on today: Day) {
        if day < today {
            span(.class("off"), text: say("It was due on \(day)."))
        } else {
            text(say("It is due on \(day)."))
        }
    }
}
