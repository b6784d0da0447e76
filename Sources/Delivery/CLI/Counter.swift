import Synchronization

/// Counts how often a token has become another one.
final class Counter: Sendable {
    private struct State {
        var token = ""
        var value: Int64 = 0
    }
    private let state = Mutex(State())
    private let fast = Atomic<Int64>(0)

    /// Reading costs as much as a variable: it is done at each request.
    var value: Int64 { fast.load(ordering: .relaxed) }

    func see(_ token: String) {
        state.withLock { state in
            guard state.token != token else { return }
            state.token = token
            state.value += 1
            fast.store(state.value, ordering: .relaxed)
        }
    }
}
