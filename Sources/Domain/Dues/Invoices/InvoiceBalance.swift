public import Charter
public import Database

/// What an invoice asks for and what of it is left to pay, at the end of a day.
public struct InvoiceBalance: Sendable, Hashable {
    /// Its amount without what was credited or remitted.
    public let asked: Money
    /// What of it is not paid; below zero where more was paid than asked.
    public let owed: Money

    /// The state that follows from it.
    ///
    /// - Parameters:
    ///   - dueOn: when the earliest of what is owed is or was to be paid.
    ///   - day: the day of which the balance is.
    public func state(dueOn: Day, on day: Day) -> InvoiceState {
        if owed.isPositive { return dueOn < day ? .overdue : .open }
        return asked.isPositive ? .paid : .credited
    }
}

/// Where an invoice stands on a day. It is kept nowhere: it follows from the account.
public enum InvoiceState: String, Sendable, CaseIterable {
    case open, overdue, paid
    /// Nothing of it is asked for any more, and nothing was paid that is not given back.
    case credited
}

/// An invoice with its balance at the end of a day.
public struct OwedInvoice: Sendable, Equatable {
    public let invoice: Invoice
    public let balance: InvoiceBalance
    /// What of it is or was to be paid when, the earliest first; empty where nothing is owed. There are several where a
    /// body granted instalments.
    public let parts: [DueSchedule.Part]

    public var owed: Money { balance.owed }
    /// When the earliest of what is owed is or was to be paid.
    public var dueOn: Day { parts.first?.dueOn ?? invoice.dueOn }

    /// Every invoice that asks for something at the end of a day, the earliest due first, in one pass.
    ///
    /// - Parameter member: of this member alone.
    public static func all(
        _ transaction: Transaction,
        on day: Day = .last,
        member: String? = nil
    ) throws -> [OwedInvoice] {
        var selection = Selection(day: day)
        if let member { selection.add("f.member_id = ?", [.text(member)]) }
        selection.add("COALESCE(e.owed, 0) > 0")
        return try selection.load(transaction, "ORDER BY f.due_on, f.number")
    }

    /// Every invoice of a member for some years as it stands, the earliest due first.
    static func all(
        _ transaction: Transaction,
        ofMember id: String,
        years: ClosedRange<Int>
    ) throws -> [OwedInvoice] {
        var selection = Selection(day: .last)
        selection.add("f.member_id = ?", [.text(id)])
        selection.add("f.year BETWEEN ? AND ?", [.int(years.lowerBound), .int(years.upperBound)])
        return try selection.load(transaction, "ORDER BY f.due_on, f.number")
    }

    /// Invoices with their balances of a day, by conditions on `f`, the invoice, `e`, its entries' sums, and `s`, what of
    /// it falls due that day or later by instalments, where some are in force.
    struct Selection {
        private let day: Day
        private var conditions = ["f.issued_on <= ?"]
        private var values: [Value]

        init(day: Day) {
            self.day = day
            values = [.text(day.description)]
        }

        mutating func add(_ condition: String, _ more: [Value] = []) {
            conditions.append(condition)
            values += more
        }

        // Entries in another currency than the invoice's do not count: what a payment settles stands in the invoice's.
        private var source: String {
            """
            FROM (\(Invoice.selection)) f LEFT JOIN (
                SELECT x.invoice_id, x.currency, SUM(x.amount_minor) AS owed,
                    SUM(CASE WHEN \(Invoice.asks) THEN x.amount_minor ELSE 0 END) AS asked
                FROM account_entry x LEFT JOIN account_entry u ON u.id = x.reverses
                WHERE x.invoice_id IS NOT NULL AND x.day <= ? GROUP BY x.invoice_id, x.currency
            ) e ON e.invoice_id = f.id AND e.currency = f.currency LEFT JOIN (
                SELECT n.invoice_id, SUM(CASE WHEN n.due_on >= ? THEN n.amount_minor ELSE 0 END) AS later
                FROM invoice_instalment n WHERE n.since_on <= ? AND (n.until_on IS NULL OR n.until_on > ?)
                GROUP BY n.invoice_id
            ) s ON s.invoice_id = f.id
            WHERE \(conditions.joined(separator: " AND "))
            """
        }

