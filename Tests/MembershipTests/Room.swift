import Access
import Charter
import Database
import DatabaseTesting
import Files
import Foundation
import Identity
import Journal
import Mail
import Testing

@testable import Membership

/// Two small members with their people and a secretariat.
struct Room: Sendable {
    static let now = Date(timeIntervalSince1970: 1_790_000_000)
    static let visby = "member-visby"
    static let riga = "member-riga"

    let database: Database
    let charter: Charter
    let letters: MemberLetters
    let files: FileStore
    /// Visby's.
    let representative: Actor
    let editor: Actor
    let delegate: Actor
    /// Riga's representative.
    let stranger: Actor
    let officer: Actor
    let communication: Actor
    let auditor: Actor

    static func with(_ engine: Database.Engine, _ body: (Room) async throws -> Void) async throws {
        let charter = try Records.charter()
        let letters = MemberLetters(
            templates: try MailTemplates.load(folder: MemberLetters.folder),
            correspondence: Correspondence(siteAddress: "https://hansa.example", speeches: try .shipped())
        )
        let folder = NSTemporaryDirectory() + "/" + Identifier.make()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await withDatabase(engine, migrations: Records.migrations) { database in
            try await database.write { try fill($0) }
            func actor(_ name: String, _ role: Role, _ place: Place, language: String = "en") async throws -> Actor {
                try await database.write { transaction in
                    let person = try Room.person(transaction, name, role, place, language: language)
                    return try #require(try Actor.load(transaction, person: person, secondFactor: true, now: now))
                }
            }
            try await body(
                Room(
                    database: database,
                    charter: charter,
                    letters: letters,
                    files: FileStore(folder: folder),
                    representative: actor("Inga Karlsson", .representative, .member(visby), language: "es"),
                    editor: actor("Nils Berg", .editor, .member(visby)),
                    delegate: actor("Eva Lund", .delegate, .member(visby)),
                    stranger: actor("Janis Ozols", .representative, .member(riga)),
                    officer: actor("Oh Ji-woo", .officer, .association),
                    communication: actor("Kim Da-som", .communication, .association),
                    auditor: actor("Ada Audit", .auditor, .association)
                )
            )
        }
    }

    static func person(
        _ transaction: Transaction,
        _ name: String,
        _ role: Role,
        _ place: Place,
        language: String = "en",
        until: String? = nil
    ) throws -> String {
        let address = name.lowercased().replacing(" ", with: ".") + "@example.org"
        let email = try #require(EmailAddress(address))
        let person = try Person.create(transaction, name: name, email: email, language: language, now: now)
        try transaction.execute(
            """
            INSERT INTO role_grant (id, person_id, role, place_kind, place_id, starts_on, ends_on, given_at)
            VALUES (?, ?, ?, ?, ?, '2026-01-01', ?, ?)
            """,
            [
                .text(Identifier.make()), .text(person.id), .text(role.rawValue), .text(place.kind), .text(place.id),
                .optional(until), .text(InstantText.text(now)),
            ]
        )
        return person.id
    }

    private static func fill(_ transaction: Transaction) throws {
        try transaction.execute("INSERT INTO source (code, title, origin) VALUES ('R', 'Report', 'import')")
        for (id, key, name) in [(visby, "visby", "Visby"), (riga, "riga", "Riga")] {
            try transaction.execute(
                """
                INSERT INTO member (id, key, category, country, region, name, tags, source, origin)
                VALUES (?, ?, 'local-government', 'SE', 'europe', ?, 'port', 'R', 'import')
                """,
                [.text(id), .text(key), .text(name)]
            )
            try transaction.execute(
                """
                INSERT INTO member_name (member_id, name, language, kind, valid_from, source, locator, origin)
                VALUES (?, ?, 'en', 'name', '', 'R', '', 'import')
                """,
                [.text(id), .text(name)]
            )
            try transaction.execute(
                """
                INSERT INTO member_status (member_id, status, earliest, latest, source, origin)
                VALUES (?, 'member', '2015-03-01', '2015-03-01', 'R', 'import')
                """,
                [.text(id)]
            )
            try transaction.execute(
                """
                INSERT INTO member_figure (member_id, kind, value, unit, year_latest, source, locator, origin)
                VALUES (?, 'population', 23880, 'people', 2020, 'R', '', 'import')
                """,
                [.text(id)]
            )
        }
    }

    func run<C: Command>(_ command: C, as actor: Actor) async throws -> C.Outcome {
        try await database.run(command, as: actor, now: Self.now)
    }

    func ask<Q: Question>(_ question: Q, as actor: Actor) async throws -> Q.Answer {
        try await database.ask(question, as: actor, now: Self.now)
    }

    /// What `body` refuses with; `nil` when it goes through.
    func refusal(_ body: () async throws -> Void) async -> (any Error)? {
        do {
            try await body()
            return nil
        } catch { return error }
    }

    /// A picture of one point in one of some colours.
    func picture(_ colour: UInt8) async throws -> PictureFile {
        let sent: [UInt8] =
            Array("GIF89a".utf8) + [1, 0, 1, 0, 0x80, 0, 0, colour, 40, 40, 0, 0, 0, 0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0]
            + [2, 2, 0x44, 1, 0, 0x3b]
        let picture = try await Picture.reencode(sent, largestSide: 100)
        let stored = try await files.put(picture.bytes, as: picture.type, now: Self.now)
        return try #require(PictureFile(picture, stored: stored))
    }

    func content() async throws -> MemberSelf {
        try await database.read { try MemberSelf.load($0, member: Self.visby) }
    }

    func revision() async throws -> Int? {
        try await database.read { try MemberRevision.current($0, Self.visby) }
    }

    func actions(_ kind: String, _ id: String) async throws -> [String] {
        try await database.read { try Journal.entries($0, of: .init(kind, id)).map(\.entry.action) }
    }
}
