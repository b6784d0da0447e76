#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// What Prometheus expects of every process: its memory and when it started.
struct ProcessMeasurements: Sendable {
    private let startSeconds = Date().timeIntervalSince1970

    func text() -> String {
        var text = "# TYPE process_start_time_seconds gauge\nprocess_start_time_seconds \(number(startSeconds))\n"
        if let bytes = ProcessMeasurements.residentBytes() {
            text += "# TYPE process_resident_memory_bytes gauge\nprocess_resident_memory_bytes \(bytes)\n"
        }
        return text
    }

    /// Memory in RAM now, from /proc; nil where there is none.
    static func residentBytes() -> Int? {
        guard let data = FileManager.default.contents(atPath: "/proc/self/status") else { return nil }
        let line = String(decoding: data, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        return line.flatMap { Int($0.filter(\.isWholeNumber)) }.map { $0 * 1024 }
    }
}
