public import Database
public import Foundation
import Identity
import Journal
import Mail

/// Erases everything personal that is held on somebody and leaves a tombstone. There is no way back.
///
/// Throws `PersonRefusal`, and `RoleRefusal.lastAdministrator`.
public struct ErasePerson: Command {
    public static let action = Action.erasePerson

    private let personID: String
    private let sources: [PersonalDataSource]
    private let letters: Letters

    /// - Parameter sources: what other capabilities hold on people.
    public init(_ personID: String, sources: [PersonalDataSource], letters: Letters) {
        self.personID = personID
        self.sources = sources
        self.letters = letters
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        let person = try Person.other(transaction, id: personID, than: actor)
        if try Administrators.isLast(transaction, person: personID, now: now) { throw RoleRefusal.lastAdministrator }
        try Erasure(sources: sources).erase(transaction, person, actor: actor.key, now: now)
        try letters.erased(transaction, person, now: now)
    }
}

/// What erasing takes, in one transaction: the person's row, how they signed in, their mail, and every personal value in
/// the journal that is about them, wherever it stands. What they did, and which roles they held, stays with the tombstone.
struct Erasure {
    let sources: [PersonalDataSource]

    func erase(_ transaction: Transaction, _ person: Person, actor: String, now: Date) throws {
        for grant in try Grant.all(transaction, person: person.id)
        where grant.endedAt == nil && grant.endsOn.map({ $0 >= Grant.day(now) }) ?? true {
            try transaction.execute(
                "UPDATE role_grant SET ends_on = ?, ended_at = ? WHERE id = ?",
                [.text(max(Grant.day(now), grant.startsOn)), .text(InstantText.text(now)), .text(grant.id)]
            )
        }
        for source in sources { try source.erase(transaction, person, now) }
        try transaction.execute("UPDATE role_grant SET grounds = NULL WHERE person_id = ?", [.text(person.id)])
        for table in ["invitation", "address_change", "erasure_request", "api_token"] {
            try transaction.execute("DELETE FROM \(table) WHERE person_id = ?", [.text(person.id)])
        }
        let addresses = try everyAddress(transaction, person)
        for address in addresses {
            try transaction.execute("DELETE FROM sign_in_request WHERE email = ?", [.text(address)])
        }
        try Outbox.erase(transaction, person: person.id, now: now)
        let values =
            try Journal.erasePersonal(transaction, subject: .init("person", person.id))
            + Journal.erasePersonal(transaction, values: addresses)
        try Person.erase(transaction, id: person.id, now: now)
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor,
                action: "person.erased",
                subject: .init("person", person.id),
                after: ["personal-values": .integer(values)]
            )
        )
    }

    /// The present address and those that the journal remembers: they may stand in entries about other things.
    private func everyAddress(_ transaction: Transaction, _ person: Person) throws -> [String] {
        var addresses = Set([person.email].compactMap { $0 })
        let before = try Journal.personalValues(transaction, subject: .init("person", person.id))
        addresses.formUnion(before.filter { $0.field.hasSuffix(".email") }.map(\.value))
        return addresses.sorted()
    }
}
