import Database
public import Membership

/// A member at an event, as the records have it now.
public struct Participation: Sendable, Equatable {
    /// In which capacity somebody takes part.
    public static let capacities = ["delegate", "voter", "observer", "participant", "speaker"]
    /// How somebody takes part.
    public static let modes = ["on-site", "online", "ballot"]

    public let event: String
    public let eventName: String
    public let memberID: String
    public let memberKey: String
    public let memberName: String
    /// The first day of the event, as ISO text.
    public let day: String
    public let capacity: String
    public let mode: String
    /// The position of whoever came, as in "Mayor"; nobody's name.
    public let position: String?
    public let source: MemberProfile.Source
    public let note: String?
    /// The id of the last step that was made by hand; empty when there is none. Who changes it says which they saw.
    public let lastStep: String

    static func all(
        _ transaction: Transaction,
        _ condition: String,
        _ value: String,
        order: String
    ) throws -> [Participation] {
        try transaction.query(
            """
            SELECT p.event, e.name, p.member_id, m.key, m.name, e.date_from, p.capacity, p.mode, p.position, p.source,
                p.locator, p.note, (SELECT MAX(s.id) FROM participation_step s
                    WHERE s.event = p.event AND s.member_id = p.member_id)
            FROM participation p JOIN event e ON e.key = p.event JOIN member m ON m.id = p.member_id
            WHERE \(condition) AND p.removed_at IS NULL ORDER BY \(order) LIMIT 5000
            """,
            [.text(value)]
        ) { row in
            Participation(
                event: try row.text(0),
                eventName: try row.text(1),
                memberID: try row.text(2),
                memberKey: try row.text(3),
                memberName: try row.text(4),
                day: try row.text(5),
                capacity: try row.text(6),
                mode: try row.text(7),
                position: row.optionalText(8),
                source: MemberProfile.Source(code: try row.text(9), locator: row.optionalText(10)),
                note: row.optionalText(11),
                lastStep: row.optionalText(12) ?? ""
            )
        }
    }

    /// Throws `ParticipationRefusal.noSuchParticipation`.
    static func find(
        _ transaction: Transaction,
        event: String,
        member id: String,
        capacity: String
    ) throws -> Participation {
        let found = try all(transaction, "p.event = ?", event, order: "p.capacity").first {
            $0.memberID == id && $0.capacity == capacity
        }
        guard let found else { throw ParticipationRefusal.noSuchParticipation }
        return found
    }
}

/// One step in what is recorded of a member at an event: added, corrected or removed, with its grounds. None is ever
/// changed.
public struct ParticipationStep: Sendable, Equatable {
    public enum Kind: String, Sendable { case added, corrected, removed }

    /// What a record says, as a step keeps it.
    public struct Content: Sendable, Equatable, Codable {
        public var capacity: String
        public var mode: String
        public var position: String?
    }

    public let id: String
    public let kind: Kind
    public let eventKey: String
    public let eventName: String
    public let memberKey: String
    public let memberName: String
    public let madeAt: String
    public let grounds: String
    public let before: Content?
    public let after: Content?

    static func all(
        _ transaction: Transaction,
        _ condition: String,
        _ value: String,
        limit: Int
    ) throws -> [ParticipationStep] {
        try transaction.query(
            """
            SELECT s.id, s.kind, s.event, e.name, m.key, m.name, s.made_at, s.grounds, s.before, s.after
            FROM participation_step s JOIN event e ON e.key = s.event JOIN member m ON m.id = s.member_id
            WHERE \(condition) ORDER BY s.id DESC LIMIT ?
            """,
            [.text(value), .int(limit)]
        ) { row in
            ParticipationStep(
                id: try row.text(0),
                kind: Kind(rawValue: try row.text(1)) ?? .corrected,
                eventKey: try row.text(2),
                eventName: try row.text(3),
                memberKey: try row.text(4),
                memberName: try row.text(5),
                madeAt: try row.text(6),
                grounds: try row.text(7),
                before: try row.optionalText(8).map { try StoredJSON.value(Content.self, $0) },
                after: try row.optionalText(9).map { try StoredJSON.value(Content.self, $0) }
            )
        }
    }
}

extension ParticipationStep.Content {
    /// In words of the records: "delegate, online, Mayor".
    public var words: String { [capacity, mode, position].compactMap(\.self).joined(separator: ", ") }
}
