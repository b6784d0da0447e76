public import Access
public import Charter
public import Database
public import Foundation
import Journal
public import Membership

extension StandingProposal {
    /// What a body made of a proposal.
    public enum Verdict: Sendable, Equatable {
        /// The status changes on `day`; `decision` is the key of a decision on record, of a rejection where there is one.
        case adopted(decision: String, day: Day, minutes: String)
        case rejected(decision: String?, minutes: String)
    }

    /// Carries out what a body decided on a proposal that was put to it: **the place where an adopted decision changes a
    /// member's status**. Whoever closes the body's matter calls it in the same transaction; `ChangeStatus` writes the step
    /// and the roll, and the letters tell the member's people.
    ///
    /// Throws `StandingRefusal` when the proposal is not before a body, and whatever `ChangeStatus` refuses with.
    public static func settle(
        _ id: String,
        _ verdict: Verdict,
        charter: Charter,
        letters: MemberLetters? = nil,
        _ transaction: Transaction,
        by actor: Actor,
        now: Date
    ) throws {
        let proposal = try find(transaction, id)
        let decision: String? =
            switch verdict {
            case .adopted(let decision, _, _): decision
            case .rejected(let decision, _): decision
            }
        let isAdopted = if case .adopted = verdict { true } else { false }
        let changed = try transaction.execute(
            """
            UPDATE standing_proposal SET state = 'decided', adopted = ?, decision = ?, settled_at = ?, settled_by = ?
            WHERE id = ? AND state = 'put'
            """,
            [.flag(isAdopted), .optional(decision), .text(InstantText.text(now)), .text(actor.key), .text(id)]
        )
        guard changed > 0 else { throw StandingRefusal.inAnotherState(proposal.state) }
        switch verdict {
        case .adopted(let decision, let day, let minutes):
            let step = ChangeStatus(
                memberID: proposal.memberID,
                seenRevision: nil,
                status: proposal.leadsTo,
                day: day.description,
                decision: decision,
                grounds: minutes,
                charter: charter
            )
            try step.perform(transaction, by: actor, now: now)
            try Journal.append(transaction, proposal.entry("standing.adopted", actor, now, reason: minutes))
            try proposal.tell(letters, day, minutes, charter, transaction, now)
        case .rejected(_, let minutes):
            try Journal.append(transaction, proposal.entry("standing.rejected", actor, now, reason: minutes))
        }
    }

    /// Writes to the member's people what was adopted, and until when they can appeal.
    private func tell(
        _ letters: MemberLetters?,
        _ day: Day,
        _ minutes: String,
        _ charter: Charter,
        _ transaction: Transaction,
        _ now: Date
    ) throws {
        try letters?.tellStanding(
            transaction,
            memberID: memberID,
            status: leadsTo,
            day: day,
            minutes: minutes,
            rule: StandingWords.rule(ground),
            appealUntil: charter.version(on: day)?.lastDayToAppeal(against: leadsTo, since: day),
            charter: charter,
            now: now
        )
    }
}
