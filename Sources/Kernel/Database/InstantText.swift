public import Foundation

/// Instants as every table keeps them: UTC with microseconds, always 27 characters, `2026-01-31T09:05:00.000001Z`.
///
/// All have one length, so comparing two texts compares the instants.
public enum InstantText {
    /// The text of an instant from the year 0 to the year 9999, rounded to the microsecond.
    public static func text(_ date: Date) -> String {
        let microseconds = Int((date.timeIntervalSince1970 * 1_000_000).rounded())
        let (days, rest) = flooredDivision(microseconds, by: 86_400_000_000)
        let (year, month, day) = civil(days: days)
        precondition((0...9999).contains(year), "an instant that is kept lies in the years 0 to 9999")
        let seconds = rest / 1_000_000
        return String(unsafeUninitializedCapacity: 27) { buffer in
            write(year, 4, at: 0, buffer)
            write(month, 2, at: 5, buffer)
            write(day, 2, at: 8, buffer)
            write(seconds / 3600, 2, at: 11, buffer)
            write(seconds / 60 % 60, 2, at: 14, buffer)
            write(seconds % 60, 2, at: 17, buffer)
            write(rest % 1_000_000, 6, at: 20, buffer)
            buffer[4] = UInt8(ascii: "-")
            buffer[7] = UInt8(ascii: "-")
            buffer[10] = UInt8(ascii: "T")
            buffer[13] = UInt8(ascii: ":")
            buffer[16] = UInt8(ascii: ":")
            buffer[19] = UInt8(ascii: ".")
            buffer[26] = UInt8(ascii: "Z")
            return 27
        }
    }

    /// The instant of such a text, or `nil` for any other.
    public static func date(_ text: String) -> Date? {
        let bytes = Array(text.utf8)
        guard bytes.count == 27, bytes[10] == UInt8(ascii: "T"), bytes[26] == UInt8(ascii: "Z") else { return nil }
        func number(_ range: Range<Int>) -> Int? {
            var value = 0
            for byte in bytes[range] {
                guard byte >= 0x30, byte <= 0x39 else { return nil }
                value = value * 10 + Int(byte - 0x30)
            }
            return value
        }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10), let hour = number(11..<13),
            let minute = number(14..<16), let second = number(17..<19), let micro = number(20..<26),
            (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        // Howard Hinnant's days_from_civil: years are counted from March, so that the leap day comes last.
        let shiftedYear = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = flooredDivision(shiftedYear, by: 400)
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let days = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
        let seconds = days * 86_400 + hour * 3600 + minute * 60 + second
        return Date(timeIntervalSince1970: Double(seconds) + Double(micro) / 1_000_000)
    }

    private static func write(_ number: Int, _ width: Int, at start: Int, _ buffer: UnsafeMutableBufferPointer<UInt8>) {
        var rest = number
        for place in stride(from: start + width - 1, through: start, by: -1) {
            buffer[place] = UInt8(ascii: "0") + UInt8(rest % 10)
            rest /= 10
        }
    }

    private static func flooredDivision(_ number: Int, by divisor: Int) -> (Int, Int) {
        let (quotient, remainder) = number.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }

    /// The Gregorian date of a day counted from 1970-01-01. Years are counted from March, so that the leap day comes last.
    private static func civil(days: Int) -> (year: Int, month: Int, day: Int) {
        let (era, dayOfEra) = flooredDivision(days + 719_468, by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }
}
