public import Languages

/// What the dry run found for one row of a spreadsheet.
public struct RowPlan: Sendable, Equatable, Codable {
    public enum Outcome: String, Sendable, CaseIterable, Codable {
        /// A new member.
        case create
        /// A member that is known, with something new about it.
        case change
        /// The records hold all of it already.
        case same
        /// The row can mean several members; a person chooses.
        case ambiguous
        case refused
    }

    /// A member as a person recognises it.
    public struct Candidate: Sendable, Equatable, Codable {
        public let id: String
        public let key: String
        public let name: String
        public let country: String?
        public let category: String
        /// Why the row may mean it: `known as "Nur-Sultan"`.
        public let because: Phrase
    }

    /// How sure it is which member a row means.
    public enum Sureness: String, Sendable, Codable {
        /// By its key, or because a person chose it.
        case certain
        /// Its name and its country agree, and no other member has that name.
        case high
        /// Only its name agrees; nothing says which country is meant.
        case fair
    }

    public struct Change: Sendable, Equatable, Codable {
        public let field: UploadField
        /// What the records hold; `nil` for nothing.
        public let old: Phrase?
        public let new: Phrase
    }

    public struct Problem: Sendable, Equatable, Codable {
        /// The column, from 0; `nil` for the row as a whole.
        public let column: Int?
        /// The rest of a sentence.
        public let message: Phrase
    }

    public var outcome: Outcome
    /// The member that the row means.
    public var member: Candidate?
    public var sureness: Sureness?
    /// Those that the row can mean.
    public var candidates: [Candidate] = []
    public var changes: [Change] = []
    public var problems: [Problem] = []
    /// What a person should know: a former member, a merged record.
    public var notes: [Phrase] = []
    /// The member's revision when the dry run saw it.
    var revision: Int?
}
