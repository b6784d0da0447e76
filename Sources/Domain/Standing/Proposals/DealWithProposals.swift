public import Access
public import Database
public import Foundation
import Journal
import Membership

/// Puts proposals forward to the body that decides: from then on they are its matter.
///
/// Asking the body by `OpenCircular` with a `StandingMatter` does it in the same transaction.
public struct PutForward: Command {
    public static let action = Action.proposeStanding
    let ids: [String]

    public init(_ ids: [String]) { self.ids = ids }

    /// Returns how many were put forward. Throws `StandingRefusal` when one of them is not open any more; then none is.
    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> Int {
        let chosen = Set(ids).sorted()
        guard !chosen.isEmpty else { throw StandingRefusal.noneChosen }
        for id in chosen {
            let changed = try transaction.execute(
                "UPDATE standing_proposal SET state = 'put', put_at = ?, put_by = ? WHERE id = ? AND state = 'open'",
                [.text(InstantText.text(now)), .text(actor.key), .text(id)]
            )
            let proposal = try StandingProposal.find(transaction, id)
            guard changed > 0 else { throw StandingRefusal.inAnotherState(proposal.state) }
            try Journal.append(
                transaction,
                proposal.entry("standing.put_forward", actor, now, after: ["leads_to": .text(proposal.leadsTo)])
            )
        }
        return chosen.count
    }
}

/// Does not put a proposal forward, with the reason. The rule does not make it again for the same inactivity.
public struct DropProposal: Command {
    public static let action = Action.proposeStanding
    let id: String
    let reason: String

    public init(_ id: String, reason: String) {
        self.id = id
        self.reason = reason
    }

    /// Throws `InvalidInput` (`grounds`) and `StandingRefusal`.
    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        let reason = UploadFile.trimmed(reason)
        var check = FormCheck()
        check.grounds(reason)
        try check.finish()
        let changed = try transaction.execute(
            """
            UPDATE standing_proposal SET state = 'dropped', settled_at = ?, settled_by = ?, reason = ?
            WHERE id = ? AND state = 'open'
            """,
            [.text(InstantText.text(now)), .text(actor.key), .text(reason), .text(id)]
        )
        let proposal = try StandingProposal.find(transaction, id)
        guard changed > 0 else { throw StandingRefusal.inAnotherState(proposal.state) }
        try Journal.append(transaction, proposal.entry("standing.dropped", actor, now, reason: reason))
    }
}

extension StandingProposal {
    func entry(
        _ action: String,
        _ actor: Actor,
        _ now: Date,
        reason: String? = nil,
        after: [String: JournalValue] = [:]
    ) -> JournalEntry {
        JournalEntry(
            at: now,
            actor: actor.key,
            action: action,
            subject: .init("member", memberID),
            rule: StandingWords.rule(ground),
            reason: reason,
            after: .object(after.merging(["proposal": .text(id)]) { first, _ in first })
        )
    }
}
