public import Charter
import Database

/// One dated step in the roll: a member joined, left, was suspended, or was ended.
public struct RollChange: Sendable, Equatable {
    public let memberKey: String
    public let memberName: String
    public let status: String
    public let earliest: String
    public let latest: String
    public let grounds: String?
    public let category: String
    public let country: String?
    public let sourceCode: String
    public let locator: String?
}

extension Directory {
    /// The latest steps on or before `day`, the newest first.
    public func changes(through day: Day, limit: Int, offset: Int = 0) async throws -> [RollChange] {
        try await changes("s.latest <= ?", [.text(day.description)], "DESC", limit, offset)
    }

    /// The steps between two days, both counted, in order; `status` narrows them to one.
    public func changes(from first: Day, through last: Day, status: String? = nil) async throws -> [RollChange] {
        let days: [Value] = [.text(first.description), .text(last.description)]
        let narrowed = status.map { [Value.text($0)] } ?? []
        let condition = "s.earliest >= ? AND s.latest <= ?" + (status == nil ? "" : " AND s.status = ?")
        return try await changes(condition, days + narrowed, "", 10_000, 0)
    }

    /// The steps that a feed of changes asks for, the newest first, after a mark; from the newest without one.
    public func changes(_ filter: ChangeFilter, after mark: ChangeMark? = nil, size: Int) async throws -> ChangeSlice {
        var conditions = ["s.latest <= ?"]
        var values: [Value] = [.text(filter.through.description)]
        func add(_ condition: String, _ value: String?) {
            guard let value else { return }
            conditions.append(condition)
            values.append(.text(value))
        }
        add("s.latest >= ?", filter.since?.description)
        add("s.status = ?", filter.status)
        add("m.key = ?", filter.member)
        if let mark {
            conditions.append("(s.latest < ? OR (s.latest = ? AND (m.key, s.status) > (?, ?)))")
            values += [.text(mark.latest), .text(mark.latest), .text(mark.key), .text(mark.status)]
        }
        let condition = conditions.joined(separator: " AND ")
        let found = try await changes(condition, values, "DESC", size + 1, 0)
        let rows = Array(found.prefix(size))
        let last = found.count > size ? rows.last : nil
        return ChangeSlice(
            rows: rows,
            next: last.map { ChangeMark(latest: $0.latest, key: $0.memberKey, status: $0.status) }
        )
    }

    private func changes(
        _ condition: String,
        _ values: [Value],
        _ direction: String,
        _ limit: Int,
        _ offset: Int
    ) async throws -> [RollChange] {
        try await database.read { transaction in
            try transaction.query(
                """
                SELECT m.key, m.name, s.status, s.earliest, s.latest, s.grounds, m.category, m.country, s.source, s.locator
                FROM member_status s JOIN member m ON m.id = s.member_id
                WHERE \(condition) ORDER BY s.latest \(direction), m.key, s.status LIMIT ? OFFSET ?
                """,
                values + [.int(limit), .int(offset)]
            ) {
                RollChange(
                    memberKey: try $0.text(0),
                    memberName: try $0.text(1),
                    status: try $0.text(2),
                    earliest: try $0.text(3),
                    latest: try $0.text(4),
                    grounds: $0.optionalText(5),
                    category: try $0.text(6),
                    country: $0.optionalText(7),
                    sourceCode: try $0.text(8),
                    locator: $0.optionalText(9)
                )
            }
        }
    }
}

/// Which steps of the roll are asked for.
public struct ChangeFilter: Sendable, Equatable {
    public var since: Day?
    public var through: Day
    /// One status of the charter.
    public var status: String?
    /// The key of one member.
    public var member: String?

    public init(since: Day? = nil, through: Day, status: String? = nil, member: String? = nil) {
        self.since = since
        self.through = through
        self.status = status
        self.member = member
    }
}

/// Where a part of the list of steps ends.
public struct ChangeMark: Sendable, Hashable {
    public let latest: String
    public let key: String
    public let status: String

    public init(latest: String, key: String, status: String) {
        self.latest = latest
        self.key = key
        self.status = status
    }
}

/// A part of the list of steps.
public struct ChangeSlice: Sendable, Equatable {
    public let rows: [RollChange]
    /// After what the next part begins; `nil` at the end.
    public let next: ChangeMark?
}
