public import Access
public import Charter
public import Database
public import Foundation

/// The standing of everybody on the roll at the end of a day, read in one pass.
public struct StandingOfAll: Question {
    public static let action = Action.readStanding
    let day: Day
    let standing: String?
    let page: Int?
    let charter: Charter
    let dues: any DuesRecord

    public static let pageSize = 100

    /// - Parameters:
    ///   - standing: the key of one standing, of which alone the members are named; every one is counted.
    ///   - page: from 1; everybody at once when nil.
    public init(
        on day: Day,
        standing: String? = nil,
        page: Int? = nil,
        charter: Charter,
        dues: any DuesRecord
    ) {
        self.day = day
        self.standing = standing
        self.page = page
        self.charter = charter
        self.dues = dues
    }

    public struct Answer: Sendable {
        public let day: Day
        /// The charter's standings in its order, with how many members have each; empty where the charter has none.
        public let counts: [Count]
        /// By name.
        public let members: [Line]
        /// How many there are on all pages.
        public let total: Int
        let version: CharterVersion

        /// Whether the charter of the day says anything of standing.
        public var isStated: Bool { !counts.isEmpty }

        /// Why a member has its standing, and what would change it.
        public func explained(_ line: Line) -> StandingFound {
            StandingOfMember(line.member, on: day, dues: line.dues, version: version)
                .map { .standing($0) } ?? .notStated
        }
    }

    public struct Count: Sendable, Equatable {
        public let standing: Charter.StandingRule
        public let members: Int
        /// Of these, how many have it by records that are made up.
        public let invented: Int
    }

    /// A member with its standing. The reason is made when it is asked for.
    public struct Line: Sendable, Equatable {
        public let member: StandingFacts.Member
        /// The key of the charter's standing.
        public let standing: String
        public let dues: DuesFacts
    }

    /// Throws `StandingRefusal.noVersion` for a day before the charter.
    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> Answer {
        guard let version = charter.version(on: day) else { throw StandingRefusal.noVersion }
        guard !version.standings.isEmpty else {
            return Answer(day: day, counts: [], members: [], total: 0, version: version)
        }
        var counted: [String: (members: Int, invented: Int)] = [:]
        var lines: [Line] = []
        try RollOfDay(day: day, version: version, dues: dues).forEachMember(transaction) { line in
            counted[line.standing, default: (0, 0)].members += 1
            if line.dues.isInvented { counted[line.standing, default: (0, 0)].invented += 1 }
            if standing.map({ $0 == line.standing }) ?? true { lines.append(line) }
        }
        let counts = version.standings.map { rule in
            let found = counted[rule.key] ?? (0, 0)
            return Count(standing: rule, members: found.members, invented: found.invented)
        }
        let shown = page.map { Array(lines.dropFirst((max($0, 1) - 1) * Self.pageSize).prefix(Self.pageSize)) } ?? lines
        return Answer(day: day, counts: counts, members: shown, total: lines.count, version: version)
    }
}

/// The roll as it is left at the end of a day, each member with its standing.
public struct RollOfDay: Sendable {
    let day: Day
    let version: CharterVersion
    let dues: any DuesRecord

    /// - Parameter version: the charter's of the day; with no standing in it there is nobody.
    public init(day: Day, version: CharterVersion, dues: any DuesRecord) {
        self.day = day
        self.version = version
        self.dues = dues
    }

    /// Hands everybody on the roll to `body`, by name.
    public func forEachMember(_ transaction: Transaction, _ body: (StandingOfAll.Line) throws -> Void) throws {
        let dues = try dues.dues(transaction, on: day)
        try transaction.forEach(Self.sql, values) { row in
            let member = try StandingFacts.Member(row: row)
            let facts = dues.facts(ofMember: member.id)
            let known = StandingDayFacts(day: day, status: member.status, facts)
            guard let rule = version.standingRule(of: known) else { return }
            try body(StandingOfAll.Line(member: member, standing: rule.key, dues: facts))
        }
    }

    private static let sql = """
        SELECT member_id, key, name, category, status FROM roll_span
        WHERE valid_from <= ? AND valid_to > ? AND on_roll = 1 ORDER BY sort_name, key
        """

    private var values: [Value] { [.text(day.description), .text(day.description)] }

    /// Reads the very same rows and asks no rule: what the rule is measured against.
    public func readAlone(_ transaction: Transaction) throws -> Int {
        let dues = try dues.dues(transaction, on: day)
        var count = 0
        try transaction.forEach(Self.sql, values) { row in
            let member = try StandingFacts.Member(row: row)
            if dues.facts(ofMember: member.id).hasInvoices { count += 1 }
        }
        return count
    }
}
