public import Languages

extension Charter {
    /// How a body decides without meeting: each seat answers a circular within some days.
    public struct Circulation: Sendable, Hashable {
        /// Whole days in which seats can answer, after the day of opening.
        public let answerDays: Int
        /// The share of the seats that must answer, rounded up.
        public let quorum: Fraction
        public let majority: Majority
        public let silence: Silence
        /// So many objections take the matter to a meeting, whatever the others say; nil where none do.
        public let referAtObjections: Int?
        /// Days before the end on which who has not answered is reminded, the earliest first.
        public let reminderDays: [Int]
        public let citation: Citation
        public let note: String?

        public init(
            answerDays: Int,
            quorum: Fraction,
            majority: Majority,
            silence: Silence,
            referAtObjections: Int?,
            reminderDays: [Int],
            citation: Citation,
            note: String?
        ) {
            self.answerDays = answerDays
            self.quorum = quorum
            self.majority = majority
            self.silence = silence
            self.referAtObjections = referAtObjections
            self.reminderDays = reminderDays
            self.citation = citation
            self.note = note
        }
    }

    /// How many of those who approve or object must approve. Who abstains counts for the quorum only.
    public struct Majority: Sendable, Hashable {
        public let comparison: Comparison
        public let share: Fraction

        public init(_ comparison: Comparison, _ share: Fraction) {
            self.comparison = comparison
            self.share = share
        }

        /// "more than one half"
        public var words: Phrase {
            switch comparison {
            case .moreThan: say("more than \(share.words)", context: "a share")
            case .atLeast: say("at least \(share.words)", context: "a share")
            }
        }

        /// Whether so many approvals suffice against so many objections. Where nobody does either, nothing is approved.
        public func isMet(approve: Int, object: Int) -> Bool {
            guard approve > 0 else { return false }
            let (approvals, needed) = (approve * share.denominator, (approve + object) * share.numerator)
            return comparison == .moreThan ? approvals > needed : approvals >= needed
        }
    }

    /// What it means not to answer.
    public enum Silence: String, Sendable, CaseIterable {
        case countsForNothing = "counts-for-nothing"
        /// As an approval, for the quorum too.
        case approves
    }

    /// What became of one item that was circulated.
    public enum CirculationOutcome: String, Sendable, Codable, CaseIterable {
        case adopted
        case rejected
        case noQuorum = "no-quorum"
        /// So many objected that a meeting decides.
        case referred
    }

    /// How the seats of a body answered one item.
    public struct Tally: Sendable, Hashable, Codable {
        public let seats: Int
        public let approve: Int
        public let object: Int
        public let abstain: Int

        public init(seats: Int, approve: Int, object: Int, abstain: Int) {
            precondition(min(approve, object, abstain) >= 0 && approve + object + abstain <= seats, "one answer a seat")
            self.seats = seats
            self.approve = approve
            self.object = object
            self.abstain = abstain
        }

        public var answered: Int { approve + object + abstain }
        public var silent: Int { seats - answered }

        /// "9 of 14 seats approve, 2 object, 1 abstains, 2 are silent"
        public var words: Phrase {
            let parts = [
                say(
                    approve,
                    one: "\(approve) of \(seats) seats approves",
                    other: "\(approve) of \(seats) seats approve"
                ),
                say(object, one: "\(object) objects", other: "\(object) object"),
                say(abstain, one: "\(abstain) abstains", other: "\(abstain) abstain"),
                say(silent, one: "\(silent) is silent", other: "\(silent) are silent"),
            ]
            return .joined(parts, by: ", ")
        }
    }
}
