import Access
import Charter
import Dues
import HTML
import HTTPTypes
import Hummingbird
import Languages
import Web

/// Money that was paid back out of a member's credit.
private struct RefundEntry: Sendable {
    let member: String
    let currency: String
    let amount: String
    let paidOn: String
    /// The line of a bank's statement that it is; empty for none.
    let line: String
    let grounds: String

    init(_ form: FormValues) {
        (member, currency, amount) = (form["member"], form["currency"], form["amount"])
        (paidOn, line, grounds) = (form["paid_on"], form["line"], form.exact("grounds"))
    }

    init(_ room: Room) throws {
        let query = try room.query()
        member = try query.string("member") ?? ""
        currency = try query.string("currency") ?? room.feeCurrency
        amount = try query.string("amount") ?? ""
        paidOn = try query.day("on") ?? room.today.description
        line = try query.string("line") ?? ""
        grounds = ""
    }

    var command: RefundPayment {
        RefundPayment(
            member: member,
            currency: currency,
            amount: amount,
            paidOn: paidOn,
            line: line.isEmpty ? nil : line,
            grounds: grounds
        )
    }
}

extension Site {
    static func addRefunds(to rooms: RoomRoutes) {
        rooms.get(ConsoleDues.refund, .may(.recordPayments)) { room in
            refundPage(room, try RefundEntry(room), .none)
        }
        rooms.post(ConsoleDues.refund, .may(.recordPayments)) { room in
            let entry = RefundEntry(room.form)
            return try await room.trying {
                let id = try await room.run(entry.command)
                return room.redirect(to: ConsoleDues.payment(id), notice: say("The refund is recorded."))
            } again: {
                refundPage(room, entry, $0)
            }
        }
    }
}

private func refundPage(_ room: Room, _ entry: RefundEntry, _ trouble: FormSetback) -> Response {
    let problems = trouble.problems
    return room.page(DuesTab.payments.page(say("Record a refund")), status: trouble.status) { h in
        h.p(
            .class("lede"),
            text: say(
                "Money that the bank paid back to a member, out of its credit balance. Here it is only recorded."
            )
        )
        h.trouble(trouble)
        room.form(h, ConsoleDues.refund) {
            h.hiddenField("line", entry.line)
            h.textField(
                "member",
                label: say("Member"),
                value: entry.member,
                help: say("Any of its names."),
                problems: problems,
                .autocomplete("off")
            )
            h.div(.class("field-pair")) {
                h.textField(
                    "amount",
                    label: say("Amount"),
                    value: entry.amount,
                    help: say("Digits with a point before decimals."),
                    problems: problems,
                    .inputmode(.decimal),
                    .autocomplete("off")
                )
                h.currencyField("currency", entry.currency, problems)
            }
            h.textField(
                "paid_on",
                label: say("Paid on"),
                value: entry.paidOn,
                type: .date,
                help: entry.line.isEmpty ? nil : say("It is the line of the bank's statement that you came from."),
                problems: problems,
                .max(room.today.description)
            )
            groundsField(h, entry.grounds, problems)
            h.div(.class("form-end")) {
                h.button(.class("button primary"), .type(.submit), text: say("Record the refund"))
                h.a(.class("button"), .href(ConsoleDues.payments), text: say("Cancel"))
            }
        }
    }
}
