import Database
import Foundation
import Languages

/// What becomes of the steps of participations, of activities and of proposals on standing when two records turn out to be
/// one member.
///
/// The tables are those of the capability Standing, which is above this one; merging knows each table that refers to a
/// member.
enum StandingMerge {
    static let references: [MergeReference] = [
        MergeReference(table: "participation_step", column: "member_id") {
            say($0, one: "1 step of a participation", other: "\($0) steps of participations")
        },
        MergeReference(table: "activity", column: "member_id") {
            say($0, one: "1 activity", other: "\($0) activities")
        },
        MergeReference(table: "standing_proposal", column: "member_id") {
            say($0, one: "1 proposal on its standing", other: "\($0) proposals on its standing")
        },
    ]

    /// What was proposed of the merged record alone is no longer true of the whole: the rule proposes anew if it is.
    /// One that a body has before it stays, unless the kept record has its own.
    static func settle(from merged: String, to kept: String, _ transaction: Transaction, now: Date) throws {
        // What one record says in force was not removed from the member.
        try transaction.execute(
            """
            UPDATE participation SET removed_at = NULL WHERE member_id = ? AND removed_at IS NOT NULL AND EXISTS
                (SELECT 1 FROM participation m WHERE m.member_id = ? AND m.event = participation.event
                    AND m.capacity = participation.capacity AND m.removed_at IS NULL)
            """,
            [.text(kept), .text(merged)]
        )
        // What both records have is one activity, which earns its points once.
        try transaction.execute(
            """
            UPDATE activity SET withdrawn_at = ?, withdrawn_grounds = ? WHERE member_id = ? AND withdrawn_at IS NULL
                AND EXISTS (SELECT 1 FROM activity k WHERE k.member_id = ? AND k.kind = activity.kind
                    AND k.earliest = activity.earliest AND k.latest = activity.latest AND k.words = activity.words
                    AND k.withdrawn_at IS NULL)
            """,
            [.text(InstantText.text(now)), .text(MergeMembers.wasMerged.recorded), .text(merged), .text(kept)]
        )
        try transaction.execute(
            """
            UPDATE standing_proposal SET state = 'gone', settled_at = ?, reason = ?
            WHERE member_id = ? AND (state = 'open' OR state = 'put' AND EXISTS
                (SELECT 1 FROM standing_proposal k WHERE k.member_id = ? AND k.ground = standing_proposal.ground
                    AND k.state IN ('open', 'put')))
            """,
            [.text(InstantText.text(now)), .text(MergeMembers.wasMerged.recorded), .text(merged), .text(kept)]
        )
    }
}
