import Access
import Charter
import Database
import Foundation
import Identity
import Jobs
import Journal
import Logging
import Mail
import Membership
import Site

/// What a command works on: the charter and the open database of this installation.
struct Installation {
    let settings: Settings
    let charter: Charter
    let database: Database
    let logger: Logger

    /// All migrations of all parts, in the order in which they refer to each other.
    static let migrations = Site.migrations

    /// Opens both. A new database gets its tables; one of another version stops with a clear message.
    static func open(_ flags: SettingFlags, also more: [Setting: String] = [:]) async throws -> Installation {
        try await open(Settings.load(flags, also: more))
    }

    static func open(_ settings: Settings) async throws -> Installation {
        let logger = Logs.logger(settings)
        let charter = try Charter.load(path: settings.text(.charter))
        let database = try openDatabase(settings, logger)
        let applied = try await database.migrate(migrations, at: Date().formatted(.iso8601))
        if !applied.isEmpty { logger.info("migrated", metadata: ["names": "\(applied)"]) }
        if try await Directory.refreshRoll(database, charter: charter) { logger.info("made the roll anew") }
        return Installation(settings: settings, charter: charter, database: database, logger: logger)
    }

    static func openDatabase(_ settings: Settings, _ logger: Logger) throws -> Database {
        try Database.open(
            DatabaseLocation(settings.text(.database)),
            logger: logger,
            connections: settings.number(.databaseConnections)
        )
    }

    var directory: Directory { Directory(database: database, charter: charter) }

    var today: Day { Clock.today() }

    /// The charter's version of the day, or the first one for days before it.
    func version(on day: Day) throws -> CharterVersion {
        guard let version = charter.version(on: day) ?? charter.versions.first else {
            throw CommandFailure("The charter \(settings.text(.charter)) has no version. Add one, with its date.")
        }
        return version
    }
}

/// The only place where the program asks what day it is.
enum Clock {
    static func today() -> Day {
        let seconds = Int(Date().timeIntervalSince1970)
        return Day(ordinal: seconds / 86_400) ?? Day.first
    }
}

/// Structured log lines on standard error, so that standard output is a command's answer alone.
enum Logs {
    static func logger(_ settings: Settings) -> Logger {
        var logger = Logger(label: "hansa") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = settings.logLevel
        return logger
    }
}
