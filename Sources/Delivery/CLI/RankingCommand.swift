import Access
import ArgumentParser
import Charter
import Languages
import Membership
import Standing

struct RankingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ranking",
        abstract: "Ranks the members by the points that they earned in a time.",
        usage: "hansa ranking [--from DAY] [--to DAY] [--weight RULE=POINTS …] [--top COUNT] [--json]",
        discussion: "hansa ranking --from 2024-01-01 --to 2024-12-31 --weight participation=2 --top 20"
    )
    @OptionGroup var settings: SettingFlags
    @Option(help: "The first day; the first of the last day's year when left out.")
    var from: String?
    @Option(help: "The last day; today when left out.")
    var to: String?
    @Option(help: "Points instead of the charter's, as in participation=2; as often as there are rules.")
    var weight: [String] = []
    @Option(help: "How many members at most.")
    var top: Int?
    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let installation = try await Installation.open(settings)
        let time = try PointsTimeFlags(from, to, installation)
        if let top, top < 1 { throw CommandFailure("--top takes a number of members, as in --top 20.") }
        let found = try await Installation.spoken {
            try await installation.ask(
                Ranking(
                    from: time.from,
                    to: time.to,
                    weights: PointWeights(weight, charter: installation.charter, on: time.to),
                    limit: top,
                    charter: installation.charter,
                    dues: installation.duesRecord
                )
            )
        }
        if json { return try Terminal.json(found.rows.map(RankingLine.init)) }
        guard found.isStated else { return print("The charter in force on \(time.to) says nothing of points.") }
        Terminal.table(
            ["Rank", "Name", "Key", "Points"] + found.rules.map(\.key),
            found.rows.map { row in
                [
                    row.isShared ? "\(row.rank)=" : "\(row.rank)",
                    Terminal.safe(row.memberName) + (row.isInvented ? " (made up in part)" : ""), row.memberKey,
                    row.sum.total.words.english,
                ] + row.sum.lines.map { "\($0.count)" }
            },
            numbers: Set([0] + (3..<4 + found.rules.count))
        )
        if found.sharingLast > 0 { print(Terminal.dim("\(found.sharingLast) more share the last rank.")) }
        print(Terminal.dim("\(found.ranked) earned points from \(time.from) to \(time.to), \(found.without) none."))
    }
}

/// A rank as JSON.
private struct RankingLine: Encodable {
    let rank: Int
    let shared: Bool
    let member: String
    let name: String
    let category: String
    let points: Double
    let lines: [PointsDocument.Line]
    let invented: Bool

    init(_ row: Ranking.Row) {
        rank = row.rank
        shared = row.isShared
        member = row.memberKey
        name = row.memberName
        category = row.category
        points = row.sum.total.number
        lines = row.sum.lines.map(PointsDocument.Line.init)
        invented = row.isInvented
    }
}
