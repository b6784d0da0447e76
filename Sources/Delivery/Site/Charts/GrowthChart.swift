import Charter
import HTML
import Languages
import Membership

/// The membership at the end of each year as a line, with the published figures beside it as rings.
struct GrowthChart: Sendable, Equatable {
    /// A figure that the association published.
    struct Published: Sendable, Equatable {
        let statement: String
        let text: String
        let day: Day
        let value: Int
    }

    let years: [GrowthYear]
    let published: [Published]

    /// - Parameter findings: Those that give the whole membership on one day are taken; the others have no place here.
    init(years: [GrowthYear], findings: [Finding] = []) {
        self.years = years
        let wholes = [Subject.members.rawValue, Subject.founders.rawValue]
        published = findings.compactMap { finding in
            guard wholes.contains(finding.subject), finding.category == nil, finding.region == nil,
                let day = Day(finding.through)
            else { return nil }
            return Published(
                statement: finding.statement,
                text: finding.text,
                day: day,
                value: Int(finding.published.rounded())
            )
        }
    }

    /// Where everything stands: x in percent of the width, y in pixels from the top.
    struct Geometry: Sendable, Equatable {
        struct Point: Sendable, Equatable {
            let x: Double
            let y: Double
        }
        let height: Double
        let scale: ChartScale
        let line: [Point]
        let rings: [Point]
    }

    func geometry(height: Double) -> Geometry {
        let first = Double(years.first?.year ?? 0)
        let span = Double(years.last?.year ?? 0) - first
        // A single year stands at the right end, where the last one always stands.
        func x(_ year: Double) -> Double { span > 0 ? (year - first) / span * 100 : 100 }
        let shown = published.filter { span > 0 && (0...100).contains(x(GrowthChart.position($0.day))) }
        let largest = (years.map(\.total) + shown.map(\.value)).max() ?? 0
        let scale = ChartScale(largest: largest, top: 18, base: height - 24)
        return Geometry(
            height: height,
            scale: scale,
            line: years.map { .init(x: x(Double($0.year)), y: scale.y(Double($0.total))) },
            rings: shown.map { .init(x: x(GrowthChart.position($0.day)), y: scale.y(Double($0.value))) }
        )
    }

    /// A year stands for its end, so that 31 December 2020 is 2020 and the middle of 2021 is 2020.5.
    private static func position(_ day: Day) -> Double {
        guard let start = try? Day(year: day.year, month: 1, day: 1),
            let end = try? Day(year: day.year, month: 12, day: 31)
        else { return Double(day.year) }
        return Double(day.year - 1) + Double(day.daysSince(start) + 1) / Double(end.daysSince(start) + 1)
    }

    /// The chart in a sentence, for those who cannot see it.
    var sentence: Phrase {
        guard let first = years.first, let last = years.last else { return say("The records hold no member yet.") }
        guard years.count > 1 else {
            return say(
                last.total,
                one: "\(last.total) member at the end of \(plain: last.year).",
                other: "\(last.total) members at the end of \(plain: last.year)."
            )
        }
        let line = say(
            first.total,
            one: "From \(first.total) member at the end of \(plain: first.year) to \(last.total) at the end of "
                + "\(plain: last.year), by the roll.",
            other: "From \(first.total) members at the end of \(plain: first.year) to \(last.total) at the end of "
                + "\(plain: last.year), by the roll."
        )
        if published.isEmpty { return line }
        return .joined([line, say("The rings beside the line are published figures.")], by: " ")
    }

    /// What the line leaves out, where no report gives the day of joining; `nil` if it leaves out nothing.
    var uncertainty: Phrase? {
        guard let most = years.max(by: { $0.perhaps < $1.perhaps }), most.perhaps > 0 else { return nil }
        let rule = say("The line counts a member from the first day on which it surely was one.")
        let unsure = say(
            most.perhaps,
            one: "No report gives the day of joining of many: at the end of \(plain: most.year) there may have been "
                + "up to \(most.perhaps) member more.",
            other: "No report gives the day of joining of many: at the end of \(plain: most.year) there may have been "
                + "up to \(most.perhaps) members more."
        )
        return .joined([rule, unsure], by: " ")
    }

    /// The figures published for the days of a year, largest last.
    func published(in year: Int) -> [Published] {
        published.filter { $0.day.year == year }.sorted { ($0.day, $0.value) < ($1.day, $1.value) }
    }
}

