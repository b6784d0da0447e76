public import Database
public import Foundation
import Identity

/// Changes somebody else's name, language and address. A new address is told to the old one, and ends all sign-ins.
///
/// Throws `PersonRefusal`, and `InvalidInput` with the fields `name`, `email` and `language`.
public struct EditPerson: Command {
    public static let action = Action.editPerson

    private let personID: String
    private let details: PersonDetails
    private let email: String
    private let sources: [PersonalDataSource]
    private let letters: Letters

    /// - Parameter sources: what is held on people, some of it by their address.
    public init(
        _ personID: String,
        name: String,
        email: String,
        language: String,
        sources: [PersonalDataSource],
        letters: Letters
    ) {
        self.personID = personID
        details = PersonDetails(name: name, language: language)
        self.email = email
        self.sources = sources
        self.letters = letters
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        var form = FormCheck()
        let address = form.email(email, "email")
        try form.finish()
        let person = try Person.other(transaction, id: personID, than: actor)
        try details.write(transaction, person, by: actor, now: now)
        guard let address, let old = person.email, address.text != old else { return }
        do {
            try AddressChange.write(transaction, person, to: address, by: actor.key, sources, letters, now: now)
        } catch PersonError.addressTaken { throw PersonRefusal.addressTaken }
        try Session.endAll(transaction, person: personID)
    }
}

/// Removes somebody else's second factor, for a telephone that is lost with its codes; all their sign-ins end. Throws
/// `PersonRefusal`.
public struct ResetSecondFactor: Command {
    public static let action = Action.editPerson

    private let personID: String
    private let letters: Letters

    public init(_ personID: String, letters: Letters) {
        self.personID = personID
        self.letters = letters
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        let person = try Person.other(transaction, id: personID, than: actor)
        guard person.hasSecondFactor else { return }
        try SecondFactor.remove(transaction, person: personID)
        try Session.endAll(transaction, person: personID)
        try letters.warn(transaction, .secondFactorChanged, person, now: now)
        try SecondFactorJournal.append(transaction, "reset", personID, by: actor, now: now)
    }
}
