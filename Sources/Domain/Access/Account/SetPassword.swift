public import Database
public import Foundation
public import Identity
import Journal
import Languages

extension SignIn {
    /// Makes ready a new password for whoever is signed in in `session`: the rules, the old one or a fresh link, the hash.
    /// Run the command that it returns.
    ///
    /// Throws `InvalidInput` with the fields `password` and `old-password`, `AccountRefusal.signInAgain`, `SignInRefusal`.
    public func newPassword(
        _ password: String,
        old: String?,
        for person: Person,
        in session: Session,
        association: String,
        from doorstep: Doorstep,
        now: Date
    ) async throws -> SetPassword {
        let stored = try await database.read { try Person.passwordHash($0, id: person.id) }
        if let problem = PasswordRules.problem(password, for: person, association: association) {
            throw InvalidInput("password", problem)
        }
        if !isFresh(session, now: now) {
            guard let stored, let old, !old.isEmpty else { throw AccountRefusal.signInAgain }
            let refusal = try await database.write { transaction in
                try take(transaction, "old-password", account: person.id, from: doorstep, now: now)
            }
            if let refusal { throw refusal }
            guard try await matches(old, stored) else {
                throw InvalidInput(
                    "old-password",
                    say("This is not your present password. Write it, or have a link sent to you.")
                )
            }
            try await database.write { transaction in
                try AttemptLimit.clear(transaction, bucket: bucket("old-password", person.id))
            }
        }
        let hash: String
        do { hash = try await hasher.hash(password) } catch PasswordHasherError.busy { throw SignInRefusal.busy }
        return SetPassword(personID: person.id, hash: hash, replaces: stored, sessionID: session.id, letters: letters)
    }

    /// Whether the person has shown moments ago, by a link, that the mailbox is theirs.
    public func isFresh(_ session: Session, now: Date) -> Bool {
        ["link", "invitation"].contains(session.method)
            && session.beganAt > InstantText.text(now.addingTimeInterval(-policy.freshness))
    }
}

/// Sets a password that `SignIn.newPassword` has made ready; all other sessions of the person end.
public struct SetPassword: Command {
    public static let action = Action.ownAccount

    let personID: String
    let hash: String
    let replaces: String?
    let sessionID: String
    let letters: Letters

    public func place(_ transaction: Transaction) -> Place { .person(personID) }

    /// Throws `AccountRefusal.changedMeanwhile`.
    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        guard try Person.passwordHash(transaction, id: personID) == replaces else {
            throw AccountRefusal.changedMeanwhile
        }
        try Person.setPassword(transaction, id: personID, hash: hash, now: now)
        try Session.endAll(transaction, person: personID, except: sessionID)
        try letters.warn(transaction, .passwordChanged, actor.person, now: now)
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: replaces == nil ? "password.set" : "password.changed",
                subject: .init("person", personID)
            )
        )
    }
}

/// Removes one's own password: links and providers still let in. Does nothing when there is none.
public struct RemovePassword: Command {
    public static let action = Action.ownAccount

    private let personID: String
    private let letters: Letters

    public init(_ personID: String, letters: Letters) {
        self.personID = personID
        self.letters = letters
    }

    public func place(_ transaction: Transaction) -> Place { .person(personID) }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        guard actor.person.hasPassword else { return }
        try Person.setPassword(transaction, id: personID, hash: nil, now: now)
        try letters.warn(transaction, .passwordChanged, actor.person, now: now)
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "password.removed",
                subject: .init("person", personID)
            )
        )
    }
}
