public import Database
public import Foundation

/// A human being whom the program knows, apart from what they may do: roles are held elsewhere, for a period.
public struct Person: Sendable, Equatable {
    public let id: String
    public var name: String
    /// In the form that is compared (`EmailAddress`); `nil` once erased.
    public var email: String?
    /// BCP 47: the language of mail.
    public var language: String
    public let createdAt: String
    public var signedInAt: String?
    /// Since when they can no longer sign in.
    public var closedAt: String?
    /// Since when nothing personal is held on them.
    public var erasedAt: String?
    public var hasPassword: Bool
    public var hasSecondFactor: Bool

    package init(
        id: String,
        name: String,
        email: String?,
        language: String,
        createdAt: String,
        signedInAt: String? = nil,
        closedAt: String? = nil,
        erasedAt: String? = nil,
        hasPassword: Bool,
        hasSecondFactor: Bool
    ) {
        self.id = id
        self.name = name
        self.email = email
        self.language = language
        self.createdAt = createdAt
        self.signedInAt = signedInAt
        self.closedAt = closedAt
        self.erasedAt = erasedAt
        self.hasPassword = hasPassword
        self.hasSecondFactor = hasSecondFactor
    }
}

extension Person {
    init(row: Row, first: Int = 0) throws {
        try self.init(
            id: row.text(first),
            name: row.text(first + 1),
            email: row.optionalText(first + 2),
            language: row.text(first + 3),
            createdAt: row.text(first + 4),
            signedInAt: row.optionalText(first + 5),
            closedAt: row.optionalText(first + 6),
            erasedAt: row.optionalText(first + 7),
            hasPassword: row.optionalText(first + 8) != nil,
            hasSecondFactor: row.optionalText(first + 9) != nil
        )
    }

    static let selected =
        "id, name, email, language, created_at, signed_in_at, closed_at, erased_at, password_set_at, totp_confirmed_at"

    public static func find(_ transaction: Transaction, id: String) throws -> Person? {
        try transaction.first("SELECT \(selected) FROM person WHERE id = ?", [.text(id)]) { try Person(row: $0) }
    }

    /// The person whose address this is, in the form that is compared.
    public static func find(_ transaction: Transaction, email: EmailAddress) throws -> Person? {
        try transaction.first("SELECT \(selected) FROM person WHERE email = ?", [.text(email.text)]) {
            try Person(row: $0)
        }
    }

    /// Writes down a new person. Throws `DatabaseError.constraint(.unique, _)` when the address is taken.
    public static func create(
        _ transaction: Transaction,
        name: String,
        email: EmailAddress,
        language: String,
        now: Date
    ) throws -> Person {
        let id = Identifier.make()
        try transaction.execute(
            "INSERT INTO person (id, name, email, language, created_at) VALUES (?, ?, ?, ?, ?)",
            [.text(id), .text(name), .text(email.text), .text(language), .text(InstantText.text(now))]
        )
        return Person(
            id: id,
            name: name,
            email: email.text,
            language: language,
            createdAt: InstantText.text(now),
            hasPassword: false,
            hasSecondFactor: false
        )
    }
}
