public import Access
public import Charter
public import Database
public import Foundation
import Journal
public import Languages

/// Makes one member of two records: everything of the second goes over to the first, what contradicts is written down as
/// a contradiction, and the second record's key leads to the first from then on.
///
/// Throws `InvalidInput` (`grounds`) and `MemberRefusal`.
public struct MergeMembers: Command {
    public static let action = Action.mergeMembers
    /// Why something that waited for the merged record is over.
    static let wasMerged = say("The record was merged with another.")

    let keptKey: String
    let mergedKey: String
    let seen: MergeForecast.Seen?
    let grounds: String
    let charter: Charter

    /// - Parameter seen: both records' numbers as the preview had them; `nil` to merge them as they are.
    public init(keptKey: String, mergedKey: String, seen: MergeForecast.Seen?, grounds: String, charter: Charter) {
        self.keptKey = keptKey
        self.mergedKey = mergedKey
        self.seen = seen
        self.grounds = grounds.trimmed
        self.charter = charter
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        let plan = try MergePlan(keptKey: keptKey, mergedKey: mergedKey, transaction)
        if let seen, seen != MergeForecast.Seen(plan) { throw MemberRefusal.changedMeanwhile }
        var check = FormCheck()
        check.grounds(grounds)
        try check.finish()
        let entries = try MergeJournal(plan: plan, actor: actor.key, grounds: grounds, now: now).entries(transaction)
        try MergeWriter(plan: plan, transaction: transaction, now: now).write()
        try transaction.execute(
            """
            INSERT INTO member_merge (merged_id, merged_key, merged_name, kept_id, grounds, merged_at, merged_by)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(plan.merged.member.id), .text(mergedKey), .text(plan.merged.member.draft[.name]),
                .text(plan.kept.member.id), .text(grounds), .text(InstantText.text(now)), .text(actor.key),
            ]
        )
        try MemberRevision.bump(transaction, plan.kept.member.id)
        try RollProjection(charter: charter).rebuild([plan.kept.member.id], transaction)
        try Journal.append(transaction, entries)
    }
}

/// What merging two records would do, without doing it.
public struct MergePreview: Question {
    public static let action = Action.mergeMembers
    let keptKey: String
    let mergedKey: String

    public init(keptKey: String, mergedKey: String) {
        self.keptKey = keptKey
        self.mergedKey = mergedKey
    }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> MergeForecast {
        let plan = try MergePlan(keptKey: keptKey, mergedKey: mergedKey, transaction)
        return try MergeForecast(plan, transaction)
    }
}

/// What becomes of everything that the merged record holds.
public struct MergeForecast: Sendable, Equatable {
    /// Both records' numbers, so that nothing is merged that was not looked at.
    public struct Seen: Sendable, Equatable {
        public let kept: Int
        public let merged: Int

        public init(kept: Int, merged: Int) {
            self.kept = kept
            self.merged = merged
        }

        init(_ plan: MergePlan) {
            self.init(kept: plan.kept.member.revision, merged: plan.merged.member.revision)
        }
    }

    public struct Line: Sendable, Equatable {
        /// What it is: name, status, figure, …
        public let title: Phrase
        public let text: String
        public let source: String
    }

    public let kept: EditableMember
    public let merged: EditableMember
    public let seen: Seen
    /// Facts that the kept record does not have.
    public let moved: [Line]
    /// Facts that it has already, word for word.
    public let repeated: [Line]
    /// Facts that go over into empty places of the kept record.
    public let filled: [Line]
    public let contradictions: [MergeContradiction]
    /// What else goes over, with how many: lines of rolls, roles, …
    public let others: [Phrase]

    init(_ plan: MergePlan, _ transaction: Transaction) throws {
        let id = plan.merged.member.id
        kept = plan.kept.member
        merged = plan.merged.member
        seen = Seen(plan)
        let alias = plan.alias.map { [Line(title: say("Name"), text: "\($0) · alias", source: "")] } ?? []
        moved =
            alias + plan.moves.map { Line(title: $0.to.title, text: $0.to.sentence, source: $0.to.text("source")) }
        repeated = plan.repeated.map { Line(title: $0.title, text: $0.sentence, source: $0.text("source")) }
        let merged = plan.merged
        let tags = Line(title: say("Tags"), text: plan.tags.joined(separator: ", "), source: "")
        filled =
            plan.filled.map {
                Line(title: $0.label, text: merged.member.draft.text($0), source: merged.source)
            } + (plan.tags.isEmpty ? [] : [tags])
        contradictions = plan.contradictions
        var others = try MergeReference.all.compactMap { reference in
            let count = try reference.count(id, transaction)
            return count > 0 ? reference.counted(count) : nil
        }
        let grants = try transaction.first(
            "SELECT COUNT(*) FROM role_grant WHERE place_kind = 'member' AND place_id = ?",
            [.text(id)]
        ) { try $0.integer(0) }
        if let grants, grants > 0 {
            others.append(say(grants, one: "1 role of a person", other: "\(grants) roles of people"))
        }
        self.others = others
    }
}

extension Directory {
    /// The key of the member that the record of this key was merged with; `nil` when there was no such record.
    public func keptKey(of key: String) async throws -> String? {
        try await database.read { transaction in
            try transaction.first(
                "SELECT m.key FROM member_merge g JOIN member m ON m.id = g.kept_id WHERE g.merged_key = ?",
                [.text(key)]
            ) { try $0.text(0) }
        }
    }
}
