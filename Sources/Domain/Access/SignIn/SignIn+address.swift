import Database
public import Foundation
public import Identity
import Journal

/// How far a change of address has come.
public enum AddressStep: Sendable, Equatable {
    /// One of the two addresses has confirmed; the other has not.
    case waitsForOther
    case done(newAddress: String)
}

extension SignIn {
    /// The address to which a link would change, for the page that asks to confirm. `nil` for a link that does nothing.
    public func lookAtAddress(_ secret: Secret, now: Date) async throws -> String? {
        try await database.read { transaction in
            for purpose in [OneTimeLink.Purpose.leaveAddress, .takeAddress] {
                guard let link = try OneTimeLink.look(transaction, secret, purpose, now: now) else { continue }
                return try AddressChange.find(transaction, person: link.personID, id: link.detail)?.email
            }
            return nil
        }
    }

    /// Confirms a change of address at one of the two. It takes effect when both were used.
    ///
    /// Throws `SignInRefusal` for a worthless link and `AccountRefusal.addressTaken` when another account has the address.
    public func confirmAddress(_ secret: Secret, from doorstep: Doorstep, now: Date) async throws -> AddressStep {
        let verdict: Verdict<AddressStep> = try await database.write { transaction in
            if let refusal = try take(transaction, "enter", account: nil, from: doorstep, now: now) {
                return .wrong(refusal)
            }
            for purpose in [OneTimeLink.Purpose.leaveAddress, .takeAddress] {
                guard let link = try OneTimeLink.take(transaction, secret, purpose, now: now) else { continue }
                guard let person = try Person.find(transaction, id: link.personID), person.isOpen,
                    var change = try AddressChange.find(transaction, person: person.id, id: link.detail)
                else { return .wrong(.worthlessLink) }
                try change.note(purpose, transaction, now: now)
                guard change.isConfirmed else { return .right(.waitsForOther) }
                try change.carryOut(transaction, person, sources, letters, now: now)
                return .right(.done(newAddress: change.email))
            }
            return .wrong(.worthlessLink)
        }
        return try verdict.get()
    }
}
