import Charter
import Database

/// From when to when a member was on the roll within a year.
struct MembershipInYear {
    /// The day from which it was a member; `nil` where it was one before the year.
    let from: Day?
    /// The last day on which it was one; `nil` where it was one when the year ended.
    let to: Day?

    /// Everybody's who was on the roll on any day of the year, in one pass.
    static func all(_ transaction: Transaction, first: Day, last: Day) throws -> [String: MembershipInYear] {
        var found: [String: MembershipInYear] = [:]
        try transaction.forEach(
            """
            SELECT member_id, MIN(valid_from), MAX(valid_to) FROM roll_span
            WHERE on_roll = 1 AND valid_from <= ? AND valid_to > ? GROUP BY member_id
            """,
            [.text(last.description), .text(first.description)]
        ) { row in
            let (from, end) = (Day(try row.text(1)), Day(try row.text(2)))
            found[try row.text(0)] = MembershipInYear(
                from: from.flatMap { $0 > first ? $0 : nil },
                // The end of a span is the day on which it does not hold any more; that of one without an end is no day.
                to: end.flatMap { $0 <= last ? $0.adding(days: -1) : nil }
            )
        }
        return found
    }
}
