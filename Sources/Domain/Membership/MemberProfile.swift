import Database

/// Everything that the records hold about one member, each fact with its source.
public struct MemberProfile: Sendable, Equatable {
    /// Where a fact was read.
    public struct Source: Sendable, Equatable {
        public let code: String
        public let locator: String?

        public init(code: String, locator: String?) {
            self.code = code
            self.locator = locator
        }
    }
    public struct Name: Sendable, Equatable {
        public let name: String
        /// BCP 47.
        public let language: String
        /// `name`, `alias` or `printed` (a misprint, with what is meant in `note`).
        public let kind: String
        public let from: String?
        public let to: String?
        public let source: Source
        public let note: String?
    }
    public struct StatusEvent: Sendable, Equatable {
        public let status: String
        /// ISO days that bound the day on which it took effect.
        public let earliest: String
        public let latest: String
        public let grounds: String?
        public let decision: String?
        public let source: Source
        public let note: String?
    }
    public struct Figure: Sendable, Equatable {
        /// `population`, `area` or `employees`.
        public let kind: String
        public let value: Double
        public let unit: String
        public let yearEarliest: Int?
        public let yearLatest: Int
        public let source: Source
        public let note: String?
    }
    public struct Person: Sendable, Equatable {
        public let name: String
        public let position: String
        /// `head-of-government` or `representative`.
        public let role: String
        public let shownOn: String
        public let source: Source
    }
    public struct Office: Sendable, Equatable {
        public let office: String
        public let detail: String
        public let from: String
        public let to: String?
        public let source: Source
        public let note: String?
    }
    public struct Participation: Sendable, Equatable {
        public let event: String
        public let eventName: String
        public let day: String
        public let position: String?
        public let capacity: String
        public let mode: String
        public let source: Source
    }
    public struct Contradiction: Sendable, Equatable {
        public let topic: String
        public let readingA: String
        public let sourceA: Source
        public let readingB: String
        public let sourceB: Source
        public let note: String?
        /// The member concerned; `nil` for the association as a whole.
        public let memberKey: String?
    }

    public let id: String
    public let key: String
    public let name: String
    public let category: String
    public let country: String?
    public let region: String?
    public let areaKm2: Double?
    public let website: String?
    public let latitude: Double?
    public let longitude: Double?
    public let coordinatesSource: String?
    public let tags: [String]
    public let description: String?
    public let source: Source
    public let note: String?
    /// An invented sample, not a record.
    public let isSample: Bool
    public internal(set) var names: [Name] = []
    public internal(set) var statuses: [StatusEvent] = []
    public internal(set) var figures: [Figure] = []
    public internal(set) var people: [Person] = []
    public internal(set) var offices: [Office] = []
    public internal(set) var participations: [Participation] = []
    public internal(set) var contradictions: [Contradiction] = []
}

extension Directory {
    /// A member by its key, or `nil`.
    public func member(key: String) async throws -> MemberProfile? {
        try await database.read { try MemberProfile.load(key: key, $0) }
    }

    /// The members that a name means, the closest first: for commands that take a name.
    public func members(named name: String, on filter: RollFilter) async throws -> [RollRow] {
        var any = filter
        any.standing = .any
        any.search = name
        return try await list(any, page: 1, size: 20).rows
    }

    /// The decisions with these keys, by key: what steps in a member's standing rest on.
    public func decisions(_ keys: Set<String>) async throws -> [String: RecordedDecision] {
        guard !keys.isEmpty else { return [:] }
        let places = keys.map { _ in "?" }.joined(separator: ", ")
        let found = try await database.read { transaction in
            try transaction.query(
                "SELECT key, title, date_latest FROM decision WHERE key IN (\(places))",
                keys.sorted().map(Value.text)
            ) { RecordedDecision(key: try $0.text(0), title: try $0.text(1), latest: try $0.text(2)) }
        }
        return Dictionary(found.map { ($0.key, $0) }) { first, _ in first }
    }

    /// Contradictions between the reports that concern no single member.
    public func contradictions() async throws -> [MemberProfile.Contradiction] {
        try await database.read { try MemberProfile.contradictions("1 = 1", [], $0) }
    }
}

