public import Access
public import Charter
public import Database
public import Foundation

/// The members on the roll at the end of a time by the points that they earned in it, the most first. Who has as many
/// shares the rank.
///
/// Points are counted as `PointsOf` counts them; other weights show what would be.
public struct Ranking: Question {
    public static let action = Action.readStanding
    let time: RankingTime
    let weights: PointWeights
    let limit: Int?

    /// - Parameters:
    ///   - first: and `last`, both inclusive.
    ///   - limit: how many rows at most; all when nil.
    public init(
        from first: Day,
        to last: Day,
        weights: PointWeights = .asStated,
        limit: Int? = nil,
        charter: Charter,
        dues: any DuesRecord
    ) {
        time = RankingTime(from: first, to: last, charter: charter, dues: dues)
        self.weights = weights
        self.limit = limit
    }

    public struct Answer: Sendable, Equatable {
        /// The charter's rules on points in its order; empty where it has none.
        public let rules: [Charter.PointRule]
        public let rows: [Row]
        /// How many members earned points.
        public let ranked: Int
        /// How many more share the rank of the last row.
        public let sharingLast: Int
        /// How many members on the roll earned none.
        public let without: Int

        public var isStated: Bool { !rules.isEmpty }
    }

    public struct Row: Sendable, Equatable {
        /// From 1; after two first comes a third.
        public let rank: Int
        /// Whether others have the same rank.
        public let isShared: Bool
        public let memberKey: String
        public let memberName: String
        /// A key of the charter's.
        public let category: String
        /// Rule by rule.
        public let sum: PointSum
        /// Whether a record that earned some of it is made up.
        public let isInvented: Bool
    }

    /// Throws `InvalidInput` (`to`), and `StandingRefusal.noVersion` for a last day before the charter.
    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> Answer {
        let version = try time.version()
        var found: [(member: RankedMember, total: Charter.Points)] = []
        var without = 0
        try time.forEachMember(transaction, version) { member in
            // Only the total is kept of everybody; a network can be large.
            let total = version.pointSum(member.counts, weights: weights.byRule).total
            if total > .zero { found.append((member, total)) } else { without += 1 }
        }
        // Of one rank in the order of names, in which they come.
        let order = found.indices.sorted { (found[$1].total, $0) < (found[$0].total, $1) }
        let sharing = Dictionary(grouping: found, by: \.total).mapValues(\.count)
        var rows: [Row] = []
        var rank = 0
        for (place, index) in order.prefix(max(0, limit ?? order.count)).enumerated() {
            let (member, total) = found[index]
            if rows.last?.sum.total != total { rank = place + 1 }
            let sum = version.pointSum(member.counts, weights: weights.byRule)
            rows.append(Row(rank: rank, isShared: sharing[total] ?? 1 > 1, member, sum))
        }
        let ofLastRank = rows.count { $0.rank == rank }
        return Answer(
            rules: version.points,
            rows: rows,
            ranked: found.count,
            sharingLast: rows.last.map { (sharing[$0.sum.total] ?? 0) - ofLastRank } ?? 0,
            without: without
        )
    }
}

extension Ranking.Row {
    init(rank: Int, isShared: Bool, _ member: RankedMember, _ sum: PointSum) {
        self.rank = rank
        self.isShared = isShared
        memberKey = member.key
        memberName = member.name
        category = member.category
        self.sum = sum
        isInvented = member.isInvented
    }
}

/// A member with how many records of each rule it has.
struct RankedMember {
    let id: String
    let key: String
    let name: String
    let category: String
    /// By the rule's key.
    var counts: [String: Int]
    var isInvented: Bool
}

/// The time of a ranking and what is on record of it.
public struct RankingTime: Sendable {
    let first: Day
    let last: Day
    let charter: Charter
    let dues: any DuesRecord

    /// - Parameter first: and `last`, both inclusive.
    public init(from first: Day, to last: Day, charter: Charter, dues: any DuesRecord) {
        self.first = first
        self.last = last
        self.charter = charter
        self.dues = dues
    }

    func version() throws -> CharterVersion { try PointsTime.version(charter, from: first, to: last) }

    /// Hands everybody on the roll of the last day to `body`, by name.
    func forEachMember(
        _ transaction: Transaction,
        _ version: CharterVersion,
        _ body: (RankedMember) throws -> Void
    ) throws {
        guard !version.points.isEmpty else { return }
        let fees = try feesPaid(transaction, version)
        let statement = RankingStatement(version.points, from: first, to: last)
        try transaction.forEach(statement.sql, statement.values) { row in
            var member = try statement.member(row)
            if let rule = fees.rule, let paid = fees.byMember[member.id] {
                member.counts[rule.key] = paid.count
                member.isInvented = member.isInvented || paid.isInvented
            }
            try body(member)
        }
    }

