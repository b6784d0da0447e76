import Access
import ArgumentParser
import Charter
import Dues
import Foundation
import Languages
import Membership

struct FeeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fee",
        abstract: "Tells the fee of one member for a year, and all that it follows from.",
        usage: "hansa fee MEMBER [--year YEAR] [--what-if NAME=VALUE …] [--json]",
        discussion: """
            hansa fee Esri --year 2024
            hansa fee Esri --year 2022 --what-if employees=240 --what-if kind=start-up
            What is assumed is not kept. NAME is what fees go by (employees, population, …), kind or category.
            """
    )
    @OptionGroup var settings: SettingFlags
    @Argument(help: "The member's key, or any of its names.")
    var member: String
    @Option(help: "The year of the fee; the present one when left out.")
    var year: Int?
    @Option(help: "Something to assume, as in --what-if employees=240.")
    var whatIf: [String] = []
    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let installation = try await Installation.open(settings)
        let found = try await installation.ask(
            FeeOfMember(
                try await installation.member(member).key,
                year: year ?? installation.today.year,
                assuming: try assumptions(installation.charter),
                charter: installation.charter
            )
        )
        if json { return try Terminal.json(FeeLine(found.fee, found.year)) }
        show(found.fee, found.year)
    }

    private func assumptions(_ charter: Charter) throws -> FeeAssumptions {
        var typed: [String: String] = [:]
        for text in whatIf {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2 else {
                throw CommandFailure("--what-if takes a name and a value, as in --what-if employees=240.")
            }
            typed[parts[0]] = parts[1]
        }
        do { return try FeeAssumptions(typed: typed, charter: charter) } catch let input as InvalidInput {
            let problems = input.fields.map { "  \(Terminal.safe($0.name)): \(Terminal.safe($0.message.english))" }
            throw CommandFailure("This cannot be assumed:\n" + problems.joined(separator: "\n"))
        }
    }

    private func show(_ fee: MemberFee, _ year: FeeYear) {
        let told = fee.outcome.answer.map { FeeTotal(currency: $0.currency, amount: $0.fee).words.english }
        let title = "\(fee.member.name), \(year.year): \(told ?? "cannot be told")"
        print(Terminal.bold(Terminal.safe(title)) + (fee.member.isSample ? "  (invented sample)" : ""))
        print(Terminal.safe(fee.outcome.words.english))
        for statement in fee.outcome.answer?.statements ?? [] { print(Terminal.safe(statement.words.english)) }
        if fee.isInvented { print("It rests on a figure that is made up.") }
        let rule = fee.outcome.answer.map { "; hansa charter explain \($0.rule) --as-of \(year.billedOn)" } ?? ""
        print(Terminal.dim("Decided on \(year.billedOn), by the rules of \(year.version.effective)\(rule)"))
    }
}

struct FeesCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fees",
        abstract: "The fees of everybody on the roll, the figures that they go by, and two sets of rules compared.",
        discussion: """
            hansa fees list --year 2024
            hansa fees compare --from 2023 --to 2024
            hansa fees inputs import figures.csv
            """,
        subcommands: [List.self, Compare.self, FeeInputCommands.self],
        defaultSubcommand: List.self
    )

    static func day(_ text: String?) throws -> Day? {
        guard let text else { return nil }
        guard let day = Day(text) else {
            throw CommandFailure("\"\(Terminal.safe(text))\" is no day. Write year-month-day, as in 2021-12-31.")
        }
        return day
    }

    static func words(_ totals: [FeeTotal]) -> String {
        totals.isEmpty ? "nothing" : totals.map(\.words.english).joined(separator: " and ")
    }
}

extension FeesCommands {
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Tells the fee of everybody on the roll for a year, or what is missing to tell it.",
            usage: "hansa fees list [--year YEAR] [--as-of DAY] [--json]"
        )
        @OptionGroup var settings: SettingFlags
        @Option(help: "The year of the fees; the present one when left out.")
        var year: Int?
        @Option(help: "The day of the roll; when left out, the day on which the year's fees are decided.")
        var asOf: String?
        @Flag(help: "Print JSON.")
        var json = false

        func run() async throws {
            let installation = try await Installation.open(settings)
            let found = try await installation.ask(
                FeesOfRoll(
                    year: year ?? installation.today.year,
                    on: try FeesCommands.day(asOf),
                    charter: installation.charter
                )
            )
            if json { return try Terminal.json(found.fees.map { FeeLine($0, found.year) }) }
            Terminal.table(
                ["Member", "Key", "Category", "Fee", "Why"],
                found.fees.map { fee in
                    [
                        Terminal.safe(fee.member.name), fee.member.key, fee.member.category,
                        fee.outcome.answer.map { "\($0.currency) \($0.fee)" } ?? "",
                        Terminal.safe(fee.outcome.words.english),
                    ]
                },
                numbers: [3]
            )
            print(
                Terminal.bold(
                    "\(found.told) of \(found.fees.count) fees of \(found.year.year) can be told: "
                        + FeesCommands.words(found.totals) + "."
                )
            )
        }
    }

    struct Compare: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Compares what the rules of two years ask of the same members, by the same figures.",
            usage: "hansa fees compare --from YEAR --to YEAR [--as-of DAY] [--all] [--json]"
        )
        @OptionGroup var settings: SettingFlags
        @Option(help: "The year whose rules are left.")
        var from: Int
        @Option(help: "The year whose rules are looked at.")
        var to: Int
        @Option(help: "The day of the roll; when left out, the day on which the fees of --to are decided.")
        var asOf: String?
        @Flag(help: "Name also those who pay the same, or whose fee cannot be told.")
        var all = false
        @Flag(help: "Print JSON.")
        var json = false

        func run() async throws {
            let installation = try await Installation.open(settings)
            let found = try await installation.ask(
                FeeComparison(from: from, to: to, on: try FeesCommands.day(asOf), charter: installation.charter)
            )
            if json { return try Terminal.json(ComparedFeesLine(found)) }
            let shown = found.rows.filter { all || ($0.change != .same && $0.change != .cannotTell) }
            if !shown.isEmpty {
                Terminal.table(
                    ["Member", "Key", "\(from)", "\(to)", "Difference", ""],
                    shown.map { row in
                        [
                            Terminal.safe(row.member.name), row.member.key, Self.fee(row.before), Self.fee(row.after),
                            row.difference.map { String($0) } ?? "", row.change.words.english,
                        ]
                    },
                    numbers: [2, 3, 4]
                )
            }
            show(found.summary, "All")
            for part in found.byCategory { show(part.summary, part.category) }
            for reason in found.reasons {
                print(Terminal.dim("\(reason.members)  \(Terminal.safe(reason.words.english))"))
            }
        }

        private static func fee(_ outcome: FeeOutcome) -> String {
            outcome.answer.map { "\($0.currency) \($0.fee)" } ?? "?"
        }

        private func show(_ summary: ComparedFees.Summary, _ title: String) {
            let counts = ComparedFee.Change.allCases.compactMap { change in
                summary.counts[change].map { "\($0) \(change.words.english)" }
            }
            print(Terminal.bold("\(title): \(summary.members) members") + "  " + counts.joined(separator: " · "))
            let (before, after) = (FeesCommands.words(summary.before), FeesCommands.words(summary.after))
            print("  together \(before) by the rules of \(from), \(after) by those of \(to)")
        }
    }
}
