public import Charter
public import Database
import Foundation
public import Languages

/// A question put to a body: answered seat by seat without meeting, or decided in a meeting.
public struct Circular: Sendable, Equatable {
    public enum Way: String, Sendable, CaseIterable {
        /// Each seat answers by itself within the time that the charter gives.
        case circulation
        case meeting

        public var name: Phrase {
            switch self {
            case .circulation: say("without a meeting")
            case .meeting: say("in a meeting")
            }
        }
    }

    /// Moves forward only: what is closed or withdrawn stays so, whatever a clock says.
    public enum State: String, Sendable, CaseIterable {
        case open, closed, withdrawn
    }

    public let id: String
    public let year: Int
    public let number: Int
    /// The key of the body.
    public let body: String
    /// The kind of matter.
    public let matter: String
    public let title: String
    public let introduction: String
    public let way: Way
    public let state: State
    /// Grows with every change.
    public let revision: Int
    /// The person's id; `nil` for the program's operator.
    public let openedBy: String?
    public let openedByName: String?
    public let openedAt: String
    /// The instant from which no answer counts any more; `nil` for a meeting.
    public let closesAt: String?
    /// The charter's rule as it stood at opening; `nil` for a meeting.
    public let terms: Charter.Circulation?
    public let closedAt: String?
    public let withdrawnByName: String?
    /// Why it was withdrawn.
    public let reason: String?

    /// What people call it: the year and its number in it, `2026-3`.
    public var reference: String { "\(year)-\(number)" }

    /// The last whole day on which answers count, in UTC.
    public var lastDay: Day? {
        closesAt.flatMap { Day(String($0.prefix(10))) }.map { $0.adding(days: -1) }
    }

    var openedDay: Day { Day(String(openedAt.prefix(10))) ?? .first }

    /// The id of the charter's rule by which the body decides without meeting.
    public var rule: String { "bodies.\(body).circulation" }

    static let columns = """
        c.id, c.year, c.number, c.body, c.matter, c.title, c.introduction, c.way, c.state, c.revision, c.opened_by, o.name,
        c.opened_at, c.closes_at, c.terms, c.closed_at, w.name, c.reason
        """
    static let tables =
        "circular c LEFT JOIN person o ON o.id = c.opened_by LEFT JOIN person w ON w.id = c.withdrawn_by"

    init(row: Row) throws {
        guard let way = Way(rawValue: try row.text(7)), let state = State(rawValue: try row.text(8)) else {
            throw DatabaseError.decoding(column: 7, expected: "a way and a state")
        }
        id = try row.text(0)
        year = try row.integer(1)
        number = try row.integer(2)
        body = try row.text(3)
        matter = try row.text(4)
        title = try row.text(5)
        introduction = try row.text(6)
        self.way = way
        self.state = state
        revision = try row.integer(9)
        openedBy = row.optionalText(10)
        openedByName = row.optionalText(11)
        openedAt = try row.text(12)
        closesAt = row.optionalText(13)
        terms = row.optionalText(14).flatMap(StoredTerms.rule)
        closedAt = row.optionalText(15)
        withdrawnByName = row.optionalText(16)
        reason = row.optionalText(17)
    }

    static func find(_ transaction: Transaction, id: String) throws -> Circular? {
        try transaction.first("SELECT \(columns) FROM \(tables) WHERE c.id = ?", [.text(id)]) { try Circular(row: $0) }
    }

    /// Throws `DecisionRefusal.noSuchDecision`.
    static func load(_ transaction: Transaction, id: String) throws -> Circular {
        guard let found = try find(transaction, id: id) else { throw DecisionRefusal.noSuchDecision }
        return found
    }

    /// The id behind what somebody calls it: an id, or a reference as `2026-3`. `nil` when there is none.
    public static func id(_ transaction: Transaction, named name: String) throws -> String? {
        let parts = name.split(separator: "-", omittingEmptySubsequences: false)
        if parts.count == 2, let year = Int(parts[0]), let number = Int(parts[1]) {
            return try transaction.first(
                "SELECT id FROM circular WHERE year = ? AND number = ?",
                [.int(year), .int(number)]
            ) { try $0.text(0) }
        }
        return try transaction.first("SELECT id FROM circular WHERE id = ?", [.text(name)]) { try $0.text(0) }
    }

    /// Notes that the circular is changed in this transaction and returns its new number; `nil` when it is open no more.
    ///
    /// The row stays locked until the transaction ends: an answer is counted before the end, or refused after it.
    static func bump(_ transaction: Transaction, _ id: String) throws -> Int? {
        try transaction.first(
            "UPDATE circular SET revision = revision + 1 WHERE id = ? AND state = 'open' RETURNING revision",
            [.text(id)]
        ) { try $0.integer(0) }
    }

    /// The circular, open and locked, with the number of this change. Throws `noSuchDecision` and `over`.
    static func lockOpen(_ transaction: Transaction, id: String) throws -> (circular: Circular, number: Int) {
        guard let number = try bump(transaction, id) else {
            throw DecisionRefusal.over(try load(transaction, id: id).state)
        }
        return (try load(transaction, id: id), number)
    }
}
