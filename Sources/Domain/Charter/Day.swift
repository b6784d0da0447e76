/// A calendar day, without time or zone, in the proleptic Gregorian calendar from 1900-01-01 to 2199-12-31.
///
/// Written and stored as ISO 8601 (`2023-09-26`), also in `Codable`.
public struct Day: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    /// Days since 1970-01-01, negative before it.
    public let ordinal: Int

    /// The earliest day that can be written, 1900-01-01.
    public static let first = Day(trusted: -25_567)
    /// The latest day that can be written, 2199-12-31.
    public static let last = Day(trusted: 84_005)

    private init(trusted ordinal: Int) {
        self.ordinal = ordinal
    }

    /// The day with this number of days since 1970-01-01, or nil outside the years 1900 to 2199.
    public init?(ordinal: Int) {
        guard Day.first.ordinal...Day.last.ordinal ~= ordinal else { return nil }
        self.ordinal = ordinal
    }

    /// Refuses a day that the calendar does not have, such as 30 February.
    public init(year: Int, month: Int, day: Int) throws(DayError) {
        guard 1900...2199 ~= year, 1...12 ~= month, 1...Day.length(ofMonth: month, year: year) ~= day else {
            throw DayError(year: year, month: month, day: day)
        }
        self.ordinal = Day.ordinal(year: year, month: month, day: day)
    }

    /// Reads exactly `YYYY-MM-DD` in ASCII digits; anything else, and any day that there is not, is nil.
    public init?(_ iso: String) {
        let bytes = Array(iso.utf8)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = Day.number(bytes[0..<4]), let month = Day.number(bytes[5..<7]),
            let day = Day.number(bytes[8..<10]), let valid = try? Day(year: year, month: month, day: day)
        else { return nil }
        self = valid
    }

    public var year: Int { civil.year }
    /// 1 to 12.
    public var month: Int { civil.month }
    /// 1 to 31.
    public var day: Int { civil.day }

    public var weekday: Weekday {
        // 1970-01-01 was a Thursday, the fourth day of the ISO week.
        let index = ((ordinal + 3) % 7 + 7) % 7
        return Weekday.allCases[index]
    }

    /// This day moved by a number of days; held at `Day.first` and `Day.last`, so that no input can trap.
    public func adding(days: Int) -> Day {
        let (sum, overflow) = ordinal.addingReportingOverflow(days)
        if overflow { return days > 0 ? .last : .first }
        return Day(trusted: min(max(sum, Day.first.ordinal), Day.last.ordinal))
    }

    /// Days from `earlier` to this day: 1 from yesterday to today, negative when `earlier` is later.
    public func daysSince(_ earlier: Day) -> Int {
        ordinal - earlier.ordinal
    }

    public var description: String {
        let (year, month, day) = civil
        return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
    }

    public static func < (lhs: Day, rhs: Day) -> Bool {
        lhs.ordinal < rhs.ordinal
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let day = Day(text) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "'\(text)' is no day; write YYYY-MM-DD, from 1900 to 2199."
            )
        }
        self = day
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// The days of the week, in ISO 8601 order.
public enum Weekday: Int, CaseIterable, Sendable, Codable {
    case monday = 1
    case tuesday
    case wednesday
    case thursday
    case friday
    case saturday
    case sunday
}

/// A year, month and day that make no calendar day between 1900 and 2199.
public struct DayError: Error, Equatable, Sendable, CustomStringConvertible {
    public let year: Int
    public let month: Int
    public let day: Int

    public var description: String {
        "Year \(year), month \(month), day \(day) is no calendar day between 1900 and 2199; check the figures."
    }
}

extension Day {
    /// Days in a month, 28 to 31; 0 for a month that is none.
    public static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 1, 3, 5, 7, 8, 10, 12: 31
        case 4, 6, 9, 11: 30
        case 2: isLeap(year) ? 29 : 28
        default: 0
        }
    }

    static func isLeap(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    // Both directions count from 0000-03-01 in cycles of 400 years (146,097 days), so that the leap day comes last in
    // its year. 719,468 days lie between that day and 1970-01-01. No year below 1900 comes in, so nothing is negative.
    private static func ordinal(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let (cycle, yearOfCycle) = shifted.quotientAndRemainder(dividingBy: 400)
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfCycle = yearOfCycle * 365 + yearOfCycle / 4 - yearOfCycle / 100 + dayOfYear
        return cycle * 146_097 + dayOfCycle - 719_468
    }

    private var civil: (year: Int, month: Int, day: Int) {
        let (cycle, dayOfCycle) = (ordinal + 719_468).quotientAndRemainder(dividingBy: 146_097)
        let yearOfCycle = (dayOfCycle - dayOfCycle / 1460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365
        let dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (cycle * 400 + yearOfCycle + (month <= 2 ? 1 : 0), month, day)
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        var value = 0
        for digit in digits {
            guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= digit else { return nil }
            value = value * 10 + Int(digit - UInt8(ascii: "0"))
        }
        return value
    }
}
