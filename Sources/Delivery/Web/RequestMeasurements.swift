import HTTPTypes
import Metrics
import NIOConcurrencyHelpers

/// Counts requests and times them, by method, route and kind of status.
final class RequestMeasurements: Sendable {
    private struct Key: Hashable {
        let method: HTTPRequest.Method
        let route: String
        let status: Int
    }

    private let factory: any MetricsFactory
    private let inFlight: Meter
    private let timers = NIOLockedValueBox<[Key: Timer]>([:])

    init(factory: any MetricsFactory) {
        self.factory = factory
        inFlight = Meter(label: "http_requests_in_flight", dimensions: [], factory: factory)
    }

    func began() {
        inFlight.increment()
    }

    /// `route` is the pattern (`/members/{id}`), never the path: each value of it stays in memory.
    func ended(method: HTTPRequest.Method, route: String, status: HTTPResponse.Status, duration: Duration) {
        inFlight.decrement()
        let known = Routes.known.contains(method) ? method : HTTPRequest.Method.options
        let key = Key(method: known, route: route, status: status.code)
        let timer = timers.withLockedValue { timers in
            if let timer = timers[key] { return timer }
            let dimensions = [("method", known.rawValue), ("route", route), ("status", String(status.code))]
            let timer = Timer(
                label: "http_request_duration_seconds",
                dimensions: dimensions,
                factory: factory
            )
            timers[key] = timer
            return timer
        }
        timer.recordMicroseconds(duration.microseconds)
    }
}
