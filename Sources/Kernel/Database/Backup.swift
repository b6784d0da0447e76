import CPostgres
import Foundation

extension Database {
    /// Writes a consistent copy of everything to a new file, while others go on reading and writing.
    ///
    /// SQLite: a complete SQLite file. PostgreSQL: `pg_dump`'s custom format. Throws `DatabaseError`.
    public func backup(to file: String) async throws {
        guard !FileManager.default.fileExists(atPath: file) else {
            throw DatabaseError.backup(
                "The file \(file) is there already. Name a file that is not, so that no backup is lost."
            )
        }
        do {
            switch location {
            case .sqlite: try (pool as? SQLitePool)?.backup(to: file)
            case .postgres(let conninfo):
                try PostgresTool.run("pg_dump", ["--format=custom", "--file=\(file)"], conninfo: conninfo)
            }
        } catch {
            // Half a backup looks like a whole one.
            try? FileManager.default.removeItem(atPath: file)
            throw error
        }
    }

    /// Replaces the database at `location` by a backup. On SQLite nothing may have the file open.
    public static func restore(_ location: DatabaseLocation, from file: String) throws {
        guard FileManager.default.isReadableFile(atPath: file) else {
            throw DatabaseError.backup("The backup \(file) cannot be read. Check its path and permissions.")
        }
        switch location {
        case .sqlite(let path): try restoreSQLite(path, from: file)
        case .postgres(let conninfo):
            let arguments = ["--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error"]
            do {
                try PostgresTool.run("pg_restore", arguments + ["--dbname=", file], conninfo: conninfo)
            } catch { throw DatabaseError.backup("\(file) was not restored, nothing was changed. \(error)") }
        }
    }

    /// What is wrong with the stored data, one finding a line; empty when nothing is.
    public func check() async throws -> [String] {
        if let pool = pool as? SQLitePool { return try await pool.check() }
        return try await read { transaction in
            try transaction.query(
                "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE NOT convalidated"
            ) { "constraint \(try $0.text(1)) of \(try $0.text(0)) was never validated" }
        }
    }

    private static func restoreSQLite(_ path: String, from file: String) throws {
        try SQLiteFile.refuseIfCutShort(file)
        let manager = FileManager.default
        if manager.fileExists(atPath: path) {
            // Refuses when a running hansa holds the file: its log would be replayed over the backup.
            if let log = try? manager.attributesOfItem(atPath: path + "-wal")[.size] as? Int, log > 0 {
                throw DatabaseError.backup(
                    "\(path) is in use or was not closed in order. Stop hansa, run `hansa db check`, then restore again."
                )
            }
            let kept = path + ".before-restore"
            try? manager.removeItem(atPath: kept)
            try manager.moveItem(atPath: path, toPath: kept)
        }
        for suffix in ["-wal", "-shm"] { try? manager.removeItem(atPath: path + suffix) }
        try manager.copyItem(atPath: file, toPath: path)
    }
}

/// PostgreSQL's own programs, given the connection through the environment so that no password shows in a process list.
enum PostgresTool {
    static func run(_ program: String, _ arguments: [String], conninfo: String) throws {
        var environment = ProcessInfo.processInfo.environment
        for (keyword, value) in parse(conninfo) {
            if let name = variables[keyword] { environment[name] = value }
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        let database = environment["PGDATABASE"] ?? "postgres"
        process.arguments = [program] + arguments.map { $0 == "--dbname=" ? "--dbname=\(database)" : $0 }
        process.environment = environment
        let errors = Pipe()
        process.standardError = errors
        try process.run()
        let message = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw DatabaseError.backup(
                "\(program) failed: \(message.split(separator: "\n").first ?? "no message"). "
                    + "It comes with the package postgresql-client, in the server's version or a newer one."
            )
        }
    }

    private static let variables = [
        "host": "PGHOST", "hostaddr": "PGHOSTADDR", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD",
        "dbname": "PGDATABASE", "sslmode": "PGSSLMODE", "options": "PGOPTIONS",
    ]

    private static func parse(_ conninfo: String) -> [(String, String)] {
        guard let options = PQconninfoParse(conninfo, nil) else { return [] }
        defer { PQconninfoFree(options) }
        var pairs: [(String, String)] = []
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { pairs.append((String(cString: keyword), String(cString: value))) }
            option += 1
        }
        return pairs
    }
}
