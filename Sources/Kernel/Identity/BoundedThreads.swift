import Foundation
import Synchronization

/// Runs blocking work on threads of its own, a few at once; a few more wait, and the rest is refused.
///
/// The shared async threads are as many as the machine has cores: a password's hash on one of them would stop all else.
final class BoundedThreads: Sendable {
    private typealias Delivery = @Sendable () -> Void
    private typealias Work = @Sendable () -> Delivery

    private struct State {
        var running = 0
        var waiting: [Work] = []
    }

    private enum Admission {
        case started
        case queued
        case refused
    }

    private let concurrent: Int
    private let longestQueue: Int
    private let state = Mutex(State())

    init(concurrent: Int, waiting: Int) {
        precondition(concurrent > 0 && waiting >= 0, "at least one runs, and no fewer than none wait")
        self.concurrent = concurrent
        longestQueue = waiting
    }

    /// How many run and wait.
    var load: (running: Int, waiting: Int) { state.withLock { ($0.running, $0.waiting.count) } }

    /// Runs `body` when its turn comes. Throws `PasswordHasherError.busy` when too many wait.
    func run<T: Sendable>(_ body: @escaping @Sendable () -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            let work: Work = {
                let value = body()
                return { continuation.resume(returning: value) }
            }
            switch admit(work) {
            case .started: start(work)
            case .queued: break
            case .refused: continuation.resume(throwing: PasswordHasherError.busy)
            }
        }
    }

    private func admit(_ work: @escaping Work) -> Admission {
        state.withLock { state in
            if state.running < concurrent {
                state.running += 1
                return .started
            }
            guard state.waiting.count < longestQueue else { return .refused }
            state.waiting.append(work)
            return .queued
        }
    }

    // A thread lives as long as there is work: making one costs a thousandth of a hash, and none idles.
    private func start(_ first: @escaping Work) {
        let thread = Thread {
            var work: Work? = first
            while let current = work {
                let deliver = current()
                // The place is free before the answer is out, so that who comes back at once is not refused.
                work = self.next()
                deliver()
            }
        }
        thread.name = "hansa-password"
        thread.start()
    }

    private func next() -> Work? {
        state.withLock { state in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
            state.running -= 1
            return nil
        }
    }
}
