public import Charter

/// How many units of one currency one unit of another was worth on a day, exactly as its source says.
public struct ExchangeRate: Sendable, Hashable {
    public let from: Currency
    public let to: Currency
    public let day: Day
    /// The rate is `mantissa` with its point `scale` digits from the right.
    public let mantissa: Int
    public let scale: Int
    /// Where the rate was read.
    public let source: String

    /// - Parameter rate: digits with at most one point, at most 15 of them, more than zero. Throws `notARate`.
    public init(
        from: Currency,
        to: Currency,
        day: Day,
        rate: String,
        source: String
    ) throws(MoneyError) {
        let parts = rate.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map { Array($0) }
        let digits = parts.flatMap { $0 }
        guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty }), digits.count <= 15,
            digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { throw .notARate(String(rate.prefix(40))) }
        let mantissa = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        guard mantissa > 0 else { throw .notARate(String(rate.prefix(40))) }
        (self.from, self.to, self.day, self.source) = (from, to, day, source)
        self.mantissa = mantissa
        scale = parts.count == 2 ? parts[1].count : 0
    }

    /// The rate as it was given: `1.0855`.
    public var text: String {
        let digits = String(mantissa)
        guard scale > 0 else { return digits }
        let padded = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
        return "\(padded.dropLast(scale)).\(padded.suffix(scale))"
    }

    /// The amount in the other currency, a half to the even minor unit.
    ///
    /// Throws `differentCurrencies` for an amount of neither side, and `overflow`. An amount of `to` is reckoned back.
    public func converted(_ money: Money) throws(MoneyError) -> Money {
        if money.currency == from {
            return try Self.scaled(money, by: (mantissa, scale), to: to)
        }
        guard money.currency == to else { throw .differentCurrencies(money.currency, from) }
        let numerator = try Self.product(Int128(money.minor), Self.power(scale + from.exponent))
        let denominator = try Self.product(Int128(mantissa), Self.power(to.exponent))
        return try Self.fitting(numerator.dividedHalfToEven(by: denominator), from)
    }

    private static func scaled(
        _ money: Money,
        by rate: (mantissa: Int, scale: Int),
        to currency: Currency
    ) throws(MoneyError) -> Money {
        let worth = try product(Int128(money.minor), Int128(rate.mantissa))
        let numerator = try product(worth, power(currency.exponent))
        return try fitting(numerator.dividedHalfToEven(by: power(rate.scale + money.currency.exponent)), currency)
    }

    private static func product(_ first: Int128, _ second: Int128) throws(MoneyError) -> Int128 {
        let (product, overflow) = first.multipliedReportingOverflow(by: second)
        guard !overflow else { throw .overflow }
        return product
    }

    private static func fitting(_ minor: Int128, _ currency: Currency) throws(MoneyError) -> Money {
        guard let minor = Int(exactly: minor) else { throw .overflow }
        return Money(minor: minor, currency)
    }

    private static func power(_ exponent: Int) -> Int128 {
        var power: Int128 = 1
        for _ in 0..<exponent { power *= 10 }
        return power
    }
}
