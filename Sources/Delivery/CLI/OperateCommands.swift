import ArgumentParser
import Charter
import Database
import Dues
import Foundation
import Journal
import Languages
import Membership
import Site
import Web

struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Brings a folder of CSV files, or one of them, into the records.",
        usage: "hansa import PATH [--quiet]",
        discussion: """
            Each file is one transaction: one wrong row refuses the whole file, and every wrong row is named.
            Importing again changes nothing.
              hansa import Data/wego
              hansa import Data/wego/members.csv
            """
    )

    @OptionGroup var settings: SettingFlags
    @Argument(help: "A folder, or one CSV file with one of the known names.")
    var path: String
    @Flag(help: "Say nothing when nothing changed.")
    var quiet = false

    func run() async throws {
        let installation = try await Installation.open(settings)
        let importer = Importer(
            database: installation.database,
            charter: installation.charter,
            countries: WorldFiles.countryCodes(installation.settings),
            actor: "command-line"
        )
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw CommandFailure("There is no file or folder \(path). Give the folder of the records, as in Data/wego.")
        }
        let files =
            isFolder.boolValue ? try await importer.importFolder(path) : [try await importer.importFile(path)]
        let changes = files.reduce(0) { $0 + $1.created + $1.changed + $1.removed }
        if quiet, changes == 0 { return }
        Terminal.table(
            ["File", "New", "Changed", "Removed", "Unchanged", "Kept"],
            files.map {
                [$0.file, "\($0.created)", "\($0.changed)", "\($0.removed)", "\($0.unchanged)", "\($0.kept)"]
            },
            numbers: [1, 2, 3, 4, 5]
        )
        let kept = files.flatMap { file in file.keptRows.map { "  \(file.file): \(Terminal.safe($0))" } }
        guard !kept.isEmpty else { return }
        print(Terminal.dim("Kept as they were changed here, although the file says otherwise:"))
        for line in kept.prefix(40) { print(Terminal.dim(line)) }
        if kept.count > 40 { print(Terminal.dim("  … and \(kept.count - 40) more")) }
    }
}

/// What the world's own files tell the commands.
enum WorldFiles {
    /// The countries under all their names; none when the file is not there.
    static func countryWords(_ settings: Settings) -> CountryWords {
        let bytes = FileManager.default.contents(atPath: settings.text(.data) + "/world/countries.csv")
        return CountryWords(csv: [UInt8](bytes ?? Data()))
    }

    /// ISO 3166 alpha-2 codes; empty when the file is not there, which allows any.
    static func countryCodes(_ settings: Settings) -> Set<String> {
        guard let text = try? String(contentsOfFile: settings.text(.data) + "/world/countries.csv", encoding: .utf8)
        else {
            return []
        }
        return Set(text.split(whereSeparator: \.isNewline).dropFirst().map { String($0.prefix(2)) })
    }
}

struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Adds invented members with made-up dues, or makes up dues of those on record, to try the program.",
        usage: """
            hansa demo [--members COUNT] [--no-dues] [--seed NUMBER]
            hansa demo --dues [--seed NUMBER]
            """,
        discussion: """
            hansa demo --members 1000             invented members, each with figures, invoices and payments
            hansa demo --members 100000 --no-dues members alone
            hansa demo --dues                     the same for the members on record, and adds none

            Each row is marked as made up and says so wherever it is read; no letter goes out. Nothing of it can be taken
            out again, so dues are made up neither beside invoices or payments that are not, nor where anybody has an
            account. Use a database of its own:
              hansa demo --dues --database sqlite:var/demo.sqlite
            """
    )

    @OptionGroup var settings: SettingFlags
    @Option(help: "How many; 1000 when left out, or none with --dues.")
    var members: Int?
    @Flag(inversion: .prefixedNo, help: "Dues of everybody on record, or of nobody; of invented members without it.")
    var dues: Bool?
    @Option(help: "With the same number the same is made up.")
    var seed: UInt64 = 2010

    func run() async throws {
        let count = members ?? (dues == true ? nil : 1000)
        guard count.map({ (1...1_000_000).contains($0) }) ?? true else {
            throw CommandFailure("--members takes 1 to 1,000,000.")
        }
        let installation = try await Installation.open(settings)
        let invented = dues == false ? nil : try installation.inventedDues(seed: seed)
        // Asked first, so that a refusal leaves nothing behind.
        if let invented { try await Installation.spoken { try await invented.requireUnused() } }
        let place = installation.settings.text(.database).withoutPassword
        if let count {
            try await Sample(database: installation.database, charter: installation.charter).add(count)
            print("\(count) invented members are in \(place).")
        }
        guard let invented else { return }
        let whose: InventedDues.Members = dues == true ? .everybody : .samples
        let made = try await Installation.spoken { try await invented.add(to: whose, now: Date()) }
        print(
            """
            Made up: \(made.figures) figures, \(made.invoices) invoices, \(made.lines) lines of banks' statements \
            (\(made.booked) booked), \(made.reliefs) grants of relief, \(made.activities) activities. Each says so \
            wherever it is read.
            """
        )
    }
}

