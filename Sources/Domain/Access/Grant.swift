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
    /// Why it was given, as the giver put it; erased with the person.
    public let grounds: String?
    /// The person who ended it before its time, or `nil` for the program's operator.
    public let endedBy: String?
    /// When it was ended with effect at once.
    public let endedAt: String?

    static let columns =
        "id, person_id, role, place_kind, place_id, starts_on, ends_on, given_by, given_at, grounds, ended_by, ended_at"

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
        grounds = row.optionalText(first + 9)
        endedBy = row.optionalText(first + 10)
        endedAt = row.optionalText(first + 11)
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
        grounds = nil
        endedBy = nil
        endedAt = nil
    }

    /// Whether the role is in force on a day.
    public func isInForce(on day: String) -> Bool {
        endedAt == nil && startsOn <= day && (endsOn.map { $0 >= day } ?? true)
    }

    /// The role with this id, or `nil`.
    public static func find(_ transaction: Transaction, id: String) throws -> Grant? {
        try transaction.first("SELECT \(columns) FROM role_grant WHERE id = ?", [.text(id)]) { try Grant(row: $0) }
            ?? nil
    }

    /// The UTC day of an instant, as roles count it.
    public static func day(_ now: Date) -> String { String(InstantText.text(now).prefix(10)) }

    /// The roles of a person that are in force on a day.
    public static func inForce(_ transaction: Transaction, person: String, day: String) throws -> [Grant] {
        try transaction.query(
            """
            SELECT \(columns) FROM role_grant
            WHERE person_id = ? AND starts_on <= ? AND (ends_on IS NULL OR ends_on >= ?) AND ended_at IS NULL
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
