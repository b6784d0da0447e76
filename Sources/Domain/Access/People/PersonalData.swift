public import Database
public import Foundation
public import Identity
import Journal
import Languages
import Mail

/// What one capability holds on people: how to tell it, how to erase it, and how it stays theirs under another address.
public struct PersonalDataSource: Sendable {
    /// The key under which it stands in the answer, such as `proposals`.
    public let name: String
    public let collect: @Sendable (Transaction, Person) throws -> DataValue
    public let erase: @Sendable (Transaction, Person, Date) throws -> Void
    /// Notes as the person's own what is theirs by their address alone. Called when they leave the address: it can be
    /// somebody else's afterwards. The person is as they were before.
    public let bind: @Sendable (Transaction, Person) throws -> Void

    public init(
        _ name: String,
        collect: @escaping @Sendable (Transaction, Person) throws -> DataValue,
        erase: @escaping @Sendable (Transaction, Person, Date) throws -> Void,
        bind: @escaping @Sendable (Transaction, Person) throws -> Void = { _, _ in }
    ) {
        self.name = name
        self.collect = collect
        self.erase = erase
        self.bind = bind
    }
}

/// Everything that is held on somebody, for themselves (GDPR, articles 15 and 20).
public struct PersonalData: Question {
    public static let action = Action.ownAccount

    /// More entries than anybody has; a bound all the same.
    private static let limit = 100_000

    private let personID: String
    private let sources: [PersonalDataSource]

    public init(_ personID: String, sources: [PersonalDataSource]) {
        self.personID = personID
        self.sources = sources
    }

    public func place(_ transaction: Transaction) -> Place { .person(personID) }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> DataValue {
        let person = actor.person
        var parts: [String: DataValue] = [
            "as-of": .text(InstantText.text(now)),
            "person": row(person),
            "roles": .list(try Grant.all(transaction, person: personID).map(row)),
            "invitations": .list(try Invitation.all(transaction, person: personID).map(row)),
            "sign-ins": .list(try Session.list(transaction, person: personID, .everything, now: now).map(row)),
            "links": .list(try links(transaction)),
            "tokens": .list(try APIToken.list(transaction, person: personID).map(row)),
            "identities-elsewhere": .list(
                try ExternalIdentity.list(transaction, person: personID).map { identity in
                    [
                        "issuer": .text(identity.issuer), "subject": .text(identity.subject),
                        "linked-at": .text(identity.linkedAt),
                    ]
                }
            ),
            "recovery-codes-left": .integer(try RecoveryCodes.left(transaction, person: personID)),
            "mail": .list(try mail(transaction)),
            "journal-about": .list(
                try Journal.entries(transaction, of: .init("person", personID), limit: Self.limit).map {
                    try entry(transaction, $0)
                }
            ),
            "journal-by": .list(
                try Journal.entries(transaction, by: actor.key, limit: Self.limit).map { try entry(transaction, $0) }
            ),
        ]
        if let change = try AddressChange.find(transaction, person: personID) {
            parts["address-change"] = ["email": .text(change.email), "asked-at": .text(change.askedAt)]
        }
        if let erasure = try ErasureRequest.find(transaction, person: personID) {
            parts["erasure-request"] = [
                "asked-at": .text(erasure.askedAt), "declined-at": .optional(erasure.declined?.at),
                "reason": .optional(erasure.declined?.reason),
            ]
        }
        for source in sources { parts[source.name] = try source.collect(transaction, person) }
        return .object(parts)
    }

    private func row(_ person: Person) -> DataValue {
        [
            "id": .text(person.id), "name": .text(person.name), "email": .optional(person.email),
            "language": .text(person.language), "created-at": .text(person.createdAt),
            "last-signed-in-at": .optional(person.signedInAt), "has-password": .flag(person.hasPassword),
            "has-second-factor": .flag(person.hasSecondFactor),
        ]
    }

    private func row(_ grant: Grant) -> DataValue {
        [
            "role": .text(grant.role.rawValue), "place": .text(grant.place.key), "from": .text(grant.startsOn),
            "until": .optional(grant.endsOn), "given-at": .text(grant.givenAt),
            "grounds": .optional(grant.grounds.map { Phrase.record($0).english }), "ended-at": .optional(grant.endedAt),
        ]
    }

    private func row(_ invitation: Invitation) -> DataValue {
        [
            "sent-at": .text(invitation.sentAt), "accepted-at": .optional(invitation.acceptedAt),
            "revoked-at": .optional(invitation.revokedAt),
        ]
    }

    private func row(_ session: Session) -> DataValue {
        [
            "began-at": .text(session.beganAt), "seen-at": .text(session.seenAt), "address": .text(session.address),
            "browser": .text(session.agent), "method": .text(session.method),
            "second-factor-at": .optional(session.secondFactorAt),
        ]
    }

    private func row(_ token: APIToken) -> DataValue {
        [
            "name": .text(token.name), "scopes": .text(token.scopes.joined(separator: " ")),
            "made-at": .text(token.madeAt), "expires-at": .text(token.expiresAt),
            "last-used-at": .optional(token.lastUsedAt), "revoked-at": .optional(token.revokedAt),
        ]
    }

    private func links(_ transaction: Transaction) throws -> [DataValue] {
        try OneTimeLink.history(transaction, person: personID).map { link in
            [
                "for": .text(link.purpose), "made-at": .text(link.madeAt), "expires-at": .text(link.expiresAt),
                "used-at": .optional(link.usedAt),
            ]
        }
    }

    private func mail(_ transaction: Transaction) throws -> [DataValue] {
        try Outbox.list(transaction, OutboxFilter(person: personID), page: 1, size: 1000).mails.map { mail in
            [
                "to": .text(mail.recipient), "subject": .text(mail.subject), "state": .text(mail.state.rawValue),
                "queued-at": .text(mail.queuedAt), "text": .optional(try Outbox.find(transaction, id: mail.id)?.text),
            ]
        }
    }

    private func entry(_ transaction: Transaction, _ recorded: RecordedEntry) throws -> DataValue {
        let entry = recorded.entry
        // What an entry by them holds about somebody else is that person's, not theirs.
        let isTheirs = entry.subject == .init("person", personID)
        let values = isTheirs ? try Journal.personalValues(transaction, entry: entry.id) : []
        return [
            "id": .text(entry.id), "at": .text(entry.recordedAt), "actor": .text(entry.actor),
            "action": .text(entry.action), "subject": .text("\(entry.subject.kind):\(entry.subject.id)"),
            "reason": .optional(entry.reason.map { Phrase.record($0).english }),
            "before": .optional(isTheirs ? entry.before : nil), "after": .optional(isTheirs ? entry.after : nil),
            "values": .object(Dictionary(values.map { ($0.field, .text($0.value)) }, uniquingKeysWith: { $1 })),
        ]
    }
}

extension SessionPolicy {
    /// Counts every session that is still written down, over or not.
    static let everything = SessionPolicy(idle: .seconds(3_000_000_000), absolute: .seconds(3_000_000_000))
}
