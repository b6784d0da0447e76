import Database
public import Foundation
public import Identity

extension SignIn {
    /// Notes that somebody wants a link sent to an address. Does and answers the same for every address; `answerRequests`
    /// writes the mail.
    ///
    /// Throws `SignInRefusal.tooManyTries`, and `InvalidInput` with the field `email`.
    public func requestLink(_ email: String, from doorstep: Doorstep, now: Date) async throws {
        var form = FormCheck()
        let address = form.email(email, "email")
        try form.finish()
        guard let address else { return }
        let refusal = try await database.write { transaction in
            if let refusal = try take(transaction, "link", account: address.text, from: doorstep, now: now) {
                return refusal as SignInRefusal?
            }
            try transaction.execute(
                "INSERT INTO sign_in_request (id, email, asked_at) VALUES (?, ?, ?)",
                [.text(Identifier.make()), .text(address.text), .text(InstantText.text(now))]
            )
            return nil
        }
        if let refusal { throw refusal }
    }

    /// Writes the mail for the requests that wait; returns how many were answered. Run it after `requestLink` has answered
    /// its caller, and from time to time for what a stopped process left.
    @discardableResult
    public func answerRequests(now: Date) async throws -> Int {
        try await database.write { transaction in
            let requests = try transaction.query(
                """
                DELETE FROM sign_in_request WHERE id IN (SELECT id FROM sign_in_request ORDER BY asked_at, id LIMIT 50)
                RETURNING email, asked_at
                """
            ) { (email: try $0.text(0), askedAt: try $0.text(1)) }
            let oldest = InstantText.text(now.addingTimeInterval(-OneTimeLink.Purpose.signIn.lifetime))
            for request in requests where request.askedAt > oldest {
                guard let address = EmailAddress(request.email),
                    let person = try Person.find(transaction, email: address), person.isOpen
                else { continue }
                let secret = try OneTimeLink.make(transaction, .signIn, person: person.id, now: now)
                try letters.signInLink(transaction, to: person, secret, now: now)
            }
            return requests.count
        }
    }

    /// Whose link it is, without using it: for the page that asks to confirm, since mail scanners follow links. `nil` for a
    /// link that does nothing.
    public func look(_ secret: Secret, _ purpose: OneTimeLink.Purpose, now: Date) async throws -> LinkView? {
        try await database.read { transaction in
            guard let link = try OneTimeLink.look(transaction, secret, purpose, now: now),
                let person = try Person.find(transaction, id: link.personID), person.isOpen
            else { return nil }
            guard purpose == .invitation else { return LinkView(person: person, grant: nil, invitedBy: nil) }
            guard let invitation = try Invitation.find(transaction, id: link.detail), invitation.isOpen else {
                return nil
            }
            return LinkView(
                person: person,
                grant: try Grant.find(transaction, id: invitation.grantID),
                invitedBy: try invitation.invitedBy.flatMap { try Person.find(transaction, id: $0)?.name }
            )
        }
    }

    /// Comes in by a one-time link. Throws `SignInRefusal`.
    public func enter(
        _ secret: Secret,
        _ purpose: OneTimeLink.Purpose = .signIn,
        from doorstep: Doorstep,
        now: Date
    )
        async throws -> SignInOutcome
    {
        precondition(purpose == .signIn || purpose == .invitation, "no other link lets anybody in")
        let verdict: Verdict<SignInOutcome> = try await database.write { transaction in
            if let refusal = try take(transaction, "enter", account: nil, from: doorstep, now: now) {
                return .wrong(refusal)
            }
            guard let link = try OneTimeLink.take(transaction, secret, purpose, now: now),
                let person = try Person.find(transaction, id: link.personID), person.isOpen
            else { return .wrong(.worthlessLink) }
            if purpose == .invitation {
                guard try Invitation.find(transaction, id: link.detail)?.isOpen == true else {
                    return .wrong(.worthlessLink)
                }
            }
            let method = purpose == .invitation ? "invitation" : "link"
            return .right(try begin(transaction, person, method: method, from: doorstep, now: now))
        }
        return try verdict.get()
    }
}

/// What the page before a link is used shows.
public struct LinkView: Sendable, Equatable {
    public let person: Person
    /// The role to which an invitation leads.
    public let grant: Grant?
    public let invitedBy: String?
}
