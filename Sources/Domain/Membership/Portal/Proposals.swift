public import Access
public import Database
public import Foundation
import Identity
public import Journal
public import Languages

/// What is asked about proposals, and the rows behind it.
public enum Proposals {
    /// The proposals that wait for the secretariat, as what waits.
    public static func waiting(_ transaction: Transaction) throws -> [WaitingItem] {
        try Proposal.list(transaction, state: .waiting, limit: 1000, offset: 0).map { proposal in
            WaitingItem(
                kind: "proposal",
                id: proposal.id,
                title: say("\(proposal.memberName): \(proposal.fact.noun)"),
                detail: .joined([proposal.seen?.words ?? say("Nothing on record"), proposal.value.words], by: " → "),
                needs: .decideProposal,
                since: proposal.proposedAt,
                memberID: proposal.memberID
            )
        }
    }

    /// What an entry of the journal is about, for `Today`: a member, a person, or a proposal with its member.
    public static func subject(_ transaction: Transaction, _ subject: JournalEntry.Subject) throws -> Phrase? {
        switch subject.kind {
        case "member":
            try transaction.first("SELECT name FROM member WHERE id = ?", [.text(subject.id)]) {
                Phrase.verbatim(try $0.text(0))
            }
        case "person":
            try transaction.first("SELECT name FROM person WHERE id = ?", [.text(subject.id)]) {
                Phrase.verbatim(try $0.text(0))
            }
        case "proposal":
            try transaction.first(
                "SELECT m.name, p.fact FROM proposal p JOIN member m ON m.id = p.member_id WHERE p.id = ?",
                [.text(subject.id)]
            ) { row in
                let member = try row.text(0)
                let fact = OfficialFact(rawValue: try row.text(1))
                return fact.map { say("\(member): \($0.noun)") } ?? Phrase.verbatim(member)
            }
        default: nil
        }
    }

    /// The list of proposals for `Today`.
    public static let source = WaitingSource(kind: "proposal", title: say("Proposals"), reads: .readProposals) {
        try waiting($0)
    }

    static func close(
        _ transaction: Transaction,
        _ id: String,
        _ state: Proposal.State,
        by actor: Actor,
        now: Date,
        effectiveOn: String? = nil,
        reason: String? = nil,
        replacedBy: String? = nil
    ) throws {
        try transaction.execute(
            """
            UPDATE proposal SET state = ?, decided_by = ?, decided_at = ?, decided_effective_on = ?, reason = ?,
                replaced_by = ?
            WHERE id = ?
            """,
            [
                .text(state.rawValue), .optional(actor.isPerson ? actor.person.id : nil), .text(InstantText.text(now)),
                .optional(effectiveOn), .optional(reason), .optional(replacedBy), .text(id),
            ]
        )
    }

    static func replace(
        _ transaction: Transaction,
        _ old: Proposal,
        by new: String,
        actor: Actor,
        now: Date
    ) throws {
        try close(transaction, old.id, .withdrawn, by: actor, now: now, replacedBy: new)
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "proposal.replaced",
                subject: .init("proposal", old.id),
                after: ["member": .text(old.memberID), "fact": .text(old.fact.rawValue), "by": .text(new)]
            )
        )
    }

    /// A value as the journal keeps it: the name of a person where it can be erased.
    static func journal(_ value: FactValue?) -> JournalValue? {
        guard let value else { return nil }
        guard value.fact == .headOfGovernment else {
            return ["value": .text(value.value), "detail": .text(value.detail)]
        }
        return ["value": .personal("person", value.value), "detail": .text(value.detail)]
    }
}

/// A proposal beside what the records say now.
public struct ProposalView: Sendable, Equatable {
    public let proposal: Proposal
    /// `nil` where nothing is on record.
    public let current: FactValue?

    /// Whether the fact changed after the proposal was made.
    public var isStale: Bool { proposal.state == .waiting && current != proposal.seen }

    /// The mark of what the records say now, for the form that decides.
    public var mark: PartMark { FactValue.mark(current) }

    /// A proposal by its id, or `nil`.
    public static func find(_ transaction: Transaction, id: String) throws -> ProposalView? {
        do { return try load(transaction, Proposal.find(transaction, id: id)) } catch ProposalRefusal.noSuchProposal {
            return nil
        }
    }

