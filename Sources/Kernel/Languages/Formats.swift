/// A day of the proleptic Gregorian calendar, for saying it. `day` 1 to 31, `month` 1 to 12.
public struct CalendarDate: Sendable, Hashable {
    public var year: Int
    public var month: Int
    public var day: Int

    public init(year: Int, month: Int, day: Int) {
        precondition((1...12).contains(month) && (1...31).contains(day), "\(year)-\(month)-\(day) is no day")
        (self.year, self.month, self.day) = (year, month, day)
    }
}

/// How much of a day is said, by CLDR's names of patterns.
public enum DateStyle: String, Sendable, Hashable, Codable, CaseIterable {
    /// `yMMMd`: 26 Sept 2023
    case short
    /// `long`: 26 September 2023
    case long
    /// `yMMM`: Sept 2023
    case month
    /// `y`: 2023
    case year
}

/// How the last of several is joined.
public enum ListStyle: String, Sendable, Hashable, Codable, CaseIterable {
    case and
    case or
}

// Numbers, days and lists after CLDR 47 (en-GB, ko, es, zh-Hans).
extension Language {
    /// `1,234,567`; Spanish groups from five digits on: `1234`, `12.345`.
    public func written(_ number: Int) -> String {
        let digits = number.magnitude
        guard digits >= (self == .spanish ? 10_000 : 1_000) else { return String(number) }
        let separator = UInt8(ascii: self == .spanish ? "." : ",")
        // Up to 15 bytes live in the string itself: no allocation for any population.
        return String(unsafeUninitializedCapacity: 27) { bytes in
            var bytes = bytes
            var (rest, count, length) = (digits, 0, 0)
            while rest > 0 {
                if count > 0, count.isMultiple(of: 3) {
                    bytes[length] = separator
                    length += 1
                }
                bytes[length] = UInt8(ascii: "0") + UInt8(rest % 10)
                length += 1
                count += 1
                rest /= 10
            }
            if number < 0 {
                bytes[length] = UInt8(ascii: "-")
                length += 1
            }
            bytes[..<length].reverse()
            return length
        }
    }

    /// At most `places` (0 to 9) decimals, grouped: `605`, `1,234.5`. What is no number, or too large to be exact, is a
    /// dash.
    public func written(_ value: Double, places: Int = 2) -> String {
        precondition((0...9).contains(places), "\(places) decimals")
        guard value.isFinite, value.magnitude < 1e15 else { return "–" }
        var (scale, scaled) = (UInt64(1), value.magnitude)
        for _ in 0..<places { scale *= 10 }
        scaled *= Double(scale)
        guard scaled < 1e18 else { return written(value, places: places - 1) }
        let (whole, part) = UInt64(scaled.rounded(.toNearestOrEven)).quotientAndRemainder(dividingBy: scale)
        let text = written(Int(whole))
        let sign = value < 0 && (whole > 0 || part > 0) ? "-" : ""
        guard part > 0 else { return sign + text }
        var decimals = String(String(part + scale).dropFirst())
        while decimals.last == "0" { decimals.removeLast() }
        return sign + text + (self == .spanish ? "," : ".") + decimals
    }

    /// An amount with the code of its currency, always with all its decimals: `USD 1,234.50`, `1234,50 USD`.
    ///
    /// - Parameter places: how many digits of the minor units stand after the decimal sign (0 to 9).
    public func written(minor: Int, places: Int, code: String) -> String {
        precondition((0...9).contains(places), "\(places) decimals")
        var scale: UInt = 1
        for _ in 0..<places { scale *= 10 }
        let (whole, part) = minor.magnitude.quotientAndRemainder(dividingBy: scale)
        // Only with no places at all can the whole be one more than the largest integer.
        var number = Int(exactly: whole).map { written($0) } ?? String(whole)
        if places > 0 {
            let digits = String(part)
            number += self == .spanish ? "," : "."
            number += String(repeating: "0", count: places - digits.count) + digits
        }
        let sign = minor < 0 ? "-" : ""
        return self == .spanish ? "\(sign)\(number)\u{A0}\(code)" : "\(sign)\(code)\u{A0}\(number)"
    }

