extension Charter {
    /// How membership begins, ends and is held back.
    public struct MembershipRules: Sendable, Hashable {
        public let admission: Admission
        public let withdrawal: Withdrawal?
        public let grounds: [Ground]
    }

    /// From when a membership counts, and who approves it.
    public struct Admission: Sendable, Hashable {
        public let countsFrom: CountsFrom
        /// Key of a body.
        public let approvedBy: String
        public let citation: Citation
        public let note: String?
    }

    /// The day from which a membership counts.
    public enum CountsFrom: String, Sendable, CaseIterable {
        case applicationDate = "application-date"
        case approvalDate = "approval-date"
        case paymentDate = "payment-date"

        var words: String {
            switch self {
            case .applicationDate: "the date of application"
            case .approvalDate: "the date of approval"
            case .paymentDate: "the date of the first payment"
            }
        }
    }

    /// How a member leaves of its own will.
    public struct Withdrawal: Sendable, Hashable {
        /// As a sentence.
        public let how: String
        /// Key of a body.
        public let approvedBy: String
        public let citation: Citation
        public let note: String?
    }

    /// A ground on which a member of a category comes into another status.
    public struct Ground: Sendable, Hashable {
        public let key: String
        /// Keys of categories, never empty.
        public let categories: [String]
        /// Key of a status.
        public let leadsTo: String
        /// What has to be the case, as a sentence.
        public let when: String
        /// Years without participation and without payment, where the ground is a lapse of time.
        public let inactiveYears: Int?
        /// Whether `inactiveYears` must be passed or only reached.
        public let comparison: Comparison?
        /// How long the status lasts, where it is for a time.
        public let lastsYears: Int?
        /// Key of a body, where a source names it.
        public let decidedBy: String?
        public let citation: Citation
        public let note: String?
    }

    public enum Comparison: String, Sendable, CaseIterable {
        case moreThan = "more-than"
        case atLeast = "at-least"
    }

    /// The power to let a member off its fee, in whole or in part.
    public struct Remission: Sendable, Hashable {
        /// What may be done: remit, reduce, commute.
        public let powers: [String]
        /// For what purpose, as a sentence.
        public let purpose: String
        /// Key of a body.
        public let decidedBy: String
        public let citation: Citation
        public let note: String?
    }
}
