/// What `Journal.verify` found.
public struct Audit: Sendable, Equatable {
    /// How many entries have a place in the log.
    public internal(set) var sealed = 0
    /// How many entries wait for their place.
    public internal(set) var waiting = 0
    /// How many signed heads were checked.
    public internal(set) var heads = 0
    /// The newest head with a valid signature: keep it elsewhere, and give it to the next `verify`.
    public internal(set) var lastHead: TreeHead?
    /// What is wrong, in the order in which it was found; at most `findingLimit`.
    public internal(set) var findings: [Finding] = []
    /// How many findings beyond the limit were only counted.
    public internal(set) var findingsLeftOut = 0

    public static let findingLimit = 1000

    /// Whether nothing is wrong.
    public var isIntact: Bool { findings.isEmpty }

    /// One thing that is wrong: where, which entry, and what.
    public struct Finding: Sendable, Equatable {
        public enum Kind: String, Sendable {
            /// An entry is not what was sealed.
            case altered
            /// What was sealed is not there.
            case removed
            /// Something is there that was never recorded or sealed by the journal.
            case added
            /// An entry stands in another's place.
            case reordered
            /// The stored tree differs from the entries, which are as signed.
            case node
            /// A tree head is not what was signed.
            case head
            /// A key is not what it says or not one that is trusted.
            case key
            /// A personal value beside the log is not the one that was recorded.
            case personal
        }

        public let kind: Kind
        public let positions: ClosedRange<Int>?
        public let entry: String?
        public let detail: String
    }
}

extension Audit.Finding: CustomStringConvertible {
    public var description: String {
        var words = [kind.rawValue]
        if let positions {
            words.append(
                positions.count == 1
                    ? "position \(positions.lowerBound)"
                    : "positions \(positions.lowerBound) to \(positions.upperBound)"
            )
        }
        if let entry { words.append("entry \(entry)") }
        return words.joined(separator: ", ") + ": " + detail
    }
}

extension Audit {
    mutating func add(
        _ kind: Finding.Kind,
        at positions: ClosedRange<Int>? = nil,
        entry: String? = nil,
        _ detail: String
    ) {
        guard findings.count < Self.findingLimit else {
            findingsLeftOut += 1
            return
        }
        findings.append(Finding(kind: kind, positions: positions, entry: entry, detail: detail))
    }

    mutating func add(_ kind: Finding.Kind, at position: Int, entry: String? = nil, _ detail: String) {
        add(kind, at: position...position, entry: entry, detail)
    }
}
