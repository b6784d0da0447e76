import Charter
import Database
public import Membership

/// Something that a member did for the network beside taking part in an event, and that the charter gives points for: a
/// case submitted, matchmaking, a project with other members.
public struct RecordedActivity: Sendable, Equatable {
    /// Who withdrew it, and why.
    public struct Withdrawal: Sendable, Equatable {
        /// An instant as ISO text.
        public let at: String
        public let grounds: String
    }

    public let id: String
    public let memberKey: String
    public let memberName: String
    /// The key of the charter's rule on points.
    public let kind: String
    /// The day on which it was done is known to lie between these.
    public let when: DayBetween
    /// What it was, in a few words.
    public let words: String
    public let source: MemberProfile.Source
    /// Whether it is made up, for trying the program.
    public let isInvented: Bool
    public let withdrawal: Withdrawal?

    private static let columns = """
        a.id, m.key, m.name, a.kind, a.earliest, a.latest, a.words, a.source, a.locator, a.invented, a.withdrawn_at,
        a.withdrawn_grounds
        """

    /// Those of a member, the latest first; with those that were withdrawn.
    static func all(_ transaction: Transaction, member id: String) throws -> [RecordedActivity] {
        try transaction.query(
            """
            SELECT \(columns) FROM activity a JOIN member m ON m.id = a.member_id WHERE a.member_id = ?
            ORDER BY a.latest DESC, a.id DESC LIMIT 5000
            """,
            [.text(id)]
        ) { try RecordedActivity(row: $0) }
    }

    private init(row: Row) throws {
        id = try row.text(0)
        memberKey = try row.text(1)
        memberName = try row.text(2)
        kind = try row.text(3)
        when = DayBetween(Day(try row.text(4)) ?? .first, Day(try row.text(5)) ?? .last)
        words = try row.text(6)
        source = MemberProfile.Source(code: try row.text(7), locator: row.optionalText(8))
        isInvented = try row.flag(9)
        withdrawal = try row.optionalText(10).map { Withdrawal(at: $0, grounds: try row.text(11)) }
    }
}

/// An activity as somebody enters it.
public struct ActivityDraft: Sendable, Equatable {
    /// A key of `kinds`.
    public var kind: String
    /// ISO days; `through` may be empty, which means the same day.
    public var from: String
    public var through: String
    public var words: String
    /// The code of a source on record; empty for what somebody knows and enters.
    public var source: String
    /// Where in the source.
    public var locator: String
    public var isInvented: Bool

    public init(
        kind: String = "",
        from: String = "",
        through: String = "",
        words: String = "",
        source: String = "",
        locator: String = "",
        isInvented: Bool = false
    ) {
        self.kind = UploadFile.trimmed(kind)
        self.from = UploadFile.trimmed(from)
        self.through = UploadFile.trimmed(through)
        self.words = UploadFile.trimmed(words)
        self.source = UploadFile.trimmed(source)
        self.locator = UploadFile.trimmed(locator)
        self.isInvented = isInvented
    }
}
