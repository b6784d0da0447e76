public import Access
import Charter
public import Database
public import Foundation
import Identity
import Journal
import Languages
import Membership

/// Enters what a body decided in a meeting: about what was put to the meeting, and about what circulating had left
/// undecided. Has the same effects as answers that were counted.
///
/// Throws `InvalidInput` (`day`, `minutes`, `outcome`) and `DecisionRefusal`.
public struct RecordMeetingDecision: Command {
    public static let action = Action.recordDecision

    let id: String
    let outcomes: [String: MatterOutcome]
    let day: String
    let reference: String
    let services: DecisionServices

    /// - Parameters:
    ///   - outcomes: by item, adopted or rejected. Items that are left out go on waiting.
    ///   - day: ISO day of the meeting.
    ///   - minutes: where its minutes are: "Minutes of the 7th General Assembly, item 4".
    public init(
        _ circular: String,
        outcomes: [String: MatterOutcome],
        day: String,
        minutes: String,
        services: DecisionServices
    ) {
        id = circular
        self.outcomes = outcomes
        self.day = day
        reference = minutes
        self.services = services
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        // Locked whatever its state: two who enter the same meeting come one after the other.
        let found = try transaction.execute("UPDATE circular SET revision = revision + 1 WHERE id = ?", [.text(id)])
        guard found == 1 else { throw DecisionRefusal.noSuchDecision }
        let circular = try Circular.load(transaction, id: id)
        let (day, reference) = try check(circular, now)
        let all = try CircularItem.all(transaction, circular: id)
        guard Set(outcomes.keys).isSubset(of: all.map(\.id)) else { throw DecisionRefusal.noSuchItem }
        let items = all.filter { outcomes[$0.id] != nil }
        let settling = Settling(
            transaction: transaction,
            services: services,
            circular: circular,
            by: actor,
            now: now
        )
        for item in items {
            guard let outcome = outcomes[item.id], Self.waits(item, circular) else {
                throw circular.state == .withdrawn
                    ? DecisionRefusal.over(.withdrawn) : DecisionRefusal.decidedAlready
            }
            let minutes = settling.minutes(item, outcome, meeting: day, reference: reference)
            try write(transaction, item, outcome, minutes, day, reference, actor, now)
            try settling.settle(item, outcome, day: day, minutes: minutes.recorded)
        }
        try finish(transaction, circular, now)
        try note(transaction, circular, items, day, reference, actor, now)
    }

    private static func waits(_ item: CircularItem, _ circular: Circular) -> Bool {
        guard item.meeting == nil else { return false }
        return circular.way == .meeting ? circular.state == .open : item.isUndecided
    }

    private func check(_ circular: Circular, _ now: Date) throws -> (day: Day, reference: String) {
        var text = TypedText()
        let reference = text.line(reference, "minutes", atMost: 300)
        if reference.isEmpty { text.refuse("minutes", say("Say where the minutes of the meeting are.")) }
        let taken = Day(day)
        let (opened, today) = (String(circular.openedAt.prefix(10)), Grant.day(now))
        if taken == nil {
            text.refuse("day", say("This is no day. Write it like 2026-11-21."))
        } else if day > today {
            text.refuse("day", say("This day is still to come. Enter the meeting when it was held."))
        } else if day < opened {
            text.refuse("day", say("The meeting was before the question was put, on \(opened). Enter a later day."))
        }
        if outcomes.isEmpty { text.refuse("outcome", say("No outcome was chosen. Choose one for at least one item.")) }
        if outcomes.values.contains(where: { $0 != .adopted && $0 != .rejected }) {
            text.refuse("outcome", say("A meeting adopts or rejects. Choose one of the two."))
        }
        try text.throwProblems()
        return (taken ?? .first, reference)
    }

    private func write(
        _ transaction: Transaction,
        _ item: CircularItem,
        _ outcome: MatterOutcome,
        _ minutes: Phrase,
        _ day: Day,
        _ reference: String,
        _ actor: Actor,
        _ now: Date
    ) throws {
        try transaction.execute(
            """
            UPDATE circular_item SET meeting_outcome = ?, meeting_day = ?, meeting_reference = ?, meeting_minutes = ?,
                meeting_recorded_by = ?, meeting_recorded_at = ?
            WHERE id = ? AND meeting_outcome IS NULL
            """,
            [
                .text(outcome.rawValue), .text(day.description), .text(reference), .text(minutes.stored),
                .optional(actor.isPerson ? actor.person.id : nil), .text(InstantText.text(now)), .text(item.id),
            ]
        )
    }

    /// What was put to a meeting is closed once the meeting has decided all of it.
    private func finish(_ transaction: Transaction, _ circular: Circular, _ now: Date) throws {
        guard circular.way == .meeting, circular.state == .open,
            try CircularItem.all(transaction, circular: id).allSatisfy({ $0.meeting != nil })
        else { return }
        try transaction.execute(
            "UPDATE circular SET state = 'closed', closed_at = ? WHERE id = ? AND state = 'open'",
            [.text(InstantText.text(now)), .text(id)]
        )
    }

    private func note(
        _ transaction: Transaction,
        _ circular: Circular,
        _ items: [CircularItem],
        _ day: Day,
        _ reference: String,
        _ actor: Actor,
        _ now: Date
    ) throws {
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "decision.meeting-recorded",
                subject: .init("circular", id),
                reason: reference,
                after: [
                    "reference": .text(circular.reference), "body": .text(circular.body),
                    "day": .text(day.description),
                    "items": .list(
                        items.map { item -> JournalValue in
                            [
                                "item": .integer(item.position), "outcome": .text(outcomes[item.id]?.rawValue ?? ""),
                            ]
                        }
                    ),
                ]
            )
        )
    }
}