    private func feesPaid(
        _ transaction: Transaction,
        _ version: CharterVersion
    ) throws -> (rule: Charter.PointRule?, byMember: [String: (count: Int, isInvented: Bool)]) {
        guard let rule = version.paymentPointRule else { return (nil, [:]) }
        var byMember: [String: (count: Int, isInvented: Bool)] = [:]
        for fee in try dues.feesPaid(transaction, ofMember: nil, from: first, to: last) {
            let before = byMember[fee.memberID] ?? (0, false)
            byMember[fee.memberID] = (before.count + 1, before.isInvented || fee.isInvented)
        }
        return (rule, byMember)
    }

    /// Runs the very same statement and does nothing with its rows: what the ranking is measured against.
    public func readAlone(_ transaction: Transaction) throws -> Int {
        let statement = RankingStatement(try version().points, from: first, to: last)
        var count = 0
        try transaction.forEach(statement.sql, statement.values) { row in
            if try !row.text(0).isEmpty { count += 1 }
        }
        return count
    }
}

/// The one statement that counts what everybody on the roll earned points by, but fees.
struct RankingStatement {
    let sql: String
    let values: [Value]
    /// The keys of the rules that the columns count, in their order.
    private let counted: [String]

    // Each part is a table of its own with a row for each member, so that no row of one part is counted twice for the
    // rows of another.
    init(_ rules: [Charter.PointRule], from first: Day, to last: Day) {
        let parts = [Self.participations(rules), Self.activities(rules)].compactMap(\.self)
        let time: [Value] = [.text(first.description), .text(last.description)]
        let columns = parts.flatMap { part in part.rules.indices.map { "COALESCE(\(part.name).n\($0), 0)" } }
        let invented = parts.map { "COALESCE(\($0.name).invented, 0)" }
        let selected = ["s.member_id", "s.key", "s.name", "s.category", (["0"] + invented).joined(separator: " + ")]
        sql = """
            SELECT \((selected + columns).joined(separator: ", ")) FROM roll_span s
            \(parts.map(\.join).joined(separator: "\n"))
            WHERE s.valid_from <= ? AND s.valid_to > ? AND s.on_roll = 1 ORDER BY s.sort_name, s.key
            """
        values = parts.flatMap { $0.values + time + $0.lastValues } + [time[1], time[1]]
        counted = parts.flatMap(\.rules)
    }

    func member(_ row: Row) throws -> RankedMember {
        var counts: [String: Int] = [:]
        for (place, key) in counted.enumerated() { counts[key] = try row.integer(5 + place) }
        return RankedMember(
            id: try row.text(0),
            key: try row.text(1),
            name: try row.text(2),
            category: try row.text(3),
            counts: counts,
            isInvented: try row.integer(4) > 0
        )
    }

    private struct Part {
        let name: String
        let rules: [String]
        let join: String
        /// Before the two days of the time, and after them.
        let values: [Value]
        let lastValues: [Value]
    }

    private static func participations(_ rules: [Charter.PointRule]) -> Part? {
        var keys: [String] = []
        var columns: [String] = []
        var capacities: [[Value]] = []
        for rule in rules {
            guard case .participation(let earning) = rule.earnedBy else { continue }
            columns.append(
                "COUNT(DISTINCT CASE WHEN p.capacity IN (\(places(earning))) THEN p.event END) AS n\(keys.count)"
            )
            keys.append(rule.key)
            capacities.append(earning.map { .text($0.rawValue) })
        }
        guard !keys.isEmpty else { return nil }
        let all = capacities.flatMap(\.self)
        return Part(
            name: "p",
            rules: keys,
            join: """
                LEFT JOIN (
                    SELECT p.member_id, \(columns.joined(separator: ", ")),
                        MAX(CASE WHEN p.origin = 'sample' THEN 1 ELSE 0 END) AS invented
                    FROM participation p JOIN event e ON e.key = p.event
                    WHERE e.date_to >= ? AND e.date_to <= ? AND p.removed_at IS NULL AND p.capacity IN (\(places(all)))
                    GROUP BY p.member_id
                ) p ON p.member_id = s.member_id
                """,
            values: all,
            lastValues: all
        )
    }

    private static func activities(_ rules: [Charter.PointRule]) -> Part? {
        let keys = rules.filter { $0.earnedBy == .activity }.map(\.key)
        guard !keys.isEmpty else { return nil }
        let columns = keys.indices.map { "SUM(CASE WHEN a.kind = ? THEN 1 ELSE 0 END) AS n\($0)" }
        return Part(
            name: "a",
            rules: keys,
            join: """
                LEFT JOIN (
                    SELECT a.member_id, \(columns.joined(separator: ", ")), MAX(a.invented) AS invented FROM activity a
                    WHERE a.latest >= ? AND a.latest <= ? AND a.withdrawn_at IS NULL AND a.kind IN (\(places(keys)))
                    GROUP BY a.member_id
                ) a ON a.member_id = s.member_id
                """,
            values: keys.map { .text($0) },
            lastValues: keys.map { .text($0) }
        )
    }

    private static func places(_ values: [some Any]) -> String { values.map { _ in "?" }.joined(separator: ", ") }
}
