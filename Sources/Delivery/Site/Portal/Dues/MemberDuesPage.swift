import Access
import Charter
import Dues
import HTML
import Hummingbird
import Languages
import Membership

/// What a member owes and by when, how it pays, the fee of a year with all that it follows from, its invoices, and what
/// it can have on paper.
func memberDuesPage(_ room: Room) async throws -> Response {
    let question = try MemberFeeQuestion(room)
    let account = try await room.ownAccount()
    let fee = try await MemberFeePart.load(room, question)
    return try room.portalPage(PortalPlace.dues.title, .dues, status: question.status) { h in
        h.p(.class("lede"), text: balanceWords(owed: account.owedOnInvoices, credit: account.credit))
        if account.isInvented {
            h.div(.class("notice caution"), .role(.note)) {
                h.p(
                    say(
                        "Some of this is made up as an example: it asks for no money, and none was paid. Each such "
                            + "entry says so."
                    )
                )
            }
        }
        dueSection(h, room, account)
        fee.write(h)
        invoicesSection(h, account)
        paperSection(h, room, account)
        accountSection(h, room, account)
        h.section(.aria(.labelledby, "relief")) {
            h.h2(.id("relief"), text: say("If you cannot pay"))
            h.p {
                h.a(.href(MemberDuesPlace.relief(account.memberKey)), text: say("Ask for relief from dues"))
            }
        }
    }
}

/// "You owe USD 1,000.00.", and what the member has to its credit.
func balanceWords(owed: [Money], credit: [Money]) -> Phrase {
    var sentences = [
        owed.isEmpty ? say("You owe nothing.") : say("You owe \(Phrase.list(owed.map(\.words))).")
    ]
    if !credit.isEmpty { sentences.append(say("You have a credit balance of \(Phrase.list(credit.map(\.words))).")) }
    return .joined(sentences, by: " ")
}

extension AccountOfMember.Answer {
    /// What its invoices ask for, by currency. What it has to its credit is not taken off: nobody has used it yet.
    var owedOnInvoices: [Money] {
        var sums: [Currency: Money] = [:]
        for owed in invoices.map(\.balance.owed) where owed.isPositive {
            sums[owed.currency] = try? (sums[owed.currency] ?? .zero(owed.currency)) + owed
        }
        return sums.values.sorted { $0.currency.code < $1.currency.code }
    }
}

private func dueSection(_ h: HTMLWriter, _ room: Room, _ account: AccountOfMember.Answer) {
    let owed = account.invoices.filter(\.balance.owed.isPositive).sorted { $0.dueOn < $1.dueOn }
    h.section(.aria(.labelledby, "due")) {
        h.h2(.id("due"), text: say("To pay"))
        guard !owed.isEmpty else { return h.p(.class("quiet"), text: say("No invoice asks you for anything.")) }
        for line in owed {
            let invoice = line.invoice
            h.section(.aria(.labelledby, "due-\(invoice.number)")) {
                h.h3(.id("due-\(invoice.number)")) {
                    h.a(
                        .href(MemberDuesPlace.invoice(account.memberKey, invoice.number)),
                        text: say("Invoice \(invoice.number), dues of \(plain: invoice.year)")
                    )
                    if invoice.isInvented {
                        h.text(" ")
                        h.madeUpTag()
                    }
                }
                h.whenToPay(line.parts, invoice.amount.currency, on: account.day)
                if let payment = account.payments[invoice.id] { h.howToPay(payment, owed: line.balance.owed) }
            }
        }
    }
}

private func invoicesSection(_ h: HTMLWriter, _ account: AccountOfMember.Answer) {
    h.section(.aria(.labelledby, "invoices")) {
        h.h2(.id("invoices"), text: say("Invoices"))
        guard !account.invoices.isEmpty else {
            return h.p(.class("quiet"), text: say("You have no invoice yet."))
        }
        h.table {
            h.caption(.class("hidden-text"), text: say("Invoices"))
            h.thead {
                h.tr {
                    h.th(.scope(.col), text: say("Invoice"))
                    h.th(.scope(.col), .class("num"), text: say("Still to pay"))
                    h.th(.scope(.col), text: say("State"))
                }
            }
            h.tbody { for line in account.invoices { invoiceRow(h, account.memberKey, line) } }
        }
    }
}

private func invoiceRow(_ h: HTMLWriter, _ key: String, _ line: InvoiceList.Line) {
    let invoice = line.invoice
    h.tr {
        h.th(.scope(.row)) {
            h.a(.href(MemberDuesPlace.invoice(key, invoice.number)), text: invoice.number)
            if invoice.isInvented {
                h.text(" ")
                h.madeUpTag()
            }
            h.span(.class("also"), text: say("Dues of \(plain: invoice.year), issued on \(invoice.issuedOn)"))
        }
        h.td(.class("num")) {
            h.text(line.balance.owed.words)
            h.span(.class("also"), text: say("of \(line.balance.asked)", context: "an amount"))
        }
        h.td {
            h.invoiceStanding(line.state)
            h.ownDocumentLinks(key, invoice.number, say("Invoice \(invoice.number)"))
        }
    }
}

