import CPostgres
import Foundation

/// PostgreSQL's side of a transaction: one libpq connection with its prepared statements. Used by one thread at a time.
final class PostgresConnection: Connection {
    private let handle: OpaquePointer
    private var prepared: [String: String] = [:]

    /// Connects. Throws `DatabaseError.unavailable`.
    init(conninfo: String) throws(DatabaseError) {
        // What the connection string says itself comes later and wins.
        let handle = Self.withStrings(["connect_timeout", "fallback_application_name", "dbname", nil]) { keywords in
            Self.withStrings(["5", "hansa", conninfo, nil]) { PQconnectdbParams(keywords, $0, 1) }
        }
        guard let handle else { throw .unavailable("libpq could not start a connection") }
        guard PQstatus(handle) == CONNECTION_OK else {
            let message = String(cString: PQerrorMessage(handle))
            PQfinish(handle)
            throw .unavailable(message.trimmingNewlines())
        }
        self.handle = handle
        PQsetNoticeProcessor(handle, { _, _ in }, nil)
        // The usual 4 is for disks that turn: with it a page of a list is sorted anew where an index has it in order.
        PQclear(PQexec(handle, "SET random_page_cost = 1.1"))
    }

    private static func withStrings<T>(_ texts: [String?], _ body: ([UnsafePointer<CChar>?]) -> T) -> T {
        let copies = texts.map { text in text.map { strdup($0) } ?? nil }
        defer { for copy in copies { free(copy) } }
        return body(copies.map { UnsafePointer($0) })
    }

    deinit { PQfinish(handle) }

    var isBroken: Bool { PQstatus(handle) != CONNECTION_OK }

    func execute(_ sql: String, _ values: [Value]) throws -> Int {
        let result = try run(sql, values)
        defer { PQclear(result) }
        return Int(String(cString: PQcmdTuples(result))) ?? 0
    }

    func query(_ sql: String, _ values: [Value], _ body: (Row) throws -> Bool) throws {
        guard let result = try run(sql, values) else { return }
        defer { PQclear(result) }
        for row in 0..<PQntuples(result) {
            if try !body(Row(cursor: .postgres(result, row))) { return }
        }
    }

    func script(_ sql: String) throws {
        let result = PQexec(handle, sql)
        defer { PQclear(result) }
        try check(result, sql: sql)
    }

    /// Sends many rows before it reads the answers: one round trip for each 512 rows.
    func execute(_ sql: String, each rows: [[Value]]) throws {
        let name = try prepare(sql)
        var failure: (any Error)?
        for start in stride(from: 0, to: rows.count, by: 512) {
            let end = min(start + 512, rows.count)
            PQenterPipelineMode(handle)
            for values in rows[start..<end] {
                let sent = withParameters(values) { count, pointers, lengths, formats in
                    PQsendQueryPrepared(handle, name, count, pointers, lengths, formats, 0)
                }
                if sent == 0 { throw lost() }
            }
            guard PQpipelineSync(handle) == 1 else { throw lost() }
            // Each statement answers with its result and a nil; the synchronisation point answers with itself.
            for _ in start..<end {
                while let result = PQgetResult(handle) {
                    if failure == nil, PQresultStatus(result) != PGRES_COMMAND_OK,
                        PQresultStatus(result) != PGRES_TUPLES_OK
                    {
                        failure = self.failure(result, sql: sql)
                    }
                    PQclear(result)
                }
            }
            if let result = PQgetResult(handle) { PQclear(result) }
            PQexitPipelineMode(handle)
            if isBroken { throw lost() }
            if let failure { throw failure }
        }
    }

    private func run(_ sql: String, _ values: [Value]) throws -> OpaquePointer? {
        let name = try prepare(sql)
        let result = withParameters(values) { count, pointers, lengths, formats in
            PQexecPrepared(handle, name, count, pointers, lengths, formats, 0)
        }
        do { try check(result, sql: sql) } catch {
            PQclear(result)
            throw error
        }
        return result
    }

    private func prepare(_ sql: String) throws -> String {
        if let name = prepared[sql] { return name }
        let name = "s\(prepared.count)"
        let result = PQprepare(handle, name, PostgresDialect.numbered(sql), 0, nil)
        defer { PQclear(result) }
        try check(result, sql: sql)
        prepared[sql] = name
        return name
    }

    private func check(_ result: OpaquePointer?, sql: String) throws(DatabaseError) {
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: return
        default: throw failure(result, sql: sql)
        }
    }

    private func lost() -> DatabaseError { .connectionLost(String(cString: PQerrorMessage(handle)).trimmingNewlines()) }

    private func failure(_ result: OpaquePointer?, sql: String) -> DatabaseError {
        if isBroken { return lost() }
        // The SQLSTATE's field code is the letter C (libpq's PG_DIAG_SQLSTATE, a macro that Swift does not see).
        let state = PQresultErrorField(result, Int32(UInt8(ascii: "C"))).map { String(cString: $0) } ?? ""
        let message = PQresultErrorField(result, Int32(UInt8(ascii: "M"))).map { String(cString: $0) } ?? "unknown"
        switch state {
        case "40001", "40P01": return .conflict(message)
        case "23505": return .constraint(.unique, message)
        case "23503": return .constraint(.foreignKey, message)
        case "23502": return .constraint(.notNull, message)
        case "23514": return .constraint(.check, message)
        case "53100": return .diskFull(message)
        case "25006": return .readOnly(message)
        case "55P03": return .busy(message)
        case "57P01", "57P02", "57P03": return .connectionLost(message)
        case "XX001", "XX002": return .corrupt(message)
        default: return .statement(sql: sql, message: "\(message) (\(state))")
        }
    }

    private func withParameters<T>(
        _ values: [Value],
        _ body: (Int32, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?) -> T
    ) -> T {
        // One buffer holds all texts, each closed by NUL, so that a row costs one allocation.
        var bytes: [CChar] = []
        var offsets: [Int?] = []
        var lengths: [Int32] = []
        var formats: [Int32] = []
        for value in values {
            let start = bytes.count
            offsets.append(value == .null ? nil : start)
            switch value {
            case .null: break
            case .integer(let integer):
                bytes.append(contentsOf: String(integer).utf8.lazy.map { CChar(bitPattern: $0) })
            case .real(let real): bytes.append(contentsOf: "\(real)".utf8.lazy.map { CChar(bitPattern: $0) })
            case .text(let text): bytes.append(contentsOf: text.utf8.lazy.map { CChar(bitPattern: $0) })
            case .blob(let blob): bytes.append(contentsOf: blob.lazy.map { CChar(bitPattern: $0) })
            }
            lengths.append(Int32(bytes.count - start))
            if case .blob = value { formats.append(1) } else { formats.append(0) }
            bytes.append(0)
        }
        return bytes.withUnsafeBufferPointer { buffer in
            let pointers = offsets.map { offset in
                offset.flatMap { position in buffer.baseAddress.map { $0 + position } }
            }
            return body(Int32(values.count), pointers, lengths, formats)
        }
    }
}

extension String {
    fileprivate func trimmingNewlines() -> String {
        split(whereSeparator: \.isNewline).joined(separator: " ")
    }
}
