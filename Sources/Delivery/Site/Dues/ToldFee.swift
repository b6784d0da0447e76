import Charter
import Dues
import HTML
import Languages

/// A fee by the rules of a year with all that it follows from, or what is missing to tell it.
struct ToldFee: Sendable {
    let rules: FeeYear
    let outcome: FeeOutcome

    init(_ facts: FeeFacts, by rules: FeeYear) {
        self.rules = rules
        outcome = rules.version.fee(facts)
    }

    /// - Parameter joinedOn: the day from which somebody would be a member that joins in the year.
    func write(_ h: HTMLWriter, joinedOn: Day? = nil) {
        switch outcome {
        case .fee(let answer):
            h.p(.class("fee"), text: say("\(answer.money) a year"))
            h.p { h.ruled(answer.sentence) }
            if let share = share(answer, joinedOn) { h.p(share) }
            if !answer.statements.isEmpty {
                h.ul {
                    for statement in answer.statements {
                        h.li {
                            h.ruled(statement.words)
                            h.text(" ")
                            h.cited(statement.citation)
                        }
                    }
                }
            }
        case .missing, .noSchedule:
            h.p(.class("fee"), text: say("No fee can be told"))
            h.p { h.ruled(outcome.words) }
        }
        h.p(
            .class("note"),
            text: say("Decided on \(rules.billedOn), by the rules in force since \(rules.version.effective).")
        )
    }

    /// What of the fee is asked for the year in which somebody joins; nil where that is all of it.
    private func share(_ answer: FeeAnswer, _ joinedOn: Day?) -> Phrase? {
        guard let joinedOn, joinedOn.year == rules.year, let dues = rules.version.dues,
            let currency = try? Currency(answer.currency)
        else { return nil }
        let share = dues.amount(
            fee: answer.fee,
            minorUnits: currency.minorInWhole,
            memberFrom: joinedOn,
            memberTo: nil,
            year: rules.year
        )
        guard share.months < 12 else { return nil }
        let amount = Money(minor: share.minor, currency)
        return say(
            "If membership begins on \(joinedOn), \(amount) of it is asked for \(plain: rules.year). \(share.sentence)"
        )
    }

    /// How this fee differs from another; nil where the two cannot be compared.
    func difference(from other: ToldFee) -> Phrase? {
        guard let own = outcome.answer, let others = other.outcome.answer, own.currency == others.currency else {
            return nil
        }
        let money = Phrase.money(minor: abs(own.fee - others.fee), places: 0, code: own.currency)
        if own.fee > others.fee { return say("That is \(money) more than for \(plain: other.rules.year).") }
        if own.fee < others.fee { return say("That is \(money) less than for \(plain: other.rules.year).") }
        return say("That is the same as for \(plain: other.rules.year).")
    }
}

extension FeeAnswer {
    /// `USD 2,000`
    var money: Phrase { .money(minor: fee, places: 0, code: currency) }
}
