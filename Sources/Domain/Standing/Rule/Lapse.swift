public import Charter
public import Languages

/// A time in whole years and the days beyond them, counted to the day.
public struct Lapse: Sendable, Hashable, Codable {
    public let years: Int
    public let days: Int

    /// From one day to another; nothing where `last` is not the later.
    public init(from first: Day, to last: Day) {
        guard last > first else {
            (years, days) = (0, 0)
            return
        }
        var full = last.year - first.year
        while first.adding(years: full) > last { full -= 1 }
        years = full
        days = last.daysSince(first.adding(years: full))
    }

    /// "3 years and 12 days"
    public var words: Phrase {
        let fullYears = say(years, one: "1 year", other: "\(years) years")
        let rest = say(days, one: "1 day", other: "\(days) days")
        if years == 0 { return rest }
        return days == 0 ? fullYears : say("\(fullYears) and \(rest)", context: "a lapse of time")
    }
}

extension Day {
    /// The same day of another year. 29 February becomes 1 March where there is none: a year is full once its last day
    /// is over.
    func adding(years: Int) -> Day {
        let target = year + years
        if let same = try? Day(year: target, month: month, day: day) { return same }
        if let march = try? Day(year: target, month: 3, day: 1) { return march }
        return years < 0 ? .first : .last
    }
}
