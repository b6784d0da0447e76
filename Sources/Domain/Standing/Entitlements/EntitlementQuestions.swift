public import Access
public import Charter
public import Database
public import Foundation

/// What one member may use by its standing on a day: for whoever may enter its room.
public struct EntitlementsOf: Question {
    public static let action = Action.readPortal
    let member: String
    let day: Day
    let charter: Charter
    let dues: any DuesRecord

    /// - Parameter member: its key or its id.
    public init(_ member: String, on day: Day, charter: Charter, dues: any DuesRecord) {
        self.member = member
        self.day = day
        self.charter = charter
        self.dues = dues
    }

    public struct Answer: Sendable, Equatable {
        public let memberKey: String
        public let memberName: String
        public let standing: StandingFound
        /// In the charter's order; empty where it says nothing of what members may use.
        public let entitlements: [EntitlementAnswer]

        public var isStated: Bool { !entitlements.isEmpty }
    }

    public func place(_ transaction: Transaction) throws -> Place { try NamedMember.place(transaction, member) }

    /// Throws `ParticipationRefusal.noSuchMember`, and `StandingRefusal.noVersion` for a day before the charter.
    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> Answer {
        let named = try NamedMember.find(transaction, member)
        let reader = StandingReader(charter: charter, dues: dues)
        return Answer(
            memberKey: named.key,
            memberName: named.name,
            standing: try reader.standing(transaction, member: named.id, on: day),
            entitlements: try Entitlements(charter: charter, dues: dues).all(member: named.id, on: day, transaction)
        )
    }
}

/// Who holds an office on a day that its standing does not open to it in full.
public struct OfficesInDoubt: Question {
    public static let action = Action.readStanding
    let day: Day
    let charter: Charter
    let dues: any DuesRecord

    public init(on day: Day, charter: Charter, dues: any DuesRecord) {
        self.day = day
        self.charter = charter
        self.dues = dues
    }

    public struct Holder: Sendable, Equatable {
        /// A key of the charter's.
        public let office: String
        /// The term or the region; empty where there is none.
        public let detail: String
        public let memberKey: String
        public let memberName: String
        public let answer: EntitlementAnswer
    }

    /// In the order of offices and names; empty where the charter ties no office to a standing. Throws
    /// `StandingRefusal.noVersion` for a day before the charter.
    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> [Holder] {
        guard let version = charter.version(on: day) else { throw StandingRefusal.noVersion }
        let offices = Set(version.entitlements.flatMap(\.offices)).sorted()
        guard !offices.isEmpty else { return [] }
        let places = offices.map { _ in "?" }.joined(separator: ", ")
        let held = try transaction.query(
            """
            SELECT o.office, o.detail, m.id, m.key, m.name FROM member_office o JOIN member m ON m.id = o.member_id
            WHERE o.office IN (\(places)) AND o.valid_from <= ? AND (o.valid_to IS NULL OR o.valid_to >= ?)
            ORDER BY o.office, m.name, m.id, o.detail
            """,
            offices.map { .text($0) } + [.text(day.description), .text(day.description)]
        ) { row in
            (
                office: try row.text(0), detail: try row.text(1), id: try row.text(2), key: try row.text(3),
                name: try row.text(4)
            )
        }
        let entitlements = Entitlements(charter: charter, dues: dues)
        return try held.flatMap { held in
            try entitlements.office(held.office, member: held.id, on: day, transaction).filter { $0.access < .full }
                .map {
                    Holder(
                        office: held.office,
                        detail: held.detail,
                        memberKey: held.key,
                        memberName: held.name,
                        answer: $0
                    )
                }
        }
    }
}
