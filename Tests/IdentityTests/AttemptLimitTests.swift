import Database
import DatabaseTesting
import Foundation
import Logging
import Testing

@testable import Identity

@Suite("How often something may be tried")
struct AttemptLimitTests {
    private let noon = Fixture.noon

    private func take(
        _ database: Database,
        _ bucket: String = "password:anna",
        limit: Int = 3,
        after: Double = 0
    ) async throws
        -> Bool
    {
        try await database.write { [noon] in
            try AttemptLimit.take($0, bucket: bucket, limit: limit, window: 60, now: noon.after(after))
        }
    }

    private func wait(_ database: Database, limit: Int = 3, after: Double = 0) async throws -> TimeInterval? {
        try await database.read { [noon] in
            try AttemptLimit.retryAfter($0, bucket: "password:anna", limit: limit, window: 60, now: noon.after(after))
        }
    }

    @Test("so many in a window and no more; the next window begins anew", arguments: TestEngine.all)
    func window(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { fixture in
            var taken: [Bool] = []
            for second in [0.0, 20, 40, 50, 59, 60, 61, 62, 63] {
                taken.append(try await take(fixture.database, after: second))
            }
            #expect(taken == [true, true, true, false, false, true, true, true, false])
        }
    }

    @Test("buckets do not know of each other, and only hashes of their names are kept", arguments: TestEngine.all)
    func buckets(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { fixture in
            let first = try await take(fixture.database, limit: 1)
            let second = try await take(fixture.database, limit: 1)
            let other = try await take(fixture.database, "password:bo", limit: 1)
            #expect([first, second, other] == [true, false, true])
            let kept = try await fixture.database.read { try $0.query("SELECT bucket FROM attempt") { try $0.text(0) } }
            #expect(kept.count == 2)
            #expect(kept.allSatisfy { $0.utf8.count == 43 && !$0.contains("anna") })
        }
    }

    @Test("it says how long to wait, and nothing while there is no need", arguments: TestEngine.all)
    func retryAfter(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { fixture in
            var waits: [TimeInterval?] = [try await wait(fixture.database)]
            for second in [0.0, 1, 2] { _ = try await take(fixture.database, after: second) }
            for second in [2.0, 30, 59.5, 60] { waits.append(try await wait(fixture.database, after: second)) }
            #expect(waits == [nil, 58, 30, 1, nil])
        }
    }

    @Test("a bucket is emptied after success, and old ones are removed", arguments: TestEngine.all)
    func removed(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { fixture in
            let database = fixture.database
            for _ in 0..<3 { _ = try await take(database) }
            try await database.write { try AttemptLimit.clear($0, bucket: "password:anna") }
            let again = try await take(database)
            #expect(again)
            _ = try await take(database, "later", after: 30)
            let removed = try await database.write { [noon] in
                try AttemptLimit.removeOld($0, window: 60, now: noon.after(60))
            }
            #expect(removed == 1)
        }
    }

    @Test("a window that a wrong clock put far ahead closes nothing", arguments: TestEngine.all)
    func wrongClock(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { fixture in
            for _ in 0..<3 { _ = try await take(fixture.database, after: 86_400 * 365) }
            let now = try await take(fixture.database)
            #expect(now)
            let behind = try await take(fixture.database, after: -5)
            #expect(behind)
        }
    }

    @Test("of many at once through two pools of connections exactly the limit succeed", arguments: TestEngine.all)
    func concurrent(_ engine: Database.Engine) async throws {
        let place = try await TestPlace.make(engine)
        let pools = try (0..<2).map { _ in
            try Database.open(place.location, logger: Logger(label: "test"), connections: 4)
        }
        try await pools[0].migrate(IdentityMigrations.all, at: "2026-01-01T00:00:00Z")
        let taken = try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<60 { group.addTask { try await take(pools[number % 2], limit: 10) } }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(taken == 10)
        for pool in pools { try await pool.close() }
        try await place.remove()
    }
}
