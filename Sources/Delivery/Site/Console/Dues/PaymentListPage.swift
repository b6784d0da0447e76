import Access
import Charter
import Dues
import HTML
import Hummingbird
import Languages
import Membership
import Web

/// What the list of payments asks for, as its address says it.
struct PaymentListAddress: Sendable, Equatable {
    /// The key of one member.
    var member: String?
    /// A name of a member, as somebody typed it.
    var search: String?
    var from: Day?
    var to: Day?
    var page = 1

    init(member: String? = nil) { self.member = member }

    init(_ query: QueryParameters) throws(RequestProblem) {
        member = try query.string("member")
        search = try query.string("q")
        from = try query.day("from").flatMap { Day($0) }
        to = try query.day("to").flatMap { Day($0) }
        page = try query.int("page", in: 1...100_000, default: 1)
    }

    func with(_ change: (inout PaymentListAddress) -> Void) -> String {
        var changed = self
        change(&changed)
        return changed.text
    }

    var text: String {
        let parts: [String?] = [
            member.map { "member=\(queryEscaped($0))" }, search.map { "q=\(queryEscaped($0))" },
            from.map { "from=\($0)" }, to.map { "to=\($0)" }, page == 1 ? nil : "page=\(page)",
        ]
        let query = parts.compactMap(\.self).joined(separator: "&")
        return ConsoleDues.payments + (query.isEmpty ? "" : "?" + query)
    }
}

extension Site {
    /// Money that came in, was paid back or was used of a member's credit.
    static func addPayments(to rooms: RoomRoutes) {
        rooms.get(ConsoleDues.payments, .may(.readPayments)) { room in
            let address = try PaymentListAddress(room.query())
            guard let search = address.search else { return try await paymentList(room, address, members: []) }
            let members = try await room.ask(FindAnything(search, day: room.today)).members
            let called = members.filter { $0.name.lowercased() == search.lowercased() }
            let meant = called.count == 1 ? called : members
            guard meant.count == 1, let member = meant.first else {
                return try await paymentList(room, address, members: members)
            }
            return room.redirect(to: address.with { ($0.member, $0.search, $0.page) = (member.key, nil, 1) })
        }
        addPaymentEntry(to: rooms)
        addRefunds(to: rooms)
        addOnePayment(to: rooms)
        addExchangeRates(to: rooms)
    }

    private static func paymentList(
        _ room: Room,
        _ address: PaymentListAddress,
        members: [RollRow]
    ) async throws -> Response {
        let found = try await room.ask(
            PaymentList(member: address.member, from: address.from, to: address.to, page: address.page)
        )
        return room.duesPage(.payments) { h in
            if room.may(.recordPayments) {
                h.div(.class("actions")) {
                    h.a(.class("button primary"), .href(ConsoleDues.newPayment), text: say("Enter a payment"))
                    h.a(.class("button"), .href(ConsoleDues.refund), text: say("Record a refund"))
                    h.a(.href(ConsoleDues.newStatement), text: say("Bring in a bank's statement"))
                }
            }
            filters(h, address)
            if address.search != nil {
                candidates(h, address, members)
            } else {
                rows(h, found)
                let size = PaymentList.pageSize
                h.pages(PageSpan(page: address.page, size: size, total: found.total, isOpen: false)) { page in
                    address.with { $0.page = page }
                }
            }
        }
    }
}

private func filters(_ h: HTMLWriter, _ address: PaymentListAddress) {
    h.form(.class("filters"), .action(ConsoleDues.payments), .method(.get), .role(.search)) {
        h.div(.class("filter-grid four")) {
            h.filterBox("payment-search", say("Member")) { id in
                h.input(
                    .type(.search),
                    .id(id),
                    .name("q"),
                    .value(address.search ?? address.member ?? ""),
                    .autocomplete("off"),
                    .spellcheck(false)
                )
            }
            h.filterBox("payment-from", say("From")) { id in
                h.input(.type(.date), .id(id), .name("from"), .value(address.from?.description ?? ""))
            }
            h.filterBox("payment-to", say("To", context: "a span of days")) { id in
                h.input(.type(.date), .id(id), .name("to"), .value(address.to?.description ?? ""))
            }
            h.button(.class("button"), .type(.submit), text: say("Show"))
        }
    }
}

private func candidates(_ h: HTMLWriter, _ address: PaymentListAddress, _ members: [RollRow]) {
    guard !members.isEmpty else {
        return h.div(.class("empty")) {
            h.h2(say("Nobody is called that"))
            h.p(say("Names are found from their beginning, in any script, also with one slip."))
        }
    }
    h.p(.class("quiet"), text: say("Several members are called so. Choose one:", context: "what was searched for"))
    h.ul(.class("rows plain-rows")) {
        for member in members {
            h.li(.data("row")) {
                h.div {
                    let own = address.with { ($0.member, $0.search, $0.page) = (member.key, nil, 1) }
                    h.a(.href(own), text: member.name)
                }
                h.div()
            }
        }
    }
}

private func rows(_ h: HTMLWriter, _ found: PaymentList.Answer) {
    guard !found.payments.isEmpty else {
        return h.div(.class("empty")) {
            h.h2(say("No payment is on record"))
            h.p(say("Enter one by hand, or bring in a bank's statement: what is sure is booked by itself."))
        }
    }
    h.ul(.class("rows dated told")) {
        for payment in found.payments {
            h.li(.data("row")) {
                h.div {
                    h.a(.href(ConsoleDues.payment(payment.id)), text: payment.words)
                    if payment.isInvented {
                        h.text(" ")
                        h.madeUpTag()
                    }
                    h.span(.class("also"), text: paymentFor(payment))
                    if payment.undone != nil {
                        h.span(.class("also off"), text: say("undone", context: "a payment"))
                    }
                }
                h.div(.class("who"), text: payment.method.words)
                h.div(.class("age")) {
                    h.time(.datetime(payment.receivedOn.description), text: payment.receivedOn.short)
                }
                h.div(.class("next"))
            }
        }
    }
}

/// For whom and what it is: "Visby, invoice 2024-0001 · Reykjavík, kept as its credit balance".
func paymentFor(_ payment: Payment) -> Phrase {
    let shares = payment.shares.map { share in
        share.invoiceNumber.map {
            say("\(share.memberName), invoice \($0)", context: "for whom a payment is")
        } ?? say("\(share.memberName), kept as its credit balance", context: "for whom a payment is")
    }
    return .joined(shares, by: " · ")
}
