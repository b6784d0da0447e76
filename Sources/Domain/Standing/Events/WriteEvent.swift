public import Access
public import Charter
public import Database
public import Foundation
import Journal
import Languages
import Membership

/// Records an event by hand.
///
/// Throws `InvalidInput` (`name`, `kind`, `from`, `through`, `place`, `grounds`).
public struct AddEvent: Command {
    public static let action = Action.recordParticipation
    let draft: EventDraft
    let grounds: String
    let charter: Charter

    public init(_ draft: EventDraft, grounds: String, charter: Charter) {
        self.draft = draft
        self.grounds = UploadFile.trimmed(grounds)
        self.charter = charter
    }

    /// Returns the event's key, made of its name.
    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> String {
        let checked = try CheckedEvent(draft, grounds: grounds, charter: charter)
        let key = try Self.key(checked.name, checked.from, transaction)
        try transaction.execute(
            """
            INSERT INTO event (key, name, kind, date_from, date_to, place, source, locator, origin)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'entry')
            """,
            [.text(key)] + checked.values
                + [.text(try EntrySource.code(transaction, now)), .text(EntrySource.locator("secretariat", now))]
        )
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "event.recorded",
                subject: .init("event", key),
                reason: grounds,
                after: checked.journal
            )
        )
        return key
    }

    /// The name in ASCII, with the year where that is taken, with a number where that is too.
    private static func key(_ name: String, _ day: Day, _ transaction: Transaction) throws -> String {
        func isTaken(_ key: String) throws -> Bool {
            // What an address of the console means already.
            if key == "new" { return true }
            return try transaction.first("SELECT 1 FROM event WHERE key = ?", [.text(key)]) { _ in true } ?? false
        }
        let words = Folding.words(name).map { $0.filter(\.isASCII) }.filter { !$0.isEmpty }
        let plain = String(words.joined(separator: "-").prefix(60)).split(separator: "-").joined(separator: "-")
        let stem = plain.isEmpty ? "event-\(day.year)" : plain
        if try !isTaken(stem) { return stem }
        let dated = "\(stem)-\(day.year)"
        if try !isTaken(dated) { return dated }
        var number = 2
        while try isTaken("\(dated)-\(number)") { number += 1 }
        return "\(dated)-\(number)"
    }
}

/// Corrects what is recorded of an event. The journal keeps what it said before.
///
/// Throws `InvalidInput` as `AddEvent`, and `ParticipationRefusal`.
public struct CorrectEvent: Command {
    public static let action = Action.recordParticipation
    let key: String
    let seen: EventDraft
    let draft: EventDraft
    let grounds: String
    let charter: Charter

    /// - Parameter seen: the event as the form had it.
    public init(_ key: String, seen: EventDraft, _ draft: EventDraft, grounds: String, charter: Charter) {
        self.key = key
        self.seen = seen
        self.draft = draft
        self.grounds = UploadFile.trimmed(grounds)
        self.charter = charter
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        // The write locks the row, so two corrections come one after the other.
        try transaction.execute("UPDATE event SET name = name WHERE key = ?", [.text(key)])
        let event = try Event.find(transaction, key)
        guard EventDraft(event) == seen else { throw ParticipationRefusal.changedMeanwhile }
        let checked = try CheckedEvent(draft, grounds: grounds, charter: charter, kept: event.kind)
        guard draft != seen else { throw ParticipationRefusal.nothingDiffers }
        try transaction.execute(
            """
            UPDATE event SET name = ?, kind = ?, date_from = ?, date_to = ?, place = ?, origin = 'entry' WHERE key = ?
            """,
            checked.values + [.text(key)]
        )
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "event.corrected",
                subject: .init("event", key),
                reason: grounds,
                before: CheckedEvent(event).journal,
                after: checked.journal
            )
        )
    }
}

/// Says that everybody who took part in an event is on record, or that this is not so: only a whole list shows who was
/// not there.
public struct MarkListWhole: Command {
    public static let action = Action.recordParticipation
    let key: String
    let isWhole: Bool
    let grounds: String

    public init(_ key: String, isWhole: Bool, grounds: String) {
        self.key = key
        self.isWhole = isWhole
        self.grounds = UploadFile.trimmed(grounds)
    }

    /// Throws `InvalidInput` (`grounds`) and `ParticipationRefusal`.
    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        var check = FormCheck()
        check.grounds(grounds)
        try check.finish()
        try Self.write(transaction, key, isWhole: isWhole, grounds: grounds, by: actor, now: now)
    }

    static func write(
        _ transaction: Transaction,
        _ key: String,
        isWhole: Bool,
        grounds: String,
        by actor: Actor,
        now: Date
    ) throws {
        let changed = try transaction.execute(
            """
            UPDATE event SET participants_whole_at = ? WHERE key = ? AND (participants_whole_at IS NULL) = (? = 1)
            """,
            [.optional(isWhole ? InstantText.text(now) : nil), .text(key), .flag(isWhole)]
        )
        guard changed > 0 else {
            _ = try Event.find(transaction, key)
            return
        }
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: isWhole ? "event.list_whole" : "event.list_not_whole",
                subject: .init("event", key),
                reason: grounds
            )
        )
    }
}

/// An event whose fields were checked.
struct CheckedEvent {
    let name: String
    let kind: String
    let from: Day
    let through: Day
    let place: String?

    init(_ event: Event) {
        (name, kind, from, through, place) = (event.name, event.kind, event.from, event.through, event.place)
    }

    /// - Parameter kept: the kind that a known event has, which need not be one of the charter's any more.
    init(_ draft: EventDraft, grounds: String, charter: Charter, kept: String? = nil) throws {
        var check = FormCheck()
        check.name(draft.name, "name")
        let first = Day(draft.from)
        let last = draft.through.isEmpty ? first : Day(draft.through)
        if first == nil { check.refuse("from", say("Enter a day as year-month-day, as in 2026-03-01.")) }
        if !draft.through.isEmpty, last == nil {
            check.refuse("through", say("Enter a day as year-month-day, as in 2026-03-01."))
        }
        if let first, let last, last < first {
            check.refuse("through", say("The last day lies before the first. Correct one of the two."))
        }
        if let first, let last, last.daysSince(first) > 366 {
            check.refuse("through", say("An event lasts at most a year. Correct one of the two days."))
        }
        let kinds = EventDraft.bodies(charter, on: first ?? .last) + EventDraft.otherKinds
        if draft.kind != kept, !kinds.contains(draft.kind) {
            check.refuse("kind", say("Choose what it is: one of the list."))
        }
        check.text(draft.place, "place", most: 200)
        check.grounds(grounds)
        try check.finish()
        (name, kind, place) = (draft.name, draft.kind, draft.place.isEmpty ? nil : draft.place)
        from = first ?? .first
        through = last ?? .last
    }

    var values: [Value] {
        [.text(name), .text(kind), .text(from.description), .text(through.description), .optional(place)]
    }

    var journal: JournalValue {
        .object([
            "name": .text(name), "kind": .text(kind), "date_from": .text(from.description),
            "date_to": .text(through.description), "place": .optional(place),
        ])
    }
}
