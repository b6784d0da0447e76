import Access
import Charter
import Database

/// A member by what somebody calls it by: its key or its id.
struct NamedMember {
    let id: String
    let key: String
    let name: String

    /// Throws `ParticipationRefusal.noSuchMember`.
    static func find(_ transaction: Transaction, _ keyOrID: String) throws -> NamedMember {
        let found = try transaction.first(
            "SELECT id, key, name FROM member WHERE key = ? OR id = ?",
            [.text(keyOrID), .text(keyOrID)]
        ) { NamedMember(id: try $0.text(0), key: try $0.text(1), name: try $0.text(2)) }
        guard let found else { throw ParticipationRefusal.noSuchMember }
        return found
    }

    /// Where the right must be held to ask about it.
    static func place(_ transaction: Transaction, _ keyOrID: String) throws -> Place {
        .member(try find(transaction, keyOrID).id)
    }
}

/// A time in which a member stood in one way under one name, from the roll.
struct RollTime {
    let member: StandingFacts.Member
    let isOnRoll: Bool
    let from: Day
    /// The day after its last.
    let end: Day

    func holds(on day: Day) -> Bool { from <= day && day < end }

    /// All of a member's, in their order.
    static func all(_ transaction: Transaction, member id: String) throws -> [RollTime] {
        try transaction.query(
            """
            SELECT member_id, key, name, category, status, on_roll, valid_from, valid_to FROM roll_span
            WHERE member_id = ? ORDER BY valid_from
            """,
            [.text(id)]
        ) { row in
            RollTime(
                member: try StandingFacts.Member(row: row),
                isOnRoll: try row.flag(5),
                from: Day(try row.text(6)) ?? .first,
                // A time without an end is written with a year beyond the calendar's.
                end: Day(try row.text(7)) ?? .last
            )
        }
    }
}

extension StandingFacts.Member {
    /// The columns `member_id, key, name, category, status`.
    init(row: Row) throws {
        self.init(
            id: try row.text(0),
            key: try row.text(1),
            name: try row.text(2),
            category: try row.text(3),
            status: try row.text(4)
        )
    }
}
