import ArgumentParser
import Charter
import Database
import Foundation
import Journal
import Membership
import Standing

extension Bench {
    struct StandingBench: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "standing",
            abstract: "Puts the rule on standing to invented members, then reads the very same rows and does nothing."
        )
        @OptionGroup var flags: SettingFlags
        @Option(help: "How many members.")
        var members = 100_000
        @Option(help: "How often each is measured; the best counts.")
        var rounds = 3

        func run() async throws {
            let installation = try await Installation.open(flags)
            let (database, charter) = (installation.database, installation.charter)
            try await Sample(database: database, charter: charter).add(members)
            let day = installation.today
            try await SampleActivity(day: day).write(database)
            let clock = ContinuousClock()
            var ruled = Duration.seconds(86_400)
            var bare = ruled
            var findings = 0
            for _ in 0..<rounds {
                let whole = try await clock.measure {
                    findings = try await database.read { transaction in
                        try Self.day(day, charter, transaction).findings(transaction).count
                    }
                }
                let alone = try await clock.measure {
                    _ = try await database.read { transaction in
                        try Self.day(day, charter, transaction).readAlone(transaction)
                    }
                }
                (ruled, bare) = (min(ruled, whole), min(bare, alone))
            }
            let work = KeepProposals(database: database, charter: charter, payments: NoPaymentsOnRecord())
            let night = try await clock.measure { _ = try await work.run(on: day, now: Date()) }
            print(
                """
                {"members": \(members), "findings": \(findings), "rule_seconds": \(ruled / .seconds(1)), \
                "bare_seconds": \(bare / .seconds(1)), "night_seconds": \(night / .seconds(1)), \
                "ratio": \((ruled / .seconds(1)) / (bare / .seconds(1)))}
                """
            )
        }

        private static func day(_ day: Day, _ charter: Charter, _ transaction: Transaction) throws -> StandingDay {
            try StandingDay(
                day,
                roll: .asTheDayEnded,
                charter: charter,
                payments: NoPaymentsOnRecord(),
                transaction
            )
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
