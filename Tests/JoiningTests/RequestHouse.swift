import Access
import Charter
import Database
import DatabaseTesting
import Decisions
import Dues
import Files
import Foundation
import Identity
import Journal
import Languages
import Mail
import Membership
import Standing
import Testing

@testable import Joining

/// Members of every standing with their people, and a secretariat, under the association's charter.
struct RequestHouse: Sendable {
    /// 2026-09-21, in the middle of the day.
    static let now = Date(timeIntervalSince1970: 1_790_000_000)
    static let committee = "executive-committee"
    static let assembly = "general-assembly"
    /// A member in good standing.
    static let visby = "member-visby"
    /// Suspended since 2026-08-01; it holds the one seat of the committee.
    static let riga = "member-riga"
    /// Withdrew on 2025-05-01.
    static let gdansk = "member-gdansk"
    /// A corporation, terminated on 2026-07-23: the last of its 60 days to appeal is today.
    static let acme = "member-acme"
    /// A corporation in good standing.
    static let beta = "member-beta"
    static let migrations =
        Journal.migrations + IdentityMigrations.all + AccessMigrations.all + MailMigrations.all + FilesMigrations.all
        + MembershipMigrations.all + DecisionMigrations.all + StandingMigrations.all + JoiningMigrations.all
        + DuesMigrations.all

    let database: Database
    let charter: Charter
    let services: JoiningServices
    let decisions: DecisionServices
    /// Speaks for Visby.
    let inga: Actor
    /// Keeps Visby's profile.
    let nils: Actor
    /// Votes for Visby.
    let eva: Actor
    /// Spoke for Visby until last month.
    let sven: Actor
    /// Speaks for Riga.
    let ruta: Actor
    /// Speaks for Gdańsk.
    let piotr: Actor
    /// Speaks for Acme.
    let anton: Actor
    /// Speaks for Beta.
    let berta: Actor
    let officer: Actor
    let auditor: Actor

    static func with(_ engine: Database.Engine, _ body: (RequestHouse) async throws -> Void) async throws {
        try await withDatabase(engine, migrations: migrations) { try await body(make($0)) }
    }

    static func make(_ database: Database) async throws -> RequestHouse {
        let charter = try charter()
        let services = try services(charter)
        try await database.write { try fill($0, charter) }
        func actor(_ name: String, _ language: String, _ role: Role, _ place: Place) async throws -> Actor {
            try await database.write { transaction in
                let id = try person(transaction, name, language, role, place)
                return try #require(try Actor.load(transaction, person: id, secondFactor: true, now: now))
            }
        }
        let house = RequestHouse(
            database: database,
            charter: charter,
            services: services,
            decisions: try decisions(charter, services),
            inga: try await actor("Inga Karlsson", "es", .representative, .member(visby)),
            nils: try await actor("Nils Berg", "ko", .editor, .member(visby)),
            eva: try await actor("Eva Lund", "zh", .delegate, .member(visby)),
            sven: try await actor("Sven Holm", "en", .representative, .member(visby)),
            ruta: try await actor("Ruta Kalna", "en", .representative, .member(riga)),
            piotr: try await actor("Piotr Nowak", "en", .representative, .member(gdansk)),
            anton: try await actor("Anton Maier", "en", .representative, .member(acme)),
            berta: try await actor("Berta Klein", "en", .representative, .member(beta)),
            officer: try await actor("Oh Ji-woo", "en", .officer, .association),
            auditor: try await actor("Ada Audit", "en", .auditor, .association)
        )
        try await database.write { transaction in
            try transaction.execute(
                "UPDATE role_grant SET ends_on = '2026-08-31' WHERE person_id = ?",
                [.text(house.sven.person.id)]
            )
        }
        return house
    }

    static func charter() throws -> Charter {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try Charter.load(path: root.appending(path: "Charters/wego.yaml").path)
    }

    private static func correspondence(_ charter: Charter) throws -> Correspondence {
        Correspondence(
            siteAddress: "https://hansa.example",
            speeches: try .shipped().naming(charter.translations)
        )
    }

