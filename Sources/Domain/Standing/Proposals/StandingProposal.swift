import Database
import Membership

/// A step in a member's standing that the rule proposes, and what became of the proposal.
public struct StandingProposal: Sendable, Equatable {
    public enum State: String, Sendable, CaseIterable {
        /// The secretariat looks at it.
        case open
        /// A body has it before it.
        case put
        /// A body adopted or rejected it.
        case decided
        /// The secretariat does not put it forward.
        case dropped
        /// The ground was no longer met.
        case gone

        public var isLive: Bool { self == .open || self == .put }
    }

    public let id: String
    public let memberID: String
    public let memberKey: String
    public let memberName: String
    /// The key of the charter's ground, and of the status that it leads to.
    public let ground: String
    public let leadsTo: String
    public let state: State
    public let evidence: StandingEvidence
    public let proposedAt: String
    /// What the rule found instead when the ground was no longer met.
    public let unmet: StandingOutcome?
    public let putAt: String?
    public let settledAt: String?
    /// The reason of whoever dropped it.
    public let reason: String?
    /// What a body decided; nil for none.
    public let wasAdopted: Bool?
    /// The key of the decision on record.
    public let decision: String?
    let spell: String

    static let columns = """
        p.id, p.member_id, m.key, m.name, p.ground, p.leads_to, p.state, p.evidence, p.proposed_at, p.unmet, p.put_at,
        p.settled_at, p.reason, p.adopted, p.decision, p.spell
        """
    static let tables = "standing_proposal p JOIN member m ON m.id = p.member_id"

    init(row: Row) throws {
        id = try row.text(0)
        memberID = try row.text(1)
        memberKey = try row.text(2)
        memberName = try row.text(3)
        ground = try row.text(4)
        leadsTo = try row.text(5)
        guard let state = State(rawValue: try row.text(6)) else {
            throw DatabaseError.decoding(column: 6, expected: "the state of a proposal")
        }
        self.state = state
        evidence = try StoredJSON.value(StandingEvidence.self, row.text(7))
        proposedAt = try row.text(8)
        unmet = try row.optionalText(9).map { try StoredJSON.value(StandingOutcome.self, $0) }
        putAt = row.optionalText(10)
        settledAt = row.optionalText(11)
        reason = row.optionalText(12)
        wasAdopted = try row.optionalInteger(13).map { $0 != 0 }
        decision = row.optionalText(14)
        spell = try row.text(15)
    }

    static func find(_ transaction: Transaction, _ id: String) throws -> StandingProposal {
        let found = try transaction.first("SELECT \(columns) FROM \(tables) WHERE p.id = ?", [.text(id)]) {
            try StandingProposal(row: $0)
        }
        guard let found else { throw StandingRefusal.noSuchProposal }
        return found
    }
}
