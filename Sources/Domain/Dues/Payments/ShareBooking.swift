import Charter
import Database
import Languages

/// What one share does to a member's account.
struct ShareBooking {
    let share: PlannedShare
    /// In the invoice's currency: all that it takes off.
    let settled: Money
    let charge: Money
    let difference: Money
    let rate: ExchangeRate?

    /// - Parameters:
    ///   - mostDifference: the share of what is settled that rates may make a difference of. What differs by more is
    ///     more likely a slip in an amount or a rate, so that it is refused and not booked as a difference.
    ///   - rate: asked for where the payment is in another currency than the invoice.
    ///
    /// Throws `PaymentRefusal` and `MoneyError`.
    init(
        _ share: PlannedShare,
        mostDifference: Charter.Fraction? = nil,
        rate find: (Currency, Currency) throws -> ExchangeRate
    ) throws {
        self.share = share
        guard let invoice = share.invoice else {
            (settled, charge, difference) = (share.paid, .zero(share.paid.currency), .zero(share.paid.currency))
            rate = nil
            return
        }
        let currency = invoice.owed.currency
        charge = share.charge ?? .zero(currency)
        if currency == share.paid.currency {
            rate = nil
            settled = try share.paid + charge
            difference = .zero(currency)
        } else {
            let found = try find(share.paid.currency, currency)
            let worth = try found.converted(share.paid) + charge
            rate = found
            settled = share.settles ?? worth
            difference = try settled - worth
            guard Self.isSmall(difference, beside: settled, mostDifference) else {
                throw PaymentRefusal.differenceTooLarge(worth, settled)
            }
        }
        guard try !invoice.owed.isLess(than: settled) else {
            throw PaymentRefusal.moreThanOwed(invoice.number, invoice.owed)
        }
    }

    private static func isSmall(_ difference: Money, beside settled: Money, _ most: Charter.Fraction?) -> Bool {
        if difference.isZero { return true }
        guard let most else { return false }
        let (parts, overflow) = settled.minor.magnitude.multipliedReportingOverflow(by: UInt(most.numerator))
        return !overflow && difference.minor.magnitude <= parts / UInt(most.denominator)
    }

    /// The lines of the account, none of them of zero.
    func entries(of payment: String, day: Day, isInvented: Bool) throws -> [AccountEntry.Draft] {
        guard let invoice = share.invoice else {
            let words = say("Payment, kept as credit balance")
            return [try draft(.payment, share.paid, words, payment, day, isInvented)]
        }
        let money = try settled - charge
        let paid = try money - difference
        var entries: [AccountEntry.Draft] = []
        if !paid.isZero {
            let words = say("Payment for invoice \(invoice.number)")
            entries.append(try draft(.payment, paid, words, payment, day, isInvented))
        }
        if !charge.isZero {
            let words = say("What the bank took of the payment for invoice \(invoice.number)")
            entries.append(try draft(.bankCharge, charge, words, payment, day, isInvented))
        }
        if !difference.isZero {
            let words = say("Difference of rates of the payment of \(share.paid) for invoice \(invoice.number)")
            entries.append(try draft(.exchangeDifference, difference, words, payment, day, isInvented))
        }
        return entries
    }

    private func draft(
        _ kind: AccountEntry.Kind,
        _ amount: Money,
        _ words: Phrase,
        _ payment: String,
        _ day: Day,
        _ isInvented: Bool
    ) throws -> AccountEntry.Draft {
        AccountEntry.Draft(
            kind,
            member: share.memberID,
            day: day,
            amount: try amount.negated,
            words: words,
            invoice: share.invoice?.id,
            payment: payment,
            isInvented: isInvented
        )
    }
}
