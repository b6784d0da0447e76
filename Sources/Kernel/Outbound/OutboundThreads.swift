import Foundation
import Synchronization

/// Threads for calls that block, so that they never hold one of the threads that all async work shares.
///
/// A thread begins when there is work and fewer than `limit` run, and ends when none is left.
final class OutboundThreads: Sendable {
    typealias Work = @Sendable () -> Void

    /// Mail has threads of its own: a slow mail server must not keep anybody from signing in.
    static let web = OutboundThreads("outbound-web", limit: 8, longestQueue: 256)
    static let mail = OutboundThreads("outbound-mail", limit: 4, longestQueue: 256)

    private struct State {
        var waiting: [Work] = []
        var running = 0
    }

    private let name: String
    private let limit: Int
    private let longestQueue: Int
    private let state = Mutex(State())

    init(_ name: String, limit: Int, longestQueue: Int) {
        self.name = name
        self.limit = limit
        self.longestQueue = longestQueue
    }

    /// Runs `body` on one of the threads. Throws `overloaded` when the queue is full.
    func run<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            let isAccepted = add { continuation.resume(with: Result { try body() }) }
            if !isAccepted { continuation.resume(throwing: OutboundError.overloaded) }
        }
    }

    private func add(_ work: @escaping Work) -> Bool {
        enum Answer { case begin, queued, full }
        let answer: Answer = state.withLock { state in
            if state.running < limit {
                state.running += 1
                state.waiting.append(work)
                return .begin
            }
            guard state.waiting.count < longestQueue else { return .full }
            state.waiting.append(work)
            return .queued
        }
        if answer == .begin {
            let thread = Thread { [self] in while let work = next() { work() } }
            thread.name = name
            thread.start()
        }
        return answer != .full
    }

    private func next() -> Work? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.running -= 1
                return nil
            }
            return state.waiting.removeFirst()
        }
    }
}
