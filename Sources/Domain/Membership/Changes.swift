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
                WHERE \(condition) ORDER BY s.latest \(direction), m.key LIMIT ? OFFSET ?
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
