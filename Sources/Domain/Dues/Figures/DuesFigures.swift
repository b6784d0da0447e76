public import Charter
public import Database

/// What was billed and what became of it, by year and region, and how old what is open is: what anybody may know. None
/// of its numbers shows what one or two members owe or paid, nor does any difference between them.
public struct DuesFigures: Sendable, Equatable {
    /// A number with fewer members behind it is put together with others.
    public static let leastMembers = 3

    /// The day at whose end the accounts stand so.
    public let day: Day
    /// The latest year first; of one year by currency, what is made up last.
    public let years: [DuesOfYear]
    /// Years, or parts of them, of which nothing is told, because too few members were billed; the latest first.
    public let leftOut: [Int]
    /// By currency, what is made up last.
    public let open: [OpenDues]

    /// Whether a number with so many members behind it may be told; that there is nobody may be.
    static func areEnough(_ members: Int) -> Bool { members == 0 || members >= leastMembers }
}

extension Database {
    /// The dues of all members together, as they stand at the end of a day.
    public func duesFigures(on day: Day) async throws -> DuesFigures {
        try await read { try DuesFigures($0, on: day) }
    }
}

extension DuesFigures {
    /// Throws `MoneyError.overflow`.
    init(_ transaction: Transaction, on day: Day) throws {
        self.day = day
        var (years, leftOut): ([DuesOfYear], Set<Int>) = ([], [])
        var told: [OpenDues.Series: OpenDues.ToldYears] = [:]
        for (series, parts) in try Self.parts(transaction, through: day) {
            let total = try parts.values.reduce(DuesPart.zero(series.currency)) { try $0 + $1 }
            guard total.members >= Self.leastMembers else {
                leftOut.insert(series.year)
                continue
            }
            years.append(try DuesOfYear(series.year, series.currency, isInvented: series.isInvented, parts))
            let place = OpenDues.Series(currency: series.currency, isInvented: series.isInvented)
            told[place, default: OpenDues.ToldYears()].add(series.year, total)
        }
        open = try OpenDues.all(transaction, on: day, beside: told)
        self.years = years.sorted { first, second in
            first.year != second.year ? first.year > second.year : first.place < second.place
        }
        self.leftOut = leftOut.sorted(by: >)
    }

    /// What is reckoned together: nothing of two currencies, and nothing made up with what is not.
    private struct Series: Hashable {
        let year: Int
        let currency: Currency
        let isInvented: Bool
    }

    /// By region; an empty key has the members of none.
    private static func parts(
        _ transaction: Transaction,
        through day: Day
    ) throws -> [Series: [String: DuesPart]] {
        var found: [Series: [String: DuesPart]] = [:]
        try transaction.forEach(
            """
            SELECT q.year, q.currency, q.invented, q.region, COUNT(DISTINCT q.member_id),
                COUNT(DISTINCT CASE WHEN q.billed - q.remitted - q.unpaid <> 0 THEN q.member_id END),
                COUNT(DISTINCT CASE WHEN q.remitted <> 0 THEN q.member_id END),
                \(few("q.billed - q.unpaid <> 0")), \(few("q.unpaid <> 0")),
                SUM(q.billed), SUM(q.remitted), SUM(q.unpaid)
            FROM (
                SELECT s.member_id, s.year, s.currency, s.region, s.invented, s.billed, s.remitted,
                    CASE WHEN s.owed > 0 THEN s.owed ELSE 0 END AS unpaid
                FROM (\(sums)) s WHERE s.billed > 0
            ) q
            GROUP BY q.year, q.currency, q.invented, q.region
            """,
            [.text(day.description), .text(day.description)]
        ) { row in
            let currency = try Currency(try row.text(1))
            let series = Series(year: try row.integer(0), currency: currency, isInvented: try row.flag(2))
            found[series, default: [:]][try row.text(3)] = DuesPart(
                members: try row.integer(4),
                paying: try row.integer(5),
                relieved: try row.integer(6),
                settling: FewMembers(try row.integer(7), first: row.optionalText(8), last: row.optionalText(9)),
                owing: FewMembers(try row.integer(10), first: row.optionalText(11), last: row.optionalText(12)),
                billed: Money(minor: try row.integer(13), currency),
                remitted: Money(minor: try row.integer(14), currency),
                open: Money(minor: try row.integer(15), currency)
            )
        }
        return found
    }

    /// The members of whom something is true, as `FewMembers` takes them.
    private static func few(_ condition: String) -> String {
        let member = "CASE WHEN \(condition) THEN q.member_id END"
        return "COUNT(DISTINCT \(member)), MIN(\(member)), MAX(\(member))"
    }

    // Each invoice with what its entries of a day make; it needs the day twice. One that rests on anything made up is
    // made up whole. What undoes an entry (`u`) counts as that one does.
    private static let sums = """
        SELECT i.id, i.member_id, i.year, i.currency, COALESCE(m.region, '') AS region,
            MAX(CASE WHEN i.invented = 1 OR x.invented = 1 THEN 1 ELSE 0 END) AS invented,
            SUM(CASE WHEN COALESCE(u.kind, x.kind) = 'remission' THEN 0
                WHEN COALESCE(u.kind, x.kind) = 'invoice' OR x.credit_note_id IS NOT NULL THEN x.amount_minor
                ELSE 0 END) AS billed,
            SUM(CASE WHEN COALESCE(u.kind, x.kind) = 'remission' THEN -x.amount_minor ELSE 0 END) AS remitted,
            SUM(x.amount_minor) AS owed
        FROM invoice i JOIN member m ON m.id = i.member_id
            JOIN account_entry x ON x.invoice_id = i.id AND x.currency = i.currency
            LEFT JOIN account_entry u ON u.id = x.reverses
        WHERE i.issued_on <= ? AND x.day <= ?
        GROUP BY i.id, i.member_id, i.year, i.currency, m.region
        """
}

extension DuesOfYear {
    /// Among those of one year.
    fileprivate var place: (String, Int) { (currency.code, isInvented ? 1 : 0) }
}
