import Access
import Charter
import Dues
import HTML
import Languages
import Web

extension InvoiceState {
    /// As a list calls it.
    var consoleWords: Phrase {
        switch self {
        case .open: say("open", context: "state of an invoice")
        case .overdue: say("past due", context: "state of an invoice")
        case .paid: say("paid", context: "state of an invoice")
        case .credited: say("no longer asked for", context: "state of an invoice")
        }
    }
}

/// "USD 1,000.00 and EUR 20.00"; "nothing" where there is none.
func amountWords(_ amounts: [Money]) -> Phrase {
    amounts.isEmpty ? say("nothing", context: "no amount") : .list(amounts.map(\.words))
}

extension AccountOfMember.Answer {
    /// What the member has to its credit, by currency: what it paid beyond its invoices.
    var credit: [Money] {
        var sums: [Currency: Money] = [:]
        for line in lines where line.entry.invoiceID == nil {
            let currency = line.entry.amount.currency
            sums[currency] = try? (sums[currency] ?? .zero(currency)) - line.entry.amount
        }
        return sums.values.filter(\.isPositive).sorted { $0.currency.code < $1.currency.code }
    }
}

/// `1 invoice`, `12 invoices`.
func counted(invoices number: Int) -> Phrase { say(number, one: "1 invoice", other: "\(number) invoices") }

extension HTMLWriter {
    /// Says that what stands beside it rests on something made up.
    func madeUpTag() {
        span(.class("tag"), text: say("Made up"))
    }

    /// Where an invoice stands, by shape too where somebody has to act or nobody any more.
    func invoiceStanding(_ state: InvoiceState) {
        switch state {
        case .open, .credited: text(state.consoleWords)
        case .overdue: span(.class("off"), text: state.consoleWords)
        case .paid: span(.class("same"), text: state.consoleWords)
        }
    }

    /// The choice of a year, as a form that asks for the page anew.
    func yearForm(_ action: String, _ year: Int, of years: [Int], label text: Phrase = say("Year")) {
        form(.class("filters"), .action(action), .method(.get)) {
            div(.class("filter-grid four")) {
                div {
                    label(.for("dues-year"), text: text)
                    select(.id("dues-year"), .name("year")) {
                        for each in years {
                            option(.value(String(each)), .selected(each == year), text: String(each))
                        }
                    }
                }
                button(.class("button"), .type(.submit), text: say("Show"))
            }
        }
    }

    /// One box of the filters above a list.
    func filterBox(_ id: String, _ text: Phrase, control: (_ id: String) -> Void) {
        div {
            label(.for(id), text: text)
            control(id)
        }
    }

    /// The line of the account that an entry is, with what it did to the balance where that is known.
    func accountEntry(_ room: Room, _ entry: AccountEntry, balance: Money?) {
        tr {
            td { time(.datetime(entry.day.description), text: entry.day.short) }
            td {
                if let payment = entry.paymentID, room.may(.readPayments) {
                    a(.href(ConsoleDues.payment(payment)), text: entry.words)
                } else if let invoice = entry.invoiceID, balance != nil {
                    a(.href(ConsoleDues.invoice(invoice)), text: entry.words)
                } else {
                    text(entry.words)
                }
                if entry.isInvented {
                    text(" ")
                    madeUpTag()
                }
            }
            td(.class("num"), text: entry.amount.words)
            if let balance { td(.class("num narrow-hide"), text: balance.words) }
        }
    }

    /// The lines of an account. What raises what is owed is above zero.
    func accountTable(_ room: Room, _ lines: [(entry: AccountEntry, balance: Money?)], caption words: Phrase) {
        table(.class("dense")) {
            caption(.class("hidden-text"), text: words)
            thead {
                tr {
                    th(.scope(.col), text: say("Day", context: "a column"))
                    th(.scope(.col), text: say("Item", context: "an entry of an account"))
                    th(.scope(.col), .class("num"), text: say("Amount"))
                    if lines.contains(where: { $0.balance != nil }) {
                        th(.scope(.col), .class("num narrow-hide"), text: say("Owed then"))
                    }
                }
            }
            tbody {
                for line in lines { accountEntry(room, line.entry, balance: line.balance) }
            }
        }
    }
}
