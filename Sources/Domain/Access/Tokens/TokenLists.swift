public import Database
public import Foundation
public import Identity

/// One's own tokens, the latest first.
public struct MyTokens: Question {
    public static let action = Action.ownAccount

    private let personID: String

    public init(_ personID: String) { self.personID = personID }

    public func place(_ transaction: Transaction) -> Place { .person(personID) }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> [APIToken] {
        try APIToken.list(transaction, person: personID)
    }
}

/// The tokens of a member's own programs, the latest first.
public struct MemberTokens: Question {
    public static let action = Action.manageMemberTokens

    private let memberID: String

    public init(member: String) { memberID = member }

    public func place(_ transaction: Transaction) -> Place { .member(memberID) }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> [APIToken] {
        try APIToken.list(transaction, placeKind: "member", placeID: memberID)
    }
}

/// All tokens with whose they are, for the secretariat.
public struct AllTokens: Question {
    public static let action = Action.readTokens
    private static let most = 500

    public struct Line: Sendable, Equatable {
        public let token: APIToken
        /// The name of the person or the member whose it is.
        public let holder: String
    }

    private let nameOfPlace: @Sendable (Transaction, Place) throws -> String?

    /// - Parameter nameOfPlace: what a place is called.
    public init(nameOfPlace: @escaping @Sendable (Transaction, Place) throws -> String?) {
        self.nameOfPlace = nameOfPlace
    }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> [Line] {
        try APIToken.all(transaction, limit: Self.most).map { token in
            var holder: String?
            if let person = token.personID {
                holder = try Person.find(transaction, id: person)?.name
            } else if let kind = token.placeKind, let id = token.placeID, let place = Place(kind: kind, id: id) {
                holder = try nameOfPlace(transaction, place)
            }
            return Line(token: token, holder: holder ?? "")
        }
    }
}
