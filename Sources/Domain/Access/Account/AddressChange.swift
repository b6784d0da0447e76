public import Database
public import Foundation
import Identity
import Journal
import Languages

/// A change of address on its way: both the address that is left and the one that is taken must confirm.
struct AddressChange {
    let id: String
    let email: String
    let askedAt: String
    private(set) var leftAt: String?
    private(set) var takenAt: String?

    var isConfirmed: Bool { leftAt != nil && takenAt != nil }

    /// The change that a person waits for; `nil` when there is none, or another one than `id` took its place.
    static func find(_ transaction: Transaction, person: String, id: String? = nil) throws -> AddressChange? {
        let change = try transaction.first(
            "SELECT id, email, asked_at, left_at, taken_at FROM address_change WHERE person_id = ?",
            [.text(person)]
        ) { row in
            AddressChange(
                id: try row.text(0),
                email: try row.text(1),
                askedAt: try row.text(2),
                leftAt: row.optionalText(3),
                takenAt: row.optionalText(4)
            )
        }
        return id == nil || change?.id == id ? change : nil
    }

    static func remove(_ transaction: Transaction, person: String) throws {
        try transaction.execute("DELETE FROM address_change WHERE person_id = ?", [.text(person)])
    }

    mutating func note(_ purpose: OneTimeLink.Purpose, _ transaction: Transaction, now: Date) throws {
        let instant = InstantText.text(now)
        if purpose == .leaveAddress { leftAt = instant } else { takenAt = instant }
        let column = purpose == .leaveAddress ? "left_at" : "taken_at"
        try transaction.execute("UPDATE address_change SET \(column) = ? WHERE id = ?", [.text(instant), .text(id)])
    }

    /// Throws `AccountRefusal.addressTaken`, which can only be told now: whoever reads it has shown that both are theirs.
    func carryOut(
        _ transaction: Transaction,
        _ person: Person,
        _ sources: [PersonalDataSource],
        _ letters: Letters,
        now: Date
    ) throws {
        guard let address = EmailAddress(email) else { throw SignInRefusal.worthlessLink }
        do {
            try Self.write(transaction, person, to: address, by: "person:\(person.id)", sources, letters, now: now)
        } catch PersonError.addressTaken { throw AccountRefusal.addressTaken }
    }

    /// Gives somebody another address and tells the one that they leave; a change that waits is given up.
    ///
    /// Throws `PersonError`.
    /// - Parameters:
    ///   - person: as they were before.
    ///   - sources: what is held on people and may be known by the address that is left.
    static func write(
        _ transaction: Transaction,
        _ person: Person,
        to address: EmailAddress,
        by actor: String,
        _ sources: [PersonalDataSource],
        _ letters: Letters,
        now: Date
    ) throws {
        guard let old = person.email else { throw PersonError.noPerson }
        try Person.changeEmail(transaction, id: person.id, to: address, now: now)
        for source in sources { try source.bind(transaction, person) }
        try remove(transaction, person: person.id)
        try letters.addressChanged(transaction, of: person, from: old, to: address.text, now: now)
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor,
                action: "person.address-changed",
                subject: .init("person", person.id),
                before: ["email": .personal("email", old)],
                after: ["email": .personal("email", address.text)]
            )
        )
    }
}

/// Asks for another address: a link goes to the present one and one to the new one.
///
/// Answers the same when the new one belongs to somebody else. Throws `InvalidInput` with the field `email` and
/// `AccountRefusal.tooManyChanges`.
public struct RequestAddressChange: Command {
    public static let action = Action.ownAccount

    private let personID: String
    private let email: String
    private let letters: Letters

    public init(_ personID: String, to email: String, letters: Letters) {
        self.personID = personID
        self.email = email
        self.letters = letters
    }

    public func place(_ transaction: Transaction) -> Place { .person(personID) }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        var form = FormCheck()
        let address = form.email(email, "email")
        if let address, address.text == actor.person.email {
            form.refuse("email", say("This is your address already. Write the new one."))
        }
        try form.finish()
        guard let address else { return }
        // Otherwise an account could be used to flood strangers with mail.
        guard try AttemptLimit.take(transaction, bucket: "address:\(personID)", limit: 5, window: 86_400, now: now)
        else {
            throw AccountRefusal.tooManyChanges
        }
        let id = Identifier.make()
        try AddressChange.remove(transaction, person: personID)
        try transaction.execute(
            "INSERT INTO address_change (person_id, id, email, asked_at) VALUES (?, ?, ?, ?)",
            [.text(personID), .text(id), .text(address.text), .text(InstantText.text(now))]
        )
        let leave = try OneTimeLink.make(transaction, .leaveAddress, person: personID, detail: id, now: now)
        let take = try OneTimeLink.make(transaction, .takeAddress, person: personID, detail: id, now: now)
        try letters.addressChange(transaction, of: actor.person, to: address, leave: leave, take: take, now: now)
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "person.address-change-asked",
                subject: .init("person", personID),
                after: ["email": .personal("email", address.text)]
            )
        )
    }
}

/// Gives up a change of address that waits; its links do nothing any more.
public struct CancelAddressChange: Command {
    public static let action = Action.ownAccount

    private let personID: String

    public init(_ personID: String) { self.personID = personID }

    public func place(_ transaction: Transaction) -> Place { .person(personID) }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        guard try AddressChange.find(transaction, person: personID) != nil else { return }
        try AddressChange.remove(transaction, person: personID)
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "person.address-change-given-up",
                subject: .init("person", personID)
            )
        )
    }
}
