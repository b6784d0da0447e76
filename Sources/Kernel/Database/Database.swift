public import Logging

/// The one way to stored records, on SQLite or PostgreSQL.
///
/// `read` and `write` are async outside and synchronous inside: the closure has one transaction, sees one consistent
/// state, and runs off the shared async threads.
public struct Database: Sendable {
    public enum Engine: String, Sendable, CaseIterable { case sqlite, postgres }

    let pool: any Pool
    let location: DatabaseLocation
    let logger: Logger

    public var engine: Engine { location.engine }

    /// Opens the database at `location`, making an SQLite file that is missing. Throws `DatabaseError`.
    public static func open(_ location: DatabaseLocation, logger: Logger, connections: Int = 8) throws -> Database {
        let pool: any Pool =
            switch location {
            case .sqlite(let path): try SQLitePool(path: path, readers: connections, logger: logger)
            case .postgres(let conninfo): try PostgresPool(conninfo: conninfo, size: connections, logger: logger)
            }
        return Database(pool: pool, location: location, logger: logger)
    }

    /// Runs `body` on one consistent snapshot. Writing in it fails.
    public func read<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) async throws -> T {
        try await pool.read(body)
    }

    /// What `add` makes of the rows of one query, one after the other.
    ///
    /// A single statement sees one consistent state by itself, so on PostgreSQL this is one round trip where `read` has
    /// three.
    public func fold<T: Sendable>(
        _ sql: String,
        _ values: [Value] = [],
        into empty: T,
        _ add: @escaping @Sendable (Row, inout T) throws -> Void
    ) async throws -> T {
        try await pool.single { transaction in
            var made = empty
            try transaction.forEach(sql, values) { try add($0, &made) }
            return made
        }
    }

    /// Runs `body` in one transaction that is kept when it returns and undone when it throws.
    ///
    /// The body may run again when PostgreSQL reports that two transactions contradicted each other, so it must have no
    /// effect but on the database. A cancelled caller does not undo it: what began is finished.
    @discardableResult
    public func write<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) async throws -> T {
        try await Task { try await pool.write(body) }.value
    }

    /// A token that is another one after any commit by any process; reading it is cheap. For caches.
    public func changeToken() async throws -> String { try await pool.changeToken() }

    /// Closes all connections after the work under way.
    public func close() async throws { try await pool.close() }
}

/// What an engine's pool does. Writers on SQLite queue for the one writer, on PostgreSQL they are serializable.
protocol Pool: Sendable {
    func read<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) async throws -> T
    /// For a body of one statement that reads.
    func single<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) async throws -> T
    func write<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) async throws -> T
    func changeToken() async throws -> String
    func close() async throws
}

/// Where the records are kept: the setting `HANSA_DATABASE`.
public enum DatabaseLocation: Sendable, Equatable {
    /// A file's path.
    case sqlite(path: String)
    /// A libpq connection string or URI; several hosts and `target_session_attrs` are allowed.
    case postgres(conninfo: String)

    /// Reads `sqlite:PATH` or `postgres://…`. Throws `DatabaseError.badLocation`.
    public init(_ setting: String) throws(DatabaseError) {
        if setting.hasPrefix("sqlite:"), setting.count > 7 {
            self = .sqlite(path: String(setting.dropFirst(7)))
        } else if setting.hasPrefix("postgres://") || setting.hasPrefix("postgresql://") {
            self = .postgres(conninfo: setting)
        } else {
            throw .badLocation(setting)
        }
    }

    public var engine: Database.Engine {
        switch self {
        case .sqlite: .sqlite
        case .postgres: .postgres
        }
    }
}
