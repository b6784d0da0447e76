public import Charter

/// Which members a list shows, on which day, in which order. The same value makes the same list everywhere.
public struct RollFilter: Sendable, Hashable {
    /// Which standings the list holds.
    public enum Standing: Sendable, Hashable {
        /// All that count as on the roll by the charter.
        case onRoll
        /// All that ever were, as they stood on the day.
        case any
        /// One status of the charter, for example `terminated`.
        case only(String)
    }

    public enum Order: String, Sendable, Hashable, CaseIterable {
        case name, country, region, category, population, since
    }

    public var day: Day
    public var category: String?
    public var region: String?
    /// ISO 3166 alpha-2.
    public var country: String?
    public var tag: String?
    public var standing: Standing
    /// Words of any name, in any script; each may be the beginning of a word, or have one slip of the finger.
    public var search: String?
    public var order: Order
    public var descending: Bool

    public init(
        day: Day,
        category: String? = nil,
        region: String? = nil,
        country: String? = nil,
        tag: String? = nil,
        standing: Standing = .onRoll,
        search: String? = nil,
        order: Order = .name,
        descending: Bool = false
    ) {
        self.day = day
        self.category = category
        self.region = region
        self.country = country
        self.tag = tag
        self.standing = standing
        self.search = search
        self.order = order
        self.descending = descending
    }
}

/// One line of the roll.
public struct RollRow: Sendable, Equatable {
    public let memberID: String
    public let key: String
    /// The name in force on the day.
    public let name: String
    /// Up to three other names, separated by " · "; empty when there are none.
    public let otherNames: String
    public let category: String
    /// ISO 3166 alpha-2; `nil` where no report prints the country.
    public let country: String?
    public let region: String?
    public let status: String
    public let population: Int?
    public let populationYear: Int?
    /// ISO days between which the membership began; equal where the day is known.
    public let sinceEarliest: String?
    public let since: String?
    /// An invented sample, not a record.
    public let isSample: Bool
}

/// A page of a list.
public struct RollPage: Sendable, Equatable {
    public let rows: [RollRow]
    /// How many rows all pages hold.
    public let total: Int
    /// Whether `total` is only a lower bound, as for a search that finds more than a person can read.
    public let isTotalOpen: Bool
    /// The names that a mistyped search was taken for; empty when the search was found as typed.
    public let correctedWords: [String]
}

/// How sure the roll of a day is.
public struct RollCertainty: Sendable, Equatable {
    /// Counted on the day, but possibly gone already: no report gives the day of leaving.
    public let perhapsGone: Int
    /// Not counted, but possibly members already: no report gives the day of joining.
    public let perhapsMembers: Int
}
