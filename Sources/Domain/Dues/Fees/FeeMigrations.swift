import Database

/// What is entered for fees. They come after those of Membership.
enum FeeMigrations {
    static let all: [Migration] = [inputs]

    // A figure is of one member or of a country. `as_of` is the first day of what `known_to` says: a day, a month or a
    // year. A correction is a new row to which the old one leads; a row that was withdrawn stays, with the reason.
    private static let inputs = Migration(
        "dues-fees-1",
        """
        CREATE TABLE fee_input (
            id TEXT PRIMARY KEY, member_id TEXT REFERENCES member (id), country TEXT, measure TEXT NOT NULL,
            value REAL CHECK (value >= 0), kind_key TEXT, as_of TEXT NOT NULL,
            known_to TEXT NOT NULL CHECK (known_to IN ('day', 'month', 'year')), source TEXT NOT NULL, locator TEXT,
            note TEXT, invented INTEGER NOT NULL DEFAULT 0, entered_by TEXT NOT NULL, entered_at TEXT NOT NULL,
            replaced_by TEXT REFERENCES fee_input (id), withdrawn_at TEXT, withdrawn_by TEXT, reason TEXT,
            CHECK ((member_id IS NULL) <> (country IS NULL)), CHECK ((value IS NULL) <> (kind_key IS NULL)),
            CHECK ((measure = 'kind') = (kind_key IS NOT NULL)),
            CHECK (replaced_by IS NULL OR withdrawn_at IS NULL),
            CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL)), CHECK ((withdrawn_at IS NULL) = (reason IS NULL))
        ) STRICT;
        CREATE INDEX fee_input_by_member ON fee_input (member_id, measure, as_of);
        CREATE INDEX fee_input_by_country ON fee_input (country, measure, as_of);
        CREATE INDEX fee_input_by_time ON fee_input (entered_at);
        """
    )
}
