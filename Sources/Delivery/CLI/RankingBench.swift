import ArgumentParser
import Charter
import Database
import Dues
import Foundation
import Membership
import Standing

extension Bench {
    struct RankingBench: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "ranking",
            abstract: "Works out the ranking of invented members, then reads the very same rows alone."
        )
        @OptionGroup var flags: SettingFlags
        @Option(help: "How many members.")
        var members = 100_000
        @Option(help: "How many participations.")
        var participations = 1_000_000
        @Option(help: "How often each is measured; the best counts.")
        var rounds = 3

        func run() async throws {
            let installation = try await Installation.open(flags)
            try await installation.requireNobody()
            let (database, charter, day) = (installation.database, installation.charter, installation.today)
            guard let version = charter.version(on: day), !version.points.isEmpty else {
                throw CommandFailure("The charter says nothing of points, so nothing can be measured.")
            }
            try await Sample(database: database, charter: charter).add(members)
            try await SampleParticipations(day: day, count: participations).write(database)
            try await BenchDues(database: database, today: day).write(years: 1)
            let dues = DuesOnRecord()
            let (first, last) = (day.adding(days: -365), day)
            let time = RankingTime(from: first, to: last, charter: charter, dues: dues)
            var ranked = 0
            let ranking = try await Bench.best(of: rounds) {
                ranked = try await installation.ask(Ranking(from: first, to: last, charter: charter, dues: dues)).ranked
            }
            let bare = try await Bench.best(of: rounds) {
                _ = try await database.read { try time.readAlone($0) + dues.readAlone($0, on: .last) }
            }
            print(
                """
                {"members": \(members), "participations": \(participations), "ranked": \(ranked), \
                "seconds": \(ranking), "bare_seconds": \(bare)}
                """
            )
        }
    }
}

/// Invented events of the last year in which the invented members took part, one after the other.
private struct SampleParticipations {
    let day: Day
    let count: Int

    func write(_ database: Database) async throws {
        let (day, count) = (day, count)
        let ids = try await database.read { transaction in
            try transaction.query("SELECT id FROM member WHERE origin = 'sample' ORDER BY key") { try $0.text(0) }
        }
        guard !ids.isEmpty else { return }
        let capacities = Participation.capacities
        for number in 0...(count - 1) / ids.count {
            let event = "sample-year-\(number)"
            let rows = ids.prefix(count - number * ids.count).enumerated().map { place, id -> [Value] in
                // In another capacity each time.
                let capacity = capacities[(place + number) % capacities.count]
                return [.text(event), .text(id), .text(capacity), .text(Sample.source)]
            }
            try await database.write { transaction in
                let held = day.adding(days: -(number * 7) % 365).description
                try transaction.execute(
                    """
                    INSERT INTO event (key, name, kind, date_from, date_to, source, origin)
                    VALUES (?, 'Invented meeting', 'other', ?, ?, ?, 'sample')
                    """,
                    [.text(event), .text(held), .text(held), .text(Sample.source)]
                )
                try transaction.execute(
                    """
                    INSERT INTO participation (event, member_id, capacity, printed, mode, source, origin)
                    VALUES (?, ?, ?, '', 'online', ?, 'sample')
                    """,
                    each: rows
                )
            }
        }
        try await database.write { transaction in
            for table in ["participation", "event"] { try transaction.script("ANALYZE \(table)") }
        }
    }
}
