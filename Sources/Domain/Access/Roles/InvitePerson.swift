import Charter
public import Database
public import Foundation
import Identity
import Journal
public import Languages

/// Invites somebody by their address to a role in a place.
///
/// Who is known already gets the role and a notice instead of a second account; the inviter sees no difference. Throws
/// `RoleRefusal`, and `InvalidInput` with the fields `name`, `email`, `language`, `place`, `from`, `until`, `grounds`.
public struct InvitePerson: Command {
    public static let action = Action.giveMemberRole
    public static let actions = RoleGiving.actions

    /// How many one person may send in a day.
    public static let dailyLimit = 100

    public struct Outcome: Sendable, Equatable {
        public let personID: String
        public let grantID: String
    }

    private let name: String
    private let email: String
    private let language: String
    private let giving: RoleGiving
    private let places: Places
    private let letters: Letters

    /// - Parameters: as in `GiveRole`; `language` is one of `Letters.languages`.
    public init(
        name: String,
        email: String,
        language: String,
        role: Role,
        in place: Place,
        from startsOn: String? = nil,
        until endsOn: String? = nil,
        grounds: String = "",
        places: Places,
        letters: Letters
    ) {
        self.name = name
        self.email = email
        self.language = language
        giving = RoleGiving(role: role, place: place, startsOn: startsOn, endsOn: endsOn, grounds: grounds)
        self.places = places
        self.letters = letters
    }

    public func action(_ transaction: Transaction) -> Action { giving.role.givenBy }
    public func place(_ transaction: Transaction) -> Place { giving.place }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> Outcome {
        var form = FormCheck()
        let name = form.line(name, "name", say("The name"), upTo: 200)
        let address = form.email(email, "email")
        let language = form.language(language, "language")
        let checked = try giving.check(&form, transaction, places, now: now)
        try form.finish()
        guard let address else { throw InvalidInput("email", say("This is no e-mail address.")) }
        try countInvitation(transaction, by: actor, now: now)
        if let known = try Person.find(transaction, email: address) {
            return try give(transaction, known, checked, by: actor, now: now)
        }
        let person = try Person.create(transaction, name: name, email: address, language: language, now: now)
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "person.invited",
                subject: .init("person", person.id),
                after: [
                    "name": .personal("name", name), "email": .personal("email", address.text),
                    "language": .text(language),
                ]
            )
        )
        let grant = try checked.give(transaction, to: person, by: actor, now: now)
        try Invitation.send(transaction, person, grant: grant, checked, by: actor, letters, now: now)
        return Outcome(personID: person.id, grantID: grant)
    }

    /// Otherwise one account that was taken over could flood strangers with the association's mail.
    private func countInvitation(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        guard actor.isPerson else { return }
        let bucket = "invite:\(actor.person.id)"
        guard try AttemptLimit.take(transaction, bucket: bucket, limit: Self.dailyLimit, window: 86_400, now: now)
        else {
            throw RoleRefusal.tooManyInvitations(Self.dailyLimit)
        }
    }

    private func give(
        _ transaction: Transaction,
        _ person: Person,
        _ checked: CheckedGiving,
        by actor: Actor,
        now: Date
    ) throws -> Outcome {
        let grant = try checked.give(transaction, to: person, by: actor, now: now)
        if person.signedInAt == nil {
            try Invitation.send(transaction, person, grant: grant, checked, by: actor, letters, now: now)
        } else {
            try letters.roleGiven(transaction, to: person, grant: grant, checked, by: actor, now: now)
        }
        return Outcome(personID: person.id, grantID: grant)
    }
}

/// Sends an invitation again; the link in the earlier mail does nothing any more. Throws `InvitationRefusal`.
public struct InviteAgain: Command {
    public static let action = Action.giveMemberRole
    public static let actions = RoleGiving.actions

    private let invitationID: String
    private let places: Places
    private let letters: Letters

    public init(_ invitationID: String, places: Places, letters: Letters) {
        self.invitationID = invitationID
        self.places = places
        self.letters = letters
    }

    public func action(_ transaction: Transaction) throws -> Action {
        try InvitedRole.find(transaction, invitationID).grant.role.givenBy
    }

