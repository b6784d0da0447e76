public import Access
import Charter
import Languages

/// What the columns of a bank's table hold, and how it writes amounts and days.
public struct StatementMapping: Sendable, Equatable, Codable {
    /// What a column can hold.
    public enum Field: String, Sendable, CaseIterable, Codable, CodingKeyRepresentable {
        case booked, value
        /// One column with its sign, or one for what came in and one for what went out.
        case amount, credit, debit
        /// The balance after the booking.
        case balance
        case currency, name, iban, text, reference
        case bankID = "id"
    }

    /// A column by its heading, or by its number from 1, written `#3`.
    public struct Column: Sendable, Hashable, Codable {
        public let name: String

        public init(_ name: String) { self.name = name }

        public init(from decoder: any Decoder) throws {
            name = try decoder.singleValueContainer().decode(String.self)
        }

        public func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(name)
        }

        /// Its place from 0, where it is told by number.
        var place: Int? { name.hasPrefix("#") ? Int(name.dropFirst()).map { $0 - 1 } : nil }
    }

    public enum Delimiter: String, Sendable, CaseIterable, Codable {
        case comma, semicolon, tab, pipe

        var byte: UInt8 {
            switch self {
            case .comma: UInt8(ascii: ",")
            case .semicolon: UInt8(ascii: ";")
            case .tab: UInt8(ascii: "\t")
            case .pipe: UInt8(ascii: "|")
            }
        }
    }

    public enum DecimalSign: String, Sendable, CaseIterable, Codable {
        case point, comma

        var sign: Character { self == .point ? "." : "," }
    }

    public enum ThousandsSign: String, Sendable, CaseIterable, Codable {
        case none, point, comma, space, apostrophe

        var signs: Set<Character> {
            switch self {
            case .none: []
            case .point: ["."]
            case .comma: [","]
            case .space: [" ", "\u{a0}", "\u{202f}"]
            case .apostrophe: ["'", "’"]
            }
        }
    }

    public enum DayFormat: String, Sendable, CaseIterable, Codable {
        case yearMonthDay = "yyyy-mm-dd"
        case yearMonthDaySlashes = "yyyy/mm/dd"
        case yearMonthDayPoints = "yyyy.mm.dd"
        case compact = "yyyymmdd"
        case dayMonthYear = "dd.mm.yyyy"
        case dayMonthYearSlashes = "dd/mm/yyyy"
        case dayMonthYearHyphens = "dd-mm-yyyy"
        case dayMonthShortYear = "dd.mm.yy"
        case monthDayYear = "mm/dd/yyyy"
    }

    /// A byte order mark at the file's beginning counts more than this.
    public enum Encoding: String, Sendable, CaseIterable, Codable {
        case automatic
        case utf8 = "utf-8"
        case utf16 = "utf-16"
        case latin1 = "latin-1"
    }

    /// Only `text` may have more than one column.
    public var columns: [Field: [Column]]
    /// The account that the table is of: an IBAN, or as the bank calls it.
    public var account: String
    /// The account's currency by ISO 4217.
    public var currency: String
    public var delimiter: Delimiter
    public var decimal: DecimalSign
    public var thousands: ThousandsSign
    public var days: DayFormat
    public var encoding: Encoding
    /// Whether the first line that counts names the columns.
    public var hasHeader: Bool
    /// How many lines stand before it.
    public var skippedLines: Int

    public init(
        columns: [Field: [Column]],
        account: String,
        currency: String,
        delimiter: Delimiter = .comma,
        decimal: DecimalSign = .point,
        thousands: ThousandsSign = .none,
        days: DayFormat = .yearMonthDay,
        encoding: Encoding = .automatic,
        hasHeader: Bool = true,
        skippedLines: Int = 0
    ) {
        self.columns = columns
        self.account = account
        self.currency = currency
        self.delimiter = delimiter
        self.decimal = decimal
        self.thousands = thousands
        self.days = days
        self.encoding = encoding
        self.hasHeader = hasHeader
        self.skippedLines = skippedLines
    }
}

