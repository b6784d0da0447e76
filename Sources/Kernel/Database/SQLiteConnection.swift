import GRDB
import GRDBSQLite

/// SQLite's side of a transaction: GRDB's cached statements, bound and stepped directly.
final class SQLiteConnection: Connection {
    private let database: GRDB.Database

    init(_ database: GRDB.Database) { self.database = database }

    func execute(_ sql: String, _ values: [Value]) throws -> Int {
        try withStatement(sql) { statement in
            try bind(values, to: statement, sql: sql)
            try run(statement, sql: sql)
            return Int(sqlite3_changes(database.sqliteConnection))
        }
    }

    func execute(_ sql: String, each rows: [[Value]]) throws {
        try withStatement(sql) { statement in
            for values in rows {
                try bind(values, to: statement, sql: sql)
                try run(statement, sql: sql)
                sqlite3_reset(statement)
            }
        }
    }

    func query(_ sql: String, _ values: [Value], _ body: (Row) throws -> Bool) throws {
        try withStatement(sql) { statement in
            try bind(values, to: statement, sql: sql)
            let row = Row(cursor: .sqlite(statement))
            while true {
                switch sqlite3_step(statement) {
                case SQLITE_ROW: if try !body(row) { return }
                case SQLITE_DONE: return
                default: throw failure(sql)
                }
            }
        }
    }

    func script(_ sql: String) throws {
        do { try database.execute(sql: sql) } catch { throw SQLiteFailure.translate(error) }
    }

    private func run(_ statement: OpaquePointer, sql: String) throws {
        var code = sqlite3_step(statement)
        while code == SQLITE_ROW { code = sqlite3_step(statement) }
        guard code == SQLITE_DONE else { throw failure(sql) }
    }

    private func withStatement<T>(_ sql: String, _ body: (OpaquePointer) throws -> T) throws -> T {
        var statement: Statement
        do {
            statement = try database.cachedStatement(sql: sql)
            // A query nested in its own rows needs a statement of its own.
            if sqlite3_stmt_busy(statement.sqliteStatement) != 0 { statement = try database.makeStatement(sql: sql) }
        } catch { throw SQLiteFailure.translate(error) }
        let pointer = statement.sqliteStatement
        defer {
            sqlite3_reset(pointer)
            withExtendedLifetime(statement) {}
        }
        return try body(pointer)
    }

    private func bind(_ values: [Value], to statement: OpaquePointer, sql: String) throws {
        guard Int(sqlite3_bind_parameter_count(statement)) == values.count else {
            throw DatabaseError.statement(sql: sql, message: "\(values.count) values for another number of places")
        }
        // SQLITE_TRANSIENT: SQLite copies what it is given.
        let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        for (index, value) in values.enumerated() {
            let place = Int32(index + 1)
            let code: Int32 =
                switch value {
                case .null: sqlite3_bind_null(statement, place)
                case .integer(let integer): sqlite3_bind_int64(statement, place, integer)
                case .real(let real): sqlite3_bind_double(statement, place, real)
                case .text(var text):
                    text.withUTF8 { utf8 in
                        utf8.withMemoryRebound(to: CChar.self) {
                            sqlite3_bind_text(statement, place, $0.baseAddress, Int32($0.count), transient)
                        }
                    }
                case .blob(let bytes):
                    bytes.withUnsafeBytes {
                        sqlite3_bind_blob64(statement, place, $0.baseAddress, UInt64($0.count), transient)
                    }
                }
            guard code == SQLITE_OK else { throw failure(sql) }
        }
    }

    private func failure(_ sql: String) -> DatabaseError {
        SQLiteFailure.make(
            code: sqlite3_extended_errcode(database.sqliteConnection),
            message: String(cString: sqlite3_errmsg(database.sqliteConnection)),
            sql: sql
        )
    }
}

/// SQLite's result codes as our errors.
enum SQLiteFailure {
    static func make(code: Int32, message: String, sql: String?) -> DatabaseError {
        switch code & 0xff {
        case SQLITE_BUSY, SQLITE_LOCKED: return .busy(message)
        case SQLITE_FULL: return .diskFull(message)
        case SQLITE_CORRUPT, SQLITE_NOTADB: return .corrupt(message)
        case SQLITE_READONLY, SQLITE_PERM: return .readOnly(message)
        case SQLITE_CANTOPEN: return .unavailable(message)
        case SQLITE_IOERR: return code == 4874 ? .corrupt(message) : .unavailable(message)
        case SQLITE_CONSTRAINT:
            let kind: DatabaseError.Constraint =
                switch code >> 8 {
                case 3: .foreignKey
                case 5: .notNull
                case 6, 8, 10: .unique
                default: .check
                }
            return .constraint(kind, message)
        default: return .statement(sql: sql ?? "", message: message)
        }
    }

    static func translate(_ error: any Error) -> any Error {
        guard let error = error as? GRDB.DatabaseError else { return error }
        return make(code: error.extendedResultCode.rawValue, message: error.message ?? "\(error)", sql: error.sql)
    }
}
