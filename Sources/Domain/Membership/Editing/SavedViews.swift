public import Access
public import Database
public import Foundation
import Identity
import Journal
import Languages

/// A list of members that somebody keeps: its filter, its order and its columns, under a name.
public struct SavedView: Sendable, Equatable {
    public let id: String
    public let name: String
    /// The address's query, without the question mark.
    public let query: String
    /// The keys of the columns that are shown beside the name.
    public let columns: [String]
    /// Whether everybody in the secretariat sees it.
    public let isShared: Bool
    /// Whether the one who asks made it.
    public let isOwn: Bool
    public let ownerName: String?

    static func all(_ transaction: Transaction, for actor: Actor) throws -> [SavedView] {
        try transaction.query(
            """
            SELECT v.id, v.name, v.query, v.columns, v.is_shared, v.person_id, p.name
            FROM saved_view v LEFT JOIN person p ON p.id = v.person_id
            WHERE v.is_shared = 1 OR v.person_id = ? ORDER BY v.name, v.id
            """,
            [.text(actor.person.id)]
        ) { row in
            SavedView(
                id: try row.text(0),
                name: try row.text(1),
                query: try row.text(2),
                columns: try row.text(3).split(separator: " ").map(String.init),
                isShared: try row.flag(4),
                isOwn: actor.owns(row.optionalText(5)),
                ownerName: row.optionalText(6)
            )
        }
    }
}

extension Actor {
    fileprivate var ownerID: Value { isPerson ? .text(person.id) : .null }

    fileprivate func owns(_ personID: String?) -> Bool { isPerson ? personID == person.id : personID == nil }
}

/// The views that a person may use: their own and the shared ones, by name.
public struct Views: Question {
    public static let action = Action.readMembers
    public init() {}

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> [SavedView] {
        try SavedView.all(transaction, for: actor)
    }
}

/// Keeps a view under a name; the person's own view of that name is replaced. Throws `InvalidInput` (`name`).
public struct SaveView: Command {
    public static let action = Action.saveView
    /// How many views one person keeps.
    public static let most = 50

    let name: String
    let query: String
    let columns: [String]
    let isShared: Bool

    public init(name: String, query: String, columns: [String], isShared: Bool) {
        self.name = name.trimmed
        self.query = query
        self.columns = columns
        self.isShared = isShared
    }

    /// Returns the view's id.
    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> String {
        let own = try SavedView.all(transaction, for: actor).filter(\.isOwn)
        let known = own.first { $0.name == name }
        var check = FormCheck()
        check.name(name, "name")
        check.text(name, "name", most: 60)
        if query.utf8.count > 2000 || columns.count > 30 || columns.contains(where: { !RowReader.isKey($0) }) {
            check.refuse("name", say("This list's address is too long to be kept."))
        }
        if known == nil, own.count >= Self.most {
            check.refuse("name", say("You keep \(Self.most) views already. Delete one that you no longer use."))
        }
        try check.finish()
        let id = known?.id ?? Identifier.make(at: now)
        let instant = InstantText.text(now)
        try transaction.execute(
            """
            INSERT INTO saved_view (id, person_id, name, is_shared, query, columns, made_at, changed_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET is_shared = excluded.is_shared, query = excluded.query,
                columns = excluded.columns, changed_at = excluded.changed_at
            """,
            [
                .text(id), actor.ownerID, .text(name), .flag(isShared), .text(query),
                .text(columns.joined(separator: " ")), .text(instant), .text(instant),
            ]
        )
        try Journal.append(transaction, Self.entry("view.saved", id, known, self, actor, now))
        return id
    }

    private static func entry(
        _ action: String,
        _ id: String,
        _ before: SavedView?,
        _ after: SaveView,
        _ actor: Actor,
        _ now: Date
    ) -> JournalEntry {
        JournalEntry(
            at: now,
            actor: actor.key,
            action: action,
            subject: .init("view", id),
            before: before?.journal,
            after: [
                "name": .text(after.name), "query": .text(after.query),
                "columns": .text(after.columns.joined(separator: " ")), "shared": .flag(after.isShared),
            ]
        )
    }
}

extension SavedView {
    fileprivate var journal: JournalValue {
        [
            "name": .text(name), "query": .text(query), "columns": .text(columns.joined(separator: " ")),
            "shared": .flag(isShared),
        ]
    }
}

/// Deletes one of one's own views. Somebody else's is as if it were not there.
public struct DeleteView: Command {
    public static let action = Action.saveView
    let id: String

    public init(id: String) { self.id = id }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        guard let view = try SavedView.all(transaction, for: actor).first(where: { $0.id == id && $0.isOwn }) else {
            throw MemberRefusal.noSuchView
        }
        try transaction.execute("DELETE FROM saved_view WHERE id = ?", [.text(id)])
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "view.deleted",
                subject: .init("view", id),
                before: view.journal
            )
        )
    }
}
