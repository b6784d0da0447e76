import Charter
import HTML
import Languages
import Membership
import Web

/// One published figure: the statement, how the records count it, and the rows that were counted.
struct FigurePage: Sendable {
    let finding: Finding
    /// The title of the report that published it.
    let report: String?
    /// The members counted, as they stood on the figure's day, by name.
    let rows: [RollRow]
    /// Counted, but on no list of that day: they left before, or never stood on the roll.
    let others: [(key: String, name: String)]

    static func load(_ statement: String, _ context: SiteContext) async throws -> FigurePage? {
        guard let finding = try await context.directory.reconcile().first(where: { $0.statement == statement }) else {
            return nil
        }
        let (rows, others) = try await counted(finding, context)
        let report = try await context.directory.sources().first { $0.code == finding.source }?.title
        return FigurePage(finding: finding, report: report, rows: rows, others: others)
    }

    /// Lists are read in parts until all that were counted are found, so that a small figure stays cheap.
    private static func counted(
        _ finding: Finding,
        _ context: SiteContext
    ) async throws -> (rows: [RollRow], others: [(key: String, name: String)]) {
        guard !finding.members.isEmpty, let day = Day(finding.through) else { return ([], []) }
        var missing = Set(finding.members)
        var rows: [RollRow] = []
        let filter = RollFilter(day: day, category: finding.category, region: finding.region, standing: .any)
        let first = try await context.directory.list(filter, page: 1, size: 2_000)
        for row in first.rows where missing.remove(row.key) != nil { rows.append(row) }
        var others: [(key: String, name: String)] = []
        for key in finding.members where missing.contains(key) {
            if let member = try await context.directory.member(key: key) { others.append((key, member.name)) }
        }
        return (rows, others)
    }

    func page(_ context: SiteContext) -> Page {
        let words = context.words
        let title = finding.title(words)
        let about = PageFrame(
            title: title,
            description: say("\(title), \(finding.range.phrase). \(finding.sentence)"),
            path: "/figures/\(finding.statement)",
            place: .figures
        )
        return frame(about, context) { h in
            h.trail([("/figures", say("Figures"))])
            h.div(.class("head")) {
                h.h1(title)
                h.p(.class("lede"), text: finding.sentence)
            }
            figures(h)
            statement(h)
            whyTheyDiffer(h, words)
            if !finding.members.isEmpty { countedRows(h, words, context.countries) }
        }
    }

    private func figures(_ h: HTMLWriter) {
        h.ul(.class("figures")) {
            h.li {
                h.span {
                    h.b(finding.figure(finding.published))
                    h.sentence(say("published \(part: 0)"), { h.cited(finding.source, finding.locator) })
                }
            }
            h.li {
                h.span {
                    h.b(finding.derived.map(finding.figure) ?? .verbatim("–"))
                    h.text(
                        finding.derived == nil
                            ? say("not to be had from the records") : say("counted from the records")
                    )
                }
            }
            if finding.derived != nil, !finding.agrees {
                h.li {
                    h.span {
                        h.b(.class("off"), text: finding.signedDifference ?? .verbatim("–"))
                        h.text(say("difference"))
                    }
                }
            }
        }
    }

    private func statement(_ h: HTMLWriter) {
        h.section(.aria(.labelledby, "statement")) {
            h.h2(.id("statement"), text: say("The statement and the count"))
            h.dl(.class("facts")) {
                h.fact(say("Published as")) {
                    h.text(publishedAs)
                }
                h.fact(say("About")) { h.when(finding.range) }
                h.fact(say("Source")) {
                    if let report { h.span(.class("also"), text: .record(report)) }
                    h.cited(finding.source, finding.locator)
                }
                h.fact(say("Counted as")) { h.text(finding.derivation.sentence) }
                if let note = finding.note { h.fact(say("Note")) { h.record(note) } }
            }
        }
    }

    /// "Corporations of 2021: 34 members".
    private var publishedAs: Phrase {
        say("\(Phrase.record(finding.text)): \(finding.measured)")
    }

    private func whyTheyDiffer(_ h: HTMLWriter, _ words: Words) {
        guard !finding.agrees, finding.derived != nil || !finding.explanations.isEmpty else { return }
        let heading = finding.derived == nil ? say("Why it cannot be counted") : say("Why they differ")
        h.section(.class("differs"), .aria(.labelledby, "why")) {
            h.h3(.id("why"), text: heading)
            if let notNamed = finding.notNamed(words) {
                h.p(text: say("\(notNamed) No member is invented to fill the sum."))
            }
            if finding.explanations.isEmpty { h.p(text: say("Nothing in the reports explains it.")) }
            for explanation in finding.explanations { h.p { h.explanation(explanation) } }
        }
    }

    private func countedRows(_ h: HTMLWriter, _ words: Words, _ countries: Countries) {
        let count = finding.members.count
        h.section(.aria(.labelledby, "rows")) {
            h.h2(.id("rows"), text: say(count, one: "The row behind it", other: "The \(count) rows behind it"))
            if !rows.isEmpty {
                let day = Day(finding.through)?.long ?? .verbatim(finding.through)
                rollTable(
                    h,
                    rows,
                    RollTable(
                        caption: say("Members counted, as on \(day), by name"),
                        words: words,
                        countries: countries
                    )
                )
            }
            if !others.isEmpty {
                h.p { h.sentence(say("Also counted: \(part: 0)"), { otherMembers(h) }) }
            }
        }
    }

    private func otherMembers(_ h: HTMLWriter) {
        for (index, other) in others.enumerated() {
            if index > 0 { h.text(", ") }
            h.a(.href("/members/\(other.key)"), text: other.name)
        }
    }
}
