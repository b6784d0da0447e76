public import Database
public import Foundation

/// What a file belongs to, such as a member or a proposal.
public struct FileOwner: Sendable, Hashable {
    public let kind: String
    public let id: String

    public init(_ kind: String, _ id: String) {
        self.kind = kind
        self.id = id
    }
}

/// One use of a file: whose it is, as what, and under which name. A file is kept as long as it has a use.
public struct FileUse: Sendable, Equatable {
    public let id: String
    public let hash: String
    public let type: FileType
    /// In bytes.
    public let size: Int
    public let owner: FileOwner
    /// As what the owner has it, such as `logo` or `attachment`.
    public let label: String
    /// The name that a person gave it; shown and sent, never a path.
    public let name: String
    public let addedAt: String

    /// Uses a file that was put not longer than `FileStore.longestFlight` ago. The same use twice is one. Throws `FileError`.
    @discardableResult
    public static func attach(
        _ transaction: Transaction,
        _ file: StoredFile,
        to owner: FileOwner,
        label: String,
        name: String,
        now: Date
    ) throws -> FileUse {
        // Collections leave alone what was put within twice this time.
        guard now.timeIntervalSince(file.storedAt) <= FileStore.longestFlight else { throw FileError.tooLate }
        try transaction.execute(
            """
            INSERT INTO file (hash, size, touched_at) VALUES (?, ?, ?)
            ON CONFLICT (hash) DO UPDATE SET touched_at = excluded.touched_at
            """,
            [.text(file.hash), .int(file.size), .text(InstantText.text(now))]
        )
        return try insert(transaction, file.hash, file.type, owner, label, name, now)
    }

    /// Gives the same file to another owner, such as that of an accepted proposal to its member.
    @discardableResult
    public func share(_ transaction: Transaction, with owner: FileOwner, label: String, now: Date) throws -> FileUse {
        guard try FileUse.find(transaction, id) != nil else { throw FileError.missing(hash: hash) }
        return try FileUse.insert(transaction, hash, type, owner, label, name, now)
    }

    /// The use with that id.
    public static func find(_ transaction: Transaction, _ id: String) throws -> FileUse? {
        try transaction.first(select + "WHERE u.id = ?", [.text(id)], decode)
    }

    /// What an owner has, oldest first; only what it has as `label` when that is given.
    public static func list(_ transaction: Transaction, of owner: FileOwner, label: String? = nil) throws -> [FileUse] {
        try transaction.query(
            select + "WHERE u.owner_kind = ? AND u.owner_id = ?" + (label == nil ? "" : " AND u.label = ?")
                + " ORDER BY u.added_at, u.id",
            [.text(owner.kind), .text(owner.id)] + (label.map { [.text($0)] } ?? []),
            decode
        )
    }

    /// All uses of the file with that hash, oldest first.
    public static func list(_ transaction: Transaction, hash: String) throws -> [FileUse] {
        try transaction.query(select + "WHERE u.hash = ? ORDER BY u.added_at, u.id", [.text(hash)], decode)
    }

    /// Ends a use; whether there was one. The file goes when it has no other and its grace time is over.
    @discardableResult
    public static func remove(_ transaction: Transaction, _ id: String, now: Date) throws -> Bool {
        guard let use = try find(transaction, id) else { return false }
        try transaction.execute("DELETE FROM file_use WHERE id = ?", [.text(id)])
        try transaction.execute(
            "UPDATE file SET touched_at = ? WHERE hash = ?",
            [.text(InstantText.text(now)), .text(use.hash)]
        )
        return true
    }

    /// Ends all uses of an owner and returns how many there were.
    @discardableResult
    public static func removeAll(_ transaction: Transaction, of owner: FileOwner, now: Date) throws -> Int {
        let uses = try list(transaction, of: owner)
        for use in uses { try remove(transaction, use.id, now: now) }
        return uses.count
    }

    private static func insert(
        _ transaction: Transaction,
        _ hash: String,
        _ type: FileType,
        _ owner: FileOwner,
        _ label: String,
        _ name: String,
        _ now: Date
    ) throws -> FileUse {
        let isName =
            !name.isEmpty && name.utf8.count <= 255 && !name.contains("/") && !name.contains("\\")
            && !name.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7f }
        guard isName else { throw FileError.badName(name) }
        // The same file used the same way again takes the newer name.
        let id = try transaction.first(
            """
            INSERT INTO file_use (id, hash, type, owner_kind, owner_id, label, name, added_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (owner_kind, owner_id, label, hash) DO UPDATE SET name = excluded.name, type = excluded.type
            RETURNING id
            """,
            [
                .text(Identifier.make(at: now)), .text(hash), .text(type.rawValue), .text(owner.kind), .text(owner.id),
                .text(label), .text(name), .text(InstantText.text(now)),
            ]
        ) { try $0.text(0) }
        guard let id, let use = try find(transaction, id) else { throw FileError.missing(hash: hash) }
        return use
    }

    private static let select = """
        SELECT u.id, u.hash, u.type, f.size, u.owner_kind, u.owner_id, u.label, u.name, u.added_at
        FROM file_use u JOIN file f ON f.hash = u.hash
        """ + "\n"

    private static func decode(_ row: Row) throws -> FileUse {
        guard let type = FileType(rawValue: try row.text(2)) else {
            throw DatabaseError.decoding(column: 2, expected: "a type of file")
        }
        return FileUse(
            id: try row.text(0),
            hash: try row.text(1),
            type: type,
            size: try row.integer(3),
            owner: FileOwner(try row.text(4), try row.text(5)),
            label: try row.text(6),
            name: try row.text(7),
            addedAt: try row.text(8)
        )
    }
}
