import Access
import Charter
import Database
import DatabaseTesting
import Foundation
import Jobs
import Journal
import Languages
import Mail

@testable import Identity

/// A secretariat with an administrator, a database of its own, and two members: Seoul (`m1`) and Busan (`m2`).
struct Desk: Sendable {
    static let start = Date(timeIntervalSince1970: 1_790_000_000)
    static let migrations =
        Journal.migrations + IdentityMigrations.all + MailMigrations.all + JobsMigrations.all
        + AccessMigrations.all
    /// Passwords here protect nothing.
    static let cheap = ScryptCost(logN: 4, blockSize: 8, parallelism: 1) ?? .recommended
    static let members = ["m1": "Seoul", "m2": "Busan"]
    static let charterPath = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Charters/wego.yaml").path()

    let database: Database
    let charter: Charter
    let places: Places
    let letters: Letters
    let signIn: SignIn
    let administrator: Actor
    let now = Desk.start
    let doorstep = Doorstep(address: "203.0.113.9", agent: "Firefox")

    static func open(
        _ database: Database,
        policy: SignInPolicy = SignInPolicy(),
        sources: [PersonalDataSource] = []
    ) async throws -> Desk {
        let charter = try Charter.load(path: charterPath)
        let places = Places(charter: charter) { _, id in members[id] }
        let letters = Letters(
            templates: try MailTemplates.load(folder: Letters.folder),
            correspondence: Correspondence(
                siteAddress: "https://hansa.test",
                speeches: try .shipped(),
                offered: [.english, .korean]
            ),
            charter: charter
        )
        let signIn = SignIn(
            database: database,
            hasher: PasswordHasher(concurrent: 2, cost: Desk.cheap),
            letters: letters,
            sources: sources,
            policy: policy
        )
        let id = try await add(database, "Jiwon Park", "jiwon@wego.test", [(.administrator, .association)])
        let administrator = try await actor(database, id)
        return Desk(
            database: database,
            charter: charter,
            places: places,
            letters: letters,
            signIn: signIn,
            administrator: administrator
        )
    }

    /// Writes a person down who has come in before, with roles since yesterday.
    static func add(
        _ database: Database,
        _ name: String,
        _ email: String,
        _ roles: [(Role, Place)]
    ) async throws -> String {
        try await database.write { transaction in
            guard let address = EmailAddress(email) else { throw InvalidInput("email", .verbatim(email)) }
            let person = try Person.create(transaction, name: name, email: address, language: "en", now: start)
            try transaction.execute(
                "UPDATE person SET signed_in_at = ? WHERE id = ?",
                [.text(InstantText.text(start)), .text(person.id)]
            )
            for (role, place) in roles {
                try transaction.execute(
                    """
                    INSERT INTO role_grant (id, person_id, role, place_kind, place_id, starts_on, given_at)
                    VALUES (?, ?, ?, ?, ?, '2020-01-01', '2020-01-01T00:00:00.000000Z')
                    """,
                    [
                        .text(Identifier.make()), .text(person.id), .text(role.rawValue), .text(place.kind),
                        .text(place.id),
                    ]
                )
            }
            return person.id
        }
    }

    func add(_ name: String, _ email: String, _ roles: (Role, Place)...) async throws -> String {
        try await Self.add(database, name, email, roles)
    }

    static func actor(_ database: Database, _ id: String, secondFactor: Bool = true) async throws -> Actor {
        let actor = try await database.read { try Actor.load($0, person: id, secondFactor: secondFactor, now: start) }
        guard let actor else { throw AccessRefusal.notAllowed(.ownAccount) }
        return actor
    }

    func actor(_ id: String, secondFactor: Bool = true) async throws -> Actor {
        try await Self.actor(database, id, secondFactor: secondFactor)
    }

    @discardableResult
    func run<C: Command>(_ command: C, as actor: Actor? = nil, at now: Date = Desk.start) async throws -> C.Outcome {
        try await database.run(command, as: actor ?? administrator, now: now)
    }

    func ask<Q: Question>(_ question: Q, as actor: Actor? = nil, at now: Date = Desk.start) async throws -> Q.Answer {
        try await database.ask(question, as: actor ?? administrator, now: now)
    }

    func person(_ id: String) async throws -> Person? { try await database.read { try Person.find($0, id: id) } }

    /// Mails as `address: cause's kind`, in the order in which they were written.
    func mails() async throws -> [Letter] {
        try await database.read { transaction in
            try transaction.query("SELECT recipient, subject, body_text, is_confidential FROM mail ORDER BY id") {
                row in
                Letter(
                    to: try row.text(0),
                    subject: try row.text(1),
                    text: row.optionalText(2) ?? "",
                    isConfidential: try row.flag(3)
                )
            }
        }
    }

    /// The secret of the link in the newest mail to an address.
    func secret(to address: String) async throws -> Secret {
        let text = try await mails().last { $0.to == address }?.text ?? ""
        let key = text.components(separatedBy: "?key=").dropFirst().first?.prefix(43)
        guard let secret = key.flatMap({ Secret(String($0)) }) else { throw SignInRefusal.worthlessLink }
        return secret
    }

    func count(_ table: String) async throws -> Int {
        try await database.read { try $0.first("SELECT COUNT(*) FROM \(table)") { try $0.integer(0) } ?? 0 }
    }

    /// The actions of the journal's entries about a person, the oldest first.
    func journal(about id: String) async throws -> [String] {
        try await database.read { transaction in
            try Journal.entries(transaction, of: .init("person", id)).reversed().map(\.entry.action)
        }
    }

    /// Gives somebody a confirmed second factor and returns what makes its codes.
    func addSecondFactor(_ id: String) async throws -> TimeCode {
        try await database.write { transaction in
            let code = try SecondFactor.begin(transaction, person: id)
            let step = TimeCode.step(Desk.start) - 10
            _ = try SecondFactor.confirm(
                transaction,
                person: id,
                code: code.code(step: step),
                now: Date(timeIntervalSince1970: Double(step * 30))
            )
            return code
        }
    }

    func setPassword(_ id: String, _ password: String) async throws {
        let hash = try await signIn.hasherForTests.hash(password)
        try await database.write { try Person.setPassword($0, id: id, hash: hash, now: Desk.start) }
    }
}

struct Letter: Sendable, Equatable {
    let to: String
    let subject: String
    let text: String
    let isConfidential: Bool
}

extension SignIn {
    var hasherForTests: PasswordHasher { PasswordHasher(concurrent: 2, cost: Desk.cheap) }
}

/// Runs a test at a desk of its own.
func withDesk(
    _ engine: Database.Engine,
    policy: SignInPolicy = SignInPolicy(),
    sources: [PersonalDataSource] = [],
    _ body: (Desk) async throws -> Void
) async throws {
    try await withDatabase(engine, migrations: Desk.migrations) { database in
        try await body(try await Desk.open(database, policy: policy, sources: sources))
    }
}

/// The refusal with which something ends, or `nil`.
func refusal(_ body: () async throws -> Void) async throws -> (any Error)? {
    do {
        try await body()
        return nil
    } catch { return error }
}
