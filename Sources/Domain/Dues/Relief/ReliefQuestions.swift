public import Access
public import Charter
public import Database
import Decisions
public import Files
public import Foundation
public import Languages
import Membership

/// What relief a member can ask for now, and what it has asked for: for its room.
public struct ReliefOfMember: Question {
    public static let action = Action.readMemberDues

    /// A kind of relief that can be asked for today.
    public struct Possible: Sendable, Equatable {
        public let kind: ReliefKind
        public let rule: Rule
        /// The body that decides, by its key and as the charter names it.
        public let body: String
        public let bodyName: String
    }

    /// A kind of relief that cannot be asked for today.
    public struct Impossible: Sendable, Equatable {
        public let kind: ReliefKind
        /// As a sentence.
        public let because: Phrase
    }

    public struct Answer: Sendable, Equatable {
        public let memberID: String
        public let memberKey: String
        public let memberName: String
        /// In the order of the kinds; that relief ends early can be asked for where there is some.
        public let possible: [Possible]
        public let impossible: [Impossible]
        /// The latest first.
        public let requests: [ReliefRequest]
        /// By the ids of requests.
        public let documents: [String: [FileUse]]
        /// Whether whoever asks may make and take back requests.
        public let mayAsk: Bool

        /// Relief that holds for any year.
        public var inForce: [ReliefRequest] { requests.filter { $0.covered != nil } }
    }

    let memberKey: String
    let charter: Charter

    /// - Parameter memberKey: the last part of the member's public address.
    public init(_ memberKey: String, charter: Charter) {
        self.memberKey = memberKey
        self.charter = charter
    }

    public func place(_ transaction: Transaction) throws -> Place {
        .member(try DuesMember.load(transaction, key: memberKey).id)
    }

    /// Throws `MemberRefusal.noSuchMember`.
    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> Answer {
        let member = try DuesMember.load(transaction, key: memberKey)
        let requests = try ReliefRequest.all(transaction, member: member.id)
        guard let rules = ReliefRules(charter: charter, on: FormCheck.today(now)) else {
            throw DecisionRefusal.noCharter
        }
        var possible: [Possible] = []
        var impossible: [Impossible] = []
        for kind in ReliefKind.allCases {
            if kind == .ending, requests.allSatisfy({ $0.covered == nil }) {
                impossible.append(Impossible(kind: kind, because: say("The member has no relief that could end.")))
                continue
            }
            switch rules.answer(kind) {
            case .possible(let terms):
                let name = rules.version.body(terms.body)?.name ?? terms.body
                possible.append(Possible(kind: kind, rule: terms.rule, body: terms.body, bodyName: name))
            case .impossible(let because): impossible.append(Impossible(kind: kind, because: because))
            }
        }
        var documents: [String: [FileUse]] = [:]
        for request in requests {
            let uses = try FileUse.list(transaction, of: ReliefRequest.owner(request.id))
            if !uses.isEmpty { documents[request.id] = uses }
        }
        return Answer(
            memberID: member.id,
            memberKey: member.key,
            memberName: member.name,
            possible: possible,
            impossible: impossible,
            requests: requests,
            documents: documents,
            mayAsk: actor.may(.requestDues, at: .member(member.id))
        )
    }
}

/// The requests for relief in some states: those that wait oldest first, others latest first.
public struct ReliefList: Question {
    public static let action = Action.readDues
    public static let pageSize = 50

    public struct Answer: Sendable, Equatable {
        public let requests: [ReliefRequest]
        public let counts: [ReliefState: Int]
    }

    let states: [ReliefState]
    let page: Int

    /// - Parameter page: counts from 1.
    public init(_ states: [ReliefState] = ReliefState.allCases, page: Int = 1) {
        self.states = states
        self.page = page
    }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> Answer {
        var counts: [ReliefState: Int] = [:]
        try transaction.forEach("SELECT state, COUNT(*) FROM relief_request GROUP BY state") { row in
            if let state = ReliefState(rawValue: try row.text(0)) { counts[state] = try row.integer(1) }
        }
        let found = try ReliefRequest.all(
            transaction,
            states,
            limit: Self.pageSize,
            offset: (max(page, 1) - 1) * Self.pageSize
        )
        return Answer(requests: found, counts: counts)
    }
}

/// One request for relief with all that is known of it.
public struct ReliefByID: Question {
    public static let action = Action.readDues

    let name: String
    let charter: Charter

    /// - Parameter name: its id, or its number as `2026-3`.
    public init(_ name: String, charter: Charter) {
        self.name = name
        self.charter = charter
    }

    /// Throws `ReliefRefusal.noSuchRelief`.
    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> ReliefRecord {
        let request = try ReliefRequest.load(transaction, named: name)
        let recorded = Day(String(request.recordedAt.prefix(10))) ?? .first
        let version = charter.version(on: recorded)
        return ReliefRecord(
            request: request,
            rule: version?.rule(ReliefRules.rule),
            bodyName: version?.body(request.body)?.name ?? request.body,
            problem: try request.state.isLive ? problem(request, transaction, now) : nil,
            canBeTakenBack: try request.isFree(transaction),
            circulars: try ReliefRecord.circulars(transaction, request: request.id),
            documents: try FileUse.list(transaction, of: ReliefRequest.owner(request.id))
        )
    }

    private func problem(_ request: ReliefRequest, _ transaction: Transaction, _ now: Date) throws -> Phrase? {
        do {
            try request.requirePossible(transaction, charter, on: FormCheck.today(now))
            return nil
        } catch let refusal as any Refusal { return refusal.sentence }
    }
}

/// A request for relief as the secretariat works on it.
public struct ReliefRecord: Sendable, Equatable {
    /// A question about it that was put to the body.
    public struct Circular: Sendable, Equatable {
        public let id: String
        /// As `2026-3`.
        public let reference: String
        /// The last day on which the body answers; `nil` for a meeting.
        public let lastDay: Day?
    }

    public let request: ReliefRequest
    /// As the charter of the day on which it was recorded has it.
    public let rule: Rule?
    /// The body that decides, as the charter names it.
    public let bodyName: String
    /// Why it could not be carried out as things stand; `nil` where it could, and for what is over.
    public let problem: Phrase?
    /// Whether the secretariat can take it back: no body has to decide it.
    public let canBeTakenBack: Bool
    /// The latest first.
    public let circulars: [Circular]
    public let documents: [FileUse]

    static func circulars(_ transaction: Transaction, request id: String) throws -> [Circular] {
        try transaction.query(
            """
            SELECT c.id, c.year, c.number, c.closes_at FROM circular_item i JOIN circular c ON c.id = i.circular_id
            WHERE i.subject_kind = ? AND i.subject_id = ? ORDER BY c.year DESC, c.number DESC
            """,
            [.text(ReliefRequest.subjectKind), .text(id)]
        ) { row in
            Circular(
                id: try row.text(0),
                reference: "\(try row.integer(1))-\(try row.integer(2))",
                lastDay: row.optionalText(3).flatMap { Day(String($0.prefix(10))) }?.adding(days: -1)
            )
        }
    }
}
