import Access
import ArgumentParser
import Charter
import Languages
import Membership
import Standing

struct PointsCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "points",
        abstract: "The points that a member earned, each with its record; what earns them beside events and payments.",
        discussion: """
            hansa points Seoul --from 2024-01-01 --to 2024-12-31
            hansa points add Seoul case --on 2024-05-02 --words "A catalogue's case" --grounds "Its submission"
            hansa points withdraw ID --grounds "It was another city's"
            """,
        subcommands: [Of.self, Add.self, Withdraw.self],
        defaultSubcommand: Of.self
    )
}

extension PointsCommands {
    struct Of: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "of",
            abstract: "Shows the points that a member earned in a time, and what earned them.",
            usage: "hansa points MEMBER [--from DAY] [--to DAY] [--weight RULE=POINTS …] [--json]"
        )
        @OptionGroup var settings: SettingFlags
        @Argument(help: "The member's key, or any of its names.")
        var member: String
        @Option(help: "The first day; the first of the last day's year when left out.")
        var from: String?
        @Option(help: "The last day; today when left out.")
        var to: String?
        @Option(help: "Points instead of the charter's, as in participation=2; as often as there are rules.")
        var weight: [String] = []
        @Flag(help: "Print JSON.")
        var json = false

        func run() async throws {
            let installation = try await Installation.open(settings)
            let time = try PointsTimeFlags(from, to, installation)
            let key = try await installation.member(member).key
            let found = try await Installation.spoken {
                try await installation.ask(
                    PointsOf(
                        key,
                        from: time.from,
                        to: time.to,
                        weights: PointWeights(weight, charter: installation.charter, on: time.to),
                        charter: installation.charter,
                        dues: installation.duesRecord
                    )
                )
            }
            if json { return try Terminal.json(PointsDocument(found)) }
            guard found.isStated else { return print("The charter in force on \(time.to) says nothing of points.") }
            print(Terminal.bold(Terminal.safe(found.memberName)) + Terminal.dim("  \(time.from) to \(time.to)"))
            Terminal.table(
                ["Day", "Points", "For", "What", "Record"],
                found.earned.map { earned in
                    [
                        "\(earned.when.latest)", earned.points.words.english, earned.rule.key,
                        Terminal.safe(earned.words.english + (earned.isInvented ? " (made up)" : "")),
                        Terminal.safe(PointsDocument.record(earned.record)),
                    ]
                },
                numbers: [1]
            )
            for line in found.sum.lines {
                let (weight, points) = (line.weight.words.english, line.points.words.english)
                let told = "\(line.rule.key): \(line.count) × \(weight) = \(points)"
                print(Terminal.dim("\(told)  \(line.rule.citation)"))
            }
            print(Terminal.bold("\(found.sum.total.words.english) points"))
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Records what a member did and the charter gives points for.",
            usage: "hansa points add MEMBER KIND --on DAY [--through DAY] --words WHAT --grounds WHY",
            discussion: "KIND is the key of a rule that gives points for an activity: hansa charter explain points.KIND"
        )
        @OptionGroup var settings: SettingFlags
        @Argument(help: "The member's key, or any of its names.")
        var member: String
        @Argument(help: "The key of the charter's rule on points.")
        var kind: String
        @Option(help: "The day on which it was done, or the first on which it can have been.")
        var on: String
        @Option(help: "The last day on which it can have been, where the day is not known.")
        var through = ""
        @Option(help: "What it was, in a few words.")
        var words: String
        @Option(help: "The code of a source on record; what you enter is your word when left out.")
        var source = ""
        @Option(help: "Where in the source.")
        var locator = ""
        @Flag(help: "It is made up, for trying the program.")
        var invented = false
        @Option(help: "Why, and where you have it from; the journal keeps it.")
        var grounds: String

        func run() async throws {
            let installation = try await Installation.open(settings)
            let draft = ActivityDraft(
                kind: kind,
                from: on,
                through: through,
                words: words,
                source: source,
                locator: locator,
                isInvented: invented
            )
            let id = try await installation.run(
                AddActivity(member: member, draft, grounds: grounds, charter: installation.charter)
            )
            print("Recorded: \(id)")
        }
    }

    struct Withdraw: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Withdraws an activity; it stays on record, marked, and earns nothing.",
            usage: "hansa points withdraw ID --grounds WHY"
        )
        @OptionGroup var settings: SettingFlags
        @Argument(help: "The activity's id, from `hansa points MEMBER --json`.")
        var id: String
        @Option(help: "Why; the journal keeps it.")
        var grounds: String

        func run() async throws {
            let installation = try await Installation.open(settings)
            try await installation.run(WithdrawActivity(id, grounds: grounds))
            print("Withdrawn.")
        }
    }
}

/// A member's points as JSON.
struct PointsDocument: Encodable {
    struct Earned: Encodable {
        let rule: String
        let points: Double
        let earliest: Day
        let day: Day
        let what: String
        let record: String
        let source: String?
        let invented: Bool
    }

    struct Line: Encodable {
        let rule: String
        let name: String
        let count: Int
        let weight: Double
        let points: Double

        init(_ line: PointSum.Line) {
            rule = line.rule.key
            name = line.rule.name
            count = line.count
            weight = line.weight.number
            points = line.points.number
        }
    }

    let member: String
    let name: String
    let earned: [Earned]
    let lines: [Line]
    let total: Double

    init(_ found: PointsOf.Answer) {
        member = found.memberKey
        name = found.memberName
        earned = found.earned.map { earned in
            Earned(
                rule: earned.rule.key,
                points: earned.points.number,
                earliest: earned.when.earliest,
                day: earned.when.latest,
                what: earned.words.english,
                record: Self.record(earned.record),
                source: earned.source.map { [$0.code, $0.locator].compactMap(\.self).joined(separator: ", ") },
                invented: earned.isInvented
            )
        }
        lines = found.sum.lines.map(Line.init)
        total = found.sum.total.number
    }

    /// The record's kind and key.
    static func record(_ link: RecordLink) -> String {
        switch link {
        case .event(let key): "event \(key)"
        case .activity(let id): "activity \(id)"
        case .invoice(_, let number): "invoice \(number)"
        case .rule(let id): "rule \(id)"
        case .statuses: "statuses"
        case .account: "account"
        }
    }
}

extension Charter.Points {
    /// For JSON; a tenth is exact enough there.
    var number: Double { Double(tenths) / 10 }
}
