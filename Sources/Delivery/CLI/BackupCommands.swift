import ArgumentParser
import Database
import Files
import Foundation

extension DatabaseCommands {
    struct Backup: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes a consistent copy to a new file, also while hansa serves.",
            usage: "hansa db backup FILE",
            discussion: """
                Pictures and documents go into the folder FILE.files beside it; keep the two together.
                The journal's key (journal.key) is not part of it; keep a copy of that file apart.
                """
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "The file to write; it must not be there yet.")
        var file: String

        func run() async throws {
            let (settings, database) = try await open(flags)
            let (file, folder) = (file, file + BackupFiles.suffix)
            guard !FileManager.default.fileExists(atPath: folder) else {
                throw CommandFailure(
                    "The folder \(folder) is there already. Name another file, so that no backup is lost."
                )
            }
            let store = FileStore(folder: settings.text(.filesFolder))
            // No file that the copy of the database names may be collected before it is copied too.
            let damaged = try await store.keepingAll {
                try await database.backup(to: file)
                do { return try await BackupFiles.write(store, to: folder) } catch {
                    try? FileManager.default.removeItem(atPath: file)
                    try? FileManager.default.removeItem(atPath: folder)
                    throw error
                }
            }
            let hasFiles = FileManager.default.fileExists(atPath: folder)
            print("Written to \(file)\(hasFiles ? " and \(folder)" : "").")
            guard damaged.isEmpty else {
                throw CommandFailure(
                    "\(damaged.count) file(s) are damaged and not in the backup: \(damaged.joined(separator: ", ")). "
                        + "Run `hansa files check`."
                )
            }
        }
    }

    struct Restore: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Replaces the database by a backup. Stop hansa first.",
            usage: "hansa db restore FILE",
            discussion: """
                Pictures and documents come from the folder FILE.files, each checked; those that are there stay.
                On SQLite the present file is kept beside it as …before-restore.
                """
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "A file that `hansa db backup` wrote.")
        var file: String

        func run() async throws {
            let settings = try await Settings.load(flags)
            let store = FileStore(folder: settings.text(.filesFolder))
            // Files first: more of them than the database names do no harm, fewer do.
            if FileManager.default.fileExists(atPath: file + BackupFiles.suffix) {
                _ = try await FileStore(folder: file + BackupFiles.suffix).copyAll(to: store, now: Date())
            }
            try Database.restore(DatabaseLocation(settings.text(.database)), from: file)
            let (_, database) = try await open(flags)
            let problems = try await database.check()
            guard problems.isEmpty else { throw CommandFailure("The restored data is damaged: \(problems[0])") }
            let status = try await database.migrationStatus(Installation.migrations)
            print("Restored from \(file).")
            // A backup from before there were files has no table of them.
            guard FilesMigrations.all.allSatisfy({ status.applied.contains($0.name) }) else { return }
            let report = try await store.check(database)
            guard report.isSound else {
                let named = (report.missing + report.altered).joined(separator: ", ")
                throw CommandFailure(
                    "The database is restored, but these of its files are missing or damaged, also in the backup: \(named)."
                )
            }
        }
    }
}

/// The pictures and documents beside a backup of the database: a store like the living one.
private enum BackupFiles {
    static let suffix = ".files"

    /// Copies every file and returns the hashes of the damaged ones; makes no folder when there are none.
    static func write(_ store: FileStore, to folder: String) async throws -> [String] {
        guard await !store.isEmpty else { return [] }
        return try await store.copyAll(to: FileStore(folder: folder), now: Date()).damaged
    }
}
