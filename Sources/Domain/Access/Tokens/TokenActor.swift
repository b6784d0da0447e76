public import Database
public import Foundation
public import Identity

/// What the token, by which somebody acts, lets through.
public struct TokenLimit: Sendable, Equatable {
    public let tokenID: String
    public let scopes: [Scope]
    let actions: Set<Action>

    init(_ token: APIToken) {
        tokenID = token.id
        // A scope that a later version took away lets nothing through.
        scopes = token.scopes.compactMap(Scope.init(rawValue:))
        actions = scopes.reduce(into: []) { $0.formUnion($1.actions) }
    }
}

extension Actor {
    /// Who acts by a token: its person with their roles of today, or the member whose it is, either way no further than
    /// the token's scopes. `nil` when the token is over, or its holder gone.
    public static func load(_ transaction: Transaction, token: APIToken, now: Date) throws -> Actor? {
        guard token.isLive(now) else { return nil }
        let limit = TokenLimit(token)
        if let id = token.personID {
            return try load(transaction, person: id, secondFactor: token.hasSecondFactor, now: now)?.limited(by: limit)
        }
        guard let kind = token.placeKind, let id = token.placeID, let place = Place(kind: kind, id: id),
            case .member = place
        else { return nil }
        let nobody = Person(
            id: "",
            name: "token:\(token.id)",
            email: nil,
            language: "en",
            createdAt: token.madeAt,
            hasPassword: false,
            hasSecondFactor: false
        )
        // A member's program speaks for it as its representative does.
        let grant = Grant(role: .representative, place: place, personID: "")
        return Actor(person: nobody, grants: [grant], secondFactor: false).limited(by: limit)
    }
}
