public import Access
public import Database
public import Foundation
import Identity
import Journal
public import Languages

/// Everything about one member on one page: its facts, its people's roles, and every change that was made to it.
public struct MemberStory: Question {
    public static let action = Action.readMembers
    let key: String
    let before: String?
    let changes: Int

    /// - Parameters:
    ///   - before: the id of the last change of the page that came before.
    ///   - changes: how many changes at most.
    public init(key: String, before: String? = nil, changes: Int = 50) {
        self.key = key
        self.before = before
        self.changes = changes
    }

    public struct Answer: Sendable, Equatable {
        public let profile: MemberProfile
        public let revision: Int
        /// The roles that people hold or held in it, the latest first.
        public let roles: [MemberRole]
        /// The newest first.
        public let history: [MemberChange]
        /// Where the changes before these begin; `nil` when these are all.
        public let older: String?
        /// Records that were merged into it.
        public let merged: [MergedRecord]
    }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> Answer {
        guard let profile = try MemberProfile.load(key: key, transaction),
            let revision = try MemberRevision.current(transaction, profile.id)
        else { throw MemberRefusal.noSuchMember }
        let merged = try MergedRecord.all(transaction, into: profile.id)
        let entries = try ([profile.id] + merged.map(\.id)).flatMap { id in
            try Journal.entries(transaction, of: .init("member", id), before: before, limit: changes + 1)
        }.sorted { $0.entry.id > $1.entry.id }
        let shown = entries.prefix(changes)
        return Answer(
            profile: profile,
            revision: revision,
            roles: try MemberRole.all(transaction, member: profile.id),
            history: try shown.map { try MemberChange($0, transaction) },
            older: entries.count > changes ? shown.last?.entry.id : nil,
            merged: merged
        )
    }
}

/// A role that a person holds or held in a member.
public struct MemberRole: Sendable, Equatable {
    public let personID: String
    public let personName: String
    public let email: String?
    public let grant: Grant

    static func all(_ transaction: Transaction, member id: String) throws -> [MemberRole] {
        try Grant.all(transaction, place: .member(id)).compactMap { grant in
            try Person.find(transaction, id: grant.personID).map {
                MemberRole(personID: $0.id, personName: $0.name, email: $0.email, grant: grant)
            }
        }
    }
}

/// A record that was merged into a member.
public struct MergedRecord: Sendable, Equatable {
    public let id: String
    public let key: String
    public let name: String
    public let grounds: String
    public let mergedAt: String

    static func all(_ transaction: Transaction, into id: String) throws -> [MergedRecord] {
        try transaction.query(
            """
            SELECT merged_id, merged_key, merged_name, grounds, merged_at FROM member_merge WHERE kept_id = ?
            ORDER BY merged_at DESC
            """,
            [.text(id)]
        ) {
            MergedRecord(
                id: try $0.text(0),
                key: try $0.text(1),
                name: try $0.text(2),
                grounds: try $0.text(3),
                mergedAt: try $0.text(4)
            )
        }
    }
}

/// One change of a member as the journal has it.
public struct MemberChange: Sendable, Equatable {
    public struct Field: Sendable, Equatable {
        public let name: String
        public let before: String?
        public let after: String?
    }

    /// The journal entry's id.
    public let id: String
    public let at: String
    /// The name of who did it.
    public let by: Phrase
    /// `member.edited`, `status.recorded`, …
    public let action: String
    public let reason: String?
    public let rule: String?
    /// What differs, by name.
    public let fields: [Field]

    init(_ recorded: RecordedEntry, _ transaction: Transaction) throws {
        let entry = recorded.entry
        var before = JournalFields.read(entry.before)
        var after = JournalFields.read(entry.after)
        // Values about people stand beside the log, as long as they are not erased.
        let isPersonal = [entry.before, entry.after].contains { $0?.contains(#"{"personal":"#) == true }
        if isPersonal {
            let kept = try Journal.personalValues(transaction, entry: entry.id)
            for name in before.keys { JournalFields.reveal(&before, name, "before", entry.before, kept) }
            for name in after.keys { JournalFields.reveal(&after, name, "after", entry.after, kept) }
        }
        id = entry.id
        at = entry.recordedAt
        by = try ActorNames.name(entry.actor, transaction)
        action = entry.action
        reason = entry.reason
        rule = entry.rule
        let isChange = entry.before != nil && entry.after != nil
        fields = Set(before.keys).union(after.keys).sorted().compactMap { name in
            guard !isChange || before[name] != after[name] else { return nil }
            return Field(name: name, before: before[name], after: after[name])
        }
    }
}

extension JournalFields {
    /// Puts the personal value, or word of its erasure, into the place of its hash.
    static func reveal(
        _ fields: inout [String: String],
        _ name: String,
        _ side: String,
        _ json: String?,
        _ kept: [PersonalValue]
    ) {
        guard json?.contains(#""\#(name)":{"personal":"#) == true else { return }
        fields[name] = kept.first { $0.field == "\(side).\(name)" }?.value ?? "(erased)"
    }
}
