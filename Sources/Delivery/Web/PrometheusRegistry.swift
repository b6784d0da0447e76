public import Metrics
import NIOConcurrencyHelpers

/// Keeps the program's measurements and shows them in Prometheus' text format.
///
/// Give it to `MetricsSystem.bootstrap` at start. Timers become histograms in seconds, aggregating recorders histograms
/// of their values, other recorders and meters gauges. Characters that Prometheus does not allow become `_`.
public final class PrometheusRegistry: MetricsFactory {
    private struct Family {
        let type: String
        /// By the text of the labels, as `route="/",status="200"`.
        var series: [String: any PrometheusSeries] = [:]
    }

    private let families = NIOLockedValueBox<[String: Family]>([:])
    private let process = ProcessMeasurements()
    /// Upper bounds of the histograms of durations, in seconds.
    private static let secondsBounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
    /// Upper bounds of the histograms of anything else.
    private static let valueBounds = [1.0, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000, 100_000, 1_000_000]

    public init() {}

    /// All measurements in Prometheus' text format 0.0.4, sorted by name.
    public func text() -> String {
        let families = families.withLockedValue { $0 }
        var text = ""
        for (name, family) in families.sorted(by: { $0.key < $1.key }) {
            text += "# TYPE \(name) \(family.type)\n"
            for (labels, series) in family.series.sorted(by: { $0.key < $1.key }) {
                series.write(name: name, labels: labels, to: &text)
            }
        }
        return text + process.text()
    }

    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        series(counterName(label), "counter", dimensions) { PrometheusCounter() }
    }

    public func makeFloatingPointCounter(
        label: String,
        dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        series(counterName(label), "counter", dimensions) { PrometheusCounter() }
    }

    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        series(sanitized(label), "gauge", dimensions) { PrometheusGauge() }
    }

    public func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        guard aggregate else { return series(sanitized(label), "gauge", dimensions) { PrometheusGauge() } }
        return series(sanitized(label), "histogram", dimensions) {
            PrometheusHistogram(bounds: PrometheusRegistry.valueBounds)
        }
    }

    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        let name = sanitized(label)
        return series(name.hasSuffix("_seconds") ? name : name + "_seconds", "histogram", dimensions) {
            PrometheusHistogram(bounds: PrometheusRegistry.secondsBounds)
        }
    }

    public func destroyCounter(_ handler: any CounterHandler) { forget(handler) }
    public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) { forget(handler) }
    public func destroyMeter(_ handler: any MeterHandler) { forget(handler) }
    public func destroyRecorder(_ handler: any RecorderHandler) { forget(handler) }
    public func destroyTimer(_ handler: any TimerHandler) { forget(handler) }

    /// The series of this name and these labels, made at the first request for it. A name that is in use for another
    /// kind already gets a series that nobody sees, since the format has one kind for a name.
    private func series<Series: PrometheusSeries>(
        _ name: String,
        _ type: String,
        _ dimensions: [(String, String)],
        make: () -> Series
    ) -> Series {
        let labels = dimensions.map { "\(sanitized($0.0))=\"\(escaped($0.1))\"" }.joined(separator: ",")
        return families.withLockedValue { families in
            var family = families[name] ?? Family(type: type)
            if let known = family.series[labels] as? Series { return known }
            let made = make()
            guard family.type == type else { return made }
            family.series[labels] = made
            families[name] = family
            return made
        }
    }

    private func forget(_ handler: AnyObject) {
        families.withLockedValue { families in
            families = families.compactMapValues { family in
                var family = family
                family.series = family.series.filter { $0.value !== handler }
                return family.series.isEmpty ? nil : family
            }
        }
    }

    private func counterName(_ label: String) -> String {
        let name = sanitized(label)
        return name.hasSuffix("_total") ? name : name + "_total"
    }
}

/// `label` with every character that a Prometheus name may not have replaced by `_`.
private func sanitized(_ label: String) -> String {
    var name = ""
    for scalar in label.unicodeScalars {
        let isLetter = ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || scalar == "_" || scalar == ":"
        let isDigit = ("0"..."9").contains(scalar)
        if isDigit && name.isEmpty { name += "_" }
        name.unicodeScalars.append(isLetter || isDigit ? scalar : "_")
    }
    return name.isEmpty ? "_" : name
}

private func escaped(_ value: String) -> String {
    var result = ""
    for character in value.unicodeScalars {
        switch character {
        case "\\": result += "\\\\"
        case "\"": result += "\\\""
        case "\n": result += "\\n"
        default: result.unicodeScalars.append(character)
        }
    }
    return result
}
