public import Access
public import Charter
public import Database
public import Foundation
import Membership

/// The reminders that would go out now, without sending them.
public struct PlanReminders: Question {
    public static let action = Action.readDues

    public struct Line: Sendable, Equatable {
        public let invoice: Invoice
        /// What the invoice asks for in all.
        public let owed: Money
        /// What the reminder is about: what is past due, or what falls due.
        public let amount: Money
        public let dueOn: Day
        public let isPastDue: Bool
        /// Days from the due day, by the charter's schedule.
        public let step: Int
        /// How many earlier reminders it stands for, which nobody sent.
        public let overtaken: Int
    }

    let charter: Charter

    public init(charter: Charter) { self.charter = charter }

    /// The earliest due first.
    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> [Line] {
        try ReminderPlan(transaction, on: FormCheck.today(now), charter: charter).lines.map { line in
            Line(
                invoice: line.invoice,
                owed: line.owed,
                amount: line.amount,
                dueOn: line.dueOn,
                isPastDue: line.isPastDue,
                step: line.step.days,
                overtaken: line.overtaken.count
            )
        }
    }
}

/// A reminder that came due, as it was noted.
public struct SentReminder: Sendable, Equatable {
    public let dueOn: Day
    /// Days from the due day, by the charter's schedule.
    public let step: Int
    /// False for one that was overtaken by a later one, so that no letter was written.
    public let isSent: Bool
    public let notedAt: String

    /// Those of an invoice, the earliest first.
    static func all(_ transaction: Transaction, invoice id: String) throws -> [SentReminder] {
        try transaction.query(
            """
            SELECT due_on, step, sent, noted_at FROM dues_reminder WHERE invoice_id = ?
            ORDER BY noted_at, due_on, step
            """,
            [.text(id)]
        ) { row in
            SentReminder(
                dueOn: Day(try row.text(0)) ?? .first,
                step: try row.integer(1),
                isSent: try row.flag(2),
                notedAt: try row.text(3)
            )
        }
    }
}
