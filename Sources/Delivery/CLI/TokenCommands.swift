import Access
import ArgumentParser
import Database
import Foundation
import Identity
import Site

/// Tokens for programs from the command line.
struct TokenCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: "Makes, lists and revokes tokens with which programs ask the API.",
        subcommands: [Make.self, List.self, Revoke.self]
    )

    struct Make: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes a token that carries a person's rights, and prints it, once.",
            usage: "hansa token make --person ADDRESS --name NAME --scope SCOPE [--scope SCOPE]… [--days DAYS]",
            discussion: """
                hansa token make --person jiwon@example.org --name "Monthly report" --scope members:read
                Scopes: \(Scope.allCases.map(\.rawValue).joined(separator: ", ")).
                It is as if they had made it in their account, with their second factor.
                """
        )
        @OptionGroup var flags: SettingFlags
        @Option(help: "The e-mail address of the person whose rights it carries.")
        var person: String
        @Option(help: "What it is for.")
        var name: String
        @Option(help: "What it may do; may be given again.")
        var scope: [String]
        @Option(help: "For how many days.")
        var days = 90

        func run() async throws {
            let installation = try await Installation.open(flags)
            let holder = try await PersonCommands.find(person, installation)
            let now = Date()
            let actor = try await installation.database.read { transaction in
                try Actor.load(transaction, person: holder.id, secondFactor: true, now: now)
            }
            guard let actor else { throw CommandFailure("The account is closed, so no token is made.") }
            let command = MakeToken(holder.id, name: name, scopes: scope, days: days)
            let made = try await Installation.spoken {
                try await installation.database.run(command, as: actor, now: now)
            }
            Terminal.note("This is shown once; it ends on \(made.token.expiresAt.prefix(10)):")
            print(made.text)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists all tokens.", usage: "hansa token list")
        @OptionGroup var flags: SettingFlags

        func run() async throws {
            let installation = try await Installation.open(flags)
            let places = try installation.reception().places
            let today = Clock.today()
            let lines = try await installation.ask(AllTokens { try places.name($0, of: $1, on: today) })
            let now = Date()
            Terminal.table(
                ["Id", "For", "Whose", "Scopes", "Ends", "Last used", ""],
                lines.map { line in
                    let token = line.token
                    let state = token.revokedAt != nil ? "revoked" : token.isLive(now) ? "" : "over"
                    return [
                        token.id, Terminal.safe(token.name), Terminal.safe(line.holder),
                        token.scopes.joined(separator: " "), String(token.expiresAt.prefix(10)),
                        String(token.lastUsedAt?.prefix(16) ?? "never"), state,
                    ]
                }
            )
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes a token worthless, at once.",
            usage: "hansa token revoke ID"
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "The token's id, as `hansa token list` shows it.")
        var id: String

        func run() async throws {
            let installation = try await Installation.open(flags)
            try await installation.run(RevokeToken(id, among: .all))
            print("The token opens nothing any more.")
        }
    }
}
