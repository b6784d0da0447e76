import Database
public import Foundation

/// One line of the journal: who did what to whom, when, why, by which rule, and what was there before and after.
///
/// Texts are kept and hashed exactly as they stand here; two spellings of one JSON value are two entries.
public struct JournalEntry: Sendable, Equatable {
    /// What an entry tells of: a kind of record and its key, such as `member` and a UUID.
    public struct Subject: Sendable, Hashable {
        public var kind: String
        public var id: String

        public init(_ kind: String, _ id: String) {
            self.kind = kind
            self.id = id
        }
    }

    /// UUID version 7 as text.
    public let id: String
    /// UTC with microseconds, `2026-01-31T09:05:00.000001Z`.
    public let recordedAt: String
    /// The person, token or program that acted, as a key rather than a name.
    public let actor: String
    /// What happened, in the past tense: `member.imported`.
    public let action: String
    public let subject: Subject
    /// The rule of the charter that the decision rests on.
    public let rule: String?
    /// The reason that the actor gave.
    public let reason: String?
    /// JSON of the values before the change; personal ones as salted hashes.
    public let before: String?
    /// JSON of the values after the change; personal ones as salted hashes.
    public let after: String?
    /// The personal values that stand beside the log. Empty in an entry that was read from it.
    public let personal: [PersonalValue]

    /// Writes down an entry; its id and the salts of personal values are made here.
    public init(
        at instant: Date,
        actor: String,
        action: String,
        subject: Subject,
        rule: String? = nil,
        reason: String? = nil,
        before: JournalValue? = nil,
        after: JournalValue? = nil
    ) {
        id = Identifier.make()
        recordedAt = InstantText.text(instant)
        self.actor = actor
        self.action = action
        self.subject = subject
        self.rule = rule
        self.reason = reason
        var personal: [PersonalValue] = []
        self.before = before?.json(side: "before", personal: &personal)
        self.after = after?.json(side: "after", personal: &personal)
        self.personal = personal
    }

    init(
        id: String,
        recordedAt: String,
        actor: String,
        action: String,
        subject: Subject,
        rule: String?,
        reason: String?,
        before: String?,
        after: String?
    ) {
        self.id = id
        self.recordedAt = recordedAt
        self.actor = actor
        self.action = action
        self.subject = subject
        self.rule = rule
        self.reason = reason
        self.before = before
        self.after = after
        personal = []
    }
}

extension JournalEntry {
    /// Decodes the columns of `EntryEncoding.columns`, the first of them at `first`.
    init(row: Row, first: Int = 0) throws {
        try self.init(
            id: row.text(first),
            recordedAt: row.text(first + 1),
            actor: row.text(first + 2),
            action: row.text(first + 3),
            subject: Subject(row.text(first + 4), row.text(first + 5)),
            rule: row.optionalText(first + 6),
            reason: row.optionalText(first + 7),
            before: row.optionalText(first + 8),
            after: row.optionalText(first + 9)
        )
    }
}
