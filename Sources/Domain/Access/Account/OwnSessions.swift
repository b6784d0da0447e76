public import Database
public import Foundation
import Identity
import Journal

/// Ends one of one's own sign-ins, or all but one. Throws `AccountRefusal.noSuchSession`.
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
        case .all: ended = try Session.endAll(transaction, person: personID)
        }
        guard ended > 0 else { return 0 }
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "sessions.ended",
                subject: .init("person", personID),
                after: ["count": .integer(ended)]
            )
        )
        return ended
    }
}
