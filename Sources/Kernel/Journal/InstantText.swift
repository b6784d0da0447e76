import Foundation

/// Instants as the journal keeps them: UTC with microseconds, always 27 characters, `2026-01-31T09:05:00.000001Z`.
enum InstantText {
    /// The text of an instant from the year 0 to the year 9999, rounded to the microsecond.
    static func text(_ date: Date) -> String {
        let microseconds = Int((date.timeIntervalSince1970 * 1_000_000).rounded())
        let (days, rest) = flooredDivision(microseconds, by: 86_400_000_000)
        let (year, month, day) = civil(days: days)
        precondition((0...9999).contains(year), "an instant in the journal lies in the years 0 to 9999")
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
