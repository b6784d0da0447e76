import Database
import Languages

/// What becomes of figures for fees, and of a member's money, when two records turn out to be one member.
///
/// The tables are those of the capability Dues, which is above this one; merging knows each table that refers to a member.
enum DuesMerge {
    static let references: [MergeReference] = [
        // Of two figures of one time that both count, the one that was entered last does.
        MergeReference(table: "fee_input", column: "member_id") {
            say($0, one: "1 figure for its fee", other: "\($0) figures for its fee")
        },
        MergeReference(table: "invoice", column: "member_id") {
            say($0, one: "1 invoice", other: "\($0) invoices")
        },
        MergeReference(table: "account_entry", column: "member_id") {
            say($0, one: "1 entry in its account", other: "\($0) entries in its account")
        },
        MergeReference(table: "payment_share", column: "member_id") {
            say($0, one: "1 share of a payment", other: "\($0) shares of payments")
        },
        MergeReference(table: "document_proof", column: "member_id") {
            say($0, one: "1 document that proves its dues", other: "\($0) documents that prove its dues")
        },
        MergeReference(table: "relief_request", column: "member_id") {
            say($0, one: "1 request for relief from its dues", other: "\($0) requests for relief from its dues")
        },
    ]

    /// Invoices of one year are counted within a member: those of the merged record come after the kept one's.
    static func settle(from merged: String, to kept: String, _ transaction: Transaction) throws {
        try transaction.execute(
            """
            UPDATE invoice SET issue = issue + COALESCE(
                (SELECT MAX(k.issue) FROM invoice k WHERE k.year = invoice.year AND k.member_id IN (?, ?)), 0)
            WHERE member_id = ?
            """,
            [.text(kept), .text(merged), .text(merged)]
        )
    }
}