    /// Shortened, as CLDR's short compact form: `131M`, `131 M`, `1.3억`, `1.3亿`. Below a million the number itself.
    public func compact(_ number: Int) -> String {
        let units: [(Int, String)] =
            switch self {
            case .spanish: [(1_000_000, "\u{A0}M")]
            case .korean: [(100_000_000, "억"), (10_000, "만")]
            case .chinese: [(100_000_000, "亿"), (10_000, "万")]
            default: [(1_000_000_000, "B"), (1_000_000, "M")]
            }
        guard number.magnitude >= 1_000_000,
            let (unit, name) = units.first(where: { number.magnitude >= $0.0 })
        else { return written(number) }
        let scaled = Double(number) / Double(unit)
        // No grouping: 1235만.
        return (scaled.magnitude < 9.95 ? written(scaled, places: 1) : String(Int(scaled.rounded(.toNearestOrEven))))
            + name
    }

    /// A day, or the month or year that it is in.
    public func written(_ date: CalendarDate, _ style: DateStyle) -> String {
        switch self {
        case .english, .pseudo: english(date, style)
        case .spanish: spanish(date, style)
        case .korean: eastAsian(date, style, units: ("년", "월", "일"), gap: " ")
        case .chinese: eastAsian(date, style, units: ("年", "月", "日"), gap: "")
        }
    }

    private func english(_ date: CalendarDate, _ style: DateStyle) -> String {
        let names = [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        ]
        let name = names[date.month - 1]
        let short = date.month == 9 ? "Sept" : String(name.prefix(3))
        return switch style {
        case .short: "\(date.day) \(short) \(date.year)"
        case .long: "\(date.day) \(name) \(date.year)"
        case .month: "\(short) \(date.year)"
        case .year: "\(date.year)"
        }
    }

    private func spanish(_ date: CalendarDate, _ style: DateStyle) -> String {
        let names = [
            "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
            "noviembre", "diciembre",
        ]
        let name = names[date.month - 1]
        let short = date.month == 9 ? "sept" : String(name.prefix(3))
        return switch style {
        case .short: "\(date.day) \(short) \(date.year)"
        case .long: "\(date.day) de \(name) de \(date.year)"
        case .month: "\(short) \(date.year)"
        case .year: "\(date.year)"
        }
    }

    private func eastAsian(
        _ date: CalendarDate,
        _ style: DateStyle,
        units: (year: String, month: String, day: String),
        gap: String
    ) -> String {
        let year = "\(date.year)\(units.year)"
        let month = year + gap + "\(date.month)\(units.month)"
        return switch style {
        case .short, .long: month + gap + "\(date.day)\(units.day)"
        case .month: month
        case .year: year
        }
    }

    /// "Cuenca", "Cuenca and Loja", "Cuenca, Loja and Ryde".
    public func written(_ items: [String], _ style: ListStyle) -> String {
        let between = marks(between: items.count, style, last: items.last ?? "")
        return zip(items, between + [""]).map { $0 + $1 }.joined()
    }

    /// What stands between so many items of a list, of which the last begins with `last`.
    func marks(between count: Int, _ style: ListStyle, last: String) -> [String] {
        guard count > 1 else { return [] }
        let comma = self == .chinese ? "、" : ", "
        return Array(repeating: comma, count: count - 2) + [conjunction(style, before: last)]
    }

    private func conjunction(_ style: ListStyle, before next: String) -> String {
        switch (self, style) {
        case (.english, .and), (.pseudo, .and): " and "
        case (.english, .or), (.pseudo, .or): " or "
        case (.korean, .and): " 및 "
        case (.korean, .or): " 또는 "
        case (.chinese, .and): "和"
        case (.chinese, .or): "或"
        case (.spanish, .and): Language.soundsLikeI(next) ? " e " : " y "
        case (.spanish, .or): Language.soundsLikeO(next) ? " u " : " o "
        }
    }

    /// Spanish says "e" before the sound i, as before "Italia" and "Hidalgo", not before "hierro".
    private static func soundsLikeI(_ word: String) -> Bool {
        let start = word.lowercased()
        if start.hasPrefix("hi") || start.hasPrefix("hí") {
            return !start.hasPrefix("hia") && !start.hasPrefix("hie") && !start.hasPrefix("hio")
        }
        return start.hasPrefix("i") || start.hasPrefix("í")
    }

    /// Spanish says "u" before the sound o, as before "Oslo" and "Honduras", and before 8 and 11.
    private static func soundsLikeO(_ word: String) -> Bool {
        let start = word.lowercased()
        let number = start.prefix { $0.isNumber }
        return ["o", "ó", "ho", "hó"].contains { start.hasPrefix($0) } || number.hasPrefix("8") || number == "11"
    }
}
