import ArgumentParser
import Charter
import Database
import Dues
import Foundation
import Journal
import Membership
import Standing

extension Bench {
    struct StandingBench: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "standing",
            abstract: "Works out the standing of invented members, and the nightly rule, then reads the very same rows."
        )
        @OptionGroup var flags: SettingFlags
        @Option(help: "How many members.")
        var members = 100_000
        @Option(help: "How often each is measured; the best counts.")
        var rounds = 3

        func run() async throws {
            let installation = try await Installation.open(flags)
            try await installation.requireNobody()
            let (database, charter, day) = (installation.database, installation.charter, installation.today)
            guard let version = charter.version(on: day), !version.standings.isEmpty else {
                throw CommandFailure("The charter says nothing of standing, so nothing can be measured.")
            }
            try await Sample(database: database, charter: charter).add(members)
            try await SampleActivity(day: day).write(database)
            try await BenchDues(database: database, today: day).write(years: 2)
            let dues = DuesOnRecord()
            let standing = try await Bench.best(of: rounds) {
                _ = try await installation.ask(StandingOfAll(on: day, charter: charter, dues: dues))
            }
            let roll = RollOfDay(day: day, version: version, dues: NoDuesOnRecord())
            let standingAlone = try await Bench.best(of: rounds) {
                _ = try await database.read { try roll.readAlone($0) + dues.readAlone($0, on: day) }
            }
            var findings = 0
            let ruled = try await Bench.best(of: rounds) {
                findings = try await database.read { try Self.day(day, charter, $0).findings($0).count }
            }
            let ruledAlone = try await Bench.best(of: rounds) {
                _ = try await database.read { try Self.day(day, charter, $0).readAlone($0) }
            }
            let work = KeepProposals(database: database, charter: charter, payments: dues)
            let night = try await ContinuousClock().measure { _ = try await work.run(on: day, now: Date()) }
            print(
                """
                {"members": \(members), "seconds": \(standing), "bare_seconds": \(standingAlone), \
                "findings": \(findings), "rule_seconds": \(ruled), "rule_bare_seconds": \(ruledAlone), \
                "night_seconds": \(night / .seconds(1))}
                """
            )
        }

        private static func day(_ day: Day, _ charter: Charter, _ transaction: Transaction) throws -> StandingDay {
            try StandingDay(day, roll: .asTheDayEnded, charter: charter, payments: DuesOnRecord(), transaction)
        }
    }
}

/// Invented events in which every third of the invented members took part now and then.
private struct SampleActivity {
    let day: Day

    func write(_ database: Database) async throws {
        let day = day
        try await database.write { transaction in
            let ids = try transaction.query("SELECT id FROM member WHERE origin = 'sample' ORDER BY key") {
                try $0.text(0)
            }
            for number in 0..<12 {
                let held = day.adding(days: -200 * number - 30).description
                try transaction.execute(
                    """
                    INSERT INTO event (key, name, kind, date_from, date_to, source, origin)
                    VALUES (?, 'Invented meeting', 'other', ?, ?, ?, 'sample')
                    """,
                    [.text("sample-\(number)"), .text(held), .text(held), .text(Sample.source)]
                )
                try transaction.execute(
                    """
                    INSERT INTO participation (event, member_id, capacity, printed, mode, source, origin)
                    VALUES (?, ?, 'delegate', '', 'online', ?, 'sample')
                    """,
                    each: ids.enumerated().filter { $0.offset % 3 == 0 && $0.offset % 12 >= number }.map {
                        [.text("sample-\(number)"), .text($0.element), .text(Sample.source)]
                    }
                )
            }
            for table in ["participation", "event"] { try transaction.script("ANALYZE \(table)") }
        }
    }
}
