import Charter
import Database

/// Reminders that are to go out on a day, of the invoices that ask for something.
///
/// None is of an invoice that was paid, credited or remitted, none of one that its member disputes, and none of one whose
/// run is made up.
struct ReminderPlan {
    struct Line {
        let invoice: Invoice
        /// What the invoice asks for in all.
        let owed: Money
        /// What this reminder is about: what is past due, or what falls due.
        let amount: Money
        /// The day on which that was to be paid, or is.
        let dueOn: Day
        let isPastDue: Bool
        /// The reminder itself.
        let step: ReminderStep
        /// Reminders that came due before it and that nobody sent, which it stands for.
        let overtaken: [ReminderStep]
    }

    let lines: [Line]

    /// - Parameter invoices: of these alone, by their ids; `nil` for all.
    init(_ transaction: Transaction, on today: Day, charter: Charter, invoices: [String]? = nil) throws {
        guard let days = charter.version(on: today)?.dues?.reminderDays, !days.isEmpty else {
            lines = []
            return
        }
        let rules = ReminderRules(days: days)
        let owed = try OwedInvoice.undisputed(transaction, on: today, invoices: invoices)
        let due = owed.compactMap { owed -> (owed: OwedInvoice, steps: [ReminderStep])? in
            let steps = rules.due(owed.parts, written: owed.invoice.writtenOn, on: today)
            return steps.isEmpty ? nil : (owed, steps)
        }
        let noted = try NotedReminders(transaction, invoices: due.map { $0.owed.invoice.id })
        lines = due.compactMap { Line($0.owed, $0.steps, noted, on: today) }
    }
}

extension ReminderPlan.Line {
    /// `nil` where the last reminder that came due was noted before.
    fileprivate init?(_ owed: OwedInvoice, _ steps: [ReminderStep], _ noted: NotedReminders, on today: Day) {
        let open = steps.filter { !noted.contains(owed.invoice.id, $0) }
        guard let last = steps.last, open.last == last else { return nil }
        let currency = owed.owed.currency
        let pastDue = owed.parts.pastDue(on: today)
        isPastDue = pastDue > 0
        if pastDue > 0 {
            amount = Money(minor: pastDue, currency)
            dueOn = owed.dueOn
        } else {
            amount = Money(minor: owed.parts.first { $0.dueOn == last.dueOn }?.minor ?? owed.owed.minor, currency)
            dueOn = last.dueOn
        }
        invoice = owed.invoice
        self.owed = owed.owed
        step = last
        overtaken = Array(open.dropLast())
    }
}

/// The reminders of some invoices that were noted.
private struct NotedReminders {
    private struct Key: Hashable {
        let invoice: String
        let step: ReminderStep
    }

    private var known: Set<Key> = []

    init(_ transaction: Transaction, invoices ids: [String]) throws {
        for start in stride(from: 0, to: ids.count, by: 500) {
            let part = ids[start..<min(start + 500, ids.count)]
            let places = part.map { _ in "?" }.joined(separator: ", ")
            try transaction.forEach(
                "SELECT invoice_id, due_on, step FROM dues_reminder WHERE invoice_id IN (\(places))",
                part.map(Value.text)
            ) { row in
                let step = ReminderStep(dueOn: Day(try row.text(1)) ?? .first, days: try row.integer(2))
                known.insert(Key(invoice: try row.text(0), step: step))
            }
        }
    }

    func contains(_ invoice: String, _ step: ReminderStep) -> Bool {
        known.contains(Key(invoice: invoice, step: step))
    }
}

extension OwedInvoice {
    /// Those that ask for something at the end of a day and that nobody disputes, the earliest due first.
    fileprivate static func undisputed(
        _ transaction: Transaction,
        on day: Day,
        invoices ids: [String]?
    ) throws -> [OwedInvoice] {
        var selection = Selection(day: day)
        selection.add("COALESCE(e.owed, 0) > 0")
        selection.add(
            "NOT EXISTS (SELECT 1 FROM invoice_dispute d WHERE d.invoice_id = f.id AND d.ended_at IS NULL)"
        )
        // Nobody is reminded of what was made up to try the program.
        selection.add("NOT EXISTS (SELECT 1 FROM dues_run q WHERE q.id = f.run_id AND q.invented = 1)")
        if let ids {
            guard !ids.isEmpty else { return [] }
            selection.add("f.id IN (\(ids.map { _ in "?" }.joined(separator: ", ")))", ids.map(Value.text))
        }
        return try selection.load(transaction, "ORDER BY f.due_on, f.number")
    }
}

extension Invoice {
    /// The day on which it was written, whatever day it bears.
    fileprivate var writtenOn: Day { max(Day(String(issuedAt.prefix(10))) ?? issuedOn, issuedOn) }
}
