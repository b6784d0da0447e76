import Charter
import HTML
import Languages
import Membership
import Web

/// The network in figures: charts counted from the roll, and each published figure beside the counted one.
struct FiguresPage: Sendable {
    let day: Day
    let total: Int
    let growth: GrowthChart
    let byRegion: BarChart
    /// Members that no report puts into a region.
    let withoutRegion: Int
    let byCategory: BarChart
    let findings: [Finding]

    static func load(_ context: SiteContext) async throws -> FiguresPage {
        let words = context.words
        let cube = try await context.directory.cube(words.day)
        let findings = try await context.directory.reconcile()
        let regions = words.regions.map { region in
            BarChart.Bar(
                name: words.region(region.key),
                value: cube.count(region: region.key),
                address: "/regions/\(region.key)",
                colour: "region-\(region.key)"
            )
        }
        let categories = words.categories.map { category in
            BarChart.Bar(
                name: words.categories(category.key),
                value: cube.count(category: category.key),
                address: MembersAddress().with { $0.category = category.key }.address()
            )
        }
        let total = cube.count()
        return FiguresPage(
            day: words.day,
            total: total,
            growth: try await GrowthChart.load(context, findings: findings),
            byRegion: BarChart(
                bars: regions.filter { $0.value > 0 }.sorted { $0.value > $1.value },
                unit: say("Members")
            ),
            withoutRegion: total - regions.reduce(0) { $0 + $1.value },
            byCategory: BarChart(
                bars: categories.filter { $0.value > 0 }.sorted { $0.value > $1.value },
                unit: say("Members")
            ),
            findings: findings
        )
    }

    func page(_ context: SiteContext) -> Page {
        let about = PageFrame(
            title: say("The network in figures"),
            description: say(
                "Growth, regions and categories of the membership, counted from the roll, beside the "
                    + "figures that the association published. \(AgreementCounts(findings).sentence)"
            ),
            path: "/figures",
            place: .figures
        )
        return frame(about, context) { h in
            h.div(.class("head")) {
                h.h1(say("The network in figures"))
                h.p(
                    .class("lede"),
                    text: say(
                        "Counted from the roll, beside what the association published. Where the two differ, both "
                            + "stand."
                    )
                )
            }
            h.section(.aria(.labelledby, "growth")) {
                h.h2(.id("growth"), text: say("Growth"))
                growthFigure(h)
            }
            h.div(.class("columns even")) { charts(h) }
            h.section(.aria(.labelledby, "reconciliation")) {
                h.h2(.id("reconciliation"), text: say("Published and counted"))
                h.p(.class("quiet"), text: AgreementCounts(findings).sentence)
                if !findings.isEmpty { h.reconciliation(findings, context.words) }
            }
            h.p { h.a(.href(DuesPlace.figures), text: say("Dues in figures")) }
        }
    }

    private func growthFigure(_ h: HTMLWriter) {
        h.figure(.class("chart-figure")) {
            h.figcaption(
                text: say(
                    "Members at the end of each year. The line is counted from the roll, the rings are published "
                        + "figures."
                )
            )
            h.growthChart(growth, height: 280)
            if let uncertainty = growth.uncertainty { h.p(.class("note"), text: uncertainty) }
        }
    }

    private func charts(_ h: HTMLWriter) {
        h.section(.aria(.labelledby, "by-region")) {
            h.h2(.id("by-region"), text: say("By region"))
            h.figure(.class("chart-figure")) {
                h.figcaption(text: say("Members on the roll of \(day, .long), by region."))
                h.barChart(byRegion)
                if withoutRegion > 0 {
                    h.p(
                        .class("note"),
                        text: say(
                            withoutRegion,
                            one: "Not drawn: \(withoutRegion) that no report puts into a region.",
                            other: "Not drawn: \(withoutRegion) that no report puts into a region."
                        )
                    )
                }
            }
        }
        h.section(.aria(.labelledby, "by-category")) {
            h.h2(.id("by-category"), text: say("By category"))
            h.figure(.class("chart-figure")) {
                h.figcaption(
                    text: say(
                        total,
                        one: "The \(total) member on the roll of \(day, .long).",
                        other: "All \(total) members on the roll of \(day, .long)."
                    )
                )
                h.barChart(byCategory)
            }
        }
    }
}

extension GrowthChart {
    /// The growth up to the last year of which the records tell anything: a line beyond it would claim that nothing
    /// happened.
    static func load(_ context: SiteContext, findings: [Finding]) async throws -> GrowthChart {
        let today = context.today()
        let latest = try await context.directory.changes(through: today, limit: 1).first
        let last = latest.flatMap { Day($0.latest)?.year } ?? today.year
        return GrowthChart(years: try await context.directory.growth(through: last), findings: findings)
    }
}

extension HTMLWriter {
    /// Each published figure with its source, what the records give, and why the two differ.
    fileprivate func reconciliation(_ findings: [Finding], _ words: Words) {
        table(.class("reconciliation")) {
            caption(.class("hidden-text"), text: say("Published figures beside those counted from the records, by day"))
            thead {
                tr {
                    th(.scope(.col), text: say("Figure and its source"))
                    th(.scope(.col), .class("num"), text: say("Published"))
                    th(.scope(.col), .class("num"), text: say("Counted"))
                    th(.scope(.col), .class("num")) {
                        span(.class("narrow-hide"), text: say("Difference"))
                        span(.class("only-narrow"), text: say("Differ", context: "heading of a narrow column"))
                    }
                    th(.scope(.col), .class("narrow-hide"), text: say("Why"))
                }
            }
            tbody {
                for finding in findings { reconciliationRow(finding, words) }
            }
        }
    }

    private func reconciliationRow(_ finding: Finding, _ words: Words) {
        tr {
            th(.scope(.row)) {
                a(.href("/figures/\(finding.statement)"), text: finding.title(words))
                span(.class("also"), text: finding.range.label)
                cited(finding.source, finding.locator)
                if finding.agreement != .agrees {
                    span(.class("also only-narrow")) { firstReason(finding) }
                }
            }
            td(.class("num"), text: finding.shortFigure(finding.published))
            td(.class("num"), text: finding.derived.map(finding.shortFigure) ?? .verbatim("–"))
            td(.class("num")) { difference(finding) }
            td(.class("narrow-hide quiet")) { firstReason(finding) }
        }
    }

    /// "none" where they agree, the signed difference where they do not.
    func difference(_ finding: Finding) {
        switch finding.agreement {
        case .agrees: span(.class("same"), text: say("none", context: "no difference"))
        case .underivable: text("–")
        case .explained, .unexplained: span(.class("off"), text: finding.signedDifference ?? .verbatim("–"))
        }
    }

    private func firstReason(_ finding: Finding) {
        if finding.agreement == .underivable {
            return text(finding.derivation.sentence)
        }
        guard !finding.agrees else { return }
        guard let first = finding.explanations.first else { return text(say("Unexplained.")) }
        explanation(first)
        let more = finding.explanations.count - 1
        if more > 0 {
            text(" ")
            a(.href("/figures/\(finding.statement)"), text: say(more, one: "\(more) more", other: "\(more) more"))
        }
    }

    /// Why a figure differs, with the member concerned.
    func explanation(_ explanation: Finding.Explanation) {
        guard let member = explanation.member else { return record(explanation.text) }
        sentence(
            say("\(part: 0): \(Phrase.record(explanation.text))"),
            { self.a(.href("/members/\(member)"), text: explanation.memberName ?? member) }
        )
    }
}
