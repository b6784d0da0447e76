import ArgumentParser
import Files
import Joining

extension ApplicationCommands {
    struct Enter: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Begins an application for somebody, and mails them the link that opens it.",
            usage: "hansa applications enter --name NAME --category C --country CC --contact-name NAME --email ADDRESS",
            discussion: """
                One that came on paper counts from the day on which it came: --received-on 2026-03-01. What the paper
                says is then entered with `hansa applications set` and `attach`, and the whole sent with `send`.
                """
        )
        @OptionGroup var flags: SettingFlags
        @Option(help: "The applicant's name.")
        var name: String
        @Option(help: "A category's key.")
        var category: String
        @Option(help: "A country's ISO 3166 code.")
        var country: String
        @Option(help: "The name of whom to write to.")
        var contactName: String
        @Option(help: "Their e-mail address.")
        var email: String
        @Option(help: "The language of their mail: en, ko, es or zh.")
        var language = "en"
        @Option(help: "The day on which it came on paper; none for one that did not.")
        var receivedOn = ""

        func run() async throws {
            let installation = try await Installation.open(flags)
            let form = StartForm(
                category: category,
                name: name,
                country: country.uppercased(),
                contactName: contactName,
                email: email,
                language: language
            )
            let services = try installation.joiningServices()
            let id = try await installation.run(EnterApplication(form, receivedOn: receivedOn, services: services))
            let reference = try await installation.ask(ApplicationByID(id, services: services)).application.reference
            print(
                "\(reference) is begun; its link goes to \(Terminal.safe(email)). "
                    + "See what it lacks: hansa applications show \(reference)"
            )
        }
    }

    struct Correct: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "set",
            abstract: "Changes what an application says; what is not given stays.",
            usage: "hansa applications set 2026-3 FIELD=VALUE … --grounds WHY",
            discussion: """
                hansa applications set 2026-3 population=58000 population_year=2025 --grounds "The form on paper"
                Fields: \(ApplicationField.allCases.map(\.rawValue).joined(separator: ", ")).
                """
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "The application, as 2026-3.")
        var application: String
        @Argument(help: "A field and what it shall say; nothing after the sign empties it.")
        var values: [String]
        @Option(help: "Why; the journal keeps it.")
        var grounds: String

        func run() async throws {
            let given = try values.map(Self.read)
            let installation = try await Installation.open(flags)
            let seen = try await ApplicationCommands.record(installation, application).application
            let typed = given.map { ($0, TypedField($1, seen: seen.values.mark($0))) }
            let outcome = try await installation.run(
                CorrectApplication(
                    seen.id,
                    values: Dictionary(typed, uniquingKeysWith: { _, last in last }),
                    grounds: grounds,
                    services: try installation.joiningServices()
                )
            )
            guard outcome.conflicts.isEmpty else {
                let names = outcome.conflicts.keys.map(\.rawValue).sorted().joined(separator: ", ")
                throw CommandFailure(
                    "Somebody changed this at the same moment, so it was left alone: \(names). Look, and set it again."
                )
            }
            print(outcome.kept == 0 ? "Nothing differs; nothing was changed." : "\(outcome.kept) changed.")
        }

        private static func read(_ pair: String) throws -> (ApplicationField, String) {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, let field = ApplicationField(rawValue: String(parts[0])) else {
                let known = ApplicationField.allCases.map(\.rawValue).joined(separator: ", ")
                throw CommandFailure(
                    "\"\(Terminal.safe(pair))\" sets no field. Write FIELD=VALUE with one of: \(known)."
                )
            }
            return (field, String(parts[1]))
        }
    }

    struct Attach: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Adds a document to an application.",
            usage: "hansa applications attach 2026-3 FILE [--as KEY]",
            discussion:
                "`hansa applications show` names the documents that the charter asks for and that are not there."
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "The application, as 2026-3.")
        var application: String
        @Argument(help: "The file.")
        var file: String
        @Option(name: .customLong("as"), help: "The key of a document of the charter's rule on admission.")
        var key = ApplicationDocument.other

        func run() async throws {
            let installation = try await Installation.open(flags)
            let id = try await ApplicationCommands.id(installation, application)
            let kept = try await installation.keep(file)
            try await installation.run(
                AttachToApplication(
                    id,
                    key: key,
                    file: kept.file,
                    name: kept.name,
                    services: try installation.joiningServices()
                )
            )
            print("\(Terminal.safe(kept.name)) is added as \(Terminal.safe(key)).")
        }
    }

    struct Documents: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists an application's documents, or copies them into a folder.",
            usage: "hansa applications documents 2026-3 [--into FOLDER]"
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "The application, as 2026-3.")
        var application: String
        @Option(help: "A folder that there is; no file in it is overwritten.")
        var into: String?

        func run() async throws {
            let installation = try await Installation.open(flags)
            let found = try await ApplicationCommands.record(installation, application)
            if let into { return try await installation.copy(found.documents.map(\.use), into: into) }
            guard !found.documents.isEmpty else { return print("There is none.") }
            Terminal.table(
                ["Document", "File", "Bytes", "Added"],
                found.documents.map { document in
                    [
                        document.key, Terminal.safe(document.use.name), "\(document.use.size)",
                        String(document.use.addedAt.prefix(10)),
                    ]
                },
                numbers: [2]
            )
        }
    }

    struct Send: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sends an application for the applicant: what came on paper is whole.",
            usage: "hansa applications send 2026-3 [--received-on DAY] --grounds WHY"
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "The application, as 2026-3.")
        var application: String
        @Option(help: "The day on which it came on paper; as entered, or none, when left out.")
        var receivedOn = ""
        @Option(help: "Why it is sent for them, as in \"The signed form of 1 March\"; the journal keeps it.")
        var grounds: String

        func run() async throws {
            let installation = try await Installation.open(flags)
            let id = try await ApplicationCommands.id(installation, application)
            let command = SubmitForApplicant(
                id,
                receivedOn: receivedOn,
                grounds: grounds,
                services: try installation.joiningServices()
            )
            try await installation.run(command)
            print("\(Terminal.safe(application)): sent. The applicant is told.")
        }
    }
}
