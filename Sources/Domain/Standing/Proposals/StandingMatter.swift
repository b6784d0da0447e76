public import Access
public import Charter
public import Database
public import Decisions
public import Foundation
import Journal
public import Languages
public import Membership

/// Proposals on members' standing before the body that the charter names for their ground.
///
/// Asking the body puts them forward; what it adopts changes the status, by `StandingProposal.settle`. Too few answers, or
/// a referral to a meeting, leave them with the body; a question that is withdrawn gives them back to the secretariat.
public struct StandingMatter: MatterEffect {
    public static let kind = "standing"
    let charter: Charter
    let letters: MemberLetters?

    /// - Parameter letters: tell a member's people of what was adopted; without them nobody is told.
    public init(charter: Charter, letters: MemberLetters?) {
        self.charter = charter
        self.letters = letters
    }

    public var kind: String { Self.kind }
    public var name: Phrase { say("Suspension and termination of members") }

    /// - Parameter subject: the id of a proposal that is open, or that a body left undecided.
    public func item(_ transaction: Transaction, subject: String, on day: Day) throws -> MatterItem {
        let proposal = try StandingProposal.find(transaction, subject)
        guard proposal.state.isLive else { throw StandingRefusal.inAnotherState(proposal.state) }
        let words = try StandingWords(charter: charter, transaction)
        let status = charter.version(on: day)?.status(proposal.leadsTo)?.name ?? proposal.leadsTo
        return MatterItem(
            subject: MatterSubject("standing-proposal", proposal.id),
            words: say("\(proposal.memberName): \(Phrase.name(status))", context: "a member and a status"),
            evidence: words.sentence(proposal.evidence),
            rule: StandingWords.rule(proposal.ground),
            body: words.ground(proposal.ground, on: day)?.decidedBy
        )
    }

    public func opened(_ transaction: Transaction, subject: String, by actor: Actor, now: Date) throws {
        guard try StandingProposal.find(transaction, subject).state == .open else { return }
        _ = try PutForward([subject]).perform(transaction, by: actor, now: now)
    }

    public func settle(_ transaction: Transaction, _ item: SettledItem, by actor: Actor, now: Date) throws {
        guard let id = item.subject?.id else { return }
        let verdict: StandingProposal.Verdict
        switch item.outcome {
        case .noQuorum, .referred: return
        case .withdrawn: return try takeBack(id, item, transaction, by: actor, now: now)
        case .rejected: verdict = .rejected(decision: nil, minutes: item.minutes)
        case .adopted:
            guard let decision = item.decision else { return }
            verdict = .adopted(decision: decision, day: item.day, minutes: item.minutes)
        }
        try StandingProposal.settle(id, verdict, charter: charter, letters: letters, transaction, by: actor, now: now)
    }

    private func takeBack(
        _ id: String,
        _ item: SettledItem,
        _ transaction: Transaction,
        by actor: Actor,
        now: Date
    ) throws {
        try transaction.execute(
            "UPDATE standing_proposal SET state = 'open', put_at = NULL, put_by = NULL WHERE id = ? AND state = 'put'",
            [.text(id)]
        )
        let proposal = try StandingProposal.find(transaction, id)
        try Journal.append(transaction, proposal.entry("standing.taken_back", actor, now, reason: item.minutes))
    }
}
