public import Database
public import Foundation
import Identity
import Journal

/// Ends all sign-ins of somebody else, at once; they can sign in again. Throws `PersonRefusal`.
public struct SignOutPerson: Command {
    public static let action = Action.editPerson

    private let personID: String

    public init(_ personID: String) { self.personID = personID }

    /// Returns how many sign-ins ended.
    @discardableResult
    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> Int {
        let person = try Person.other(transaction, id: personID, than: actor)
        return try EndSession.endAll(transaction, of: person.id, by: actor, now: now)
    }
}
