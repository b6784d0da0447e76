public import Access
public import Charter
public import Database
public import Foundation
import Journal
import Languages

/// Accepts or declines a proposal. Accepting writes the fact into the member's records; either way the one who proposed
/// is told by mail.
public struct DecideProposal: Command {
    public static let action = Action.decideProposal

    public enum Decision: Sendable, Equatable {
        /// With the day from which it holds, where that is another than the one proposed; and, for a name, whether the
        /// member took it or was misspelt before.
        case accept(effectiveOn: Day? = nil, nameChange: NameChange = .renamed)
        /// The reason is told to whoever proposed.
        case decline(reason: String)
    }

    let id: String
    let decision: Decision
    let seen: PartMark
    let charter: Charter
    let letters: MemberLetters

    /// - Parameter seen: the mark of the recorded fact as the one who decides saw it (`ProposalView.mark`).
    public init(proposal id: String, _ decision: Decision, seen: PartMark, charter: Charter, letters: MemberLetters) {
        self.id = id
        self.decision = decision
        self.seen = seen
        self.charter = charter
        self.letters = letters
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        let proposal = try Proposal.find(transaction, id: id)
        guard proposal.state == .waiting else {
            throw ProposalRefusal.decidedAlready(proposal.state, by: proposal.decidedBy?.name)
        }
        guard let member = try EditableMember.load(transaction, id: proposal.memberID) else {
            throw MemberRefusal.noSuchMember
        }
        guard FactValue.mark(member.value(proposal.fact)) == seen else { throw ProposalRefusal.factChanged }
        switch decision {
        case .accept(let day, let change): try accept(transaction, proposal, member, day, change, by: actor, now: now)
        case .decline(let reason): try decline(transaction, proposal, reason, by: actor, now: now)
        }
    }

    private func accept(
        _ transaction: Transaction,
        _ proposal: Proposal,
        _ member: EditableMember,
        _ corrected: Day?,
        _ nameChange: NameChange,
        by actor: Actor,
        now: Date
    ) throws {
        let day = corrected?.description ?? proposal.effectiveOn
        if proposal.fact == .employees {
            try writeEmployees(transaction, proposal, day, now)
        } else {
            // The one way in which facts are written by hand: it checks them by the charter and notes them in the
            // journal.
            let edit = EditMember(
                memberID: member.id,
                seenRevision: member.revision,
                seen: member.draft,
                entered: member.draft(with: proposal.value, effectiveOn: day),
                nameChange: nameChange,
                effective: day,
                grounds: proposal.grounds,
                charter: charter,
                countries: []
            )
            _ = try edit.perform(transaction, by: actor, now: now)
        }
        let other = day == proposal.effectiveOn ? nil : day
        try Proposals.close(transaction, id, .accepted, by: actor, now: now, effectiveOn: other)
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "proposal.accepted",
                subject: .init("proposal", id),
                reason: proposal.grounds,
                before: Proposals.journal(member.value(proposal.fact)),
                after: [
                    "member": .text(proposal.memberID), "fact": .text(proposal.fact.rawValue),
                    "value": Proposals.journal(proposal.value) ?? .null, "effective": .text(day),
                ]
            )
        )
        try letters.tell(transaction, proposal, .accepted(effectiveOn: day), now: now)
    }

    /// The number of employees is none of the facts that are edited together; the proposal's own entry of the journal
    /// tells of it.
    private func writeEmployees(_ transaction: Transaction, _ proposal: Proposal, _ day: String, _ now: Date) throws {
        var check = FormCheck()
        _ = check.pastDay(day, "effective", today: FormCheck.today(now))
        try check.finish()
        guard let employees = Double(proposal.value.value), let year = Int(proposal.value.detail) else {
            throw ProposalRefusal.factChanged
        }
        let member = proposal.memberID
        try EmployeesFigure.write(transaction, member: member, employees: employees, year: year, now: now)
        try MemberRevision.bump(transaction, member)
    }

    private func decline(
        _ transaction: Transaction,
        _ proposal: Proposal,
        _ reason: String,
        by actor: Actor,
        now: Date
    ) throws {
        var typed = TypedText()
        let reason = typed.lines(reason, "reason", atMost: 1000)
        if reason.isEmpty { typed.refuse("reason", say("Say why. The member reads it in the letter.")) }
        try typed.throwProblems()
        try Proposals.close(transaction, id, .declined, by: actor, now: now, reason: reason)
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "proposal.declined",
                subject: .init("proposal", id),
                reason: reason,
                after: ["member": .text(proposal.memberID), "fact": .text(proposal.fact.rawValue)]
            )
        )
        try letters.tell(transaction, proposal, .declined(reason: reason), now: now)
    }
}
