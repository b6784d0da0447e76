public import Languages

extension Charter {
    /// A number of points, exact to the tenth.
    public struct Points: Sendable, Hashable, Comparable, Codable {
        public let tenths: Int

        public init(tenths: Int) {
            self.tenths = tenths
        }

        /// "1.5"
        public var words: Phrase { .decimal(Double(tenths) / 10, places: 1) }

        public static func < (lhs: Points, rhs: Points) -> Bool { lhs.tenths < rhs.tenths }
        public static func + (lhs: Points, rhs: Points) -> Points { Points(tenths: lhs.tenths + rhs.tenths) }
        public static func * (count: Int, points: Points) -> Points { Points(tenths: count * points.tenths) }

        public static let zero = Points(tenths: 0)
    }

    /// How many points a record earns.
    public struct PointRule: Sendable, Hashable {
        public let key: String
        public let name: String
        public let points: Points
        public let earnedBy: EarnedBy
        public let citation: Citation
        public let note: String?

        /// The rule's id, `points.KEY`.
        public var id: String { "points.\(key)" }
    }

    /// The kind of record that earns points.
    public enum EarnedBy: Sendable, Hashable {
        /// Taking part in an event in one of these capacities; no capacity stands in two rules.
        case participation([Capacity])
        /// An activity that is recorded under the rule's key.
        case activity
        /// The fee of a year, paid.
        case payment
    }

    /// In which capacity somebody takes part in an event.
    public enum Capacity: String, Sendable, Hashable, CaseIterable {
        case delegate
        case voter
        case observer
        case participant
        case speaker
    }
}

/// The points of some records, rule by rule.
public struct PointSum: Sendable, Hashable {
    /// What one rule gives.
    public struct Line: Sendable, Hashable {
        public let rule: Charter.PointRule
        /// Of one record: the rule's own, or another weight that was asked for.
        public let weight: Charter.Points
        public let count: Int

        public var points: Charter.Points { count * weight }
    }

    /// In the order of the charter; rules by which nothing was earned are there with a count of 0.
    public let lines: [Line]

    public var total: Charter.Points { lines.reduce(.zero) { $0 + $1.points } }
}
