import Database
public import Foundation
public import Identity
import Journal

extension SignIn {
    /// Gives the second factor in a session that has begun: six digits from the app, or a recovery code.
    ///
    /// Returns the session's new secret: rights grew, so the old one ends. Throws `SignInRefusal`.
    public func secondFactor(
        _ session: Secret,
        code: String,
        from doorstep: Doorstep,
        now: Date
    ) async throws
        -> SignInOutcome
    {
        let verdict: Verdict<SignInOutcome> = try await database.write { transaction in
            guard let current = try Session.find(transaction, session, policy.sessions, now: now),
                let person = try Person.find(transaction, id: current.personID), person.isOpen
            else { return .wrong(.sessionOver) }
            if let refusal = try take(transaction, "factor", account: person.id, from: doorstep, now: now) {
                return .wrong(refusal)
            }
            if try !SecondFactor.check(transaction, person: person.id, code: code, now: now) {
                guard person.hasSecondFactor,
                    try RecoveryCodes.use(transaction, person: person.id, code: code, now: now)
                else { return .wrong(.wrongCode) }
                try noteRecovery(transaction, person, now: now)
            }
            try AttemptLimit.clear(transaction, bucket: bucket("factor", person.id))
            let raised = try Session.raise(transaction, session, now: now)
            return .right(SignInOutcome(session: raised, personID: person.id, next: .enter))
        }
        return try verdict.get()
    }

    private func noteRecovery(_ transaction: Transaction, _ person: Person, now: Date) throws {
        try letters.warn(transaction, .recoveryCodeUsed, person, now: now)
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: "person:\(person.id)",
                action: "recovery-code.used",
                subject: .init("person", person.id),
                after: ["left": .integer(try RecoveryCodes.left(transaction, person: person.id))]
            )
        )
    }
}
