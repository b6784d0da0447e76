import Access
import Charter
import Database
import DatabaseTesting
import Decisions
import Dues
import Files
import Foundation
import Identity
import Joining
import Journal
import Mail
import Standing
import Testing

@testable import Membership

/// The records of the association, as every test of this target reads them.
enum Records {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path
    static let folder = root + "/Data/wego"
    static let migrations =
        Journal.migrations + IdentityMigrations.all + AccessMigrations.all + MailMigrations.all
        + FilesMigrations.all + MembershipMigrations.all + DecisionMigrations.all + StandingMigrations.all
        + JoiningMigrations.all + DuesMigrations.all
    static let noon = Date(timeIntervalSince1970: 1_790_000_000)

    static func charter() throws -> Charter { try Charter.load(path: root + "/Charters/wego.yaml") }

    /// The charter with another word on whether a status is on the roll.
    static func charter(replacing status: String, onRoll: Bool) throws -> Charter {
        let text = try String(contentsOfFile: root + "/Charters/wego.yaml", encoding: .utf8)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        var changed = lines
        for (number, line) in lines.enumerated() where line.contains("- key: \(status)") {
            for next in number...min(number + 3, lines.count - 1) where lines[next].contains("on_roll: ") {
                changed[next] = lines[next].replacing("on_roll: \(!onRoll)", with: "on_roll: \(onRoll)")
            }
        }
        return try #require(Charter.lint(text: changed.joined(separator: "\n"), file: "wego.yaml").charter)
    }

    static func importer(_ database: Database, _ charter: Charter) -> Importer {
        Importer(database: database, charter: charter, countries: [], actor: "test", now: { noon })
    }

    /// Runs `body` on a database with all records.
    static func with(
        _ engine: Database.Engine,
        _ body: (Database, Membership.Directory) async throws -> Void
    ) async throws {
        let charter = try charter()
        try await withDatabase(engine, migrations: migrations) { database in
            _ = try await importer(database, charter).importFolder(folder)
            try await body(database, Directory(database: database, charter: charter))
        }
    }

    static func day(_ text: String) -> Day { Day(text) ?? Day.first }
}
