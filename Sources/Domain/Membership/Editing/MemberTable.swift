public import Access
public import Database
public import Foundation
public import Languages

/// What a table of members can show beside the name.
public enum MemberColumn: String, Sendable, CaseIterable {
    case status, category, country, region, since, population
    case tags, website, changed, people, head, area, offices, key

    public var label: Phrase {
        switch self {
        case .status: say("Status")
        case .category: say("Category")
        case .country: say("Country")
        case .region: say("Region")
        case .since: say("Member since")
        case .population: say("Population")
        case .tags: say("Tags")
        case .website: say("Website")
        case .changed: say("Last change")
        case .people: say("People")
        case .head: say("Head of government")
        case .area: say("Area, km²")
        case .offices: say("Offices")
        case .key: say("Key")
        }
    }

    public static let standard: [MemberColumn] = [.status, .country, .population, .people, .changed]
}

/// One page of the members as the secretariat works with them: rows of the roll and, for these rows only, what else the
/// chosen columns show, each in one query.
public struct MemberTable: Question {
    public static let action = Action.readMembers
    let listing: RollListing
    let columns: Set<MemberColumn>

    /// - Parameter listing: of `Directory.listing`.
    public init(_ listing: RollListing, columns: Set<MemberColumn>) {
        self.listing = listing
        self.columns = columns
    }

    public struct Row: Sendable, Equatable {
        public let roll: RollRow
        public internal(set) var extras = MemberExtras()
    }

    public struct Answer: Sendable, Equatable {
        public let rows: [Row]
        public let total: Int
        public let isTotalOpen: Bool
        public let correctedWords: [String]
    }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> Answer {
        let page = try listing.read(transaction)
        return Answer(
            rows: try MemberExtras.rows(page.rows, columns, transaction, day: Grant.day(now)),
            total: page.total,
            isTotalOpen: page.isTotalOpen,
            correctedWords: page.correctedWords
        )
    }
}

/// What the roll does not hold of a member: filled for the columns that were asked for.
public struct MemberExtras: Sendable, Equatable {
    /// With spaces between them.
    public internal(set) var tags: String?
    public internal(set) var website: String?
    /// The instant of the last change, by import or by hand.
    public internal(set) var changed: String?
    /// How many people hold a role in it.
    public internal(set) var people: Int?
    public internal(set) var head: String?
    /// In square kilometres, in plain digits.
    public internal(set) var area: String?
    /// Keys of the charter.
    public internal(set) var offices: String?

    static func rows(
        _ rows: [RollRow],
        _ columns: Set<MemberColumn>,
        _ transaction: Transaction,
        day: String
    ) throws -> [MemberTable.Row] {
        var reading = Reading(transaction: transaction, day: day, rows: rows.map { MemberTable.Row(roll: $0) })
        if !columns.isDisjoint(with: [.tags, .website, .area]) { try reading.ownRows(columns) }
        if columns.contains(.changed) { try reading.changed() }
        if columns.contains(.people) { try reading.people() }
        if columns.contains(.head) { try reading.heads() }
        if columns.contains(.offices) { try reading.offices() }
        return reading.rows
    }
}

/// One query for each thing asked for, over all rows at once.
private struct Reading {
    let transaction: Transaction
    let day: String
    var rows: [MemberTable.Row]
    private let ids: [String]
    private let places: [String: Int]

    init(transaction: Transaction, day: String, rows: [MemberTable.Row]) {
        (self.transaction, self.day, self.rows) = (transaction, day, rows)
        ids = rows.map(\.roll.memberID)
        places = Dictionary(uniqueKeysWithValues: zip(ids, ids.indices))
    }

    /// - Parameter fill: Gets the extras of the member whose id is the row's first column.
    private mutating func each(
        _ sql: String,
        after: String = "",
        fill: (inout MemberExtras, Row) throws -> Void
    ) throws {
        try MemberRows.inParts(ids, transaction, sql, after: after) { row in
            guard let place = places[try row.text(0)] else { return }
            try fill(&rows[place].extras, row)
        }
    }

    mutating func ownRows(_ columns: Set<MemberColumn>) throws {
        try each("SELECT id, tags, website, area_km2 FROM member WHERE id IN") { extras, row in
            if columns.contains(.tags) { extras.tags = try row.text(1) }
            if columns.contains(.website) { extras.website = row.optionalText(2) }
            if columns.contains(.area) { extras.area = try row.optionalReal(3).map(NumberText.plain) }
        }
    }

    mutating func changed() throws {
        try each(
            // One step into the index for each: ids grow with time. The whole key is in the order, so that no engine
            // takes another index and walks it backwards.
            """
            SELECT m.id, (SELECT e.recorded_at FROM journal_entry e
                WHERE e.subject_kind = 'member' AND e.subject_id = m.id
                ORDER BY e.subject_kind DESC, e.subject_id DESC, e.id DESC LIMIT 1)
            FROM member m WHERE m.id IN
            """
        ) { $0.changed = $1.optionalText(1) }
    }

    mutating func people() throws {
        try each(
            // The day is the program's own, in digits and hyphens.
            """
            SELECT place_id, COUNT(DISTINCT person_id) FROM role_grant
            WHERE place_kind = 'member' AND starts_on <= '\(day)' AND (ends_on IS NULL OR ends_on >= '\(day)')
                AND place_id IN
            """,
            after: "GROUP BY place_id"
        ) { $0.people = try $1.integer(1) }
    }

    mutating func heads() throws {
        try each(
            "SELECT member_id, person FROM member_person WHERE role = 'head-of-government' AND member_id IN",
            after: "ORDER BY member_id, \(FactOrder.peopleNewestFirst)"
        ) { extras, row in
            if extras.head == nil { extras.head = try row.text(1) }
        }
    }

    mutating func offices() throws {
        try each(
            """
            SELECT member_id, office FROM member_office WHERE valid_from <= '\(day)' AND (valid_to IS NULL OR valid_to >= '\(day)')
                AND member_id IN
            """,
            after: "ORDER BY member_id, office"
        ) { extras, row in
            extras.offices = [extras.offices, try row.text(1)].compactMap { $0 }.joined(separator: ", ")
        }
    }
}
