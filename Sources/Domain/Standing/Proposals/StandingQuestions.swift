public import Access
public import Charter
public import Database
public import Foundation

/// What the rule finds of everybody on the roll of a day, worked out anew.
public struct StandingOnDay: Question {
    public static let action = Action.readStanding
    let day: Day
    let roll: StandingDay.Roll
    let evidence: StandingDay.Evidence
    let charter: Charter
    let payments: any PaymentSource

    public init(
        _ day: Day,
        roll: StandingDay.Roll = .asTheDayBegan,
        evidence: StandingDay.Evidence = .recordsAndStatements,
        charter: Charter,
        payments: any PaymentSource
    ) {
        self.day = day
        self.roll = roll
        self.evidence = evidence
        self.charter = charter
        self.payments = payments
    }

    public struct Answer: Sendable {
        /// By name of the member, in the charter's order of grounds.
        public let findings: [StandingFinding]
        public let words: StandingWords
    }

    /// Throws `StandingRefusal.noVersion` for a day before the charter.
    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> Answer {
        guard charter.version(on: day) != nil else { throw StandingRefusal.noVersion }
        let facts = try StandingDay(
            day,
            roll: roll,
            evidence: evidence,
            charter: charter,
            payments: payments,
            transaction
        )
        return Answer(
            findings: try facts.findings(transaction),
            words: StandingWords(charter: charter, events: facts.events)
        )
    }
}

/// The proposals in some states, the oldest first, and how many there are in each.
public struct StandingProposals: Question {
    public static let action = Action.readStanding
    let states: [StandingProposal.State]
    let page: Int
    let charter: Charter

    public static let pageSize = 100

    public init(_ states: [StandingProposal.State], page: Int = 1, charter: Charter) {
        self.states = states
        self.page = page
        self.charter = charter
    }

    public struct Answer: Sendable {
        public let proposals: [StandingProposal]
        public let counts: [StandingProposal.State: Int]
        /// What the last night found, by reason.
        public let summary: [StandingSummary]
        public let words: StandingWords
    }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> Answer {
        var counts: [StandingProposal.State: Int] = [:]
        try transaction.forEach("SELECT state, COUNT(*) FROM standing_proposal GROUP BY state") { row in
            if let state = StandingProposal.State(rawValue: try row.text(0)) { counts[state] = try row.integer(1) }
        }
        let places = states.map { _ in "?" }.joined(separator: ", ")
        let isSettled = !states.contains(where: \.isLive)
        let proposals = try transaction.query(
            """
            SELECT \(StandingProposal.columns) FROM \(StandingProposal.tables) WHERE p.state IN (\(places))
            ORDER BY \(isSettled ? "p.settled_at DESC, p.id DESC" : "p.ground, m.name, p.id") LIMIT ? OFFSET ?
            """,
            states.map { .text($0.rawValue) } + [.int(Self.pageSize), .int((page - 1) * Self.pageSize)]
        ) { try StandingProposal(row: $0) }
        return Answer(
            proposals: proposals,
            counts: counts,
            summary: try StandingSummary.all(transaction),
            words: try StandingWords(charter: charter, transaction)
        )
    }
}

/// One proposal with all that is known of it.
public struct OneStandingProposal: Question {
    public static let action = Action.readStanding
    let id: String
    let charter: Charter

    public init(_ id: String, charter: Charter) {
        self.id = id
        self.charter = charter
    }

    public struct Answer: Sendable {
        public let proposal: StandingProposal
        public let words: StandingWords
    }

    /// Throws `StandingRefusal.noSuchProposal`.
    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> Answer {
        Answer(
            proposal: try StandingProposal.find(transaction, id),
            words: try StandingWords(charter: charter, transaction)
        )
    }
}

extension StandingWords {
    init(charter: Charter, _ transaction: Transaction) throws {
        var names: [String: String] = [:]
        try transaction.forEach("SELECT key, name FROM event") { names[try $0.text(0)] = try $0.text(1) }
        self.init(charter: charter, events: names)
    }
}
