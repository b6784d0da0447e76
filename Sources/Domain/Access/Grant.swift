public import Database
public import Foundation

/// A role that a person holds in a place, for a period, given by somebody.
public struct Grant: Sendable, Equatable {
    public let id: String
    public let personID: String
    public let role: Role
    public let place: Place
    /// ISO days; `endsOn` is the last day, `nil` for open.
    public let startsOn: String
    public let endsOn: String?
    /// The person who gave it, or `nil` for the program's operator.
    public let givenBy: String?
    public let givenAt: String

    static let columns = "id, person_id, role, place_kind, place_id, starts_on, ends_on, given_by, given_at"

    init?(row: Row, first: Int = 0) throws {
        guard let role = Role(rawValue: try row.text(first + 2)),
            let place = Place(kind: try row.text(first + 3), id: try row.text(first + 4))
        else { return nil }
        id = try row.text(first)
        personID = try row.text(first + 1)
        self.role = role
        self.place = place
        startsOn = try row.text(first + 5)
        endsOn = row.optionalText(first + 6)
        givenBy = row.optionalText(first + 7)
        givenAt = try row.text(first + 8)
    }

    /// A role out of nothing, for the program itself and for tests of rights.
    public init(role: Role, place: Place, personID: String) {
        id = ""
        self.personID = personID
        self.role = role
        self.place = place
        startsOn = "0001-01-01"
        endsOn = nil
        givenBy = nil
        givenAt = ""
    }

    /// The UTC day of an instant, as roles count it.
    public static func day(_ now: Date) -> String { String(InstantText.text(now).prefix(10)) }

    /// The roles of a person that are in force on a day.
    public static func inForce(_ transaction: Transaction, person: String, day: String) throws -> [Grant] {
        try transaction.query(
            """
            SELECT \(columns) FROM role_grant
            WHERE person_id = ? AND starts_on <= ? AND (ends_on IS NULL OR ends_on >= ?)
            ORDER BY starts_on, id
            """,
            [.text(person), .text(day), .text(day)]
        ) { try Grant(row: $0) }.compactMap { $0 }
    }

    /// All roles that a person ever held, the latest first.
    public static func all(_ transaction: Transaction, person: String) throws -> [Grant] {
        try transaction.query(
            "SELECT \(columns) FROM role_grant WHERE person_id = ? ORDER BY starts_on DESC, id DESC",
            [.text(person)]
        ) { try Grant(row: $0) }.compactMap { $0 }
    }

    /// All roles ever held in a place, the latest first.
    public static func all(_ transaction: Transaction, place: Place) throws -> [Grant] {
        try transaction.query(
            """
            SELECT \(columns) FROM role_grant WHERE place_kind = ? AND place_id = ? ORDER BY starts_on DESC, id DESC
            """,
            [.text(place.kind), .text(place.id)]
        ) { try Grant(row: $0) }.compactMap { $0 }
    }
}

/// The tables of roles. Published migrations are never edited; a change is a new one.
public enum AccessMigrations {
    public static let all: [Migration] = [
        Migration(
            "access-1-roles",
            """
            CREATE TABLE role_grant (
                id TEXT PRIMARY KEY, person_id TEXT NOT NULL REFERENCES person (id), role TEXT NOT NULL,
                place_kind TEXT NOT NULL CHECK (place_kind IN ('association', 'body', 'member')), place_id TEXT NOT NULL,
                starts_on TEXT NOT NULL, ends_on TEXT, given_by TEXT REFERENCES person (id), given_at TEXT NOT NULL,
                grounds TEXT, ended_by TEXT REFERENCES person (id), ended_at TEXT
            ) STRICT;
            CREATE INDEX role_grant_by_person ON role_grant (person_id, starts_on);
            CREATE INDEX role_grant_by_place ON role_grant (place_kind, place_id, starts_on);
            """
        )
    ]
}
