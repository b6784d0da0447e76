import Access
import ArgumentParser
import Foundation
import Languages
import Membership

struct MemberAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Adds one new member.",
        usage: "hansa member add NAME --category C --country CC --joined DAY --grounds WHY",
        discussion: """
            hansa member add Visby --language sv --category local-government --country SE --joined 2026-03-01 \\
                --grounds "Application of 1 March, decision EC-2026-2"
            hansa member add Visby … --despite visby      the record visby was looked at: it is another member
            """
    )

    @OptionGroup var settings: SettingFlags
    @Argument(help: "The name.")
    var name: String
    @Option(help: "The language of the name, as in en, ko or zh.")
    var language = "en"
    @Option(help: "A category's key.")
    var category: String
    @Option(help: "A country's ISO 3166 code.")
    var country: String
    @Option(help: "A region's key, where the charter names none for the country.")
    var region = ""
    @Option(help: "The day of joining as exactly as it is known: 2026-03-01, 2026-03 or 2026.")
    var joined: String
    @Option(help: "A status with which a membership begins; the charter's first when left out.")
    var status = ""
    @Option(help: "The key of the decision.")
    var decision = ""
    @Option(help: "Another name.")
    var otherName = ""
    @Option(help: "The language of the other name.")
    var otherLanguage = ""
    @Flag(help: "The other name is the official one in its language, no alias.")
    var otherIsOfficial = false
    @Option(help: "A web address.")
    var website = ""
    @Option(help: "Latitude and longitude in degrees, as in \"57.6348, 18.2948\".")
    var coordinates = ""
    @Option(help: "How many people.")
    var population = ""
    @Option(help: "The year of the population.")
    var populationYear = ""
    @Option(help: "The key of a record that looks like the same member and is not; may be given again.")
    var despite: [String] = []
    @Option(help: "Why; the journal keeps it.")
    var grounds: String

    func run() async throws {
        let installation = try await Installation.open(settings)
        var draft = MemberDraft()
        let given: [(MemberInput, String)] = [
            (.name, name), (.category, category), (.country, country.uppercased()), (.region, region),
            (.website, website), (.coordinates, coordinates), (.population, population),
            (.populationYear, populationYear),
        ]
        for (input, text) in given { draft[input] = text }
        let command = AddMember(
            draft,
            language: language,
            furtherName: FurtherName(otherName, language: otherLanguage, kind: otherIsOfficial ? .name : .alias),
            joined: joined,
            status: status,
            decision: decision,
            grounds: grounds,
            despite: Set(despite),
            rules: UploadCommands.rules(installation)
        )
        let added = try await Installation.spoken {
            do {
                return try await installation.database.run(command, as: .atTerminal, now: Date())
            } catch let doubles as LikelyDoubles { throw Self.failure(doubles) }
        }
        print("\(added.key): \(Terminal.safe(added.name)) is a member now.")
    }

    private static func failure(_ doubles: LikelyDoubles) -> CommandFailure {
        let list = doubles.candidates.map {
            "  \($0.key)  \(Terminal.safe($0.name)), \($0.country ?? "?"): \(Terminal.safe($0.because.english))\n"
        }
        let flags = doubles.candidates.map { "--despite \($0.key)" }
        return CommandFailure(
            "Nothing was added. The records have what may be the same member:\n\(list.joined())"
                + "If it is another one, give \(flags.joined(separator: " "))."
        )
    }
}
