import Database
import Foundation

/// The tables of spreadsheets that the secretariat brings in.
///
/// `upload_row.cells` is JSON text, the cells as they stood in the file; `plan` what the dry run found. `upload_step`
/// is what an import did to each row of the records, before and after: its own inverse.
enum UploadMigrations {
    static let all: [Migration] = [
        Migration(
            "membership-4-imports",
            """
            CREATE TABLE upload (
                id TEXT PRIMARY KEY, file TEXT NOT NULL, sha256 TEXT NOT NULL, size_bytes INTEGER NOT NULL,
                reading TEXT NOT NULL, header TEXT NOT NULL, header_key TEXT NOT NULL, mapping TEXT NOT NULL,
                row_count INTEGER NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('staged', 'checked', 'applying', 'applied', 'undone')),
                staged_by TEXT NOT NULL, staged_at TEXT NOT NULL, checked_at TEXT,
                claim TEXT, claimed_at TEXT, rows_done INTEGER NOT NULL DEFAULT 0, failure TEXT,
                source TEXT, applied_by TEXT, applied_at TEXT, undone_by TEXT, undone_at TEXT
            ) STRICT;
            CREATE INDEX upload_by_time ON upload (staged_at);
            CREATE INDEX upload_by_content ON upload (sha256);
            CREATE TABLE upload_row (
                upload_id TEXT NOT NULL REFERENCES upload (id) ON DELETE CASCADE, line INTEGER NOT NULL,
                cells TEXT NOT NULL, is_taken INTEGER NOT NULL DEFAULT 1, chosen TEXT,
                outcome TEXT CHECK (outcome IN ('create', 'change', 'same', 'ambiguous', 'refused')),
                plan TEXT, member_id TEXT, applied_revision INTEGER, undone_at TEXT,
                PRIMARY KEY (upload_id, line)
            ) STRICT;
            CREATE INDEX upload_row_by_outcome ON upload_row (upload_id, outcome, line);
            CREATE TABLE upload_step (
                upload_id TEXT NOT NULL REFERENCES upload (id) ON DELETE CASCADE, position INTEGER NOT NULL,
                line INTEGER NOT NULL, member_id TEXT NOT NULL, record TEXT NOT NULL, before TEXT, after TEXT,
                PRIMARY KEY (upload_id, position)
            ) STRICT;
            CREATE TABLE upload_mapping (
                header_key TEXT PRIMARY KEY, mapping TEXT NOT NULL, used_at TEXT NOT NULL, used_by TEXT NOT NULL
            ) STRICT;
            """
        ),
        // When the cells of an import went, by the charter's rule on retention.
        Migration("membership-6-emptied-imports", "ALTER TABLE upload ADD COLUMN emptied_at TEXT;"),
    ]
}

/// Lists and plans as the tables of uploads keep them.
package enum StoredJSON {
    package static func text<T: Encodable>(_ value: T) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    package static func value<T: Decodable>(_ type: T.Type, _ text: String) throws -> T {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }
}
