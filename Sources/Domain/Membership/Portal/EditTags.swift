public import Access
public import Database
public import Foundation
import Journal
import Languages

/// Changes the tags by which a member is found.
public struct EditTags: Command {
    public static let action = Action.editProfile
    public static let most = 12

    let memberID: String
    let tags: [String]
    let seen: PartMark

    /// - Parameters:
    ///   - tags: as typed; capitals, accents and spaces within one are taken out.
    ///   - seen: the mark of the tags as the editor saw them (`Tags.mark`).
    public init(member: String, tags: [String], seen: PartMark) {
        memberID = member
        self.tags = tags
        self.seen = seen
    }

    public func place(_ transaction: Transaction) throws -> Place { .member(memberID) }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        let wanted = try Tags.checked(tags)
        let before = try Tags.load(transaction, member: memberID)
        guard before != wanted else { return }
        try ProfileConflict.check(
            transaction,
            member: memberID,
            action: "profile.tags-changed",
            seen: seen,
            now: Tags.fields(before),
            wanted: Tags.fields(wanted)
        )
        try MemberRevision.bump(transaction, memberID)
        try transaction.execute(
            "UPDATE member SET tags = ? WHERE id = ?",
            [.text(wanted.joined(separator: " ")), .text(memberID)]
        )
        try MemberRevision.markEntered(transaction, memberID, ["tags"])
        try RollProjection.retag([(id: memberID, tags: wanted.joined(separator: " "))], transaction)
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "profile.tags-changed",
                subject: .init("member", memberID),
                before: ["tags": .text(before.joined(separator: " "))],
                after: ["tags": .text(wanted.joined(separator: " "))]
            )
        )
    }
}

/// The part of a profile that is its tags.
public enum Tags {
    public static func mark(_ tags: [String]) -> PartMark { ProfileConflict.mark(fields(tags)) }

    static func fields(_ tags: [String]) -> [ProfileConflict.Field] {
        [.init(name: say("Tags"), value: .verbatim(tags.joined(separator: ", ")))]
    }

    static func load(_ transaction: Transaction, member: String) throws -> [String] {
        try transaction.first("SELECT tags FROM member WHERE id = ?", [.text(member)]) {
            try $0.text(0).split(separator: " ").map(String.init)
        } ?? []
    }

    /// Keys, as everywhere else: `Água limpa` becomes `agua-limpa`. Each once, in the order given.
    static func checked(_ given: [String]) throws(InvalidInput) -> [String] {
        var tags: [String] = []
        for tag in given {
            let kept = Folding.fold(tag).split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }.joined(separator: "-")
            guard !kept.isEmpty || tag.allSatisfy(\.isWhitespace) else {
                throw InvalidInput(
                    "tags",
                    say("The tag \"\(tag.prefix(40))\" has no Latin letter. Write tags in English.")
                )
            }
            guard !kept.isEmpty, !tags.contains(kept) else { continue }
            guard kept.utf8.count <= 40 else {
                throw InvalidInput("tags", say("The tag \"\(kept.prefix(40))…\" is too long; 40 letters are allowed."))
            }
            tags.append(kept)
        }
        guard tags.count <= EditTags.most else {
            throw InvalidInput(
                "tags",
                say("These are \(tags.count) tags; \(EditTags.most) are allowed. Take some away.")
            )
        }
        return tags
    }
}
