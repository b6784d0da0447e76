public import Access
public import Charter
public import Database
public import Foundation

/// Where the invoices of a year stand today, all of them together.
public struct InvoicesOfYear: Question {
    public static let action = Action.readDues

    public struct Answer: Sendable, Equatable {
        public let year: Int
        /// The day at whose end they stand so.
        public let day: Day
        /// Each by currency; a state in which there is none has no line.
        public let states: [InvoiceState: [InvoiceTotal]]
        /// All of them by currency.
        public let totals: [InvoiceTotal]
        /// How many of them rest on a figure or a payment that is made up.
        public let invented: Int

        /// How many invoices there are, or how many in one state.
        public func count(_ state: InvoiceState? = nil) -> Int {
            (state.map { states[$0] ?? [] } ?? totals).reduce(0) { $0 + $1.invoices }
        }
    }

    let year: Int

    public init(_ year: Int) { self.year = year }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> Answer {
        let all = try InvoiceList(year: year).answer(transaction, for: actor, now: now)
        var states: [InvoiceState: [InvoiceTotal]] = [:]
        for state in InvoiceState.allCases {
            let found = try InvoiceList(year: year, states: [state]).answer(transaction, for: actor, now: now).totals
            if !found.isEmpty { states[state] = found }
        }
        var madeUp = OwedInvoice.Selection(day: all.day)
        madeUp.add("f.year = ?", [.int(year)])
        madeUp.add(
            """
            (f.invented = 1 OR EXISTS
                (SELECT 1 FROM account_entry y WHERE y.invoice_id = f.id AND y.invented = 1))
            """
        )
        return Answer(
            year: year,
            day: all.day,
            states: states,
            totals: all.totals,
            invented: try madeUp.totals(transaction).reduce(0) { $0 + $1.invoices }
        )
    }
}
