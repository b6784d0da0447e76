import Database

/// The entries of members' accounts. They come after invoices and payments, to which they refer.
enum AccountMigrations {
    // What raises what a member owes is above zero, what lowers it below. No row is ever changed or deleted: one that was
    // wrong is undone by another, which the schema holds to be one.
    static let all: [Migration] = [
        Migration(
            "dues-account-1",
            """
            CREATE TABLE account_entry (
                id TEXT PRIMARY KEY, member_id TEXT NOT NULL REFERENCES member (id), day TEXT NOT NULL,
                recorded_at TEXT NOT NULL,
                kind TEXT NOT NULL CHECK (kind IN ('invoice', 'payment', 'bank-charge', 'refund', 'credit', 'remission',
                    'exchange-difference', 'reversal')),
                invoice_id TEXT REFERENCES invoice (id), payment_id TEXT REFERENCES payment (id),
                credit_note_id TEXT REFERENCES credit_note (id), currency TEXT NOT NULL,
                amount_minor INTEGER NOT NULL CHECK (amount_minor <> 0), words TEXT NOT NULL, rule TEXT,
                invented INTEGER NOT NULL CHECK (invented IN (0, 1)),
                reverses TEXT UNIQUE REFERENCES account_entry (id),
                CHECK ((kind = 'reversal') = (reverses IS NOT NULL))
            ) STRICT;
            CREATE INDEX account_entry_by_member ON account_entry (member_id, day, id);
            CREATE INDEX account_entry_by_invoice ON account_entry (invoice_id, day);
            CREATE INDEX account_entry_by_payment ON account_entry (payment_id);
            CREATE INDEX account_entry_by_day ON account_entry (day);
            """
        )
    ]
}
