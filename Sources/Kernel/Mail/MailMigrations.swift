public import Database

/// The tables of outgoing mail. Published migrations are never edited; a change is a new one.
public enum MailMigrations {
    public static let all: [Migration] = [outbox]

    // `attempts` counts since the mail was queued or last asked for again: the back-off goes by it. `mail_attempt` keeps all.
    private static let outbox = Migration(
        "mail-1-outbox",
        """
        CREATE TABLE mail (
            id TEXT PRIMARY KEY, cause TEXT NOT NULL UNIQUE, recipient TEXT NOT NULL, recipient_name TEXT,
            person_id TEXT, member_id TEXT, is_confidential INTEGER NOT NULL CHECK (is_confidential IN (0, 1)),
            subject TEXT NOT NULL, body_text TEXT, body_html TEXT, search TEXT NOT NULL,
            state TEXT NOT NULL CHECK
                (state IN ('waiting', 'sending', 'sent', 'failed', 'bounced', 'stopped', 'uncertain')),
            queued_at TEXT NOT NULL, due_at TEXT NOT NULL, settled_at TEXT, attempts INTEGER NOT NULL DEFAULT 0,
            holder TEXT, lease_until TEXT, problem TEXT,
            CHECK ((state = 'sending') = (lease_until IS NOT NULL))
        ) STRICT;
        CREATE INDEX mail_by_due ON mail (state, due_at);
        CREATE INDEX mail_by_time ON mail (queued_at, id);
        CREATE INDEX mail_by_person ON mail (person_id);
        CREATE INDEX mail_by_member ON mail (member_id);
        CREATE TABLE mail_attempt (
            mail_id TEXT NOT NULL REFERENCES mail (id), number INTEGER NOT NULL, began_at TEXT NOT NULL,
            ended_at TEXT, outcome TEXT, words TEXT NOT NULL DEFAULT '', PRIMARY KEY (mail_id, number)
        ) STRICT;
        """
    )
}
