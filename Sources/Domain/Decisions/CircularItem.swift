public import Database
public import Languages

/// One item of a circular and what became of it.
public struct CircularItem: Sendable, Equatable {
    /// What a meeting decided.
    public struct Meeting: Sendable, Equatable {
        /// Adopted or rejected.
        public let outcome: MatterOutcome
        /// ISO day of the meeting.
        public let day: String
        /// Where its minutes are.
        public let reference: String
        /// One sentence for the minutes.
        public let minutes: Phrase
        public let recordedByName: String?
        public let recordedAt: String
    }

    public let id: String
    public let circularID: String
    /// From 1.
    public let position: Int
    public let subject: MatterSubject?
    /// What is adopted.
    public let words: Phrase
    /// On what it rests; may be `.empty`.
    public let evidence: Phrase
    public let rule: String?
    /// What the answers came to; `nil` while they are collected and for what a meeting decides.
    public let outcome: MatterOutcome?
    /// One sentence for the minutes.
    public let minutes: Phrase?
    public let meeting: Meeting?
    /// The id of the circular that asks again.
    public let followedBy: String?
    /// The ISO day of the outcome that holds now.
    public let decidedOn: String?
    /// The key of the row of `decision`, once it is adopted.
    public let decision: String?
    /// Why what was decided could not be carried out.
    public let problem: Phrase?

    /// "1. The minutes as sent"
    public var numberedWords: Phrase { Phrase.verbatim("\(position). ") + words }

    /// What holds now: a meeting's word where there is one.
    public var finalOutcome: MatterOutcome? { meeting?.outcome ?? outcome }

    /// Whether it waits for a meeting, or for being asked again.
    public var isUndecided: Bool {
        guard meeting == nil, followedBy == nil else { return false }
        return outcome == .referred || outcome == .noQuorum
    }

    static let columns = """
        i.id, i.circular_id, i.position, i.subject_kind, i.subject_id, i.words, i.evidence, i.rule, i.outcome, i.minutes,
        i.meeting_outcome, i.meeting_day, i.meeting_reference, i.meeting_minutes, p.name, i.meeting_recorded_at,
        i.followed_by, i.decided_on, i.decision, i.problem
        """
    static let tables = "circular_item i LEFT JOIN person p ON p.id = i.meeting_recorded_by"

    init(row: Row) throws {
        id = try row.text(0)
        circularID = try row.text(1)
        position = try row.integer(2)
        if let kind = row.optionalText(3), let subjectID = row.optionalText(4) {
            subject = MatterSubject(kind, subjectID)
        } else {
            subject = nil
        }
        words = Phrase(stored: try row.text(5))
        evidence = Phrase(stored: try row.text(6))
        rule = row.optionalText(7)
        outcome = row.optionalText(8).flatMap(MatterOutcome.init(rawValue:))
        minutes = row.optionalText(9).map(Phrase.init(stored:))
        if let decided = row.optionalText(10).flatMap(MatterOutcome.init(rawValue:)) {
            meeting = Meeting(
                outcome: decided,
                day: try row.text(11),
                reference: row.optionalText(12) ?? "",
                minutes: row.optionalText(13).map(Phrase.init(stored:)) ?? .empty,
                recordedByName: row.optionalText(14),
                recordedAt: try row.text(15)
            )
        } else {
            meeting = nil
        }
        followedBy = row.optionalText(16)
        decidedOn = row.optionalText(17)
        decision = row.optionalText(18)
        problem = row.optionalText(19).map(Phrase.init(stored:))
    }

    /// The number, as `2026-3`, of the question in which a subject waits for a body: it is asked, or left undecided.
    public static func waiting(
        _ transaction: Transaction,
        about subject: MatterSubject,
        matter: String
    ) throws -> String? {
        try transaction.first(
            """
            SELECT c.year, c.number FROM circular_item i JOIN circular c ON c.id = i.circular_id
            WHERE i.subject_kind = ? AND i.subject_id = ? AND c.matter = ? AND i.followed_by IS NULL
                AND i.meeting_outcome IS NULL
                AND (c.state = 'open' OR (c.state = 'closed' AND i.outcome IN ('referred', 'no-quorum')))
            ORDER BY c.year, c.number LIMIT 1
            """,
            [.text(subject.kind), .text(subject.id), .text(matter)]
        ) { "\(try $0.integer(0))-\(try $0.integer(1))" }
    }

    /// Takes what somebody wrote out of that on which items about a subject rest. What was decided stays.
    public static func forget(_ words: String, about subject: MatterSubject, _ transaction: Transaction) throws {
        guard !words.isEmpty else { return }
        let items = try transaction.query(
            "SELECT id, evidence FROM circular_item WHERE subject_kind = ? AND subject_id = ?",
            [.text(subject.kind), .text(subject.id)]
        ) { (id: try $0.text(0), evidence: Phrase(stored: try $0.text(1))) }
        for item in items {
            try transaction.execute(
                "UPDATE circular_item SET evidence = ? WHERE id = ?",
                [.text(item.evidence.without(words).stored), .text(item.id)]
            )
        }
    }

    /// The items of a circular in their order.
    static func all(_ transaction: Transaction, circular id: String) throws -> [CircularItem] {
        try transaction.query(
            "SELECT \(columns) FROM \(tables) WHERE i.circular_id = ? ORDER BY i.position",
            [.text(id)]
        ) { try CircularItem(row: $0) }
    }

    /// The item of this circular with this id. Throws `DecisionRefusal.noSuchItem` for any other.
    static func load(_ transaction: Transaction, id: String, in circular: String) throws -> CircularItem {
        let found = try transaction.first(
            "SELECT \(columns) FROM \(tables) WHERE i.id = ? AND i.circular_id = ?",
            [.text(id), .text(circular)]
        ) { try CircularItem(row: $0) }
        guard let found else { throw DecisionRefusal.noSuchItem }
        return found
    }
}

extension Phrase {
    /// Without the parts that are this very text.
    fileprivate func without(_ words: String) -> Phrase {
        switch form {
        case .verbatim(words): .empty
        case .sequence(let parts): .sequence(parts.map { $0.without(words) })
        default: self
        }
    }
}
