public import Access
import Database
public import Files
import Identity
public import Languages

/// A change of an official fact that a member asks for and the secretariat decides on.
public struct Proposal: Sendable, Equatable {
    public enum State: String, Sendable, CaseIterable {
        case waiting, accepted, declined, withdrawn

        public var name: Phrase {
            switch self {
            case .waiting: say("Waiting", context: "state of a proposal")
            case .accepted: say("Accepted", context: "state of a proposal")
            case .declined: say("Declined", context: "state of a proposal")
            case .withdrawn: say("Withdrawn", context: "state of a proposal")
            }
        }
    }

    /// A file that shows the fact.
    public struct Document: Sendable, Equatable {
        /// SHA-256 of the bytes, as 64 hexadecimal digits.
        public let hash: String
        public let name: String
        /// Found from the content.
        public let type: FileType
        public let bytes: Int
    }

    /// Somebody by id and name; `nil` ids are the program's operator.
    public struct Somebody: Sendable, Equatable {
        public let id: String?
        public let name: Phrase
    }

    public let id: String
    public let memberID: String
    public let memberKey: String
    public let memberName: String
    public let value: FactValue
    /// What the records said when it was made.
    public let seen: FactValue?
    /// The ISO day from which it shall hold.
    public let effectiveOn: String
    public let grounds: String
    public let document: Document?
    public let state: State
    public let proposedBy: Somebody
    /// `InstantText`.
    public let proposedAt: String
    public let decidedBy: Somebody?
    public let decidedAt: String?
    /// The day that was decided, where it is another than the one proposed.
    public let decidedEffectiveOn: String?
    public let reason: String?
    /// The newer proposal that took its place.
    public let replacedBy: String?

    public var fact: OfficialFact { value.fact }
}

extension Proposal {
    private static let selection =
        """
        SELECT p.id, p.member_id, m.key, m.name, p.fact, p.value, p.detail, p.seen_value, p.seen_detail, p.effective_on,
            p.grounds, u.hash, u.name, u.type, f.size, p.state, p.proposed_by,
            a.name, p.proposed_at, p.decided_by, b.name, p.decided_at, p.decided_effective_on, p.reason, p.replaced_by
        FROM proposal p JOIN member m ON m.id = p.member_id LEFT JOIN person a ON a.id = p.proposed_by
            LEFT JOIN person b ON b.id = p.decided_by
            LEFT JOIN file_use u ON u.owner_kind = 'proposal' AND u.owner_id = p.id LEFT JOIN file f ON f.hash = u.hash
        """

    private init(row: Row) throws {
        let fact = OfficialFact(rawValue: try row.text(4)) ?? .name
        let decidedAt = row.optionalText(21)
        self.init(
            id: try row.text(0),
            memberID: try row.text(1),
            memberKey: try row.text(2),
            memberName: try row.text(3),
            value: FactValue(fact, value: try row.text(5), detail: try row.text(6)),
            seen: row.optionalText(7).map { FactValue(fact, value: $0, detail: row.optionalText(8) ?? "") },
            effectiveOn: try row.text(9),
            grounds: try row.text(10),
            document: try Self.document(row, 11),
            state: State(rawValue: try row.text(15)) ?? .waiting,
            // Nobody else without an account may propose.
            proposedBy: Self.somebody(row, 16, without: say("a program of the member")),
            proposedAt: try row.text(18),
            decidedBy: decidedAt == nil ? nil : Self.somebody(row, 19),
            decidedAt: decidedAt,
            decidedEffectiveOn: row.optionalText(22),
            reason: row.optionalText(23),
            replacedBy: row.optionalText(24)
        )
    }

    private static func document(_ row: Row, _ first: Int) throws -> Document? {
        guard let hash = row.optionalText(first) else { return nil }
        return Document(
            hash: hash,
            name: try row.text(first + 1),
            type: FileType(rawValue: try row.text(first + 2)) ?? .text,
            bytes: try row.integer(first + 3)
        )
    }

    private static func somebody(
        _ row: Row,
        _ first: Int,
        without account: Phrase = say("the operator")
    ) -> Somebody {
        let id = row.optionalText(first)
        let name = row.optionalText(first + 1).map { Phrase.person($0) }
        return Somebody(id: id, name: name ?? (id == nil ? account : say("a former account")))
    }

