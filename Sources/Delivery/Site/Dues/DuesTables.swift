import Charter
import Dues
import HTML
import Languages

/// Dues as a table: a row for a year or a region.
struct DuesTable {
    struct Row {
        let name: Phrase
        var address: String?
        let isInvented: Bool
        let numbers: DuesNumbers
    }

    let caption: Phrase
    let heading: Phrase
    let rows: [Row]
    var total: Row?

    func write(_ h: HTMLWriter) {
        h.table {
            h.caption(caption)
            h.thead {
                h.tr {
                    h.th(.scope(.col), text: heading)
                    h.th(.scope(.col), .class("num quiet-column"), text: say("Members billed"))
                    h.th(.scope(.col), .class("num narrow-hide"), text: say("Billed"))
                    h.th(.scope(.col), .class("num narrow-hide"), text: say("Received"))
                    h.th(.scope(.col), .class("num narrow-hide"), text: say("Remitted"))
                    h.th(.scope(.col), .class("num"), text: say("Open", context: "an amount"))
                }
            }
            h.tbody { for row in rows { line(h, row) } }
            if let total { h.tfoot { line(h, total) } }
        }
    }

    private func line(_ h: HTMLWriter, _ row: Row) {
        let numbers = row.numbers
        h.tr {
            h.th(.scope(.row)) {
                if let address = row.address { h.a(.href(address), text: row.name) } else { h.text(row.name) }
                if row.isInvented {
                    h.text(" ")
                    h.madeUpTag()
                }
                h.span(.class("also only-narrow"), text: say("Billed: \(numbers.billed)"))
            }
            h.td(.class("num quiet-column"), text: .number(numbers.members))
            h.td(.class("num narrow-hide"), text: numbers.billed.words)
            if let received = numbers.received, let remitted = numbers.remitted {
                h.td(.class("num narrow-hide"), text: received.words)
                h.td(.class("num narrow-hide"), text: remitted.words)
            } else {
                h.td(.class("num narrow-hide"), .colspan(2)) {
                    h.text(numbers.settled?.words ?? .verbatim("–"))
                    h.span(
                        .class("also"),
                        text: numbers.settled == nil
                            ? say("not shown: fewer than three members") : say("received or remitted")
                    )
                }
            }
            h.td(.class("num"), text: numbers.open?.words ?? .verbatim("–"))
        }
    }
}

/// How long what is open is past due, as a table with its picture.
struct OpenDuesView {
    let h: HTMLWriter
    let figures: DuesFigures

    func write() {
        h.section(.class("stack"), .aria(.labelledby, "open")) {
            h.h2(.id("open"), text: say("What is open, by how long it is past due"))
            if figures.open.isEmpty { h.p(say("Nothing is open.")) }
            for dues in figures.open { part(dues) }
        }
    }

    private func part(_ dues: OpenDues) {
        guard let total = dues.total, !dues.rows.isEmpty else {
            return h.p(
                .class("quiet"),
                text: say(
                    "What is open in \(dues.currency.code) is not shown: it would give away what one or two members "
                        + "owe or paid."
                )
            )
        }
        h.figure(.class("chart-figure")) {
            h.figcaption {
                h.text(say("Open on \(figures.day, .long), in \(dues.currency.code), by how long it is past due."))
                if dues.isInvented {
                    h.text(" ")
                    h.madeUpTag()
                }
            }
            h.barPicture(chart(dues))
            table(dues, total)
        }
    }

    private func chart(_ dues: OpenDues) -> BarChart {
        BarChart(
            bars: dues.rows.map { row in
                BarChart.Bar(
                    name: h.speech.text(row.age.words),
                    value: row.amount.minor / dues.currency.minorInWhole,
                    address: nil,
                    words: row.amount.words
                )
            },
            unit: say("Open", context: "an amount")
        )
    }

    private func table(_ dues: OpenDues, _ total: Money) {
        h.table {
            h.caption(.class("hidden-text"), text: say("What is open in \(dues.currency.code)"))
            h.thead {
                h.tr {
                    h.th(.scope(.col), text: say("Past due"))
                    h.th(.scope(.col), .class("num narrow-hide"), text: say("Invoices or instalments"))
                    h.th(.scope(.col), .class("num"), text: say("Open", context: "an amount"))
                }
            }
            h.tbody {
                for row in dues.rows { line(row.age.words, row.invoices, row.amount, dues.isInvented) }
            }
            h.tfoot {
                line(say("All"), dues.rows.reduce(0) { $0 + $1.invoices }, total, dues.isInvented)
            }
        }
    }

    private func line(_ name: Phrase, _ invoices: Int, _ amount: Money, _ isInvented: Bool) {
        h.tr {
            h.th(.scope(.row)) {
                h.text(name)
                if isInvented {
                    h.text(" ")
                    h.madeUpTag()
                }
            }
            h.td(.class("num narrow-hide"), text: .number(invoices))
            h.td(.class("num"), text: amount.words)
        }
    }
}

extension OpenDues.Age {
    /// "31 to 90 days"
    var words: Phrase {
        switch (from, to) {
        case (0, 0?): say("not yet due")
        case (0, nil): say("not yet due, or past due")
        case (0, let to?): say("not yet due, or up to \(to) days past due")
        case (366, nil): say("more than a year")
        case (let from, nil): say("\(from) days and more")
        case (let from, let to?): say("\(from) to \(to) days")
        }
    }
}
