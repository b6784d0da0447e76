public import Charter
import Database

/// When an invoice is to be paid: on its own due day, or by instalments where a body granted them.
public struct DueSchedule: Sendable, Hashable {
    /// An instalment's part of the invoice.
    public struct Step: Sendable, Hashable {
        public let dueOn: Day
        /// In minor units of the invoice's currency.
        public let minor: Int
        /// The day from which it holds.
        public let since: Day
        /// The day from which it holds no more.
        public let until: Day?

        func isInForce(on day: Day) -> Bool { since <= day && until.map { day < $0 } ?? true }
    }

    /// So much of what is owed, to be paid by a day.
    public struct Part: Sendable, Hashable {
        public let dueOn: Day
        /// In minor units of the invoice's currency.
        public let minor: Int
        /// The day from which it was to be paid then; `nil` where that was so from the beginning.
        public let since: Day?
    }

    let ownDay: Day
    /// In the order of their days.
    let steps: [Step]

    /// What of so much that is owed at the end of a day is to be paid when, the earliest first. What was paid counts for
    /// the earliest instalments.
    func parts(owed: Int, on day: Day) -> [Part] {
        guard owed > 0 else { return [] }
        let steps = steps.filter { $0.isInForce(on: day) }
        guard let first = steps.first else {
            let ended = self.steps.compactMap(\.until).filter { $0 <= day }.max()
            return [Part(dueOn: ownDay, minor: owed, since: ended)]
        }
        var parts: [Part] = []
        var left = owed
        for step in steps.reversed() where left > 0 {
            // What is owed beyond all instalments was due with the first of them.
            let minor = step == first ? left : min(left, step.minor)
            parts.append(Part(dueOn: step.dueOn, minor: minor, since: step.since))
            left -= minor
        }
        return parts.reversed()
    }

    /// The days on which something can be past due that was not, or not any more.
    var changes: [Day] {
        let granted = steps.flatMap { [$0.dueOn.adding(days: 1), $0.since, $0.until].compactMap(\.self) }
        return [ownDay.adding(days: 1)] + granted
    }
}

extension [DueSchedule.Part] {
    /// What of it was to be paid before a day, in minor units.
    func pastDue(on day: Day) -> Int { reduce(0) { $1.dueOn < day ? $0 + $1.minor : $0 } }
}

extension DueSchedule.Step {
    /// By invoice, each in the order of its days.
    ///
    /// - Parameter condition: on `n`, the instalments' parts, and `i`, the invoice.
    static func all(
        _ transaction: Transaction,
        _ condition: String = "1 = 1",
        _ values: [Value] = []
    ) throws -> [String: [DueSchedule.Step]] {
        var steps: [String: [DueSchedule.Step]] = [:]
        try transaction.forEach(
            """
            SELECT n.invoice_id, n.due_on, n.amount_minor, n.since_on, n.until_on
            FROM invoice_instalment n JOIN invoice i ON i.id = n.invoice_id WHERE \(condition)
            ORDER BY n.invoice_id, n.due_on, n.since_on, n.relief_id
            """,
            values
        ) { row in
            let step = DueSchedule.Step(
                dueOn: Day(try row.text(1)) ?? .first,
                minor: try row.integer(2),
                since: Day(try row.text(3)) ?? .first,
                until: row.optionalText(4).flatMap { Day($0) }
            )
            steps[try row.text(0), default: []].append(step)
        }
        return steps
    }

    /// Those of a member's invoices; of everybody's for nil.
    static func all(_ transaction: Transaction, ofMember id: String?) throws -> [String: [DueSchedule.Step]] {
        try id.map { try all(transaction, "i.member_id = ?", [.text($0)]) } ?? all(transaction)
    }

    /// Those of some invoices.
    static func all(_ transaction: Transaction, invoices ids: [String]) throws -> [String: [DueSchedule.Step]] {
        var steps: [String: [DueSchedule.Step]] = [:]
        for start in stride(from: 0, to: ids.count, by: 500) {
            let part = ids[start..<Swift.min(start + 500, ids.count)]
            let places = part.map { _ in "?" }.joined(separator: ", ")
            let found = try all(transaction, "n.invoice_id IN (\(places))", part.map(Value.text))
            steps.merge(found) { first, _ in first }
        }
        return steps
    }
}

extension Invoice {
    /// When it is to be paid, on every day.
    func schedule(_ transaction: Transaction) throws -> DueSchedule {
        let steps = try DueSchedule.Step.all(transaction, invoices: [id])
        return DueSchedule(ownDay: dueOn, steps: steps[id] ?? [])
    }
}
