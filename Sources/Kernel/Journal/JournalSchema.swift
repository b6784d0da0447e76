public import Database

extension Journal {
    /// The journal's tables.
    ///
    /// Nothing refers to an entry by a foreign key but its personal values: what is missing shall be found and named by
    /// `verify`, also in a database whose keys somebody has switched off.
    public static let migrations: [Migration] = [
        Migration(
            "journal-1",
            """
            CREATE TABLE journal_entry (
                id TEXT NOT NULL PRIMARY KEY,
                recorded_at TEXT NOT NULL,
                actor TEXT NOT NULL,
                action TEXT NOT NULL,
                subject_kind TEXT NOT NULL,
                subject_id TEXT NOT NULL,
                rule TEXT,
                reason TEXT,
                before TEXT,
                after TEXT,
                leaf_hash BLOB NOT NULL
            ) STRICT;
            CREATE INDEX journal_entry_by_subject ON journal_entry (subject_kind, subject_id, id);
            CREATE TABLE journal_personal (
                entry_id TEXT NOT NULL REFERENCES journal_entry (id),
                field TEXT NOT NULL,
                salt BLOB NOT NULL,
                value TEXT NOT NULL,
                PRIMARY KEY (entry_id, field)
            ) STRICT;
            CREATE TABLE journal_pending (
                entry_id TEXT NOT NULL PRIMARY KEY,
                recorded_at TEXT NOT NULL
            ) STRICT, WITHOUT ROWID;
            CREATE TABLE journal_sealed (
                position INTEGER NOT NULL PRIMARY KEY,
                entry_id TEXT NOT NULL UNIQUE
            ) STRICT;
            CREATE TABLE journal_node (
                level INTEGER NOT NULL,
                position INTEGER NOT NULL,
                hash BLOB NOT NULL,
                PRIMARY KEY (level, position)
            ) STRICT, WITHOUT ROWID;
            CREATE TABLE journal_key (
                key_id TEXT NOT NULL PRIMARY KEY,
                public_key BLOB NOT NULL,
                first_used_at TEXT NOT NULL
            ) STRICT;
            CREATE TABLE journal_head (
                size INTEGER NOT NULL PRIMARY KEY,
                root BLOB NOT NULL,
                signed_at TEXT NOT NULL,
                signature BLOB NOT NULL,
                key_id TEXT NOT NULL REFERENCES journal_key (key_id)
            ) STRICT;
            CREATE TABLE journal_lease (
                task TEXT NOT NULL PRIMARY KEY,
                holder TEXT NOT NULL,
                expires_at TEXT NOT NULL
            ) STRICT;
            """
        ),
        Migration(
            "journal-2-search",
            """
            CREATE INDEX journal_entry_by_action ON journal_entry (action, id);
            CREATE INDEX journal_entry_by_actor ON journal_entry (actor, id);
            """
        ),
        // What was done this week.
        Migration("journal-3-by-time", "CREATE INDEX journal_entry_by_time ON journal_entry (recorded_at);"),
    ]
}
