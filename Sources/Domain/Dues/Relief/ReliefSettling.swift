import Access
import Charter
import Database
import Decisions
import Foundation
import Journal

/// Writes what became of a request for relief that a body had before it.
struct ReliefSettling {
    let transaction: Transaction
    let services: DuesServices
    let actor: Actor
    let now: Date

    private var mail: ReliefMail { ReliefMail(transaction: transaction, services: services, now: now) }

    /// Throws `ReliefRefusal` and `MoneyError` where it cannot be carried out as things stand.
    func adopt(_ found: ReliefRequest, _ item: SettledItem) throws {
        guard let decision = item.decision else { return }
        try found.requirePossible(transaction, services.charter, on: item.day)
        try close(found, .adopted, item)
        let booking = ReliefBooking(transaction: transaction, now: now)
        let invoices: [String]
        if case .ending(let ended) = found.terms {
            let relief = try ReliefRequest.load(transaction, named: ended.id)
            invoices = try booking.end(relief, from: found.years.lowerBound, on: item.day)
        } else {
            invoices = try booking.grant(found, on: item.day)
        }
        try Journal.append(
            transaction,
            found.entry(
                "relief.adopted",
                actor,
                now,
                reason: item.minutes,
                after: ["decision": .text(decision), "invoices": .list(invoices.map { .text($0) })]
            )
        )
        try mail.tellAdopted(found, item)
    }

    func reject(_ found: ReliefRequest, _ item: SettledItem) throws {
        try close(found, .rejected, item)
        try Journal.append(transaction, found.entry("relief.rejected", actor, now, reason: item.minutes))
        try mail.tellRejected(found, item)
    }

    func giveBack(_ found: ReliefRequest, _ item: SettledItem) throws {
        let changed = try transaction.execute(
            "UPDATE relief_request SET state = 'received', put_at = NULL WHERE id = ? AND state = 'put'",
            [.text(found.id)]
        )
        guard changed > 0 else { throw ReliefRefusal.inAnotherState(found.state) }
        try Journal.append(transaction, found.entry("relief.returned", actor, now, reason: item.minutes))
        try mail.tellReturned(found, item)
    }

    private func close(_ found: ReliefRequest, _ state: ReliefState, _ item: SettledItem) throws {
        let changed = try transaction.execute(
            """
            UPDATE relief_request SET state = ?, settled_at = ?, settled_by = ?, decided_on = ?, decision = ?,
                minutes = ?
            WHERE id = ? AND state = 'put'
            """,
            [
                .text(state.rawValue), .text(InstantText.text(now)), .text(actor.key), .text(item.day.description),
                .optional(item.decision), .text(item.minutes), .text(found.id),
            ]
        )
        guard changed > 0 else { throw ReliefRefusal.inAnotherState(found.state) }
    }
}
