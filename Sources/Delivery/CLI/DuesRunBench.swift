import ArgumentParser
import Charter
import Database
import Dues
import Foundation
import Membership

extension Bench {
    struct DuesRunBench: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "dues",
            abstract: "Writes a year's invoices of invented members, then reads and writes the very same rows alone."
        )
        @OptionGroup var flags: SettingFlags
        @Option(help: "How many members.")
        var members = 100_000

        func run() async throws {
            let installation = try await Installation.open(flags)
            try await installation.requireNobody()
            let (database, charter) = (installation.database, installation.charter)
            let year = installation.today.year
            try await Sample(database: database, charter: charter).add(members)
            let invented = try installation.inventedDues(seed: 2010)
            _ = try await Installation.spoken { try await invented.addFigures(to: .samples, now: Date()) }
            try await SamplePeople(database: database).write()
            let first = Identifier.make()
            let run = try await installation.run(StartDuesRun(year, charter: charter))
            let work = installation.issueDues(try installation.duesServices())
            let clock = ContinuousClock()
            var written = 0
            let issued = try await clock.measure {
                written = try await work.run(run, now: Date()).written
            }
            let bare = BareRun(database: database, charter: charter, year: year, first: first)
            let read = try await clock.measure { _ = try await bare.read() }
            let (wrote, rows) = try await bare.write(clock)
            let (seconds, bareSeconds) = (issued / .seconds(1), (read + wrote) / .seconds(1))
            print(
                """
                {"members": \(members), "invoices": \(written), "rows": \(rows), "seconds": \(seconds), \
                "bare_seconds": \(bareSeconds)}
                """
            )
        }
    }
}

/// Somebody who represents each invented member, so that each invoice has its letter.
private struct SamplePeople {
    let database: Database

    func write() async throws {
        try await database.write { transaction in
            try transaction.execute(
                """
                INSERT INTO person (id, name, email, language, created_at)
                SELECT 'bench-' || id, 'Invented representative', key || '@example.org', 'en',
                    '2020-01-01T00:00:00.000000Z' FROM member
                """
            )
            try transaction.execute(
                """
                INSERT INTO role_grant (id, person_id, role, place_kind, place_id, starts_on, given_at)
                SELECT 'bench-' || id, 'bench-' || id, 'representative', 'member', id, '2020-01-01',
                    '2020-01-01T00:00:00.000000Z' FROM member
                """
            )
            for table in ["person", "role_grant", "fee_input"] { try transaction.script("ANALYZE \(table)") }
        }
    }
}

/// The rows that a run of invoices reads and writes, by bare statements: written into empty tables of the same shape, in
/// as many transactions as the run has.
private struct BareRun {
    let database: Database
    let charter: Charter
    let year: Int
    /// An id that is older than whatever the run wrote.
    let first: String

    /// Each with the column by which its rows come in their order.
    private static let tables = [
        ("invoice", "id"), ("account_entry", "id"), ("document_proof", "code"), ("mail", "id"), ("journal_entry", "id"),
        ("journal_pending", "entry_id"),
    ]

    /// The facts, the times of membership, and who gets the letters. Returns how many values there were.
    func read() async throws -> Int {
        let (charter, year) = (charter, year)
        return try await database.read { transaction in
            let rules = try FeeYear(year, charter: charter)
            let (start, end) = (try Day(year: year, month: 1, day: 1), try Day(year: year, month: 12, day: 31))
            let members = FeeReading.Members.onRollBetween(start, end)
            var count = try FeeReading(rules, transaction).readAlone(members, transaction)
            for sql in [
                "SELECT member_id, MIN(valid_from), MAX(valid_to) FROM roll_span WHERE on_roll = 1 GROUP BY member_id",
                """
                SELECT g.place_id, p.id, p.name, p.email, p.language FROM role_grant g
                    JOIN person p ON p.id = g.person_id
                WHERE g.place_kind = 'member' AND g.role = 'representative' ORDER BY g.place_id
                """,
            ] {
                try transaction.forEach(sql) { row in
                    for column in 0..<row.columnCount where row.optionalText(column) != nil { count += 1 }
                }
            }
            return count
        }
    }

    func write(_ clock: ContinuousClock) async throws -> (time: Duration, rows: Int) {
        let year = year
        try await database.write { transaction in
            for (table, _) in Self.tables + [("dues_counter", "")] { try BareInsert.make(table, transaction) }
            try transaction.execute("INSERT INTO bare_dues_counter VALUES ('invoice', ?, 0)", [.int(year)])
        }
        var (time, count) = (Duration.zero, 0)
        var last: [String: String] = [:]
        while true {
            let part = try await portion(&last)
            let rows = part.reduce(0) { $0 + $1.rows.count }
            guard rows > 0 else { return (time, count) }
            count += rows
            time += try await clock.measure {
                try await database.write { transaction in
                    try transaction.execute(
                        "UPDATE bare_dues_counter SET last = last + ? WHERE year = ?",
                        [.int(IssueDues.batch), .int(year)]
                    )
                    for table in part { try transaction.execute(table.sql, each: table.rows) }
                }
            }
        }
    }

    /// What one transaction of the run wrote, or as much.
    private func portion(_ last: inout [String: String]) async throws -> [(sql: String, rows: [[Value]])] {
        var part: [(sql: String, rows: [[Value]])] = []
        for (table, key) in Self.tables {
            // Codes are by chance, and only the run made any.
            let from = last[table] ?? (key == "code" ? "" : first)
            let rows = try await database.read { transaction in
                try transaction.query(
                    "SELECT t.\(key), t.* FROM \(table) t WHERE t.\(key) > ? ORDER BY t.\(key) LIMIT ?",
                    [.text(from), .int(IssueDues.batch)]
                ) { (key: try $0.text(0), values: BareInsert.values($0, from: 1)) }
            }
            guard let end = rows.last, let width = rows.first?.values.count else { continue }
            last[table] = end.key
            let places = Array(repeating: "?", count: width).joined(separator: ", ")
            part.append((sql: "INSERT INTO bare_\(table) VALUES (\(places))", rows: rows.map { $0.values }))
        }
        return part
    }
}
