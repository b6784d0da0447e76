import Charter
import HTML
import Languages
import Membership

/// A member's standing from the association's beginning to today, as bars along the years.
///
/// A full bar is a member in good standing, a half one a member with less, a hair somebody off the roll. Where no source
/// gives the day of a step, the time in which it may have fallen is a thin bar.
struct StatusStrip: Equatable {
    struct Segment: Equatable {
        let status: String
        let from: Day
        let to: Day
        let thickness: Thickness
    }

    enum Thickness: Double {
        case full = 14
        case half = 7
        case unsure = 4
        case hair = 2
    }

    let segments: [Segment]
    let firstYear: Int
    /// The strip ends with the first day of this year.
    let lastYear: Int
    /// The statuses that occur, in order of their first day.
    let statuses: [String]

    /// - Parameters:
    ///   - events: In order of `latest`, as a profile has them.
    ///   - firstYear: From which the strip runs, unless an event is earlier.
    init(_ events: [MemberProfile.StatusEvent], firstYear: Int, today: Day, words: Words) {
        var segments: [Segment] = []
        func add(_ status: String, _ from: Day, _ to: Day, _ thickness: Thickness) {
            if from < to { segments.append(Segment(status: status, from: from, to: to, thickness: thickness)) }
        }
        // An event that has not come yet, or whose days cannot be read, has no place among the years.
        let steps = events.compactMap { event -> (status: String, earliest: Day, latest: Day)? in
            guard let latest = Day(event.latest), latest <= today else { return nil }
            return (event.status, Day(event.earliest) ?? latest, latest)
        }
        for (index, step) in steps.enumerated() {
            let next = index + 1 < steps.count ? steps[index + 1] : nil
            if index == 0 { add(step.status, step.earliest, step.latest, .unsure) }
            let end = next?.latest ?? today
            let sure = min(max(next?.earliest ?? end, step.latest), end)
            add(step.status, step.latest, sure, Self.thickness(step.status, words))
            add(step.status, sure, end, .unsure)
        }
        self.segments = segments
        statuses = steps.reduce(into: []) { if !$0.contains($1.status) { $0.append($1.status) } }
        let first = min(firstYear, steps.first?.earliest.year ?? firstYear)
        self.firstYear = first
        lastYear = today.year + 1
    }

    var years: YearScale { YearScale(first: firstYear, last: lastYear) }
    /// The year in the middle, where there is a whole one.
    var middleYear: Int? { years.middle }
    var hasUnsure: Bool { segments.contains { $0.thickness == .unsure } }

    /// Percent of the strip's width at which a day lies.
    func position(_ day: Day) -> Double { years.position(day) }

    /// The strip in words, for those who cannot see it.
    func sentence(_ events: [MemberProfile.StatusEvent], _ words: Words) -> Phrase {
        guard !events.isEmpty else { return say("No standing is on record.") }
        let parts = events.map { say("\(words.status($0.status)) from \(DayRange($0.earliest, $0.latest).label)") }
        return say("Standing through the years: \(Phrase.joined(parts, by: "; "))")
    }

    private static func thickness(_ status: String, _ words: Words) -> Thickness {
        if status == words.standard { return .full }
        return words.isOnRoll(status) ? .half : .hair
    }
}

extension HTMLWriter {
    /// The bars, the years under them, and what their shapes mean.
    func statusStrip(_ strip: StatusStrip, sentence: Phrase, _ words: Words) {
        svg(.class("strip"), .role(.img), .aria(.label, sentence)) {
            svg(.viewBox(0, 0, 100, 40), .preserveAspectRatio("none")) {
                rect(.x(0), .y(14), .width(100), .height(0.5))
                for segment in strip.segments { bar(segment, strip) }
            }
            yearTexts(strip.years)
        }
        ul(.class("legend")) {
            for status in strip.statuses { li { statusMark(status, words) } }
            if strip.hasUnsure { li(say("Thin: the day is not in the sources")) }
        }
    }

    private func bar(_ segment: StatusStrip.Segment, _ strip: StatusStrip) {
        let start = strip.position(segment.from)
        let height = segment.thickness.rawValue
        rect(
            .class("status-\(segment.status)"),
            .x(start),
            .y(14 - height),
            .width(strip.position(segment.to) - start),
            .height(height)
        )
    }
}
