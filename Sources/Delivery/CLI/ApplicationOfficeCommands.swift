import ArgumentParser
import Joining
import Membership

extension ApplicationCommands {
    struct Ask: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Asks the applicant for what is missing, by mail; they can change the application again.",
            usage: "hansa applications ask 2026-3 --words WORDS [--missing KEY …]"
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "The application, as 2026-3.")
        var application: String
        @Option(help: "What is asked; the applicant reads it.")
        var words: String
        @Option(help: "The key of a document that is missing; may be given again.")
        var missing: [String] = []

        func run() async throws {
            let installation = try await Installation.open(flags)
            let id = try await ApplicationCommands.id(installation, application)
            let services = try installation.joiningServices()
            try await installation.run(AskApplicant(id, words: words, missing: missing, services: services))
            print("\(Terminal.safe(application)): asked. It waits for the applicant.")
        }
    }

    struct Note: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Notes something for the secretariat; the applicant does not read it.",
            usage: "hansa applications note 2026-3 --words WORDS"
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "The application, as 2026-3.")
        var application: String
        @Option(help: "What is to be noted.")
        var words: String

        func run() async throws {
            let installation = try await Installation.open(flags)
            let id = try await ApplicationCommands.id(installation, application)
            try await installation.run(NoteOnApplication(id, words: words))
            print("\(Terminal.safe(application)): noted.")
        }
    }

    struct Match: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Says that the applicant was a member before, or that it is none of those on record.",
            usage: "hansa applications match 2026-3 (--member NAME | --none)",
            discussion: "`hansa applications show` names the records that may be the applicant."
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "The application, as 2026-3.")
        var application: String
        @Option(help: "The key of the member that the applicant was, or any of its names.")
        var member: String?
        @Flag(help: "It is none of them.")
        var none = false

        func validate() throws {
            guard (member != nil) != none else { throw ValidationError("Give either --member NAME or --none.") }
        }

        func run() async throws {
            let installation = try await Installation.open(flags)
            let id = try await ApplicationCommands.id(installation, application)
            var key: String?
            if let member { key = try await installation.member(member).key }
            let services = try installation.joiningServices()
            try await installation.run(MatchApplication(id, memberKey: key, services: services))
            print("\(Terminal.safe(application)): \(key.map { "the applicant was \($0)" } ?? "the applicant is new").")
        }
    }

    struct Recommend: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Recommends for or against admission; then the body can be asked.",
            usage: "hansa applications recommend 2026-3 (--for | --against) [--words WORDS]"
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "The application, as 2026-3.")
        var application: String
        @Flag(exclusivity: .exclusive, help: "What the secretariat recommends.")
        var opinion: Opinion
        @Option(help: "Why; the body reads it. It may be left out with --for.")
        var words = ""

        enum Opinion: EnumerableFlag {
            case favourable, against

            static func name(for opinion: Opinion) -> NameSpecification {
                .customLong(opinion == .favourable ? "for" : "against")
            }
        }

        func run() async throws {
            let installation = try await Installation.open(flags)
            let id = try await ApplicationCommands.id(installation, application)
            let isFor = opinion == .favourable
            let services = try installation.joiningServices()
            try await installation.run(RecommendApplication(id, isFor: isFor, words: words, services: services))
            print(
                "\(Terminal.safe(application)): recommended \(isFor ? "for" : "against") admission. "
                    + "`hansa applications show` says how it is put before the body."
            )
        }
    }

    struct TakeBack: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "take-back",
            abstract: "Takes a recommendation back, as long as the body does not have it.",
            usage: "hansa applications take-back 2026-3 --reason WHY"
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "The application, as 2026-3.")
        var application: String
        @Option(help: "Why; the journal keeps it.")
        var reason: String

        func run() async throws {
            let installation = try await Installation.open(flags)
            let id = try await ApplicationCommands.id(installation, application)
            try await installation.run(TakeBackRecommendation(id, reason: reason))
            print("\(Terminal.safe(application)): the recommendation is taken back.")
        }
    }

    struct Close: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Closes what cannot be put before the body; only the body declines.",
            usage: "hansa applications close 2026-3 --reason WHY"
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "The application, as 2026-3.")
        var application: String
        @Option(help: "Why; the applicant gets it by mail.")
        var reason: String

        func run() async throws {
            let installation = try await Installation.open(flags)
            let id = try await ApplicationCommands.id(installation, application)
            let services = try installation.joiningServices()
            try await installation.run(CloseApplication(id, reason: reason, services: services))
            print("\(Terminal.safe(application)): closed. The applicant is told.")
        }
    }

    struct Erase: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Erases by whom an applicant can be reached, as its contact has asked.",
            usage: "hansa applications erase 2026-3 --reason WHY"
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "The application, as 2026-3.")
        var application: String
        @Option(help: "Why; the journal keeps it.")
        var reason: String

        func run() async throws {
            let installation = try await Installation.open(flags)
            let id = try await ApplicationCommands.id(installation, application)
            try await installation.run(EraseContact(id, reason: reason))
            print("\(Terminal.safe(application)): the contact is erased. Nobody is written to about it any more.")
        }
    }
}
