public import Database

/// The tables of scheduled work. Published migrations are never edited; a change is a new one.
public enum JobsMigrations {
    public static let all: [Migration] = [schedule]

    // A job's row is its lease as well: while `holder` is there, that process works on the run `run_id`.
    private static let schedule = Migration(
        "jobs-1-schedule",
        """
        CREATE TABLE job (
            name TEXT PRIMARY KEY, title TEXT NOT NULL, every_seconds INTEGER NOT NULL CHECK (every_seconds > 0),
            next_at TEXT NOT NULL, requested_at TEXT, holder TEXT, lease_until TEXT, run_id TEXT, seen_at TEXT NOT NULL,
            CHECK ((holder IS NULL) = (lease_until IS NULL) AND (holder IS NULL) = (run_id IS NULL))
        ) STRICT;
        CREATE TABLE job_run (
            id TEXT PRIMARY KEY, job TEXT NOT NULL REFERENCES job (name), holder TEXT NOT NULL, began_at TEXT NOT NULL,
            ended_at TEXT, outcome TEXT NOT NULL CHECK (outcome IN ('running', 'done', 'failed', 'broken off')),
            words TEXT NOT NULL DEFAULT ''
        ) STRICT;
        CREATE INDEX job_run_by_job ON job_run (job, began_at);
        """
    )
}
