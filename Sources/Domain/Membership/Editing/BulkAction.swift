public import Access
public import Database
public import Foundation
public import Languages

/// Something that was done to many members at once.
public struct BulkAction: Sendable, Equatable {
    public let id: String
    /// `tag`, `untag` or `mail`.
    public let kind: String
    /// The tag, or the subject of the mail.
    public let detail: String
    /// Which members were chosen, in words.
    public let selection: Phrase
    public let madeAt: String
    /// The name of who did it.
    public private(set) var madeBy: Phrase
    public let undoneAt: String?
    /// How many members it changed.
    public let members: Int

    private static let columns = """
        a.id, a.kind, a.detail, a.selection, a.made_at, a.made_by, a.undone_at,
        (SELECT COUNT(*) FROM bulk_action_member b WHERE b.action_id = a.id)
        """

    private static func decode(_ row: Row) throws -> BulkAction {
        BulkAction(
            id: try row.text(0),
            kind: try row.text(1),
            detail: try row.text(2),
            selection: Phrase(stored: try row.text(3)),
            madeAt: try row.text(4),
            madeBy: .verbatim(try row.text(5)),
            undoneAt: row.optionalText(6),
            members: try row.integer(7)
        )
    }

    private func naming(_ transaction: Transaction) throws -> BulkAction {
        var named = self
        named.madeBy = try ActorNames.name(madeBy.english, transaction)
        return named
    }

    static func find(_ transaction: Transaction, id: String) throws -> BulkAction? {
        try transaction.first("SELECT \(columns) FROM bulk_action a WHERE a.id = ?", [.text(id)]) {
            try decode($0)
        }
    }

    /// The newest first.
    static func latest(_ transaction: Transaction, limit: Int) throws -> [BulkAction] {
        try transaction.query(
            "SELECT \(columns) FROM bulk_action a ORDER BY a.made_at DESC, a.id DESC LIMIT ?",
            [.int(limit)]
        ) { try decode($0) }.map { try $0.naming(transaction) }
    }

    static func members(_ transaction: Transaction, of id: String) throws -> [String] {
        try transaction.query(
            "SELECT member_id FROM bulk_action_member WHERE action_id = ? ORDER BY member_id",
            [.text(id)]
        ) { try $0.text(0) }
    }

    static func record(
        _ transaction: Transaction,
        kind: String,
        detail: String,
        selection: Phrase,
        members: [String],
        actor: Actor,
        now: Date
    ) throws -> String {
        let id = Identifier.make(at: now)
        try transaction.execute(
            "INSERT INTO bulk_action (id, kind, detail, selection, made_at, made_by) VALUES (?, ?, ?, ?, ?, ?)",
            [
                .text(id), .text(kind), .text(detail), .text(selection.stored), .text(InstantText.text(now)),
                .text(actor.key),
            ]
        )
        try transaction.execute(
            "INSERT INTO bulk_action_member (action_id, member_id) VALUES (?, ?)",
            each: members.map { [.text(id), .text($0)] }
        )
        return id
    }

    static func close(_ transaction: Transaction, id: String, actor: Actor, now: Date) throws {
        try transaction.execute(
            "UPDATE bulk_action SET undone_at = ?, undone_by = ? WHERE id = ?",
            [.text(InstantText.text(now)), .text(actor.key), .text(id)]
        )
    }
}

/// What was lately done to many members at once, the newest first.
public struct BulkActions: Question {
    public static let action = Action.readMembers
    let limit: Int

    public init(limit: Int = 20) { self.limit = limit }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> [BulkAction] {
        try BulkAction.latest(transaction, limit: limit)
    }
}

/// One action on many members, or `nil` when there is none of this id.
public struct OneBulkAction: Question {
    public static let action = Action.readMembers
    let id: String

    public init(id: String) { self.id = id }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> BulkAction? {
        try BulkAction.find(transaction, id: id)
    }
}
