public import Database

/// The tables of webhooks. Published migrations are never edited; a change is a new one.
public enum WebhookMigrations {
    public static let all: [Migration] = [endpoints]

    // The secret is kept as it is, since both sides must know it. `position` is the place in the journal's log up to which
    // the endpoint has its deliveries.
    private static let endpoints = Migration(
        "webhooks-1-endpoints",
        """
        CREATE TABLE webhook_endpoint (
            id TEXT PRIMARY KEY, name TEXT NOT NULL, url TEXT NOT NULL, secret TEXT NOT NULL, kinds TEXT NOT NULL,
            position INTEGER NOT NULL, made_by TEXT NOT NULL, made_at TEXT NOT NULL, off_at TEXT, off_because TEXT
        ) STRICT;
        CREATE TABLE webhook_delivery (
            id TEXT PRIMARY KEY, endpoint_id TEXT NOT NULL REFERENCES webhook_endpoint (id), entry_id TEXT NOT NULL,
            kind TEXT NOT NULL, body TEXT NOT NULL, made_at TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'arrived', 'failed')),
            attempts INTEGER NOT NULL DEFAULT 0, next_at TEXT NOT NULL, lease_until TEXT, last_status INTEGER,
            last_words TEXT, done_at TEXT, UNIQUE (endpoint_id, entry_id)
        ) STRICT;
        CREATE INDEX webhook_delivery_due ON webhook_delivery (state, next_at);
        CREATE INDEX webhook_delivery_by_endpoint ON webhook_delivery (endpoint_id, made_at);
        """
    )
}
