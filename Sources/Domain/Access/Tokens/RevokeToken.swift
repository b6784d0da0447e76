public import Database
public import Foundation
public import Identity
import Journal

/// Makes a token worthless, at once. Throws `TokenRefusal.noSuchToken`.
public struct RevokeToken: Command {
    public static let action = Action.ownAccount
    public static let actions: [Action] = [.ownAccount, .manageMemberTokens, .revokeToken]

    /// Where the token is looked for, and so whose right is asked.
    public enum Among: Sendable, Equatable {
        case own(String)
        case member(String)
        /// All tokens: for the secretariat.
        case all

        /// Whether a token is one of them.
        public func has(_ token: APIToken) -> Bool {
            switch self {
            case .own(let person): token.personID == person
            case .member(let member): token.placeKind == "member" && token.placeID == member
            case .all: true
            }
        }
    }

    private let id: String
    private let among: Among

    public init(_ id: String, among: Among) {
        self.id = id
        self.among = among
    }

    public func action(_ transaction: Transaction) -> Action {
        switch among {
        case .own: .ownAccount
        case .member: .manageMemberTokens
        case .all: .revokeToken
        }
    }

    public func place(_ transaction: Transaction) -> Place {
        switch among {
        case .own(let person): .person(person)
        case .member(let member): .member(member)
        case .all: .association
        }
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        guard let token = try APIToken.find(transaction, id: id), among.has(token),
            try APIToken.revoke(transaction, id: id, now: now)
        else { throw TokenRefusal.noSuchToken }
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "token.revoked",
                subject: token.subject,
                after: ["token": .text(token.id), "name": .text(token.name)]
            )
        )
    }
}
