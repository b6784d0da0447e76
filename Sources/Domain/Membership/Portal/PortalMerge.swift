import Database
import Foundation
import Languages

/// What becomes of a profile and of proposals when two records turn out to be one member.
enum PortalMerge {
    /// Where both describe themselves in one language, the kept record's words stay.
    static let references: [MergeReference] = [
        MergeReference(table: "profile_text", column: "member_id", uniqueWith: ["language"]) {
            say($0, one: "1 description by the member itself", other: "\($0) descriptions by the member itself")
        },
        MergeReference(table: "profile_contact", column: "member_id") {
            say($0, one: "1 contact", other: "\($0) contacts")
        },
        MergeReference(table: "profile_picture", column: "member_id") {
            say($0, one: "1 picture", other: "\($0) pictures")
        },
        MergeReference(table: "proposal", column: "member_id") {
            say($0, one: "1 proposal", other: "\($0) proposals")
        },
    ]

    /// One proposal of a fact waits for a member: where both records have one, the kept record's goes on waiting.
    static func settleProposals(from merged: String, to kept: String, _ transaction: Transaction, now: Date) throws {
        try transaction.execute(
            """
            UPDATE proposal SET state = 'withdrawn', decided_at = ?, replaced_by =
                (SELECT k.id FROM proposal k WHERE k.member_id = ? AND k.fact = proposal.fact AND k.state = 'waiting')
            WHERE member_id = ? AND state = 'waiting' AND EXISTS
                (SELECT 1 FROM proposal k WHERE k.member_id = ? AND k.fact = proposal.fact AND k.state = 'waiting')
            """,
            [.text(InstantText.text(now)), .text(kept), .text(merged), .text(kept)]
        )
    }
}
