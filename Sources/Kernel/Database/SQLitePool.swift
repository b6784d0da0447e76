import Foundation
import GRDB
import Logging

/// One SQLite file: many readers, one writer, in WAL mode.
final class SQLitePool: Pool {
    // Its own connection, because `data_version` tells only of other connections' commits. Declared first to be closed
    // first: the last connection tidies the log away, which one that only reads cannot.
    private let watcher: DatabaseQueue
    private let pool: DatabasePool
    private let logger: Logger
    let path: String

    init(path: String, readers: Int, logger: Logger) throws {
        self.path = path
        self.logger = logger
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        if !FileManager.default.fileExists(atPath: folder) {
            // One folder is made; more of them missing is a slip in the path.
            do {
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
            } catch { throw DatabaseError.unavailable("the folder \(folder) is not there and cannot be made") }
        }
        try SQLiteFile.refuseIfCutShort(path)
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(10)
        configuration.maximumReaderCount = readers
        configuration.prepareDatabase { database in
            // Small: the operating system keeps the file's pages as well, once for all connections.
            try database.execute(sql: "PRAGMA cache_size = -4000; PRAGMA temp_store = MEMORY")
        }
        do {
            pool = try DatabasePool(path: path, configuration: configuration)
            // The pool sets NORMAL, which may lose the last commits when the power fails.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            var watching = Configuration()
            watching.readonly = true
            watching.busyMode = .timeout(10)
            watcher = try DatabaseQueue(path: path, configuration: watching)
        } catch { throw SQLiteFailure.translate(error) }
    }

    func read<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) async throws -> T {
        let logger = logger
        do {
            return try await pool.read { database in
                try body(Transaction(connection: SQLiteConnection(database), logger: logger, engine: .sqlite))
            }
        } catch { throw SQLiteFailure.translate(error) }
    }

    func single<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) async throws -> T {
        try await read(body)
    }

    func write<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) async throws -> T {
        let logger = logger
        do {
            return try await pool.write { database in
                try body(Transaction(connection: SQLiteConnection(database), logger: logger, engine: .sqlite))
            }
        } catch { throw SQLiteFailure.translate(error) }
    }

    func changeToken() async throws -> String {
        do {
            return try await watcher.read { database in
                String(try Int64.fetchOne(database, sql: "PRAGMA data_version") ?? 0)
            }
        } catch { throw SQLiteFailure.translate(error) }
    }

    func close() async throws {
        try watcher.close()
        try pool.close()
    }

    /// Copies the whole file as of one moment into a new file, while others read and write.
    func backup(to target: String) throws {
        do {
            try pool.writeWithoutTransaction { try $0.execute(sql: "VACUUM INTO ?", arguments: [target]) }
        } catch { throw SQLiteFailure.translate(error) }
    }

    /// What SQLite itself finds wrong with the file, one finding a line.
    func check() async throws -> [String] {
        do {
            return try await pool.read { database in
                let integrity = try String.fetchAll(database, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
                let keys = try GRDB.Row.fetchAll(database, sql: "PRAGMA foreign_key_check").map { row in
                    "a row of \(row[0] as String? ?? "?") refers to a row of \(row[2] as String? ?? "?") that is not there"
                }
                return integrity + keys
            }
        } catch { throw SQLiteFailure.translate(error) }
    }
}

/// The file format's own statement of its length: SQLite finds a cut only when it reads the missing page.
enum SQLiteFile {
    static func refuseIfCutShort(_ path: String) throws(DatabaseError) {
        guard let handle = FileHandle(forReadingAtPath: path) else { return }
        defer { try? handle.close() }
        let size = Int((try? handle.seekToEnd()) ?? 0)
        guard size > 0 else { return }
        try? handle.seek(toOffset: 0)
        let header = [UInt8]((try? handle.read(upToCount: 100)) ?? Data())
        guard header.count == 100, header.starts(with: Array("SQLite format 3\u{0}".utf8)) else {
            throw .corrupt("\(path) is not a SQLite database")
        }
        func big(_ offset: Int, _ count: Int) -> Int {
            header[offset..<(offset + count)].reduce(0) { $0 << 8 | Int($1) }
        }
        let pageSize = big(16, 2) == 1 ? 65536 : big(16, 2)
        // The count is valid only if written by the last change; a log beside the file may hold the missing pages.
        let counted = big(24, 4) == big(92, 4) ? big(28, 4) : 0
        let log = (try? FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? Int) ?? 0
        if log == 0, size < counted * pageSize {
            throw .corrupt("\(path) is cut short: \(size) bytes of \(counted * pageSize)")
        }
    }
}
