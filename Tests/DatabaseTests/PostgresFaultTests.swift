import Database
import DatabaseTesting
import Foundation
import Logging
import Synchronization
import Testing

private let counters = Migration("counter", "CREATE TABLE counter (n INTEGER NOT NULL) STRICT;")

/// What happens when the server or the way to it fails under a transaction.
@Suite(.enabled(if: TestEngine.postgres != nil)) struct PostgresFaultTests {
    /// Ends the connection of a transaction from outside, as a failover or a broken network does.
    private func kill(_ pid: Int, _ location: DatabaseLocation) throws {
        let other = try Database.open(location, logger: Logger(label: "test"), connections: 1)
        let done = DispatchSemaphore(value: 0)
        Task {
            _ = try? await other.read {
                try $0.first("SELECT pg_terminate_backend(?::int)", [.int(pid)]) { $0.isNull(0) }
            }
            done.signal()
        }
        done.wait()
        // The server closes the socket a moment after it has answered.
        Thread.sleep(forTimeInterval: 0.05)
    }

    private func processID(_ transaction: Transaction) throws -> Int {
        try transaction.first("SELECT pg_backend_pid()") { try $0.integer(0) } ?? 0
    }

    @Test func aConnectionLostInMidTransactionIsMadeAnewAndTheWorkDoneOnce() async throws {
        let place = try await TestPlace.make(.postgres)
        let database = try Database.open(place.location, logger: Logger(label: "test"), connections: 2)
        try await database.migrate([counters], at: "2026-01-01T00:00:00Z")
        let attempts = Mutex(0)
        let attemptsMade = try await database.write { transaction in
            let attempt = attempts.withLock { attempts in
                attempts += 1
                return attempts
            }
            try transaction.execute("INSERT INTO counter (n) VALUES (?)", [.int(attempt)])
            if attempt == 1 { try self.kill(self.processID(transaction), place.location) }
            try transaction.execute("INSERT INTO counter (n) VALUES (?)", [.int(attempt)])
            return attempt
        }
        #expect(attemptsMade == 2)
        let kept = try await database.read { try $0.query("SELECT n FROM counter ORDER BY n") { try $0.integer(0) } }
        #expect(kept == [2, 2])
        try await database.close()
        try await place.remove()
    }

    @Test func aConnectionThatIsLostAgainAndAgainIsAClearErrorAndKeepsNothing() async throws {
        let place = try await TestPlace.make(.postgres)
        let database = try Database.open(place.location, logger: Logger(label: "test"), connections: 2)
        try await database.migrate([counters], at: "2026-01-01T00:00:00Z")
        do {
            try await database.write { transaction in
                try transaction.execute("INSERT INTO counter (n) VALUES (1)")
                try self.kill(self.processID(transaction), place.location)
                try transaction.execute("INSERT INTO counter (n) VALUES (2)")
            }
            Issue.record("the write was acknowledged")
        } catch DatabaseError.connectionLost {}
        let count = try await database.read { try $0.first("SELECT COUNT(*) FROM counter") { try $0.integer(0) } }
        #expect(count == 0)
        try await database.close()
        try await place.remove()
    }

    @Test func aServerThatIsNotThereIsSaidSo() throws {
        let nowhere = DatabaseLocation.postgres(conninfo: "postgres://nobody@127.0.0.1:1/none")
        do {
            _ = try Database.open(nowhere, logger: Logger(label: "test"))
            Issue.record("a connection to nowhere was made")
        } catch DatabaseError.unavailable(let message) {
            #expect(message.contains("refused"))
        }
    }

    @Test(arguments: ["mysql://x", "sqlite:", "", "var/hansa.sqlite"]) func aLocationThatIsNoneIsRefused(_ text: String)
    {
        #expect(throws: DatabaseError.badLocation(text)) { try DatabaseLocation(text) }
    }
}
