import Access
import Charter
import Database
import DatabaseTesting
import Decisions
import Files
import Foundation
import Identity
import Joining
import Journal
import Mail
import Standing
import Testing

@testable import Dues
@testable import Membership

/// Members of every category under the association's charter, with the figures that a report could have of them.
struct FeeHouse {
    let database: Database
    let charter: Charter
    let clerk = Actor.operatorNamed("clerk")

    /// 2026-11-22, in the morning.
    static let now = InstantText.date("2026-11-22T09:30:00.000000Z") ?? .distantPast
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    static let migrations =
        Journal.migrations + IdentityMigrations.all + AccessMigrations.all + MailMigrations.all + FilesMigrations.all
        + MembershipMigrations.all + DecisionMigrations.all + StandingMigrations.all + JoiningMigrations.all
        + DuesMigrations.all

    static let members = """
        member,category,country,region,name,area_km2,website,latitude,longitude,coordinates_source,tags,description,source,locator,note
        acme,corporation,DE,europe,Acme,,,,,,,,AB10,p. 1,
        guild,institution,DE,europe,Guild,,,,,,,,AB10,p. 1,
        riga,local-government,LV,europe,Riga,,,,,,,,AB10,p. 1,
        union,institution,,,Union of Ports,,,,,,,,AB10,p. 1,
        visby,local-government,SE,europe,Visby,,,,,,,,AB10,p. 1,

        """
    static let statuses = """
        member,status,earliest,latest,grounds,decision,source,locator,note
        acme,member,2018-01-01,2018-01-01,,,AB10,p. 1,
        guild,member,2018-01-01,2018-01-01,,,AB10,p. 1,
        riga,member,2015-03-01,2015-03-01,,,AB10,p. 1,
        riga,withdrawn,2023-05-01,2023-05-01,,,AB10,p. 1,
        union,member,2018-01-01,2018-01-01,,,AB10,p. 1,
        visby,member,2012-05-01,2012-05-01,,,AB10,p. 1,

        """
    static let figures = """
        member,kind,value,unit,year_earliest,year_latest,source,locator,note
        visby,population,57000,people,2018,2018,AB10,p. 2,
        visby,population,100000,people,2021,2021,AR2021,p. 2,
        visby,area,3140,km2,2021,2021,AR2021,p. 2,
        acme,employees,300,people,2020,2020,AR2020,p. 2,

        """

    static func with(_ engine: Database.Engine, _ body: (FeeHouse) async throws -> Void) async throws {
        let charter = try charter()
        try await withDatabase(engine, migrations: migrations) { database in
            let house = FeeHouse(database: database, charter: charter)
            _ = try await house.importer.importFile(root.path + "/Data/wego/sources.csv")
            try await house.take("members.csv", members)
            try await house.take("statuses.csv", statuses)
            try await house.take("figures.csv", figures)
            try await body(house)
        }
    }

    static func charter() throws -> Charter {
        try Charter.load(path: root.appending(path: "Charters/wego.yaml").path)
    }

    /// What a file of the source tree says.
    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    private var importer: Importer {
        Importer(database: database, charter: charter, countries: [], actor: "test", now: { Self.now })
    }

    private func take(_ file: String, _ text: String) async throws {
        let table = try #require(ImportTable.all.first { $0.file == file })
        _ = try await importer.importBytes(Array(text.utf8), as: table)
    }
}

extension FeeHouse {
    @discardableResult
    func run<C: Command>(_ command: C, as actor: Actor? = nil, at now: Date = FeeHouse.now) async throws -> C.Outcome {
        try await database.run(command, as: actor ?? clerk, now: now)
    }

    func ask<Q: Question>(_ question: Q, as actor: Actor? = nil) async throws -> Q.Answer {
        try await database.ask(question, as: actor ?? clerk, now: Self.now)
    }

    /// Enters a figure; the empty text of a member makes it the country's.
    @discardableResult
    func enter(
        _ member: String,
        _ measure: String,
        _ value: String,
        _ asOf: String,
        country: String = "",
        source: String = "Its letter",
        invented: Bool = false
    ) async throws -> String {
        let draft = FeeInputDraft(
            member: member,
            country: country,
            measure: measure,
            value: value,
            asOf: asOf,
            source: source,
            isInvented: invented
        )
        return try await run(EnterFeeInput(draft, charter: charter, countries: .none))
    }

    func bring(_ text: String) async throws -> ImportFeeInputs.Outcome {
        let file = try ImportFeeInputs(file: "f.csv", bytes: Array(text.utf8), charter: charter, countries: .none)
        return try await run(file)
    }

    func fee(_ member: String, _ year: Int, _ assuming: [String: String] = [:]) async throws -> MemberFee {
        let assumptions = try FeeAssumptions(typed: assuming, charter: charter)
        return try await ask(FeeOfMember(member, year: year, assuming: assumptions, charter: charter)).fee
    }

    /// The fee in whole units; nil where it cannot be told.
    func amount(_ member: String, _ year: Int, _ assuming: [String: String] = [:]) async throws -> Int? {
        try await fee(member, year, assuming).outcome.answer?.fee
    }

    func id(_ member: String) async throws -> String {
        try await database.read { transaction in
            try #require(
                try transaction.first("SELECT id FROM member WHERE key = ?", [.text(member)]) { try $0.text(0) }
            )
        }
    }

    func inputs(all: Bool = false) async throws -> [FeeInput] { try await ask(FeeInputs(all: all)).inputs }

    /// The entries of the journal on figures for fees, the earliest first.
    func journal() async throws -> [String] {
        try await database.read { transaction in
            try transaction.query(
                "SELECT action, subject_kind FROM journal_entry WHERE action LIKE 'fee-input.%' ORDER BY id"
            ) { "\(try $0.text(0)) \(try $0.text(1))" }
        }
    }

    /// The fields that input is refused for.
    func refused(_ body: () async throws -> Void) async throws -> [String] {
        do {
            try await body()
            return []
        } catch let invalid as InvalidInput { return invalid.fields.map(\.name) }
    }

    /// Somebody who holds a role in a place.
    func somebody(_ role: Role, _ place: Place) async throws -> Actor {
        try await database.write { transaction in
            let address = try #require(EmailAddress("\(role.rawValue)-\(place.id)@example.org"))
            let person = try Person.create(
                transaction,
                name: "Somebody",
                email: address,
                language: "en",
                now: Self.now
            )
            try transaction.execute(
                """
                INSERT INTO role_grant (id, person_id, role, place_kind, place_id, starts_on, given_at)
                VALUES (?, ?, ?, ?, ?, '2026-01-01', ?)
                """,
                [
                    .text(Identifier.make()), .text(person.id), .text(role.rawValue), .text(place.kind),
                    .text(place.id), .text(InstantText.text(Self.now)),
                ]
            )
            return try #require(try Actor.load(transaction, person: person.id, secondFactor: true, now: Self.now))
        }
    }
}