extension StatementMapping {
    /// Throws `InvalidInput` (`columns`, `account`, `currency`, `decimal`, `skipped_lines`) for one by which no file
    /// can be read.
    public func check() throws(InvalidInput) {
        var problems: [InvalidInput.Field] = []
        func refuse(_ name: String, _ message: Phrase) { problems.append(.init(name, message)) }
        let known = columns.filter { !$0.value.isEmpty }
        if known[.booked] == nil {
            refuse("columns", say("Say which column holds the day on which something was booked."))
        }
        if (known[.amount] == nil) == (known[.credit] == nil && known[.debit] == nil) {
            refuse(
                "columns",
                say(
                    "Say which column holds the amount with its sign, or which two hold what came in and what went "
                        + "out; not both ways."
                )
            )
        }
        if known.contains(where: { $0.key != .text && $0.value.count > 1 }) {
            refuse("columns", say("Only the text may stand in more than one column."))
        }
        let all = known.values.flatMap(\.self)
        if Set(all).count != all.count { refuse("columns", say("A column can hold one thing alone. Choose one.")) }
        if all.contains(where: { $0.name.isEmpty || $0.place.map { $0 < 0 } == true }) {
            refuse("columns", say("A column is told by its heading, or by its number from 1, such as #3."))
        }
        if !hasHeader, all.contains(where: { $0.place == nil }) {
            refuse("columns", say("A table without headings has columns by number alone, such as #3."))
        }
        if StatementText.clean(account).isEmpty || account.count > 100 {
            refuse("account", say("Say of which account the table is, best by its IBAN."))
        }
        if (try? Currency(currency)) == nil {
            refuse("currency", say("\"\(currency)\" is no currency. Give the three letters of ISO 4217, such as USD."))
        }
        if thousands.signs.contains(decimal.sign) {
            refuse("decimal", say("The sign before decimals and the sign between thousands cannot be the same."))
        }
        if !(0...100).contains(skippedLines) {
            refuse("skipped_lines", say("Give a whole number from \(0) to \(100)."))
        }
        if !problems.isEmpty { throw InvalidInput(problems) }
    }
}

/// Amounts and days as the table writes them; nothing where a text is none.
extension StatementMapping {
    /// Digits with a point, for `Money`: `1234.50` of `1.234,50`. Thousands are taken only in threes.
    func plainAmount(_ typed: String) -> String? {
        var text = StatementText.clean(typed)[...]
        var isNegative = false
        if let sign = text.first, "+-−".contains(sign) {
            isNegative = sign != "+"
            text = text.dropFirst()
        }
        let parts = text.split(separator: decimal.sign, omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let whole = parts.first else { return nil }
        let groups = whole.split(omittingEmptySubsequences: false) { thousands.signs.contains($0) }
        let isGrouped = groups.dropFirst().allSatisfy { $0.count == 3 } && (1...3).contains(groups[0].count)
        guard groups.count == 1 || isGrouped else { return nil }
        let digits = groups.joined()
        let decimals = parts.count == 2 ? String(parts[1]) : nil
        guard !digits.isEmpty, decimals != "", (digits + (decimals ?? "")).allSatisfy({ ("0"..."9").contains($0) })
        else { return nil }
        return (isNegative ? "-" : "") + digits + (decimals.map { "." + $0 } ?? "")
    }

    /// A time behind the day is left out.
    func day(_ typed: String) -> Day? {
        let clean = StatementText.clean(typed)
        let text = String(clean.prefix { $0 != " " && $0 != "T" })
        let pattern = days.rawValue
        guard let separator = pattern.first(where: { !$0.isLetter }) else { return compactDay(text) }
        let names = pattern.split(separator: separator)
        let parts = text.split(separator: separator, omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        var values: [Character: Int] = [:]
        for (name, part) in zip(names, parts) {
            let isYear = name.first == "y"
            guard let letter = name.first, let number = Int(part), part.allSatisfy({ ("0"..."9").contains($0) }),
                isYear ? part.count == name.count : (1...2).contains(part.count)
            else { return nil }
            // No statement of a bank is older than this century.
            values[letter] = isYear && name.count == 2 ? 2000 + number : number
        }
        guard let year = values["y"], let month = values["m"], let day = values["d"] else { return nil }
        return try? Day(year: year, month: month, day: day)
    }

    private func compactDay(_ text: String) -> Day? {
        guard text.count == 8, text.allSatisfy({ ("0"..."9").contains($0) }) else { return nil }
        return Day("\(text.prefix(4))-\(text.dropFirst(4).prefix(2))-\(text.suffix(2))")
    }
}
