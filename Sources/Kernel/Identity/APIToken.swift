public import Database
public import Foundation

/// What a program shows instead of signing in. Whoever made it saw its text once; only the hash is kept.
///
/// It is a person's, and does what they may, or a place's (a member's), and stays when the person who made it goes.
public struct APIToken: Sendable, Equatable {
    /// Names it in lists and in the journal.
    public let id: String
    /// What it is for, as its maker put it.
    public let name: String
    /// The person whose rights it carries; `nil` for one that is a place's.
    public let personID: String?
    /// The place whose it is, as roles name places; `nil` for a person's.
    public let placeKind: String?
    public let placeID: String?
    /// What it may be used for; each is a scope's name.
    public let scopes: [String]
    /// Whether it was made in a session that had seen the second factor.
    public let hasSecondFactor: Bool
    public let madeBy: String
    public let madeAt: String
    public let expiresAt: String
    /// About when it was used last: not every use is written down.
    public let lastUsedAt: String?
    public let revokedAt: String?

    /// What every token's text begins with, so that people and scanners know one when they see it.
    public static let prefix = "hansa_"

    /// Whether it opens anything at `now`.
    public func isLive(_ now: Date) -> Bool { revokedAt == nil && expiresAt > InstantText.text(now) }

    /// Whether the last use is so long ago that another is worth a write.
    public func isStale(_ now: Date) -> Bool {
        guard let lastUsedAt else { return true }
        return lastUsedAt < InstantText.text(now.addingTimeInterval(-600))
    }
}

extension APIToken {
    private static let columns = """
        id, name, person_id, place_kind, place_id, scopes, second_factor, made_by, made_at, expires_at, last_used_at,
        revoked_at
        """

    private init(row: Row) throws {
        try self.init(
            id: row.text(0),
            name: row.text(1),
            personID: row.optionalText(2),
            placeKind: row.optionalText(3),
            placeID: row.optionalText(4),
            scopes: row.text(5).split(separator: " ").map(String.init),
            hasSecondFactor: row.flag(6),
            madeBy: row.text(7),
            madeAt: row.text(8),
            expiresAt: row.text(9),
            lastUsedAt: row.optionalText(10),
            revokedAt: row.optionalText(11)
        )
    }

    /// Whose a new token is.
    public enum Holder: Sendable, Equatable {
        case person(String)
        case place(kind: String, id: String)
    }

    /// Writes a new token down and returns it with its text, which is nowhere else.
    public static func make(
        _ transaction: Transaction,
        name: String,
        holder: Holder,
        scopes: [String],
        secondFactor: Bool,
        by maker: String,
        expiresAt: Date,
        now: Date
    ) throws -> (token: APIToken, text: String) {
        let secret = Secret()
        var person: String?
        var place: (kind: String, id: String)?
        switch holder {
        case .person(let id): person = id
        case .place(let kind, let id): place = (kind, id)
        }
        let token = APIToken(
            id: Identifier.make(),
            name: name,
            personID: person,
            placeKind: place?.kind,
            placeID: place?.id,
            scopes: scopes,
            hasSecondFactor: secondFactor,
            madeBy: maker,
            madeAt: InstantText.text(now),
            expiresAt: InstantText.text(expiresAt),
            lastUsedAt: nil,
            revokedAt: nil
        )
        try transaction.execute(
            """
            INSERT INTO api_token (token_hash, id, name, person_id, place_kind, place_id, scopes, second_factor, made_by,
                made_at, expires_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .blob(secret.hash), .text(token.id), .text(name), .optional(person), .optional(place?.kind),
                .optional(place?.id), .text(scopes.joined(separator: " ")), .flag(secondFactor), .text(maker),
                .text(token.madeAt), .text(token.expiresAt),
            ]
        )
        return (token, prefix + secret.text)
    }

    /// The secret in a token's text; `nil` for what is none.
    public static func secret(_ text: String) -> Secret? {
        guard text.hasPrefix(prefix) else { return nil }
        return Secret(String(text.dropFirst(prefix.count)))
    }

    /// The token of a secret, live or not; `nil` when there never was one.
    public static func find(_ transaction: Transaction, _ secret: Secret) throws -> APIToken? {
        try transaction.first("SELECT \(columns) FROM api_token WHERE token_hash = ?", [.blob(secret.hash)]) {
            try APIToken(row: $0)
        }
    }

    public static func find(_ transaction: Transaction, id: String) throws -> APIToken? {
        try transaction.first("SELECT \(columns) FROM api_token WHERE id = ?", [.text(id)]) { try APIToken(row: $0) }
    }

    /// A person's own tokens, the latest first; those that a place holds are not among them.
    public static func list(_ transaction: Transaction, person: String) throws -> [APIToken] {
        try list(transaction, where: "person_id = ?", [.text(person)])
    }

    /// The tokens that a place holds, the latest first.
    public static func list(_ transaction: Transaction, placeKind: String, placeID: String) throws -> [APIToken] {
        try list(transaction, where: "place_kind = ? AND place_id = ?", [.text(placeKind), .text(placeID)])
    }

    /// All tokens, the latest first.
    public static func all(_ transaction: Transaction, limit: Int) throws -> [APIToken] {
        try list(transaction, where: "1 = 1", [], limit: limit)
    }

    private static func list(
        _ transaction: Transaction,
        where condition: String,
        _ values: [Value],
        limit: Int = 200
    ) throws -> [APIToken] {
        try transaction.query(
            "SELECT \(columns) FROM api_token WHERE \(condition) ORDER BY made_at DESC, id DESC LIMIT ?",
            values + [.int(limit)]
        ) { try APIToken(row: $0) }
    }

    /// Makes a token worthless; `false` when it was already, or never was.
    public static func revoke(_ transaction: Transaction, id: String, now: Date) throws -> Bool {
        try transaction.execute(
            "UPDATE api_token SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL",
            [.text(InstantText.text(now)), .text(id)]
        ) > 0
    }

    /// Makes all of a person's own tokens worthless; returns how many there were.
    @discardableResult
    public static func revokeAll(_ transaction: Transaction, person: String, now: Date) throws -> Int {
        try transaction.execute(
            "UPDATE api_token SET revoked_at = ? WHERE person_id = ? AND revoked_at IS NULL",
            [.text(InstantText.text(now)), .text(person)]
        )
    }

    /// Notes a use.
    public static func touch(_ transaction: Transaction, id: String, now: Date) throws {
        try transaction.execute(
            "UPDATE api_token SET last_used_at = ? WHERE id = ?",
            [.text(InstantText.text(now)), .text(id)]
        )
    }
}
