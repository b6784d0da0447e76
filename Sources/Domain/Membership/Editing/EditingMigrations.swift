import Database

/// The tables of changes by hand: saved views, actions on many members, merged records.
///
/// They refer to people, so the migrations of Identity come before those of Membership.
enum EditingMigrations {
    static let all: [Migration] = [
        // `person_id` is NULL for what the program's operator made at the command line.
        Migration(
            "membership-3-editing",
            """
            ALTER TABLE member ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
            CREATE TABLE saved_view (
                id TEXT PRIMARY KEY, person_id TEXT REFERENCES person (id), name TEXT NOT NULL,
                is_shared INTEGER NOT NULL, query TEXT NOT NULL, columns TEXT NOT NULL, made_at TEXT NOT NULL,
                changed_at TEXT NOT NULL
            ) STRICT;
            CREATE INDEX saved_view_by_person ON saved_view (person_id);
            CREATE TABLE bulk_action (
                id TEXT PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('tag', 'untag', 'mail', 'export')),
                detail TEXT NOT NULL, selection TEXT NOT NULL, made_at TEXT NOT NULL, made_by TEXT NOT NULL,
                undone_at TEXT, undone_by TEXT
            ) STRICT;
            CREATE INDEX bulk_action_by_time ON bulk_action (made_at);
            CREATE TABLE bulk_action_member (
                action_id TEXT NOT NULL REFERENCES bulk_action (id), member_id TEXT NOT NULL REFERENCES member (id),
                PRIMARY KEY (action_id, member_id)
            ) STRICT;
            CREATE INDEX bulk_action_member_by_member ON bulk_action_member (member_id);
            CREATE TABLE member_merge (
                merged_id TEXT PRIMARY KEY, merged_key TEXT NOT NULL UNIQUE, merged_name TEXT NOT NULL,
                kept_id TEXT NOT NULL REFERENCES member (id), grounds TEXT NOT NULL, merged_at TEXT NOT NULL,
                merged_by TEXT NOT NULL
            ) STRICT;
            CREATE INDEX member_merge_by_kept ON member_merge (kept_id);
            """
        ),
        // The columns of a member's own row that were changed by hand: an import leaves them alone.
        Migration(
            "membership-3-entered-columns",
            "ALTER TABLE member ADD COLUMN entered TEXT NOT NULL DEFAULT '';"
        ),
    ]
}
