public import Charter
public import Database
import Membership

/// Everything that the rule on standing needs of one day, read in one pass over the roll.
public struct StandingDay: Sendable {
    /// Whose standing is looked at: the roll as it stood before or after the steps that take effect on the day.
    public enum Roll: String, Sendable {
        /// As a meeting of that day found it, which may decide about each of them.
        case asTheDayBegan
        /// As it is left at the day's end: whoever left on the day is gone.
        case asTheDayEnded
    }

    /// What sources state may count beside what the records show, or be left aside.
    public enum Evidence: Sendable {
        case recordsAndStatements
        case recordsAlone
    }

    public let day: Day
    /// Those that began on the day or before, in their order.
    public let events: [EventOnRecord]
    let version: CharterVersion?
    let roll: Roll
    private let payments: any PaymentRecords
    private let statements: [String: [StatedCircumstance]]

    public init(
        _ day: Day,
        roll: Roll,
        evidence: Evidence = .recordsAndStatements,
        charter: Charter,
        payments: any PaymentSource,
        _ transaction: Transaction
    ) throws {
        self.day = day
        self.roll = roll
        version = charter.version(on: day)
        events = try EventOnRecord.all(transaction, through: day)
        self.payments = try payments.payments(transaction, on: day)
        statements = evidence == .recordsAlone ? [:] : try StatedCircumstance.byMember(transaction, through: day)
    }

    /// Hands the facts of each member on the roll to `body`, by name.
    public func forEachMember(_ transaction: Transaction, _ body: (StandingFacts) throws -> Void) throws {
        try transaction.forEach(Self.sql(roll), Self.values(day)) { row in
            let id = try row.text(0)
            let member = StandingFacts.Member(
                id: id,
                key: try row.text(1),
                name: try row.text(2),
                category: try row.text(3),
                status: try row.text(4)
            )
            try body(
                StandingFacts(
                    member: member,
                    since: Self.bounds(row.optionalText(5), row.optionalText(6)),
                    lastParticipation: row.optionalText(7).flatMap(Self.activity),
                    lastPossibleParticipation: row.optionalText(8).flatMap(Day.init).map { min($0, day) },
                    payment: payments.record(ofMember: id),
                    statements: statements.isEmpty ? [] : statements[id] ?? []
                )
            )
        }
    }

    /// What the rule finds of everybody on the roll, by name and in the charter's order of grounds.
    public func findings(_ transaction: Transaction) throws -> [StandingFinding] {
        guard let version else { return [] }
        let rules = StandingRules(version: version, day: day, events: events)
        var findings: [StandingFinding] = []
        try forEachMember(transaction) { findings += rules.findings($0) }
        return findings
    }

    // The latest event of each member comes as one text, its two days and its key, so that one pass over the
    // participations finds it on both engines.
    static func sql(_ roll: Roll) -> String {
        let span =
            switch roll {
            case .asTheDayBegan: "s.valid_from < ? AND s.valid_to >= ?"
            case .asTheDayEnded: "s.valid_from <= ? AND s.valid_to > ?"
            }
        return """
            SELECT s.member_id, s.key, s.name, s.category, s.status, s.since_earliest, s.since, a.latest, a.possible
            FROM roll_span s LEFT JOIN (
                SELECT p.member_id, MAX(e.date_from || e.date_to || e.key) AS latest, MAX(e.date_to) AS possible
                FROM participation p JOIN event e ON e.key = p.event
                WHERE p.removed_at IS NULL AND e.date_from <= ? GROUP BY p.member_id
            ) a ON a.member_id = s.member_id
            WHERE \(span) AND s.on_roll = 1 ORDER BY s.sort_name, s.key
            """
    }

    static func values(_ day: Day) -> [Value] {
        let text = Value.text(day.description)
        return [text, text, text]
    }

    /// Reads the very same rows and does nothing with them: what the rule is measured against.
    public func readAlone(_ transaction: Transaction) throws -> Int {
        var count = 0
        try transaction.forEach(Self.sql(roll), Self.values(day)) { row in
            for column in 0..<9 where row.optionalText(column) != nil { count += 1 }
        }
        return count
    }

    private static func bounds(_ earliest: String?, _ latest: String?) -> DayBetween? {
        guard let latest = latest.flatMap(Day.init) else { return nil }
        return DayBetween(earliest.flatMap(Day.init) ?? latest, latest)
    }

    /// `2021-10-182021-10-18ga5`
    private static func activity(_ text: String) -> Activity? {
        guard let first = Day(String(text.prefix(10))), let last = Day(String(text.dropFirst(10).prefix(10))) else {
            return nil
        }
        return Activity(event: String(text.dropFirst(20)), when: DayBetween(first, last))
    }
}

extension EventOnRecord {
    /// A list is whole where a source printed it, or where somebody said so; one who was added by hand alone is no list.
    static func all(_ transaction: Transaction, through day: Day) throws -> [EventOnRecord] {
        try transaction.query(
            """
            SELECT e.key, e.name, e.date_from, e.date_to,
                CASE WHEN e.participants_whole_at IS NOT NULL OR EXISTS
                    (SELECT 1 FROM participation p WHERE p.event = e.key AND p.source <> 'ENTRY') THEN 1 ELSE 0 END
            FROM event e WHERE e.date_from <= ? ORDER BY e.date_from, e.key
            """,
            [.text(day.description)]
        ) { row in
            let first = try row.text(2)
            let last = try row.text(3)
            return EventOnRecord(
                key: try row.text(0),
                name: try row.text(1),
                when: DayBetween(Day(first) ?? .first, Day(last) ?? .last),
                hasWholeList: try row.flag(4)
            )
        }
    }
}

extension StatedCircumstance {
    static func byMember(_ transaction: Transaction, through day: Day) throws -> [String: [StatedCircumstance]] {
        var found: [String: [StatedCircumstance]] = [:]
        try transaction.forEach(
            """
            SELECT \(columns), member_id FROM circumstance WHERE as_of <= ? ORDER BY member_id, as_of
            """,
            [.text(day.description)]
        ) { row in
            found[try row.text(7), default: []].append(try StatedCircumstance(row: row))
        }
        return found
    }

    static let columns = "circumstance, as_of, years, comparison, source, locator, holds"

    init(row: Row) throws {
        self.init(
            circumstance: try row.text(0),
            asOf: Day(try row.text(1)) ?? .first,
            years: try row.optionalInteger(2),
            isMore: try row.text(3) == "more-than",
            source: try row.text(4),
            locator: row.optionalText(5),
            holds: try row.flag(6)
        )
    }
}
