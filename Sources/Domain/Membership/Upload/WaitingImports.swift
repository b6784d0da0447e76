public import Access
import Database
import Languages

/// Imports that somebody began and nobody finished, for the page Today.
public enum WaitingImports {
    public static let source = WaitingSource(kind: "import", title: say("Imports"), reads: .importMembers) {
        try list($0)
    }

    static func list(_ transaction: Transaction) throws -> [WaitingItem] {
        let uploads = try transaction.query(
            "SELECT \(Upload.columns) FROM upload WHERE state IN ('staged', 'checked', 'applying') ORDER BY staged_at, id"
        ) { try Upload(row: $0) }
        return try uploads.compactMap { upload in
            let summary = try UploadSummary.load(transaction, upload.id)
            // Compared, and nothing to write: nobody needs to do anything.
            if upload.state == .checked, summary.changesNothing, summary.count(.ambiguous) == 0 { return nil }
            return WaitingItem(
                kind: "import",
                id: upload.id,
                title: .verbatim(upload.file),
                detail: detail(upload, summary),
                needs: .importMembers,
                since: upload.stagedAt
            )
        }
    }

    private static func detail(_ upload: Upload, _ summary: UploadSummary) -> Phrase {
        switch upload.state {
        case .staged:
            say(
                upload.rowCount,
                one: "1 row is read. Say next what the columns hold.",
                other: "\(upload.rowCount) rows are read. Say next what the columns hold."
            )
        case .applying: say("It is being applied, or was broken off while it was.")
        default:
            say(
                "Would create \(summary.willCreate) and change \(summary.willChange); \(summary.count(.ambiguous)) to choose."
            )
        }
    }
}
