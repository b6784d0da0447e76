public import Database
public import Foundation
import Identity
import Journal
public import Languages

/// Why a person's account cannot be changed by somebody else.
public enum PersonRefusal: Refusal, Equatable {
    case own
    case noSuchPerson
    case addressTaken
    case noErasureRequest

    public var code: String {
        switch self {
        case .own: "person.own"
        case .noSuchPerson: "person.no-such"
        case .addressTaken: "person.address-taken"
        case .noErasureRequest: "person.no-erasure-request"
        }
    }

    public var kind: RefusalKind {
        switch self {
        case .own: .forbidden
        case .noSuchPerson: .notFound
        case .addressTaken, .noErasureRequest: .conflict
        }
    }

    public var sentence: Phrase {
        switch self {
        case .own: say("This is your own account. Another administrator has to do this.")
        case .noSuchPerson: say("There is no such person, or their data was erased. Look them up again.")
        case .addressTaken: say("Another person has this address. Use another one, or merge the two by closing one.")
        case .noErasureRequest:
            say("No request of theirs to be erased waits: it was withdrawn or decided meanwhile. Nothing was changed.")
        }
    }
}

extension Person {
    /// Somebody else than the actor, whose data was not erased. Throws `PersonRefusal`.
    static func other(_ transaction: Transaction, id: String, than actor: Actor) throws -> Person {
        if actor.isPerson, actor.person.id == id { throw PersonRefusal.own }
        guard let person = try find(transaction, id: id), person.erasedAt == nil else {
            throw PersonRefusal.noSuchPerson
        }
        return person
    }
}

/// Keeps a person from signing in, at once. Closing twice changes nothing. Throws `PersonRefusal` and
/// `RoleRefusal.lastAdministrator`.
public struct ClosePerson: Command {
    public static let action = Action.editPerson

    private let personID: String
    private let grounds: String

    public init(_ personID: String, grounds: String = "") {
        self.personID = personID
        self.grounds = grounds
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        var form = FormCheck()
        let grounds = form.line(grounds, "grounds", say("The reason"), upTo: 500, canBeEmpty: true)
        try form.finish()
        let person = try Person.other(transaction, id: personID, than: actor)
        guard person.isOpen else { return }
        if try Administrators.isLast(transaction, person: personID, now: now) { throw RoleRefusal.lastAdministrator }
        try Person.close(transaction, id: personID, now: now)
        try AddressChange.remove(transaction, person: personID)
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "person.closed",
                subject: .init("person", personID),
                after: ["grounds": .personal("grounds", ifAny: grounds.isEmpty ? nil : grounds)]
            )
        )
    }
}

/// Lets a person whose account was closed sign in again. Throws `PersonRefusal`.
public struct ReopenPerson: Command {
    public static let action = Action.editPerson

    private let personID: String

    public init(_ personID: String) { self.personID = personID }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        let person = try Person.other(transaction, id: personID, than: actor)
        guard !person.isOpen else { return }
        try Person.reopen(transaction, id: personID)
        try Journal.append(
            transaction,
            JournalEntry(at: now, actor: actor.key, action: "person.reopened", subject: .init("person", personID))
        )
    }
}
