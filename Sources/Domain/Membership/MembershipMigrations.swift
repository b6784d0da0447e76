public import Database

/// The membership's tables. Published migrations are never edited; a change is a new one.
public enum MembershipMigrations {
    public static let all: [Migration] =
        [records, projections] + EditingMigrations.all + PortalMigrations.all + UploadMigrations.all + [activity]

    // `earliest` and `latest` bound the day on which something took effect: equal where the day is known.
    // `origin` says how a row came: by import of a file, by entry, or as an invented sample.
    private static let records = Migration(
        "membership-1-records",
        """
        CREATE TABLE source (
            code TEXT PRIMARY KEY, title TEXT NOT NULL, published TEXT, licence TEXT, note TEXT, origin TEXT NOT NULL
        ) STRICT;
        CREATE TABLE decision (
            key TEXT PRIMARY KEY, date_earliest TEXT NOT NULL, date_latest TEXT NOT NULL, body TEXT NOT NULL,
            title TEXT NOT NULL, source TEXT NOT NULL REFERENCES source (code), locator TEXT, note TEXT,
            origin TEXT NOT NULL, CHECK (date_earliest <= date_latest)
        ) STRICT;
        CREATE TABLE event (
            key TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, date_from TEXT NOT NULL,
            date_to TEXT NOT NULL, place TEXT, source TEXT NOT NULL REFERENCES source (code), locator TEXT,
            origin TEXT NOT NULL, CHECK (date_from <= date_to)
        ) STRICT;
        CREATE TABLE member (
            id TEXT PRIMARY KEY, key TEXT NOT NULL UNIQUE, category TEXT NOT NULL, country TEXT, region TEXT,
            name TEXT NOT NULL, area_km2 REAL, website TEXT, latitude REAL, longitude REAL, coordinates_source TEXT,
            tags TEXT NOT NULL DEFAULT '', description TEXT, source TEXT NOT NULL REFERENCES source (code),
            locator TEXT, note TEXT, origin TEXT NOT NULL,
            CHECK (latitude BETWEEN -90 AND 90), CHECK (longitude BETWEEN -180 AND 180)
        ) STRICT;
        CREATE TABLE member_name (
            member_id TEXT NOT NULL REFERENCES member (id), name TEXT NOT NULL, language TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('name', 'alias', 'printed')), valid_from TEXT NOT NULL, valid_to TEXT,
            source TEXT NOT NULL REFERENCES source (code), locator TEXT NOT NULL, note TEXT, origin TEXT NOT NULL,
            PRIMARY KEY (member_id, name, language, kind, source, locator, valid_from)
        ) STRICT;
        CREATE TABLE member_status (
            member_id TEXT NOT NULL REFERENCES member (id), status TEXT NOT NULL, earliest TEXT NOT NULL,
            latest TEXT NOT NULL, grounds TEXT, decision TEXT REFERENCES decision (key),
            source TEXT NOT NULL REFERENCES source (code), locator TEXT, note TEXT, origin TEXT NOT NULL,
            PRIMARY KEY (member_id, status, latest), CHECK (earliest <= latest)
        ) STRICT;
        CREATE INDEX member_status_by_latest ON member_status (latest, member_id);
        CREATE TABLE member_figure (
            member_id TEXT NOT NULL REFERENCES member (id),
            kind TEXT NOT NULL CHECK (kind IN ('population', 'area', 'employees')), value REAL NOT NULL CHECK (value >= 0),
            unit TEXT NOT NULL, year_earliest INTEGER, year_latest INTEGER NOT NULL,
            source TEXT NOT NULL REFERENCES source (code), locator TEXT NOT NULL, note TEXT, origin TEXT NOT NULL,
            PRIMARY KEY (member_id, kind, source, locator)
        ) STRICT;
        CREATE TABLE member_person (
            member_id TEXT NOT NULL REFERENCES member (id), person TEXT NOT NULL, position TEXT NOT NULL,
            role TEXT NOT NULL CHECK (role IN ('head-of-government', 'representative')), shown_on TEXT NOT NULL,
            source TEXT NOT NULL REFERENCES source (code), locator TEXT, note TEXT, origin TEXT NOT NULL,
            PRIMARY KEY (member_id, person, role, shown_on)
        ) STRICT;
        CREATE TABLE member_office (
            member_id TEXT NOT NULL REFERENCES member (id), office TEXT NOT NULL, detail TEXT NOT NULL DEFAULT '',
            valid_from TEXT NOT NULL, valid_to TEXT, decision TEXT REFERENCES decision (key),
            source TEXT NOT NULL REFERENCES source (code), locator TEXT, note TEXT, origin TEXT NOT NULL,
            PRIMARY KEY (member_id, office, detail, valid_from)
        ) STRICT;
        CREATE TABLE participation (
            event TEXT NOT NULL REFERENCES event (key), member_id TEXT NOT NULL REFERENCES member (id),
            printed TEXT NOT NULL, position TEXT, capacity TEXT NOT NULL, mode TEXT NOT NULL,
            source TEXT NOT NULL REFERENCES source (code), locator TEXT, note TEXT, origin TEXT NOT NULL,
            PRIMARY KEY (event, member_id, capacity)
        ) STRICT;
        CREATE INDEX participation_by_member ON participation (member_id);
        CREATE TABLE roll_line (
            roll TEXT NOT NULL, position INTEGER NOT NULL, region_printed TEXT, country_printed TEXT,
            name_printed TEXT NOT NULL, member_id TEXT NOT NULL REFERENCES member (id), category TEXT NOT NULL,
            source TEXT NOT NULL REFERENCES source (code), locator TEXT, note TEXT, origin TEXT NOT NULL,
            PRIMARY KEY (roll, source, position)
        ) STRICT;
        CREATE INDEX roll_line_by_member ON roll_line (member_id);
        CREATE TABLE statement (
            key TEXT PRIMARY KEY, subject TEXT NOT NULL, as_of TEXT NOT NULL, as_of_latest TEXT NOT NULL, category TEXT,
            region TEXT, value REAL NOT NULL, unit TEXT, text TEXT, source TEXT NOT NULL REFERENCES source (code),
            locator TEXT, note TEXT, origin TEXT NOT NULL
        ) STRICT;
        CREATE TABLE explanation (
            statement TEXT NOT NULL REFERENCES statement (key), position INTEGER NOT NULL,
            member_id TEXT REFERENCES member (id), kind TEXT NOT NULL, explanation TEXT NOT NULL, origin TEXT NOT NULL,
            PRIMARY KEY (statement, position)
        ) STRICT;
        CREATE TABLE contradiction (
            position INTEGER PRIMARY KEY, member_id TEXT REFERENCES member (id), topic TEXT NOT NULL,
            reading_a TEXT NOT NULL, source_a TEXT NOT NULL REFERENCES source (code), locator_a TEXT,
            reading_b TEXT NOT NULL, source_b TEXT NOT NULL REFERENCES source (code), locator_b TEXT, note TEXT,
            origin TEXT NOT NULL
        ) STRICT;
        """
    )

