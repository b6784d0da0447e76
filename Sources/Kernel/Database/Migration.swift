import Crypto

/// One forward step of the schema, published once and never edited.
///
/// The wording is SQLite's (`INTEGER`, `REAL`, `TEXT`, `BLOB`, `STRICT`); for PostgreSQL the type names are replaced.
public struct Migration: Sendable {
    public let name: String
    public let sql: String

    public init(_ name: String, _ sql: String) {
        self.name = name
        self.sql = sql
    }

    /// SHA-256 over the wording, as 64 hexadecimal digits.
    public var hash: String {
        SHA256.hash(data: Array(sql.utf8)).map { byte in
            let text = String(byte, radix: 16)
            return byte < 16 ? "0" + text : text
        }.joined()
    }
}

/// The schema's state against the migrations that the program has.
public struct MigrationStatus: Sendable, Equatable {
    public var applied: [String]
    public var pending: [String]

    public init(applied: [String], pending: [String]) {
        self.applied = applied
        self.pending = pending
    }
}

extension Database {
    /// Compares the migrations that were applied with those given. Throws `migrationChanged` or `migrationUnknown`.
    public func migrationStatus(_ migrations: [Migration]) async throws -> MigrationStatus {
        try await write { transaction in
            try Self.prepareTable(transaction)
            return try Self.compare(migrations, transaction)
        }
    }

    /// Applies what is pending, all in one transaction, and returns the names. Throws like `migrationStatus`.
    @discardableResult
    public func migrate(_ migrations: [Migration], at instant: String) async throws -> [String] {
        try await write { transaction in
            try Self.prepareTable(transaction)
            let status = try Self.compare(migrations, transaction)
            for migration in migrations where status.pending.contains(migration.name) {
                try transaction.script(
                    transaction.engine == .postgres ? PostgresDialect.schema(migration.sql) : migration.sql
                )
                try transaction.execute(
                    "INSERT INTO schema_migration (name, hash, applied_at) VALUES (?, ?, ?)",
                    [.text(migration.name), .text(migration.hash), .text(instant)]
                )
            }
            return status.pending
        }
    }

    private static func prepareTable(_ transaction: Transaction) throws {
        // Two processes that start at once: the second waits here.
        if transaction.engine == .postgres {
            // A serializable snapshot would be taken before the wait and miss what the other process did.
            try transaction.script("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
            try transaction.script("SELECT pg_advisory_xact_lock(4845241)")
        }
        try transaction.script(
            "CREATE TABLE IF NOT EXISTS schema_migration (name TEXT PRIMARY KEY, hash TEXT NOT NULL, applied_at TEXT NOT NULL)"
        )
    }

    private static func compare(_ migrations: [Migration], _ transaction: Transaction) throws -> MigrationStatus {
        let applied = try transaction.query("SELECT name, hash FROM schema_migration ORDER BY applied_at, name") {
            (name: try $0.text(0), hash: try $0.text(1))
        }
        for (name, hash) in applied {
            guard let known = migrations.first(where: { $0.name == name }) else {
                throw DatabaseError.migrationUnknown(name)
            }
            guard known.hash == hash else { throw DatabaseError.migrationChanged(name) }
        }
        let names = applied.map(\.name)
        return MigrationStatus(applied: names, pending: migrations.map(\.name).filter { !names.contains($0) })
    }
}
