import Metrics
import Testing

@testable import Web

@Suite struct PrometheusTests {
    func text(_ registry: PrometheusRegistry) -> String {
        String(registry.text().prefix { _ in true }.split(separator: "# TYPE process_")[0])
    }

    @Test func `counters, gauges and their labels`() {
        let registry = PrometheusRegistry()
        let rows = Counter(label: "db.rows", dimensions: [("engine", "sqlite\"\\\n")], factory: registry)
        rows.increment(by: 3)
        rows.increment()
        Counter(label: "db.rows", dimensions: [("engine", "sqlite\"\\\n")], factory: registry).increment()
        FloatingPointCounter(label: "work_total", factory: registry).increment(by: 1.5)
        let meter = Meter(label: "1open", factory: registry)
        meter.set(2)
        meter.decrement()
        #expect(
            text(registry) == #"""
                # TYPE _1open gauge
                _1open 1
                # TYPE db_rows_total counter
                db_rows_total{engine="sqlite\"\\\n"} 5
                # TYPE work_total counter
                work_total 1.5

                """#
        )
    }

    @Test func `a histogram counts what is at most each bound`() {
        let registry = PrometheusRegistry()
        let timer = Timer(label: "query", dimensions: [("a", "b")], factory: registry)
        for milliseconds in [1, 1, 3, 20_000] { timer.recordMilliseconds(milliseconds) }
        let lines = text(registry).split(separator: "\n").map(String.init)
        #expect(lines[0] == "# TYPE query_seconds histogram")
        #expect(lines.contains(#"query_seconds_bucket{a="b",le="0.0005"} 0"#))
        #expect(lines.contains(#"query_seconds_bucket{a="b",le="0.001"} 2"#))
        #expect(lines.contains(#"query_seconds_bucket{a="b",le="0.005"} 3"#))
        #expect(lines.contains(#"query_seconds_bucket{a="b",le="10"} 3"#))
        #expect(lines.contains(#"query_seconds_bucket{a="b",le="+Inf"} 4"#))
        #expect(lines.contains(#"query_seconds_count{a="b"} 4"#))
    }

    @Test func `a destroyed series is gone, and one name has one kind`() {
        let registry = PrometheusRegistry()
        let counter = Counter(label: "a", factory: registry)
        counter.increment()
        Meter(label: "a_total", factory: registry).set(7)
        #expect(text(registry) == "# TYPE a_total counter\na_total 1\n")
        counter.destroy()
        #expect(!registry.text().contains("a_total"))
    }

    @Test func `the process shows its memory`() throws {
        let line = try #require(
            PrometheusRegistry().text().split(separator: "\n").first { $0.hasPrefix("process_resident_memory_bytes ") }
        )
        #expect(try #require(Int(line.split(separator: " ")[1])) > 1_000_000)
    }
}
