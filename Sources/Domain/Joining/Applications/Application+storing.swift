import Database
import Decisions
import Foundation

extension Application {
    private static let columns = """
        a.id, a.year, a.number, a.state, a.category, a.email, a.language, a.started_at, a.changed_at, a.submitted_at,
        a.ended_at, a.received_on, a.member_id, a.looked_at, a.emptied_at, a.contact_id
        """

    private init(row: Row) throws {
        guard let state = ApplicationState(rawValue: try row.text(3)) else {
            throw DatabaseError.decoding(column: 3, expected: "the state of an application")
        }
        id = try row.text(0)
        year = try row.integer(1)
        number = try row.integer(2)
        self.state = state
        category = try row.text(4)
        email = try row.text(5)
        language = try row.text(6)
        values = ApplicationValues()
        startedAt = try row.text(7)
        changedAt = try row.text(8)
        submittedAt = row.optionalText(9)
        endedAt = row.optionalText(10)
        receivedOn = row.optionalText(11)
        memberID = row.optionalText(12)
        lookedAt = Set(try row.text(13).split(separator: " ").map(String.init))
        emptiedAt = row.optionalText(14)
        contactID = row.optionalText(15)
    }

    /// The applications that a condition on the table `a` finds, in its order.
    static func list(_ transaction: Transaction, _ rest: String, _ values: [Value] = []) throws -> [Application] {
        var found = try transaction.query("SELECT \(columns) FROM application a \(rest)", values) {
            try Application(row: $0)
        }
        guard !found.isEmpty else { return [] }
        let places = found.map { _ in "?" }.joined(separator: ", ")
        var said: [String: ApplicationValues] = [:]
        try transaction.forEach(
            "SELECT application_id, field, value FROM application_field WHERE application_id IN (\(places))",
            found.map { .text($0.id) }
        ) { row in
            let (id, value) = (try row.text(0), try row.text(2))
            guard let field = ApplicationField(rawValue: try row.text(1)) else { return }
            said[id, default: ApplicationValues()][field] = value
        }
        for place in found.indices { found[place].values = said[found[place].id] ?? ApplicationValues() }
        return found
    }

    static func find(_ transaction: Transaction, id: String) throws -> Application? {
        try list(transaction, "WHERE a.id = ?", [.text(id)]).first
    }

    /// Throws `JoiningRefusal.noSuchApplication`.
    static func load(_ transaction: Transaction, id: String) throws -> Application {
        guard let found = try find(transaction, id: id) else { throw JoiningRefusal.noSuchApplication }
        return found
    }

    /// The same, locked until the transaction ends, so that two who act on one application come one after the other.
    static func lock(_ transaction: Transaction, id: String) throws -> Application {
        try transaction.execute("UPDATE application SET id = id WHERE id = ?", [.text(id)])
        return try load(transaction, id: id)
    }

    /// Keeps what a box says.
    func write(_ field: ApplicationField, _ value: String, _ transaction: Transaction) throws {
        guard !value.isEmpty else {
            try transaction.execute(
                "DELETE FROM application_field WHERE application_id = ? AND field = ?",
                [.text(id), .text(field.rawValue)]
            )
            return
        }
        try transaction.execute(
            """
            INSERT INTO application_field (application_id, field, value) VALUES (?, ?, ?)
            ON CONFLICT (application_id, field) DO UPDATE SET value = excluded.value
            """,
            [.text(id), .text(field.rawValue), .text(value)]
        )
    }

    /// Notes whose the contact's account is, once and for all: whoever has the address later is somebody else.
    func bind(to personID: String, _ transaction: Transaction) throws {
        try transaction.execute(
            "UPDATE application SET contact_id = ? WHERE id = ? AND contact_id IS NULL",
            [.text(personID), .text(id)]
        )
    }

    /// Whether a body has it before it, or left it undecided.
    func waitsForBody(_ transaction: Transaction) throws -> Bool {
        let subject = MatterSubject(Self.subjectKind, id)
        return try CircularItem.waiting(transaction, about: subject, matter: AdmissionMatter.kind) != nil
    }

    /// Notes that something was done with it: an unsent application is kept for a time from then on.
    func touch(_ transaction: Transaction, now: Date) throws {
        try transaction.execute(
            "UPDATE application SET changed_at = ? WHERE id = ?",
            [.text(InstantText.text(now)), .text(id)]
        )
    }
}

extension ApplicationStep {
    /// All steps of an application, in their order.
    static func all(_ transaction: Transaction, application id: String) throws -> [ApplicationStep] {
        try transaction.query(
            """
            SELECT s.number, s.at, s.kind, s.side, COALESCE(p.name, s.author_name), s.words, s.missing, s.is_for, s.day
            FROM application_step s LEFT JOIN person p ON p.id = s.person_id
            WHERE s.application_id = ? ORDER BY s.number
            """,
            [.text(id)]
        ) { row in
            guard let kind = Kind(rawValue: try row.text(2)), let side = Side(rawValue: try row.text(3)) else {
                throw DatabaseError.decoding(column: 2, expected: "the kind and side of a step")
            }
            return ApplicationStep(
                number: try row.integer(0),
                at: try row.text(1),
                kind: kind,
                side: side,
                authorName: try row.text(4),
                words: try row.text(5),
                missing: try row.text(6).split(separator: " ").map(String.init),
                isFor: try row.optionalInteger(7).map { $0 != 0 },
                day: row.optionalText(8)
            )
        }
    }
}
