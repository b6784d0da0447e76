extension Charter {
    /// Who the association is.
    public struct Association: Sendable, Hashable {
        public let key: String
        public let shortName: String
        /// In order of `from`, never empty.
        public let names: [DatedName]
        /// The letters that stand for the association where it has no picture.
        public let mark: String
        public let website: String?
        /// BCP 47 codes, the working language first.
        public let languages: [String]

        /// The full name in force on a day; before the first, the first.
        public func name(on day: Day) -> String {
            (names.last { $0.from <= day } ?? names.first)?.name ?? shortName
        }
    }

    /// A name and the day from which it was borne.
    public struct DatedName: Sendable, Hashable {
        public let name: String
        public let from: Day
        public let precision: DatePrecision
        public let citation: Citation
    }

    /// A published document that rules cite.
    public struct Source: Sendable, Hashable {
        public let code: String
        public let title: String
        /// `2021`, `2021-10` or `2021-10-18`, as exactly as it is known.
        public let published: String?
    }
}
