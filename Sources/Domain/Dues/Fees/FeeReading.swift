public import Charter
public import Database

/// A member whose fee is asked for.
public struct FeeMember: Sendable, Hashable {
    public let id: String
    public let key: String
    public let name: String
    /// A key of the charter's, like `region`.
    public let category: String
    /// ISO 3166 alpha-2.
    public let country: String?
    public let region: String?
    /// An invented sample, not a record.
    public let isSample: Bool
}

/// Reads the facts that fees go by, of one member or of all in one pass: what was entered for fees, and the figures of
/// the records. Of several for one measure the latest counts, of one time the one that was entered. A member's own
/// figure counts before that of its country.
public struct FeeReading: Sendable {
    /// Whose facts are read.
    public enum Members: Sendable, Hashable {
        /// Who is on the roll on a day, by name.
        case onRoll(Day)
        /// Who is on the roll on any day from one to another, both inclusive; by key.
        case onRollBetween(Day, Day)
        /// A member by its id, on the roll or not.
        case one(String)
    }

    private let through: Day
    /// By country, then by measure.
    private let countries: [String: [String: FeeFact<Double>]]

    public init(_ year: FeeYear, _ transaction: Transaction) throws {
        through = year.figuresThrough
        countries = try Self.countries(transaction, through: year.figuresThrough)
    }

    /// Hands each of the members with its facts to `body`, in constant memory.
    public func forEach(
        _ members: Members,
        _ transaction: Transaction,
        _ body: (FeeMember, FeeFacts) throws -> Void
    ) throws {
        var current: (member: FeeMember, facts: FeeFacts)?
        let (sql, values) = Self.statement(members, through: through)
        try transaction.forEach(sql, values) { row in
            let id = try row.text(0)
            if current?.member.id != id {
                if let current { try body(current.member, complete(current)) }
                let member = try Self.member(row)
                current = (member, FeeFacts(category: member.category))
            }
            try Self.read(row, into: &current)
        }
        if let current { try body(current.member, complete(current)) }
    }

    /// One member with its facts; `nil` when there is none with this id.
    public func one(_ id: String, _ transaction: Transaction) throws -> (member: FeeMember, facts: FeeFacts)? {
        var found: (member: FeeMember, facts: FeeFacts)?
        try forEach(.one(id), transaction) { found = ($0, $1) }
        return found
    }

    /// Reads the very same rows and does nothing with them: what the reading is measured against.
    public func readAlone(_ members: Members, _ transaction: Transaction) throws -> Int {
        var count = 0
        let (sql, values) = Self.statement(members, through: through)
        try transaction.forEach(sql, values) { row in
            for column in 0..<Self.columnCount where row.optionalText(column) != nil { count += 1 }
        }
        return count
    }

    private func complete(_ current: (member: FeeMember, facts: FeeFacts)) -> FeeFacts {
        guard let country = current.member.country, let figures = countries[country] else { return current.facts }
        var facts = current.facts
        facts.figures.merge(figures) { own, _ in own }
        return facts
    }

    private static func member(_ row: Row) throws -> FeeMember {
        FeeMember(
            id: try row.text(0),
            key: try row.text(1),
            name: try row.text(2),
            category: try row.text(3),
            country: row.optionalText(4),
            region: row.optionalText(5),
            isSample: try row.text(6) == "sample"
        )
    }

    /// The row's fact, if it has one, in the place of those before it.
    private static func read(_ row: Row, into current: inout (member: FeeMember, facts: FeeFacts)?) throws {
        guard let measure = row.optionalText(7) else { return }
        if let kind = row.optionalText(9) {
            current?.facts.kind = try fact(kind, row, 10)
        } else if let value = try row.optionalReal(8) {
            current?.facts.figures[measure] = try fact(value, row, 10)
        }
    }

    private static func fact<Known>(_ value: Known, _ row: Row, _ first: Int) throws -> FeeFact<Known> {
        FeeFact(
            value,
            asOf: Day(try row.text(first)) ?? .first,
            precision: DatePrecision(rawValue: try row.text(first + 1)) ?? .year,
            source: try row.text(first + 2),
            locator: row.optionalText(first + 3),
            isInvented: try row.flag(first + 4)
        )
    }

