public import Access
import Charter
public import Database
public import Foundation
import Identity
import Journal
public import Languages
import Membership

/// Closes a circular whose time is over, without waiting for the job that does it. Throws `DecisionRefusal`.
public struct CloseCircular: Command {
    public static let action = Action.openDecision

    let id: String
    let services: DecisionServices

    public init(_ circular: String, services: DecisionServices) {
        id = circular
        self.services = services
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        let (circular, _) = try Circular.lockOpen(transaction, id: id)
        guard circular.way == .circulation else { throw DecisionRefusal.decidedInMeeting }
        let closing = Closing(transaction: transaction, services: services, now: now)
        if try closing.closeIfOver(circular) { return }
        if try closing.closeIfComplete(circular) { return }
        throw DecisionRefusal.notDue
    }
}

/// Takes a question back before it is decided; everybody who was asked is told why.
///
/// Throws `InvalidInput` (`reason`) and `DecisionRefusal`.
public struct WithdrawCircular: Command {
    public static let action = Action.withdrawDecision

    let id: String
    let reason: String
    let services: DecisionServices

    public init(_ circular: String, reason: String, services: DecisionServices) {
        id = circular
        self.reason = reason
        self.services = services
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        var text = TypedText()
        let reason = text.lines(reason, "reason", atMost: 1000)
        if reason.isEmpty { text.refuse("reason", say("Say why. Everybody who was asked reads it in a letter.")) }
        try text.throwProblems()
        let (circular, _) = try Circular.lockOpen(transaction, id: id)
        if let closesAt = circular.closesAt, InstantText.text(now) >= closesAt { throw DecisionRefusal.tooLate }
        try transaction.execute(
            """
            UPDATE circular SET state = 'withdrawn', closed_at = ?, withdrawn_by = ?, reason = ?
            WHERE id = ? AND state = 'open'
            """,
            [
                .text(InstantText.text(now)), .optional(actor.isPerson ? actor.person.id : nil), .text(reason),
                .text(id),
            ]
        )
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "decision.withdrawn",
                subject: .init("circular", id),
                reason: reason,
                before: ["state": .text(circular.state.rawValue)],
                after: [
                    "state": .text(Circular.State.withdrawn.rawValue), "reference": .text(circular.reference),
                ]
            )
        )
        try release(transaction, circular, reason, actor, now)
        try CircularMail(transaction: transaction, services: services, now: now)
            .tellWithdrawn(circular, reason: reason)
    }

    /// Tells the owner of the matter that its items wait no more. Those that a meeting has decided stay decided.
    private func release(
        _ transaction: Transaction,
        _ circular: Circular,
        _ reason: String,
        _ actor: Actor,
        _ now: Date
    ) throws {
        let settling = Settling(
            transaction: transaction,
            services: services,
            circular: circular,
            by: actor,
            now: now
        )
        let day = Day(Grant.day(now)) ?? .first
        for item in try CircularItem.all(transaction, circular: id) where item.meeting == nil {
            let minutes = say(
                "Decision \(circular.reference), item \(item.position), was withdrawn on \(day): \(reason)"
            )
            try settling.settle(item, .withdrawn, day: day, minutes: minutes.recorded)
        }
    }
}

/// Carries out again what an adopted or rejected item asks for, after what stood in the way was put right.
public struct CarryOutAgain: Command {
    public static let action = Action.recordDecision

    let circularID: String
    let itemID: String
    let services: DecisionServices

    public init(_ circular: String, item: String, services: DecisionServices) {
        circularID = circular
        itemID = item
        self.services = services
    }

    /// Returns what still stands in the way, or `nil` when it is done. Throws `DecisionRefusal`.
    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> Phrase? {
        let circular = try Circular.load(transaction, id: circularID)
        let item = try CircularItem.load(transaction, id: itemID, in: circularID)
        // What a meeting has decided stays decided, though the rest of the question was withdrawn.
        let outcome = item.meeting?.outcome ?? (circular.state == .withdrawn ? .withdrawn : item.outcome)
        guard item.problem != nil, let outcome else { throw DecisionRefusal.nothingToCarryOut }
        let settling = Settling(
            transaction: transaction,
            services: services,
            circular: circular,
            by: actor,
            now: now
        )
        try settling.carryOut(
            item,
            outcome,
            day: Day(item.decidedOn ?? Grant.day(now)) ?? .first,
            minutes: (item.meeting?.minutes ?? item.minutes ?? .empty).recorded,
            decision: item.decision
        )
        let left = try CircularItem.load(transaction, id: itemID, in: circularID).problem
        if left == nil {
            try Journal.append(
                transaction,
                JournalEntry(
                    at: now,
                    actor: actor.key,
                    action: "decision.carried-out",
                    subject: .init("circular", circularID),
                    after: ["reference": .text(circular.reference), "item": .integer(item.position)]
                )
            )
        }
        return left
    }
}
