public import Access
public import Charter
public import Database
import Decisions
public import Foundation
public import Languages
import Membership

/// What a member can ask about its membership now, and what it has asked: for its room.
public struct MembershipRequests: Question {
    public static let action = Action.readPortal

    /// A kind of request that can be made today.
    public struct Possible: Sendable, Equatable {
        public let kind: MembershipRequestKind
        public let rule: Rule
        /// The body that decides, by its key and as the charter names it.
        public let body: String
        public let bodyName: String
        /// The key of the status to which it leads.
        public let leadsTo: String
        /// The last day on which an appeal can be made.
        public let lastDay: Day?

        init(_ kind: MembershipRequestKind, _ terms: RequestRules.Terms, _ version: CharterVersion) {
            self.kind = kind
            rule = terms.rule
            body = terms.body
            bodyName = version.body(terms.body)?.name ?? terms.body
            leadsTo = terms.leadsTo
            lastDay = terms.lastDay
        }
    }

    /// A kind of request that cannot be made today.
    public struct Impossible: Sendable, Equatable {
        public let kind: MembershipRequestKind
        /// As a sentence.
        public let because: Phrase
    }

    public struct Answer: Sendable, Equatable {
        public let memberID: String
        public let memberKey: String
        public let memberName: String
        /// `nil` before the first status.
        public let standing: MemberStanding?
        /// In the order of the kinds.
        public let possible: [Possible]
        public let impossible: [Impossible]
        /// The latest first.
        public let requests: [MembershipRequest]
        /// Whether whoever asks may make and take back requests.
        public let mayRequest: Bool
    }

    let memberKey: String
    let charter: Charter

    /// - Parameter memberKey: the last part of the member's public address.
    public init(_ memberKey: String, charter: Charter) {
        self.memberKey = memberKey
        self.charter = charter
    }

    public func place(_ transaction: Transaction) throws -> Place { .member(try member(transaction).id) }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> Answer {
        let member = try member(transaction)
        let standing = try MemberStanding.load(transaction, member: member.id)
        let requests = try MembershipRequest.list(transaction, member: member.id)
        let today = FormCheck.today(now)
        guard let rules = RequestRules(charter: charter, today: today) else { throw DecisionRefusal.noCharter }
        var possible: [Possible] = []
        var impossible: [Impossible] = []
        for kind in MembershipRequestKind.allCases {
            if let live = requests.first(where: { $0.kind == kind && $0.state.isLive }) {
                let because = say("A request of this kind is under way, with the number \(live.reference).")
                impossible.append(Impossible(kind: kind, because: because))
                continue
            }
            switch rules.answer(kind, standing, letter: today) {
            case .possible(let terms): possible.append(Possible(kind, terms, rules.version))
            case .impossible(let because): impossible.append(Impossible(kind: kind, because: because))
            }
        }
        return Answer(
            memberID: member.id,
            memberKey: member.key,
            memberName: member.name,
            standing: standing,
            possible: possible,
            impossible: impossible,
            requests: requests,
            mayRequest: actor.may(.requestMembership, at: .member(member.id))
        )
    }

    /// Its own key, or that of a record that was merged into it.
    private func member(_ transaction: Transaction) throws -> (id: String, key: String, name: String) {
        let own = "SELECT m.id, m.key, m.name FROM member m WHERE m.key = ?"
        let merged = """
            SELECT m.id, m.key, m.name FROM member_merge g JOIN member m ON m.id = g.kept_id WHERE g.merged_key = ?
            """
        for sql in [own, merged] {
            let found = try transaction.first(sql, [.text(memberKey)]) {
                (id: try $0.text(0), key: try $0.text(1), name: try $0.text(2))
            }
            if let found { return found }
        }
        throw MemberRefusal.noSuchMember
    }
}

/// The requests in some states: those that wait oldest first, others latest first.
public struct RequestList: Question {
    public static let action = Action.readApplications
    public static let pageSize = 50

