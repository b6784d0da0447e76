import Database

/// The marks of what is made up, in tables that came without one.
enum InventedMigrations {
    static let all: [Migration] = [
        Migration(
            "dues-invented-1",
            """
            ALTER TABLE dues_run ADD COLUMN invented INTEGER NOT NULL DEFAULT 0 CHECK (invented IN (0, 1));
            ALTER TABLE relief_request ADD COLUMN invented INTEGER NOT NULL DEFAULT 0 CHECK (invented IN (0, 1));
            """
        )
    ]
}
