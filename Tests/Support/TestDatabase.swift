public import Database
import Foundation
public import Logging

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
    logger: Logger = Logger(label: "test"),
    _ body: (Database) async throws -> Void
) async throws {
    try await TestDatabases.withPlace { try await withOpenDatabase(engine, migrations, connections, logger, body) }
}

private func withOpenDatabase(
    _ engine: Database.Engine,
    _ migrations: [Migration],
    _ connections: Int,
    _ logger: Logger,
    _ body: (Database) async throws -> Void
) async throws {
    let place = try await TestPlace.make(engine)
    do {
        let database = try Database.open(place.location, logger: logger, connections: connections)
        try await database.migrate(migrations, at: "2026-01-01T00:00:00Z")
        try await body(database)
        try await database.close()
        try await place.remove()
    } catch {
        try? await place.remove()
        throw error
    }
}

/// How many tests may have a database at once. All tests begin together; each with threads, connections and files of its
/// own, they would run into the limits of the machine and of PostgreSQL.
actor TestDatabases {
    private static let shared = TestDatabases(places: 16)
    /// A test that opens a second database has its place already.
    @TaskLocal private static var isInside = false

    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    private init(places: Int) { free = places }

    static func withPlace(_ body: () async throws -> Void) async throws {
        guard !isInside else { return try await body() }
        await shared.enter()
        do {
            try await $isInside.withValue(true) { try await body() }
        } catch {
            await shared.leave()
            throw error
        }
        await shared.leave()
    }

    private func enter() async {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    private func leave() {
        if waiting.isEmpty {
            free += 1
        } else {
            waiting.removeFirst().resume()
        }
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
