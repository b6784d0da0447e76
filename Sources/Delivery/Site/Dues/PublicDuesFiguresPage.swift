import Charter
import Dues
import HTML
import Languages
import Membership
import Web

/// What was billed and what became of it, by year and region; how old what is open is; what the fees pay for.
struct PublicDuesFiguresPage: Sendable {
    let figures: DuesFigures
    /// The year that is shown by region; nil where no year is.
    let year: Int?
    /// What was approved of a year's fees, as reports print it.
    let approved: [Finding]

    static func load(year: Int?, _ context: SiteContext) async throws -> PublicDuesFiguresPage {
        let figures = try await context.database.duesFigures(on: context.today())
        let approved = try await context.directory.reconcile().filter {
            $0.subject == Subject.feesApproved.rawValue
        }
        return PublicDuesFiguresPage(figures: figures, year: year, approved: approved)
    }

    init(figures: DuesFigures, year: Int?, approved: [Finding]) {
        (self.figures, self.approved) = (figures, approved)
        self.year = year ?? figures.years.first?.year
    }

    func page(_ context: SiteContext) -> Page {
        let about = PageFrame(
            title: say("Dues in figures"),
            description: say(
                "What was billed, received, remitted and is open of the members' dues, by year and region, and how "
                    + "long it is past due."
            ),
            path: path,
            place: .figures
        )
        return frame(about, context) { h in
            h.trail([("/figures", say("Figures"))])
            h.div(.class("head")) {
                h.h1(say("Dues in figures"))
                h.p(
                    .class("lede"),
                    text: say(
                        "What all members were asked for and what became of it, as the accounts stand on "
                            + "\(figures.day, .long). No number shows what one or two members owe or paid."
                    )
                )
            }
            if figures.years.isEmpty, figures.open.isEmpty {
                h.div(.class("empty")) { h.p(nothing) }
            } else {
                years(h)
                byRegion(h, context.words)
                OpenDuesView(h: h, figures: figures).write()
            }
            uses(h, context.words)
            h.p { h.a(.href(DuesPlace.fees), text: say("What membership costs")) }
        }
    }

    /// The latest year is the page without a year.
    private var path: String {
        guard let year, year != figures.years.first?.year else { return DuesPlace.figures }
        return DuesPlace.figures(of: year)
    }

    private var nothing: Phrase {
        figures.leftOut.isEmpty
            ? say("No invoice is on record yet.")
            : say("Fewer than three members have an invoice, so any number would give theirs away.")
    }

    private func years(_ h: HTMLWriter) {
        h.section(.class("stack"), .aria(.labelledby, "years")) {
            h.h2(.id("years"), text: say("Year by year"))
            if !figures.years.isEmpty {
                let rows = figures.years.map { year in
                    DuesTable.Row(
                        name: .verbatim("\(year.year)"),
                        address: DuesPlace.figures(of: year.year) + "#regions",
                        isInvented: year.isInvented,
                        numbers: year.total
                    )
                }
                DuesTable(
                    caption: say("Dues of all members, by the year that they are for"),
                    heading: say("Year"),
                    rows: rows
                ).write(h)
            }
            if !figures.leftOut.isEmpty {
                let years = Phrase.list(figures.leftOut.map { .verbatim(String($0)) })
                h.p(
                    .class("note"),
                    text: say(
                        "Some numbers of these years are left out, because fewer than three members are behind them: "
                            + "\(years)."
                    )
                )
            }
        }
    }

    private func byRegion(_ h: HTMLWriter, _ words: Words) {
        guard let year else { return }
        h.section(.id("regions"), .class("stack"), .aria(.labelledby, "regions-title")) {
            h.h2(.id("regions-title"), text: say("By region, \(plain: year)"))
            let shown = figures.years.filter { $0.year == year }
            if shown.isEmpty { h.p(.class("quiet"), text: say("Nothing is shown of \(plain: year).")) }
            for dues in shown { regionTable(h, dues, words) }
        }
    }

    private func regionTable(_ h: HTMLWriter, _ dues: DuesOfYear, _ words: Words) {
        let order = words.regions.map(\.key)
        let places = Dictionary(zip(order, order.indices), uniquingKeysWith: { first, _ in first })
        let known = dues.regions.sorted {
            (places[$0.key] ?? order.count, $0.key) < (places[$1.key] ?? order.count, $1.key)
        }
        guard !known.isEmpty else {
            return h.p(
                .class("quiet"),
                text: say(
                    "Dues in \(dues.currency.code) are not shown by region: the numbers of every region, or those of "
                        + "all regions but one together, would show what one or two members owe or paid."
                )
            )
        }
        var rows = known.map { region in
            DuesTable.Row(
                name: .verbatim(words.region(region.key)),
                address: "/regions/\(region.key)",
                isInvented: dues.isInvented,
                numbers: region.numbers
            )
        }
        if let others = dues.others {
            rows.append(
                DuesTable.Row(name: say("Other regions"), isInvented: dues.isInvented, numbers: others)
            )
        }
        DuesTable(
            caption: say("Dues of \(plain: dues.year) in \(dues.currency.code), by the region of the member"),
            heading: say("Region"),
            rows: rows,
            total: DuesTable.Row(name: say("All"), isInvented: dues.isInvented, numbers: dues.total)
        ).write(h)
        if dues.others != nil {
            h.p(
                .class("note"),
                text: say(
                    "Other regions are those whose numbers would show what one or two members owe or paid, as many "
                        + "more as it takes to hide them, and members without a region."
                )
            )
        }
    }

    private func uses(_ h: HTMLWriter, _ words: Words) {
        h.section(.class("stack"), .aria(.labelledby, "uses")) {
            h.h2(.id("uses"), text: say("What the fees pay for"))
            if !approved.isEmpty {
                h.dl(.class("facts")) {
                    for finding in approved {
                        h.fact(finding.title(words)) {
                            h.a(.href("/figures/\(finding.statement)"), text: finding.figure(finding.published))
                            h.text(" ")
                            h.cited(finding.source, finding.locator)
                            if let note = finding.note { h.span(.class("also"), text: .record(note)) }
                        }
                    }
                }
            }
            h.p(say("What was spent, and on what, is in none of the reports on record."))
        }
    }
}
