public import Languages

/// An amount in minor units of its currency. Everything about it is exact; what would not fit is an error and never
/// wraps around.
public struct Money: Sendable, Hashable, Codable {
    public let minor: Int
    public let currency: Currency

    public init(minor: Int, _ currency: Currency) {
        self.minor = minor
        self.currency = currency
    }

    public static func zero(_ currency: Currency) -> Money { Money(minor: 0, currency) }

    /// Whole units, as the charter has fees. Throws `overflow`.
    public init(whole: Int, _ currency: Currency) throws(MoneyError) {
        let (minor, overflow) = whole.multipliedReportingOverflow(by: currency.minorInWhole)
        guard !overflow else { throw .overflow }
        self.init(minor: minor, currency)
    }

    /// Digits with at most one point, as `1234.5` or `-20`. Throws `notAnAmount` for anything else, for more decimals
    /// than the currency has, and `overflow`.
    public init(_ text: String, _ currency: Currency) throws(MoneyError) {
        let bytes = Array(text.utf8)
        let isNegative = bytes.first == UInt8(ascii: "-")
        let parts = bytes.dropFirst(isNegative ? 1 : 0).split(
            separator: UInt8(ascii: "."),
            maxSplits: 1,
            omittingEmptySubsequences: false
        )
        let decimals: [UInt8] = parts.count == 2 ? Array(parts[1]) : []
        let isDigit = { (byte: UInt8) in (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
        guard let whole = parts.first, !whole.isEmpty, parts.count == 1 || !decimals.isEmpty,
            (Array(whole) + decimals).allSatisfy(isDigit),
            decimals.dropFirst(currency.exponent).allSatisfy({ $0 == UInt8(ascii: "0") })
        else { throw .notAnAmount(String(text.prefix(40)), currency) }
        let kept = Array(decimals.prefix(currency.exponent))
        let zeros = Array(repeating: UInt8(ascii: "0"), count: currency.exponent - kept.count)
        var minor = 0
        for digit in Array(whole) + kept + zeros {
            let (shifted, tooLarge) = minor.multipliedReportingOverflow(by: 10)
            let (sum, overflow) = shifted.subtractingReportingOverflow(Int(digit - UInt8(ascii: "0")))
            guard !tooLarge, !overflow else { throw .overflow }
            minor = sum
        }
        // Gathered below zero, where there is room for the least amount of all.
        guard isNegative || minor != Int.min else { throw .overflow }
        self.init(minor: isNegative ? minor : -minor, currency)
    }

    public var isZero: Bool { minor == 0 }
    public var isPositive: Bool { minor > 0 }
    public var isNegative: Bool { minor < 0 }

    public static func + (first: Money, second: Money) throws(MoneyError) -> Money {
        try first.require(second.currency)
        let (sum, overflow) = first.minor.addingReportingOverflow(second.minor)
        guard !overflow else { throw .overflow }
        return Money(minor: sum, first.currency)
    }

    public static func - (first: Money, second: Money) throws(MoneyError) -> Money {
        try first.require(second.currency)
        let (difference, overflow) = first.minor.subtractingReportingOverflow(second.minor)
        guard !overflow else { throw .overflow }
        return Money(minor: difference, first.currency)
    }

    /// The same amount the other way round.
    public var negated: Money {
        get throws(MoneyError) { try Money.zero(currency) - self }
    }

    /// Which of two amounts of one currency is the less.
    public func isLess(than other: Money) throws(MoneyError) -> Bool {
        try require(other.currency)
        return minor < other.minor
    }

    /// `part` of `whole` of it, a half to the even minor unit. Throws `overflow`.
    public func share(_ part: Int, of whole: Int) throws(MoneyError) -> Money {
        precondition(whole > 0, "a share of nothing")
        let product = Int128(minor) * Int128(part)
        guard let share = Int(exactly: product.dividedHalfToEven(by: Int128(whole))) else { throw .overflow }
        return Money(minor: share, currency)
    }

    private func require(_ other: Currency) throws(MoneyError) {
        guard other == currency else { throw .differentCurrencies(currency, other) }
    }
}

extension Money {
    /// As each language writes it: `USD 1,234.50`.
    public var words: Phrase { .money(minor: minor, places: currency.exponent, code: currency.code) }

    /// For programs: `1234.50`, without the currency.
    public var plain: String {
        let digits = String(minor.magnitude)
        let padded = String(repeating: "0", count: max(0, currency.exponent + 1 - digits.count)) + digits
        let (whole, decimals) = (padded.dropLast(currency.exponent), padded.suffix(currency.exponent))
        let sign = minor < 0 ? "-" : ""
        return decimals.isEmpty ? "\(sign)\(whole)" : "\(sign)\(whole).\(decimals)"
    }
}

extension PhraseLiteral.StringInterpolation {
    /// An amount as each language writes it, as "USD 1,234.50".
    public mutating func appendInterpolation(_ money: Money) { appendInterpolation(money.words) }
}

extension Int128 {
    /// The quotient, a half to the even one.
    func dividedHalfToEven(by divisor: Int128) -> Int128 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        let twice = remainder.magnitude * 2
        let isUp = twice > divisor.magnitude || (twice == divisor.magnitude && !quotient.isMultiple(of: 2))
        guard isUp else { return quotient }
        return quotient + ((self < 0) == (divisor < 0) ? 1 : -1)
    }
}
