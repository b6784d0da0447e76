public import Access
public import Charter
public import Database
public import Foundation
import Journal
import Languages
import Membership

/// Records something that a member did and that the charter gives points for.
///
/// Throws `InvalidInput` (`member`, `kind`, `from`, `through`, `words`, `source`, `locator`, `grounds`) and
/// `PointsRefusal`.
public struct AddActivity: Command {
    public static let action = Action.recordParticipation
    let member: String
    let draft: ActivityDraft
    let grounds: String
    let charter: Charter

    /// - Parameter member: its key or any of its names.
    public init(member: String, _ draft: ActivityDraft, grounds: String, charter: Charter) {
        self.member = UploadFile.trimmed(member)
        self.draft = draft
        self.grounds = UploadFile.trimmed(grounds)
        self.charter = charter
    }

    /// Returns the id of what was recorded.
    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> String {
        let checked = try check(transaction, today: FormCheck.today(now))
        let source = try draft.source.isEmpty ? EntrySource.code(transaction, now) : draft.source
        let isEntered = draft.source.isEmpty && draft.locator.isEmpty
        let locator = isEntered ? EntrySource.locator("secretariat", now) : draft.locator
        let activity = NewActivity(
            id: Identifier.make(at: now),
            memberID: checked.memberID,
            kind: draft.kind,
            when: checked.when,
            words: draft.words,
            source: source,
            locator: locator.isEmpty ? nil : locator,
            isInvented: draft.isInvented,
            grounds: grounds
        )
        let written = try transaction.execute(NewActivity.insertion, activity.values(by: actor.key, now: now))
        guard written > 0 else { throw PointsRefusal.recordedAlready }
        try Journal.append(transaction, activity.entry(by: actor.key, now: now))
        return activity.id
    }

    private func check(_ transaction: Transaction, today: Day) throws -> (memberID: String, when: DayBetween) {
        var check = FormCheck()
        var memberID = ""
        do { memberID = try MemberByName.find(member, transaction) } catch let words as MemberByName.Unclear {
            check.refuse("member", words.sentence)
        }
        let first = check.pastDay(draft.from, "from", today: today)
        let last = draft.through.isEmpty ? first : check.pastDay(draft.through, "through", today: today)
        if let first, let last, last < first {
            check.refuse("through", say("The last day lies before the first. Correct one of the two."))
        }
        if let first, let last, last.daysSince(first) > 366 {
            check.refuse("through", say("The two days lie more than a year apart. Enter them closer."))
        }
        if !AddActivity.kinds(charter, on: last ?? today).contains(where: { $0.key == draft.kind }) {
            check.refuse("kind", say("Choose what it was: one of the list."))
        }
        if draft.words.isEmpty { check.refuse("words", say("Say what it was, in a few words.")) }
        check.text(draft.words, "words", most: 200)
        check.text(draft.locator, "locator", most: 200)
        if !draft.source.isEmpty {
            let code = Value.text(draft.source)
            let isKnown = try transaction.first("SELECT 1 FROM source WHERE code = ?", [code]) { _ in true }
            if isKnown != true { check.refuse("source", say("Choose the source: one of those on record.")) }
        }
        check.grounds(grounds)
        try check.finish()
        return (memberID, DayBetween(first ?? today, last ?? today))
    }

    /// What can be recorded: the charter's rules of a day on points for activities, in its order.
    public static func kinds(_ charter: Charter, on day: Day) -> [Charter.PointRule] {
        charter.version(on: day)?.points.filter { $0.earnedBy == .activity } ?? []
    }
}

/// An activity that was checked and is about to be recorded.
struct NewActivity {
    let id: String
    let memberID: String
    let kind: String
    let when: DayBetween
    let words: String
    let source: String
    let locator: String?
    let isInvented: Bool
    let grounds: String

    static let insertion = """
        INSERT INTO activity (id, member_id, kind, earliest, latest, words, source, locator, invented, grounds,
            added_by, added_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
        """

    func values(by actor: String, now: Date) -> [Value] {
        [
            .text(id), .text(memberID), .text(kind), .text(when.earliest.description), .text(when.latest.description),
            .text(words), .text(source), .optional(locator), .flag(isInvented), .text(grounds), .text(actor),
            .text(InstantText.text(now)),
        ]
    }

    func entry(by actor: String, now: Date) -> JournalEntry {
        JournalEntry(
            at: now,
            actor: actor,
            action: "activity.added",
            subject: .init("member", memberID),
            rule: "points.\(kind)",
            reason: grounds,
            after: [
                "activity": .text(id), "kind": .text(kind), "earliest": .text(when.earliest.description),
                "latest": .text(when.latest.description), "words": .text(words), "source": .text(source),
                "locator": .optional(locator), "invented": .flag(isInvented),
            ]
        )
    }
}

/// Withdraws an activity that should not have been recorded. It stays on record, marked, and earns nothing.
public struct WithdrawActivity: Command {
    public static let action = Action.recordParticipation
    let id: String
    let grounds: String

    public init(_ id: String, grounds: String) {
        self.id = id
        self.grounds = UploadFile.trimmed(grounds)
    }

    /// Throws `InvalidInput` (`grounds`) and `PointsRefusal`.
    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        var check = FormCheck()
        check.grounds(grounds)
        try check.finish()
        let changed = try transaction.execute(
            """
            UPDATE activity SET withdrawn_at = ?, withdrawn_by = ?, withdrawn_grounds = ?
            WHERE id = ? AND withdrawn_at IS NULL
            """,
            [.text(InstantText.text(now)), .text(actor.key), .text(grounds), .text(id)]
        )
        let found = try transaction.first("SELECT member_id, kind, words FROM activity WHERE id = ?", [.text(id)]) {
            (memberID: try $0.text(0), kind: try $0.text(1), words: try $0.text(2))
        }
        guard let found else { throw PointsRefusal.noSuchActivity }
        guard changed > 0 else { throw PointsRefusal.withdrawnAlready }
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "activity.withdrawn",
                subject: .init("member", found.memberID),
                rule: "points.\(found.kind)",
                reason: grounds,
                before: ["activity": .text(id), "kind": .text(found.kind), "words": .text(found.words)]
            )
        )
    }
}
