import Database

/// The tables of banks' statements, payments and rates of exchange. They come after invoices, to which they refer.
enum PaymentMigrations {
    static let all: [Migration] = [statements, payments]

    // `line_key` tells a booking from every other of its account, in whichever statement it comes; where a statement is
    // undone, its lines give theirs up. `suggestions` is text of `MatchSuggestion`. `by_hand` marks a line on which a
    // person decided, so that it is never booked by itself again.
    private static let statements = Migration(
        "dues-payments-1-statements",
        """
        CREATE TABLE statement_mapping (
            name TEXT PRIMARY KEY, mapping TEXT NOT NULL, saved_by TEXT NOT NULL, saved_at TEXT NOT NULL
        ) STRICT;
        CREATE TABLE bank_statement (
            id TEXT PRIMARY KEY, file TEXT NOT NULL, sha256 TEXT NOT NULL, format TEXT NOT NULL, name TEXT,
            account TEXT NOT NULL, currency TEXT NOT NULL, date_from TEXT NOT NULL, date_to TEXT NOT NULL,
            opening_minor INTEGER, closing_minor INTEGER, line_count INTEGER NOT NULL,
            invented INTEGER NOT NULL CHECK (invented IN (0, 1)), imported_by TEXT NOT NULL, imported_at TEXT NOT NULL,
            undone_by TEXT, undone_at TEXT, reason TEXT, CHECK (date_from <= date_to)
        ) STRICT;
        CREATE INDEX bank_statement_by_time ON bank_statement (imported_at, id);
        CREATE TABLE bank_line (
            id TEXT PRIMARY KEY, statement_id TEXT NOT NULL REFERENCES bank_statement (id), account TEXT NOT NULL,
            line_key TEXT NOT NULL, number INTEGER NOT NULL, booked_on TEXT NOT NULL, value_on TEXT,
            currency TEXT NOT NULL, amount_minor INTEGER NOT NULL CHECK (amount_minor <> 0), payer TEXT, iban TEXT,
            text TEXT NOT NULL, reference_list TEXT NOT NULL, bank_id TEXT, instructed_currency TEXT,
            instructed_minor INTEGER, charge_minor INTEGER, reversal INTEGER NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('open', 'outgoing', 'matched', 'ignored', 'undone')),
            suggestions TEXT NOT NULL DEFAULT '', by_hand INTEGER NOT NULL DEFAULT 0, settled_by TEXT, settled_at TEXT,
            reason TEXT, UNIQUE (account, line_key)
        ) STRICT;
        CREATE INDEX bank_line_by_statement ON bank_line (statement_id, number);
        CREATE INDEX bank_line_by_state ON bank_line (state, booked_on, id);
        """
    )

    // What came in, what was paid back, and what was used of a member's credit: one row each, with its shares. The
    // entries that a row made in the accounts bear its id. A share in another currency than its invoice's keeps the
    // rate.
    private static let payments = Migration(
        "dues-payments-2-payments",
        """
        CREATE TABLE payment (
            id TEXT PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('payment', 'refund', 'credit')),
            received_on TEXT NOT NULL, currency TEXT NOT NULL, amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
            payer TEXT, text TEXT, method TEXT NOT NULL, line_id TEXT REFERENCES bank_line (id),
            suggestion TEXT, invented INTEGER NOT NULL CHECK (invented IN (0, 1)), entered_by TEXT NOT NULL,
            entered_at TEXT NOT NULL, undone_by TEXT, undone_at TEXT, reason TEXT
        ) STRICT;
        CREATE UNIQUE INDEX payment_by_line ON payment (line_id) WHERE undone_at IS NULL;
        CREATE INDEX payment_by_day ON payment (received_on, id);
        CREATE TABLE payment_share (
            payment_id TEXT NOT NULL REFERENCES payment (id), position INTEGER NOT NULL,
            member_id TEXT NOT NULL REFERENCES member (id), invoice_id TEXT REFERENCES invoice (id),
            paid_minor INTEGER NOT NULL CHECK (paid_minor > 0), settled_currency TEXT NOT NULL,
            settled_minor INTEGER NOT NULL, charge_minor INTEGER NOT NULL DEFAULT 0 CHECK (charge_minor >= 0),
            difference_minor INTEGER NOT NULL DEFAULT 0, rate TEXT, rate_day TEXT, rate_source TEXT,
            PRIMARY KEY (payment_id, position), CHECK ((rate IS NULL) = (rate_day IS NULL))
        ) STRICT;
        CREATE INDEX payment_share_by_member ON payment_share (member_id, payment_id);
        CREATE INDEX payment_share_by_invoice ON payment_share (invoice_id);
        CREATE TABLE exchange_rate (
            from_currency TEXT NOT NULL, to_currency TEXT NOT NULL, day TEXT NOT NULL, rate TEXT NOT NULL,
            source TEXT NOT NULL, set_by TEXT NOT NULL, set_at TEXT NOT NULL,
            PRIMARY KEY (from_currency, to_currency, day), CHECK (from_currency <> to_currency)
        ) STRICT;
        """
    )
}
