public import Access
public import Database
public import Foundation
import Journal
import Languages

/// Changes the list of a member's contacts, as a whole and in its order.
public struct EditContacts: Command {
    public static let action = Action.editProfile
    public static let most = 20

    let memberID: String
    let contacts: [Contact]
    let seen: PartMark

    /// - Parameter seen: the mark of the list as the editor saw it.
    public init(member: String, contacts: [Contact], seen: PartMark) {
        memberID = member
        self.contacts = contacts
        self.seen = seen
    }

    public func place(_ transaction: Transaction) throws -> Place { .member(memberID) }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        var typed = TypedText()
        let wanted = contacts.prefix(Self.most).enumerated().map { $1.checked($0, &typed) }
        if contacts.count > Self.most { typed.refuse("contacts", say("A profile has at most \(Self.most) contacts.")) }
        try typed.throwProblems()
        let before = try Contact.load(transaction, member: memberID)
        guard before != wanted else { return }
        try ProfileConflict.check(
            transaction,
            member: memberID,
            action: "profile.contacts-changed",
            seen: seen,
            now: Contact.fields(before),
            wanted: Contact.fields(wanted)
        )
        try MemberRevision.bump(transaction, memberID)
        try write(transaction, wanted)
        // A contact may be a person's own: the journal keeps them where they can be erased.
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "profile.contacts-changed",
                subject: .init("member", memberID),
                before: .list(journal(before)),
                after: .list(journal(wanted))
            )
        )
    }

    private func write(_ transaction: Transaction, _ contacts: [Contact]) throws {
        try transaction.execute("DELETE FROM profile_contact WHERE member_id = ?", [.text(memberID)])
        try transaction.execute(
            """
            INSERT INTO profile_contact (id, member_id, position, kind, label, value, is_public)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            each: contacts.enumerated().map { position, contact in
                [
                    .text(Identifier.make()), .text(memberID), .int(position), .text(contact.kind.rawValue),
                    .text(contact.label), .text(contact.value), .flag(contact.isPublic),
                ]
            }
        )
    }

    private func journal(_ contacts: [Contact]) -> [JournalValue] {
        contacts.enumerated().map { number, contact in
            [
                "kind": .text(contact.kind.rawValue), "public": .flag(contact.isPublic),
                "label": .personal("contacts.\(number).label", contact.label),
                "value": .personal("contacts.\(number).value", contact.value),
            ]
        }
    }
}
