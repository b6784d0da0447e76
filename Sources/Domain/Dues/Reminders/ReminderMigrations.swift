import Database

/// The tables of reminders and of invoices that members dispute. They come after invoices.
enum ReminderMigrations {
    // A reminder is noted in the transaction that writes its letter; one that came due while nobody looked, and was
    // overtaken by a later one, is noted without a letter. An invoice is disputed once at a time.
    static let all: [Migration] = [
        Migration(
            "dues-reminders-1",
            """
            CREATE TABLE dues_reminder (
                invoice_id TEXT NOT NULL REFERENCES invoice (id), due_on TEXT NOT NULL, step INTEGER NOT NULL,
                sent INTEGER NOT NULL CHECK (sent IN (0, 1)), noted_at TEXT NOT NULL,
                PRIMARY KEY (invoice_id, due_on, step)
            ) STRICT;
            CREATE TABLE invoice_dispute (
                id TEXT PRIMARY KEY, invoice_id TEXT NOT NULL REFERENCES invoice (id), words TEXT NOT NULL,
                raised_by TEXT NOT NULL, raised_at TEXT NOT NULL, outcome TEXT, ended_by TEXT, ended_at TEXT,
                CHECK ((outcome IS NULL) = (ended_at IS NULL))
            ) STRICT;
            CREATE UNIQUE INDEX invoice_dispute_open ON invoice_dispute (invoice_id) WHERE ended_at IS NULL;
            CREATE INDEX invoice_dispute_by_invoice ON invoice_dispute (invoice_id, raised_at);
            """
        )
    ]
}
