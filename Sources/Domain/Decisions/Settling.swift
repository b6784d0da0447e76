import Access
import Charter
import Database
import Foundation
import Journal
import Languages
import Membership

/// Has the capability that owns a matter carry out what became of its items.
struct Settling {
    let transaction: Transaction
    let services: DecisionServices
    let circular: Circular
    let actor: Actor
    let now: Date

    init(
        transaction: Transaction,
        services: DecisionServices,
        circular: Circular,
        by actor: Actor,
        now: Date
    ) {
        self.transaction = transaction
        self.services = services
        self.circular = circular
        self.actor = actor
        self.now = now
    }

    /// What became of an item, for the minutes.
    /// - Parameter result: what the answers came to by the rule, and why.
    func minutes(_ item: CircularItem, _ result: Phrase, day: Day) -> Phrase {
        say(
            "\(services.bodyName(circular.body, on: day)), decision \(circular.reference), item \(item.position), "
                + "without a meeting: \(item.words): \(result) (\(circular.rule))"
        )
    }

    /// - Parameter reference: where the meeting's minutes are.
    func minutes(_ item: CircularItem, _ outcome: MatterOutcome, meeting day: Day, reference: String) -> Phrase {
        say(
            "\(services.bodyName(circular.body, on: day)), decision \(circular.reference), item \(item.position), "
                + "in its meeting of \(day): \(item.words): \(DecisionWords.name(outcome)); \(reference)"
        )
    }

    /// Writes the row that an adopted item can be cited by, and carries the outcome out.
    func settle(_ item: CircularItem, _ outcome: MatterOutcome, day: Day, minutes: String) throws {
        let key = outcome == .adopted ? try record(item, day: day, minutes: minutes) : nil
        try carryOut(item, outcome, day: day, minutes: minutes, decision: key)
    }

    /// Carries an outcome out; what its owner refuses is kept with the item, and the outcome stands.
    func carryOut(_ item: CircularItem, _ outcome: MatterOutcome, day: Day, minutes: String, decision: String?) throws {
        let settled = SettledItem(
            circularID: circular.id,
            reference: circular.reference,
            itemID: item.id,
            subject: item.subject,
            words: item.words,
            outcome: outcome,
            body: circular.body,
            day: day,
            decision: decision,
            minutes: minutes,
            rule: item.rule
        )
        let problem = try attempt(settled)
        try transaction.execute(
            "UPDATE circular_item SET decided_on = ?, decision = ?, problem = ?, settled_at = ? WHERE id = ?",
            [
                .text(day.description), .optional(decision), .optional(problem?.stored),
                .optional(problem == nil ? InstantText.text(now) : nil), .text(item.id),
            ]
        )
        if let problem { try note(item, problem) }
    }

    /// What stands in the way; `nil` when it is done.
    private func attempt(_ settled: SettledItem) throws -> Phrase? {
        guard let effect = services.matters.effect(circular.matter) else {
            return say("Nothing in the program carries out matters of the kind \(circular.matter).")
        }
        // Whatever it wrote before it refused is undone, and nothing else.
        try transaction.script("SAVEPOINT matter_effect")
        do {
            try effect.settle(transaction, settled, by: actor, now: now)
        } catch let refusal as any Refusal {
            try undo()
            return refusal.sentence
        } catch let input as InvalidInput {
            try undo()
            return .joined(input.fields.map { Phrase.verbatim("\($0.name): ") + $0.message }, by: " ")
        }
        try transaction.script("RELEASE SAVEPOINT matter_effect")
        return nil
    }

    private func undo() throws {
        try transaction.script("ROLLBACK TO SAVEPOINT matter_effect")
        try transaction.script("RELEASE SAVEPOINT matter_effect")
    }

    /// The row of `decision` that a step in a member's standing can cite; returns its key.
    private func record(_ item: CircularItem, day: Day, minutes: String) throws -> String {
        let key = "decision-\(circular.reference)-\(item.position)"
        try transaction.execute(
            """
            INSERT INTO decision (key, date_earliest, date_latest, body, title, source, locator, note, origin)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'entry')
            """,
            [
                .text(key), .text(day.description), .text(day.description), .text(circular.body),
                .text(item.words.recorded), .text(try EntrySource.code(transaction, now)),
                .text(EntrySource.locator(decision: circular.reference, item: item.position)), .text(minutes),
            ]
        )
        return key
    }

    private func note(_ item: CircularItem, _ problem: Phrase) throws {
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "decision.not-carried-out",
                subject: .init("circular", circular.id),
                after: [
                    "reference": .text(circular.reference), "item": .integer(item.position),
                    "problem": .text(problem.recorded),
                ]
            )
        )
    }
}
