import Database
import DatabaseTesting
import Logging
import Membership
import Synchronization
import Testing

@testable import Joining

/// What it costs to look for an applicant among all members.
@Suite("Who is known already")
struct KnownApplicantTests {
    @Test(arguments: TestEngine.all)
    func `an applicant's page reads as much with a thousand members as with five`(
        _ engine: Database.Engine
    ) async throws {
        let queries = QueryLog()
        try await withDatabase(engine, migrations: RequestHouse.migrations, logger: queries.logger) { database in
            let house = try await RequestHouse.make(database)
            // A name that nobody bears, one that somebody bears, and one that is nearly somebody's.
            let secrets = [
                try await house.start(RequestHouse.form("Tallinn")),
                try await house.start(RequestHouse.form("Gdańsk", country: "SE")),
                try await house.start(RequestHouse.form("Visbi", country: "SE")),
            ]
            func read() async throws -> (known: [[String]], rows: Int) {
                queries.clear()
                var known: [[String]] = []
                for secret in secrets {
                    known.append(try await house.desk.open(secret, now: RequestHouse.now).known.map(\.key))
                }
                return (known, queries.rows)
            }
            let few = try await read()
            #expect(few.known == [[], ["gdansk"], ["visby"]])

            try await database.write { transaction in
                for number in 1...1000 {
                    try RequestHouse.add(transaction, "member-\(number)", "local-government", "Ort \(number)")
                }
            }
            try await Membership.Directory.refreshRoll(database, charter: house.charter)
            let many = try await read()
            #expect(many.known == few.known)
            #expect(many.rows == few.rows)
            if engine == .sqlite { try await expectNoScan(queries.statements, database) }
        }
    }

    /// What the program was not handed may have been gone through all the same.
    private func expectNoScan(_ statements: Set<String>, _ database: Database) async throws {
        let asked = statements.filter { $0.contains("member") || $0.contains("name_word") }
        #expect(asked.contains { $0.contains("FROM name_word") })
        for sql in asked {
            let values = Array(repeating: Value.text("1"), count: sql.count { $0 == "?" })
            let plan = try await database.read { transaction in
                try transaction.query("EXPLAIN QUERY PLAN \(sql)", values) { try $0.text(3) }
            }
            let scans = plan.filter { $0.contains(#/^SCAN (n|o|name_word|member|member_name|member_status)\b/#) }
            #expect(!plan.isEmpty && scans == [], "\(sql)")
        }
    }
}

/// The statements that a database was given, and how many rows they brought.
private final class QueryLog: Sendable {
    private let seen = Mutex<(statements: Set<String>, rows: Int)>(([], 0))

    var statements: Set<String> { seen.withLock { $0.statements } }
    var rows: Int { seen.withLock { $0.rows } }
    var logger: Logger { Logger(label: "test") { _ in Handler(queries: self) } }

    func clear() { seen.withLock { $0 = ([], 0) } }

    private func add(_ sql: String, _ rows: Int) {
        seen.withLock { seen in
            seen.statements.insert(sql)
            seen.rows += rows
        }
    }

    private struct Handler: LogHandler {
        let queries: QueryLog
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.debug

        init(queries: QueryLog) { self.queries = queries }

        subscript(metadataKey key: String) -> Logger.MetadataValue? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            guard let sql = event.metadata?["sql"], let rows = event.metadata?["rows"].flatMap({ Int("\($0)") }) else {
                return
            }
            queries.add("\(sql)", rows)
        }
    }
}
