import ArgumentParser
import Charter
import Database
import Foundation
import Membership
import Standing

extension Bench {
    struct RankingBench: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "ranking",
            abstract: "Works out the standing and the ranking of invented members, then reads the very same rows alone."
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
            let (database, charter, day) = (installation.database, installation.charter, installation.today)
            guard let version = charter.version(on: day), !version.points.isEmpty, !version.standings.isEmpty else {
                throw CommandFailure("The charter says nothing of standing or of points, so nothing can be measured.")
            }
            try await Sample(database: database, charter: charter).add(members)
            try await SampleParticipations(day: day, count: participations).write(database)
            let dues = SampleDues(day: day)
            let roll = RollOfDay(day: day, version: version, dues: dues)
            let (first, last) = (day.adding(days: -365), day)
            let time = RankingTime(from: first, to: last, charter: charter, dues: dues)
            let standing = try await best {
                _ = try await installation.ask(StandingOfAll(on: day, charter: charter, dues: dues))
            }
            let standingAlone = try await best { _ = try await database.read { try roll.readAlone($0) } }
            var ranked = 0
            let ranking = try await best {
                ranked = try await installation.ask(Ranking(from: first, to: last, charter: charter, dues: dues)).ranked
            }
            let rankingAlone = try await best { _ = try await database.read { try time.readAlone($0) } }
            print(
                """
                {"members": \(members), "participations": \(participations), "ranked": \(ranked), \
                "standing_seconds": \(standing), "standing_bare_seconds": \(standingAlone), \
                "ranking_seconds": \(ranking), "ranking_bare_seconds": \(rankingAlone)}
                """
            )
        }

        /// The shortest of some rounds, in seconds.
        private func best(_ work: () async throws -> Void) async throws -> Double {
            let clock = ContinuousClock()
            var shortest = Duration.seconds(86_400)
            for _ in 0..<max(1, rounds) {
                let took = try await clock.measure { try await work() }
                shortest = min(shortest, took)
            }
            return shortest / .seconds(1)
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

/// Invented dues: of sixteen members ten have paid, four are in arrears and two have no invoice.
private struct SampleDues: DuesRecord, DuesOfAll, DuesOfOne {
    let day: Day

    func dues(_ transaction: Transaction, on day: Day) throws -> any DuesOfAll { self }
    func dues(_ transaction: Transaction, ofMember id: String) throws -> any DuesOfOne { self }
    func feesPaid(_ transaction: Transaction, ofMember id: String?, from: Day, to: Day) throws -> [FeePaid] { [] }

    var changes: [Day] { [] }
    func facts(on day: Day) -> DuesFacts { .none }

    func facts(ofMember id: String) -> DuesFacts {
        // The last letter of an id is as good as chance.
        switch id.utf8.last ?? 0 {
        case 0x30...0x39:
            DuesFacts(hasInvoices: true, lastPayment: day, paidYears: [day.year], isInvented: true)
        case 0x61...0x64:
            DuesFacts(
                hasInvoices: true,
                firstPastDue: .init(id: id, number: "", year: day.year, due: day.adding(days: -90)),
                owed: [.init(minor: 100_000, places: 2, currency: "USD")],
                pastDue: [.init(minor: 100_000, places: 2, currency: "USD")],
                isInvented: true
            )
        default: .none
        }
    }
}
