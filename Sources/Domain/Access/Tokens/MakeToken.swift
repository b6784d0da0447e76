public import Database
public import Foundation
public import Identity
import Journal
public import Languages

/// Why a token is not made or revoked.
public enum TokenRefusal: Refusal, Equatable {
    case noSuchToken
    case tooMany(Int)
    case noHolder

    public var code: String {
        switch self {
        case .noSuchToken: "token.no-such"
        case .tooMany: "token.too-many"
        case .noHolder: "token.no-holder"
        }
    }

    public var kind: RefusalKind {
        switch self {
        case .noSuchToken: .notFound
        case .tooMany: .conflict
        case .noHolder: .invalid
        }
    }

    public var sentence: Phrase {
        switch self {
        case .noSuchToken: say("There is no such token, or it was revoked already.")
        case .tooMany(let most): say("There are \(most) tokens already. Revoke one that is no longer used.")
        case .noHolder: say("A token is made by somebody with an account. Sign in and make it there.")
        }
    }
}

/// What somebody asks of a new token, and what of it can be taken.
struct TokenWish: Sendable {
    static let mostAlive = 20
    static let longestDays = 366

    let name: String
    let scopes: [String]
    let days: Int

    /// Throws `InvalidInput` with the fields `name`, `scopes` and `days`.
    func checked(_ offered: [Scope]) throws(InvalidInput) -> (name: String, scopes: [Scope]) {
        var check = FormCheck()
        let name = check.line(name, "name", say("The name", context: "of a token"), upTo: 80)
        let chosen = offered.filter { scopes.contains($0.rawValue) }
        if chosen.isEmpty { check.refuse("scopes", say("Choose at least one thing that the token may do.")) }
        if Set(scopes).subtracting(offered.map(\.rawValue)).isEmpty == false {
            check.refuse("scopes", say("One of these is nothing that this token can be for. Choose from the list."))
        }
        if !(1...Self.longestDays).contains(days) {
            check.refuse("days", say("A token lasts from 1 to \(Self.longestDays) days."))
        }
        try check.finish()
        return (name, chosen)
    }

    func make(
        _ transaction: Transaction,
        _ holder: APIToken.Holder,
        _ existing: [APIToken],
        offered: [Scope],
        by actor: Actor,
        now: Date
    ) throws -> NewToken {
        let (name, scopes) = try checked(offered)
        guard existing.count(where: { $0.isLive(now) }) < Self.mostAlive else {
            throw TokenRefusal.tooMany(Self.mostAlive)
        }
        let (token, text) = try APIToken.make(
            transaction,
            name: name,
            holder: holder,
            scopes: scopes.map(\.rawValue),
            secondFactor: actor.hasSecondFactor,
            by: actor.key,
            expiresAt: now.addingTimeInterval(Double(days) * 86_400),
            now: now
        )
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "token.made",
                subject: token.subject,
                after: [
                    "token": .text(token.id), "name": .text(name),
                    "scopes": .text(token.scopes.joined(separator: " ")), "expires": .text(token.expiresAt),
                ]
            )
        )
        return NewToken(token: token, text: text)
    }
}

extension APIToken {
    /// What its entries of the journal are about.
    var subject: JournalEntry.Subject {
        if let personID { return .init("person", personID) }
        return .init(placeKind ?? "association", placeID ?? "")
    }
}

/// A token just made, with the text that is shown once.
public struct NewToken: Sendable, Equatable {
    public let token: APIToken
    public let text: String
}

/// Makes a token that carries one's own rights. Throws `InvalidInput` (`name`, `scopes`, `days`) and `TokenRefusal`.
public struct MakeToken: Command {
    public static let action = Action.ownAccount

    private let personID: String
    private let wish: TokenWish

    /// - Parameters:
    ///   - scopes: the names of scopes.
    ///   - days: how long it lasts.
    public init(_ personID: String, name: String, scopes: [String], days: Int) {
        self.personID = personID
        wish = TokenWish(name: name, scopes: scopes, days: days)
    }

    public func place(_ transaction: Transaction) -> Place { .person(personID) }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> NewToken {
        let existing = try APIToken.list(transaction, person: personID)
        return try wish.make(transaction, .person(personID), existing, offered: Scope.allCases, by: actor, now: now)
    }
}

/// Makes a token for a member's own programs. It stays when whoever made it goes. Throws as `MakeToken`.
public struct MakeMemberToken: Command {
    public static let action = Action.manageMemberTokens

    private let memberID: String
    private let wish: TokenWish

    public init(member: String, name: String, scopes: [String], days: Int) {
        memberID = member
        wish = TokenWish(name: name, scopes: scopes, days: days)
    }

    public func place(_ transaction: Transaction) -> Place { .member(memberID) }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> NewToken {
        let existing = try APIToken.list(transaction, placeKind: "member", placeID: memberID)
        return try wish.make(
            transaction,
            .place(kind: "member", id: memberID),
            existing,
            offered: Scope.ofMembers,
            by: actor,
            now: now
        )
    }
}