    private static func countries(
        _ transaction: Transaction,
        through: Day
    ) throws -> [String: [String: FeeFact<Double>]] {
        var found: [String: [String: FeeFact<Double>]] = [:]
        try transaction.forEach(
            """
            SELECT i.country, i.measure, i.value, i.as_of, i.known_to, i.source, i.locator, i.invented FROM fee_input i
            WHERE i.country IS NOT NULL AND i.value IS NOT NULL AND \(inForce) ORDER BY i.as_of, i.id
            """,
            [.text(through.description)]
        ) { row in
            guard let value = try row.optionalReal(2) else { return }
            found[try row.text(0), default: [:]][try row.text(1)] = try fact(value, row, 3)
        }
        return found
    }
}

// The statement. Of the rows of one member and measure the last is the fact that counts: a later time, then what was
// entered for fees, then the order in which the records' own figures count.
extension FeeReading {
    private static let columnCount = 15

    /// Neither corrected nor withdrawn, and of the last day or before, whatever day of its month or year it is of.
    private static let inForce = """
        i.replaced_by IS NULL AND i.withdrawn_at IS NULL AND CASE i.known_to
            WHEN 'year' THEN substr(i.as_of, 1, 4) || '-12-31' WHEN 'month' THEN substr(i.as_of, 1, 7) || '-31'
            ELSE i.as_of END <= ?
        """

    private static func statement(_ members: Members, through: Day) -> (sql: String, values: [Value]) {
        let (whose, whoseValues) = rows(of: members)
        var (only, onlyValues) = ("", [Value]())
        if case .one(let id) = members { (only, onlyValues) = ("AND member_id = ?", [.text(id)]) }
        let sql = """
            SELECT s.member_id, s.key, s.name, s.category, s.country, s.region, s.origin, f.measure, f.value,
                f.kind_key, f.as_of, f.known_to, f.source, f.locator, f.invented
            FROM (\(whose)) s LEFT JOIN (
                SELECT i.member_id, i.measure, i.value, i.kind_key, i.as_of, i.known_to, i.source, i.locator,
                    i.invented, 1 AS entered, i.id AS place, 0 AS exactness, 0 AS nearness
                FROM fee_input i WHERE i.member_id IS NOT NULL AND \(inForce) \(only)
                UNION ALL
                SELECT g.member_id, g.kind, g.value, NULL, g.year_latest || '-01-01', 'year', g.source, g.locator,
                    CASE WHEN g.origin = 'sample' THEN 1 ELSE 0 END, 0, '', CASE WHEN g.note IS NULL THEN 1 ELSE 0 END,
                    CASE WHEN g.source = 'ENTRY' THEN 2 WHEN g.origin = 'entry' THEN 1 ELSE 0 END
                FROM member_figure g WHERE g.year_latest || '-12-31' <= ? \(only)
            ) f ON f.member_id = s.member_id
            ORDER BY s.sort_name, s.key, f.measure, f.as_of, f.entered, f.place, f.exactness, f.nearness, f.source,
                f.locator DESC
            """
        let day = Value.text(through.description)
        return (sql, whoseValues + [day] + onlyValues + [day] + onlyValues)
    }

    private static func rows(of members: Members) -> (sql: String, values: [Value]) {
        switch members {
        case .onRoll(let day):
            (
                """
                SELECT member_id, key, name, category, country, region, origin, sort_name FROM roll_span
                WHERE valid_from <= ? AND valid_to > ? AND on_roll = 1
                """, [.text(day.description), .text(day.description)]
            )
        case .onRollBetween(let first, let last):
            (
                """
                SELECT m.id AS member_id, m.key, m.name, m.category, m.country, m.region, m.origin, m.key AS sort_name
                FROM member m WHERE EXISTS (SELECT 1 FROM roll_span r WHERE r.member_id = m.id AND r.on_roll = 1
                    AND r.valid_from <= ? AND r.valid_to > ?)
                """, [.text(last.description), .text(first.description)]
            )
        case .one(let id):
            (
                """
                SELECT id AS member_id, key, name, category, country, region, origin, key AS sort_name FROM member
                WHERE id = ?
                """, [.text(id)]
            )
        }
    }
}
