public import Access
public import Database
public import Foundation

/// The events, the latest first.
public struct EventList: Question {
    public static let action = Action.readMembers
    let page: Int

    public static let pageSize = 50

    public init(page: Int = 1) { self.page = page }

    public struct Answer: Sendable, Equatable {
        public let events: [Event]
        public let total: Int
    }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> Answer {
        Answer(
            events: try transaction.query(
                "SELECT \(Event.columns) FROM event e ORDER BY e.date_from DESC, e.key LIMIT ? OFFSET ?",
                [.int(Self.pageSize), .int((page - 1) * Self.pageSize)]
            ) { try Event(row: $0) },
            total: try transaction.first("SELECT COUNT(*) FROM event") { try $0.integer(0) } ?? 0
        )
    }
}

/// One event: who took part, every step that was made by hand, and the lists that wait to be brought in.
public struct OneEvent: Question {
    public static let action = Action.readMembers
    let key: String

    public init(_ key: String) { self.key = key }

    public struct Answer: Sendable, Equatable {
        public let event: Event
        /// By name of the member.
        public let participations: [Participation]
        /// The latest first.
        public let steps: [ParticipationStep]
        public let lists: [ParticipantList.Brief]
    }

    /// Throws `ParticipationRefusal.noSuchEvent`.
    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> Answer {
        Answer(
            event: try Event.find(transaction, key),
            participations: try Participation.all(transaction, "p.event = ?", key, order: "m.name, p.capacity"),
            steps: try ParticipationStep.all(transaction, "s.event = ?", key, limit: 100),
            lists: try ParticipantList.Brief.all(transaction, event: key)
        )
    }
}

/// What one member took part in, the latest first, and every step that was made by hand.
public struct ParticipationOfMember: Question {
    public static let action = Action.readMembers
    let key: String

    public init(member key: String) { self.key = key }

    public struct Answer: Sendable, Equatable {
        public let memberKey: String
        public let memberName: String
        public let participations: [Participation]
        public let steps: [ParticipationStep]
        /// The events that it can be recorded at, the latest first.
        public let events: [Event]
        public let category: String
        /// What sources state of it, the latest first.
        public let circumstances: [StatedCircumstance]
    }

    /// Throws `ParticipationRefusal.noSuchMember`.
    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> Answer {
        let member = try transaction.first("SELECT id, key, name, category FROM member WHERE key = ?", [.text(key)]) {
            (id: try $0.text(0), key: try $0.text(1), name: try $0.text(2), category: try $0.text(3))
        }
        guard let member else { throw ParticipationRefusal.noSuchMember }
        return Answer(
            memberKey: member.key,
            memberName: member.name,
            participations: try Participation.all(
                transaction,
                "p.member_id = ?",
                member.id,
                order: "e.date_from DESC, p.capacity"
            ),
            steps: try ParticipationStep.all(transaction, "s.member_id = ?", member.id, limit: 100),
            events: try transaction.query(
                "SELECT \(Event.columns) FROM event e ORDER BY e.date_from DESC, e.key LIMIT 200"
            ) { try Event(row: $0) },
            category: member.category,
            circumstances: try transaction.query(
                """
                SELECT \(StatedCircumstance.columns) FROM circumstance WHERE member_id = ?
                ORDER BY as_of DESC, circumstance LIMIT 100
                """,
                [.text(member.id)]
            ) { try StatedCircumstance(row: $0) }
        )
    }
}
