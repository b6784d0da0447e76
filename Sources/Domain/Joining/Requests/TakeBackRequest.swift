public import Access
public import Database
import Decisions
public import Foundation
import Journal
import Languages
import Membership

/// Takes a request back, as long as the body does not have it before it. The secretariat also takes back what was
/// decided and cannot be carried out any more.
///
/// Throws `InvalidInput` (`reason`) and `RequestRefusal`.
public struct TakeBackRequest: Command {
    public static let action = Action.requestMembership

    let id: String
    let reason: String

    public init(_ id: String, reason: String) {
        self.id = id
        self.reason = reason
    }

    public func place(_ transaction: Transaction) throws -> Place {
        .member(try MembershipRequest.load(transaction, id: id).memberID)
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        var typed = TypedText()
        let reason = typed.lines(reason, "reason", atMost: 1000)
        if reason.isEmpty { typed.refuse("reason", say("Say why, in a few words: the journal keeps it.")) }
        try typed.throwProblems()
        let before = try MembershipRequest.load(transaction, id: id)
        let mayFree = before.state == .received || actor.may(.handleApplications)
        // Only one who finds it as it was changes it: the body may be asked in the same moment.
        guard mayFree, try before.isFree(transaction), try close(transaction, before.state, reason, actor, now) else {
            throw RequestRefusal.inAnotherState(before.state)
        }
        let request = try MembershipRequest.load(transaction, id: id)
        try Journal.append(transaction, request.entry("request.taken-back", actor, now, reason: reason))
    }

    private func close(
        _ transaction: Transaction,
        _ state: MembershipRequestState,
        _ reason: String,
        _ actor: Actor,
        _ now: Date
    ) throws -> Bool {
        try transaction.execute(
            """
            UPDATE membership_request SET state = 'taken-back', reason = ?, settled_at = ?, settled_by = ?
            WHERE id = ? AND state = ?
            """,
            [.text(reason), .text(InstantText.text(now)), .text(actor.key), .text(id), .text(state.rawValue)]
        ) > 0
    }
}

extension MembershipRequest {
    /// Whether no body has to decide it: it was not put before one yet, or what was decided waits to be carried out.
    func isFree(_ transaction: Transaction) throws -> Bool {
        switch state {
        case .received: return true
        case .adopted, .rejected, .takenBack: return false
        case .put: break
        }
        let subject = MatterSubject(Self.subjectKind, id)
        return try CircularItem.waiting(transaction, about: subject, matter: kind.rawValue) == nil
    }
}