extension MemberProfile {
    static func load(key: String, _ transaction: Transaction) throws -> MemberProfile? {
        let found = try transaction.first(
            """
            SELECT id, key, name, category, country, region, area_km2, website, latitude, longitude, coordinates_source,
                tags, description, source, locator, note, origin
            FROM member WHERE key = ?
            """,
            [.text(key)]
        ) { row in
            MemberProfile(
                id: try row.text(0),
                key: try row.text(1),
                name: try row.text(2),
                category: try row.text(3),
                country: row.optionalText(4),
                region: row.optionalText(5),
                areaKm2: try row.optionalReal(6),
                website: row.optionalText(7),
                latitude: try row.optionalReal(8),
                longitude: try row.optionalReal(9),
                coordinatesSource: row.optionalText(10),
                tags: try row.text(11).split(separator: " ").map(String.init),
                description: row.optionalText(12),
                source: try source(row, 13),
                note: row.optionalText(15),
                isSample: try row.text(16) == "sample"
            )
        }
        guard var profile = found else { return nil }
        let id = [Value.text(profile.id)]
        profile.names = try transaction.query(
            """
            SELECT name, language, kind, valid_from, valid_to, source, locator, note FROM member_name WHERE member_id = ?
            ORDER BY kind DESC, COALESCE(valid_from, ''), language, name
            """,
            id
        ) {
            Name(
                name: try $0.text(0),
                language: try $0.text(1),
                kind: try $0.text(2),
                from: $0.optionalText(3).flatMap { $0.isEmpty ? nil : $0 },
                to: $0.optionalText(4),
                source: try source($0, 5),
                note: $0.optionalText(7)
            )
        }
        profile.statuses = try transaction.query(
            """
            SELECT status, earliest, latest, grounds, decision, source, locator, note FROM member_status
            WHERE member_id = ? ORDER BY latest, earliest
            """,
            id
        ) {
            StatusEvent(
                status: try $0.text(0),
                earliest: try $0.text(1),
                latest: try $0.text(2),
                grounds: $0.optionalText(3),
                decision: $0.optionalText(4),
                source: try source($0, 5),
                note: $0.optionalText(7)
            )
        }
        try profile.loadFacts(id, transaction)
        return profile
    }

    private mutating func loadFacts(_ id: [Value], _ transaction: Transaction) throws {
        figures = try transaction.query(
            """
            SELECT kind, value, unit, year_earliest, year_latest, source, locator, note FROM member_figure
            WHERE member_id = ?
            ORDER BY kind DESC, \(FactOrder.population(newestFirst: true))
            """,
            id
        ) {
            Figure(
                kind: try $0.text(0),
                value: try $0.optionalReal(1) ?? 0,
                unit: try $0.text(2),
                yearEarliest: try $0.optionalInteger(3),
                yearLatest: try $0.integer(4),
                source: try Self.source($0, 5),
                note: $0.optionalText(7)
            )
        }
        people = try transaction.query(
            """
            SELECT person, position, role, shown_on, source, locator FROM member_person WHERE member_id = ?
            ORDER BY \(FactOrder.peopleNewestFirst)
            """,
            id
        ) {
            Person(
                name: try $0.text(0),
                position: try $0.text(1),
                role: try $0.text(2),
                shownOn: try $0.text(3),
                source: try Self.source($0, 4)
            )
        }
        offices = try transaction.query(
            """
            SELECT office, detail, valid_from, valid_to, source, locator, note FROM member_office WHERE member_id = ?
            ORDER BY valid_from DESC, office
            """,
            id
        ) {
            Office(
                office: try $0.text(0),
                detail: try $0.text(1),
                from: try $0.text(2),
                to: $0.optionalText(3),
                source: try Self.source($0, 4),
                note: $0.optionalText(6)
            )
        }
        participations = try transaction.query(
            """
            SELECT p.event, e.name, e.date_from, p.position, p.capacity, p.mode, p.source, p.locator
            FROM participation p JOIN event e ON e.key = p.event
            WHERE p.member_id = ? AND p.removed_at IS NULL ORDER BY e.date_from DESC, p.capacity
            """,
            id
        ) {
            Participation(
                event: try $0.text(0),
                eventName: try $0.text(1),
                day: try $0.text(2),
                position: $0.optionalText(3),
                capacity: try $0.text(4),
                mode: try $0.text(5),
                source: try Self.source($0, 6)
            )
        }
        contradictions = try Self.contradictions("c.member_id = ?", id, transaction)
    }

    static func contradictions(
        _ condition: String,
        _ values: [Value],
        _ transaction: Transaction
    ) throws -> [Contradiction] {
        try transaction.query(
            """
            SELECT c.topic, c.reading_a, c.source_a, c.locator_a, c.reading_b, c.source_b, c.locator_b, c.note, m.key
            FROM contradiction c LEFT JOIN member m ON m.id = c.member_id WHERE \(condition) ORDER BY c.position
            """,
            values
        ) {
            Contradiction(
                topic: try $0.text(0),
                readingA: try $0.text(1),
                sourceA: try source($0, 2),
                readingB: try $0.text(4),
                sourceB: try source($0, 5),
                note: $0.optionalText(7),
                memberKey: $0.optionalText(8)
            )
        }
    }

    private static func source(_ row: Row, _ column: Int) throws -> Source {
        Source(code: try row.text(column), locator: row.optionalText(column + 1))
    }
}
