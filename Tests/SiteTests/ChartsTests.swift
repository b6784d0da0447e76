import Charter
import HTML
import Languages
import NIOCore
import Testing

@testable import Membership
@testable import Site

@Suite struct ChartsTests {
    private func growth(_ totals: [Int], from first: Int = 2010, perhaps: Int = 0) -> GrowthChart {
        GrowthChart(
            years: totals.enumerated().map { index, total in
                GrowthYear(year: first + index, byCategory: ["port": total], perhaps: index == 0 ? perhaps : 0)
            }
        )
    }

    private func markup(_ chart: GrowthChart) -> String { String(buffer: HTMLWriter.render { $0.growthChart(chart) }) }

    @Test(arguments: [
        (0, [0, 1]), (1, [0, 1]), (5, [0, 1, 2, 3, 4, 5]), (6, [0, 2, 4, 6]), (214, [0, 50, 100, 150, 200, 250]),
        (100_000, [0, 20_000, 40_000, 60_000, 80_000, 100_000]),
    ])
    func `the lines are round numbers from zero to beyond the largest value`(largest: Int, lines: [Int]) {
        #expect(ChartScale(largest: largest, top: 10, base: 110).lines == lines)
    }

    @Test func `zero lies on the zero line and the largest value below the top`() {
        let scale = ChartScale(largest: 214, top: 18, base: 176)
        #expect(scale.y(0) == 176)
        #expect(scale.y(250) == 18)
        #expect(scale.y(214) > 18)
    }

    @Test func `the line runs over the whole width, and its last value is written at the end`() {
        let chart = growth([50, 120, 210])
        let geometry = chart.geometry(height: 200)
        #expect(geometry.line.map(\.x) == [0, 50, 100])
        #expect(geometry.line.map(\.y).sorted(by: >) == geometry.line.map(\.y))
        let page = markup(chart)
        #expect(page.contains(#"<line class="zero" x1="-2" x2="102" y1="176" y2="176">"#))
        #expect(page.contains(#"<text class="value end" x="1" y="\#(measuredY(geometry) )">210</text>"#))
        #expect(page.contains(#"<text class="middle" x="0.5" y="196">2011</text>"#))
    }

    private func measuredY(_ geometry: GrowthChart.Geometry) -> String {
        let label = ((geometry.line.last?.y ?? 0) + 20) * 1000
        let text = "\(label.rounded() / 1000)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    @Test func `without years there is a sentence and no picture`() {
        #expect(markup(growth([])) == #"<p class="quiet">The records hold no member yet.</p>"#)
        #expect(growth([]).geometry(height: 200).line == [])
    }

    @Test func `a single year is a point at the end, not a division by zero`() {
        let chart = growth([7])
        let geometry = chart.geometry(height: 200)
        #expect(geometry.line == [.init(x: 100, y: geometry.scale.y(7))])
        #expect(chart.sentence.english == "7 members at the end of 2010.")
        let page = markup(chart)
        #expect(!page.contains("nan"))
        #expect(!page.contains("inf"))
    }

    @Test func `published figures stand at their day, those outside the years are left out`() {
        func finding(_ subject: String, _ day: String, _ value: Double, region: String? = nil) -> Finding {
            Finding(
                statement: "s-\(day)",
                subject: subject,
                text: "Members",
                from: day,
                through: day,
                category: nil,
                region: region,
                published: value,
                unit: "members",
                source: "DEED",
                locator: nil,
                note: nil,
                derived: nil,
                derivation: .init(words: .empty, sentence: .empty),
                difference: nil,
                explanations: [],
                members: []
            )
        }
        let findings = [
            finding("members", "2011-12-31", 130), finding("members", "2012-07-01", 150),
            finding("members", "2031-01-01", 999),
            finding("members", "2011-12-31", 8, region: "rhine"), finding("quorum", "2011-12-31", 3),
        ]
        let chart = GrowthChart(years: growth([50, 120, 210]).years, findings: findings)
        #expect(chart.published.map(\.value) == [130, 150, 999])
        let geometry = chart.geometry(height: 200)
        #expect(geometry.rings.map { ($0.x * 10).rounded() / 10 } == [50, 75])
        #expect(geometry.scale.maximum == 250)
        #expect(chart.published(in: 2012).map(\.statement) == ["s-2012-07-01"])
    }

    @Test func `what is not sure is said in words`() {
        #expect(growth([50, 60]).uncertainty == nil)
        #expect(
            growth([50, 60], perhaps: 1_130).uncertainty?.english
                == "The line counts a member from the first day on which it surely was one. No report gives the day of "
                + "joining of many: at the end of 2010 there may have been up to 1,130 members more."
        )
    }

    @Test func `bars are as long as their share of the longest`() {
        let chart = BarChart(
            bars: [
                .init(name: "Rhine", value: 30, address: "/regions/rhine", colour: "region-rhine"),
                .init(name: "Danube <&>", value: 15, address: nil),
            ],
            unit: .verbatim("Ports")
        )
        #expect(chart.bars.map(chart.length) == [100, 50])
        #expect(chart.bars.map { chart.share($0).english } == ["66.7 %", "33.3 %"])
        let page = String(buffer: HTMLWriter.render { $0.barChart(chart) })
        #expect(page.contains(#"<rect class="bar region-rhine" x="0" y="21" width="100" height="10">"#))
        #expect(page.contains(#"<rect class="bar" x="0" y="63" width="50" height="10">"#))
        #expect(
            page.contains(#"aria-label="Ports: Rhine 30, Danube &lt;&amp;&gt; 15""#) || page.contains("Danube <&amp;>")
        )
        #expect(page.contains(#"<th scope="row"><a href="/regions/rhine">Rhine</a></th><td class="num">30</td>"#))
    }

    @Test func `bars without any value have no length`() {
        let chart = BarChart(bars: [.init(name: "Rhine", value: 0, address: nil)], unit: .verbatim("Ports"))
        #expect(chart.length(chart.bars[0]) == 0)
        #expect(chart.share(chart.bars[0]).english == "–")
        let none = String(buffer: HTMLWriter.render { $0.barChart(BarChart(bars: [], unit: .verbatim("Ports"))) })
        #expect(none == #"<p class="quiet">There is nothing to count on this day.</p>"#)
    }
}
