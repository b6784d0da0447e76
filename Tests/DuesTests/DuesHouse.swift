import Access
import Charter
import Database
import DatabaseTesting
import Decisions
import Documents
import Files
import Foundation
import Identity
import Joining
import Journal
import Languages
import Logging
import Mail
import Standing
import Testing

@testable import Dues
@testable import Membership

/// Local governments of an invented network, all of them on the roll since 2019 with the same population, unless a test
/// says otherwise. By the association's charter each owes USD 1,000 a year.
struct DuesHouse {
    let database: Database
    let services: DuesServices
    var charter: Charter { services.charter }
    let clerk = Actor.operatorNamed("clerk")

    /// 2024-03-05, in the morning.
    static let now = InstantText.date("2024-03-05T09:30:00.000000Z") ?? .distantPast
    static let today = "2024-03-05"

    /// A member of the network.
    struct Town {
        var key: String
        var name = ""
        var category = "local-government"
        /// The ISO day on which it became a member.
        var from = "2019-01-01"
        /// The ISO day from which it is none any more.
        var to: String?
        /// `nil` where nobody knows it.
        var population: Int? = 250_000
    }

    /// - Parameters:
    ///   - change: text of the association's charter and what it is changed to.
    ///   - pdf: what makes documents.
    static func with(
        _ engine: Database.Engine,
        _ towns: [Town],
        charter change: [String: String] = [:],
        pdf: PDFMaker = PDFMaker(),
        _ body: (DuesHouse) async throws -> Void
    ) async throws {
        let services = try services(charter(change), pdf)
        try await withDatabase(engine, migrations: FeeHouse.migrations) { database in
            let house = DuesHouse(database: database, services: services)
            try await house.fill(towns)
            try await body(house)
        }
    }

    /// Some towns that differ in nothing but their names.
    static func towns(_ count: Int) -> [Town] {
        (1...count).map { number in
            let digits = String(number)
            return Town(key: "town-" + String(repeating: "0", count: 4 - digits.count) + digits)
        }
    }

    static func charter(_ change: [String: String] = [:]) throws -> Charter {
        var text = try FeeHouse.text("Charters/wego.yaml")
        for (from, to) in change {
            #expect(text.contains(from), "the charter has no \(from)")
            text = text.replacing(from, with: to)
        }
        return try #require(Charter.lint(text: text, file: "wego.yaml").charter)
    }

    static func services(_ charter: Charter, _ pdf: PDFMaker = PDFMaker()) throws -> DuesServices {
        DuesServices(
            charter: charter,
            letters: DuesLetters(
                templates: try MailTemplates.load(folder: DuesLetters.folder),
                correspondence: Correspondence(
                    siteAddress: "https://hansa.example",
                    speeches: try .shipped().naming(charter.translations),
                    offered: Language.forReaders
                ),
                charter: charter
            ),
            pdf: pdf
        )
    }

    private func fill(_ towns: [Town]) async throws {
        var members = """
            member,category,country,region,name,area_km2,website,latitude,longitude,coordinates_source,tags,description,source,locator,note

            """
        var statuses = "member,status,earliest,latest,grounds,decision,source,locator,note\n"
        var figures = "member,kind,value,unit,year_earliest,year_latest,source,locator,note\n"
        for town in towns {
            let name = town.name.isEmpty ? town.key.capitalized : town.name
            members += "\(town.key),\(town.category),SE,europe,\"\(name)\",,,,,,,,AB10,p. 1,\n"
            statuses += "\(town.key),member,\(town.from),\(town.from),,,AB10,p. 1,\n"
            if let to = town.to { statuses += "\(town.key),withdrawn,\(to),\(to),,,AB10,p. 1,\n" }
            if let population = town.population {
                figures += "\(town.key),population,\(population),people,2018,2018,AB10,p. 2,\n"
            }
        }
        let importer = Importer(database: database, charter: charter, countries: [], actor: "test", now: { Self.now })
        _ = try await importer.importFile(FeeHouse.root.path + "/Data/wego/sources.csv")
        for (file, text) in [("members.csv", members), ("statuses.csv", statuses), ("figures.csv", figures)] {
            let table = try #require(ImportTable.all.first { $0.file == file })
            _ = try await importer.importBytes(Array(text.utf8), as: table)
        }
    }
}

