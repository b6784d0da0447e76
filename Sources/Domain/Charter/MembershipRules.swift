extension Charter {
    /// How membership begins, ends and is held back.
    public struct MembershipRules: Sendable, Hashable {
        public let admission: Admission
        public let withdrawal: Withdrawal?
        public let appeal: Appeal?
        public let reinstatement: Reinstatement?
        public let grounds: [Ground]
    }

    /// How a member leaves of its own will.
    public struct Withdrawal: Sendable, Hashable {
        /// As a sentence.
        public let how: String
        /// Key of a status.
        public let leadsTo: String
        /// Key of a body.
        public let approvedBy: String
        public let citation: Citation
        public let note: String?
    }

    /// The right of a member to have a change of its status looked at again.
    public struct Appeal: Sendable, Hashable {
        /// Whole days in which it can be made, after the day of the change.
        public let withinDays: Int
        /// Keys of the statuses that it is against, never empty.
        public let against: [String]
        /// Key of the status in which the member is when it succeeds.
        public let leadsTo: String
        /// Key of a body.
        public let decidedBy: String
        public let citation: Citation
        public let note: String?
    }

    /// How who was a member, or was held back, becomes one again.
    public struct Reinstatement: Sendable, Hashable {
        /// Keys of the statuses from which it leads back, never empty.
        public let from: [String]
        /// Key of a status.
        public let leadsTo: String
        /// Key of a body.
        public let decidedBy: String
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
        /// What may be done, never empty.
        public let powers: [ReliefPower]
        /// For what purpose, as a sentence.
        public let purpose: String
        /// Key of a body.
        public let decidedBy: String
        public let citation: Citation
        public let note: String?
    }
}
