import Access
import ArgumentParser
import Database
import Dues
import Foundation
import Languages
import Membership

struct FeeInputCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inputs",
        abstract: "The figures that fees go by and no report has: listed, entered, withdrawn, brought in from a file.",
        discussion: """
            hansa fees inputs add Esri --measure employees --value 240 --as-of 2022-12-31 --source "Its letter"
            hansa fees inputs add --country KR --measure gdp-per-capita-ppp --value 50070 --as-of 2022 --source "…"
            hansa fees inputs import figures.csv
            """,
        subcommands: [List.self, Add.self, Withdraw.self, Import.self],
        defaultSubcommand: List.self
    )
}

extension FeeInputCommands {
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists what was entered, the latest first.",
            usage: "hansa fees inputs list [--member NAME] [--country CODE] [--all] [--page N] [--json]"
        )
        @OptionGroup var settings: SettingFlags
        @Option(help: "The key of a member, or any of its names.")
        var member: String?
        @Option(help: "A country's ISO 3166 code, as in KR.")
        var country: String?
        @Flag(help: "List also what was corrected or withdrawn.")
        var all = false
        @Option(help: "The page, from 1.")
        var page = 1
        @Flag(help: "Print JSON.")
        var json = false

        func run() async throws {
            let installation = try await Installation.open(settings)
            var key: String?
            if let member { key = try await installation.member(member).key }
            let found = try await installation.ask(
                FeeInputs(member: key, country: country?.uppercased(), all: all, page: page)
            )
            if json { return try Terminal.json(found.inputs.map(FeeInputLine.init)) }
            guard !found.inputs.isEmpty else { return print("There is none.") }
            Terminal.table(
                ["Id", "Of", "Measure", "Value", "From", "State"],
                found.inputs.map { input in
                    [
                        input.id, input.subject.key, input.measure, input.content.plain,
                        Terminal.safe(input.origin.english), input.state.key,
                    ]
                },
                numbers: [3]
            )
            print(Terminal.dim("\(found.total) in all."))
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Enters a figure of a member or of a country, or the kind of a member.",
            usage: """
                hansa fees inputs add (MEMBER | --country CODE) --measure NAME --value VALUE --as-of DAY --source WORDS
                """,
            discussion: """
                A second one of the same time corrects the first, which stays on record.
                hansa fees inputs add Esri --measure kind --value sme --as-of 2022 --source "Its letter of 3 May"
                """
        )
        @OptionGroup var settings: SettingFlags
        @Argument(help: "The member's key, or any of its names.")
        var member: String?
        @Option(help: "A country's ISO 3166 code or name, for a figure of the country.")
        var country = ""
        @Option(help: "What the charter's fees go by, or `kind`.")
        var measure: String
        @Option(help: "A number, or the key of a kind.")
        var value: String
        @Option(help: "The day, month or year that it is of, as in 2022-12-31, 2022-12 or 2022.")
        var asOf: String
        @Option(help: "Where it is from.")
        var source: String
        @Option(help: "Where in the source.")
        var locator = ""
        @Option(help: "What else should be known of it.")
        var note = ""
        @Flag(help: "It is made up, and says so wherever it is read.")
        var invented = false

        func run() async throws {
            let installation = try await Installation.open(settings)
            var key = ""
            if let member { key = try await installation.member(member).key }
            let draft = FeeInputDraft(
                member: key,
                country: country,
                measure: measure,
                value: value,
                asOf: asOf,
                source: source,
                locator: locator,
                note: note,
                isInvented: invented
            )
            let words = WorldFiles.countryWords(installation.settings)
            let command = EnterFeeInput(draft, charter: installation.charter, countries: words)
            print("Entered: \(try await installation.run(command))")
        }
    }

    struct Withdraw: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes a figure out of use; it stays on record, with the reason.",
            usage: "hansa fees inputs withdraw ID --grounds WHY"
        )
        @OptionGroup var settings: SettingFlags
        @Argument(help: "The id, from `hansa fees inputs`.")
        var id: String
        @Option(help: "Why; the journal keeps it.")
        var grounds: String

        func run() async throws {
            let installation = try await Installation.open(settings)
            try await installation.run(WithdrawFeeInput(id, grounds: grounds))
            print("Withdrawn.")
        }
    }

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Enters every row of a file, or nothing.",
            usage: "hansa fees inputs import FILE",
            discussion: """
                CSV or XLSX. Columns: \(ImportFeeInputs.columns.joined(separator: ", ")).
                Each row is of a member or of a country. What is on record already is left as it is.
                """
        )
        @OptionGroup var settings: SettingFlags
        @Argument(help: "The file.")
        var file: String

        func run() async throws {
            let installation = try await Installation.open(settings)
            let bytes = try Installation.bytes(file, atMost: ImportFeeInputs.largestBytes)
            let done = try await Installation.spoken { () -> ImportFeeInputs.Outcome in
                let command = try ImportFeeInputs(
                    file: file,
                    bytes: bytes,
                    charter: installation.charter,
                    countries: WorldFiles.countryWords(installation.settings)
                )
                do {
                    return try await installation.database.run(command, as: .atTerminal, now: Date())
                } catch FeeRefusal.rows(let problems, let count) {
                    let lines = problems.map { "  \(Terminal.safe($0.words.english))" }
                    throw CommandFailure(
                        "Nothing was written: \(count) rows cannot be taken.\n" + lines.joined(separator: "\n")
                    )
                }
            }
            print("\(done.entered) entered, \(done.corrected) corrected, \(done.known) on record already.")
        }
    }
}

extension FeeInput.Subject {
    /// A member's key, or a country's code.
    var key: String {
        switch self {
        case .member(_, let key, _): key
        case .country(let code): code
        }
    }
}
