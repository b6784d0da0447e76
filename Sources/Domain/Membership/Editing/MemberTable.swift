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
        public internal(set) var extras: [MemberColumn: String] = [:]
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

/// What the roll does not hold of its rows.
enum MemberExtras {
    static func rows(
        _ rows: [RollRow],
        _ columns: Set<MemberColumn>,
        _ transaction: Transaction,
        day: String
    ) throws -> [MemberTable.Row] {
        let ids = rows.map(\.memberID)
        var found: [MemberColumn: [String: String]] = [:]
        if !columns.isDisjoint(with: [.tags, .website, .area]) { try ownRows(ids, transaction, &found) }
        if columns.contains(.changed) { found[.changed] = try changed(ids, transaction) }
        if columns.contains(.people) { found[.people] = try people(ids, transaction, day) }
        if columns.contains(.head) { found[.head] = try heads(ids, transaction) }
        if columns.contains(.offices) { found[.offices] = try offices(ids, transaction, day) }
        return rows.map { row in
            MemberTable.Row(
                roll: row,
                extras: found.filter { columns.contains($0.key) }.compactMapValues { $0[row.memberID] }
            )
        }
    }

    private static func ownRows(
        _ ids: [String],
        _ transaction: Transaction,
        _ found: inout [MemberColumn: [String: String]]
    ) throws {
        try MemberRows.inParts(ids, transaction, "SELECT id, tags, website, area_km2 FROM member WHERE id IN") { row in
            let id = try row.text(0)
            found[.tags, default: [:]][id] = try row.text(1)
            found[.website, default: [:]][id] = row.optionalText(2)
            found[.area, default: [:]][id] = try row.optionalReal(3).map(NumberText.plain)
        }
    }

    /// Instants of the last change, by import or by hand.
    private static func changed(_ ids: [String], _ transaction: Transaction) throws -> [String: String] {
        var found: [String: String] = [:]
        try MemberRows.inParts(
            ids,
            transaction,
            // One step into the index for each: ids grow with time. The whole key is in the order, so that no engine
            // takes another index and walks it backwards.
            """
            SELECT m.id, (SELECT e.recorded_at FROM journal_entry e
                WHERE e.subject_kind = 'member' AND e.subject_id = m.id
                ORDER BY e.subject_kind DESC, e.subject_id DESC, e.id DESC LIMIT 1)
            FROM member m WHERE m.id IN
            """
        ) { found[try $0.text(0)] = $0.optionalText(1) }
        return found
    }

    private static func people(_ ids: [String], _ transaction: Transaction, _ day: String) throws -> [String: String] {
        var found: [String: String] = [:]
        try MemberRows.inParts(
            ids,
            transaction,
            // The day is the program's own, in digits and hyphens.
            """
            SELECT place_id, COUNT(DISTINCT person_id) FROM role_grant
            WHERE place_kind = 'member' AND starts_on <= '\(day)' AND (ends_on IS NULL OR ends_on >= '\(day)')
                AND place_id IN
            """,
            after: "GROUP BY place_id"
        ) { found[try $0.text(0)] = "\(try $0.integer(1))" }
        return found
    }

    private static func heads(_ ids: [String], _ transaction: Transaction) throws -> [String: String] {
        var found: [String: String] = [:]
        try MemberRows.inParts(
            ids,
            transaction,
            "SELECT member_id, person FROM member_person WHERE role = 'head-of-government' AND member_id IN",
            after: "ORDER BY member_id, \(FactOrder.peopleNewestFirst)"
        ) { row in
            let id = try row.text(0)
            if found[id] == nil { found[id] = try row.text(1) }
        }
        return found
    }

    private static func offices(_ ids: [String], _ transaction: Transaction, _ day: String) throws -> [String: String] {
        var found: [String: String] = [:]
        try MemberRows.inParts(
            ids,
            transaction,
            """
            SELECT member_id, office FROM member_office WHERE valid_from <= '\(day)' AND (valid_to IS NULL OR valid_to >= '\(day)')
                AND member_id IN
            """,
            after: "ORDER BY member_id, office"
        ) { row in
            let id = try row.text(0)
            found[id] = [found[id], try row.text(1)].compactMap { $0 }.joined(separator: ", ")
        }
        return found
    }
}
