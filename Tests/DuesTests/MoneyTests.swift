import Charter
import Languages
import Testing

@testable import Dues

@Suite("Money is exact")
struct MoneyTests {
    @Test(
        "an amount is read with the decimals of its currency",
        arguments: [
            ("2000", "USD", 200_000), ("0.05", "USD", 5), ("1234.5", "USD", 123_450), ("-20.00", "USD", -2000),
            ("2000", "KRW", 2000), ("2000.00", "KRW", 2000), ("1.234", "KWD", 1234), ("007", "USD", 700),
            ("92233720368547758.07", "USD", Int.max), ("-92233720368547758.08", "USD", Int.min),
        ]
    )
    func reads(text: String, code: String, minor: Int) throws {
        let money = try Money(text, Currency(code))
        #expect(money.minor == minor)
        #expect(try Money(money.plain, money.currency) == money)
    }

    @Test(
        "what is no amount is refused",
        arguments: [
            ("", "USD"), (".5", "USD"), ("5.", "USD"), ("1.234", "USD"), ("1.5", "KRW"), ("1,000", "USD"),
            ("+5", "USD"), ("1e3", "USD"), ("٣", "USD"), ("--5", "USD"), ("5 ", "USD"), ("1.2.3", "USD"),
        ]
    )
    func refuses(text: String, code: String) throws {
        let currency = try Currency(code)
        #expect(throws: MoneyError.notAnAmount(text, currency)) { try Money(text, currency) }
    }

    @Test("nothing wraps around")
    func overflow() throws {
        let usd = try Currency("USD")
        let (most, least, one) = (Money(minor: .max, usd), Money(minor: .min, usd), Money(minor: 1, usd))
        #expect(throws: MoneyError.overflow) { try most + one }
        #expect(throws: MoneyError.overflow) { try least - one }
        #expect(throws: MoneyError.overflow) { try least.negated }
        #expect(throws: MoneyError.overflow) { try Money(whole: .max / 10, usd) }
        #expect(throws: MoneyError.overflow) { try Money("92233720368547758.08", usd) }
        #expect(throws: MoneyError.overflow) { try most.share(2, of: 1) }
        #expect(try most.share(1, of: 1) == most)
        #expect(try (most + least).minor == -1)
    }

    @Test("amounts of two currencies are not reckoned together")
    func currencies() throws {
        let (usd, eur) = (try Currency("USD"), try Currency("EUR"))
        #expect(throws: MoneyError.differentCurrencies(usd, eur)) { try Money(minor: 1, usd) + Money(minor: 1, eur) }
        #expect(throws: MoneyError.differentCurrencies(usd, eur)) {
            try Money(minor: 1, usd).isLess(than: Money(minor: 2, eur))
        }
    }

    @Test(
        "a share rounds half to even",
        arguments: [
            (5, 1, 2, 2), (15, 1, 2, 8), (-5, 1, 2, -2), (-15, 1, 2, -8), (10, 1, 3, 3), (20, 1, 3, 7),
            (100, 9, 12, 75),
        ]
    )
    func shares(minor: Int, part: Int, whole: Int, share: Int) throws {
        #expect(try Money(minor: minor, Currency("USD")).share(part, of: whole).minor == share)
    }

    @Test("there are only currencies of the standard, with its decimals")
    func known() throws {
        for code in ["usd", "US", "", "XXX", "BTC", "DEM", "USDX", "XAU"] {
            #expect(throws: MoneyError.unknownCurrency(code)) { try Currency(code) }
        }
        let exponents = try ["USD", "EUR", "KRW", "JPY", "VND", "KWD", "TND"].map { try Currency($0).exponent }
        #expect(exponents == [2, 2, 0, 0, 0, 3, 3])
        #expect(Currency.all.count > 150)
    }

    @Test(
        "amounts are said as CLDR has them",
        arguments: [
            (Language.english, "USD\u{A0}1,234.50"), (.korean, "USD\u{A0}1,234.50"), (.chinese, "USD\u{A0}1,234.50"),
            (.spanish, "1234,50\u{A0}USD"),
        ]
    )
    func words(language: Language, text: String) throws {
        let words = Money(minor: 123_450, try Currency("USD")).words
        #expect(Speech(Catalogue(empty: language)).text(words) == text)
        #expect(Phrase(stored: words.stored) == words)
    }

    @Test("an amount for programs has the point and all decimals")
    func plain() throws {
        #expect(Money(minor: 5, try Currency("USD")).plain == "0.05")
        #expect(Money(minor: -123_450, try Currency("USD")).plain == "-1234.50")
        #expect(Money(minor: 2000, try Currency("KRW")).plain == "2000")
        #expect(Money(minor: 7, try Currency("KWD")).plain == "0.007")
    }
}

@Suite("Rates of exchange")
struct ExchangeRateTests {
    private static func rate(_ from: String, _ to: String, _ rate: String) throws -> ExchangeRate {
        let day = try Day(year: 2024, month: 3, day: 1)
        return try ExchangeRate(from: Currency(from), to: Currency(to), day: day, rate: rate, source: "ECB")
    }

    @Test(
        "an amount is worth so much, half to even",
        arguments: [
            ("EUR", "USD", "1.0855", "100.00", "108.55"), ("EUR", "USD", "1.00005", "100.00", "100.00"),
            ("EUR", "USD", "1.00015", "100.00", "100.02"), ("USD", "KRW", "1331.5", "2000.00", "2663000"),
            ("KRW", "USD", "0.00075", "2000", "1.50"), ("USD", "KWD", "0.3071", "10.00", "3.071"),
            ("EUR", "USD", "1.0855", "-0.01", "-0.01"),
        ]
    )
    func converts(from: String, to: String, text: String, amount: String, worth: String) throws {
        let rate = try Self.rate(from, to, text)
        #expect(rate.text == text)
        let converted = try rate.converted(Money(amount, Currency(from)))
        #expect(converted == (try Money(worth, Currency(to))))
    }

    @Test("an amount of the other side is reckoned back")
    func back() throws {
        let rate = try Self.rate("EUR", "USD", "1.0855")
        #expect(try rate.converted(Money("108.55", Currency("USD"))).plain == "100.00")
        let gbp = try Money("1", Currency("GBP"))
        #expect(throws: MoneyError.differentCurrencies(gbp.currency, rate.from)) { try rate.converted(gbp) }
    }

    @Test(
        "what is no rate is refused",
        arguments: ["0", "0.00", "", "-1", "1,5", "1.", ".5", "1e3", "1234567890.1234567"]
    )
    func refuses(text: String) {
        #expect(throws: MoneyError.notARate(text)) { try Self.rate("EUR", "USD", text) }
    }

    @Test("what would not fit is refused")
    func overflow() throws {
        let rate = try Self.rate("USD", "KRW", "999999999999999")
        #expect(throws: MoneyError.overflow) { try rate.converted(Money(minor: .max, rate.from)) }
    }
}