extension DuesHouse {
    @discardableResult
    func run<C: Command>(_ command: C, as actor: Actor? = nil, at now: Date = DuesHouse.now) async throws -> C.Outcome {
        try await database.run(command, as: actor ?? clerk, now: now)
    }

    func ask<Q: Question>(
        _ question: Q,
        as actor: Actor? = nil,
        at now: Date = DuesHouse.now
    ) async throws -> Q.Answer {
        try await database.ask(question, as: actor ?? clerk, now: now)
    }

    var issuing: IssueDues { IssueDues(database: database, services: services, logger: Logger(label: "test")) }

    /// Starts a run and does all of it.
    @discardableResult
    func issue(
        _ year: Int = 2024,
        on day: String = "",
        at now: Date = DuesHouse.now
    ) async throws -> IssueDues.Outcome {
        let id = try await run(StartDuesRun(year, issuedOn: day, charter: charter), at: now)
        return try await issuing.run(id, now: now)
    }

    /// All invoices, by their numbers.
    func invoices() async throws -> [Invoice] {
        try await database.read { transaction in
            try transaction.query("\(Invoice.selection) ORDER BY i.number") { try Invoice(row: $0) }
        }
    }

    func invoice(of member: String) async throws -> Invoice {
        try #require(try await invoices().last { $0.memberKey == member })
    }

    /// Who represents a member, with an account of their own.
    @discardableResult
    func representative(
        of member: String,
        _ name: String,
        language: String = "en",
        since day: String = "2023-01-01"
    ) async throws -> Actor {
        let id = try await self.id(member)
        return try await somebody(name, .representative, .member(id), language: language, since: day)
    }

    /// Somebody who holds a role in a place.
    func somebody(
        _ name: String,
        _ role: Role,
        _ place: Place,
        language: String = "en",
        since day: String = "2023-01-01"
    ) async throws -> Actor {
        try await database.write { transaction in
            let email = try #require(EmailAddress(name.lowercased().replacing(" ", with: ".") + "@example.org"))
            let person = try Person.create(transaction, name: name, email: email, language: language, now: Self.now)
            try transaction.execute(
                """
                INSERT INTO role_grant (id, person_id, role, place_kind, place_id, starts_on, given_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    .text(Identifier.make()), .text(person.id), .text(role.rawValue), .text(place.kind),
                    .text(place.id), .text(day), .text(InstantText.text(Self.now)),
                ]
            )
            return try #require(try Actor.load(transaction, person: person.id, secondFactor: true, now: Self.now))
        }
    }

    func id(_ member: String) async throws -> String {
        try await database.read { try DuesMember.load($0, key: member).id }
    }

    /// The letters of a kind: to whom, and what they say.
    func letters(_ cause: String = "dues-invoice") async throws -> [(to: String, subject: String, text: String)] {
        try await database.read { transaction in
            try transaction.query(
                "SELECT recipient, subject, body_text FROM mail WHERE cause LIKE ? ORDER BY recipient, cause",
                [.text("\(cause):%")]
            ) { (to: try $0.text(0), subject: try $0.text(1), text: $0.optionalText(2) ?? "") }
        }
    }

    func count(_ table: String) async throws -> Int {
        try await database.read { transaction in
            try transaction.first("SELECT COUNT(*) FROM \(table)") { try $0.integer(0) } ?? 0
        }
    }

    /// The actions of the journal about something, the earliest first.
    func actions(_ kind: String, _ id: String) async throws -> [String] {
        try await database.read { try Journal.entries($0, of: .init(kind, id)).map(\.entry.action).reversed() }
    }

    /// What `body` throws; `nil` when it goes through.
    func problem(_ body: () async throws -> Void) async -> (any Error)? {
        do {
            try await body()
            return nil
        } catch { return error }
    }

    func usd(_ whole: Int) throws -> Money { try Money(whole: whole, Currency("USD")) }

    static func day(_ iso: String) throws -> Day { try #require(Day(iso)) }
}
