public import Database
public import Foundation

/// A browser in which somebody is signed in. Kept in the database, so that it survives a restart and can be ended.
public struct Session: Sendable, Equatable {
    /// Names it in lists; the bearer's secret is not kept.
    public let id: String
    public let personID: String
    public let beganAt: String
    public let seenAt: String
    /// When the second factor was given in this session.
    public let secondFactorAt: String?
    public let address: String
    public let agent: String
    /// How the person signed in: `link`, `password`, `openid`.
    public let method: String
}

/// How long a session lasts.
public struct SessionPolicy: Sendable {
    /// Without a request for so long, it ends.
    public var idle: Duration
    /// After so long it ends in any case.
    public var absolute: Duration

    public init(idle: Duration = .seconds(2 * 3600), absolute: Duration = .seconds(12 * 3600)) {
        self.idle = idle
        self.absolute = absolute
    }
}

extension Session {
    private static let columns = "id, person_id, began_at, seen_at, second_factor_at, address, agent, method"

    private init(row: Row) throws {
        try self.init(
            id: row.text(0),
            personID: row.text(1),
            beganAt: row.text(2),
            seenAt: row.text(3),
            secondFactorAt: row.optionalText(4),
            address: row.text(5),
            agent: row.text(6),
            method: row.text(7)
        )
    }

    /// Begins a session and returns the secret that its browser gets. Each sign-in begins a new one, so a secret that
    /// somebody planted before is worth nothing.
    public static func begin(
        _ transaction: Transaction,
        person: String,
        method: String,
        secondFactor: Bool,
        address: String,
        agent: String,
        now: Date
    ) throws -> Secret {
        let secret = Secret()
        let instant = InstantText.text(now)
        try transaction.execute(
            """
            INSERT INTO session (token_hash, id, person_id, began_at, seen_at, second_factor_at, address, agent, method)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .blob(secret.hash), .text(Identifier.make()), .text(person), .text(instant), .text(instant),
                .optional(secondFactor ? instant : nil), .text(String(address.prefix(64))),
                .text(String(agent.prefix(200))), .text(method),
            ]
        )
        try transaction.execute("UPDATE person SET signed_in_at = ? WHERE id = ?", [.text(instant), .text(person)])
        return secret
    }

    /// The live session of a secret, or `nil`.
    public static func find(
        _ transaction: Transaction,
        _ secret: Secret,
        _ policy: SessionPolicy,
        now: Date
    ) throws
        -> Session?
    {
        try transaction.first(
            """
            SELECT \(columns) FROM session WHERE token_hash = ? AND seen_at > ? AND began_at > ?
            """,
            [
                .blob(secret.hash), .text(InstantText.text(now.addingTimeInterval(-policy.idle.seconds))),
                .text(InstantText.text(now.addingTimeInterval(-policy.absolute.seconds))),
            ]
        ) { try Session(row: $0) }
    }

    /// Whether the last sight is so old that it is worth a write.
    public func isStale(now: Date) -> Bool { seenAt < InstantText.text(now.addingTimeInterval(-60)) }

    public static func touch(_ transaction: Transaction, id: String, now: Date) throws {
        try transaction.execute(
            "UPDATE session SET seen_at = ? WHERE id = ?",
            [.text(InstantText.text(now)), .text(id)]
        )
    }

    /// Notes that the second factor was given, under a new secret: rights grew, so the old one ends.
    public static func raise(_ transaction: Transaction, _ secret: Secret, now: Date) throws -> Secret {
        let fresh = Secret()
        try transaction.execute(
            "UPDATE session SET token_hash = ?, second_factor_at = ? WHERE token_hash = ?",
            [.blob(fresh.hash), .text(InstantText.text(now)), .blob(secret.hash)]
        )
        return fresh
    }

    /// The live sessions of a person, the latest first.
    public static func list(
        _ transaction: Transaction,
        person: String,
        _ policy: SessionPolicy,
        now: Date
    ) throws
        -> [Session]
    {
        try transaction.query(
            """
            SELECT \(columns) FROM session WHERE person_id = ? AND seen_at > ? AND began_at > ? ORDER BY seen_at DESC
            """,
            [
                .text(person), .text(InstantText.text(now.addingTimeInterval(-policy.idle.seconds))),
                .text(InstantText.text(now.addingTimeInterval(-policy.absolute.seconds))),
            ]
        ) { try Session(row: $0) }
    }

    /// Ends one session of a person; `false` when they have no such one.
    @discardableResult
    public static func end(_ transaction: Transaction, id: String, person: String) throws -> Bool {
        try transaction.execute("DELETE FROM session WHERE id = ? AND person_id = ?", [.text(id), .text(person)]) > 0
    }

    /// Ends all sessions of a person but one.
    @discardableResult
    public static func endAll(_ transaction: Transaction, person: String, except kept: String = "") throws -> Int {
        try transaction.execute("DELETE FROM session WHERE person_id = ? AND id <> ?", [.text(person), .text(kept)])
    }

    /// Removes sessions that are over; returns how many.
    @discardableResult
    public static func removeEnded(_ transaction: Transaction, _ policy: SessionPolicy, now: Date) throws -> Int {
        try transaction.execute(
            "DELETE FROM session WHERE seen_at <= ? OR began_at <= ?",
            [
                .text(InstantText.text(now.addingTimeInterval(-policy.idle.seconds))),
                .text(InstantText.text(now.addingTimeInterval(-policy.absolute.seconds))),
            ]
        )
    }
}

extension Duration {
    /// The duration in seconds.
    package var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
