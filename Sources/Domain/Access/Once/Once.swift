public import Database
public import Foundation
import Identity
public import Languages

/// A command that a program sends, with what programs need beside it: it is carried out once for each key that the program
/// gave, and only if what it changes is as the program saw it. All of it is in the command's own transaction.
public struct Once<C: Command>: Command {
    public typealias Outcome = KeptAnswer

    public static var action: Action { C.action }
    public static var actions: [Action] { C.actions }

    private let command: C
    private let request: RepeatableRequest?
    private let condition: @Sendable (Transaction) throws -> Void
    private let answer: @Sendable (Transaction, C.Outcome) throws -> KeptAnswer

    /// - Parameters:
    ///   - request: what tells a repetition; `nil` where the program gave no key.
    ///   - condition: throws when what is to be changed is no longer as it was seen.
    ///   - answer: what is told of the outcome, and told again when the request comes again.
    public init(
        _ command: C,
        request: RepeatableRequest?,
        condition: @escaping @Sendable (Transaction) throws -> Void,
        answer: @escaping @Sendable (Transaction, C.Outcome) throws -> KeptAnswer
    ) {
        self.command = command
        self.request = request
        self.condition = condition
        self.answer = answer
    }

    public func action(_ transaction: Transaction) throws -> Action { try command.action(transaction) }
    public func place(_ transaction: Transaction) throws -> Place { try command.place(transaction) }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> KeptAnswer {
        if let request, let kept = try KeptAnswer.find(transaction, request, now: now) { return kept }
        try condition(transaction)
        let outcome = try command.perform(transaction, by: actor, now: now)
        let answer = try answer(transaction, outcome)
        if let request { try answer.keep(transaction, request, now: now) }
        return answer
    }
}

/// What makes a request known when it comes again.
public struct RepeatableRequest: Sendable, Equatable {
    /// Whose: keys of two callers have nothing to do with each other.
    let caller: String
    /// As the caller chose it.
    let key: String
    /// A hash of all that was asked, so that a key is not used for two things.
    let fingerprint: String

    public init(caller: String, key: String, fingerprint: String) {
        self.caller = caller
        self.key = key
        self.fingerprint = fingerprint
    }
}

/// An answer that is kept for a day, so that whoever repeats a request gets it again and nothing happens twice.
public struct KeptAnswer: Sendable, Equatable {
    public static let lifetime: TimeInterval = 86_400

    public let status: Int
    public let body: [UInt8]
    /// What is kept and told again instead of `body`, where that holds a secret: a secret is told once and never kept.
    let bodyToKeep: [UInt8]?
    public let entityTag: String?
    public let location: String?
    /// Whether it was kept from before.
    public let isRepeated: Bool

    /// - Parameter bodyToKeep: what is kept and told again instead, where `body` holds a secret.
    public init(
        status: Int,
        body: [UInt8],
        bodyToKeep: [UInt8]? = nil,
        entityTag: String? = nil,
        location: String? = nil
    ) {
        self.init(
            status: status,
            body: body,
            bodyToKeep: bodyToKeep,
            entityTag: entityTag,
            location: location,
            isRepeated: false
        )
    }

    private init(
        status: Int,
        body: [UInt8],
        bodyToKeep: [UInt8]?,
        entityTag: String?,
        location: String?,
        isRepeated: Bool
    ) {
        self.status = status
        self.body = body
        self.bodyToKeep = bodyToKeep
        self.entityTag = entityTag
        self.location = location
        self.isRepeated = isRepeated
    }

    /// The answer that a request has had; `nil` where it comes for the first time. Throws `RepeatRefusal.otherRequest` when
    /// the key was used for something else.
    public static func find(
        _ transaction: Transaction,
        _ request: RepeatableRequest,
        now: Date
    ) throws -> KeptAnswer? {
        let oldest = InstantText.text(now.addingTimeInterval(-lifetime))
        let found = try transaction.first(
            """
            SELECT fingerprint, status, body, entity_tag, location FROM kept_answer
            WHERE caller = ? AND request_key = ? AND made_at > ?
            """,
            [.text(request.caller), .text(request.key), .text(oldest)]
        ) { row in
            (
                fingerprint: try row.text(0),
                answer: KeptAnswer(
                    status: try row.integer(1),
                    body: try row.blob(2),
                    bodyToKeep: nil,
                    entityTag: row.optionalText(3),
                    location: row.optionalText(4),
                    isRepeated: true
                )
            )
        }
        guard let found else { return nil }
        guard found.fingerprint == request.fingerprint else { throw RepeatRefusal.otherRequest }
        return found.answer
    }

    fileprivate func keep(_ transaction: Transaction, _ request: RepeatableRequest, now: Date) throws {
        try transaction.execute(
            """
            INSERT INTO kept_answer (caller, request_key, fingerprint, status, body, entity_tag, location, made_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (caller, request_key) DO UPDATE SET fingerprint = excluded.fingerprint,
                status = excluded.status, body = excluded.body, entity_tag = excluded.entity_tag,
                location = excluded.location, made_at = excluded.made_at
            """,
            [
                .text(request.caller), .text(request.key), .text(request.fingerprint), .int(status),
                .blob(bodyToKeep ?? body), .optional(entityTag), .optional(location), .text(InstantText.text(now)),
            ]
        )
    }

    /// Removes the answers that are no longer given again; returns how many.
    @discardableResult
    public static func removeOld(_ transaction: Transaction, now: Date) throws -> Int {
        try transaction.execute(
            "DELETE FROM kept_answer WHERE made_at <= ?",
            [.text(InstantText.text(now.addingTimeInterval(-lifetime)))]
        )
    }
}

/// Why a request that seems to come again is refused.
public enum RepeatRefusal: Refusal, Equatable {
    case otherRequest

    public var code: String { "idempotency-key-reused" }
    public var kind: RefusalKind { .conflict }

    public var sentence: Phrase {
        say("This Idempotency-Key was used for another request in the last day. Nothing was done; choose a new one.")
    }
}
