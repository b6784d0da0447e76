/// A published figure beside the one that the records give.
public struct Finding: Sendable, Equatable, Codable {
    /// Why a figure differs: a record, or that nothing in the records tells.
    public struct Explanation: Sendable, Equatable, Codable {
        public let member: String?
        public let memberName: String?
        /// `adds`, `removes`, `unknown`, `recorded` or `unexplained`.
        public let kind: String
        public let text: String
    }

    public let statement: String
    public let subject: String
    /// What the report counts, in a few words.
    public let text: String
    /// ISO days; equal unless the figure is about a period.
    public let from: String
    public let through: String
    public let category: String?
    public let region: String?
    public let published: Double
    public let unit: String?
    public let source: String
    public let locator: String?
    public let note: String?
    /// `nil` where the records cannot give this figure; `derivation` says why.
    public let derived: Double?
    /// How the figure was derived, or why it cannot be.
    public let derivation: Account
    /// `derived - published`, when there is a derived figure.
    public let difference: Double?
    public let explanations: [Explanation]
    /// The keys of the members that were counted.
    public let members: [String]

    /// The records give what was published.
    public var agrees: Bool { difference == 0 }
    /// The difference, or that nothing can be derived, is written down with its reason.
    public var isRecorded: Bool { agrees || !explanations.isEmpty || derived == nil }
}

/// What one derivation counted.
struct Derived {
    var value: Double?
    var how: Finding.Account
    var members: [String] = []

    static func count(_ members: [String], _ how: Finding.Account) -> Derived {
        Derived(value: Double(members.count), how: how, members: members)
    }
    static func none(_ why: Finding.Account) -> Derived { Derived(value: nil, how: why) }
}
