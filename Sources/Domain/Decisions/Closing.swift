import Access
import Charter
import Database
import Foundation
import Journal
import Languages

/// Closes circulars. Exactly one transaction does it for each: the one that finds it open and changes it.
struct Closing {
    let transaction: Transaction
    let services: DecisionServices
    let now: Date

    /// Who acts, as the journal names it: by then it is the rule that decides.
    static let actor = Actor.operatorNamed("decisions")

    /// Closes it when every seat has answered everything.
    func closeIfComplete(_ circular: Circular) throws -> Bool {
        let count = try CircularCount.load(transaction, circular: circular.id)
        guard count.isComplete else { return false }
        return try close(circular, count, because: "all-answered", on: Day(Grant.day(now)) ?? .first)
    }

    /// Closes it when the time to answer is over. `false` where it is not, or somebody else closed it.
    func closeIfOver(_ circular: Circular) throws -> Bool {
        guard let closesAt = circular.closesAt, let lastDay = circular.lastDay, InstantText.text(now) >= closesAt else {
            return false
        }
        return try close(circular, nil, because: "time-over", on: lastDay)
    }

    private func close(
        _ circular: Circular,
        _ known: CircularCount?,
        because: String,
        on day: Day
    ) throws -> Bool {
        guard let terms = circular.terms else { return false }
        let closed = try transaction.execute(
            "UPDATE circular SET state = 'closed', closed_at = ?, revision = revision + 1 WHERE id = ? AND state = 'open'",
            [.text(InstantText.text(now)), .text(circular.id)]
        )
        guard closed == 1 else { return false }
        // Counted after the row is locked: an answer is in it, or comes too late.
        let count = try known ?? CircularCount.load(transaction, circular: circular.id)
        let settling = Settling(
            transaction: transaction,
            services: services,
            circular: circular,
            by: Self.actor,
            now: now
        )
        var results: [(item: CircularItem, outcome: MatterOutcome, tally: Charter.Tally)] = []
        for item in try CircularItem.all(transaction, circular: circular.id) {
            let tally =
                count.tallies[item.id] ?? Charter.Tally(seats: count.seats, approve: 0, object: 0, abstain: 0)
            let outcome = MatterOutcome(terms.result(of: tally, body: circular.body, on: day).value)
            let minutes = settling.minutes(item, terms.sentence(of: tally, on: day), day: day)
            try transaction.execute(
                "UPDATE circular_item SET outcome = ?, minutes = ? WHERE id = ?",
                [.text(outcome.rawValue), .text(minutes.stored), .text(item.id)]
            )
            try settling.settle(item, outcome, day: day, minutes: minutes.recorded)
            results.append((item, outcome, tally))
        }
        try note(circular, because, day, results)
        try CircularMail(transaction: transaction, services: services, now: now).tellResult(circular, results)
        return true
    }

    private func note(
        _ circular: Circular,
        _ because: String,
        _ day: Day,
        _ results: [(item: CircularItem, outcome: MatterOutcome, tally: Charter.Tally)]
    ) throws {
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: Self.actor.key,
                action: "decision.closed",
                subject: .init("circular", circular.id),
                rule: circular.rule,
                before: ["state": .text(Circular.State.open.rawValue)],
                after: [
                    "state": .text(Circular.State.closed.rawValue), "reference": .text(circular.reference),
                    "because": .text(because), "day": .text(day.description),
                    "items": .list(
                        results.map { result -> JournalValue in
                            [
                                "item": .integer(result.item.position), "outcome": .text(result.outcome.rawValue),
                                "seats": .integer(result.tally.seats), "approve": .integer(result.tally.approve),
                                "object": .integer(result.tally.object), "abstain": .integer(result.tally.abstain),
                            ]
                        }
                    ),
                ]
            )
        )
    }
}
