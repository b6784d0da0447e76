public import Languages

extension Charter {
    /// The annual fees of a category, or of a part of it, by one measure.
    public struct FeeSchedule: Sendable, Hashable {
        public let key: String
        public let name: String
        /// Key of a category.
        public let category: String
        /// The kinds of member that it is for; empty for the whole category.
        public let kinds: [MemberKind]
        /// What decides the band; nil where there are no bands.
        public let measure: Measure?
        /// ISO 4217.
        public let currency: String
        /// Ascending; empty where the schedule is not published and nothing stands in for it.
        public let bands: [Band]
        /// Why no source prints the schedule, where one says that it exists; bands are then a stand-in of `citation`.
        public let unpublished: String?
        /// What was decided about values that the bands leave out.
        public let rulings: [Ruling]
        /// What sources say of the same fee, where they contradict each other.
        public let statements: [FeeStatement]
        public let citation: Citation
        public let note: String?

        /// The band that a value of the measure falls in; nil in a hole of the schedule.
        public func band(for value: Double) -> Band? {
            bands.first { band in
                value >= Double(band.from) && band.to.map { value <= Double($0) } ?? true
            }
        }

        /// The names of its kinds, where they say more than its own name.
        public var kindNames: [String] {
            kinds.map(\.name) == [name] ? [] : kinds.map(\.name)
        }
    }

    /// A kind of member within a category, such as a start-up among corporations.
    public struct MemberKind: Sendable, Hashable {
        public let key: String
        public let name: String
    }

    /// The figure of a member that its fee goes by.
    public struct Measure: Sendable, Hashable {
        public let key: String
        public let name: String
        /// True for what is counted (employees), false for what is measured (income per head): between two whole
        /// numbers there is nothing to count, but something to measure.
        public let isWholeNumbers: Bool
        /// The least that a value can be; schedules need no band below it.
        public let atLeast: Int
    }

    /// One row of a fee schedule.
    public struct Band: Sendable, Hashable {
        public let from: Int
        /// Inclusive; nil for no upper end.
        public let to: Int?
        /// Whole units of the schedule's currency for a year.
        public let fee: Int
        public let label: String?
        /// The criterion as the source prints it.
        public let printed: String?
        /// Line in the charter file, from 1.
        public let line: Int

        /// `1–229`, or `2000 and more`.
        public var range: Phrase { Band.range(from, to) }

        /// From one value to another, both inclusive; without an upper end for nil.
        public static func range(_ from: Int, _ to: Int?) -> Phrase {
            guard let to else { return say("\(plain: from) and more") }
            return .verbatim(to == from ? "\(from)" : "\(from)–\(to)")
        }
    }

    /// The year of the books.
    public struct FiscalYear: Sendable, Hashable {
        /// `MM-DD`.
        public let begins: String
        /// `MM-DD`.
        public let ends: String
        /// What becomes of a surplus, as a sentence.
        public let surplus: String?
        public let citation: Citation
        public let note: String?
    }
}
