import Database

/// The tables of applications. They come after those of Membership and Files; documents are uses of files, whose owner
/// is the application.
enum ApplicationMigrations {
    // `looked_at` holds ids of members, parted by spaces: somebody looked at them, and the applicant is another one.
    // They are no references, since one may be merged away. `words` of a step by the program is a stored phrase.
    static let all: [Migration] = [
        Migration(
            "joining-applications-1",
            """
            CREATE TABLE application (
                id TEXT PRIMARY KEY, year INTEGER NOT NULL, number INTEGER NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'asked', 'recommended', 'put', 'admitted',
                    'declined', 'closed', 'withdrawn')),
                category TEXT NOT NULL, email TEXT NOT NULL, language TEXT NOT NULL, started_at TEXT NOT NULL,
                changed_at TEXT NOT NULL, submitted_at TEXT, received_on TEXT, ended_at TEXT,
                member_id TEXT REFERENCES member (id), looked_at TEXT NOT NULL DEFAULT '', emptied_at TEXT,
                UNIQUE (year, number),
                CHECK ((state IN ('admitted', 'declined', 'closed', 'withdrawn')) = (ended_at IS NOT NULL)),
                CHECK (state <> 'draft' OR submitted_at IS NULL),
                CHECK (state NOT IN ('submitted', 'asked', 'recommended', 'put', 'admitted', 'declined')
                    OR submitted_at IS NOT NULL),
                CHECK (state <> 'admitted' OR member_id IS NOT NULL)
            ) STRICT;
            CREATE INDEX application_by_state ON application (state, started_at);
            CREATE INDEX application_by_email ON application (email);
            CREATE INDEX application_by_member ON application (member_id);
            CREATE TABLE application_field (
                application_id TEXT NOT NULL REFERENCES application (id), field TEXT NOT NULL, value TEXT NOT NULL,
                PRIMARY KEY (application_id, field)
            ) STRICT;
            CREATE TABLE application_step (
                id TEXT PRIMARY KEY, application_id TEXT NOT NULL REFERENCES application (id), number INTEGER NOT NULL,
                at TEXT NOT NULL, kind TEXT NOT NULL,
                side TEXT NOT NULL CHECK (side IN ('applicant', 'secretariat', 'program')),
                person_id TEXT REFERENCES person (id), author_name TEXT NOT NULL, words TEXT NOT NULL,
                missing TEXT NOT NULL, is_for INTEGER, day TEXT, UNIQUE (application_id, number)
            ) STRICT;
            CREATE INDEX application_step_by_person ON application_step (person_id);
            CREATE TABLE application_link (
                token_hash BLOB PRIMARY KEY, application_id TEXT NOT NULL REFERENCES application (id),
                made_at TEXT NOT NULL, expires_at TEXT NOT NULL
            ) STRICT;
            CREATE INDEX application_link_by_application ON application_link (application_id);
            """
        ),
        // Whose account the contact's is. By the address alone it is known only as long as the address is theirs.
        Migration(
            "joining-applications-2-contact",
            """
            ALTER TABLE application ADD COLUMN contact_id TEXT REFERENCES person (id);
            CREATE INDEX application_by_contact ON application (contact_id);
            """
        ),
    ]
}