    static func owner(_ id: String) -> FileOwner { FileOwner("proposal", id) }

    static func find(_ transaction: Transaction, id: String) throws -> Proposal {
        guard let found = try transaction.first("\(selection) WHERE p.id = ?", [.text(id)], { try Proposal(row: $0) })
        else { throw ProposalRefusal.noSuchProposal }
        return found
    }

    /// Those in a state (all when `nil`); the waiting ones oldest first, the others latest first.
    static func list(_ transaction: Transaction, state: State?, limit: Int, offset: Int) throws -> [Proposal] {
        let condition = state == nil ? "1 = 1" : "p.state = ?"
        let order = state == .waiting ? "p.proposed_at, p.id" : "p.proposed_at DESC, p.id DESC"
        return try transaction.query(
            "\(selection) WHERE \(condition) ORDER BY \(order) LIMIT ? OFFSET ?",
            (state.map { [.text($0.rawValue)] } ?? []) + [.int(limit), .int(offset)]
        ) { try Proposal(row: $0) }
    }

    /// A member's, the latest first.
    static func list(_ transaction: Transaction, member: String, limit: Int) throws -> [Proposal] {
        try transaction.query(
            "\(selection) WHERE p.member_id = ? ORDER BY p.proposed_at DESC, p.id DESC LIMIT ?",
            [.text(member), .int(limit)]
        ) { try Proposal(row: $0) }
    }

    /// Those that somebody made, the latest first.
    static func list(_ transaction: Transaction, by person: String) throws -> [Proposal] {
        try transaction.query(
            "\(selection) WHERE p.proposed_by = ? ORDER BY p.proposed_at DESC, p.id DESC",
            [.text(person)]
        ) { try Proposal(row: $0) }
    }

    static func waiting(_ transaction: Transaction, member: String, fact: OfficialFact) throws -> Proposal? {
        try transaction.first(
            "\(selection) WHERE p.member_id = ? AND p.fact = ? AND p.state = 'waiting'",
            [.text(member), .text(fact.rawValue)]
        ) { try Proposal(row: $0) }
    }
}

/// Why something cannot be done with a proposal.
public enum ProposalRefusal: Refusal, Equatable {
    case noSuchProposal
    /// It was accepted, declined or withdrawn before.
    case decidedAlready(Proposal.State, by: Phrase?)
    /// The fact changed while somebody was deciding.
    case factChanged
    case noDocument

    public var code: String {
        switch self {
        case .noSuchProposal: "no-such-proposal"
        case .decidedAlready: "proposal-decided-already"
        case .factChanged: "proposal-fact-changed"
        case .noDocument: "proposal-has-no-document"
        }
    }

    public var kind: RefusalKind {
        switch self {
        case .noSuchProposal, .noDocument: .notFound
        case .decidedAlready, .factChanged: .conflict
        }
    }

    public var sentence: Phrase {
        switch self {
        case .noSuchProposal: say("There is no such proposal. Check the address.")
        case .decidedAlready(let state, let person): Self.decided(state, person)
        case .factChanged:
            say(
                "The record changed while you were deciding. Nothing was changed: look at both values again, then decide."
            )
        case .noDocument: say("No document came with this proposal.")
        }
    }

    private static func decided(_ state: Proposal.State, _ person: Phrase?) -> Phrase {
        switch (state, person) {
        case (.accepted, let person?): say("This proposal was accepted by \(person) meanwhile. Nothing was changed.")
        case (.accepted, nil): say("This proposal was accepted meanwhile. Nothing was changed.")
        case (.declined, let person?): say("This proposal was declined by \(person) meanwhile. Nothing was changed.")
        case (.declined, nil): say("This proposal was declined meanwhile. Nothing was changed.")
        case (.withdrawn, let person?): say("This proposal was withdrawn by \(person) meanwhile. Nothing was changed.")
        case (.withdrawn, nil): say("This proposal was withdrawn meanwhile. Nothing was changed.")
        case (.waiting, _): say("This proposal changed meanwhile. Nothing was changed.")
        }
    }
}
