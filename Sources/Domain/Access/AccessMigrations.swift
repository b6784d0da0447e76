public import Database

/// The tables of roles, invitations and what people have asked for. Published migrations are never edited; a change is a
/// new one.
public enum AccessMigrations {
    public static let all: [Migration] = [roles, people, declinedErasure, keptAnswers]

    private static let roles = Migration(
        "access-1-roles",
        """
        CREATE TABLE role_grant (
            id TEXT PRIMARY KEY, person_id TEXT NOT NULL REFERENCES person (id), role TEXT NOT NULL,
            place_kind TEXT NOT NULL CHECK (place_kind IN ('association', 'body', 'member')), place_id TEXT NOT NULL,
            starts_on TEXT NOT NULL, ends_on TEXT, given_by TEXT REFERENCES person (id), given_at TEXT NOT NULL,
            grounds TEXT, ended_by TEXT REFERENCES person (id), ended_at TEXT
        ) STRICT;
        CREATE INDEX role_grant_by_person ON role_grant (person_id, starts_on);
        CREATE INDEX role_grant_by_place ON role_grant (place_kind, place_id, starts_on);
        """
    )

    // `sign_in_request` is what makes an unknown address look like a known one: it is written for both, and answered
    // afterwards.
    private static let people = Migration(
        "access-2-people",
        """
        CREATE TABLE invitation (
            id TEXT PRIMARY KEY, person_id TEXT NOT NULL REFERENCES person (id),
            grant_id TEXT NOT NULL REFERENCES role_grant (id), invited_by TEXT REFERENCES person (id),
            made_at TEXT NOT NULL, sent_at TEXT NOT NULL, accepted_at TEXT, revoked_at TEXT
        ) STRICT;
        CREATE INDEX invitation_by_person ON invitation (person_id);
        CREATE INDEX invitation_by_grant ON invitation (grant_id);
        CREATE TABLE sign_in_request (
            id TEXT PRIMARY KEY, email TEXT NOT NULL, asked_at TEXT NOT NULL
        ) STRICT;
        CREATE TABLE address_change (
            person_id TEXT PRIMARY KEY REFERENCES person (id), id TEXT NOT NULL UNIQUE, email TEXT NOT NULL,
            asked_at TEXT NOT NULL, left_at TEXT, taken_at TEXT
        ) STRICT;
        CREATE TABLE erasure_request (
            person_id TEXT PRIMARY KEY REFERENCES person (id), asked_at TEXT NOT NULL
        ) STRICT;
        """
    )

    // A request that was declined stays, with the reason that the person was given.
    private static let declinedErasure = Migration(
        "access-3-declined-erasure",
        """
        ALTER TABLE erasure_request ADD COLUMN declined_at TEXT;
        ALTER TABLE erasure_request ADD COLUMN reason TEXT;
        """
    )

    // Answers to requests of programs that gave a key, kept for a day.
    private static let keptAnswers = Migration(
        "access-4-kept-answers",
        """
        CREATE TABLE kept_answer (
            caller TEXT NOT NULL, request_key TEXT NOT NULL, fingerprint TEXT NOT NULL, status INTEGER NOT NULL,
            body BLOB NOT NULL, entity_tag TEXT, location TEXT, made_at TEXT NOT NULL, PRIMARY KEY (caller, request_key)
        ) STRICT;
        CREATE INDEX kept_answer_by_time ON kept_answer (made_at);
        """
    )
}
