import Database
public import Foundation
public import Identity
import Journal

extension SignIn {
    /// Counts that somebody sets out for a provider. Throws `SignInRefusal.tooManyTries`.
    public func setOut(from doorstep: Doorstep, now: Date) async throws {
        let refusal = try await database.write { try take($0, "set-out", account: nil, from: doorstep, now: now) }
        if let refusal { throw refusal }
    }

    /// Comes in with an identity for which a provider has vouched. Throws `SignInRefusal.unknownIdentity` for one that
    /// belongs to nobody here: an account elsewhere makes nobody a person of the association.
    public func enter(_ identity: OpenIDIdentity, from doorstep: Doorstep, now: Date) async throws -> SignInOutcome {
        let verdict: Verdict<SignInOutcome> = try await database.write { transaction in
            if let refusal = try take(transaction, "openid", account: nil, from: doorstep, now: now) {
                return .wrong(refusal)
            }
            guard let person = try ExternalIdentity.person(transaction, for: identity, now: now) else {
                return .wrong(.unknownIdentity)
            }
            try noteLink(transaction, identity, person, now: now)
            return .right(try begin(transaction, person, method: "openid", from: doorstep, now: now))
        }
        return try verdict.get()
    }

    /// An identity that was linked just now is a new way into the account.
    private func noteLink(_ transaction: Transaction, _ identity: OpenIDIdentity, _ person: Person, now: Date) throws {
        let isNew = try ExternalIdentity.list(transaction, person: person.id).contains {
            $0.issuer == identity.issuer && $0.subject == identity.subject && $0.linkedAt == InstantText.text(now)
        }
        guard isNew else { return }
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: "person:\(person.id)",
                action: "identity.linked",
                subject: .init("person", person.id),
                after: ["issuer": .text(identity.issuer), "subject": .personal("subject", identity.subject)]
            )
        )
    }
}
