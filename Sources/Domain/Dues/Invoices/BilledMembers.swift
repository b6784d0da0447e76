import Database

/// Who has an invoice for a year already.
struct BilledMembers {
    /// By member: the number of the invoice that stands, and whether it is of a run that is made up.
    private var standing: [String: (number: String, isMadeUp: Bool)] = [:]
    /// By member: how many invoices there were.
    private var issues: [String: Int] = [:]

    /// - Parameter members: of these alone; `nil` for everybody.
    init(_ transaction: Transaction, year: Int, members: [String]? = nil) throws {
        let only = members.map { " AND i.member_id IN (\($0.map { _ in "?" }.joined(separator: ", ")))" } ?? ""
        try transaction.forEach(
            """
            SELECT i.member_id, i.number, i.issue, CASE WHEN EXISTS
                (SELECT 1 FROM credit_note c WHERE c.invoice_id = i.id AND c.invoice_anew = 1) THEN 1 ELSE 0 END,
                r.invented
            FROM invoice i JOIN dues_run r ON r.id = i.run_id WHERE i.year = ?\(only) ORDER BY i.member_id, i.issue
            """,
            [.int(year)] + (members ?? []).map(Value.text)
        ) { row in
            let member = try row.text(0)
            issues[member] = try row.integer(2)
            if try !row.flag(3) { standing[member] = (try row.text(1), try row.flag(4)) }
        }
    }

    /// The number of the invoice that the member has; `nil` where it has none, or it was credited to be written anew.
    func number(_ member: String) -> String? { standing[member]?.number }

    /// Whether that invoice was made up to try the program. There is no other beside it all the same: the member's
    /// account would hold both.
    func isMadeUp(_ member: String) -> Bool { standing[member]?.isMadeUp ?? false }

    /// Which of the member's invoices for the year the next one is, from 1.
    func nextIssue(_ member: String) -> Int { (issues[member] ?? 0) + 1 }
}
