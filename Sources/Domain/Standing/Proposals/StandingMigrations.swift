public import Database

/// The steps of participations, lists that are being brought in, what the nightly rule proposes, and activities.
///
/// They come after those of Membership.
public enum StandingMigrations {
    public static let all: [Migration] = [participations, proposals, PointsMigration.activities]

    // `before` and `after` are JSON: what the record said. A step is never changed; the latest is what holds.
    // The rows of a list hold what its known columns said and go when it is applied or dropped.
    private static let participations = Migration(
        "standing-1-participation",
        """
        CREATE TABLE participation_step (
            id TEXT PRIMARY KEY, event TEXT NOT NULL REFERENCES event (key),
            member_id TEXT NOT NULL REFERENCES member (id), capacity TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('added', 'corrected', 'removed')), made_at TEXT NOT NULL,
            made_by TEXT NOT NULL, grounds TEXT NOT NULL, before TEXT, after TEXT
        ) STRICT;
        CREATE INDEX participation_step_by_event ON participation_step (event, member_id);
        CREATE INDEX participation_step_by_member ON participation_step (member_id);
        CREATE TABLE participant_list (
            id TEXT PRIMARY KEY, event TEXT NOT NULL REFERENCES event (key), file TEXT NOT NULL, sha256 TEXT NOT NULL,
            reading TEXT NOT NULL, columns TEXT NOT NULL, capacity TEXT NOT NULL, mode TEXT NOT NULL,
            is_whole INTEGER NOT NULL, rows TEXT NOT NULL, choices TEXT NOT NULL DEFAULT '{}',
            state TEXT NOT NULL CHECK (state IN ('read', 'applied')), read_by TEXT NOT NULL, read_at TEXT NOT NULL,
            applied_by TEXT, applied_at TEXT, row_count INTEGER NOT NULL, written INTEGER NOT NULL DEFAULT 0,
            CHECK ((state = 'applied') = (applied_at IS NOT NULL))
        ) STRICT;
        CREATE INDEX participant_list_by_event ON participant_list (event, read_at);
        """
    )

    // One proposal for a member and a ground is live at a time. `unmet` is JSON: what the rule found when the ground was
    // no longer met. `standing_summary` is what the last night found of all, by reason, with an example of each.
    private static let proposals = Migration(
        "standing-2-proposals",
        """
        CREATE TABLE standing_proposal (
            id TEXT PRIMARY KEY, member_id TEXT NOT NULL REFERENCES member (id), ground TEXT NOT NULL,
            leads_to TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('open', 'put', 'decided', 'dropped', 'gone')), spell TEXT NOT NULL,
            evidence TEXT NOT NULL, evaluated_on TEXT NOT NULL, proposed_at TEXT NOT NULL, unmet TEXT, put_at TEXT,
            put_by TEXT, settled_at TEXT, settled_by TEXT, reason TEXT, adopted INTEGER,
            decision TEXT REFERENCES decision (key),
            CHECK ((state IN ('open', 'put')) = (settled_at IS NULL)), CHECK ((state = 'decided') = (adopted IS NOT NULL))
        ) STRICT;
        CREATE UNIQUE INDEX standing_proposal_live ON standing_proposal (member_id, ground)
            WHERE state IN ('open', 'put');
        CREATE INDEX standing_proposal_by_state ON standing_proposal (state, proposed_at);
        CREATE INDEX standing_proposal_by_member ON standing_proposal (member_id, ground, settled_at);
        CREATE TABLE standing_summary (
            ground TEXT NOT NULL, kind TEXT NOT NULL, code TEXT NOT NULL, example TEXT NOT NULL,
            members INTEGER NOT NULL, found_on TEXT NOT NULL, PRIMARY KEY (ground, kind, code)
        ) STRICT;
        """
    )
}