extension HTMLWriter {
    /// The ways to have a document that was issued.
    func ownDocumentLinks(_ key: String, _ number: String, _ name: Phrase) {
        let address = MemberDuesPlace.document(key, number)
        span(.class("also")) {
            a(.href(address), .aria(.label, say("\(name) as PDF")), text: say("PDF"))
            text(" · ")
            a(
                .href("\(address)?as=page"),
                .aria(.label, say("\(name) as a page")),
                text: say("Page", context: "a way to read a document")
            )
        }
    }
}

/// What was paid, and what a member can have in hand to show it.
private func paperSection(_ h: HTMLWriter, _ room: Room, _ account: AccountOfMember.Answer) {
    let payments = paymentsToShow(account)
    let years = settledYears(account)
    h.section(.aria(.labelledby, "paper")) {
        h.h2(.id("paper"), text: say("Receipts and certificates"))
        guard !payments.isEmpty || !years.isEmpty else {
            return h.p(.class("quiet"), text: say("Once you have paid, you find a receipt here."))
        }
        h.ul(.class("rows plain-rows")) {
            for payment in payments {
                h.li(.data("row")) {
                    h.div {
                        h.text(say("Payment of \(payment.words) on \(payment.day)"))
                        if payment.isInvented {
                            h.text(" ")
                            h.madeUpTag()
                        }
                    }
                    h.div {
                        paper(
                            h,
                            room,
                            account,
                            "receipts",
                            ("payment", payment.id),
                            say("Receipt (PDF)"),
                            say("Receipt for the payment of \(payment.words) on \(payment.day) (PDF)")
                        )
                    }
                }
            }
            for year in years {
                h.li(.data("row")) {
                    h.div(text: say("Nothing is owed of the dues of \(plain: year)."))
                    h.div {
                        paper(
                            h,
                            room,
                            account,
                            "certificates",
                            ("year", String(year)),
                            say("Certificate (PDF)"),
                            say("Certificate of the dues of \(plain: year) (PDF)")
                        )
                    }
                }
            }
        }
    }
}

/// A button that issues a document, or finds the one that was issued before, and leads to it. Nothing for who may not.
private func paper(
    _ h: HTMLWriter,
    _ room: Room,
    _ account: AccountOfMember.Answer,
    _ place: String,
    _ field: (name: String, value: String),
    _ words: Phrase,
    _ label: Phrase
) {
    guard room.may(.certifyDues, at: .member(account.memberID)) else { return }
    room.form(h, "\(PortalPlace.dues.address(account.memberKey))/\(place)", .class("plain")) {
        h.hiddenField(field.name, field.value)
        h.button(.class("link-button"), .type(.submit), .aria(.label, label), text: words)
    }
}

/// What came in for the member, the latest first.
private struct ShownPayment {
    let id: String
    let day: Day
    let words: Phrase
    let isInvented: Bool
}

/// Those that were not undone, each once: one payment can be for several invoices.
private func paymentsToShow(_ account: AccountOfMember.Answer) -> [ShownPayment] {
    let undone = Set(account.lines.compactMap(\.entry.reverses))
    var found: [(id: String, day: Day, isInvented: Bool, sums: [Currency: Money])] = []
    for entry in account.lines.map(\.entry) where entry.kind == .payment && !undone.contains(entry.id) {
        guard let id = entry.paymentID, let paid = try? entry.amount.negated else { continue }
        let place = found.firstIndex { $0.id == id } ?? found.endIndex
        if place == found.endIndex { found.append((id, entry.day, entry.isInvented, [:])) }
        let before = found[place].sums[paid.currency] ?? .zero(paid.currency)
        found[place].sums[paid.currency] = (try? before + paid) ?? before
    }
    return found.reversed().map { payment in
        let amounts = payment.sums.values.sorted { $0.currency.code < $1.currency.code }.map(\.words)
        return ShownPayment(
            id: payment.id,
            day: payment.day,
            words: .list(amounts),
            isInvented: payment.isInvented
        )
    }
}

/// The years that were asked for and of which nothing is owed, the latest first.
private func settledYears(_ account: AccountOfMember.Answer) -> [Int] {
    let asked = Set(account.invoices.filter(\.balance.asked.isPositive).map(\.invoice.year))
    let open = Set(account.invoices.filter(\.balance.owed.isPositive).map(\.invoice.year))
    return asked.subtracting(open).sorted(by: >)
}

private func accountSection(_ h: HTMLWriter, _ room: Room, _ account: AccountOfMember.Answer) {
    h.section(.aria(.labelledby, "account")) {
        h.h2(.id("account"), text: say("Statement of account"))
        accountForm(h, account.memberKey, account.day, room.today)
    }
}

/// Asks for the account as it stood at the end of a day.
func accountForm(_ h: HTMLWriter, _ key: String, _ day: Day, _ today: Day) {
    h.form(.class("filters"), .action(MemberDuesPlace.account(key)), .method(.get)) {
        h.div(.class("filter-grid four")) {
            h.div {
                h.label(.for("account-day"), text: say("At the end of"))
                h.input(
                    .type(.date),
                    .id("account-day"),
                    .name("on"),
                    .value(day.description),
                    .max(today.description)
                )
            }
            h.button(.class("button"), .type(.submit), text: say("Show the account"))
        }
    }
}
