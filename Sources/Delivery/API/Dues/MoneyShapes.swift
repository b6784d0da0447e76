import Dues
import Languages

extension Shapes {
    /// An amount in minor units, so that nothing is rounded on the way.
    static let money = Shape<Money>(
        "Money",
        [
            .text("currency", "ISO 4217.", example: "USD") { $0.currency.code },
            .integer("minor", "Whole minor units of the currency: cents of USD, won of KRW.") { $0.minor },
            .text("text", "The same as people read it.", example: "USD 1,234.50") { $0.words.english },
        ]
    )
}

extension Field {
    static func money(
        _ name: String,
        _ detail: String,
        _ get: @escaping @Sendable (Value) -> Money
    ) -> Field {
        .object(name, detail, Shapes.money, get)
    }

    static func optionalMoney(
        _ name: String,
        _ detail: String,
        _ get: @escaping @Sendable (Value) -> Money?
    ) -> Field {
        .optionalObject(name, detail, Shapes.money, get)
    }
}

extension Schema {
    /// An amount above zero that is sent.
    static func money(_ detail: String) -> Schema { Schema(.object(sentMoney), detail) }

    private static let sentMoney = ObjectSchema(
        name: "MoneyInput",
        isClosed: true,
        [
            .init(name: "currency", schema: .choice("ISO 4217.", Currency.all, example: "USD"), isRequired: true),
            .init(
                name: "minor",
                schema: .integer(
                    "Whole minor units of the currency: cents of USD, won of KRW.",
                    1...1_000_000_000_000_000
                ),
                isRequired: true
            ),
        ]
    )
}

extension JSONValue {
    /// An amount that was sent; `nil` where it was not.
    func money(_ name: String) throws -> Money? {
        guard self[name] != nil else { return nil }
        return try requiredMoney(name)
    }

    /// An amount that is always sent.
    func requiredMoney(_ name: String) throws -> Money {
        let sent = self[name]
        return Money(minor: sent?.integer("minor") ?? 0, try Currency(sent?.text("currency") ?? ""))
    }

    func integer(_ name: String) -> Int? {
        if case .integer(let number) = self[name] { number } else { nil }
    }
}
