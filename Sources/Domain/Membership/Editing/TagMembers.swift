public import Access
public import Database
public import Foundation
import Journal
import Languages

/// Adds a tag to many members, or takes it from them, as one action that can be undone.
///
/// Throws `InvalidInput` (`tag`) and `MemberRefusal`.
public struct TagMembers: Command {
    public static let action = Action.tagMember

    public enum Change: String, Sendable {
        case add = "tag"
        case remove = "untag"
    }

    let selection: MemberSelection
    let change: Change
    let tag: String

    public init(_ selection: MemberSelection, _ change: Change, tag: String) {
        self.selection = selection
        self.change = change
        self.tag = tag.trimmed.lowercased()
    }

    public struct Outcome: Sendable, Equatable {
        /// To undo it by; `nil` when no member had to be changed.
        public let actionID: String?
        public let changed: Int
        /// Those that had the tag, or had it not, already.
        public let unchanged: Int
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> Outcome {
        guard tag.utf8.count <= 40, RowReader.isKey(tag) else {
            throw InvalidInput("tag", say("Enter a tag in small letters, digits and hyphens, as in smart-mobility."))
        }
        let ids = try selection.ids(transaction)
        let changed = try Tagging.apply(change, tag, to: ids, transaction, actor: actor.key, reason: nil, now: now)
        guard !changed.isEmpty else { return Outcome(actionID: nil, changed: 0, unchanged: ids.count) }
        let action = try BulkAction.record(
            transaction,
            kind: change.rawValue,
            detail: tag,
            selection: selection.words(ids.count),
            members: changed,
            actor: actor,
            now: now
        )
        return Outcome(actionID: action, changed: changed.count, unchanged: ids.count - changed.count)
    }
}

/// Takes a tagging back: only where the tag still is as the action left it.
public struct UndoTagging: Command {
    public static let action = Action.tagMember
    let actionID: String

    public init(actionID: String) { self.actionID = actionID }

    public struct Outcome: Sendable, Equatable {
        public let undone: Int
        /// Those that somebody changed since, which were left alone.
        public let changedSince: Int
        /// The names of the first of them.
        public let names: [String]
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> Outcome {
        guard let action = try BulkAction.find(transaction, id: actionID) else { throw MemberRefusal.noSuchAction }
        guard action.undoneAt == nil else { throw MemberRefusal.undoneAlready }
        guard let change = TagMembers.Change(rawValue: action.kind) else { throw MemberRefusal.notUndoable }
        let ids = try BulkAction.members(transaction, of: actionID)
        let madeAt = action.madeAt.prefix(16).replacing("T", with: " ")
        let undone = Set(
            try Tagging.apply(
                change == .add ? .remove : .add,
                action.detail,
                to: ids,
                transaction,
                actor: actor.key,
                reason: say("Undo of the action of \(madeAt) UTC").recorded,
                now: now
            )
        )
        try BulkAction.close(transaction, id: actionID, actor: actor, now: now)
        let left = ids.filter { !undone.contains($0) }
        var names: [String] = []
        try MemberRows.inParts(Array(left.prefix(20)), transaction, "SELECT name FROM member WHERE id IN") {
            names.append(try $0.text(0))
        }
        return Outcome(undone: undone.count, changedSince: left.count, names: names.sorted())
    }
}

/// Tags as the member's row keeps them: keys with spaces between.
enum Tagging {
    /// Changes those members that need it, journal and projection with it, and returns their ids.
    static func apply(
        _ change: TagMembers.Change,
        _ tag: String,
        to ids: [String],
        _ transaction: Transaction,
        actor: String,
        reason: String?,
        now: Date
    ) throws -> [String] {
        var changes: [(id: String, before: String, after: String, entered: String)] = []
        try MemberRows.inParts(ids, transaction, "SELECT id, tags, entered FROM member WHERE id IN") { row in
            let before = try row.text(1)
            var tags = before.split(separator: " ").map(String.init)
            guard tags.contains(tag) == (change == .remove) else { return }
            if change == .add { tags.append(tag) } else { tags.removeAll { $0 == tag } }
            let entered = Set(try row.text(2).split(separator: " ").map(String.init)).union(["tags"])
            changes.append(
                (try row.text(0), before, tags.joined(separator: " "), entered.sorted().joined(separator: " "))
            )
        }
        try transaction.execute(
            "UPDATE member SET tags = ?, entered = ?, revision = revision + 1 WHERE id = ?",
            each: changes.map { [.text($0.after), .text($0.entered), .text($0.id)] }
        )
        try RollProjection.retag(changes.map { (id: $0.id, tags: $0.after) }, transaction)
        try Journal.append(
            transaction,
            changes.map {
                JournalEntry(
                    at: now,
                    actor: actor,
                    action: change == .add ? "member.tagged" : "member.untagged",
                    subject: .init("member", $0.id),
                    reason: reason,
                    before: ["tags": .text($0.before)],
                    after: ["tags": .text($0.after)]
                )
            }
        )
        return changes.map(\.id)
    }
}
