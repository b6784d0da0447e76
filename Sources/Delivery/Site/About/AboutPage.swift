import HTML
import Languages
import Membership
import Web

/// Where the facts come from, how to read what no report tells exactly, and where reports contradict each other.
struct AboutPage: Sendable {
    let sources: [RecordSource]
    let contradictions: [MemberProfile.Contradiction]
    /// Names of the members that contradictions are about, by key.
    let names: [String: String]
    let counts: AgreementCounts

    static func load(_ context: SiteContext) async throws -> AboutPage {
        let contradictions = try await context.directory.contradictions()
        var names: [String: String] = [:]
        for key in Set(contradictions.compactMap(\.memberKey)) {
            names[key] = try await context.directory.member(key: key)?.name
        }
        return AboutPage(
            sources: try await context.directory.sources(),
            contradictions: contradictions,
            names: names,
            counts: AgreementCounts(try await context.directory.reconcile())
        )
    }

    func page(_ context: SiteContext) -> Page {
        let about = PageFrame(
            title: say("About these figures"),
            description: say(
                "Where each fact comes from, how to read dates that no report gives, and where the reports "
                    + "contradict each other."
            ),
            path: "/about"
        )
        return frame(about, context) { h in
            h.div(.class("prose")) {
                h.h1(say("About these figures"))
                h.p(
                    .class("lede"),
                    text: say(
                        "Everything here is transcribed from published reports, each fact with its source, or computed "
                            + "from those facts."
                    )
                )
                sourceTable(h)
                dates(h)
                figures(h)
                h.h2(.id("contradictions"), text: say("Where reports contradict each other"))
                h.p(
                    text: say(
                        "Both readings stand, each with its source. A record is never bent to make a sum fit, and no "
                            + "member is invented to fill one."
                    )
                )
            }
            contradictionList(h)
            h.div(.class("prose")) { licences(h) }
        }
    }

    private func sourceTable(_ h: HTMLWriter) {
        h.h2(.id("sources"), text: say("Sources"))
        guard !sources.isEmpty else { return h.p(say("No records have been loaded yet.")) }
        h.table {
            h.caption(.class("hidden-text"), text: say("Sources by the code under which facts cite them"))
            h.thead {
                h.tr {
                    h.th(.scope(.col), text: say("Cited as"))
                    h.th(.scope(.col), text: say("Document"))
                    h.th(.scope(.col), .class("num"), text: say("Year"))
                }
            }
            h.tbody {
                for source in sources {
                    h.tr {
                        h.th(.scope(.row), .id("source-\(source.code.lowercased())"), text: source.code)
                        h.td {
                            h.text(source.titleWords)
                            if let note = source.noteWords { h.span(.class("also"), text: note) }
                            if let licence = source.licence {
                                h.span(.class("also"), text: say("Terms: \(Phrase.record(licence))"))
                            }
                        }
                        h.td(.class("num"), text: source.published.map { String($0.prefix(4)) } ?? "–")
                    }
                }
            }
        }
    }

    private func dates(_ h: HTMLWriter) {
        h.h2(.id("dates"), text: say("Dates that no report gives"))
        h.p(
            text: say(
                "Many reports say that a city is a member and not since when. Such a date is kept as two days that "
                    + "bound it, and shown so:"
            )
        )
        let day = DayRange("2023-09-26", "2023-09-26").label
        let year = DayRange("2022-01-01", "2022-12-31").label
        let month = DayRange("2020-11-01", "2020-11-30").label
        let years = DayRange("2010-01-01", "2020-12-31").label
        let end = DayRange(nil, "2020-12-31").label
        h.ul {
            h.li(say("“\(day)” is a day that a source prints."))
            h.li(say("“\(year)” is known to the year, “\(month)” to the month."))
            h.li(say("“\(years)” is some day between the two: no source tells which."))
            h.li(say("“\(end)” has no known beginning: only that it was so on that day."))
        }
        h.p(
            text: say(
                "The roll of a day counts a member from the first day on which it surely was one, and until the last "
                    + "day by which it surely had left. So the roll of an early year may be too low; the chart of "
                    + "growth says by how many."
            )
        )
    }

    private func figures(_ h: HTMLWriter) {
        h.h2(.id("figures"), text: say("Published figures"))
        h.p {
            h.sentence(
                say(
                    "Every figure that a report prints is kept as printed and counted again from the records. "
                        + "\(counts.sentence) \(part: 0)"
                ),
                { h.a(.href("/figures#reconciliation"), text: say("All of them, side by side")) }
            )
        }
        h.p(
            text: say(
                "Members that a report counts and does not name are not in the roll: they are shown as “not named” "
                    + "beside the figure."
            )
        )
    }

    private func contradictionList(_ h: HTMLWriter) {
        guard !contradictions.isEmpty else { return h.p(.class("quiet"), text: say("None is recorded.")) }
        h.table {
            h.caption(.class("hidden-text"), text: say("Contradictions between reports"))
            h.thead {
                h.tr {
                    h.th(.scope(.col), text: say("About"))
                    h.th(.scope(.col), text: say("One reading"))
                    h.th(.scope(.col), text: say("The other"))
                    h.th(.scope(.col), .class("narrow-hide"), text: say("What is taken"))
                }
            }
            for contradiction in contradictions {
                h.tbody(.class("differs")) { h.tr { row(contradiction, h) } }
            }
        }
    }

    private func row(_ contradiction: MemberProfile.Contradiction, _ h: HTMLWriter) {
        h.th(.scope(.row)) {
            if let key = contradiction.memberKey {
                h.a(.href("/members/\(key)"), text: names[key] ?? key)
                h.span(.class("also"), text: .record(contradiction.topic))
            } else {
                h.record(capitalisedFirst(contradiction.topic))
            }
            if let note = contradiction.note { h.span(.class("also only-narrow"), text: .record(note)) }
        }
        h.td {
            h.record(contradiction.readingA)
            h.text(" ")
            h.cited(contradiction.sourceA)
        }
        h.td {
            h.record(contradiction.readingB)
            h.text(" ")
            h.cited(contradiction.sourceB)
        }
        h.td(.class("narrow-hide quiet"), text: contradiction.note.map { Phrase.record($0) } ?? say("Both stand."))
    }

    private func licences(_ h: HTMLWriter) {
        h.h2(.id("map"), text: say("The map"))
        h.p(
            text: say(
                "Outlines are simplified and drawn for orientation. Borders are not authoritative, and where they are "
                    + "disputed the map takes no side. The projection is Equal Earth, in which areas keep their true "
                    + "proportion."
            )
        )
        h.h2(.id("licences"), text: say("Licences and credits"))
        h.ul {
            h.li {
                h.sentence(
                    say("Outlines: \(part: 0), public domain."),
                    { h.a(.href("https://www.naturalearthdata.com/"), text: "Natural Earth") }
                )
            }
            h.li {
                h.sentence(
                    say("City coordinates and some names in other scripts: \(part: 0), \(part: 1)."),
                    { h.a(.href("https://www.geonames.org/"), text: "GeoNames") },
                    { h.a(.href("https://creativecommons.org/licenses/by/4.0/"), text: "CC BY 4.0") }
                )
            }
            h.li(say("Country names: Unicode CLDR, under the Unicode licence."))
            h.li(say("Facts from the association’s reports; their texts are not reproduced."))
        }
    }
}
