import Archive
import XML

/// Which of a workbook's styles show a number as a day or a time.
struct CellStyles {
    enum Kind: Sendable { case number, day, time, instant }

    let kinds: [Kind]

    /// The kind of the style with that number.
    subscript(style: Int) -> Kind { kinds.indices.contains(style) ? kinds[style] : .number }

    static func read(_ archive: ZipArchive, _ workbook: Workbook) throws(SheetError) -> CellStyles {
        guard let part = workbook.styles else { return CellStyles(kinds: []) }
        var scanner = try PartScanner(archive.part(part), part: part)
        var ownFormats: [Int: Kind] = [:]
        var kinds: [Kind] = []
        var isCellStyle = false
        while let event = try scanner.next() {
            switch event {
            case .start(let tag) where tag.name == "numFmt":
                if let id = try scanner.attribute("numFmtId", of: tag).flatMap({ Int($0) }) {
                    ownFormats[id] = kind(format: try scanner.attribute("formatCode", of: tag) ?? "")
                }
            case .start(let tag) where tag.name == "cellXfs": isCellStyle = true
            case .start(let tag) where tag.name == "xf" && isCellStyle:
                let id = try scanner.attribute("numFmtId", of: tag).flatMap { Int($0) } ?? 0
                kinds.append(ownFormats[id] ?? kind(builtIn: id))
            case .end("cellXfs"): isCellStyle = false
            default: continue
            }
        }
        return CellStyles(kinds: kinds)
    }

    /// The formats that every program knows by number (ECMA-376, part 1, 18.8.30); 27 to 58 are East Asia's.
    static func kind(builtIn id: Int) -> Kind {
        switch id {
        case 14...17, 27...31, 36, 50...54, 57, 58: .day
        case 18...21, 32...35, 45, 47, 55, 56: .time
        case 22: .instant
        default: .number
        }
    }

    /// The kind of a format code such as `dd/mm/yyyy;@`. A duration (`[h]:mm`) stays the number that it is.
    static func kind(format: String) -> Kind {
        var hasDay = false
        var hasTime = false
        var signs = format.prefix { $0 != ";" }.lowercased()[...]
        scan: while let sign = signs.popFirst() {
            switch sign {
            case "\"":
                signs = signs.drop { $0 != "\"" }.dropFirst()
            case "\\", "_", "*": signs = signs.dropFirst()
            case "[":
                let inside = signs.prefix { $0 != "]" }
                if !inside.isEmpty, Set(inside).isSubset(of: ["h", "m", "s"]) { return .number }
                signs = signs.drop { $0 != "]" }.dropFirst()
            case "y", "d": hasDay = true
            case "h", "s": hasTime = true
            // The word General begins with no sign of a date but has an e, which is a year in some countries.
            case "g" where signs.hasPrefix("eneral"): signs = signs.dropFirst(6)
            case "0", "#", "?": break scan
            default: continue
            }
        }
        // An m alone is a month: "mmm".
        if !hasDay, !hasTime { return format.lowercased().contains("mmm") ? .day : .number }
        return hasDay && hasTime ? .instant : hasDay ? .day : .time
    }
}

/// How a workbook counts days.
enum DayCount: Sendable {
    case from1900, from1904

    /// A serial number as text: a day, a time of the day, or both; `nil` for one that is no day of the years 1900 to 9999.
    func text(_ serial: Double, _ kind: CellStyles.Kind) -> String? {
        guard serial >= 0, serial < 2_958_466 else { return nil }
        var days = Int(serial)
        // Rounded to the second: the fraction of a day is never exact.
        var seconds = Int(((serial - Double(days)) * 86_400).rounded())
        if seconds == 86_400 { (days, seconds) = (days + 1, 0) }
        let time = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { pad($0, 2) }.joined(separator: ":")
        if kind == .time, days == 0 { return time }
        guard let day = day(days) else { return nil }
        return kind == .day || seconds == 0 ? day : day + "T" + time
    }

    private func day(_ serial: Int) -> String? {
        var days = serial
        switch self {
        // 1904-01-01 is day 1462 of the other count.
        case .from1904: days += 1462
        case .from1900:
            guard days > 0 else { return nil }
            // The format counts a 29 February 1900, which never was.
            if days == 60 { return "1900-02-29" }
            if days < 60 { days += 1 }
        }
        let (year, month, dayOfMonth) = civil(daysSince1970: days - 25_569)
        return pad(year, 4) + "-" + pad(month, 2) + "-" + pad(dayOfMonth, 2)
    }

    private func pad(_ number: Int, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }

    /// The Gregorian date, for days from 1900 on (Howard Hinnant's civil_from_days).
    private func civil(daysSince1970 days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }
}