    public func place(_ transaction: Transaction) throws -> Place {
        try InvitedRole.find(transaction, invitationID).grant.place
    }

    /// Returns the person's id.
    @discardableResult
    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> String {
        let invited = try InvitedRole.find(transaction, invitationID)
        guard invited.invitation.isOpen, let person = try Person.find(transaction, id: invited.invitation.personID),
            person.isOpen
        else { throw InvitationRefusal.notOpen }
        let instant = InstantText.text(now)
        guard invited.invitation.sentAt < InstantText.text(now.addingTimeInterval(-60)) else {
            throw InvitationRefusal.tooSoon
        }
        try transaction.execute(
            "UPDATE invitation SET sent_at = ? WHERE id = ?",
            [.text(instant), .text(invitationID)]
        )
        let grant = invited.grant
        let giving = CheckedGiving(
            role: grant.role,
            place: grant.place,
            placeName: try places.name(transaction, of: grant.place, on: .init(Grant.day(now)) ?? .first) ?? "",
            startsOn: grant.startsOn,
            endsOn: grant.endsOn,
            grounds: nil
        )
        try Invitation.mail(transaction, invitationID, person, giving, by: actor, letters, now: now)
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "invitation.sent-again",
                subject: .init("person", person.id),
                after: ["invitation": .text(invitationID)]
            )
        )
        return person.id
    }
}

/// Takes an invitation back and ends its role. Of somebody who never came in and has no other role nothing personal is
/// kept. Throws `InvitationRefusal`.
public struct RevokeInvitation: Command {
    public static let action = Action.giveMemberRole
    public static let actions = RoleGiving.actions

    private let invitationID: String
    private let sources: [PersonalDataSource]

    /// - Parameter sources: what else is held on people, to be erased.
    public init(_ invitationID: String, sources: [PersonalDataSource]) {
        self.invitationID = invitationID
        self.sources = sources
    }

    public func action(_ transaction: Transaction) throws -> Action {
        try InvitedRole.find(transaction, invitationID).grant.role.givenBy
    }

    public func place(_ transaction: Transaction) throws -> Place {
        try InvitedRole.find(transaction, invitationID).grant.place
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        let invited = try InvitedRole.find(transaction, invitationID)
        let personID = invited.invitation.personID
        guard invited.invitation.isOpen, let person = try Person.find(transaction, id: personID) else {
            throw InvitationRefusal.notOpen
        }
        // Its link asks whether it was revoked, so links of other invitations can stay.
        try Invitation.revoke(transaction, grant: invited.grant.id, now: now)
        if invited.grant.endedAt == nil {
            try EndRole.write(transaction, invited.grant, last: nil, grounds: nil, actor: actor, now: now)
        }
        let others = try Grant.all(transaction, person: personID).filter { $0.endedAt == nil }
        if person.signedInAt == nil, others.isEmpty {
            try Erasure(sources: sources).erase(transaction, person, actor: actor.key, now: now)
        }
    }
}

private struct InvitedRole {
    let invitation: Invitation
    let grant: Grant

    static func find(_ transaction: Transaction, _ id: String) throws -> InvitedRole {
        guard let invitation = try Invitation.find(transaction, id: id),
            let grant = try Grant.find(transaction, id: invitation.grantID)
        else { throw InvitationRefusal.noSuchInvitation }
        return InvitedRole(invitation: invitation, grant: grant)
    }
}

/// Why an invitation cannot be sent again or taken back.
public enum InvitationRefusal: Refusal, Equatable {
    case noSuchInvitation
    case notOpen
    case tooSoon

    public var code: String {
        switch self {
        case .noSuchInvitation: "invitation.no-such"
        case .notOpen: "invitation.not-open"
        case .tooSoon: "invitation.too-soon"
        }
    }

    public var kind: RefusalKind {
        switch self {
        case .noSuchInvitation: .notFound
        case .notOpen: .conflict
        case .tooSoon: .tooMany
        }
    }

    public var sentence: Phrase {
        switch self {
        case .noSuchInvitation: say("There is no such invitation. Load the page again.")
        case .notOpen: say("This invitation was accepted or taken back already. Nothing was changed.")
        case .tooSoon: say("It was sent less than a minute ago. Wait a moment; mail can take that long.")
        }
    }
}
