import Database
import DatabaseTesting
import Foundation
import Logging
import Testing

private let first = Migration("first", "CREATE TABLE a (x TEXT PRIMARY KEY) STRICT;")
private let second = Migration("second", "CREATE TABLE b (x INTEGER PRIMARY KEY) STRICT;")
private let noon = "2026-01-01T12:00:00Z"

@Suite struct MigrationTests {
    @Test(arguments: TestEngine.all) func appliesWhatIsPendingOnce(_ engine: Database.Engine) async throws {
        try await withDatabase(engine) { database in
            try await #expect(database.migrate([first], at: noon) == ["first"])
            try await #expect(
                database.migrationStatus([first, second]) == .init(applied: ["first"], pending: ["second"])
            )
            try await #expect(database.migrate([first, second], at: noon) == ["second"])
            try await #expect(database.migrate([first, second], at: noon) == [])
        }
    }

    @Test(arguments: TestEngine.all) func stopsAtAMigrationThatWasEdited(_ engine: Database.Engine) async throws {
        try await withDatabase(engine, migrations: [first]) { database in
            let edited = Migration("first", "CREATE TABLE a (x TEXT PRIMARY KEY, y TEXT) STRICT;")
            await #expect(throws: DatabaseError.migrationChanged("first")) {
                try await database.migrate([edited, second], at: noon)
            }
            try await #expect(database.migrationStatus([first, second]).pending == ["second"])
        }
    }

    @Test(arguments: TestEngine.all) func stopsAtADatabaseOfANewerVersion(_ engine: Database.Engine) async throws {
        try await withDatabase(engine, migrations: [first, second]) { database in
            await #expect(throws: DatabaseError.migrationUnknown("second")) {
                try await database.migrate([first], at: noon)
            }
        }
    }

    @Test(arguments: TestEngine.all) func keepsNothingOfAMigrationThatFails(_ engine: Database.Engine) async throws {
        try await withDatabase(engine) { database in
            let broken = Migration("broken", "CREATE TABLE c (x TEXT) STRICT; CREATE TABLE c (x TEXT) STRICT;")
            await #expect(throws: DatabaseError.self) { try await database.migrate([first, broken], at: noon) }
            try await #expect(database.migrationStatus([first]).pending == ["first"])
        }
    }

    @Test(arguments: TestEngine.all) func twoProcessesThatStartAtOnceMigrateOnce(_ engine: Database.Engine) async throws
    {
        let place = try await TestPlace.make(engine)
        let one = try Database.open(place.location, logger: Logger(label: "test"), connections: 2)
        let two = try Database.open(place.location, logger: Logger(label: "test"), connections: 2)
        async let a = one.migrate([first, second], at: noon)
        async let b = two.migrate([first, second], at: noon)
        try await #expect(Set([a.count, b.count]) == [0, 2])
        try await one.close()
        try await two.close()
        try await place.remove()
    }
}

@Suite struct SQLiteFileTests {
    private func damaged(_ damage: (URL) throws -> Void) async throws -> any Error {
        let place = try await TestPlace.make(.sqlite)
        let path = place.folder + "/test.sqlite"
        let database = try Database.open(place.location, logger: Logger(label: "test"))
        try await database.migrate([first], at: noon)
        try await database.write {
            try $0.execute("INSERT INTO a (x) VALUES (?)", [.text(String(repeating: "x", count: 50_000))])
        }
        try await database.close()
        try damage(URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: place.folder) }
        do {
            _ = try Database.open(place.location, logger: Logger(label: "test"))
            return CancellationError()
        } catch { return error }
    }

    @Test func refusesAFileThatIsCutShort() async throws {
        let error = try await damaged { url in
            let handle = try FileHandle(forUpdating: url)
            try handle.truncate(atOffset: 8192)
            try handle.close()
        }
        guard case DatabaseError.corrupt(let message) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(message.contains("cut short"))
    }

    @Test func refusesAFileThatIsNoDatabase() async throws {
        let error = try await damaged { try Data(repeating: 65, count: 9000).write(to: $0) }
        guard case DatabaseError.corrupt = error else {
            Issue.record("\(error)")
            return
        }
    }

    @Test(arguments: TestEngine.all) func aBackupTakenWhileWritingIsConsistent(_ engine: Database.Engine) async throws {
        let pairs = Migration("pairs", "CREATE TABLE pair (x INTEGER, y INTEGER) STRICT;")
        try await withDatabase(engine, migrations: [pairs]) { database in
            guard engine == .sqlite else { return }
            let writer = Task {
                for number in 0..<300 where !Task.isCancelled {
                    try await database.write { transaction in
                        try transaction.execute("INSERT INTO pair (x, y) VALUES (?, ?)", [.int(number), .int(-number)])
                        try transaction.execute("INSERT INTO pair (x, y) VALUES (?, ?)", [.int(-number), .int(number)])
                    }
                }
            }
            let copy = NSTemporaryDirectory() + "/backup-\(Identifier.make()).sqlite"
            try await database.backup(to: copy)
            _ = await writer.result
            let restored = try Database.open(.sqlite(path: copy), logger: Logger(label: "test"))
            let (count, sum) = try await restored.read { transaction in
                (
                    try transaction.first("SELECT COUNT(*) FROM pair") { try $0.integer(0) } ?? -1,
                    try transaction.first("SELECT COALESCE(SUM(x + 2 * y), 0) FROM pair") { try $0.integer(0) } ?? -1
                )
            }
            #expect(count % 2 == 0)
            #expect(sum == 0)
            try await #expect(restored.check() == [])
            try await restored.close()
            await #expect(throws: DatabaseError.self) { try await database.backup(to: copy) }
        }
    }
}
