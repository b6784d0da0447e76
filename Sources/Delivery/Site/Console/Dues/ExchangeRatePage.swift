import Access
import Charter
import Dues
import HTML
import HTTPTypes
import Hummingbird
import Languages
import Web

extension Site {
    /// What currencies were worth in each other, by day and source.
    static func addExchangeRates(to rooms: RoomRoutes) {
        rooms.get(ConsoleDues.rates, .may(.readPayments)) { try await ratesPage($0, .none) }
        rooms.post(ConsoleDues.rates, .may(.recordPayments)) { room in
            let form = room.form
            return try await room.trying {
                try await room.run(
                    SetExchangeRate(
                        from: form["from"],
                        to: form["to"],
                        day: form["day"],
                        rate: form["rate"],
                        source: form["source"]
                    )
                )
                return room.redirect(to: ConsoleDues.rates, notice: say("The rate is set."))
            } again: {
                try await ratesPage(room, $0)
            }
        }
    }
}

private func ratesPage(_ room: Room, _ trouble: FormSetback) async throws -> Response {
    let rates = try await room.ask(ExchangeRateList())
    return room.duesPage(.rates, status: trouble.status) { h in
        h.p(
            .class("lede"),
            text: say(
                "A payment in a currency other than its invoice's is converted at the rate of its day, or at the "
                    + "latest rate of the week before."
            )
        )
        h.trouble(trouble)
        if room.may(.recordPayments) { rateForm(h, room, trouble.problems) }
        rateTable(h, rates)
    }
}

private func rateForm(_ h: HTMLWriter, _ room: Room, _ problems: FormProblems) {
    let form = room.form
    h.section(.aria(.labelledby, "set")) {
        h.h2(.id("set"), text: say("Set a rate"))
        room.form(h, ConsoleDues.rates) {
            h.div(.class("field-pair")) {
                h.currencyField("from", form["from"], problems, label: say("Currency of one unit"))
                let to = form.optional("to") ?? room.feeCurrency
                h.currencyField("to", to, problems, label: say("Currency of the rate"))
            }
            h.div(.class("field-pair")) {
                h.textField(
                    "rate",
                    label: say("Rate"),
                    value: form["rate"],
                    help: say("Digits with a point, just as the source prints them."),
                    problems: problems,
                    .inputmode(.decimal),
                    .autocomplete("off")
                )
                h.textField(
                    "day",
                    label: say("Day"),
                    value: form.optional("day") ?? room.today.description,
                    type: .date,
                    problems: problems,
                    .max(room.today.description)
                )
            }
            h.textField(
                "source",
                label: say("Source"),
                value: form["source"],
                help: say("Where the rate was read, such as a central bank."),
                problems: problems,
                .maxlength(200)
            )
            h.div(.class("form-end")) {
                h.button(.class("button primary"), .type(.submit), text: say("Set the rate"))
            }
        }
        h.p(
            .class("note"),
            text: say("Set again for the same day, it is corrected; what was booked by it stays as it was booked.")
        )
    }
}

private func rateTable(_ h: HTMLWriter, _ rates: [ExchangeRate]) {
    h.section(.aria(.labelledby, "rates")) {
        h.h2(.id("rates"), text: say("Rates on record"))
        guard !rates.isEmpty else {
            return h.p(.class("quiet"), text: say("There is none."))
        }
        h.table(.class("dense")) {
            h.caption(.class("hidden-text"), text: say("Rates of exchange, the latest day first"))
            h.thead {
                h.tr {
                    h.th(.scope(.col), text: say("Day", context: "a column"))
                    h.th(.scope(.col), text: say("From and to", context: "two currencies"))
                    h.th(.scope(.col), .class("num"), text: say("Rate"))
                    h.th(.scope(.col), .class("narrow-hide"), text: say("Source"))
                }
            }
            h.tbody {
                for rate in rates {
                    h.tr {
                        h.td { h.time(.datetime(rate.day.description), text: rate.day.short) }
                        h.th(.scope(.row), text: "\(rate.from.code) → \(rate.to.code)")
                        h.td(.class("num"), text: rate.text)
                        h.td(.class("narrow-hide")) { h.record(rate.source) }
                    }
                }
            }
        }
    }
}
