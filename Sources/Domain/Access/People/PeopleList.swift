public import Database
public import Foundation
public import Identity

/// Which people to list.
public struct PeopleFilter: Sendable, Equatable {
    public enum State: String, Sendable, CaseIterable {
        /// Has an open account and came in at least once.
        case active
        /// Was invited and has not come in.
        case invited
        case closed
    }

    /// Words found in name or address, accents and case aside.
    public var search: String
    public var role: Role?
    public var state: State?

    public init(search: String = "", role: Role? = nil, state: State? = nil) {
        self.search = search
        self.role = role
        self.state = state
    }
}

/// One page of people with the roles that they hold today, by name. Who was erased is not among them.
public struct PeopleList: Question {
    public static let action = Action.readPeople

    public struct Line: Sendable, Equatable {
        public let person: Person
        public let roles: [Grant]
    }

    public struct Answer: Sendable, Equatable {
        public let lines: [Line]
        /// How many the filter finds in all.
        public let total: Int
    }

    private let filter: PeopleFilter
    private let page: Int
    private let size: Int

    /// - Parameter page: from 1.
    public init(_ filter: PeopleFilter, page: Int = 1, size: Int = 50) {
        self.filter = filter
        self.page = max(1, page)
        self.size = min(max(1, size), 500)
    }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> Answer {
        let words = Folding.words(String(filter.search.prefix(200)))
        let skipped = (page - 1) * size
        let today = Grant.day(now)
        var found = 0
        var people: [Person] = []
        // Names are folded here, not in SQL: an association has hundreds of people, not millions.
        try Person.forEach(transaction) { person in
            guard fits(person, words) else { return }
            if let role = filter.role {
                let roles = try Grant.inForce(transaction, person: person.id, day: today)
                guard roles.contains(where: { $0.role == role }) else { return }
            }
            found += 1
            if found > skipped, people.count < size { people.append(person) }
        }
        return Answer(
            lines: try people.map { person in
                Line(person: person, roles: try Grant.inForce(transaction, person: person.id, day: today))
            },
            total: found
        )
    }

    private func fits(_ person: Person, _ words: [String]) -> Bool {
        switch filter.state {
        case .active where !person.isOpen || person.signedInAt == nil: return false
        case .invited where !person.isOpen || person.signedInAt != nil: return false
        case .closed where person.isOpen: return false
        default: break
        }
        guard !words.isEmpty else { return true }
        let text = Folding.fold("\(person.name) \(person.email ?? "")")
        return words.allSatisfy { text.contains($0) }
    }
}

/// One person with everything that the secretariat sees of them. Throws `PersonRefusal.noSuchPerson`.
public struct PersonRecord: Question {
    public static let action = Action.readPeople

    public struct Answer: Sendable, Equatable {
        public let person: Person
        /// Every role that they ever held, the latest first.
        public let roles: [Grant]
        public let invitations: [Invitation]
        public let erasure: ErasureRequest?
        /// Names of the people who gave or ended roles or invited, by id.
        public let names: [String: String]
    }

    private let personID: String

    public init(_ personID: String) { self.personID = personID }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> Answer {
        guard let person = try Person.find(transaction, id: personID) else { throw PersonRefusal.noSuchPerson }
        let roles = try Grant.all(transaction, person: personID)
        let invitations = try Invitation.all(transaction, person: personID)
        let others = roles.flatMap { [$0.givenBy, $0.endedBy] } + invitations.map(\.invitedBy)
        var names: [String: String] = [:]
        for id in Set(others.compactMap { $0 }) { names[id] = try Person.find(transaction, id: id)?.name }
        return Answer(
            person: person,
            roles: roles,
            invitations: invitations,
            erasure: try ErasureRequest.find(transaction, person: personID),
            names: names
        )
    }
}

/// Who holds a role: their id. Throws `RoleRefusal.noSuchRole`.
public struct RoleHolder: Question {
    public static let action = Action.readPeople

    private let grantID: String

    public init(_ grantID: String) { self.grantID = grantID }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> String {
        guard let grant = try Grant.find(transaction, id: grantID) else { throw RoleRefusal.noSuchRole }
        return grant.personID
    }
}

/// The people of one member: who holds which role in it, now and before.
public struct PeopleOfMember: Question {
    public static let action = Action.readMemberPeople

    public struct Line: Sendable, Equatable {
        public let person: Person
        public let role: Grant
        /// The invitation that waits for them, if one does.
        public let invitation: Invitation?
    }

    private let memberID: String

    public init(_ memberID: String) { self.memberID = memberID }

    public func place(_ transaction: Transaction) -> Place { .member(memberID) }

    /// Roles in force and to come first, then those that ended; erased people are left out.
    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> [Line] {
        let today = Grant.day(now)
        let lines: [Line] = try Grant.all(transaction, place: .member(memberID)).compactMap { grant in
            guard let person = try Person.find(transaction, id: grant.personID), person.erasedAt == nil else {
                return nil
            }
            let invitation = try Invitation.all(transaction, person: person.id).first {
                $0.isOpen && $0.grantID == grant.id
            }
            return Line(person: person, role: grant, invitation: invitation)
        }
        let isOver = { (line: Line) in line.role.endedAt != nil || (line.role.endsOn.map { $0 < today } ?? false) }
        return lines.filter { !isOver($0) } + lines.filter(isOver)
    }
}
