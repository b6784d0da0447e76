public import Database

/// The tables of files and their uses. Published migrations are never edited; a change is a new one.
public enum FilesMigrations {
    public static let all: [Migration] = [files]

    // A file is named by the SHA-256 of its content, as 64 hexadecimal digits; `touched_at` is when it was last put or
    // lost a use.
    private static let files = Migration(
        "files-1-files",
        """
        CREATE TABLE file (
            hash TEXT PRIMARY KEY CHECK (length(hash) = 64), size INTEGER NOT NULL CHECK (size >= 0),
            touched_at TEXT NOT NULL
        ) STRICT;
        CREATE TABLE file_use (
            id TEXT PRIMARY KEY, hash TEXT NOT NULL REFERENCES file (hash), type TEXT NOT NULL,
            owner_kind TEXT NOT NULL, owner_id TEXT NOT NULL, label TEXT NOT NULL, name TEXT NOT NULL,
            added_at TEXT NOT NULL, UNIQUE (owner_kind, owner_id, label, hash)
        ) STRICT;
        CREATE INDEX file_use_by_hash ON file_use (hash);
        """
    )
}
