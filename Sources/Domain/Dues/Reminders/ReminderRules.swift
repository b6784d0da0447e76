import Charter

/// A reminder that the charter's schedule names, of a day on which something is due.
struct ReminderStep: Sendable, Hashable {
    let dueOn: Day
    /// Days from the due day; below zero before it.
    let days: Int

    /// The day on which it comes due.
    var day: Day { dueOn.adding(days: days) }
}

/// Which reminders the charter's schedule asks for: a pure function of what is owed and the days.
struct ReminderRules {
    /// Days from the due day.
    let days: [Int]

    /// Those that came due until a day, the earliest first.
    ///
    /// What came due before something was to be paid by its day, or on the very day on which that was told, is none: its
    /// letter has just gone out.
    ///
    /// - Parameters:
    ///   - parts: what is owed.
    ///   - written: the day on which the invoice was written.
    func due(_ parts: [DueSchedule.Part], written: Day, on today: Day) -> [ReminderStep] {
        parts.flatMap { part in
            let since = max(part.since ?? written, written)
            return days.map { ReminderStep(dueOn: part.dueOn, days: $0) }.filter { since < $0.day && $0.day <= today }
        }.sorted { ($0.day, $0.dueOn) < ($1.day, $1.dueOn) }
    }
}
