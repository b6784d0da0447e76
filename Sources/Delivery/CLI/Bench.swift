import ArgumentParser
import Charter
import Database
import Foundation
import Identity
import Membership

struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measures parts of the program against a bare loop, for `make bench`.",
        shouldDisplay: false,
        subcommands: [
            ImportBench.self, PasswordBench.self, StandingBench.self, RankingBench.self, DuesRunBench.self,
            MatchingBench.self,
        ]
    )

    /// The shortest of some rounds, in seconds.
    static func best(of rounds: Int, _ work: () async throws -> Void) async throws -> Double {
        let clock = ContinuousClock()
        var shortest = Duration.seconds(86_400)
        for _ in 0..<max(1, rounds) {
            let took = try await clock.measure { try await work() }
            shortest = min(shortest, took)
        }
        return shortest / .seconds(1)
    }

    struct PasswordBench: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "password",
            abstract: "Checks a password again and again, one at a time and four at once."
        )
        @OptionGroup var flags: SettingFlags
        @Option(help: "How often.")
        var count = 8

        func run() async throws {
            let hasher = PasswordHasher()
            let clock = ContinuousClock()
            let stored = try await hasher.hash("four words that rhyme")
            let alone = try await clock.measure {
                for _ in 0..<count { _ = try await hasher.verify("four words that rhyme", against: stored) }
            }
            let together = try await clock.measure {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<4 {
                        group.addTask { _ = try await hasher.verify("four words that rhyme", against: stored) }
                    }
                    try await group.waitForAll()
                }
            }
            print(
                """
                {"seconds_alone": \(alone / .seconds(count)), "seconds_together": \(together / .seconds(4))}
                """
            )
        }
    }

    struct ImportBench: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "import",
            abstract: "Imports invented members, then inserts the very same rows with bare prepared statements."
        )
        @OptionGroup var flags: SettingFlags
        @Option(help: "How many members.")
        var rows = 100_000

        func run() async throws {
            let installation = try await Installation.open(flags)
            let clock = ContinuousClock()
            let folder = NSTemporaryDirectory() + "/hansa-bench-\(Identifier.make())"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: folder) }
            try await Sample(database: installation.database, charter: installation.charter).add(1)
            let text = Sample.membersFile(rows, charter: installation.charter)
            try text.write(toFile: folder + "/members.csv", atomically: true, encoding: .utf8)
            let importer = Importer(
                database: installation.database,
                charter: installation.charter,
                countries: [],
                actor: "bench"
            )
            let imported = try await clock.measure { _ = try await importer.importFile(folder + "/members.csv") }
            let bare = try await BareInsert(database: installation.database).run(clock)
            let seconds = imported / .seconds(1)
            let bareSeconds = bare.time / .seconds(1)
            print(
                """
                {"rows": \(rows), "import_seconds": \(seconds), "bare_seconds": \(bareSeconds), \
                "bare_rows": \(bare.rows), "ratio": \(seconds / bareSeconds)}
                """
            )
        }
    }
}

/// The rows that an import wrote, inserted again into empty tables of the same shape by bare prepared statements.
struct BareInsert {
    let database: Database
    // What an import of members writes: records, search words, and the journal's entries.
    private static let tables = ["member", "name_word", "journal_entry", "journal_pending"]

    func run(_ clock: ContinuousClock) async throws -> (time: Duration, rows: Int) {
        var time = Duration.zero
        var count = 0
        for table in Self.tables {
            let rows = try await database.read { transaction in
                try transaction.query("SELECT * FROM \(table)") { row in Self.values(row) }
            }
            guard let width = rows.first?.count else { continue }
            let places = Array(repeating: "?", count: width).joined(separator: ", ")
            try await database.write { try Self.make(table, $0) }
            time += try await clock.measure {
                try await database.write { transaction in
                    try transaction.execute("INSERT INTO bare_\(table) VALUES (\(places))", each: rows)
                }
            }
            count += rows.count
            try await database.write { try $0.script("DROP TABLE bare_\(table)") }
        }
        return (time, count)
    }

    /// - Parameter first: the first column.
    static func values(_ row: Row, from first: Int = 0) -> [Value] {
        (first..<row.columnCount).map { column in
            if row.isNull(column) { return .null }
            return row.isBlob(column) ? .blob(row.optionalBlob(column) ?? []) : .optional(row.optionalText(column))
        }
    }

    /// Makes an empty table of the same shape, called `bare_` and its name.
    static func make(_ table: String, _ transaction: Transaction) throws {
        if transaction.engine == .postgres {
            return try transaction.script("CREATE TABLE bare_\(table) (LIKE \(table) INCLUDING ALL)")
        }
        let statements = try transaction.query(
            "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL ORDER BY type DESC",
            [.text(table)]
        ) { try $0.text(0) }
        for statement in statements {
            let renamed = statement.replacing("TABLE \(table)", with: "TABLE bare_\(table)")
                .replacing("ON \(table)", with: "ON bare_\(table)")
                .replacing("INDEX ", with: "INDEX bare_")
            try transaction.script(renamed)
        }
    }
}
