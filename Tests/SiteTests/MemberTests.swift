import Charter
import DatabaseTesting
import HTML
import Languages
import NIOCore
import Testing

@testable import Membership
@testable import Site

@Suite struct MemberTests {
    private func strip(_ events: [MemberProfile.StatusEvent]) -> StatusStrip {
        StatusStrip(events, firstYear: 2000, today: Ports.today, words: Ports.words)
    }

    private func bar(
        _ status: String,
        _ from: String,
        _ to: String,
        _ thickness: StatusStrip.Thickness
    ) -> StatusStrip.Segment {
        StatusStrip.Segment(status: status, from: Ports.day(from), to: Ports.day(to), thickness: thickness)
    }

    @Test func `the strip is full in good standing, half with less, and a hair off the roll`() {
        let strip = strip([
            .init("moored", "2001-01-01", "2001-01-01"), .init("adrift", "2010-01-01", "2010-01-01"),
            .init("sunk", "2020-01-01", "2020-01-01"),
        ])
        #expect(
            strip.segments == [
                bar("moored", "2001-01-01", "2010-01-01", .full), bar("adrift", "2010-01-01", "2020-01-01", .half),
                bar("sunk", "2020-01-01", "2024-06-01", .hair),
            ]
        )
        #expect(strip.statuses == ["moored", "adrift", "sunk"])
        #expect(!strip.hasUnsure)
    }

    @Test func `the time in which a step may have fallen is a thin bar`() {
        let strip = strip([.init("moored", "2001-01-01", "2002-12-31"), .init("sunk", "2020-03-01", "2020-09-01")])
        #expect(
            strip.segments == [
                bar("moored", "2001-01-01", "2002-12-31", .unsure), bar("moored", "2002-12-31", "2020-03-01", .full),
                bar("moored", "2020-03-01", "2020-09-01", .unsure), bar("sunk", "2020-09-01", "2024-06-01", .hair),
            ]
        )
    }

    @Test func `steps that are still to come, or at one day, leave no bar`() {
        #expect(strip([.init("moored", "2030-01-01", "2030-01-01")]).segments.isEmpty)
        #expect(strip([.init("moored", "no day", "no day")]).segments.isEmpty)
        #expect(strip([]).segments.isEmpty)
        let twice = strip([.init("moored", "2001-01-01", "2001-01-01"), .init("adrift", "2001-01-01", "2001-01-01")])
        #expect(twice.segments == [bar("adrift", "2001-01-01", "2024-06-01", .half)])
    }

    @Test func `the strip ends with the present year, and days lie in it in proportion`() {
        let strip = StatusStrip([], firstYear: 2001, today: Ports.today, words: Ports.words)
        #expect([strip.firstYear, strip.middleYear, strip.lastYear] == [2001, 2013, 2025])
        #expect(strip.position(Ports.day("2001-01-01")) == 0)
        #expect(strip.position(Ports.day("2013-01-01")) == 50)
        #expect(strip.position(Ports.day("2025-01-01")) == 100)
        #expect(strip.position(Ports.day("1990-01-01")) == 0)
        #expect(strip.position(Ports.day("2030-01-01")) == 100)
        let early = StatusStrip(
            [.init("moored", "1995-01-01", "1995-01-01")],
            firstYear: 2000,
            today: Ports.today,
            words: Ports.words
        )
        #expect([early.firstYear, early.middleYear, early.lastYear] == [1995, 2010, 2025])
        #expect(self.strip([]).middleYear == nil)
    }

    @Test func `the strip is told in words`() {
        let events = [
            MemberProfile.StatusEvent("moored", "2001-01-01", "2002-12-31"), .init("sunk", "2020-01-01", "2020-12-31"),
        ]
        #expect(
            strip(events).sentence(events, Ports.words).english
                == "Standing through the years: Moored from 2001 to 2002; Sunk from 2020"
        )
    }

    private func page(_ events: [MemberProfile.StatusEvent]) -> MemberPage {
        var profile = MemberProfile.port("koeln", "Köln")
        profile.statuses = events
        return MemberPage(
            profile: profile,
            today: Ports.today,
            words: Ports.words,
            charter: Ports.charter,
            countries: Ports.countries,
            nearest: [],
            similar: []
        )
    }

    @Test func `a member's standing is one honest sentence`() {
        #expect(standingSentence(page([])).english == "Port in Germany. No day of joining is on record.")
        #expect(
            standingSentence(page([.init("moored", "2001-05-02", "2001-05-02")])).english
                == "Port in Germany, a member since 2 May 2001."
        )
        #expect(
            standingSentence(page([.init("moored", "2001-01-01", "2005-12-31")])).english
                == "Port in Germany, a member since a day between 2001 and 2005."
        )
        #expect(
            standingSentence(
                page([.init("moored", "2001-01-01", "2001-12-31"), .init("adrift", "2020-03-01", "2020-03-01")])
            ).english
                == "Port in Germany, a member since 2001, now adrift."
        )
        #expect(
            standingSentence(
                page([.init("moored", "2001-01-01", "2001-12-31"), .init("sunk", "2019-10-19", "2023-09-26")])
            ).english
                == "Port in Germany, no longer a member: sunk between 19 Oct 2019 and 26 Sept 2023."
        )
    }

    @Test func `a membership that began again counts from its last beginning`() {
        let page = page([
            .init("moored", "2001-01-01", "2001-01-01"), .init("sunk", "2005-01-01", "2005-01-01"),
            .init("moored", "2010-03-04", "2010-03-04"), .init("adrift", "2020-01-01", "2020-01-01"),
        ])
        #expect(page.joined?.latest == "2010-03-04")
        #expect(page.status?.status == "adrift")
        #expect(page.isOnRoll)
    }

    @Test func `history stands in order, and each step is a sentence`() {
        var profile = MemberProfile.port("koeln", "Köln")
        profile.statuses = [
            .init("moored", "2001-01-01", "2001-12-31"),
            .init("adrift", "2010-03-01", "2010-03-01", grounds: "no dues"),
            .init("moored", "2011-03-01", "2011-03-01"), .init("sunk", "2020-03-01", "2020-03-01", grounds: "Sunken"),
        ]
        let source = MemberProfile.Source(code: "S", locator: nil)
        profile.names = [
            .init(
                name: "Cölln",
                language: "de",
                kind: "name",
                from: "2003-01-02",
                to: "2004-05-06",
                source: source,
                note: nil
            )
        ]
        profile.participations = [
            .init(
                event: "diet-3",
                eventName: "3rd Diet",
                day: "2005-06-07",
                position: "Harbour Master",
                capacity: "delegate",
                mode: "on-site",
                source: source
            )
        ]
        let history = HistoryEntry.all(profile, Ports.words)
        #expect(
            history.map { "\($0.range.label.english): \($0.sentence.english)" } == [
                "2001: Joined as a port.", "2 Jan 2003: The name is Cölln until 6 May 2004.",
                "7 Jun 2005: 3rd Diet: delegate, on site, by its Harbour Master.", "1 Mar 2010: Adrift: no dues.",
                "1 Mar 2011: In good standing again.", "1 Mar 2020: Sunk.",
            ]
        )
    }

    @Test func `what reports say is marked on a page in another language, what the program kept is said in it`() throws
    {
        let korean = try Speeches.shipped()[.korean].naming(["Diet": "의회"])
        let source = MemberProfile.Source(code: "S", locator: "Annex of the roll")
        func rows(_ grounds: String) -> String {
            var profile = MemberProfile.port("koeln", "Köln")
            profile.statuses = [.init("adrift", "2010-03-01", "2010-03-01", grounds: grounds)]
            let words = Words(charter: Ports.charter, day: Ports.today, language: .korean)
            let bytes = HTMLWriter.render(in: korean) { h in
                for entry in HistoryEntry.all(profile, words) {
                    h.timelineRow(entry.range, source: FactSource(source), note: "As printed.") {
                        h.text(entry.sentence)
                    }
                }
            }
            return String(buffer: bytes)
        }
        let reported = rows("no dues")
        #expect(reported.contains(#"표류: <span lang="en">no dues</span>"#))
        #expect(reported.contains(#"<span class="source">S, <span lang="en">Annex of the roll</span></span>"#))
        #expect(reported.contains(#"<span class="also"><span lang="en">As printed.</span></span>"#))
        let decided = rows(Phrase.name("Diet").recorded)
        #expect(decided.contains("표류: 의회") && !decided.contains("Diet"))
    }

    @Test func `figures of one kind and year that disagree are marked, others are not`() {
        var profile = MemberProfile.port("koeln", "Köln")
        func figure(_ kind: String, _ value: Double, _ year: Int) -> MemberProfile.Figure {
            MemberProfile.Figure(
                kind: kind,
                value: value,
                unit: "people",
                yearEarliest: year,
                yearLatest: year,
                source: .init(code: "S", locator: nil),
                note: nil
            )
        }
        profile.figures = [
            figure("population", 5, 2021), figure("population", 6, 2021), figure("population", 4, 2010),
            figure("area", 7, 2021),
        ]
        let groups = FigureGroup.all(profile)
        #expect(groups.map(\.differs) == [true, false, false])
        #expect(groups.map(\.figures.count) == [2, 1, 1])
    }

    @Test(arguments: [
        ("area", 605.25, "km2", nil, 2020, "605.25 km²", "by 2020"),
        ("population", 1_073_096, "people", 2020, 2020, "1,073,096", "2020"),
        ("employees", 40, "people", 2019, 2021, "40", "2019–2021"), ("depth", 9, "m", nil, 2000, "9 m", "by 2000"),
    ]) func `a figure has its unit and its year`(
        _ kind: String,
        _ value: Double,
        _ unit: String,
        _ from: Int?,
        _ to: Int,
        _ text: String,
        _ year: String
    ) {
        let figure = MemberProfile.Figure(
            kind: kind,
            value: value,
            unit: unit,
            yearEarliest: from,
            yearLatest: to,
            source: .init(code: "S", locator: nil),
            note: nil
        )
        #expect(FigureGroup.value(figure).english == text)
        #expect(FigureGroup.year(figure).english == year)
    }

    @Test func `a script in what the records tell of a member is text`() {
        let evil = "</script><script>alert(1)</script>"
        var profile = MemberProfile.port("koeln", evil)
        let source = MemberProfile.Source(code: evil, locator: evil)
        profile.names = [
            .init(name: evil, language: "ko", kind: "printed", from: nil, to: nil, source: source, note: evil),
            .init(name: evil + "2", language: "ko", kind: "alias", from: nil, to: nil, source: source, note: evil),
        ]
        profile.people = [
            .init(name: evil, position: evil, role: "representative", shownOn: evil, source: source)
        ]
        profile.contradictions = [
            .init(
                topic: evil,
                readingA: evil,
                sourceA: source,
                readingB: evil,
                sourceB: source,
                note: evil,
                memberKey: "koeln"
            )
        ]
        profile.statuses = [.init("moored", "2001-01-01", "2001-01-01", grounds: evil)]
        let model = MemberPage(
            profile: profile,
            today: Ports.today,
            words: Ports.words,
            charter: Ports.charter,
            countries: Ports.countries,
            nearest: [],
            similar: []
        )
        let page = markup { h in
            memberBrief(h, model)
            memberAccount(h, model)
        }
        #expect(!page.contains("<script"))
        #expect(!page.contains("</script"))
    }
}
