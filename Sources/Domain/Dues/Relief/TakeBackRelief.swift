public import Access
public import Database
import Decisions
public import Foundation
import Journal
import Languages
import Membership

/// Takes a request for relief back, as long as the body does not have it before it. The secretariat also takes back what
/// was decided and cannot be carried out any more.
///
/// Throws `InvalidInput` (`reason`) and `ReliefRefusal`.
public struct TakeBackRelief: Command {
    public static let action = Action.requestDues

    let name: String
    let member: String?
    let reason: String
    let services: DuesServices

    /// - Parameters:
    ///   - name: its id, or its number as `2026-3`.
    ///   - member: the id of the only member whose request it may be; whoever's it is for `nil`.
    public init(_ name: String, of member: String? = nil, reason: String, services: DuesServices) {
        self.name = name
        self.member = member
        self.reason = reason
        self.services = services
    }

    public func place(_ transaction: Transaction) throws -> Place {
        .member(try ReliefRequest.load(transaction, named: name, of: member).memberID)
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        var typed = TypedText()
        let reason = typed.lines(reason, "reason", atMost: 1000)
        if reason.isEmpty { typed.refuse("reason", say("Say why, in a few words: the journal keeps it.")) }
        try typed.throwProblems()
        let before = try ReliefRequest.load(transaction, named: name, of: member)
        let mayFree = before.state == .received || actor.may(Self.action)
        // Only one who finds it as it was changes it: the body may be asked in the same moment.
        guard mayFree, try before.isFree(transaction), try close(transaction, before, reason, actor, now) else {
            throw ReliefRefusal.inAnotherState(before.state)
        }
        let request = try ReliefRequest.load(transaction, named: before.id)
        try Journal.append(transaction, request.entry("relief.taken-back", actor, now, reason: reason))
        try ReliefMail(transaction: transaction, services: services, now: now).tellTakenBack(request, reason)
    }

    private func close(
        _ transaction: Transaction,
        _ request: ReliefRequest,
        _ reason: String,
        _ actor: Actor,
        _ now: Date
    ) throws -> Bool {
        try transaction.execute(
            """
            UPDATE relief_request SET state = 'taken-back', reason = ?, settled_at = ?, settled_by = ?
            WHERE id = ? AND state = ?
            """,
            [
                .text(reason), .text(InstantText.text(now)), .text(actor.key), .text(request.id),
                .text(request.state.rawValue),
            ]
        ) > 0
    }
}

extension ReliefRequest {
    /// Whether no body has to decide it: it was not put before one yet, or what was decided waits to be carried out.
    func isFree(_ transaction: Transaction) throws -> Bool {
        switch state {
        case .received: return true
        case .adopted, .rejected, .takenBack: return false
        case .put: break
        }
        let subject = MatterSubject(Self.subjectKind, id)
        return try CircularItem.waiting(transaction, about: subject, matter: ReliefMatter.kind) == nil
    }
}
