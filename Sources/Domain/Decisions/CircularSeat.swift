import Access
import Charter
import Database
import Foundation
import Identity

/// A place in a body that has one answer. Which seats there are is settled when the body is asked; who answers for one is
/// whoever has the role at that moment.
public struct CircularSeat: Sendable, Equatable {
    public let id: String
    public let circularID: String
    /// The member that holds an office of the body, as it was called by its record then.
    public let memberID: String?
    /// Who sits for themselves.
    public let personID: String?
    public let name: String

    private static let columns = "s.id, s.circular_id, s.member_id, s.person_id, COALESCE(p.name, s.name)"
    private static let tables = "circular_seat s LEFT JOIN person p ON p.id = s.person_id"

    private init(row: Row) throws {
        id = try row.text(0)
        circularID = try row.text(1)
        memberID = row.optionalText(2)
        personID = row.optionalText(3)
        name = try row.text(4)
    }

    /// The seats of a circular in their order.
    static func all(_ transaction: Transaction, circular id: String) throws -> [CircularSeat] {
        try transaction.query(
            "SELECT \(columns) FROM \(tables) WHERE s.circular_id = ? ORDER BY s.position",
            [.text(id)]
        ) { try CircularSeat(row: $0) }
    }

    /// The seat of this circular with this id; `nil` for any other.
    static func find(_ transaction: Transaction, id: String, in circular: String) throws -> CircularSeat? {
        try transaction.first(
            "SELECT \(columns) FROM \(tables) WHERE s.id = ? AND s.circular_id = ?",
            [.text(id), .text(circular)]
        ) { try CircularSeat(row: $0) }
    }

    /// The member's record as it is now: the one into which it was merged, where it was.
    func currentMember(_ transaction: Transaction) throws -> String? {
        try memberID.map { try CurrentMember.id(transaction, of: $0) }
    }

    /// Who answers for the seat on a day: for a member whoever represents or votes for it, and whoever sits in the body and
    /// works for it; for a person that person, as long as they sit in the body.
    func people(_ transaction: Transaction, body: String, day: String) throws -> [Person] {
        let sitting = Set(try BodyPeople.sitting(transaction, body: body, day: day))
        let ids: [String]
        if let personID {
            ids = sitting.contains(personID) ? [personID] : []
        } else {
            let grants = try currentMember(transaction).map { try Grant.all(transaction, place: .member($0)) } ?? []
            let able = grants.filter { grant in
                guard grant.isInForce(on: day) else { return false }
                return grant.role == .representative || grant.role == .delegate || sitting.contains(grant.personID)
            }
            ids = Set(able.map(\.personID)).sorted()
        }
        return try ids.compactMap { try Person.find(transaction, id: $0) }
            .filter { $0.closedAt == nil && $0.erasedAt == nil }
            .sorted { ($0.name, $0.id) < ($1.name, $1.id) }
    }
}

/// Where a member's record is found after it was merged into another one.
enum CurrentMember {
    static func id(_ transaction: Transaction, of id: String) throws -> String {
        try transaction.first("SELECT kept_id FROM member_merge WHERE merged_id = ?", [.text(id)]) { try $0.text(0) }
            ?? id
    }

    /// The records that were merged into a member, and its own.
    static func all(_ transaction: Transaction, of id: String) throws -> [String] {
        try [id]
            + transaction.query("SELECT merged_id FROM member_merge WHERE kept_id = ? ORDER BY merged_id", [.text(id)])
        {
            try $0.text(0)
        }
    }
}

/// People who sit in a body by role.
enum BodyPeople {
    static func sitting(_ transaction: Transaction, body: String, day: String) throws -> [String] {
        let grants = try Grant.all(transaction, place: .body(body))
        return Set(grants.filter { $0.role == .committee && $0.isInForce(on: day) }.map(\.personID)).sorted()
    }
}

/// The seats of a body on a day.
struct Electorate {
    struct Seat: Equatable {
        let memberID: String?
        let personID: String?
        let name: String
    }

    let seats: [Seat]

    static func load(_ transaction: Transaction, _ body: Charter.Body, day: String) throws -> Electorate {
        let members = try members(transaction, body, day)
        let held = Set(members.compactMap(\.memberID))
        let alone = try BodyPeople.sitting(transaction, body: body.key, day: day).filter { person in
            try !Grant.inForce(transaction, person: person, day: day).contains { grant in
                if case .member(let id) = grant.place { held.contains(id) } else { false }
            }
        }
        let people = try alone.compactMap { try Person.find(transaction, id: $0) }
            .filter { $0.closedAt == nil && $0.erasedAt == nil }
            .sorted { ($0.name, $0.id) < ($1.name, $1.id) }
        // A person's name is theirs to have erased, so the seat does not repeat it.
        return Electorate(seats: members + people.map { Seat(memberID: nil, personID: $0.id, name: "") })
    }

    /// What the seats are called today.
    func names(_ transaction: Transaction) throws -> [String] {
        try seats.map { seat in
            try seat.personID.flatMap { try Person.find(transaction, id: $0)?.name } ?? seat.name
        }
    }

    private static func members(_ transaction: Transaction, _ body: Charter.Body, _ day: String) throws -> [Seat] {
        guard !body.offices.isEmpty else { return [] }
        let places = body.offices.map { _ in "?" }.joined(separator: ", ")
        return try transaction.query(
            """
            SELECT DISTINCT m.name, m.id FROM member_office o JOIN member m ON m.id = o.member_id
            WHERE o.office IN (\(places)) AND o.valid_from <= ? AND (o.valid_to IS NULL OR o.valid_to >= ?)
            ORDER BY m.name, m.id
            """,
            body.offices.map(Value.text) + [.text(day), .text(day)]
        ) { Seat(memberID: try $0.text(1), personID: nil, name: try $0.text(0)) }
    }
}