    // Made from the records in the same transaction; `RollProjection` can make them anew at any time.
    private static let projections = Migration(
        "membership-2-projections",
        """
        CREATE TABLE name_word (
            word TEXT NOT NULL, reversed TEXT NOT NULL, member_id TEXT NOT NULL REFERENCES member (id),
            PRIMARY KEY (word, member_id)
        ) STRICT;
        CREATE INDEX name_word_reversed ON name_word (reversed);
        CREATE INDEX name_word_member ON name_word (member_id);
        CREATE TABLE projection (name TEXT PRIMARY KEY, made_from TEXT NOT NULL) STRICT;
        CREATE TABLE roll_span (
            member_id TEXT NOT NULL REFERENCES member (id), valid_from TEXT NOT NULL, valid_to TEXT NOT NULL,
            perhaps_from TEXT NOT NULL, doubtful_from TEXT NOT NULL, status TEXT NOT NULL, on_roll INTEGER NOT NULL, key TEXT NOT NULL,
            name TEXT NOT NULL, sort_name TEXT NOT NULL, other_names TEXT NOT NULL, category TEXT NOT NULL, country TEXT,
            region TEXT, tags TEXT NOT NULL, population INTEGER, population_year INTEGER, since TEXT, since_earliest TEXT,
            latitude REAL, longitude REAL, origin TEXT NOT NULL,
            PRIMARY KEY (member_id, valid_from)
        ) STRICT;
        CREATE INDEX roll_span_by_name ON roll_span (sort_name, key);
        CREATE INDEX roll_span_by_country ON roll_span (country, sort_name, key);
        CREATE INDEX roll_span_by_region ON roll_span (region, sort_name, key);
        CREATE INDEX roll_span_by_status ON roll_span (status, sort_name, key);
        CREATE INDEX roll_span_by_category ON roll_span (category, sort_name, key);
        CREATE INDEX roll_span_by_population ON roll_span (category, population);
        CREATE INDEX roll_span_by_latitude ON roll_span (latitude, longitude);
        CREATE INDEX roll_span_by_since ON roll_span (since, sort_name);
        """
    )

    // `circumstance` is what a source states about a member's conduct, apart from what the records show of it; `holds` is 0
    // where it states that something is not so, or not any more.
    // A participation that somebody removed stays with the day, so that an import does not bring it back;
    // `participants_whole_at` says since when the list of an event's participants counts as whole.
    private static let activity = Migration(
        "membership-7-activity",
        """
        CREATE TABLE circumstance (
            member_id TEXT NOT NULL REFERENCES member (id), circumstance TEXT NOT NULL, as_of TEXT NOT NULL,
            source TEXT NOT NULL REFERENCES source (code), years INTEGER CHECK (years >= 0),
            comparison TEXT NOT NULL CHECK (comparison IN ('', 'more-than', 'at-least')), locator TEXT, note TEXT,
            origin TEXT NOT NULL, holds INTEGER NOT NULL DEFAULT 1,
            PRIMARY KEY (member_id, circumstance, as_of, source)
        ) STRICT;
        ALTER TABLE participation ADD COLUMN removed_at TEXT;
        ALTER TABLE event ADD COLUMN participants_whole_at TEXT;
        """
    )
}