    static func load(_ transaction: Transaction, _ proposal: Proposal) throws -> ProposalView {
        let member = try EditableMember.load(transaction, id: proposal.memberID)
        return ProposalView(proposal: proposal, current: member?.value(proposal.fact))
    }
}

/// The secretariat's list of proposals.
public struct ProposalList: Question {
    public static let action = Action.readProposals
    public static let pageSize = 50

    public struct Answer: Sendable, Equatable {
        /// Those waiting oldest first, others latest first.
        public let proposals: [ProposalView]
        /// How many are in each state.
        public let counts: [Proposal.State: Int]
    }

    let state: Proposal.State?
    let page: Int

    /// - Parameter page: counted from 1.
    public init(state: Proposal.State?, page: Int = 1) {
        self.state = state
        self.page = page
    }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> Answer {
        var counts: [Proposal.State: Int] = [:]
        try transaction.forEach("SELECT state, COUNT(*) FROM proposal GROUP BY state") { row in
            if let state = Proposal.State(rawValue: try row.text(0)) { counts[state] = try row.integer(1) }
        }
        let offset = max(page - 1, 0) * Self.pageSize
        let found = try Proposal.list(transaction, state: state, limit: Self.pageSize, offset: offset)
        return Answer(
            proposals: try found.map { try ProposalView.load(transaction, $0) },
            counts: counts
        )
    }
}

/// One proposal, as the secretariat decides on it.
public struct ProposalToDecide: Question {
    public static let action = Action.readProposals

    public struct Answer: Sendable, Equatable {
        public let view: ProposalView
        /// Earlier proposals of the same fact of this member, the latest first.
        public let earlier: [Proposal]
        public let mayDecide: Bool
    }

    let id: String

    public init(_ id: String) { self.id = id }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> Answer {
        let proposal = try Proposal.find(transaction, id: id)
        let earlier = try Proposal.list(transaction, member: proposal.memberID, limit: 200).filter {
            $0.fact == proposal.fact && $0.id != id && $0.proposedAt <= proposal.proposedAt
        }
        return Answer(
            view: try ProposalView.load(transaction, proposal),
            earlier: Array(earlier.prefix(10)),
            mayDecide: actor.may(.decideProposal)
        )
    }
}

/// A member's own proposals, the latest first, and what the records say of each official fact.
public struct MemberProposals: Question {
    public static let action = Action.readPortal

    public struct Answer: Sendable, Equatable {
        public let member: PortalMember
        public let facts: [Fact]
        public let proposals: [ProposalView]
        /// Whether whoever asks may propose.
        public let mayPropose: Bool

        public struct Fact: Sendable, Equatable {
            public let fact: OfficialFact
            public let current: FactValue?
            /// The proposal that waits.
            public let waiting: Proposal?
        }
    }

    let memberID: String

    public init(member: String) { memberID = member }

    public func place(_ transaction: Transaction) throws -> Place { .member(memberID) }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> Answer {
        let proposals = try Proposal.list(transaction, member: memberID, limit: 100)
        let record = try EditableMember.load(transaction, id: memberID)
        return Answer(
            member: try PortalMember.load(transaction, id: memberID),
            facts: OfficialFact.allCases.map { fact in
                Answer.Fact(
                    fact: fact,
                    current: record?.value(fact),
                    waiting: proposals.first { $0.fact == fact && $0.state == .waiting }
                )
            },
            proposals: try proposals.map { try ProposalView.load(transaction, $0) },
            mayPropose: actor.may(.proposeFact, at: .member(memberID))
        )
    }
}

/// The document of a proposal, for the secretariat.
public struct ProposalDocument: Question {
    public static let action = Action.readProposals

    let id: String

    public init(proposal id: String) { self.id = id }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> Proposal.Document {
        guard let document = try Proposal.find(transaction, id: id).document else { throw ProposalRefusal.noDocument }
        return document
    }
}

/// The document of a proposal, for the member that made it.
public struct OwnProposalDocument: Question {
    public static let action = Action.readPortal

    let id: String

    public init(proposal id: String) { self.id = id }

    public func place(_ transaction: Transaction) throws -> Place {
        .member(try Proposal.find(transaction, id: id).memberID)
    }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> Proposal.Document {
        guard let document = try Proposal.find(transaction, id: id).document else { throw ProposalRefusal.noDocument }
        return document
    }
}
