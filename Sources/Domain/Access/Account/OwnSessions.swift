public import Database
public import Foundation
import Identity
import Journal

/// Ends one of one's own sign-ins, all but one, or all. Throws `AccountRefusal.noSuchSession`.
public struct EndSession: Command {
    public static let action = Action.ownAccount

    /// Which sign-ins end.
    public enum Which: Sendable, Equatable {
        case one(String)
        case allBut(String)
        case all
    }

    private let personID: String
    private let which: Which

    public init(_ which: Which, of personID: String) {
        self.personID = personID
        self.which = which
    }

    public func place(_ transaction: Transaction) -> Place { .person(personID) }

    /// Returns how many ended.
    @discardableResult
    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> Int {
        let ended: Int
        switch which {
        case .one(let id):
            guard try Session.end(transaction, id: id, person: personID) else { throw AccountRefusal.noSuchSession }
            ended = 1
        case .allBut(let id): ended = try Session.endAll(transaction, person: personID, except: id)
        case .all: return try Self.endAll(transaction, of: personID, by: actor, now: now)
        }
        try Self.note(transaction, ended, of: personID, by: actor, now: now)
        return ended
    }

    /// Ends every sign-in of a person and returns how many there were.
    static func endAll(_ transaction: Transaction, of person: String, by actor: Actor, now: Date) throws -> Int {
        let ended = try Session.endAll(transaction, person: person)
        try note(transaction, ended, of: person, by: actor, now: now)
        return ended
    }

    private static func note(
        _ transaction: Transaction,
        _ ended: Int,
        of person: String,
        by actor: Actor,
        now: Date
    ) throws {
        guard ended > 0 else { return }
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "sessions.ended",
                subject: .init("person", person),
                after: ["count": .integer(ended)]
            )
        )
    }
}
