public import Database
public import Foundation
public import Identity
import Journal

/// Begins to set up a second factor: makes its secret, which counts once a first code has confirmed it.
///
/// Throws `AccountRefusal.secondFactorExists`.
public struct BeginSecondFactor: Command {
    public static let action = Action.ownAccount

    private let personID: String

    public init(_ personID: String) { self.personID = personID }

    public func place(_ transaction: Transaction) -> Place { .person(personID) }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> TimeCode {
        // Who goes back in the browser sees the secret that the app has scanned already.
        if let pending = try SecondFactor.pending(transaction, person: personID) { return pending }
        do {
            return try SecondFactor.begin(transaction, person: personID)
        } catch SecondFactorError.alreadyConfirmed { throw AccountRefusal.secondFactorExists }
    }
}

/// Confirms the second factor by its first code. Throws `AccountRefusal`.
public struct ConfirmSecondFactor: Command {
    public static let action = Action.ownAccount

    public struct Outcome: Sendable {
        /// The session's new secret: the factor was given in it, and rights may have grown.
        public let session: Secret
        /// To be shown once.
        public let recoveryCodes: [String]
    }

    private let personID: String
    private let code: String
    private let session: Secret
    private let letters: Letters

    /// - Parameter session: the secret of the session in which it is confirmed.
    public init(_ personID: String, code: String, session: Secret, letters: Letters) {
        self.personID = personID
        self.code = code
        self.session = session
        self.letters = letters
    }

    public func place(_ transaction: Transaction) -> Place { .person(personID) }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> Outcome {
        if actor.person.hasSecondFactor { throw AccountRefusal.secondFactorExists }
        guard try SecondFactor.confirm(transaction, person: personID, code: code, now: now) else {
            throw AccountRefusal.wrongCode
        }
        let codes = try RecoveryCodes.replace(transaction, person: personID)
        let raised = try Session.raise(transaction, session, now: now)
        try letters.warn(transaction, .secondFactorChanged, actor.person, now: now)
        try SecondFactorJournal.append(transaction, "set-up", personID, by: actor, now: now)
        return Outcome(session: raised, recoveryCodes: codes)
    }
}

/// Removes one's own second factor. Throws `AccountRefusal` while a role needs it.
public struct RemoveSecondFactor: Command {
    public static let action = Action.ownAccount

    private let personID: String
    private let letters: Letters

    public init(_ personID: String, letters: Letters) {
        self.personID = personID
        self.letters = letters
    }

    public func place(_ transaction: Transaction) -> Place { .person(personID) }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        guard actor.person.hasSecondFactor else { throw AccountRefusal.noSecondFactor }
        if let role = actor.grants.first(where: \.role.needsSecondFactor)?.role {
            throw AccountRefusal.secondFactorNeeded(role)
        }
        try SecondFactor.remove(transaction, person: personID)
        try letters.warn(transaction, .secondFactorChanged, actor.person, now: now)
        try SecondFactorJournal.append(transaction, "removed", personID, by: actor, now: now)
    }
}

/// Makes ten new recovery codes, shown once; the old ones do nothing any more. Throws `AccountRefusal.noSecondFactor`.
public struct NewRecoveryCodes: Command {
    public static let action = Action.ownAccount

    private let personID: String
    private let letters: Letters

    public init(_ personID: String, letters: Letters) {
        self.personID = personID
        self.letters = letters
    }

    public func place(_ transaction: Transaction) -> Place { .person(personID) }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> [String] {
        guard actor.person.hasSecondFactor else { throw AccountRefusal.noSecondFactor }
        let codes = try RecoveryCodes.replace(transaction, person: personID)
        try letters.warn(transaction, .secondFactorChanged, actor.person, now: now)
        try SecondFactorJournal.append(transaction, "recovery-codes-made", personID, by: actor, now: now)
        return codes
    }
}

enum SecondFactorJournal {
    static func append(_ transaction: Transaction, _ what: String, _ person: String, by actor: Actor, now: Date) throws
    {
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "second-factor.\(what)",
                subject: .init("person", person)
            )
        )
    }
}
