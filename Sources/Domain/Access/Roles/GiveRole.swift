public import Database
public import Foundation
import Identity

/// Gives a person a role in a place, for a period.
///
/// Throws `RoleRefusal` for a role of one's own, one that is held already and a closed account; `InvalidInput` with the
/// fields `place`, `from`, `until` and `grounds`.
public struct GiveRole: Command {
    public static let action = Action.giveMemberRole
    public static let actions = RoleGiving.actions

    private let personID: String
    private let giving: RoleGiving
    private let places: Places
    private let letters: Letters

    /// - Parameters:
    ///   - startsOn: an ISO day; today when `nil`.
    ///   - endsOn: the last day, as an ISO day; open when `nil`.
    public init(
        to personID: String,
        role: Role,
        in place: Place,
        from startsOn: String? = nil,
        until endsOn: String? = nil,
        grounds: String = "",
        places: Places,
        letters: Letters
    ) {
        self.personID = personID
        giving = RoleGiving(role: role, place: place, startsOn: startsOn, endsOn: endsOn, grounds: grounds)
        self.places = places
        self.letters = letters
    }

    public func action(_ transaction: Transaction) -> Action { giving.role.givenBy }
    public func place(_ transaction: Transaction) -> Place { giving.place }

    /// Returns the id of the role given.
    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> String {
        var form = FormCheck()
        let checked = try giving.check(&form, transaction, places, now: now)
        try form.finish()
        guard let person = try Person.find(transaction, id: personID), person.erasedAt == nil else {
            throw RoleRefusal.noSuchPerson
        }
        let id = try checked.give(transaction, to: person, by: actor, now: now)
        if try !Invitation.renew(transaction, person, grant: id, checked, by: actor, letters, now: now) {
            try letters.roleGiven(transaction, to: person, grant: id, checked, by: actor, now: now)
        }
        return id
    }
}