    static func services(_ charter: Charter) throws -> JoiningServices {
        let correspondence = try correspondence(charter)
        return JoiningServices(
            charter: charter,
            rules: UploadRules(charter: charter, countries: .none),
            letters: JoiningLetters(
                templates: try MailTemplates.load(folder: JoiningLetters.folder),
                correspondence: correspondence,
                charter: charter
            ),
            memberLetters: MemberLetters(
                templates: try MailTemplates.load(folder: MemberLetters.folder),
                correspondence: correspondence
            ),
            invitations: Letters(
                templates: try MailTemplates.load(folder: Letters.folder),
                correspondence: correspondence,
                charter: charter
            ),
            places: Access.Places(charter: charter) { transaction, id in
                try transaction.first("SELECT name FROM member WHERE id = ?", [.text(id)]) { try $0.text(0) }
            }
        )
    }

    private static func decisions(_ charter: Charter, _ services: JoiningServices) throws -> DecisionServices {
        let standing = StandingMatter(charter: charter, letters: services.memberLetters)
        return DecisionServices(
            charter: charter,
            matters: Matters([standing] + JoiningParts.matters(services)),
            letters: DecisionLetters(
                templates: try MailTemplates.load(folder: DecisionLetters.folder),
                correspondence: try correspondence(charter),
                charter: charter
            )
        )
    }

    private static func person(
        _ transaction: Transaction,
        _ name: String,
        _ language: String,
        _ role: Role,
        _ place: Place
    ) throws -> String {
        let address = name.lowercased().replacing(" ", with: ".") + "@example.org"
        let email = try #require(EmailAddress(address))
        let person = try Person.create(transaction, name: name, email: email, language: language, now: now)
        try give(transaction, person.id, role, place)
        return person.id
    }

    static func give(_ transaction: Transaction, _ person: String, _ role: Role, _ place: Place) throws {
        try transaction.execute(
            """
            INSERT INTO role_grant (id, person_id, role, place_kind, place_id, starts_on, given_at)
            VALUES (?, ?, ?, ?, ?, '2026-01-01', ?)
            """,
            [
                .text(Identifier.make()), .text(person), .text(role.rawValue), .text(place.kind), .text(place.id),
                .text(InstantText.text(now)),
            ]
        )
    }

    private static func fill(_ transaction: Transaction, _ charter: Charter) throws {
        try transaction.execute("INSERT INTO source (code, title, origin) VALUES ('R', 'Report', 'import')")
        for (id, category, name) in [
            (visby, "local-government", "Visby"), (riga, "local-government", "Riga"),
            (gdansk, "local-government", "Gdańsk"), (acme, "corporation", "Acme"), (beta, "corporation", "Beta"),
        ] { try add(transaction, id, category, name) }
        for (id, status, day) in [
            (visby, "member", "2015-03-01"), (riga, "member", "2015-03-01"), (riga, "suspended", "2026-08-01"),
            (gdansk, "member", "2015-03-01"), (gdansk, "withdrawn", "2025-05-01"), (acme, "member", "2018-01-01"),
            (acme, "terminated", "2026-07-23"), (beta, "member", "2018-01-01"),
        ] { try step(transaction, id, status, day, charter) }
        try transaction.execute(
            """
            INSERT INTO member_office (member_id, office, valid_from, valid_to, source, origin)
            VALUES (?, 'president-city', '2023-09-26', '2026-12-31', 'R', 'import')
            """,
            [.text(riga)]
        )
    }

    static func add(_ transaction: Transaction, _ id: String, _ category: String, _ name: String) throws {
        try transaction.execute(
            """
            INSERT INTO member (id, key, category, country, region, name, source, origin)
            VALUES (?, ?, ?, 'SE', 'europe', ?, 'R', 'import')
            """,
            [.text(id), .text(id.replacing("member-", with: "")), .text(category), .text(name)]
        )
    }

    static func step(
        _ transaction: Transaction,
        _ id: String,
        _ status: String,
        _ day: String,
        _ charter: Charter,
        now: Date = RequestHouse.now
    ) throws {
        let step = ChangeStatus(
            memberID: id,
            seenRevision: nil,
            status: status,
            day: day,
            grounds: "As recorded",
            charter: charter
        )
        try step.perform(transaction, by: .operatorNamed("clerk"), now: now)
    }
}
