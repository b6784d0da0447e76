import Charter
import Database

/// All invoices of a member for one year together.
struct YearOfDues {
    /// By currency, sorted by its code; empty where there is no invoice.
    let asked: [Money]
    let owed: [Money]
    /// The day of the last entry.
    let lastDay: Day?
    let isInvented: Bool

    static func load(_ transaction: Transaction, member: String, year: Int) throws -> YearOfDues {
        var selection = OwedInvoice.Selection(day: .last)
        selection.add("f.member_id = ?", [.text(member)])
        selection.add("f.year = ?", [.int(year)])
        let totals = try selection.totals(transaction)
        let last = try transaction.first(
            """
            SELECT MAX(e.day), MAX(e.invented) FROM account_entry e JOIN invoice i ON i.id = e.invoice_id
            WHERE i.member_id = ? AND i.year = ?
            """,
            [.text(member), .int(year)]
        ) { (day: $0.optionalText(0), isInvented: try $0.optionalInteger(1) == 1) }
        return YearOfDues(
            asked: totals.map(\.asked),
            owed: totals.map(\.owed),
            lastDay: last?.day.flatMap { Day($0) },
            isInvented: last?.isInvented ?? false
        )
    }
}

extension Payment {
    /// What a member paid by it; nothing where it was undone, or was given to others since.
    func paid(by member: String) throws(MoneyError) -> Money {
        guard kind == .payment, undone == nil else { return .zero(amount.currency) }
        var paid = Money.zero(amount.currency)
        for share in shares where share.memberID == member { paid = try paid + share.paid }
        return paid
    }
}
