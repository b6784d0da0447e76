public import Database

/// The tables of people and how they sign in. Published migrations are never edited; a change is a new one.
public enum IdentityMigrations {
    public static let all: [Migration] = [people, tokens]

    // Instants are `InstantText`. Secrets are kept as hashes only, but for the TOTP secret, which both sides must know.
    private static let people = Migration(
        "identity-1-people",
        """
        CREATE TABLE person (
            id TEXT PRIMARY KEY, name TEXT NOT NULL, email TEXT UNIQUE, language TEXT NOT NULL DEFAULT 'en',
            password TEXT, password_set_at TEXT, totp_secret BLOB, totp_confirmed_at TEXT, totp_last_step INTEGER,
            created_at TEXT NOT NULL, signed_in_at TEXT, closed_at TEXT, erased_at TEXT
        ) STRICT;
        CREATE TABLE recovery_code (
            person_id TEXT NOT NULL REFERENCES person (id), code_hash BLOB NOT NULL, used_at TEXT,
            PRIMARY KEY (person_id, code_hash)
        ) STRICT;
        CREATE TABLE external_identity (
            issuer TEXT NOT NULL, subject TEXT NOT NULL, person_id TEXT NOT NULL REFERENCES person (id),
            linked_at TEXT NOT NULL, PRIMARY KEY (issuer, subject)
        ) STRICT;
        CREATE INDEX external_identity_by_person ON external_identity (person_id);
        CREATE TABLE session (
            token_hash BLOB PRIMARY KEY, id TEXT NOT NULL UNIQUE, person_id TEXT NOT NULL REFERENCES person (id),
            began_at TEXT NOT NULL, seen_at TEXT NOT NULL, second_factor_at TEXT, address TEXT NOT NULL,
            agent TEXT NOT NULL, method TEXT NOT NULL
        ) STRICT;
        CREATE INDEX session_by_person ON session (person_id);
        CREATE TABLE one_time_link (
            token_hash BLOB PRIMARY KEY, purpose TEXT NOT NULL, person_id TEXT NOT NULL REFERENCES person (id),
            detail TEXT NOT NULL DEFAULT '', made_at TEXT NOT NULL, expires_at TEXT NOT NULL, used_at TEXT
        ) STRICT;
        CREATE INDEX one_time_link_by_person ON one_time_link (person_id);
        CREATE TABLE attempt (
            bucket TEXT PRIMARY KEY, began_at TEXT NOT NULL, count INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE openid_attempt (
            state_hash BLOB PRIMARY KEY, provider TEXT NOT NULL, nonce TEXT NOT NULL, verifier TEXT NOT NULL,
            browser_hash BLOB NOT NULL, return_to TEXT NOT NULL, began_at TEXT NOT NULL
        ) STRICT;
        """
    )

    // A token is a person's or a place's, never both.
    private static let tokens = Migration(
        "identity-2-tokens",
        """
        CREATE TABLE api_token (
            token_hash BLOB PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, person_id TEXT REFERENCES person (id),
            place_kind TEXT, place_id TEXT, scopes TEXT NOT NULL, second_factor INTEGER NOT NULL, made_by TEXT NOT NULL,
            made_at TEXT NOT NULL, expires_at TEXT NOT NULL, last_used_at TEXT, revoked_at TEXT,
            CHECK ((person_id IS NULL) <> (place_kind IS NULL)), CHECK ((place_kind IS NULL) = (place_id IS NULL))
        ) STRICT;
        CREATE INDEX api_token_by_person ON api_token (person_id);
        CREATE INDEX api_token_by_place ON api_token (place_kind, place_id);
        """
    )
}
