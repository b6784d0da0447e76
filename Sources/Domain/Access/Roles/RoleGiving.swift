import Charter
import Database
import Foundation
import Identity
import Journal
public import Languages

extension Role {
    /// The right that giving and ending this role needs.
    public var givenBy: Action {
        switch self {
        case .administrator, .officer, .finance, .communication, .auditor: .giveSecretariatRole
        case .committee, .regionalOffice, .juror: .giveBodyRole
        case .representative, .editor: .giveMemberRole
        case .delegate: .giveVote
        }
    }
}

/// A role, where and for how long, as somebody wants to give it.
struct RoleGiving {
    /// The rights that giving a role can need, the mildest first.
    static let actions: [Action] = [.giveMemberRole, .giveVote, .giveBodyRole, .giveSecretariatRole]

    let role: Role
    let place: Place
    /// ISO days; `nil` for today and for open.
    let startsOn: String?
    let endsOn: String?
    let grounds: String

    /// Checks the form, apart from the person. Throws `InvalidInput`.
    func check(_ form: inout FormCheck, _ transaction: Transaction, _ places: Places, now: Date) throws -> CheckedGiving
    {
        let today = Day(Grant.day(now)) ?? .first
        let start = form.day(startsOn, "from") ?? today
        let end = form.day(endsOn, "until")
        if let end, end < start {
            form.refuse("until", say("The role would end before it begins. Choose a later day."))
        }
        let grounds = form.line(grounds, "grounds", say("The reason"), upTo: 500, canBeEmpty: true)
        var name: String?
        if role.seat.rawValue == place.kind { name = try places.name(transaction, of: place, on: today) }
        if name == nil {
            form.refuse("place", say("There is no such place for the role \"\(role.name)\". Choose one from the list."))
        }
        return CheckedGiving(
            role: role,
            place: place,
            placeName: name ?? "",
            startsOn: start.description,
            endsOn: end?.description,
            grounds: grounds.isEmpty ? nil : grounds
        )
    }
}

/// A role that may be written down for a person.
struct CheckedGiving {
    let role: Role
    let place: Place
    let placeName: String
    let startsOn: String
    let endsOn: String?
    let grounds: String?

    /// From when to when, as mail tells it.
    var period: Phrase {
        let said = { (day: String) in Day(day).map { Phrase.day($0) } ?? Phrase.verbatim(day) }
        guard let endsOn else { return say("since \(said(startsOn))") }
        return say("\(said(startsOn)) to \(said(endsOn))")
    }

    /// Writes the role down and into the journal. Throws `RoleRefusal`.
    func give(_ transaction: Transaction, to person: Person, by actor: Actor, now: Date) throws -> String {
        if actor.isPerson, actor.person.id == person.id { throw RoleRefusal.ownRole }
        guard person.isOpen else { throw RoleRefusal.closedAccount }
        try refuseSecond(transaction, person)
        let id = Identifier.make()
        try transaction.execute(
            """
            INSERT INTO role_grant (id, person_id, role, place_kind, place_id, starts_on, ends_on, given_by, given_at, grounds)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(id), .text(person.id), .text(role.rawValue), .text(place.kind), .text(place.id), .text(startsOn),
                .optional(endsOn), .optional(actor.isPerson ? actor.person.id : nil), .text(InstantText.text(now)),
                .optional(grounds),
            ]
        )
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "role.given",
                subject: .init("person", person.id),
                after: [
                    "grant": .text(id), "role": .text(role.rawValue), "place": .text(place.key),
                    "from": .text(startsOn), "until": .optional(endsOn),
                    "grounds": .personal("grounds", ifAny: grounds),
                ]
            )
        )
        return id
    }

    private func refuseSecond(_ transaction: Transaction, _ person: Person) throws {
        let overlapping = try transaction.first(
            """
            SELECT 1 FROM role_grant
            WHERE person_id = ? AND role = ? AND place_kind = ? AND place_id = ? AND ended_at IS NULL
                AND (ends_on IS NULL OR ends_on >= ?) AND starts_on <= ?
            """,
            [
                .text(person.id), .text(role.rawValue), .text(place.kind), .text(place.id), .text(startsOn),
                .text(endsOn ?? "9999-12-31"),
            ]
        ) { try $0.integer(0) }
        if overlapping != nil { throw RoleRefusal.heldAlready(role, placeName) }
    }
}

extension Place {
    /// The place as one word for the journal: `member:` and the id.
    var key: String { id.isEmpty ? kind : "\(kind):\(id)" }
}

/// Why a role cannot be given or ended.
public enum RoleRefusal: Refusal, Equatable {
    case ownRole
    case closedAccount
    case heldAlready(Role, String)
    case lastAdministrator
    case noSuchPerson
    case noSuchRole
    case endedAlready
    case tooManyInvitations(Int)

    public var code: String {
        switch self {
        case .ownRole: "role.own"
        case .closedAccount: "role.closed-account"
        case .heldAlready: "role.held-already"
        case .lastAdministrator: "role.last-administrator"
        case .noSuchPerson: "role.no-such-person"
        case .noSuchRole: "role.no-such-role"
        case .endedAlready: "role.ended-already"
        case .tooManyInvitations: "role.too-many-invitations"
        }
    }

    public var kind: RefusalKind {
        switch self {
        case .ownRole: .forbidden
        case .noSuchPerson, .noSuchRole: .notFound
        case .heldAlready, .endedAlready, .closedAccount, .lastAdministrator: .conflict
        case .tooManyInvitations: .tooMany
        }
    }

    public var sentence: Phrase {
        switch self {
        case .ownRole: say("Nobody gives a role to themselves. Ask somebody else who may give it.")
        case .closedAccount:
            say(
                "This address cannot be given a role now. An administrator of the secretariat can say why, and change it."
            )
        case .heldAlready(let role, let place):
            say(
                "They are \"\(role.name)\" in \(place) in that period already. Choose another period, or end the first."
            )
        case .lastAdministrator:
            say(
                "This is the last administrator, and without one nobody could let anybody in. Give the role to somebody else first."
            )
        case .noSuchPerson: say("There is no such person, or their data was erased. Look them up again.")
        case .noSuchRole: say("There is no such role. It may have been ended meanwhile; load the page again.")
        case .endedAlready: say("This role has ended already. Nothing was changed.")
        case .tooManyInvitations(let limit):
            say(
                "You have invited \(limit) people today, which is as many as one person may. Go on tomorrow, or ask a colleague."
            )
        }
    }
}
