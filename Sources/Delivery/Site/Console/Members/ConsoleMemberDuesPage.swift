import Access
import Charter
import Dues
import HTML
import HTTPTypes
import Hummingbird
import Languages
import Membership
import Web

extension Site {
    /// A member's fee of a year and its account at the end of a day, with what follows from them.
    static func addConsoleMemberDues(to rooms: RoomRoutes) {
        rooms.get(memberAddress(":key", "dues"), .may(.readDues)) { try await memberDues($0) }
        rooms.post(memberAddress(":key", "certificate"), .may(.certifyDues)) { room in
            let key = try room.parameter("key")
            guard let year = Int(room.form["year"]), (1900...2199).contains(year) else {
                throw InvalidInput("year", say("Choose a year."))
            }
            let proof = try await room.run(IssueCertificate(memberKey: key, year: year))
            return room.redirect(
                to: ConsoleDues.document(proof.number),
                notice: say("Certificate \(proof.number) for \(proof.memberName) is written.")
            )
        }
    }

    private static func memberDues(_ room: Room) async throws -> Response {
        let (key, query) = (try room.parameter("key"), try room.query())
        let year = try query.int("year", in: 1900...2199) ?? room.today.year
        let day = try query.day("on").flatMap { Day($0) }
        let account = try await room.ask(AccountOfMember(key, on: day, charter: room.site.charter))
        // One that was merged is read under the key of the record that is left.
        let fee = try await room.fee(account.memberKey, of: year)
        let trail = membersTrail + [(address: memberAddress(account.memberKey), name: .verbatim(account.memberName))]
        let title = say("Dues of \(account.memberName)")
        return room.page(RoomPage(title: title, place: .console(.members), trail: trail)) { h in
            h.p(.class("lede"), text: consoleBalance(account.balances))
            actions(h, room, account)
            feeSection(h, room, year, account.memberKey, fee)
            invoices(h, account)
            accountSection(h, room, account, year)
            certificates(h, room, account)
        }
    }
}

private func actions(_ h: HTMLWriter, _ room: Room, _ account: AccountOfMember.Answer) {
    let member = queryEscaped(account.memberKey)
    h.div(.class("actions")) {
        if room.may(.recordPayments) {
            h.a(
                .class("button"),
                .href("\(ConsoleDues.newPayment)?member=\(member)"),
                text: say("Enter a payment")
            )
            for credit in account.credit {
                let query = "member=\(member)&amount=\(credit.plain)&currency=\(credit.currency.code)"
                h.a(.href("\(ConsoleDues.refund)?\(query)"), text: say("Record a refund of \(credit)"))
            }
        }
        if room.may(.requestDues) {
            h.a(
                .class("button"),
                .href(memberAddress(account.memberKey, "relief")),
                text: say("Record a letter about relief")
            )
        }
        if room.may(.readPayments) {
            h.a(.href(PaymentListAddress(member: account.memberKey).text), text: say("Its payments"))
        }
        h.a(.href(memberAddress(account.memberKey, "standing")), text: say("Standing by its dues"))
    }
}

// MARK: - Fee

private func feeSection(_ h: HTMLWriter, _ room: Room, _ year: Int, _ key: String, _ found: FeeOfMember.Answer?) {
    h.section(.aria(.labelledby, "fee")) {
        h.h2(.id("fee"), text: say("Fee of \(plain: year)"))
        let years = Set(room.duesYears).union([year]).sorted(by: >)
        h.yearForm(memberAddress(key, "dues"), year, of: years)
        guard let found else {
            return h.p(.class("quiet"), text: FeeRefusal.noRules(year: year).sentence)
        }
        h.p(.class("figure-value")) { feeInShort(h, found.fee) }
        if let answer = found.fee.outcome.answer { feeReasons(h, answer) }
        if case .missing = found.fee.outcome, room.may(.enterDues) {
            h.p { h.a(.href(ConsoleDues.newFigure(of: key)), text: say("Enter what is missing")) }
        }
        h.p(.class("note")) {
            h.text(
                say("Decided on \(found.year.billedOn), by the rules in force since \(found.year.version.effective).")
            )
            h.text(" ")
            h.a(.href(FeeFigureAddress(member: key).text), text: say("What was entered for its fee"))
        }
    }
}

