public import Access
import Charter
import Database
import Foundation
import Identity

/// What an import keeps of a spreadsheet goes after a time: the cells may name people, as heads of government do.
public enum UploadRetention {
    public static let store = RetentionStore(.uploads) { transaction, instant, now in
        try empty(transaction, overBefore: instant, now: now)
    }

    /// Empties the imports that were applied or undone before an instant, and returns how many. That an import was made,
    /// and how many rows came out how, stays; with the cells goes what undoing needs.
    static func empty(_ transaction: Transaction, overBefore instant: Date, now: Date) throws -> Int {
        let condition = """
            state IN ('applied', 'undone') AND emptied_at IS NULL AND COALESCE(undone_at, applied_at) < ?
            """
        let over: [Value] = [.text(InstantText.text(instant))]
        let uploads = "upload_id IN (SELECT id FROM upload WHERE \(condition))"
        try transaction.execute("UPDATE upload_row SET cells = '[]', plan = NULL WHERE \(uploads)", over)
        try transaction.execute("DELETE FROM upload_step WHERE \(uploads)", over)
        // A file without headings has its first row in their place.
        return try transaction.execute(
            "UPDATE upload SET header = '[]', emptied_at = ? WHERE \(condition)",
            [.text(InstantText.text(now))] + over
        )
    }
}

/// What imports hold on those who made them. What stands in the cells is about others, and goes by `UploadRetention`.
public enum UploadPersonalData {
    public static let all: [PersonalDataSource] = [uploads]

    // That a colleague brought a file in is part of the story of the records; their name goes with the person.
    private static let uploads = PersonalDataSource("uploads") { transaction, person in
        let key = Value.text("person:\(person.id)")
        return .list(
            try transaction.query(
                """
                SELECT \(Upload.columns) FROM upload WHERE staged_by = ? OR applied_by = ? OR undone_by = ?
                ORDER BY staged_at, id
                """,
                [key, key, key]
            ) { row in
                let upload = try Upload(row: row)
                let mine = "person:\(person.id)"
                return [
                    "id": .text(upload.id), "file": .text(upload.file), "rows": .integer(upload.rowCount),
                    "state": .text(upload.state.rawValue),
                    "read-at": upload.stagedBy == mine ? .text(upload.stagedAt) : .null,
                    "applied-at": .optional(upload.appliedBy == mine ? upload.appliedAt : nil),
                    "undone-at": .optional(upload.undoneBy == mine ? upload.undoneAt : nil),
                ]
            }
        )
    } erase: { _, _, _ in
    }
}
