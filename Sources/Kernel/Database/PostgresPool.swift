import Foundation
import Logging
import Synchronization

/// A bounded number of PostgreSQL connections, each with its own thread, so that libpq never blocks the async threads.
final class PostgresPool: Pool {
    typealias Job = @Sendable (PostgresSession) -> Void

    private let queue = JobQueue()
    private let logger: Logger
    private let conninfo: String

    init(conninfo: String, size: Int, logger: Logger) throws {
        self.logger = logger
        self.conninfo = conninfo
        // Fail now, with a clear message, rather than at the first request.
        _ = try PostgresConnection(conninfo: conninfo)
        let queue = queue
        for number in 0..<size {
            let thread = Thread {
                let session = PostgresSession(conninfo: conninfo)
                while let job = queue.next() { job(session) }
            }
            thread.name = "postgres-\(number)"
            thread.start()
        }
    }

    deinit { queue.close() }

    func read<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) async throws -> T {
        try await run(.reading, body)
    }

    func single<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) async throws -> T {
        try await run(.single, body)
    }

    func write<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) async throws -> T {
        try await run(.writing, body)
    }

    func changeToken() async throws -> String {
        // The next transaction id and those under way: another text after any commit that wrote.
        try await read { transaction in
            try transaction.first("SELECT CAST(pg_current_snapshot() AS TEXT)") { try $0.text(0) } ?? ""
        }
    }

    func close() async throws { queue.close() }

    private func run<T: Sendable>(
        _ kind: PostgresSession.Kind,
        _ body: @escaping @Sendable (Transaction) throws -> T
    ) async throws -> T {
        let logger = logger
        return try await withCheckedThrowingContinuation { continuation in
            let accepted = queue.add { session in
                continuation.resume(with: Result { try session.transaction(kind, logger: logger, body) })
            }
            if !accepted { continuation.resume(throwing: DatabaseError.unavailable("the database is being closed")) }
        }
    }
}

/// One thread's connection, made anew when it broke. Confined to that thread.
final class PostgresSession {
    private let conninfo: String
    private var connection: PostgresConnection?
    /// With the waits between them, about three seconds.
    private static let attempts = 30

    /// What a transaction may do, with the statement that begins it.
    enum Kind: String {
        case reading = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        /// One statement that reads is a transaction by itself.
        case single = ""
        case writing = "BEGIN ISOLATION LEVEL SERIALIZABLE"
    }

    init(conninfo: String) { self.conninfo = conninfo }

    /// Runs `body` between BEGIN and COMMIT, again from its beginning when two transactions contradicted each other or
    /// the connection broke before the commit.
    func transaction<T>(_ kind: Kind, logger: Logger, _ body: (Transaction) throws -> T) throws -> T {
        var attempt = 1
        while true {
            do {
                return try once(kind, logger: logger, body)
            } catch let error as DatabaseError where error.isTransient && attempt < Self.attempts {
                if case .connectionLost = error, attempt > 2 { throw error }
                // Waits grow and differ, so that the same two do not meet again.
                let ceiling = min(1 << attempt, 256)
                Thread.sleep(forTimeInterval: Double(Int.random(in: 1...ceiling)) / 1000)
                attempt += 1
            }
        }
    }

    private func once<T>(_ kind: Kind, logger: Logger, _ body: (Transaction) throws -> T) throws -> T {
        let connection = try connected()
        do {
            if kind != .single { try connection.script(kind.rawValue) }
            let value = try body(Transaction(connection: connection, logger: logger, engine: .postgres))
            if kind != .single { try commit(connection, kind) }
            return value
        } catch {
            if connection.isBroken {
                self.connection = nil
            } else if kind != .single {
                try? connection.script("ROLLBACK")
            }
            throw error
        }
    }

    /// A reader whose COMMIT was not heard has lost nothing; a writer cannot know whether its change was kept.
    private func commit(_ connection: PostgresConnection, _ kind: Kind) throws {
        do { try connection.script("COMMIT") } catch DatabaseError.connectionLost(let message) where kind == .writing {
            throw DatabaseError.outcomeUnknown(message)
        }
    }

    private func connected() throws -> PostgresConnection {
        if let connection, !connection.isBroken { return connection }
        let made = try PostgresConnection(conninfo: conninfo)
        connection = made
        return made
    }
}

/// Work for the threads, first come, first served.
final class JobQueue: Sendable {
    private struct State {
        var jobs: [PostgresPool.Job] = []
        var head = 0
        var isClosed = false
    }

    private let state = Mutex(State())
    private let available = DispatchSemaphore(value: 0)

    /// Whether the job was taken; not after `close`.
    func add(_ job: @escaping PostgresPool.Job) -> Bool {
        let added = state.withLock { state in
            if state.isClosed { return false }
            state.jobs.append(job)
            return true
        }
        if added { available.signal() }
        return added
    }

    /// Waits for the next job; `nil` once closed and empty.
    func next() -> PostgresPool.Job? {
        available.wait()
        return state.withLock { state in
            guard state.head < state.jobs.count else { return nil }
            let job = state.jobs[state.head]
            state.head += 1
            if state.head > 256 {
                state.jobs.removeFirst(state.head)
                state.head = 0
            }
            return job
        }
    }

    func close() {
        state.withLock { $0.isClosed = true }
        // Each waiting thread wakes once, finds nothing and ends.
        for _ in 0..<256 { available.signal() }
    }
}
