import Database

/// The tables of runs, invoices and credit notes.
enum InvoiceMigrations {
    // `dues_counter` holds the last number that was given in a series; a number is taken in the transaction that writes
    // what bears it, so that there is no gap. `issue` counts a member's invoices for one year: there is a second one only
    // where the first was credited to be written anew, or two records turned out to be one member. What stands on an
    // invoice stays as it was: the member's name, the language, the day of the charter's version.
    static let all: [Migration] = [
        Migration(
            "dues-invoices-1",
            """
            CREATE TABLE dues_counter (
                series TEXT NOT NULL CHECK (series IN ('invoice', 'credit-note', 'receipt', 'certificate')),
                year INTEGER NOT NULL, last INTEGER NOT NULL, PRIMARY KEY (series, year)
            ) STRICT;
            CREATE TABLE dues_run (
                id TEXT PRIMARY KEY, year INTEGER NOT NULL, issued_on TEXT NOT NULL, started_at TEXT NOT NULL,
                started_by TEXT NOT NULL, finished_at TEXT, problems TEXT NOT NULL DEFAULT '[]'
            ) STRICT;
            CREATE INDEX dues_run_by_time ON dues_run (started_at, id);
            CREATE TABLE invoice (
                id TEXT PRIMARY KEY, number TEXT NOT NULL UNIQUE, year INTEGER NOT NULL,
                member_id TEXT NOT NULL REFERENCES member (id), issue INTEGER NOT NULL,
                run_id TEXT NOT NULL REFERENCES dues_run (id), issued_on TEXT NOT NULL, due_on TEXT NOT NULL,
                currency TEXT NOT NULL, fee_minor INTEGER NOT NULL, amount_minor INTEGER NOT NULL,
                language TEXT NOT NULL, member_name TEXT NOT NULL, reference TEXT NOT NULL UNIQUE,
                explanation TEXT NOT NULL, rule TEXT NOT NULL, charter_day TEXT NOT NULL,
                invented INTEGER NOT NULL CHECK (invented IN (0, 1)), issued_at TEXT NOT NULL,
                UNIQUE (member_id, year, issue), CHECK (amount_minor >= 0 AND amount_minor <= fee_minor)
            ) STRICT;
            CREATE INDEX invoice_by_year ON invoice (year, number);
            CREATE INDEX invoice_by_run ON invoice (run_id);
            CREATE INDEX invoice_by_due ON invoice (due_on);
            CREATE TABLE credit_note (
                id TEXT PRIMARY KEY, number TEXT NOT NULL UNIQUE, invoice_id TEXT NOT NULL REFERENCES invoice (id),
                issued_on TEXT NOT NULL, currency TEXT NOT NULL, amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
                grounds TEXT NOT NULL, invoice_anew INTEGER NOT NULL CHECK (invoice_anew IN (0, 1)),
                issued_by TEXT NOT NULL, issued_at TEXT NOT NULL
            ) STRICT;
            CREATE INDEX credit_note_by_invoice ON credit_note (invoice_id);
            """
        )
    ]
}
