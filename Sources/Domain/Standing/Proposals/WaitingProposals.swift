public import Access
import Database
import Languages

/// Proposals on standing that wait to be put forward or dropped, one line for each ground, for the page Today.
public enum WaitingProposals {
    public static let source = WaitingSource(
        kind: "standing",
        title: say("Proposals on standing"),
        reads: .readStanding
    ) { try list($0) }

    static func list(_ transaction: Transaction) throws -> [WaitingItem] {
        try transaction.query(
            """
            SELECT p.ground, COUNT(*), MIN(p.proposed_at), MIN(m.name) FROM standing_proposal p
            JOIN member m ON m.id = p.member_id WHERE p.state = 'open' GROUP BY p.ground ORDER BY p.ground
            """
        ) { row in
            let count = try row.integer(1)
            let first = try row.text(3)
            return WaitingItem(
                kind: "standing",
                id: try row.text(0),
                title: count == 1
                    ? say("\(first): a ground of the charter is met")
                    : say(
                        count,
                        one: "1 member for whom a ground of the charter is met",
                        other: "\(count) members for whom a ground of the charter is met"
                    ),
                detail: say("Put them forward to the body that decides, or drop them with a reason."),
                needs: .proposeStanding,
                since: try row.text(2)
            )
        }
    }
}
