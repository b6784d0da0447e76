import Access
import ArgumentParser
import Charter
import Languages
import Membership
import Standing

extension StandingCommands {
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows everybody's standing on a day, and how many have each.",
            usage: "hansa standing list [--on DAY] [--standing KEY] [--json]"
        )
        @OptionGroup var settings: SettingFlags
        @Option(help: "The day; today when left out.")
        var on: String?
        @Option(help: "The key of one standing of the charter: name only those who have it.")
        var standing: String?
        @Flag(help: "Print JSON.")
        var json = false

        func run() async throws {
            let installation = try await Installation.open(settings)
            let found = try await installation.ask(
                StandingOfAll(
                    on: installation.day(on, "--on"),
                    standing: standing,
                    charter: installation.charter,
                    dues: installation.duesRecord
                )
            )
            let keys = found.counts.map(\.standing.key)
            if let standing, found.isStated, !keys.contains(standing) {
                throw CommandFailure(
                    "The charter has no standing \"\(standing)\". It has: \(keys.joined(separator: ", "))."
                )
            }
            let lines = found.members.map {
                MemberStandingLine($0.member.key, $0.member.name, found.day, found.explained($0))
            }
            if json { return try Terminal.json(lines) }
            guard found.isStated else { return print(StandingFound.notStated.reason.english) }
            Terminal.table(
                ["Name", "Key", "Standing", "Why"],
                lines.map { [Terminal.safe($0.name), $0.member, $0.standing ?? "", Terminal.safe($0.reason)] }
            )
            for count in found.counts {
                let made = count.invented > 0 ? ", \(count.invented) of them by records that are made up" : ""
                let named = Terminal.dim("  \(count.standing.name)\(made)")
                print(Terminal.bold("\(count.members) \(count.standing.key)") + named)
            }
        }
    }

    struct History: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows how one member's standing changed over time, and why.",
            usage: "hansa standing history MEMBER [--from DAY] [--to DAY] [--json]"
        )
        @OptionGroup var settings: SettingFlags
        @Argument(help: "The member's key, or any of its names.")
        var member: String
        @Option(help: "The first day; that on which it came onto the roll when left out.")
        var from: String?
        @Option(help: "The last day; today when left out.")
        var to: String?
        @Flag(help: "Print JSON.")
        var json = false

        func run() async throws {
            let installation = try await Installation.open(settings)
            let found = try await installation.ask(
                StandingHistory(
                    installation.member(member).key,
                    from: from.map { try installation.day($0, "--from") } ?? .first,
                    to: installation.day(to, "--to"),
                    charter: installation.charter,
                    dues: installation.duesRecord
                )
            )
            let lines = found.spans.map {
                MemberStandingLine(found.memberKey, found.memberName, $0.from, until: $0.to, $0.found)
            }
            if json { return try Terminal.json(lines) }
            print(Terminal.bold(Terminal.safe(found.memberName)))
            Terminal.table(
                ["From", "To", "Standing", "Why"],
                lines.map { line in
                    [
                        "\(line.day)", line.until?.description ?? "", line.standing ?? "–",
                        Terminal.safe(line.reason),
                    ]
                }
            )
        }
    }
}

/// A member's standing as JSON and for a person.
struct MemberStandingLine: Encodable {
    let member: String
    let name: String
    let day: Day
    /// The last day of a time.
    let until: Day?
    /// The key of the charter's standing.
    let standing: String?
    let standingName: String?
    let reason: String
    let change: String?
    let rule: String?
    let citation: String?
    let records: [String]
    /// Whether a record of its dues is made up.
    let invented: Bool

    init(_ member: String, _ name: String, _ day: Day, until: Day? = nil, _ found: StandingFound) {
        self.member = member
        self.name = name
        self.day = day
        self.until = until
        reason = found.reason.english
        guard case .standing(let known) = found else {
            (standing, standingName, change, rule, citation) = (nil, nil, nil, nil, nil)
            (records, invented) = ([], false)
            return
        }
        standing = known.standing.key
        standingName = known.standing.name
        change = known.standing.change?.english
        rule = known.standing.rule.id
        citation = known.standing.citation.description
        records = known.records.map(\.words.english)
        invented = known.dues.isInvented
    }

    func show() {
        print(Terminal.bold(Terminal.safe("\(name): \(standingName ?? "no standing")")) + Terminal.dim("  on \(day)"))
        print(Terminal.safe(reason))
        if let change { print(Terminal.safe(change)) }
        if let rule, let citation { print(Terminal.dim(Terminal.safe("\(rule)  \(citation)"))) }
        if !records.isEmpty { print(Terminal.dim(Terminal.safe("Rests on: \(records.joined(separator: ", "))."))) }
    }
}
