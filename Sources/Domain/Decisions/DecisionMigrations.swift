public import Database

/// The tables of what bodies are asked and how they answer. Published migrations are never edited; a change is a new one.
public enum DecisionMigrations {
    public static let all: [Migration] = [circulars, phrases]

    // `member_id` is no reference: the electorate stands as it was when it was asked, and a member that was merged since
    // is found through `member_merge`. `revision` counts the changes of a circular; an answer keeps the number of its
    // own, so that answers have an order whatever the clock says. `terms` is the charter's rule as it stood at opening.
    private static let circulars = Migration(
        "decisions-1-circulars",
        """
        CREATE TABLE circular (
            id TEXT PRIMARY KEY, year INTEGER NOT NULL, number INTEGER NOT NULL, body TEXT NOT NULL, matter TEXT NOT NULL,
            title TEXT NOT NULL, introduction TEXT NOT NULL,
            way TEXT NOT NULL CHECK (way IN ('circulation', 'meeting')),
            state TEXT NOT NULL CHECK (state IN ('open', 'closed', 'withdrawn')), revision INTEGER NOT NULL,
            opened_by TEXT REFERENCES person (id), opened_at TEXT NOT NULL, closes_at TEXT, terms TEXT,
            closed_at TEXT, withdrawn_by TEXT REFERENCES person (id), reason TEXT,
            UNIQUE (year, number), CHECK ((state = 'open') = (closed_at IS NULL)),
            CHECK ((way = 'circulation') = (closes_at IS NOT NULL)), CHECK ((closes_at IS NULL) = (terms IS NULL)),
            CHECK ((state = 'withdrawn') = (reason IS NOT NULL))
        ) STRICT;
        CREATE INDEX circular_by_state ON circular (state, closes_at);
        CREATE TABLE circular_item (
            id TEXT PRIMARY KEY, circular_id TEXT NOT NULL REFERENCES circular (id), position INTEGER NOT NULL,
            subject_kind TEXT, subject_id TEXT, words TEXT NOT NULL, evidence TEXT NOT NULL, rule TEXT,
            outcome TEXT CHECK (outcome IN ('adopted', 'rejected', 'no-quorum', 'referred')), minutes TEXT,
            meeting_outcome TEXT CHECK (meeting_outcome IN ('adopted', 'rejected')), meeting_day TEXT,
            meeting_reference TEXT, meeting_minutes TEXT, meeting_recorded_by TEXT REFERENCES person (id),
            meeting_recorded_at TEXT, followed_by TEXT REFERENCES circular (id),
            decided_on TEXT,
            decision TEXT REFERENCES decision (key), problem TEXT, settled_at TEXT,
            UNIQUE (circular_id, position), CHECK ((subject_kind IS NULL) = (subject_id IS NULL)),
            CHECK ((meeting_outcome IS NULL) = (meeting_day IS NULL))
        ) STRICT;
        CREATE INDEX circular_item_by_subject ON circular_item (subject_kind, subject_id);
        CREATE TABLE circular_seat (
            id TEXT PRIMARY KEY, circular_id TEXT NOT NULL REFERENCES circular (id), position INTEGER NOT NULL,
            member_id TEXT, person_id TEXT REFERENCES person (id), name TEXT NOT NULL,
            UNIQUE (circular_id, position), UNIQUE (circular_id, member_id), UNIQUE (circular_id, person_id),
            CHECK ((member_id IS NULL) <> (person_id IS NULL))
        ) STRICT;
        CREATE INDEX circular_seat_by_member ON circular_seat (member_id);
        CREATE TABLE circular_answer (
            id TEXT PRIMARY KEY, item_id TEXT NOT NULL REFERENCES circular_item (id),
            seat_id TEXT NOT NULL REFERENCES circular_seat (id), number INTEGER NOT NULL,
            answer TEXT NOT NULL CHECK (answer IN ('approve', 'object', 'abstain')), comment TEXT NOT NULL,
            given_by TEXT REFERENCES person (id), grounds TEXT, answered_at TEXT NOT NULL, is_current INTEGER NOT NULL,
            UNIQUE (item_id, seat_id, number)
        ) STRICT;
        CREATE UNIQUE INDEX circular_answer_current ON circular_answer (item_id, seat_id) WHERE is_current = 1;
        CREATE INDEX circular_answer_by_person ON circular_answer (given_by);
        CREATE TABLE circular_reminder (
            circular_id TEXT NOT NULL REFERENCES circular (id), days INTEGER NOT NULL, sent_at TEXT NOT NULL,
            PRIMARY KEY (circular_id, days)
        ) STRICT;
        """
    )

    // Words, evidence, minutes and problems are stored phrases from here on (`Phrase.stored`). Text of before reads as
    // it stands, except where it could be taken for a phrase: that becomes the phrase of itself.
    private static let phrases = Migration(
        "decisions-2-phrases",
        ["words", "evidence"].map { column in
            """
            UPDATE circular_item SET \(column) = '"' || replace(replace(replace(\(column), '\\', '\\\\'), '"', '\\"'),
                '\n', '\\n') || '"'
            WHERE substr(\(column), 1, 1) IN ('"', '{');
            """
        }.joined(separator: "\n")
    )
}
