import Database

/// The tables of relief from dues. They come after invoices and accounts, to which they refer.
enum ReliefMigrations {
    // `made_by` is the representative who made it in the member's room, `signed_by` whoever signed a letter. What ends
    // relief early is a request like the others, whose years are those for which it does not hold any more. `relief_entry`
    // are the lines of accounts that relief made; an instalment's part of an invoice counts from one day to another, so
    // that what was past due on any day can be told. `relief_minor` is what an invoice was lowered by when it was issued.
    static let all: [Migration] = [
        Migration(
            "dues-relief-1",
            """
            CREATE TABLE relief_request (
                id TEXT PRIMARY KEY, year INTEGER NOT NULL, number INTEGER NOT NULL,
                kind TEXT NOT NULL CHECK (kind IN ('remission', 'reduction', 'commutation', 'payment-plan',
                    'relief-ending')),
                state TEXT NOT NULL CHECK (state IN ('received', 'put', 'adopted', 'rejected', 'taken-back')),
                member_id TEXT NOT NULL REFERENCES member (id), from_year INTEGER NOT NULL, to_year INTEGER NOT NULL,
                percent INTEGER CHECK (percent > 0 AND percent < 100), currency TEXT,
                amount_minor INTEGER CHECK (amount_minor > 0), ends TEXT REFERENCES relief_request (id),
                letter_day TEXT NOT NULL, words TEXT NOT NULL, made_by TEXT REFERENCES person (id), signed_by TEXT,
                recorded_by TEXT NOT NULL, recorded_at TEXT NOT NULL, body TEXT NOT NULL, put_at TEXT, settled_at TEXT,
                settled_by TEXT, decided_on TEXT, decision TEXT REFERENCES decision (key), minutes TEXT, reason TEXT,
                UNIQUE (year, number), CHECK (from_year <= to_year), CHECK ((made_by IS NULL) <> (signed_by IS NULL)),
                CHECK ((currency IS NULL) = (amount_minor IS NULL)),
                CHECK ((kind = 'relief-ending') = (ends IS NOT NULL)),
                CHECK ((state IN ('received', 'put')) = (settled_at IS NULL)),
                CHECK ((state IN ('adopted', 'rejected')) = (decided_on IS NOT NULL))
            ) STRICT;
            CREATE INDEX relief_request_by_member ON relief_request (member_id, recorded_at);
            CREATE INDEX relief_request_by_state ON relief_request (state, recorded_at);
            CREATE INDEX relief_request_by_person ON relief_request (made_by);
            CREATE INDEX relief_request_by_ended ON relief_request (ends);
            CREATE TABLE relief_instalment (
                relief_id TEXT NOT NULL REFERENCES relief_request (id), position INTEGER NOT NULL, due_on TEXT NOT NULL,
                currency TEXT NOT NULL, amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
                PRIMARY KEY (relief_id, position)
            ) STRICT;
            CREATE TABLE relief_entry (
                entry_id TEXT PRIMARY KEY REFERENCES account_entry (id),
                relief_id TEXT NOT NULL REFERENCES relief_request (id), invoice_id TEXT NOT NULL REFERENCES invoice (id)
            ) STRICT;
            CREATE INDEX relief_entry_by_relief ON relief_entry (relief_id, entry_id);
            CREATE TABLE invoice_instalment (
                invoice_id TEXT NOT NULL REFERENCES invoice (id), relief_id TEXT NOT NULL REFERENCES relief_request (id),
                due_on TEXT NOT NULL, amount_minor INTEGER NOT NULL CHECK (amount_minor > 0), since_on TEXT NOT NULL,
                until_on TEXT, PRIMARY KEY (invoice_id, relief_id, due_on)
            ) STRICT;
            CREATE INDEX invoice_instalment_by_relief ON invoice_instalment (relief_id);
            ALTER TABLE invoice ADD COLUMN relief_minor INTEGER NOT NULL DEFAULT 0 CHECK (relief_minor >= 0);
            """
        )
    ]
}
