import Charter
import HTML

/// Years along a strip, from the first day of one to the first day of another.
struct YearScale: Sendable, Equatable {
    let first: Int
    let last: Int

    /// The year in the middle, where there is a whole one.
    var middle: Int? { (last - first).isMultiple(of: 2) ? (first + last) / 2 : nil }

    /// Percent of the strip's width at which a day lies.
    func position(_ day: Day) -> Double {
        let years = Double(last - first)
        guard years > 0, let start = try? Day(year: day.year, month: 1, day: 1) else { return 0 }
        let length: Double = Day.length(ofMonth: 2, year: day.year) == 29 ? 366 : 365
        let passed = Double(day.year - first) + Double(day.daysSince(start)) / length
        return min(max(passed / years, 0), 1) * 100
    }
}

extension HTMLWriter {
    /// The years under a strip of 40 pixels.
    func yearTexts(_ years: YearScale) {
        chartTexts(.start, 40) { svgText(.x(0), .y(34), text: String(years.first)) }
        if let year = years.middle {
            chartTexts(.middle, 40) { svgText(.class("middle"), .x(0.5), .y(34), text: String(year)) }
        }
        chartTexts(.end, 40) { svgText(.class("end"), .x(1), .y(34), text: String(years.last)) }
    }
}
