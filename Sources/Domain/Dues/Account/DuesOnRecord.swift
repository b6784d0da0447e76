public import Charter
public import Database
public import Standing

/// What standing, points and the rule on suspensions ask of the accounts.
public struct DuesOnRecord: DuesRecord, PaymentSource {
    public init() {}

    public func dues(_ transaction: Transaction, on day: Day) throws -> any DuesOfAll {
        var facts: [String: DuesFacts] = [:]
        try MemberLedger.forEach(transaction, through: day) { facts[$0] = try $1.facts(on: day) }
        return EverybodysDues(facts: facts)
    }

    public func dues(_ transaction: Transaction, ofMember id: String) throws -> any DuesOfOne {
        var ledger = MemberLedger()
        try MemberLedger.forEach(transaction, member: id) { ledger = $1 }
        return try OnesDues(ledger)
    }

    /// Reads the very same rows of everybody and does nothing with them: what standing and ranking are measured against.
    public func readAlone(_ transaction: Transaction, on day: Day) throws -> Int {
        try MemberLedger.readAlone(transaction, through: day)
    }

    public func feesPaid(_ transaction: Transaction, ofMember id: String?, from: Day, to: Day) throws -> [FeePaid] {
        var found: [FeePaid] = []
        try MemberLedger.forEach(transaction, member: id) { member, ledger in
            for paid in ledger.paid() where from <= paid.day && paid.day <= to {
                found.append(
                    FeePaid(memberID: member, invoice: paid.invoice, day: paid.day, isInvented: paid.isInvented)
                )
            }
        }
        return found.sorted { ($0.day, $0.invoice.number) < ($1.day, $1.invoice.number) }
    }

    /// Every payment is on record from the first invoice on that is not made up: who asks for dues keeps what comes in. A
    /// single payment that somebody entered before says nothing of the others.
    public func payments(_ transaction: Transaction, on day: Day) throws -> any PaymentRecords {
        let first = try transaction.first(
            "SELECT MIN(day) FROM account_entry WHERE kind = 'invoice' AND invented = 0 AND day <= ?",
            [.text(day.description)]
        ) { $0.optionalText(0).flatMap { Day($0) } }
        guard let from = first ?? nil else { return NoPaymentsOnRecord() }
        var last: [String: Day] = [:]
        try transaction.forEach(
            """
            SELECT x.member_id, MAX(x.day) FROM account_entry x
            WHERE x.kind = 'payment' AND x.invented = 0 AND x.day <= ? AND NOT EXISTS
                (SELECT 1 FROM account_entry r WHERE r.reverses = x.id AND r.day <= ?)
            GROUP BY x.member_id
            """,
            [.text(day.description), .text(day.description)]
        ) { last[try $0.text(0)] = Day(try $0.text(1)) }
        return PaymentsByMember(last: last, from: from)
    }
}

private struct EverybodysDues: DuesOfAll {
    let facts: [String: DuesFacts]

    func facts(ofMember id: String) -> DuesFacts { facts[id] ?? DuesFacts.none }
}

/// The facts of each day on which they change, so that those of any day are found and nothing can go wrong any more.
private struct OnesDues: DuesOfOne {
    let changes: [Day]
    private let byDay: [DuesFacts]

    init(_ ledger: MemberLedger) throws {
        var (days, byDay): ([Day], [DuesFacts]) = ([], [])
        for day in ledger.changes {
            let facts = try ledger.facts(on: day)
            if facts == byDay.last ?? DuesFacts.none { continue }
            days.append(day)
            byDay.append(facts)
        }
        changes = days
        self.byDay = byDay
    }

    func facts(on day: Day) -> DuesFacts {
        changes.lastIndex { $0 <= day }.map { byDay[$0] } ?? DuesFacts.none
    }
}

private struct PaymentsByMember: PaymentRecords {
    let last: [String: Day]
    let from: Day

    func record(ofMember id: String) -> PaymentRecord { .known(last: last[id], from: from) }
}
