public import Access
public import Charter
public import Database
public import Decisions
public import Foundation
import Journal
public import Languages
import Membership

/// Requests of members before the body that the charter names for their kind.
///
/// What it adopts is a new step in the member's standing, by `ChangeStatus`; the steps before it stay. Too few answers,
/// or a referral to a meeting, leave the request with the body; a question that is withdrawn gives it back.
public struct RequestMatter: MatterEffect {
    let request: MembershipRequestKind
    let services: JoiningServices

    public init(_ kind: MembershipRequestKind, services: JoiningServices) {
        request = kind
        self.services = services
    }

    public var kind: String { request.rawValue }
    public var name: Phrase {
        switch request {
        case .withdrawal: say("Withdrawal of members")
        case .appeal: say("Appeals of members")
        case .reinstatement: say("Reinstatement of members")
        }
    }

    /// - Parameter subject: the id of a request of this kind that was received, or that the body left undecided.
    public func item(_ transaction: Transaction, subject: String, on day: Day) throws -> MatterItem {
        let found = try MembershipRequest.load(transaction, id: subject)
        guard found.kind == request else { throw RequestRefusal.noSuchRequest }
        guard found.state.isLive else { throw RequestRefusal.inAnotherState(found.state) }
        let standing = try MemberStanding.load(transaction, member: found.memberID)
        let terms = try found.terms(standing, services.charter, on: day)
        return MatterItem(
            subject: MatterSubject(MembershipRequest.subjectKind, found.id),
            words: words(found.memberName),
            evidence: evidence(found, on: day),
            rule: found.rule,
            body: terms.body
        )
    }

    private func words(_ member: String) -> Phrase {
        switch request {
        case .withdrawal: say("\(member) withdraws")
        case .appeal: say("The appeal of \(member) is upheld")
        case .reinstatement: say("\(member) is reinstated")
        }
    }

    private func evidence(_ found: MembershipRequest, on day: Day) -> Phrase {
        var parts = [
            found.byPersonID == nil
                ? say("By a letter of \(found.letterDay).") : say("Asked in the member's room on \(found.letterDay).")
        ]
        let version = services.charter.version(on: day)
        let status = { (key: String) in Phrase.name(version?.status(key)?.name ?? key) }
        parts.append(say("Status so far: \(status(found.standing.status)), since \(found.standing.day)."))
        parts.append(say("Status if it is adopted: \(status(found.leadsTo))."))
        if !found.words.isEmpty { parts.append(.verbatim(found.words)) }
        return .joined(parts, by: "\n")
    }

    public func opened(_ transaction: Transaction, subject: String, by actor: Actor, now: Date) throws {
        let changed = try transaction.execute(
            "UPDATE membership_request SET state = 'put', put_at = ? WHERE id = ? AND state = 'received'",
            [.text(InstantText.text(now)), .text(subject)]
        )
        let found = try MembershipRequest.load(transaction, id: subject)
        guard changed > 0 else {
            // The body is asked again about what it left undecided.
            guard found.state == .put else { throw RequestRefusal.inAnotherState(found.state) }
            return
        }
        let circular = try RequestRecord.circulars(transaction, request: subject).first
        try Journal.append(
            transaction,
            found.entry("request.put", actor, now, after: ["circular": .optional(circular?.reference)])
        )
        try RequestMail(transaction: transaction, services: services, now: now).tellPut(found, circular)
    }

    public func settle(_ transaction: Transaction, _ item: SettledItem, by actor: Actor, now: Date) throws {
        guard let id = item.subject?.id, item.outcome != .noQuorum, item.outcome != .referred else { return }
        let found = try MembershipRequest.load(transaction, id: id)
        // Taken back after the decision could not be carried out: nothing is left to be done.
        guard found.state != .takenBack else { return }
        let settling = RequestSettling(transaction: transaction, services: services, actor: actor, now: now)
        switch item.outcome {
        case .noQuorum, .referred: return
        case .withdrawn: try settling.giveBack(found, item)
        case .rejected: try settling.reject(found, item)
        case .adopted: try settling.adopt(found, item)
        }
    }
}

/// Writes what became of a request that a body had before it.
struct RequestSettling {
    let transaction: Transaction
    let services: JoiningServices
    let actor: Actor
    let now: Date

    func adopt(_ found: MembershipRequest, _ item: SettledItem) throws {
        guard let decision = item.decision else { return }
        let standing = try MemberStanding.load(transaction, member: found.memberID)
        guard found.isAbout(standing) else { throw RequestRefusal.standingChanged }
        try close(found, .adopted, item)
        let step = ChangeStatus(
            memberID: found.memberID,
            seenRevision: nil,
            status: found.leadsTo,
            day: item.day.description,
            decision: decision,
            grounds: item.minutes,
            charter: services.charter
        )
        try step.perform(transaction, by: actor, now: now)
        try Journal.append(
            transaction,
            found.entry("request.adopted", actor, now, reason: item.minutes, after: ["decision": .text(decision)])
        )
        let version = services.charter.version(on: item.day)
        try services.memberLetters.tellStanding(
            transaction,
            memberID: found.memberID,
            status: found.leadsTo,
            day: item.day,
            minutes: item.minutes,
            rule: found.rule,
            appealUntil: version?.lastDayToAppeal(against: found.leadsTo, since: item.day),
            charter: services.charter,
            now: now
        )
    }

    func reject(_ found: MembershipRequest, _ item: SettledItem) throws {
        try close(found, .rejected, item)
        try Journal.append(transaction, found.entry("request.rejected", actor, now, reason: item.minutes))
        try RequestMail(transaction: transaction, services: services, now: now).tellRejected(found, item)
    }

    func giveBack(_ found: MembershipRequest, _ item: SettledItem) throws {
        let changed = try transaction.execute(
            "UPDATE membership_request SET state = 'received', put_at = NULL WHERE id = ? AND state = 'put'",
            [.text(found.id)]
        )
        guard changed > 0 else { throw RequestRefusal.inAnotherState(found.state) }
        try Journal.append(transaction, found.entry("request.returned", actor, now, reason: item.minutes))
    }

    private func close(_ found: MembershipRequest, _ state: MembershipRequestState, _ item: SettledItem) throws {
        let changed = try transaction.execute(
            """
            UPDATE membership_request SET state = ?, settled_at = ?, settled_by = ?, decided_on = ?, decision = ?,
                minutes = ?
            WHERE id = ? AND state = 'put'
            """,
            [
                .text(state.rawValue), .text(InstantText.text(now)), .text(actor.key), .text(item.day.description),
                .optional(item.decision), .text(item.minutes), .text(found.id),
            ]
        )
        guard changed > 0 else { throw RequestRefusal.inAnotherState(found.state) }
    }
}