struct Config: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Lists every setting with where it came from.",
        usage: "hansa config"
    )

    @OptionGroup var flags: SettingFlags

    func run() async throws {
        let settings = try await Settings.load(flags)
        Terminal.table(
            ["Setting", "Value", "From", "Environment", "What it is"],
            settings.lines.map { [$0.name, $0.value, $0.origin, $0.variable, $0.help.english] }
        )
    }
}

struct CharterCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "charter",
        abstract: "Checks the association's rules, and explains any of them.",
        subcommands: [Lint.self, Explain.self]
    )

    struct Lint: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Finds unknown keys, holes and overlaps, dates that overlap, references to nothing.",
            usage: "hansa charter lint [PATH]",
            discussion: "Ends with status 1 when there are errors; warnings are holes that a published rule really has."
        )

        @OptionGroup var flags: SettingFlags
        @Argument(help: "The charter; the one of the settings when left out.")
        var path: String?

        func run() async throws {
            let settings = try await Settings.load(flags)
            let (_, problems) = Charter.lint(path: path ?? settings.text(.charter))
            for problem in problems { print(problem) }
            let errors = problems.filter { $0.severity == .error }.count
            print(Terminal.dim("\(errors) error(s), \(problems.count - errors) warning(s)."))
            if errors > 0 { throw ExitCode(1) }
        }
    }

    struct Explain: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Says what a rule is, where it stands, since when, and what it was before.",
            usage: "hansa charter explain [RULE] [--as-of DAY]",
            discussion: "hansa charter explain bodies.general-assembly.quorum · without a rule: the list of all"
        )

        @OptionGroup var flags: SettingFlags
        @Argument(help: "The rule's id; all ids when left out.")
        var rule: String?
        @Option(help: "The rule as of this day; today when left out.")
        var asOf: String?

        func run() async throws {
            let settings = try await Settings.load(flags)
            let charter = try Charter.load(path: settings.text(.charter))
            guard let day = asOf.map(Day.init) ?? Clock.today() else {
                throw CommandFailure("\"\(asOf ?? "")\" is no day. Write year-month-day, as in 2023-09-26.")
            }
            guard let rule else {
                for id in charter.ruleIDs(on: day) { print(id) }
                return
            }
            print(try charter.explain(rule, on: day))
        }
    }
}

struct DatabaseCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "db",
        abstract: "Looks after the database: its version, backups, health.",
        subcommands: [Status.self, Migrate.self, Backup.self, Restore.self, Check.self]
    )

    static func open(_ flags: SettingFlags) async throws -> (Settings, Database) {
        let settings = try await Settings.load(flags)
        return (settings, try Installation.openDatabase(settings, Logs.logger(settings)))
    }

    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Which migrations are applied, which wait.",
            usage: "hansa db status"
        )
        @OptionGroup var flags: SettingFlags

        func run() async throws {
            let (settings, database) = try await open(flags)
            let status = try await database.migrationStatus(Installation.migrations)
            print("\(database.engine.rawValue)  \(settings.text(.database).withoutPassword)")
            for name in status.applied { print("applied  \(name)") }
            for name in status.pending { print("waits    \(name)") }
        }
    }

    struct Migrate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Applies the migrations that wait.",
            usage: "hansa db migrate"
        )
        @OptionGroup var flags: SettingFlags

        func run() async throws {
            let (_, database) = try await open(flags)
            let applied = try await database.migrate(Installation.migrations, at: Date().formatted(.iso8601))
            print(applied.isEmpty ? "Nothing waits." : "Applied: \(applied.joined(separator: ", ")).")
        }
    }

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Looks for damage: file, references, migrations.",
            usage: "hansa db check"
        )
        @OptionGroup var flags: SettingFlags

        func run() async throws {
            let (_, database) = try await open(flags)
            let status = try await database.migrationStatus(Installation.migrations)
            let problems = try await database.check() + status.pending.map { "migration \($0) waits" }
            for problem in problems { print(problem) }
            guard problems.isEmpty else { throw ExitCode(1) }
            print("Nothing is wrong.")
        }
    }
}
