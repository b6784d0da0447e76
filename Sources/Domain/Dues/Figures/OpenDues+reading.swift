import Charter
import Database

extension OpenDues {
    /// What everybody owes at the end of a day, by currency, what is made up last. Where instalments were granted, each
    /// of them has its own age.
    ///
    /// - Parameter told: what the figures of years tell beside it.
    static func all(
        _ transaction: Transaction,
        on day: Day,
        beside told: [Series: ToldYears]
    ) throws -> [OpenDues] {
        var found: [Series: [Int: Row]] = [:]
        try readInvoices(transaction, on: day, &found)
        try readInstalments(transaction, on: day, &found)
        let all = try found.map { series, rows in
            try OpenDues(
                series.currency,
                isInvented: series.isInvented,
                rows,
                beside: told[series] ?? ToldYears()
            )
        }
        return all.sorted { ($0.currency.code, $0.isInvented ? 1 : 0) < ($1.currency.code, $1.isInvented ? 1 : 0) }
    }

    /// Adds what is open of one year to what there is of its age.
    private static func add(
        _ row: Row,
        _ series: Series,
        _ place: Int,
        _ found: inout [Series: [Int: Row]]
    ) throws {
        let before = found[series]?[place]
        found[series, default: [:]][place] = try before?.joined(row) ?? row
    }

    /// The first due day of each age but the oldest.
    private static func firstDays(_ day: Day) -> [Day] { Age.all.compactMap(\.to).map { day.adding(days: -$0) } }

    // Of an invoice `i` and a day that is given twice: whether it is to be paid by instalments.
    private static let hasInstalments = """
        EXISTS (SELECT 1 FROM invoice_instalment n WHERE n.invoice_id = i.id AND n.since_on <= ?
            AND (n.until_on IS NULL OR n.until_on > ?))
        """

    /// Invoices to be paid at once.
    private static func readInvoices(
        _ transaction: Transaction,
        on day: Day,
        _ found: inout [Series: [Int: Row]]
    ) throws {
        let bounds = firstDays(day).map { Value.text($0.description) }
        let ages = bounds.indices.map { "WHEN i.due_on >= ? THEN \($0)" }.joined(separator: " ")
        let today = Value.text(day.description)
        try transaction.forEach(
            """
            SELECT q.currency, q.invented, q.age, q.year, COUNT(*), COUNT(DISTINCT q.member_id), MIN(q.member_id),
                MAX(q.member_id), SUM(q.owed)
            FROM (
                SELECT i.id, i.member_id, i.currency, i.year, CASE \(ages) ELSE \(bounds.count) END AS age,
                    MAX(CASE WHEN i.invented = 1 OR x.invented = 1 THEN 1 ELSE 0 END) AS invented,
                    SUM(x.amount_minor) AS owed
                FROM invoice i JOIN account_entry x ON x.invoice_id = i.id AND x.currency = i.currency
                WHERE i.issued_on <= ? AND x.day <= ? AND NOT \(hasInstalments)
                GROUP BY i.id, i.member_id, i.currency, i.year, i.due_on
            ) q WHERE q.owed > 0 GROUP BY q.currency, q.invented, q.age, q.year
            """,
            bounds + [today, today, today, today]
        ) { row in
            let currency = try Currency(try row.text(0))
            let series = Series(currency: currency, isInvented: try row.flag(1))
            let (place, year) = (try row.integer(2), try row.integer(3))
            let members = FewMembers(try row.integer(5), first: row.optionalText(6), last: row.optionalText(7))
            let part = Row(
                age: Age.all[place],
                invoices: try row.integer(4),
                owing: [year: members],
                amount: Money(minor: try row.integer(8), currency)
            )
            try add(part, series, place, &found)
        }
    }

    /// Those to be paid by instalments, each of which counts like an invoice.
    private static func readInstalments(
        _ transaction: Transaction,
        on day: Day,
        _ found: inout [Series: [Int: Row]]
    ) throws {
        let (bounds, today) = (firstDays(day), Value.text(day.description))
        let steps = try DueSchedule.Step.all(transaction)
        guard !steps.isEmpty else { return }
        try transaction.forEach(
            """
            SELECT i.id, i.member_id, i.currency, i.due_on, i.year,
                MAX(CASE WHEN i.invented = 1 OR x.invented = 1 THEN 1 ELSE 0 END), SUM(x.amount_minor)
            FROM invoice i JOIN account_entry x ON x.invoice_id = i.id AND x.currency = i.currency
            WHERE i.issued_on <= ? AND x.day <= ? AND \(hasInstalments)
            GROUP BY i.id, i.member_id, i.currency, i.due_on, i.year
            """,
            [today, today, today, today]
        ) { row in
            let (currency, member) = (try Currency(try row.text(2)), try row.text(1))
            let series = Series(currency: currency, isInvented: try row.flag(5))
            let year = try row.integer(4)
            let schedule = DueSchedule(ownDay: Day(try row.text(3)) ?? .first, steps: steps[try row.text(0)] ?? [])
            for part in schedule.parts(owed: try row.integer(6), on: day) {
                let place = bounds.firstIndex { part.dueOn >= $0 } ?? bounds.count
                let instalment = Row(
                    age: Age.all[place],
                    invoices: 1,
                    owing: [year: FewMembers([member])],
                    amount: Money(minor: part.minor, currency)
                )
                try add(instalment, series, place, &found)
            }
        }
    }
}
