import Database

/// The tables of what a member keeps itself, and of what it proposes.
enum PortalMigrations {
    static let all: [Migration] = [
        // `proposed_by` and `decided_by` are NULL for the program's operator at the command line. `seen_…` is what the
        // records said when the proposal was made, so that it can be told when they changed meanwhile.
        Migration(
            "membership-5-portal",
            """
            CREATE TABLE profile_text (
                member_id TEXT NOT NULL REFERENCES member (id), language TEXT NOT NULL, text TEXT NOT NULL,
                PRIMARY KEY (member_id, language)
            ) STRICT;
            CREATE TABLE profile_contact (
                id TEXT PRIMARY KEY, member_id TEXT NOT NULL REFERENCES member (id), position INTEGER NOT NULL,
                kind TEXT NOT NULL CHECK (kind IN ('email', 'phone', 'address', 'web', 'social')), label TEXT NOT NULL,
                value TEXT NOT NULL, is_public INTEGER NOT NULL
            ) STRICT;
            CREATE INDEX profile_contact_by_member ON profile_contact (member_id, position);
            CREATE TABLE profile_picture (
                id TEXT PRIMARY KEY, member_id TEXT NOT NULL REFERENCES member (id),
                kind TEXT NOT NULL CHECK (kind IN ('logo', 'photo')), position INTEGER NOT NULL, hash TEXT NOT NULL,
                type TEXT NOT NULL CHECK (type IN ('jpeg', 'png')), width INTEGER NOT NULL, height INTEGER NOT NULL,
                alt TEXT NOT NULL, caption TEXT NOT NULL, added_at TEXT NOT NULL
            ) STRICT;
            CREATE INDEX profile_picture_by_member ON profile_picture (member_id, kind, position);
            CREATE INDEX profile_picture_by_hash ON profile_picture (hash);
            CREATE TABLE proposal (
                id TEXT PRIMARY KEY, member_id TEXT NOT NULL REFERENCES member (id), fact TEXT NOT NULL,
                value TEXT NOT NULL, detail TEXT NOT NULL, seen_value TEXT, seen_detail TEXT, effective_on TEXT NOT NULL,
                grounds TEXT NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('waiting', 'accepted', 'declined', 'withdrawn')),
                proposed_by TEXT REFERENCES person (id), proposed_at TEXT NOT NULL,
                decided_by TEXT REFERENCES person (id), decided_at TEXT, decided_effective_on TEXT, reason TEXT,
                replaced_by TEXT, CHECK ((state = 'waiting') = (decided_at IS NULL))
            ) STRICT;
            CREATE UNIQUE INDEX proposal_waiting ON proposal (member_id, fact) WHERE state = 'waiting';
            CREATE INDEX proposal_by_member ON proposal (member_id, proposed_at);
            CREATE INDEX proposal_by_state ON proposal (state, proposed_at);
            """
        )
    ]
}
