import Database

/// The table of what members did beside events.
enum PointsMigration {
    // `earliest` and `latest` bound the day on which it was done. One that was withdrawn stays; the same may then be
    // recorded again. The index of participations holds all that a ranking counts: with it SQLite ranks 100,000 members
    // by 1,000,000 participations in a third of the time, since it need not look up each row.
    static let activities = Migration(
        "standing-3-activity",
        """
        CREATE TABLE activity (
            id TEXT PRIMARY KEY, member_id TEXT NOT NULL REFERENCES member (id), kind TEXT NOT NULL,
            earliest TEXT NOT NULL, latest TEXT NOT NULL, words TEXT NOT NULL,
            source TEXT NOT NULL REFERENCES source (code), locator TEXT, invented INTEGER NOT NULL,
            grounds TEXT NOT NULL, added_by TEXT NOT NULL, added_at TEXT NOT NULL, withdrawn_at TEXT, withdrawn_by TEXT,
            withdrawn_grounds TEXT, CHECK (earliest <= latest),
            CHECK ((withdrawn_at IS NULL) = (withdrawn_grounds IS NULL))
        ) STRICT;
        CREATE UNIQUE INDEX activity_live ON activity (member_id, kind, earliest, latest, words)
            WHERE withdrawn_at IS NULL;
        CREATE INDEX activity_by_member ON activity (member_id, latest);
        CREATE INDEX activity_by_day ON activity (latest);
        DROP INDEX participation_by_member;
        CREATE INDEX participation_by_member ON participation (member_id, event, capacity, removed_at, origin);
        """
    )
}
