import Synchronization

/// Lets a few go on at once; a few more wait in the order in which they came, and the rest is refused.
final class Turns: Sendable {
    private struct State {
        var running = 0
        var waiting: [CheckedContinuation<Bool, Never>] = []
    }

    private let atOnce: Int
    private let longestQueue: Int
    private let state = Mutex(State())

    init(atOnce: Int, waiting: Int) {
        self.atOnce = atOnce
        longestQueue = waiting
    }

    /// `true` once it is the caller's turn, which lasts until `leave`; `false` at once where too many wait.
    func take() async -> Bool {
        await withCheckedContinuation { continuation in
            let isAdmitted: Bool? = state.withLock { state in
                if state.running < atOnce {
                    state.running += 1
                    return true
                }
                guard state.waiting.count < longestQueue else { return false }
                state.waiting.append(continuation)
                return nil
            }
            if let isAdmitted { continuation.resume(returning: isAdmitted) }
        }
    }

    func leave() {
        let next: CheckedContinuation<Bool, Never>? = state.withLock { state in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
            state.running -= 1
            return nil
        }
        next?.resume(returning: true)
    }
}
