public import Access
public import Languages

/// Why an amount cannot be had.
public enum MoneyError: Refusal, Equatable {
    /// ISO 4217 has no currency of that code.
    case unknownCurrency(String)
    case differentCurrencies(Currency, Currency)
    case notAnAmount(String, Currency)
    case notARate(String)
    /// More than can be kept.
    case overflow

    public var code: String {
        switch self {
        case .unknownCurrency: "money.unknown-currency"
        case .differentCurrencies: "money.different-currencies"
        case .notAnAmount: "money.not-an-amount"
        case .notARate: "money.not-a-rate"
        case .overflow: "money.too-large"
        }
    }

    public var kind: RefusalKind { .invalid }

    public var sentence: Phrase {
        switch self {
        case .unknownCurrency(let code):
            say("\"\(code)\" is no currency. Give the three letters of ISO 4217, such as USD.")
        case .differentCurrencies(let one, let other):
            say("Amounts in \(one.code) and in \(other.code) cannot be reckoned together. Give a rate of exchange.")
        case .notAnAmount(let text, let currency) where currency.exponent == 0:
            say("\"\(text)\" is no amount in \(currency.code). Write whole digits, such as 2000.")
        case .notAnAmount(let text, let currency):
            say("\"\(text)\" is no amount in \(currency.code). Write it with digits and a point, such as 2000.50.")
        case .notARate(let text):
            say("\"\(text)\" is no rate of exchange. Write a number above zero with a point, such as 1.0855.")
        case .overflow: say("The amount is too large to be kept. Check its digits.")
        }
    }
}