    public struct Answer: Sendable, Equatable {
        public let requests: [MembershipRequest]
        public let counts: [MembershipRequestState: Int]
    }

    let states: [MembershipRequestState]
    let page: Int

    public init(_ states: [MembershipRequestState] = MembershipRequestState.allCases, page: Int = 1) {
        self.states = states
        self.page = page
    }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> Answer {
        var counts: [MembershipRequestState: Int] = [:]
        try transaction.forEach("SELECT state, COUNT(*) FROM membership_request GROUP BY state") { row in
            if let state = MembershipRequestState(rawValue: try row.text(0)) { counts[state] = try row.integer(1) }
        }
        return Answer(
            requests: try MembershipRequest.list(
                transaction,
                states,
                limit: Self.pageSize,
                offset: (max(page, 1) - 1) * Self.pageSize
            ),
            counts: counts
        )
    }
}

/// One request with all that is known of it.
public struct RequestByID: Question {
    public static let action = Action.readApplications

    let id: String
    let charter: Charter

    /// - Parameter id: its id, or its reference, as `2026-3`.
    public init(_ id: String, charter: Charter) {
        self.id = id
        self.charter = charter
    }

    /// Throws `RequestRefusal.noSuchRequest`.
    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> RequestRecord {
        guard let id = try MembershipRequest.id(transaction, named: id) else { throw RequestRefusal.noSuchRequest }
        let request = try MembershipRequest.load(transaction, id: id)
        let recorded = Day(String(request.recordedAt.prefix(10))) ?? .first
        let version = charter.version(on: recorded)
        let standing = try MemberStanding.load(transaction, member: request.memberID)
        return RequestRecord(
            request: request,
            rule: version?.rule(request.rule),
            bodyName: version?.body(request.body)?.name ?? request.body,
            standing: standing,
            problem: try request.state.isLive ? problem(request, standing, now) : nil,
            canBeTakenBack: try request.isFree(transaction),
            circulars: try RequestRecord.circulars(transaction, request: id)
        )
    }

    private func problem(_ request: MembershipRequest, _ standing: MemberStanding?, _ now: Date) throws -> Phrase? {
        do {
            _ = try request.terms(standing, charter, on: FormCheck.today(now))
            return nil
        } catch let refusal as any Refusal { return refusal.sentence }
    }
}

/// A request as the secretariat works on it.
public struct RequestRecord: Sendable, Equatable {
    /// A question about it that was put to the body.
    public struct Circular: Sendable, Equatable {
        public let id: String
        /// As `2026-3`.
        public let reference: String
        /// The last day on which the body answers; `nil` for a meeting.
        public let lastDay: Day?
    }

    public let request: MembershipRequest
    /// As the charter of the day on which it was recorded has it.
    public let rule: Rule?
    /// The body that decides, as the charter names it.
    public let bodyName: String
    /// What the member's standing is now.
    public let standing: MemberStanding?
    /// Why it could not be carried out as things stand; `nil` where it could, and for what is over.
    public let problem: Phrase?
    /// Whether the secretariat can take it back: no body has to decide it.
    public let canBeTakenBack: Bool
    /// The latest first.
    public let circulars: [Circular]

    static func circulars(_ transaction: Transaction, request id: String) throws -> [Circular] {
        try transaction.query(
            """
            SELECT c.id, c.year, c.number, c.closes_at FROM circular_item i JOIN circular c ON c.id = i.circular_id
            WHERE i.subject_kind = ? AND i.subject_id = ? ORDER BY c.year DESC, c.number DESC
            """,
            [.text(MembershipRequest.subjectKind), .text(id)]
        ) { row in
            Circular(
                id: try row.text(0),
                reference: "\(try row.integer(1))-\(try row.integer(2))",
                lastDay: row.optionalText(3).flatMap { Day(String($0.prefix(10))) }?.adding(days: -1)
            )
        }
    }
}