private func feeReasons(_ h: HTMLWriter, _ answer: FeeAnswer) {
    h.p { h.ruled(answer.sentence) }
    h.p(.class("quiet")) { h.cited(answer.citation) }
    guard !answer.statements.isEmpty else { return }
    h.div(.class("differs")) {
        h.h3(say("What sources say of the same fee"))
        for statement in answer.statements {
            h.p {
                h.ruled(statement.words)
                h.text(" ")
                h.cited(statement.citation)
            }
        }
    }
}

// MARK: - Invoices and account

private func invoices(_ h: HTMLWriter, _ account: AccountOfMember.Answer) {
    h.section(.aria(.labelledby, "invoices")) {
        h.h2(.id("invoices"), text: say("Invoices"))
        guard !account.invoices.isEmpty else {
            return h.p(.class("quiet"), text: say("No invoice was written yet."))
        }
        h.table(.class("dense")) {
            h.caption(.class("hidden-text"), text: say("Invoices"))
            h.thead {
                h.tr {
                    h.th(.scope(.col), text: say("Invoice"))
                    h.th(.scope(.col), .class("narrow-hide"), text: say("Due on"))
                    h.th(.scope(.col), .class("num"), text: say("Asked for"))
                    h.th(.scope(.col), .class("num"), text: say("Open", context: "an amount"))
                    h.th(.scope(.col), text: say("State"))
                }
            }
            h.tbody { for line in account.invoices { invoiceRow(h, line) } }
        }
    }
}

private func invoiceRow(_ h: HTMLWriter, _ line: InvoiceList.Line) {
    let invoice = line.invoice
    h.tr(.data("row")) {
        h.th(.scope(.row)) {
            h.a(.href(ConsoleDues.invoice(invoice.number)), text: invoice.number)
            if invoice.isInvented {
                h.text(" ")
                h.madeUpTag()
            }
            h.span(.class("also"), text: say("Dues of \(plain: invoice.year)"))
        }
        h.td(.class("narrow-hide")) { h.time(.datetime(line.dueOn.description), text: line.dueOn.short) }
        h.td(.class("num"), text: line.balance.asked.words)
        h.td(.class("num"), text: line.balance.owed.words)
        h.td { h.invoiceStanding(line.state) }
    }
}

private func accountSection(_ h: HTMLWriter, _ room: Room, _ account: AccountOfMember.Answer, _ year: Int) {
    h.section(.aria(.labelledby, "account")) {
        h.h2(.id("account"), text: say("Account at the end of \(account.day, .long)"))
        h.form(.class("filters"), .action("\(memberAddress(account.memberKey, "dues"))#account"), .method(.get)) {
            h.hiddenField("year", String(year))
            h.div(.class("filter-grid four")) {
                h.filterBox("account-day", say("At the end of")) { id in
                    h.input(
                        .type(.date),
                        .id(id),
                        .name("on"),
                        .value(account.day.description),
                        .max(room.today.description)
                    )
                }
                h.button(.class("button"), .type(.submit), text: say("Show the account"))
            }
        }
        guard !account.lines.isEmpty else {
            return h.p(.class("quiet"), text: say("Nothing stands on the account by then."))
        }
        h.accountTable(
            room,
            account.lines.map { (entry: $0.entry, balance: Optional($0.balance)) },
            caption: say("Entries of the account up to \(account.day, .long)")
        )
        h.p(.class("note"), text: say("What raises what is owed is above zero, what lowers it below."))
    }
}

/// Years that were asked for and of which nothing is owed.
private func certificates(_ h: HTMLWriter, _ room: Room, _ account: AccountOfMember.Answer) {
    let asked = Set(account.invoices.filter(\.balance.asked.isPositive).map(\.invoice.year))
    let open = Set(account.invoices.filter(\.balance.owed.isPositive).map(\.invoice.year))
    let years = asked.subtracting(open).sorted(by: >)
    guard !years.isEmpty, room.may(.certifyDues) else { return }
    h.section(.aria(.labelledby, "certificates")) {
        h.h2(.id("certificates"), text: say("Certificates"))
        h.ul(.class("rows plain-rows")) {
            for year in years {
                h.li(.data("row")) {
                    h.div(text: say("Nothing is owed of the dues of \(plain: year)."))
                    h.div {
                        room.form(h, memberAddress(account.memberKey, "certificate"), .class("plain")) {
                            h.hiddenField("year", String(year))
                            h.button(.class("link-button"), .type(.submit)) {
                                h.text(say("Write a certificate"))
                                h.span(.class("hidden-text"), text: .verbatim(" \(year)"))
                            }
                        }
                    }
                }
            }
        }
    }
}
