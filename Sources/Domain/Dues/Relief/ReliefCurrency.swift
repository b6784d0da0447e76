import Charter
import Database

/// In which currencies a member's dues are asked for: of a year with an invoice in that of the invoice, of any other in
/// those that the charter has for the member's category.
struct DuesCurrencies {
    /// A year for which the charter asks no fee of the category has none.
    let byYear: [Int: Set<Currency>]

    var all: Set<Currency> { byYear.values.reduce(into: []) { $0.formUnion($1) } }

    /// Throws `FeeRefusal.noRules`.
    init(_ transaction: Transaction, member: String, years: ClosedRange<Int>, charter: Charter) throws {
        var byYear: [Int: Set<Currency>] = [:]
        for owed in try OwedInvoice.all(transaction, ofMember: member, years: years)
        where owed.balance.asked.isPositive {
            byYear[owed.invoice.year, default: []].insert(owed.invoice.amount.currency)
        }
        let category = try transaction.first("SELECT category FROM member WHERE id = ?", [.text(member)]) {
            try $0.text(0)
        }
        for year in years where byYear[year] == nil {
            let schedules = try FeeYear(year, charter: charter).version.feeSchedules.filter { $0.category == category }
            byYear[year] = try Set(schedules.map { try Currency($0.currency) })
        }
        self.byYear = byYear
    }
}

extension ReliefTerms {
    /// That of the amounts in it; `nil` where there are none.
    var currency: Currency? {
        switch self {
        case .amount(let amount), .commutation(let amount): amount.currency
        case .plan(let instalments): instalments.first?.amount.currency
        case .remission, .percent, .ending: nil
        }
    }
}

extension ReliefRequest {
    /// Throws `ReliefRefusal.otherCurrency` where dues of one of its years are asked for in another currency than its
    /// own: the charter may have changed since it was asked.
    func requireCurrency(_ transaction: Transaction, _ charter: Charter) throws {
        guard terms.currency != nil else { return }
        guard kind != .plan else {
            // It spreads what is owed of invoices that there are.
            for owed in try OwedInvoice.all(transaction, ofMember: memberID, years: years) where owed.owed.isPositive {
                try requireCurrency(owed.owed.currency, of: owed.invoice.year)
            }
            return
        }
        let asked = try DuesCurrencies(transaction, member: memberID, years: years, charter: charter)
        for (year, currencies) in asked.byYear.sorted(by: { $0.key < $1.key }) {
            for currency in currencies { try requireCurrency(currency, of: year) }
        }
    }

    /// Throws `ReliefRefusal.otherCurrency` where its amounts cannot be reckoned with dues in this currency.
    func requireCurrency(_ currency: Currency, of year: Int) throws(ReliefRefusal) {
        guard let own = terms.currency, own != currency else { return }
        throw .otherCurrency(reference, own, fee: currency, year: year)
    }
}
