public import Charter
import Database
public import Membership

/// A meeting or another occasion in which members take part.
public struct Event: Sendable, Equatable {
    /// Never changes; addresses and participations name it.
    public let key: String
    public let name: String
    /// A body of the charter that meets, or one of `EventDraft.otherKinds`.
    public let kind: String
    /// The days on which it was; where they are not known, the days between which it was.
    public let from: Day
    public let through: Day
    public let place: String?
    public let source: MemberProfile.Source
    /// Since when its list of participants counts as whole; nil where nobody said so.
    public let listWholeAt: String?
    /// Whether a source printed who took part.
    public let hasPrintedList: Bool
    /// How many members are recorded.
    public let memberCount: Int

    public var hasWholeList: Bool { hasPrintedList || listWholeAt != nil }

    static let columns = """
        e.key, e.name, e.kind, e.date_from, e.date_to, e.place, e.source, e.locator, e.participants_whole_at,
        (SELECT COUNT(*) FROM participation p WHERE p.event = e.key AND p.source <> 'ENTRY'),
        (SELECT COUNT(DISTINCT p.member_id) FROM participation p WHERE p.event = e.key AND p.removed_at IS NULL)
        """

    init(row: Row) throws {
        key = try row.text(0)
        name = try row.text(1)
        kind = try row.text(2)
        from = Day(try row.text(3)) ?? .first
        through = Day(try row.text(4)) ?? .last
        place = row.optionalText(5)
        source = MemberProfile.Source(code: try row.text(6), locator: row.optionalText(7))
        listWholeAt = row.optionalText(8)
        hasPrintedList = try row.integer(9) > 0
        memberCount = try row.integer(10)
    }

    static func find(_ transaction: Transaction, _ key: String) throws -> Event {
        let found = try transaction.first("SELECT \(columns) FROM event e WHERE e.key = ?", [.text(key)]) {
            try Event(row: $0)
        }
        guard let found else { throw ParticipationRefusal.noSuchEvent }
        return found
    }
}

/// An event as somebody enters it.
public struct EventDraft: Sendable, Equatable {
    public var name: String
    public var kind: String
    /// ISO days.
    public var from: String
    public var through: String
    public var place: String

    public init(name: String = "", kind: String = "", from: String = "", through: String = "", place: String = "") {
        self.name = UploadFile.trimmed(name)
        self.kind = UploadFile.trimmed(kind)
        self.from = UploadFile.trimmed(from)
        self.through = UploadFile.trimmed(through)
        self.place = UploadFile.trimmed(place)
    }

    public init(_ event: Event) {
        self.init(
            name: event.name,
            kind: event.kind,
            from: event.from.description,
            through: event.through.description,
            place: event.place ?? ""
        )
    }

    /// What an event can be beside a meeting of one of the charter's bodies.
    public static let otherKinds = ["conference", "training", "workshop", "seminar", "visit", "award", "other"]

    /// The charter's bodies of a day that meet, by key: an event can be a meeting of one.
    public static func bodies(_ charter: Charter, on day: Day) -> [String] {
        let version = charter.version(on: day) ?? charter.versions.first
        return version?.bodies.filter { $0.meetsEveryYears != nil }.map(\.key) ?? []
    }
}
