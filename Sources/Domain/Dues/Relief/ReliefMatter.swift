public import Access
public import Charter
public import Database
public import Decisions
public import Foundation
import Journal
public import Languages

/// Requests for relief before the body that the charter names.
///
/// What it adopts lowers what invoices of the years ask for, issued or to come, or spreads it over instalments. Too few
/// answers, or a referral to a meeting, leave the request with the body; a question that is withdrawn gives it back.
public struct ReliefMatter: MatterEffect {
    static let kind = "relief"

    let services: DuesServices

    public init(services: DuesServices) { self.services = services }

    public var kind: String { Self.kind }
    public var name: Phrase { say("Relief from dues") }

    /// - Parameter subject: the id of a request that was received, or that the body left undecided.
    public func item(_ transaction: Transaction, subject: String, on day: Day) throws -> MatterItem {
        let found = try ReliefRequest.load(transaction, named: subject)
        guard found.state.isLive else { throw ReliefRefusal.inAnotherState(found.state) }
        let terms = try found.requirePossible(transaction, services.charter, on: day)
        return MatterItem(
            subject: MatterSubject(ReliefRequest.subjectKind, found.id),
            words: say("\(found.memberName): \(found.termsWords)"),
            evidence: try evidence(found, transaction),
            rule: ReliefRules.rule,
            body: terms.body
        )
    }

    private func evidence(_ found: ReliefRequest, _ transaction: Transaction) throws -> Phrase {
        var parts = [
            found.byPersonID == nil
                ? say("By a letter of \(found.letterDay).") : say("Asked in the member's room on \(found.letterDay).")
        ]
        for owed in try OwedInvoice.all(transaction, ofMember: found.memberID, years: found.years) {
            parts.append(say("Owed of \(plain: owed.invoice.year): \(owed.owed) of \(owed.balance.asked)."))
        }
        if !found.words.isEmpty { parts.append(.verbatim(found.words)) }
        return .joined(parts, by: "\n")
    }

    public func opened(_ transaction: Transaction, subject: String, by actor: Actor, now: Date) throws {
        let changed = try transaction.execute(
            "UPDATE relief_request SET state = 'put', put_at = ? WHERE id = ? AND state = 'received'",
            [.text(InstantText.text(now)), .text(subject)]
        )
        let found = try ReliefRequest.load(transaction, named: subject)
        guard changed > 0 else {
            // The body is asked again about what it left undecided.
            guard found.state == .put else { throw ReliefRefusal.inAnotherState(found.state) }
            return
        }
        let circular = try ReliefRecord.circulars(transaction, request: subject).first
        try Journal.append(
            transaction,
            found.entry("relief.put", actor, now, after: ["circular": .optional(circular?.reference)])
        )
        try ReliefMail(transaction: transaction, services: services, now: now).tellPut(found, circular)
    }

    public func settle(_ transaction: Transaction, _ item: SettledItem, by actor: Actor, now: Date) throws {
        guard let id = item.subject?.id, item.outcome != .noQuorum, item.outcome != .referred else { return }
        let found = try ReliefRequest.load(transaction, named: id)
        // Taken back after the decision could not be carried out: nothing is left to be done.
        guard found.state != .takenBack else { return }
        let settling = ReliefSettling(transaction: transaction, services: services, actor: actor, now: now)
        switch item.outcome {
        case .noQuorum, .referred: return
        case .withdrawn: try settling.giveBack(found, item)
        case .rejected: try settling.reject(found, item)
        case .adopted: try settling.adopt(found, item)
        }
    }
}

extension ReliefRequest {
    /// What holds for it by the charter of a day. Throws `ReliefRefusal` where it can no longer be decided or carried out.
    @discardableResult
    func requirePossible(_ transaction: Transaction, _ charter: Charter, on day: Day) throws -> ReliefRules.Terms {
        let possible = try AskRelief.terms(kind, charter, on: day)
        if case .ending(let ended) = terms {
            let relief = try Self.load(transaction, named: ended.id)
            guard let covered = relief.covered, covered.overlaps(years) else {
                throw ReliefRefusal.endedAlready(relief.reference)
            }
        } else {
            try ReliefOverlap(transaction: transaction, member: memberID).requireNotGranted(kind, years)
            try requireCurrency(transaction, charter)
        }
        return possible
    }
}
