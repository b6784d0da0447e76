import Database
public import Foundation
import Identity

extension SignIn {
    /// Comes in by address and password. Throws `SignInRefusal`, and `InvalidInput` with the field `email`.
    public func enter(
        _ email: String,
        password: String,
        from doorstep: Doorstep,
        now: Date
    ) async throws -> SignInOutcome {
        var form = FormCheck()
        let address = form.email(email, "email")
        try form.finish()
        guard let address else { throw SignInRefusal.wrongPassword }
        let tried: Verdict<KnownPassword?> = try await database.write { transaction in
            if let refusal = try take(transaction, "password", account: address.text, from: doorstep, now: now) {
                return .wrong(refusal)
            }
            guard let person = try Person.find(transaction, email: address) else { return .right(nil) }
            return .right(
                try Person.passwordHash(transaction, id: person.id).map { KnownPassword(personID: person.id, hash: $0) }
            )
        }
        let known = try tried.get()
        // Without a stored hash the same work is done for nothing.
        guard try await matches(password, known?.hash), let known else { throw SignInRefusal.wrongPassword }
        let renewed = hasher.needsRehash(known.hash) ? try? await hasher.hash(password) : nil
        let verdict: Verdict<SignInOutcome> = try await database.write { transaction in
            // It took a moment: the password may have been changed or the account closed meanwhile.
            guard try Person.passwordHash(transaction, id: known.personID) == known.hash,
                let person = try Person.find(transaction, id: known.personID)
            else { return .wrong(.wrongPassword) }
            if let renewed { try Person.setPassword(transaction, id: person.id, hash: renewed, now: now) }
            try AttemptLimit.clear(transaction, bucket: bucket("password", address.text))
            return .right(try begin(transaction, person, method: "password", from: doorstep, now: now))
        }
        return try verdict.get()
    }

    /// Compares off the shared threads. Throws `SignInRefusal.busy` when too many wait.
    func matches(_ password: String, _ hash: String?) async throws -> Bool {
        do {
            return try await hasher.verify(password, against: hash)
        } catch PasswordHasherError.busy { throw SignInRefusal.busy }
    }
}

private struct KnownPassword: Sendable {
    let personID: String
    let hash: String
}
