extension Charter {
    /// A category of members.
    public struct Category: Sendable, Hashable {
        public let key: String
        /// As rolls head it, in the singular: "Local government".
        public let name: String
        public let plural: String
        /// As the statutes call such a member: "Institutional member".
        public let title: String
        /// Full members are those whom the quorum counts.
        public let isFullMember: Bool
        public let mayVote: Bool
        /// What membership brings such a member, as far as the sources tell; in the order of the file.
        public let brings: [Benefit]
        public let citation: Citation
        public let note: String?
    }

    /// Something that membership brings: a right, a service, an activity.
    public struct Benefit: Sendable, Hashable {
        /// A few words, without a full stop.
        public let text: String
        public let citation: Citation
        public let note: String?
    }

    /// A region of the world as the association groups its members.
    public struct Region: Sendable, Hashable {
        public let key: String
        public let name: String
        /// Place in lists, ascending.
        public let order: Int
        /// ISO 3166 alpha-2: those that a published roll shows, then those assumed.
        public let countries: [String]
        /// The part of `countries` that no published roll shows.
        public let assumedCountries: [String]
        public let citation: Citation
        public let note: String?

        /// Whether a country stands in this region by assumption, not by a published roll.
        public func isAssumed(country: String) -> Bool { assumedCountries.contains(country) }
    }

    /// What a member can be at a time.
    public struct Status: Sendable, Hashable {
        public let key: String
        public let name: String
        public let isOnRoll: Bool
        public let countsForQuorum: Bool
        public let citation: Citation
        /// True where no source says so and the charter's author concluded it; `note` tells how.
        public let isAssumed: Bool
        public let note: String?
    }
}
