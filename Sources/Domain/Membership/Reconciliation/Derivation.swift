import Charter
import Database

/// Counts from the records what a report counted, by the subject of the statement.
struct Derivation {
    let transaction: Transaction
    let charter: Charter

    func derive(_ statement: PublishedStatement) throws -> Derived {
        switch statement.subject {
        case .members, .localGovernments, .institutions, .corporations, .membersInRegion:
            return .count(try onRoll(statement), .onRoll(of: statement.through))
        case .founders:
            return .count(try steps(["member"], statement), .founders)
        case .joins: return .count(try steps(["member"], statement), .joins)
        case .withdrawals: return .count(try steps(["withdrawn"], statement), .withdrawals)
        case .suspensions: return .count(try steps(["suspended"], statement), .suspensions)
        case .terminations: return .count(try steps(["terminated"], statement), .terminations)
        case .growthPercentCategory: return try growth(statement)
        case .growthPercent: return .none(.daysUnknown)
        case .quorum: return try quorum(statement)
        case .membersPresent: return try present(statement, voting: false)
        case .votesCast: return try present(statement, voting: true)
        case .populationRepresented: return try population(statement)
        case .votesForHost: return .none(.votesUnknown)
        case .participants, .viewers, .cities, .countries: return .none(.outsiders)
        case .feesApproved: return .none(.budgetsUnknown)
        }
    }

    private func onRoll(_ statement: PublishedStatement) throws -> [String] {
        var query =
            "SELECT key FROM roll_span WHERE valid_from <= ? AND valid_to > ? AND on_roll = 1 AND origin <> 'sample'"
        var values: [Value] = [.text(statement.through), .text(statement.through)]
        narrow(&query, &values, statement, prefix: "")
        return try transaction.query(query + " ORDER BY sort_name, key", values) { try $0.text(0) }
    }

    /// Members with a step to one of the statuses inside the period, as far as its day is known well enough.
    private func steps(_ statuses: [String], _ statement: PublishedStatement) throws -> [String] {
        let places = statuses.map { _ in "?" }.joined(separator: ", ")
        var query = """
            SELECT DISTINCT m.key FROM member_status s JOIN member m ON m.id = s.member_id
            WHERE s.status IN (\(places)) AND s.earliest >= ? AND s.latest <= ? AND m.origin <> 'sample'
            """
        var values = statuses.map(Value.text) + [.text(statement.from), .text(statement.through)]
        narrow(&query, &values, statement, prefix: "m.")
        return try transaction.query(query + " ORDER BY m.key", values) { try $0.text(0) }
    }

    private func narrow(
        _ query: inout String,
        _ values: inout [Value],
        _ statement: PublishedStatement,
        prefix: String
    ) {
        if let category = statement.category {
            query += " AND \(prefix)category = ?"
            values.append(.text(category))
        }
        if let region = statement.region {
            query += " AND \(prefix)region = ?"
            values.append(.text(region))
        }
    }

    /// The members that the report lists as new, as a percentage of the others on the roll of the period's end, rounded to
    /// a whole number as the report prints it. Without such a list: those whose membership began in the period.
    private func growth(_ statement: PublishedStatement) throws -> Derived {
        let listed = try transaction.query(
            """
            SELECT DISTINCT m.key FROM roll_line r JOIN member m ON m.id = r.member_id
            WHERE r.roll = ? AND r.source = ? AND r.category = ? ORDER BY m.key
            """,
            [.text("joined-" + statement.through.prefix(4)), .text(statement.source), .optional(statement.category)]
        ) { try $0.text(0) }
        let joined = listed.isEmpty ? try steps(["member"], statement) : listed
        let before = try onRoll(statement).count - joined.count
        guard before > 0 else { return .none(.nobodyBefore) }
        let percent = (100 * Double(joined.count) / Double(before)).rounded()
        return Derived(value: percent, how: .growth(joined: joined.count, before: before), members: joined)
    }

    private func quorum(_ statement: PublishedStatement) throws -> Derived {
        guard let day = Day(statement.through), let version = charter.version(on: day),
            let body = version.bodies.first(where: { $0.quorum != nil }), let quorum = body.quorum
        else { return .none(.noQuorum) }
        let members = try transaction.query(
            """
            SELECT key, category, status FROM roll_span
            WHERE valid_from <= ? AND valid_to > ? AND origin <> 'sample' ORDER BY sort_name, key
            """,
            [.text(statement.through), .text(statement.through)]
        ) { (try $0.text(0), try $0.text(1), try $0.text(2)) }
        let full = members.filter { version.countsForQuorum(category: $0.1, status: $0.2) }.map(\.0)
        guard let decision = try? charter.quorum(of: body.key, on: day, fullMembers: full.count) else {
            return .none(.noQuorum)
        }
        let how = Finding.Account.quorum(decision, quorum, of: full.count, on: day)
        return Derived(value: Double(decision.value), how: how, members: full)
    }

    private func present(_ statement: PublishedStatement, voting: Bool) throws -> Derived {
        guard let event = try event(of: statement, voting: voting) else {
            return .none(.noEvent)
        }
        let members = try participants(event.key, statement, voting)
        return .count(members, .present(at: event.name, voting: voting))
    }

    /// By key, those recorded at an event: who voted in advance, or who was there.
    private func participants(_ event: String, _ statement: PublishedStatement, _ voting: Bool) throws -> [String] {
        var query = """
            SELECT DISTINCT m.key FROM participation p JOIN member m ON m.id = p.member_id
            WHERE p.event = ? AND p.removed_at IS NULL AND (p.capacity = 'voter') = (? = 1)
            """
        var values: [Value] = [.text(event), .flag(voting)]
        narrow(&query, &values, statement, prefix: "m.")
        return try transaction.query(query + " ORDER BY m.key", values) { try $0.text(0) }
    }

    private func population(_ statement: PublishedStatement) throws -> Derived {
        guard let event = try event(of: statement, voting: false) else {
            return .none(.noEvent)
        }
        let present = Set(try participants(event.key, statement, false))
        // The list that the report adds up, not what it says of the same cities elsewhere.
        let figures = try transaction.query(
            """
            SELECT m.key, f.value FROM member_figure f JOIN member m ON m.id = f.member_id
            WHERE f.kind = 'population' AND f.source = ? AND f.locator = ? ORDER BY m.key
            """,
            [.text(statement.source), .optional(statement.locator)]
        ) { (key: try $0.text(0), people: try $0.optionalReal(1) ?? 0) }.filter { present.contains($0.key) }
        return Derived(
            value: figures.reduce(0) { $0 + $1.people },
            how: .populations(of: figures.count),
            members: figures.map(\.key)
        )
    }

    /// The event of the statement's day, or the first after a vote that was held in advance, at which anybody is recorded.
    private func event(of statement: PublishedStatement, voting: Bool) throws -> (key: String, name: String)? {
        try transaction.first(
            """
            SELECT key, name FROM event e WHERE date_to >= ? AND EXISTS
                (SELECT 1 FROM participation p WHERE p.event = e.key AND p.removed_at IS NULL
                    AND (p.capacity = 'voter') = (? = 1))
            ORDER BY date_from, key LIMIT 1
            """,
            [.text(statement.through), .flag(voting)]
        ) { (key: try $0.text(0), name: try $0.text(1)) }
    }
}
