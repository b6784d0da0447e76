import Charter
import HTML
import Languages

extension Day {
    /// `26 Sept 2023`.
    var short: Phrase { .day(self, .short) }
    /// `26 September 2023`.
    var long: Phrase { .day(self, .long) }
    /// `Sept 2023`.
    var shortMonth: Phrase { .day(self, .month) }
}

/// A day as exactly as the sources know it: one day, or the two that bound it.
///
/// The bounds come from the records as ISO days. What cannot be read as a day is shown as it stands, never guessed.
struct DayRange: Equatable {
    /// Nil where no source gives a first bound.
    let earliest: String?
    let latest: String

    init(_ earliest: String?, _ latest: String) {
        self.earliest = earliest
        self.latest = latest
    }

    init(_ day: Day) {
        earliest = day.description
        latest = day.description
    }

    var isExact: Bool { earliest == latest }

    /// `26 Sept 2023`, `Nov 2020`, `2022`, `2010 to 2020`, `by 31 Dec 2020`: what stands in the column of dates.
    var label: Phrase {
        switch form {
        case .day(let day): day.short
        case .month(let day): day.shortMonth
        case .year(let year): .verbatim(year)
        case .years(let first, let last), .unread(let first, let last): say("\(first) to \(last)")
        case .days(let first, let last): say("\(first) to \(last)")
        case .by(let day): say("by \(day)")
        case .unreadEnd(let last): .verbatim(last)
        }
    }

    /// The same within a sentence: `on 26 Sept 2023`, `in Nov 2020`, `between 2010 and 2020`, `by 31 Dec 2020`.
    var phrase: Phrase {
        switch form {
        case .day(let day): say("on \(day)")
        case .month(let day): say("in \(day.shortMonth)", context: "a month")
        case .year(let year): say("in \(year)", context: "a year")
        case .years(let first, let last), .unread(let first, let last): say("between \(first) and \(last)")
        case .days(let first, let last): say("between \(first) and \(last)")
        case .by(let day): say("by \(day)")
        case .unreadEnd(let last): .verbatim(last)
        }
    }

    /// The year alone, for a narrow column: `2022`, or `by 2020` where the years differ.
    var year: Phrase { DayRange.year(earliest, latest) }

    /// As `year`, without making a value; the list of members calls it once a row.
    static func year(_ earliest: String?, _ latest: String) -> Phrase {
        let last = String(latest.utf8.prefix(4)) ?? latest
        guard let earliest, earliest.utf8.prefix(4).elementsEqual(latest.utf8.prefix(4)) else {
            return say("by \(last)", context: "a year")
        }
        return .verbatim(last)
    }

    /// What machines read, for `<time datetime>`; nil where the day is not known to a month.
    var machine: String? {
        switch form {
        case .day: latest
        case .month: String(latest.prefix(7))
        case .year: String(latest.prefix(4))
        default: nil
        }
    }

    private enum Form {
        case day(Day)
        /// Any day of it.
        case month(Day)
        case year(String)
        case years(String, String)
        case days(Day, Day)
        case by(Day)
        case unread(String, String)
        case unreadEnd(String)
    }

    private var form: Form {
        guard let last = Day(latest) else { return earliest.map { .unread($0, latest) } ?? .unreadEnd(latest) }
        guard let earliest else { return .by(last) }
        guard let first = Day(earliest) else { return .unread(earliest, latest) }
        if first == last { return .day(last) }
        let endsYear = last.month == 12 && last.day == 31
        if first.month == 1, first.day == 1, endsYear {
            return first.year == last.year ? .year("\(last.year)") : .years("\(first.year)", "\(last.year)")
        }
        let isMonth = first.day == 1 && last.day == Day.length(ofMonth: last.month, year: last.year)
        if isMonth, first.year == last.year, first.month == last.month { return .month(last) }
        return .days(first, last)
    }
}

extension HTMLWriter {
    /// A day or what is known of it, as `<time>` where machines can read it too.
    func when(_ range: DayRange) {
        if let machine = range.machine {
            time(.datetime(machine), text: range.label)
        } else {
            span(.class("when"), text: range.label)
        }
    }
}
