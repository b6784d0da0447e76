public import Languages

extension Charter {
    /// A decision on values that a published schedule leaves out.
    public struct Ruling: Sendable, Hashable {
        public let key: String
        public let settles: Settles
        public let day: Day
        /// Who made it, in words.
        public let madeBy: String
        /// Why, as a sentence.
        public let grounds: String
        public let citation: Citation
        public let note: String?
        /// Line in the charter file, from 1.
        let line: Int

        /// What a ruling settles.
        public enum Settles: Sendable, Hashable {
            /// Values from one to another, both inclusive, without an upper end for nil: whole units of the schedule's
            /// currency.
            case values(from: Int, to: Int?, fee: Int)
            /// What lies between two whole numbers of a measured figure: it is read as the lower of the two.
            case fractions
        }

        /// The fee of a value that this ruling gives one to.
        func fee(for value: Double) -> Int? {
            guard case .values(let from, let to, let fee) = settles else { return nil }
            return value >= Double(from) && to.map { value <= Double($0) } ?? true ? fee : nil
        }

        /// "By ruling of 22 Nov 2026 (Secretariat): …"
        public var words: Phrase {
            say("By ruling of \(day) (\(Phrase.name(madeBy))): \(Phrase.name(grounds))")
        }
    }

    /// What a source says of a fee, where sources or parts of one contradict each other.
    public struct FeeStatement: Sendable, Hashable {
        public let text: String
        /// The fee that it says, in whole units of the schedule's currency, where it says one.
        public let fee: Int?
        /// Whether the schedule follows it.
        public let isInForce: Bool
        /// Why it is followed, or not, as a sentence.
        public let why: String
        public let citation: Citation

        /// What it says, whether that is in force, and why.
        public var words: Phrase {
            let inForce =
                isInForce
                ? say("This is in force.", context: "what a source says of a fee")
                : say("This is not in force.", context: "what a source says of a fee")
            return .sentences([.name(text), inForce, .name(why)])
        }
    }
}
