public import Languages

extension Charter {
    /// A body that decides: an assembly, a committee, a secretariat.
    public struct Body: Sendable, Hashable {
        public let key: String
        public let name: String
        /// Years between ordinary meetings; nil where no source says.
        public let meetsEveryYears: Int?
        /// The most members that it can have; nil where it has no bound or no source says.
        public let seatsMaximum: Int?
        /// Who sits in it, as a sentence.
        public let composition: String
        /// Keys of the categories whose members sit in it.
        public let categories: [String]
        /// Keys of the offices whose holders sit in it.
        public let offices: [String]
        public let quorum: Quorum?
        /// How it decides without meeting; nil where it does so only in meetings.
        public let circulation: Circulation?
        public let powers: [Power]
        public let citation: Citation
        public let note: String?
    }

    /// Something that a body alone may decide.
    public struct Power: Sendable, Hashable {
        public let power: String
        public let citation: Citation
    }

    /// How many must be present: a share of those counted, rounded up.
    public struct Quorum: Sendable, Hashable {
        public let share: Fraction
        /// Whom the share is taken of, in words: "full members".
        public let of: String
        public let citation: Citation
        public let note: String?
    }

    /// A share above nothing and up to the whole, such as 1/4.
    public struct Fraction: Sendable, Hashable, CustomStringConvertible {
        public let numerator: Int
        public let denominator: Int

        /// Nil unless 0 < numerator ≤ denominator ≤ 1000.
        public init?(numerator: Int, denominator: Int) {
            guard 1...1000 ~= denominator, 1...denominator ~= numerator else { return nil }
            self.numerator = numerator
            self.denominator = denominator
        }

        public var description: String { "\(numerator)/\(denominator)" }

        /// "one fourth", "two thirds"; shares without a common word stay figures: "3/7".
        public var words: Phrase {
            switch (numerator, denominator) {
            case (1, 2): say("one half")
            case (1, 3): say("one third")
            case (2, 3): say("two thirds")
            case (1, 4): say("one fourth")
            case (3, 4): say("three fourths")
            case (1, 5): say("one fifth")
            case (2, 5): say("two fifths")
            case (3, 5): say("three fifths")
            case (4, 5): say("four fifths")
            case (1, 10): say("one tenth")
            case let (all, whole) where all == whole: say("all", context: "a share of members")
            default: .verbatim(description)
            }
        }

        /// The smallest whole number that is at least this share of `count` (0 or more).
        public func ofCountRoundedUp(_ count: Int) -> Int {
            // By parts, so that no count can overflow.
            let (whole, rest) = count.quotientAndRemainder(dividingBy: denominator)
            return whole * numerator + (rest * numerator + denominator - 1) / denominator
        }
    }

    /// An office that a member or a person holds for a term.
    public struct Office: Sendable, Hashable {
        public let key: String
        public let name: String
        public let heldBy: Holder
        public let filledBy: Filling
        /// How it is filled, as a sentence.
        public let how: String
        /// Key of the body that fills or confirms it, where a source names one.
        public let body: String?
        /// Key of the body that nominates, where a source names one.
        public let nominatedBy: String?
        /// How many hold it at one time; nil where no source says.
        public let seats: Int?
        public let term: Term?
        /// Keys of the regions that it serves; empty for all.
        public let regions: [String]
        public let citation: Citation
        public let note: String?
    }

    public enum Holder: String, Sendable, CaseIterable {
        case member
        case person
    }

    /// The way into an office.
    public enum Filling: String, Sendable, CaseIterable {
        case election
        case appointment
        case automatic
        case unpublished
    }

    /// How long an office is held.
    public enum Term: Sendable, Hashable {
        /// To the next ordinary meeting of the body with this key.
        case untilNextMeeting(of: String)
        case years(Int)
    }
}
