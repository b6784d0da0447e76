public import Languages

extension Charter {
    /// Something that members may use by their standing: a programme, an office, a stage.
    public struct Entitlement: Sendable, Hashable {
        public let key: String
        public let name: String
        /// Keys of the categories that have it at all; empty for every category.
        public let categories: [String]
        /// Keys of the offices that it opens.
        public let offices: [String]
        /// By the key of a standing; every standing of the version is there.
        public let access: [String: AccessLevel]
        /// What limited access means, as a sentence; there where a standing has it.
        public let limited: String?
        public let citation: Citation
        public let note: String?
        /// Line in the charter file, from 1.
        let line: Int

        /// The rule's id, `entitlements.KEY`.
        public var id: String { "entitlements.\(key)" }

        /// Whether members of a category have it, if their standing allows.
        public func isFor(category: String) -> Bool { categories.isEmpty || categories.contains(category) }
    }

    /// How far somebody may use something.
    public enum AccessLevel: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
        case no = "none"
        case limited
        case full

        public var words: Phrase {
            switch self {
            case .no: say("no access", context: "what a member may use")
            case .limited: say("limited access", context: "what a member may use")
            case .full: say("full access", context: "what a member may use")
            }
        }

        public static func < (lhs: AccessLevel, rhs: AccessLevel) -> Bool {
            allCases.firstIndex(of: lhs) ?? 0 < allCases.firstIndex(of: rhs) ?? 0
        }
    }

    /// What a member may use, by which rule, why, and what would give it more.
    public struct AccessAnswer: Sendable, Hashable {
        public let entitlement: Entitlement
        public let access: AccessLevel
        /// Why, as sentences.
        public let reason: Phrase
        /// Which standings give more, as a sentence; nil for full access and where none does.
        public let remedy: Phrase?

        public var rule: String { entitlement.id }
        public var citation: Citation { entitlement.citation }
    }
}
