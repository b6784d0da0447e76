public import Database
public import Foundation
public import Identity
public import Languages

/// Who acts: a person with the roles that they hold today, or the program itself.
public struct Actor: Sendable, Equatable {
    public let person: Person
    /// The roles in force on the day, without those that wait for a second factor.
    public let grants: [Grant]
    /// The roles that wait for a second factor.
    public let withheld: [Grant]
    /// Whether the second factor was given in this session.
    public let hasSecondFactor: Bool
    /// The token by which they act, and what it lets through; `nil` for somebody who signed in.
    public private(set) var token: TokenLimit?

    public init(person: Person, grants: [Grant], secondFactor: Bool) {
        self.person = person
        hasSecondFactor = secondFactor
        // Who has set up a second factor of their own will is protected by it as well.
        let waits = { (grant: Grant) in !secondFactor && (person.hasSecondFactor || grant.role.needsSecondFactor) }
        self.grants = grants.filter { !waits($0) }
        withheld = grants.filter(waits)
    }

    /// The same actor, by a token.
    func limited(by limit: TokenLimit) -> Actor {
        var actor = self
        actor.token = limit
        return actor
    }

    /// The same actor without the limits of their token: what their roles alone allow.
    public var byRoles: Actor {
        var actor = self
        actor.token = nil
        return actor
    }

    /// Whether the token lets this through; whoever signed in has none, and no such limit.
    private func letsThrough(_ action: Action) -> Bool { token.map { $0.actions.contains(action) } ?? true }

    /// Whether the person has a second factor that this session has not seen: until then it can only be given.
    public var owesSecondFactor: Bool { person.hasSecondFactor && !hasSecondFactor }

    /// As the journal names them.
    public var key: String { isPerson ? "person:\(person.id)" : person.name }

    /// False for the program's operator at the command line, who has no account.
    public var isPerson: Bool { !person.id.isEmpty }

    /// Whoever works at the command line of the machine: whoever can read the database file may do everything.
    public static func operatorNamed(_ name: String) -> Actor {
        let person = Person(
            id: "",
            name: name,
            email: nil,
            language: "en",
            createdAt: "",
            hasPassword: false,
            hasSecondFactor: false
        )
        let grant = Grant(role: .administrator, place: .association, personID: "")
        return Actor(person: person, grants: [grant], secondFactor: true)
    }

    /// Loads a person with the roles in force at `now`. `nil` when there is no such person or the account is closed.
    public static func load(
        _ transaction: Transaction,
        person id: String,
        secondFactor: Bool,
        now: Date
    ) throws -> Actor? {
        guard let person = try Person.find(transaction, id: id), person.closedAt == nil, person.erasedAt == nil else {
            return nil
        }
        return Actor(
            person: person,
            grants: try Grant.inForce(transaction, person: id, day: Grant.day(now)),
            secondFactor: secondFactor
        )
    }

    public func may(_ action: Action, at place: Place = .association) -> Bool {
        guard letsThrough(action) else { return false }
        if action == .ownAccount { return isPerson && !owesSecondFactor && place == .person(person.id) }
        return grants.contains { Rights.allow($0.role, at: $0.place, action, at: place) }
    }

    /// Whether there is any place at which the actor may do this.
    public func mayAnywhere(_ action: Action) -> Bool {
        guard letsThrough(action) else { return false }
        return action == .ownAccount
            ? isPerson && !owesSecondFactor : grants.contains { Rights.reach($0.role, action) != .none }
    }

    /// Throws `AccessRefusal` unless the actor may.
    public func require(_ action: Action, at place: Place = .association) throws(AccessRefusal) {
        if may(action, at: place) { return }
        guard letsThrough(action) else { throw .notInScope(action) }
        if withheld.contains(where: { Rights.allow($0.role, at: $0.place, action, at: place) }) {
            throw .secondFactorNeeded
        }
        if action == .ownAccount, owesSecondFactor { throw .secondFactorNeeded }
        throw .notAllowed(action)
    }

    /// Throws `AccessRefusal` unless there is a place at which the actor may do one of these.
    public func requireSomewhere(_ actions: Action...) throws(AccessRefusal) { try requireSomewhere(actions) }

    func requireSomewhere(_ actions: [Action]) throws(AccessRefusal) {
        if actions.contains(where: mayAnywhere) { return }
        guard actions.contains(where: letsThrough) else { throw .notInScope(actions.first ?? .ownAccount) }
        let waits = withheld.contains { grant in actions.contains { Rights.reach(grant.role, $0) != .none } }
        if waits || (owesSecondFactor && actions.contains(.ownAccount)) { throw .secondFactorNeeded }
        throw .notAllowed(actions.first ?? .ownAccount)
    }

    /// The members in which the actor holds a role.
    public var memberIDs: [String] {
        var ids: [String] = []
        for grant in grants {
            if case .member(let id) = grant.place, !ids.contains(id) { ids.append(id) }
        }
        return ids
    }
}

/// Why somebody may not.
public enum AccessRefusal: Refusal, Equatable {
    case notAllowed(Action)
    case secondFactorNeeded
    /// The holder may, perhaps, but not by this token.
    case notInScope(Action)

    public var code: String {
        switch self {
        case .notAllowed(let action): "not-allowed.\(action.rawValue)"
        case .secondFactorNeeded: "second-factor-needed"
        case .notInScope(let action): "not-in-scope.\(action.rawValue)"
        }
    }

    public var kind: RefusalKind { .forbidden }

    public var sentence: Phrase {
        switch self {
        case .notAllowed(let action):
            say(
                "None of your roles allows to \(action.words). If you need this, ask an administrator of the secretariat."
            )
        case .secondFactorNeeded:
            say("This needs your second factor. Sign in with it, or set one up in your account.")
        case .notInScope(let action):
            say("This token is not for that: none of its scopes lets you \(action.words). Make one that does.")
        }
    }
}
