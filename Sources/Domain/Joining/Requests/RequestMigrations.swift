import Database

/// The table of members' requests. It comes after those of Membership, Decisions and Files.
enum RequestMigrations {
    // One request of a kind is live for a member at a time. `made_by` is the representative who made it in the member's
    // room, `signed_by` whoever signed a letter. `status` and `status_day` are the step that held when it was made.
    static let all: [Migration] = [
        Migration(
            "joining-requests-1",
            """
            CREATE TABLE membership_request (
                id TEXT PRIMARY KEY, year INTEGER NOT NULL, number INTEGER NOT NULL,
                kind TEXT NOT NULL CHECK (kind IN ('withdrawal', 'appeal', 'reinstatement')),
                state TEXT NOT NULL CHECK (state IN ('received', 'put', 'adopted', 'rejected', 'taken-back')),
                member_id TEXT NOT NULL REFERENCES member (id), letter_day TEXT NOT NULL, words TEXT NOT NULL,
                made_by TEXT REFERENCES person (id), signed_by TEXT, recorded_by TEXT NOT NULL,
                recorded_at TEXT NOT NULL, status TEXT NOT NULL, status_day TEXT NOT NULL, leads_to TEXT NOT NULL,
                rule TEXT NOT NULL, body TEXT NOT NULL, put_at TEXT, settled_at TEXT, settled_by TEXT,
                decided_on TEXT, decision TEXT REFERENCES decision (key), minutes TEXT, reason TEXT,
                UNIQUE (year, number), CHECK ((made_by IS NULL) <> (signed_by IS NULL)),
                CHECK ((state IN ('received', 'put')) = (settled_at IS NULL)),
                CHECK ((state IN ('adopted', 'rejected')) = (decided_on IS NOT NULL))
            ) STRICT;
            CREATE UNIQUE INDEX membership_request_live ON membership_request (member_id, kind)
                WHERE state IN ('received', 'put');
            CREATE INDEX membership_request_by_member ON membership_request (member_id, recorded_at);
            CREATE INDEX membership_request_by_state ON membership_request (state, recorded_at);
            CREATE INDEX membership_request_by_person ON membership_request (made_by);
            """
        )
    ]
}
