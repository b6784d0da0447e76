public import Charter
public import Languages

/// A part of what is owed, and the day by which it is paid.
public struct Instalment: Sendable, Hashable {
    public let dueOn: Day
    public let amount: Money

    public init(dueOn: Day, amount: Money) {
        self.dueOn = dueOn
        self.amount = amount
    }
}

/// What is asked or granted: of each year that it is for.
public enum ReliefTerms: Sendable, Hashable {
    case remission
    /// So many of a hundred parts less.
    case percent(Int)
    /// So much less.
    case amount(Money)
    /// So much in place of the fee.
    case commutation(Money)
    /// In the order of their days; of all the years together.
    case plan([Instalment])
    /// The relief that ends.
    case ending(EndedRelief)

    /// Relief that was granted and shall end before its time.
    public struct EndedRelief: Sendable, Hashable {
        public let id: String
        /// As `2026-3`.
        public let reference: String
        public let kind: ReliefKind
    }

    /// By how much an invoice that asks for so much is lowered: never by more than that.
    ///
    /// Throws `MoneyError.differentCurrencies` where it is in another currency.
    func lowering(_ asked: Money) throws(MoneyError) -> Money {
        let none = Money.zero(asked.currency)
        guard asked.isPositive else { return none }
        switch self {
        case .remission: return asked
        case .percent(let percent): return try asked.share(percent, of: 100)
        case .amount(let amount): return try asked.isLess(than: amount) ? asked : amount
        case .commutation(let amount):
            let less = try asked - amount
            return less.isPositive ? less : none
        case .plan, .ending: return none
        }
    }

    /// As a part of a sentence: "the fee of 2024 is lowered by 50%".
    func words(_ years: ClosedRange<Int>) -> Phrase {
        let span = years.words
        let isOne = years.count == 1
        return switch self {
        case .remission: say("the fee of \(span) is remitted")
        case .percent(let percent): say("the fee of \(span) is lowered by \(percent)%")
        case .amount(let amount):
            isOne
                ? say("the fee of \(span) is lowered by \(amount)")
                : say("the fee of \(span) is lowered by \(amount) a year")
        case .commutation(let amount):
            isOne
                ? say("\(amount) is paid in place of the fee of \(span)")
                : say("\(amount) a year is paid in place of the fee of \(span)")
        case .plan(let instalments):
            say("what is owed of \(span) is paid in instalments: \(Phrase.list(instalments.map(\.words)))")
        case .ending(let relief) where relief.kind == .plan:
            say("the instalments granted by request \(relief.reference) do not hold any more")
        case .ending(let relief):
            say("the relief granted by request \(relief.reference) does not hold for \(span) any more")
        }
    }
}

extension Instalment {
    /// "USD 500.00 by 1 Apr 2024"
    public var words: Phrase { say("\(amount) by \(dueOn)", context: "an instalment and its day") }
}

extension ClosedRange<Int> {
    /// Years: "2024", or "2024 to 2026".
    var words: Phrase {
        count == 1 ? .verbatim("\(lowerBound)") : say("\(plain: lowerBound) to \(plain: upperBound)", context: "years")
    }
}

extension [Instalment] {
    /// What each of several sums, paid one after the other, has of the instalments. What is owed beyond all of them falls
    /// on the last one's day.
    func spread(over sums: [Money]) throws(MoneyError) -> [[Instalment]] {
        var left = self
        var spread: [[Instalment]] = []
        for sum in sums {
            var rest = sum
            var parts: [Instalment] = []
            while rest.isPositive, let next = left.first {
                let part = try rest.isLess(than: next.amount) ? rest : next.amount
                if part.isPositive { parts.append(Instalment(dueOn: next.dueOn, amount: part)) }
                rest = try rest - part
                let more = try next.amount - part
                if more.isPositive {
                    left[0] = Instalment(dueOn: next.dueOn, amount: more)
                } else {
                    left.removeFirst()
                }
            }
            if rest.isPositive, let final = last {
                if parts.last?.dueOn == final.dueOn { rest = try rest + parts.removeLast().amount }
                parts.append(Instalment(dueOn: final.dueOn, amount: rest))
            }
            spread.append(parts)
        }
        return spread
    }

    /// What is left of them once so much of them is used.
    func after(_ used: Money) throws(MoneyError) -> [Instalment] {
        var used = used
        var left: [Instalment] = []
        for instalment in self {
            let part = try used.isLess(than: instalment.amount) ? used : instalment.amount
            used = try used - part
            let rest = try instalment.amount - part
            if rest.isPositive { left.append(Instalment(dueOn: instalment.dueOn, amount: rest)) }
        }
        return left
    }
}
