import Logging

/// One open transaction on one connection: SQL goes in, rows come out, synchronously.
///
/// The same closure runs on both engines, so SQL here is portable: `?` for values, no engine's own functions. Valid only
/// inside the closure that it was handed to; the whole is committed when that closure returns and undone when it throws.
public final class Transaction {
    let connection: any Connection
    let logger: Logger
    public let engine: Database.Engine

    init(connection: any Connection, logger: Logger, engine: Database.Engine) {
        self.connection = connection
        self.logger = logger
        self.engine = engine
    }

    /// Runs a statement and returns how many rows it changed.
    @discardableResult
    public func execute(_ sql: String, _ values: [Value] = []) throws -> Int {
        try logged(sql) { try connection.execute(sql, values) }
    }

    /// Runs one statement once for each row of values. PostgreSQL gets them in a pipeline: one round trip for many rows.
    public func execute(_ sql: String, each rows: [[Value]]) throws {
        guard !rows.isEmpty else { return }
        _ = try logged(sql) {
            try connection.execute(sql, each: rows)
            return rows.count
        }
    }

    /// All rows of a query, decoded by position.
    public func query<T>(_ sql: String, _ values: [Value] = [], _ decode: (Row) throws -> T) throws -> [T] {
        var rows: [T] = []
        try forEach(sql, values) { rows.append(try decode($0)) }
        return rows
    }

    /// The first row of a query, or `nil` when there is none.
    public func first<T>(_ sql: String, _ values: [Value] = [], _ decode: (Row) throws -> T) throws -> T? {
        var found: T?
        _ = try logged(sql) {
            var count = 0
            try connection.query(sql, values) { row in
                found = try decode(row)
                count = 1
                return false
            }
            return count
        }
        return found
    }

    /// Streams the rows of a query; on SQLite in constant memory.
    public func forEach(_ sql: String, _ values: [Value] = [], _ body: (Row) throws -> Void) throws {
        _ = try logged(sql) {
            var count = 0
            try connection.query(sql, values) { row in
                try body(row)
                count += 1
                return true
            }
            return count
        }
    }

    /// Runs several statements without values, as a migration has them.
    public func script(_ sql: String) throws {
        _ = try logged(sql) {
            try connection.script(sql)
            return 0
        }
    }

    // Values never reach the log: they may be personal. The statement, its time and its row count do.
    private func logged(_ sql: String, _ body: () throws -> Int) throws -> Int {
        guard logger.logLevel <= .debug else { return try body() }
        let start = ContinuousClock.now
        let rows = try body()
        let elapsed = ContinuousClock.now - start
        logger.debug(
            "query",
            metadata: ["sql": "\(sql)", "rows": "\(rows)", "microseconds": "\(elapsed / .microseconds(1))"]
        )
        return rows
    }
}

/// What an engine does for a transaction. Connections are confined to one thread at a time by their pool.
protocol Connection: AnyObject {
    func execute(_ sql: String, _ values: [Value]) throws -> Int
    func execute(_ sql: String, each rows: [[Value]]) throws
    /// Calls `body` for each row until it returns `false`.
    func query(_ sql: String, _ values: [Value], _ body: (Row) throws -> Bool) throws
    func script(_ sql: String) throws
}
