public import Access
import Charter
public import Database
public import Foundation

/// A member's room: what is open, due and coming, how the member stands, and who acts for it.
public struct PortalHome: Question {
    public static let action = Action.readPortal

    public struct Answer: Sendable, Equatable {
        public let member: PortalMember
        /// The key of the status in force, and since when (the outer bounds of the day); `nil` before the first.
        public let standing: Standing?
        /// The offices that the member holds today.
        public let offices: [Office]
        /// Those that whoever asks may read: in each section by day, those without one last.
        public let items: [PortalItem]
        /// What a profile should have, and whether this one has it.
        public let profile: [ProfileStep]
        public let people: [PortalPerson]

        public func items(_ section: PortalItem.Section) -> [PortalItem] { items.filter { $0.section == section } }
    }

    public struct Standing: Sendable, Equatable {
        public let status: String
        public let earliest: String
        public let latest: String
    }

    public struct Office: Sendable, Equatable {
        public let office: String
        public let detail: String
        public let from: String
        public let to: String?
    }

    public struct ProfileStep: Sendable, Equatable {
        public let part: ProfilePart
        public let isDone: Bool
    }

    let memberID: String
    let sources: [PortalSource]

    public init(member: String, sources: [PortalSource] = PortalSource.membership) {
        memberID = member
        self.sources = sources
    }

    public func place(_ transaction: Transaction) throws -> Place { .member(memberID) }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> Answer {
        let today = Grant.day(now)
        let items = try sources.filter { actor.may($0.reads, at: .member(memberID)) }
            .flatMap { try $0.list(transaction, memberID, today) }
        return Answer(
            member: try PortalMember.load(transaction, id: memberID),
            standing: try standing(transaction, today),
            offices: try offices(transaction, today),
            items: items.sorted { ($0.day ?? "9999", $0.id) < ($1.day ?? "9999", $1.id) },
            profile: try MemberSelf.load(transaction, member: memberID).steps,
            people: try PortalPerson.load(transaction, member: memberID, day: today)
        )
    }

    private func standing(_ transaction: Transaction, _ today: String) throws -> Standing? {
        try transaction.first(
            """
            SELECT status, earliest, latest FROM member_status WHERE member_id = ? AND latest <= ?
            ORDER BY latest DESC, earliest DESC LIMIT 1
            """,
            [.text(memberID), .text(today)]
        ) { Standing(status: try $0.text(0), earliest: try $0.text(1), latest: try $0.text(2)) }
    }

    private func offices(_ transaction: Transaction, _ today: String) throws -> [Office] {
        try transaction.query(
            """
            SELECT office, detail, valid_from, valid_to FROM member_office
            WHERE member_id = ? AND valid_from <= ? AND (valid_to IS NULL OR valid_to >= ?) ORDER BY valid_from, office
            """,
            [.text(memberID), .text(today), .text(today)]
        ) { Office(office: try $0.text(0), detail: try $0.text(1), from: try $0.text(2), to: $0.optionalText(3)) }
    }
}

/// Somebody who acts for a member, with the roles in it that are in force or begin later.
public struct PortalPerson: Sendable, Equatable {
    public struct HeldRole: Sendable, Equatable {
        public let grantID: String
        public let role: Role
        /// ISO days.
        public let startsOn: String
        public let endsOn: String?
    }

    public let id: String
    public let name: String
    public let roles: [HeldRole]

    static func load(_ transaction: Transaction, member: String, day: String) throws -> [PortalPerson] {
        var people: [PortalPerson] = []
        let grants = try Grant.all(transaction, place: .member(member)).filter { ($0.endsOn ?? day) >= day }
        for id in Set(grants.map(\.personID)) {
            let name = try transaction.first("SELECT name FROM person WHERE id = ? AND closed_at IS NULL", [.text(id)])
            {
                try $0.text(0)
            }
            guard let name else { continue }
            let roles = grants.filter { $0.personID == id }.map {
                HeldRole(grantID: $0.id, role: $0.role, startsOn: $0.startsOn, endsOn: $0.endsOn)
            }
            people.append(PortalPerson(id: id, name: name, roles: roles))
        }
        return people.sorted { ($0.name, $0.id) < ($1.name, $1.id) }
    }

    static func day(_ day: String, plus days: Int) -> String { (Day(day) ?? .first).adding(days: days).description }
}

/// The members in whose rooms somebody may be.
public struct MyRooms: Question {
    public static let action = Action.ownAccount

    let personID: String

    public init(person: String) { personID = person }

    public func place(_ transaction: Transaction) throws -> Place { .person(personID) }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> [PortalMember] {
        try actor.memberIDs.compactMap { try PortalMember.find(transaction, id: $0) }
            .sorted { ($0.name, $0.id) < ($1.name, $1.id) }
    }
}
