import CPostgres
import GRDBSQLite

/// One row of a result, read by position (0-based). Valid only inside the closure that it was handed to.
public struct Row {
    enum Cursor {
        case sqlite(OpaquePointer)
        case postgres(OpaquePointer, Int32)
    }

    let cursor: Cursor

    /// How many columns the row has.
    public var columnCount: Int {
        switch cursor {
        case .sqlite(let statement): Int(sqlite3_column_count(statement))
        case .postgres(let result, _): Int(PQnfields(result))
        }
    }

    /// Whether the column holds bytes rather than text or a number.
    public func isBlob(_ column: Int) -> Bool {
        switch cursor {
        case .sqlite(let statement): sqlite3_column_type(statement, Int32(column)) == SQLITE_BLOB
        // The type's number in every PostgreSQL: BYTEAOID.
        case .postgres(let result, _): PQftype(result, Int32(column)) == 17
        }
    }

    /// Whether the column is SQL NULL.
    public func isNull(_ column: Int) -> Bool {
        switch cursor {
        case .sqlite(let statement): sqlite3_column_type(statement, Int32(column)) == SQLITE_NULL
        case .postgres(let result, let row): PQgetisnull(result, row, Int32(column)) == 1
        }
    }

    /// The column as text. Throws `decoding` when it is NULL.
    public func text(_ column: Int) throws(DatabaseError) -> String {
        guard let text = utf8(column, as: { String(decoding: $0, as: UTF8.self) }) else {
            throw .decoding(column: column, expected: "text")
        }
        return text
    }

    /// The column as text, or `nil` for NULL.
    public func optionalText(_ column: Int) -> String? {
        utf8(column) { String(decoding: $0, as: UTF8.self) }
    }

    /// The column as an integer. Throws `decoding` when it is NULL or not a whole number.
    public func integer(_ column: Int) throws(DatabaseError) -> Int {
        guard let value = try optionalInteger(column) else { throw .decoding(column: column, expected: "an integer") }
        return value
    }

    /// The column as an integer, or `nil` for NULL. Throws `decoding` when it is not a whole number.
    public func optionalInteger(_ column: Int) throws(DatabaseError) -> Int? {
        switch cursor {
        case .sqlite(let statement):
            switch sqlite3_column_type(statement, Int32(column)) {
            case SQLITE_NULL: return nil
            case SQLITE_INTEGER: return Int(sqlite3_column_int64(statement, Int32(column)))
            default: throw .decoding(column: column, expected: "an integer")
            }
        case .postgres:
            guard let parsed = utf8(column, as: { Int(String(decoding: $0, as: UTF8.self)) }) else { return nil }
            guard let value = parsed else { throw .decoding(column: column, expected: "an integer") }
            return value
        }
    }

    /// The column as a number, or `nil` for NULL. Throws `decoding` when it is no number.
    public func optionalReal(_ column: Int) throws(DatabaseError) -> Double? {
        switch cursor {
        case .sqlite(let statement):
            switch sqlite3_column_type(statement, Int32(column)) {
            case SQLITE_NULL: return nil
            case SQLITE_INTEGER, SQLITE_FLOAT: return sqlite3_column_double(statement, Int32(column))
            default: throw .decoding(column: column, expected: "a number")
            }
        case .postgres:
            guard let parsed = utf8(column, as: { Double(String(decoding: $0, as: UTF8.self)) }) else { return nil }
            guard let value = parsed else { throw .decoding(column: column, expected: "a number") }
            return value
        }
    }

    /// The column as a flag stored as 0 or 1.
    public func flag(_ column: Int) throws(DatabaseError) -> Bool { try integer(column) != 0 }

    /// The column's bytes. Throws `decoding` when it is NULL.
    public func blob(_ column: Int) throws(DatabaseError) -> [UInt8] {
        guard let bytes = optionalBlob(column) else { throw .decoding(column: column, expected: "bytes") }
        return bytes
    }

    /// The column's bytes, or `nil` for NULL.
    public func optionalBlob(_ column: Int) -> [UInt8]? {
        switch cursor {
        case .sqlite(let statement):
            guard !isNull(column) else { return nil }
            let count = Int(sqlite3_column_bytes(statement, Int32(column)))
            guard count > 0, let start = sqlite3_column_blob(statement, Int32(column)) else { return [] }
            return [UInt8](UnsafeRawBufferPointer(start: start, count: count))
        case .postgres(let result, let row):
            guard !isNull(column), let start = PQgetvalue(result, row, Int32(column)) else { return nil }
            var count = 0
            return start.withMemoryRebound(to: UInt8.self, capacity: Int(PQgetlength(result, row, Int32(column)))) {
                guard let bytes = PQunescapeBytea($0, &count) else { return [] }
                defer { PQfreemem(bytes) }
                return [UInt8](UnsafeBufferPointer(start: bytes, count: count))
            }
        }
    }

    /// Hands the column's UTF-8 bytes to `body` without a copy; `nil` for NULL.
    public func utf8<T>(_ column: Int, as body: (UnsafeBufferPointer<UInt8>) -> T) -> T? {
        switch cursor {
        case .sqlite(let statement):
            guard let start = sqlite3_column_text(statement, Int32(column)) else { return nil }
            return body(UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, Int32(column)))))
        case .postgres(let result, let row):
            guard PQgetisnull(result, row, Int32(column)) == 0, let start = PQgetvalue(result, row, Int32(column))
            else {
                return nil
            }
            let count = Int(PQgetlength(result, row, Int32(column)))
            return start.withMemoryRebound(to: UInt8.self, capacity: count) {
                body(UnsafeBufferPointer(start: $0, count: count))
            }
        }
    }
}
