import ArgumentParser

/// The program: a site, and everything that the site does as commands.
@main
struct Hansa: AsyncParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "hansa",
        abstract: "Runs an international network of cities: its members, its rules, its records.",
        discussion: """
            Start here:
              hansa import Data/wego        load the association's records
              hansa serve                   the site, on http://127.0.0.1:8080
              hansa member Astana           one member, under any of its names
              hansa reconcile               each published figure beside the one that the records give

            Every setting can be given in the environment (HANSA_HTTP_PORT=8081), in hansa.json, or as a flag;
            `hansa config` lists them with where each came from.
            """,
        version: version,
        subcommands: [
            Serve.self, Import.self, UploadCommands.self, Members.self, Member.self, Roll.self, Growth.self,
            Reconcile.self, EventCommands.self, ParticipationCommands.self, StandingCommands.self,
            PointsCommands.self, RankingCommand.self, EntitlementCommands.self,
            ApplicationCommands.self, RequestCommands.self, FeeCommand.self, FeesCommands.self,
            DuesCommands.self, PaymentCommands.self,
            CharterCommands.self, RightsCommand.self, PersonCommands.self, DecisionCommands.self, TokenCommands.self,
            JournalCommands.self,
            MailCommands.self,
            DatabaseCommands.self,
            FilesCommands.self, Config.self, Demo.self, Bench.self,
        ]
    )

    static func main() async {
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch { Terminal.end(error) }
        Terminal.leave(0)
    }
}
