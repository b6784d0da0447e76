public import Access
public import Database
public import Foundation
import Journal
import Languages

/// Changes the address of a member's web site. An empty one takes it away.
public struct EditWebsite: Command {
    public static let action = Action.editProfile

    let memberID: String
    let website: String
    let seen: PartMark

    /// - Parameter seen: the mark of the address as the editor saw it (`WebsiteField.mark`).
    public init(member: String, website: String, seen: PartMark) {
        memberID = member
        self.website = website
        self.seen = seen
    }

    public func place(_ transaction: Transaction) throws -> Place { .member(memberID) }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        var typed = TypedText()
        let wanted = typed.webAddress(website, "website")
        try typed.throwProblems()
        let before =
            try transaction.first("SELECT website FROM member WHERE id = ?", [.text(memberID)]) {
                $0.optionalText(0)
            }.flatMap { $0 } ?? ""
        guard before != wanted else { return }
        try ProfileConflict.check(
            transaction,
            member: memberID,
            action: "profile.website-changed",
            seen: seen,
            now: WebsiteField.fields(before),
            wanted: WebsiteField.fields(wanted)
        )
        try MemberRevision.bump(transaction, memberID)
        try transaction.execute(
            "UPDATE member SET website = ? WHERE id = ?",
            [.optional(wanted.isEmpty ? nil : wanted), .text(memberID)]
        )
        try MemberRevision.markEntered(transaction, memberID, ["website"])
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "profile.website-changed",
                subject: .init("member", memberID),
                before: ["website": .text(before)],
                after: ["website": .text(wanted)]
            )
        )
    }
}

/// The part of a profile that is the web site's address.
public enum WebsiteField {
    public static func mark(_ website: String?) -> PartMark { ProfileConflict.mark(fields(website ?? "")) }

    static func fields(_ website: String) -> [ProfileConflict.Field] {
        [.init(name: say("Web site"), value: .verbatim(website))]
    }
}
