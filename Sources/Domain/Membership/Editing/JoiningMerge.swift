import Database
import Foundation
import Languages

/// What becomes of applications and of members' requests when two records turn out to be one member: what was one of them,
/// or became it, is the kept one.
///
/// The tables are those of the capability Joining, which is above this one; merging knows each table that refers to a
/// member.
enum JoiningMerge {
    static let references: [MergeReference] = [
        MergeReference(table: "application", column: "member_id") {
            say($0, one: "1 application for membership", other: "\($0) applications for membership")
        },
        MergeReference(table: "membership_request", column: "member_id") {
            say($0, one: "1 request about its membership", other: "\($0) requests about its membership")
        },
    ]

    /// One request of a kind is live for a member: where both records have one, that which a body has before it goes on,
    /// else the kept record's.
    static func settle(from merged: String, to kept: String, _ transaction: Transaction, now: Date) throws {
        let takeBack = """
            UPDATE membership_request SET state = 'taken-back', settled_at = ?, reason = ?
            WHERE member_id = ? AND state IN
            """
        let other = "SELECT 1 FROM membership_request o WHERE o.member_id = ? AND o.kind = membership_request.kind"
        let (instant, reason) = (Value.text(InstantText.text(now)), Value.text(MergeMembers.wasMerged.recorded))
        try transaction.execute(
            "\(takeBack) ('received') AND EXISTS (\(other) AND o.state = 'put')",
            [instant, reason, .text(kept), .text(merged)]
        )
        try transaction.execute(
            "\(takeBack) ('received', 'put') AND EXISTS (\(other) AND o.state IN ('received', 'put'))",
            [instant, reason, .text(merged), .text(kept)]
        )
    }
}
