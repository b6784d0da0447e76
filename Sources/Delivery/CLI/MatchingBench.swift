import ArgumentParser
import Database
import Dues
import Foundation
import Membership

extension Bench {
    struct MatchingBench: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "matching",
            abstract: "Matches lines of a bank's statement with as many invoices, then reads and writes the rows alone."
        )
        @OptionGroup var flags: SettingFlags
        @Option(help: "How many lines, and how many invoices.")
        var lines = 100_000
        @Option(help: "How often each is measured; the best counts.")
        var rounds = 3

        func run() async throws {
            let installation = try await Installation.open(flags)
            try await installation.requireNobody()
            let (database, count, now) = (installation.database, lines, Date())
            try await Sample(database: database, charter: installation.charter).add(count)
            try await BenchDues(database: database, today: installation.today).write(years: 1, pays: false)
            let invented = try await database.write { try MatchBench.invent(count, $0, now: now) }
            try await database.write { try $0.script("ANALYZE bank_line") }
            let matching = try await Bench.best(of: rounds) {
                _ = try await database.write { try MatchBench.match($0, now: now) }
            }
            let bare = try await Bench.best(of: rounds) {
                _ = try await database.write { try MatchBench.bare($0) }
            }
            print(
                """
                {"lines": \(invented), "invoices": \(count), "seconds": \(matching), "bare_seconds": \(bare)}
                """
            )
        }
    }
}
