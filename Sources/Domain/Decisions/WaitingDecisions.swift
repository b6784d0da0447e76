public import Access
import Charter
public import Database
import Foundation
public import Journal
public import Languages
public import Membership

/// What decisions add to the pages that every capability shares.
public enum DecisionParts {
    /// What waits for the secretariat: a meeting's outcome, what was left undecided, what could not be carried out.
    public static let waiting = WaitingSource(
        kind: "decision",
        title: say("Decisions"),
        reads: .readDecisions
    ) { transaction in
        let circulars = try transaction.query(
            """
            SELECT \(Circular.columns) FROM \(Circular.tables)
            WHERE (c.way = 'meeting' AND c.state = 'open') OR EXISTS
                (SELECT 1 FROM circular_item i WHERE i.circular_id = c.id AND (i.problem IS NOT NULL
                    OR (i.outcome IN ('referred', 'no-quorum') AND i.meeting_outcome IS NULL AND i.followed_by IS NULL)))
            ORDER BY c.opened_at, c.id
            """
        ) { try Circular(row: $0) }
        return try circulars.map { circular in
            let items = try CircularItem.all(transaction, circular: circular.id)
            return WaitingItem(
                kind: "decision",
                id: circular.id,
                title: .verbatim("\(circular.reference) \(circular.title)"),
                detail: detail(circular, items),
                needs: .recordDecision,
                since: circular.closedAt ?? circular.openedAt
            )
        }
    }

    private static func detail(_ circular: Circular, _ items: [CircularItem]) -> Phrase {
        let stuck = items.count { $0.problem != nil }
        if stuck > 0 {
            return say(
                stuck,
                one: "\(stuck) item is decided and could not be carried out.",
                other: "\(stuck) items are decided and could not be carried out."
            )
        }
        if circular.way == .meeting { return say("A meeting decides: enter its outcome.") }
        let undecided = items.count(where: \.isUndecided)
        return say(
            undecided,
            one: "\(undecided) item was left undecided: ask again, or enter a meeting's outcome.",
            other: "\(undecided) items were left undecided: ask again, or enter a meeting's outcome."
        )
    }

    /// What a member that has a seat is asked, in its room.
    public static let portal = PortalSource { transaction, member, _ in
        let records = try CurrentMember.all(transaction, of: member)
        let places = records.map { _ in "?" }.joined(separator: ", ")
        let seats = try transaction.query(
            """
            SELECT s.circular_id, s.id FROM circular_seat s JOIN circular c ON c.id = s.circular_id
            WHERE c.state = 'open' AND s.member_id IN (\(places)) ORDER BY c.closes_at, s.id
            """,
            records.map(Value.text)
        ) { (circular: try $0.text(0), seat: try $0.text(1)) }
        return try seats.compactMap { row in
            guard let circular = try Circular.find(transaction, id: row.circular) else { return nil }
            let items = try CircularItem.all(transaction, circular: circular.id).count
            let answered = try CircularAnswer.all(transaction, circular: circular.id)
                .count { $0.isCurrent && $0.seatID == row.seat }
            let day = circular.lastDay.map { Phrase.day($0) } ?? .empty
            return PortalItem(
                answered < items ? .due : .coming,
                kind: "decision",
                id: circular.id,
                title: .verbatim(circular.title),
                detail: answered < items
                    ? say("A body is asked, and you have a seat in it. Answer by the end of \(day), UTC.")
                    : say("Your answer is in. It can be changed until the end of \(day), UTC."),
                day: circular.lastDay?.description
            )
        }
    }

    /// What an entry of the journal is about, where it is about a decision.
    public static func subject(_ transaction: Transaction, _ subject: JournalEntry.Subject) throws -> Phrase? {
        guard subject.kind == "circular" else { return nil }
        return try Circular.find(transaction, id: subject.id).map { .verbatim("\($0.reference) \($0.title)") }
    }
}
