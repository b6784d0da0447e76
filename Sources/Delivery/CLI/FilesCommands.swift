import ArgumentParser
import Database
import Files

struct FilesCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "files",
        abstract: "Looks after pictures and documents, which are kept in a folder beside the database.",
        subcommands: [Check.self]
    )

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Finds files that are missing or were changed on disk, and names their uses.",
            usage: "hansa files check",
            discussion:
                "Ends with status 1 when something is wrong. Files that nobody uses are counted; they go after a day."
        )
        @OptionGroup var flags: SettingFlags

        func run() async throws {
            let installation = try await Installation.open(flags)
            let report = try await installation.files.check(installation.database)
            for (words, hashes) in [("missing", report.missing), ("altered", report.altered)] {
                for hash in hashes { try await name(hash, words, installation.database) }
            }
            print("\(report.files) file(s) in the records, \(report.unclaimed) more in \(installation.files.folder).")
            guard report.isSound else { throw ExitCode(1) }
            print("Nothing is missing or altered.")
        }

        private func name(_ hash: String, _ words: String, _ database: Database) async throws {
            let uses = try await database.read { try FileUse.list($0, hash: hash) }
            print("\(words)  \(hash)")
            for use in uses {
                print("         \(use.label) of \(use.owner.kind) \(use.owner.id): \(Terminal.safe(use.name))")
            }
        }
    }
}

extension Installation {
    /// Where this installation keeps pictures and documents.
    var files: FileStore { FileStore(folder: settings.text(.filesFolder)) }
}
