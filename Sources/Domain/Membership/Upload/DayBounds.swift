import Charter

/// A day as exactly as it is known: the earliest and the latest that it can be.
struct DayBounds: Equatable, Sendable {
    let earliest: String
    let latest: String

    init(earliest: String, latest: String) {
        self.earliest = earliest
        self.latest = latest
    }

    /// Reads a day (`2021-10-18`, `2021/10/18`, `2021.10.18`, `18.10.2021`, `2021년 10월 18일`, with or without a time of
    /// day), a month (`2021-10`), a year (`2021`), or two of them with a slash between. `nil` for anything else, also
    /// for 10/12/2021, which is one day in Seoul and another in New York.
    init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        if parts.count == 2, let first = DayBounds(single: String(parts[0])),
            let last = DayBounds(single: String(parts[1])), first.earliest <= last.latest
        {
            self.init(earliest: first.earliest, latest: last.latest)
            return
        }
        self.init(single: text)
    }

    private init?(single text: String) {
        let date = text.split { $0 == "T" || $0 == " " }.first.map(String.init) ?? ""
        let isTime = text.count > 10 && text.dropFirst(10).allSatisfy { "T :.0123456789Z+-".contains($0) }
        let plain = isTime && Day(date) != nil ? date : text
        let numbers = plain.split { !("0"..."9").contains($0) }.map(String.init)
        let signs = Set(plain.filter { !("0"..."9").contains($0) && $0 != " " })
        guard Self.separators.contains(signs), let first = numbers.first else { return nil }
        if numbers.count == 3, first.count <= 2, signs == ["."], numbers[2].count == 4 {
            self.init(numbers: numbers.reversed())
        } else if first.count == 4 {
            self.init(numbers: numbers)
        } else {
            return nil
        }
    }

    private static let separators: Set<Set<Character>> = [
        [], ["-"], ["/"], ["."], ["년", "월", "일"], ["년", "월"], ["년"], ["年", "月", "日"], ["年", "月"], ["年"],
    ]

    private init?(numbers: [String]) {
        let values = numbers.compactMap(Int.init)
        guard values.count == numbers.count, (1...3).contains(values.count) else { return nil }
        let year = values[0]
        let month = values.count > 1 ? values[1] : nil
        let day = values.count > 2 ? values[2] : nil
        guard let first = try? Day(year: year, month: month ?? 1, day: day ?? 1),
            let last = try? Day(
                year: year,
                month: month ?? 12,
                day: day ?? Day.length(ofMonth: month ?? 12, year: year)
            )
        else { return nil }
        self.init(earliest: first.description, latest: last.description)
    }

    /// Written so that it is read as the same: `2021-10-18`, `2021-10`, `2021`, or both ends.
    var text: String {
        if earliest == latest { return latest }
        for length in [4, 7] {
            let short = String(earliest.prefix(length))
            if let whole = DayBounds(single: short), whole == self { return short }
        }
        return "\(earliest)/\(latest)"
    }

    func contains(_ other: DayBounds) -> Bool { earliest <= other.earliest && other.latest <= latest }
}