extension HTMLWriter {
    /// The chart and, behind it, its numbers as a table.
    func growthChart(_ chart: GrowthChart, height: Double = 200) {
        guard let first = chart.years.first, let last = chart.years.last else {
            p(.class("quiet"), text: chart.sentence)
            return
        }
        let geometry = chart.geometry(height: height)
        svg(.class("chart"), .height(height), .role(.img), .aria(.label, chart.sentence)) {
            chartLines(geometry)
            chartTexts(.start, height) { chartLeftTexts(geometry, first: first) }
            if chart.years.count.isMultiple(of: 2) == false, chart.years.count > 2 {
                chartTexts(.middle, height) {
                    svgText(
                        .class("middle"),
                        .x(0.5),
                        .y(height - 4),
                        text: "\(chart.years[chart.years.count / 2].year)"
                    )
                }
            }
            chartTexts(.end, height) {
                if chart.years.count > 1 { svgText(.class("end"), .x(1), .y(height - 4), text: "\(last.year)") }
                let y = geometry.line.last?.y ?? geometry.scale.base
                svgText(.class("value end"), .x(1), .y(y + 20), text: .number(last.total))
            }
        }
        growthTable(chart)
    }

    // What stretches with the page: lines, and points that are lines of no length, so that their ends stay round.
    private func chartLines(_ geometry: GrowthChart.Geometry) {
        let scale = geometry.scale
        // Two in a hundred on either side are for the points at the ends.
        svg(.viewBox(-2, 0, 104, geometry.height), .preserveAspectRatio("none")) {
            for value in scale.lines where value < Int(scale.maximum) || value == 0 {
                let y = scale.y(Double(value))
                line(.when(value == 0, .class("zero")), .x1(-2), .x2(102), .y1(y), .y2(y))
            }
            polyline(.class("series"), .points(geometry.line.map { ($0.x, $0.y) }))
            for ring in geometry.rings {
                g(.class("dot size-3 published")) { chartPoint("core", ring) }
                g(.class("dot")) { chartPoint("halo", ring) }
            }
            if let end = geometry.line.last { g(.class("dot size-2 series")) { chartPoint("core", end) } }
        }
    }

    private func chartPoint(_ name: String, _ point: GrowthChart.Geometry.Point) {
        path(.class(name), .d("M\(mapNumber(point.x)) \(mapNumber(point.y))h.01"))
    }

    private func chartLeftTexts(_ geometry: GrowthChart.Geometry, first: GrowthYear) {
        for value in geometry.scale.lines where value > 0 && value < Int(geometry.scale.maximum) {
            svgText(.x(0), .y(geometry.scale.y(Double(value)) - 4), text: .number(value))
        }
        svgText(.x(0), .y(geometry.height - 4), text: "\(first.year)")
    }

    private func growthTable(_ chart: GrowthChart) {
        let hasPerhaps = chart.years.contains { $0.perhaps > 0 }
        details {
            summary(say("The numbers as a table"))
            table {
                thead {
                    tr {
                        th(.scope(.col), text: say("End of", context: "heading above years"))
                        th(.scope(.col), .class("num"), text: say("By the roll"))
                        if hasPerhaps { th(.scope(.col), .class("num"), text: say("Perhaps more")) }
                        th(.scope(.col), .class("num"), text: say("Published"))
                    }
                }
                tbody {
                    for year in chart.years {
                        tr {
                            th(.scope(.row), text: "\(year.year)")
                            td(.class("num"), text: .number(year.total))
                            if hasPerhaps {
                                let perhaps = year.perhaps > 0 ? Phrase.number(year.perhaps) : .verbatim("–")
                                td(.class("num"), text: perhaps)
                            }
                            publishedCell(chart.published(in: year.year))
                        }
                    }
                }
            }
        }
    }

    private func publishedCell(_ published: [GrowthChart.Published]) {
        td(.class("num")) {
            if published.isEmpty { text("–") }
            for (index, figure) in published.enumerated() {
                if index > 0 { text(", ") }
                a(.href("/figures/\(figure.statement)"), text: .number(figure.value))
            }
        }
    }

    /// A layer of text that keeps its size: its viewBox is one unit wide and stands at one side or in the middle.
    func chartTexts(_ side: TextAnchor, _ height: Double, content: () -> Void) {
        let alignment =
            switch side {
            case .start: "xMinYMin"
            case .middle: "xMidYMin"
            case .end: "xMaxYMin"
            }
        svg(.viewBox(0, 0, 1, height), .preserveAspectRatio("\(alignment) meet"), content: content)
    }
}
