import Synchronization

/// How often one may ask.
public struct RatePolicy: Sendable, Equatable {
    /// Requests in a minute from one address without a token.
    public var withoutToken: Int
    /// Requests in a minute with one token.
    public var withToken: Int

    public init(withoutToken: Int = 600, withToken: Int = 3_000) {
        self.withoutToken = withoutToken
        self.withToken = withToken
    }
}

/// Counts requests in windows of a minute, for each token or address.
///
/// In the memory of this process: several processes each let through so many. It keeps a program that runs wild from
/// taking everything, and is no bill.
final class RateLimit: Sendable {
    struct Standing: Sendable, Equatable {
        let limit: Int
        let remaining: Int
        /// Until the window ends.
        let seconds: Int
        let isOver: Bool
    }

    static let windowSeconds: Int64 = 60
    private static let mostCounted = 50_000

    private struct Window {
        var began: Int64
        var count: Int
    }

    private let windows = Mutex<[String: Window]>([:])

    /// Counts one request. `second` runs evenly, from any beginning.
    func take(_ who: String, limit: Int, second: Int64) -> Standing {
        let window = windows.withLock { windows in
            // Nobody is counted twice as often for it: a window that is forgotten had ended, or there are too many to count.
            if windows.count >= Self.mostCounted {
                windows = windows.filter { second - $0.value.began < Self.windowSeconds }
                if windows.count >= Self.mostCounted { windows.removeAll(keepingCapacity: true) }
            }
            var window = windows[who] ?? Window(began: second, count: 0)
            if second - window.began >= Self.windowSeconds { window = Window(began: second, count: 0) }
            window.count += 1
            windows[who] = window
            return window
        }
        return Standing(
            limit: limit,
            remaining: max(0, limit - window.count),
            seconds: Int(max(1, Self.windowSeconds - (second - window.began))),
            isOver: window.count > limit
        )
    }
}
