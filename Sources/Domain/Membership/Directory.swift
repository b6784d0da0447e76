public import Charter
public import Database
import Synchronization

/// The membership as its readers ask for it: the roll of any day, a member's story, the figures.
///
/// Counts are kept in memory for as long as no transaction has changed anything; `revision` says so.
public final class Directory: Sendable {
    let database: Database
    public let charter: Charter
    private let revision: @Sendable () -> Int64
    private let memo = Mutex(Memo())

    private struct Memo {
        var revision: Int64 = -1
        var cubes: [Day: Task<RollCube, any Error>] = [:]
        var growth: [Int: Task<[GrowthYear], any Error>] = [:]
        var pageStarts: [Listing: Task<PageStarts, any Error>] = [:]
    }

    private struct Listing: Hashable {
        let filter: RollFilter
        let size: Int
    }

    /// - Parameter revision: another number after every committed change; a constant switches the memory off.
    public init(database: Database, charter: Charter, revision: @escaping @Sendable () -> Int64 = { -1 }) {
        self.database = database
        self.charter = charter
        self.revision = revision
    }

    /// Makes the roll anew when the charter says otherwise than the one it was made from which statuses are on it.
    ///
    /// Returns whether it was made anew.
    @discardableResult
    public static func refreshRoll(_ database: Database, charter: Charter) async throws -> Bool {
        let madeFrom = charter.versions.map { version in
            let onRoll = version.statuses.filter(\.isOnRoll).map(\.key).sorted()
            return "\(version.effective) \(onRoll.joined(separator: " "))"
        }.joined(separator: "\n")
        let known = try await database.read { transaction in
            try transaction.first("SELECT made_from FROM projection WHERE name = 'roll'") { try $0.text(0) }
        }
        guard known != madeFrom else { return false }
        try await database.write { transaction in
            let members = try transaction.query("SELECT id FROM member") { try $0.text(0) }
            try RollProjection(charter: charter).rebuild(members, transaction)
            try transaction.execute(
                """
                INSERT INTO projection (name, made_from) VALUES ('roll', ?)
                ON CONFLICT (name) DO UPDATE SET made_from = excluded.made_from
                """,
                [.text(madeFrom)]
            )
        }
        return true
    }

    /// One page of the roll. `page` counts from 1; a page behind the last is empty.
    public func list(_ filter: RollFilter, page: Int, size: Int) async throws -> RollPage {
        let listing = try await listing(filter, page: page, size: size)
        return try await database.read { try listing.read($0) }
    }

    /// How to read one page of the roll: what is remembered of the list, so that a question need not count it.
    public func listing(_ filter: RollFilter, page: Int, size: Int) async throws -> RollListing {
        let isSearch = filter.search?.isEmpty == false
        let total = isSearch || filter.tag != nil ? nil : try await cube(filter.day).count(of: filter)
        var starts: PageStarts?
        // A page deep in a long list: what its rows are is looked up, not counted.
        if let total, total > 1000, page > 1, filter.order == .name, revision() >= 0 {
            starts = try await pageStarts(filter, size: size)
        }
        return RollListing(filter: filter, page: page, size: size, total: total, starts: starts)
    }

    private func pageStarts(_ filter: RollFilter, size: Int) async throws -> PageStarts {
        try await remembered(\.pageStarts, Listing(filter: filter, size: size)) { transaction in
            try PageStarts(RollQuery(filter), descending: filter.descending, size: size, transaction)
        }
    }

    /// The counts of one day.
    public func cube(_ day: Day) async throws -> RollCube {
        try await remembered(\.cubes, day) { try RollCube(day: day, $0) }
    }

    /// What `read` gives, kept until something is committed. Many who ask at once wait for one reading.
    private func remembered<Key: Hashable & Sendable, Value: Sendable>(
        _ place: any WritableKeyPath<Memo, [Key: Task<Value, any Error>]> & Sendable,
        _ key: Key,
        _ read: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        let now = revision()
        guard now >= 0 else { return try await database.read(read) }
        let task = memo.withLock { memo in
            if memo.revision != now { memo = Memo(revision: now) }
            if let known = memo[keyPath: place][key] { return known }
            // Nobody asks for more of one kind between two changes but a robot.
            if memo[keyPath: place].count >= 16 { memo[keyPath: place].removeAll() }
            let made = Task { try await database.read(read) }
            memo[keyPath: place][key] = made
            return made
        }
        do { return try await task.value } catch {
            memo.withLock { _ = $0[keyPath: place].removeValue(forKey: key) }
            throw error
        }
    }

    /// The roll at the end of each year from 2010, or the first year that has a member, to `last`.
    public func growth(through last: Int) async throws -> [GrowthYear] {
        try await remembered(\.growth, last) { try GrowthYear.all(through: last, $0) }
    }
}

extension RollCube {
    /// How many members a filter without search and tag lists.
    func count(of filter: RollFilter) -> Int {
        count(standing: filter.standing, category: filter.category, region: filter.region, country: filter.country)
    }
}
