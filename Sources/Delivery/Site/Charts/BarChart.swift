import HTML
import Languages

/// Groups with their counts as horizontal bars, each with its name and number in words.
struct BarChart: Sendable, Equatable {
    struct Bar: Sendable, Equatable {
        let name: String
        let value: Int
        /// Where the rows behind the bar stand.
        let address: String?
        /// The class that colours it; empty for the one colour of all.
        var colour = ""
        /// The value in words, where it is no plain number.
        var words: Phrase?

        var said: Phrase { words ?? .number(value) }
    }

    let bars: [Bar]
    /// What is counted, as the heading of the column: "Members".
    let unit: Phrase

    static let rowHeight = 42.0

    /// The length of a bar in percent of the longest; 0 for all when there is none.
    func length(_ bar: Bar) -> Double {
        let longest = bars.map(\.value).max() ?? 0
        return longest > 0 ? Double(bar.value) / Double(longest) * 100 : 0
    }

    /// A bar's share of all in percent with one decimal: "46.2 %".
    func share(_ bar: Bar) -> Phrase {
        let sum = bars.map(\.value).reduce(0, +)
        guard sum > 0 else { return .verbatim("–") }
        let (whole, tenth) = ((bar.value * 1000 + sum / 2) / sum).quotientAndRemainder(dividingBy: 10)
        return say("\(whole).\(tenth) %", context: "a share with one decimal")
    }

    /// The chart in a sentence, for those who cannot see it.
    var sentence: Phrase {
        let groups = bars.map { Phrase.verbatim("\($0.name) ") + $0.said }
        return say("\(unit): \(Phrase.joined(groups, by: ", "))")
    }
}

extension HTMLWriter {
    /// The chart and, behind it, its numbers as a table; one line of text when there is nothing to draw.
    func barChart(_ chart: BarChart) {
        guard !chart.bars.isEmpty else {
            p(.class("quiet"), text: say("There is nothing to count on this day."))
            return
        }
        barPicture(chart)
        barTable(chart)
    }

    /// The chart alone, for where its numbers stand beside it.
    func barPicture(_ chart: BarChart) {
        let height = BarChart.rowHeight * Double(chart.bars.count)
        let rows = chart.bars.enumerated().map { (top: Double($0.offset) * BarChart.rowHeight, bar: $0.element) }
        svg(.class("chart"), .height(height), .role(.img), .aria(.label, chart.sentence)) {
            svg(.viewBox(0, 0, 100, height), .preserveAspectRatio("none")) {
                for row in rows {
                    rect(.class("track"), .x(0), .y(row.top + 21), .width(100), .height(10))
                    let colour = row.bar.colour.isEmpty ? "bar" : "bar \(row.bar.colour)"
                    rect(.class(colour), .x(0), .y(row.top + 21), .width(chart.length(row.bar)), .height(10))
                }
            }
            chartTexts(.start, height) {
                for row in rows { svgText(.class("name"), .x(0), .y(row.top + 14), text: row.bar.name) }
            }
            chartTexts(.end, height) {
                for row in rows { svgText(.class("value end"), .x(1), .y(row.top + 14), text: row.bar.said) }
            }
        }
    }

    private func barTable(_ chart: BarChart) {
        details {
            summary(say("The numbers as a table"))
            table {
                thead {
                    tr {
                        th(.scope(.col), text: say("Group"))
                        th(.scope(.col), .class("num"), text: chart.unit)
                        th(.scope(.col), .class("num"), text: say("Share"))
                    }
                }
                tbody {
                    for bar in chart.bars {
                        tr {
                            th(.scope(.row)) {
                                if let address = bar.address {
                                    a(.href(address), text: bar.name)
                                } else {
                                    text(bar.name)
                                }
                            }
                            td(.class("num"), text: bar.said)
                            td(.class("num"), text: chart.share(bar))
                        }
                    }
                }
            }
        }
    }
}
