import Synchronization

/// Makes the ids by which a request is found in the log.
final class RequestIDs: Sendable {
    private let prefix: String
    private let next = Atomic<UInt64>(1)

    init() {
        // Tells processes and restarts apart; the counter tells requests apart, at no cost of randomness for each.
        prefix = String(UInt64.random(in: 0x10_0000_0000...0xFF_FFFF_FFFF), radix: 16)
    }

    /// The id that the client (a proxy, mostly) gave, if it has a form that cannot disturb a log, else a new one.
    func id(given: String?) -> String {
        if let given, RequestIDs.isAcceptable(given) { return given }
        return "\(prefix)-\(String(next.wrappingAdd(1, ordering: .relaxed).oldValue, radix: 16))"
    }

    /// One to 64 ASCII letters, digits and hyphens.
    static func isAcceptable(_ id: String) -> Bool {
        let bytes = id.utf8
        return (1...64).contains(bytes.count)
            && bytes.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}
