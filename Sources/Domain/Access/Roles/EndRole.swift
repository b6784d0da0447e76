import Charter
public import Database
public import Foundation
import Identity
import Journal
import Languages

/// Ends a role: at once, or with a last day that is to come.
///
/// Throws `RoleRefusal` for the last administrator and for a role that has ended; `InvalidInput` with the fields `until`
/// and `grounds`.
public struct EndRole: Command {
    public static let action = Action.giveMemberRole
    public static let actions = RoleGiving.actions

    private let grantID: String
    private let lastDay: String?
    private let grounds: String

    /// - Parameter lastDay: an ISO day not before today; at once when `nil`.
    public init(_ grantID: String, lastDay: String? = nil, grounds: String = "") {
        self.grantID = grantID
        self.lastDay = lastDay
        self.grounds = grounds
    }

    public func action(_ transaction: Transaction) throws -> Action { try grant(transaction).role.givenBy }
    public func place(_ transaction: Transaction) throws -> Place { try grant(transaction).place }

    private func grant(_ transaction: Transaction) throws -> Grant {
        guard let grant = try Grant.find(transaction, id: grantID) else { throw RoleRefusal.noSuchRole }
        return grant
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        let grant = try grant(transaction)
        let today = Grant.day(now)
        var form = FormCheck()
        let last = form.day(lastDay, "until")?.description
        if let last, last < today {
            form.refuse("until", say("This day is over. Choose today or a later one, or end the role now."))
        }
        if let last, last < grant.startsOn {
            form.refuse("until", say("The role begins on \(grant.startsOn). Choose a later day."))
        }
        let grounds = form.line(grounds, "grounds", say("The reason"), upTo: 500, canBeEmpty: true)
        try form.finish()
        guard grant.endedAt == nil, grant.endsOn.map({ $0 >= today }) ?? true else { throw RoleRefusal.endedAlready }
        if grant.role == .administrator {
            try Administrators.requireAnother(
                transaction,
                than: grant.personID,
                from: last.flatMap { Day($0)?.adding(days: 1).description } ?? today
            )
        }
        try Self.write(transaction, grant, last: last, grounds: grounds.isEmpty ? nil : grounds, actor: actor, now: now)
    }

    /// Ends a role without asking who may: for what ends all roles of somebody.
    static func write(
        _ transaction: Transaction,
        _ grant: Grant,
        last: String?,
        grounds: String?,
        actor: Actor,
        now: Date
    ) throws {
        let today = Grant.day(now)
        try transaction.execute(
            "UPDATE role_grant SET ends_on = ?, ended_by = ?, ended_at = ? WHERE id = ?",
            [
                .text(last ?? max(today, grant.startsOn)), .optional(actor.isPerson ? actor.person.id : nil),
                .optional(last == nil ? InstantText.text(now) : nil), .text(grant.id),
            ]
        )
        if last == nil { try Invitation.revoke(transaction, grant: grant.id, now: now) }
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "role.ended",
                subject: .init("person", grant.personID),
                before: ["until": .optional(grant.endsOn)],
                after: [
                    "grant": .text(grant.id), "role": .text(grant.role.rawValue), "place": .text(grant.place.key),
                    "until": .text(last ?? today), "at-once": .flag(last == nil),
                    "grounds": .personal("grounds", ifAny: grounds),
                ]
            )
        )
    }
}

/// Who can let others in: there must always be somebody.
enum Administrators {
    /// Throws `RoleRefusal.lastAdministrator` unless somebody else with an open account, who has come in at least once or
    /// can, is administrator from that day on.
    static func requireAnother(_ transaction: Transaction, than person: String, from day: String) throws {
        let other = try transaction.first(
            """
            SELECT 1 FROM role_grant g JOIN person p ON p.id = g.person_id
            WHERE g.role = ? AND g.person_id <> ? AND g.ended_at IS NULL AND g.starts_on <= ?
                AND (g.ends_on IS NULL OR g.ends_on >= ?) AND p.closed_at IS NULL AND p.erased_at IS NULL
            """,
            [.text(Role.administrator.rawValue), .text(person), .text(day), .text(day)]
        ) { try $0.integer(0) }
        if other == nil { throw RoleRefusal.lastAdministrator }
    }

    /// Whether a person is the only one from today on.
    static func isLast(_ transaction: Transaction, person: String, now: Date) throws -> Bool {
        let today = Grant.day(now)
        guard try Grant.inForce(transaction, person: person, day: today).contains(where: { $0.role == .administrator })
        else { return false }
        do {
            try requireAnother(transaction, than: person, from: today)
            return false
        } catch RoleRefusal.lastAdministrator { return true }
    }
}