        private var all: [Value] { Array(repeating: .text(day.description), count: 4) + values }

        func load(_ transaction: Transaction, _ rest: String, _ more: [Value] = []) throws -> [OwedInvoice] {
            let found = try transaction.query(
                "SELECT f.*, COALESCE(e.asked, 0), COALESCE(e.owed, 0), \(Self.hadInstalments) \(source) \(rest)",
                all + more
            ) { try Found(row: $0) }
            let ids = found.filter(\.hadInstalments).map(\.invoice.id)
            let steps = try DueSchedule.Step.all(transaction, invoices: ids)
            return found.map { OwedInvoice($0, steps[$0.invoice.id] ?? [], on: day) }
        }

        // Also where none is in force any more: from when its own due day holds again counts for reminders.
        private static let hadInstalments = """
            CASE WHEN EXISTS (SELECT 1 FROM invoice_instalment h WHERE h.invoice_id = f.id) THEN 1 ELSE 0 END
            """

        /// How many there are, and what they ask for and is owed together, by currency.
        func totals(_ transaction: Transaction) throws -> [InvoiceTotal] {
            try transaction.query(
                """
                SELECT f.currency, COUNT(*), COALESCE(SUM(e.asked), 0), COALESCE(SUM(e.owed), 0) \(source)
                GROUP BY f.currency ORDER BY f.currency
                """,
                all
            ) { row in
                let currency = try Currency(try row.text(0))
                return InvoiceTotal(
                    invoices: try row.integer(1),
                    asked: Money(minor: try row.integer(2), currency),
                    owed: Money(minor: try row.integer(3), currency)
                )
            }
        }
    }

    /// A row as it is read.
    private struct Found {
        let invoice: Invoice
        let balance: InvoiceBalance
        let hadInstalments: Bool

        init(row: Row) throws {
            invoice = try Invoice(row: row)
            let currency = invoice.amount.currency
            balance = InvoiceBalance(
                asked: Money(minor: try row.integer(Invoice.columnCount), currency),
                owed: Money(minor: try row.integer(Invoice.columnCount + 1), currency)
            )
            hadInstalments = try row.flag(Invoice.columnCount + 2)
        }
    }

    private init(_ found: Found, _ steps: [DueSchedule.Step], on day: Day) {
        invoice = found.invoice
        balance = found.balance
        let schedule = DueSchedule(ownDay: found.invoice.dueOn, steps: steps)
        parts = schedule.parts(owed: found.balance.owed.minor, on: day)
    }
}

/// Invoices of one currency together.
public struct InvoiceTotal: Sendable, Equatable {
    public let invoices: Int
    public let asked: Money
    public let owed: Money
}

extension Invoice {
    /// Of an entry `x`, which may undo `u`: whether it says what the invoice asks for, rather than what was paid. A member's
    /// own credit that is used for an invoice is a payment.
    fileprivate static let asks =
        "(COALESCE(u.kind, x.kind) IN ('invoice', 'remission') OR x.credit_note_id IS NOT NULL)"

    /// What it asks for and what is left to pay at the end of a day.
    public func balance(_ transaction: Transaction, on day: Day = .last) throws -> InvoiceBalance {
        let sums = try transaction.first(
            """
            SELECT SUM(x.amount_minor), SUM(CASE WHEN \(Self.asks) THEN x.amount_minor ELSE 0 END)
            FROM account_entry x LEFT JOIN account_entry u ON u.id = x.reverses
            WHERE x.invoice_id = ? AND x.currency = ? AND x.day <= ?
            """,
            [.text(id), .text(amount.currency.code), .text(day.description)]
        ) { (owed: try $0.optionalInteger(0) ?? 0, asked: try $0.optionalInteger(1) ?? 0) }
        return InvoiceBalance(
            asked: Money(minor: sums?.asked ?? 0, amount.currency),
            owed: Money(minor: sums?.owed ?? 0, amount.currency)
        )
    }

    /// What it still asks for at the end of a day; below zero where more was paid than asked.
    public func owed(_ transaction: Transaction, on day: Day = .last) throws -> Money {
        try balance(transaction, on: day).owed
    }
}
