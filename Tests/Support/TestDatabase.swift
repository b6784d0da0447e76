public import Database
import Foundation
import Logging

/// The engines that a test runs on: SQLite always, PostgreSQL when `HANSA_TEST_POSTGRES` names a server (as `make test`
/// does).
public enum TestEngine {
    public static let postgres = ProcessInfo.processInfo.environment["HANSA_TEST_POSTGRES"]
    public static let all: [Database.Engine] = postgres == nil ? [.sqlite] : [.sqlite, .postgres]
}

/// Runs `body` on an empty database of its own, migrated, and removes it afterwards.
public func withDatabase(
    _ engine: Database.Engine,
    migrations: [Migration] = [],
    connections: Int = 4,
    _ body: (Database) async throws -> Void
) async throws {
    let place = try await TestPlace.make(engine)
    do {
        let database = try Database.open(place.location, logger: Logger(label: "test"), connections: connections)
        try await database.migrate(migrations, at: "2026-01-01T00:00:00Z")
        try await body(database)
        try await database.close()
        try await place.remove()
    } catch {
        try? await place.remove()
        throw error
    }
}

/// Where one test keeps its records: a folder of its own, or a schema of its own.
public struct TestPlace: Sendable {
    public let location: DatabaseLocation
    public let folder: String
    let schema: String

    public static func make(_ engine: Database.Engine) async throws -> TestPlace {
        let name = "test_" + Identifier.make().replacingOccurrences(of: "-", with: "")
        let folder = NSTemporaryDirectory() + "/" + name
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        guard engine == .postgres, let server = TestEngine.postgres else {
            return TestPlace(location: .sqlite(path: folder + "/test.sqlite"), folder: folder, schema: name)
        }
        try await administer(server, "CREATE SCHEMA \(name)")
        let mark = server.contains("?") ? "&" : "?"
        return TestPlace(
            location: .postgres(conninfo: "\(server)\(mark)options=-csearch_path%3D\(name)"),
            folder: folder,
            schema: name
        )
    }

    public func remove() async throws {
        if case .postgres = location, let server = TestEngine.postgres {
            try await Self.administer(server, "DROP SCHEMA IF EXISTS \(schema) CASCADE")
        }
        try? FileManager.default.removeItem(atPath: folder)
    }

    private static func administer(_ server: String, _ statement: String) async throws {
        let database = try Database.open(.postgres(conninfo: server), logger: Logger(label: "test"), connections: 1)
        try await database.write { try $0.script(statement) }
        try await database.close()
    }
}
