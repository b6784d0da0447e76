import Access
import Charter
import Database
import DatabaseTesting
import Decisions
import Dues
import Files
import Foundation
import Identity
import Joining
import Journal
import Mail
import Standing
import Testing

@testable import Membership

/// A small membership under the association's charter: three cities and two corporations, with two events whose lists
/// are whole.
struct StandingFixture {
    let database: Database
    let charter: Charter
    let now = InstantText.date("2026-11-21T09:30:00.000000Z") ?? .distantPast
    let clerk = Actor.operatorNamed("clerk")

    static let today = Records.day("2026-11-21")

    static let members = """
        member,category,country,region,name,area_km2,website,latitude,longitude,coordinates_source,tags,description,source,locator,note
        visby,local-government,SE,europe,Visby,,,,,,,,AB10,p. 1,
        lubeck,local-government,DE,europe,Lübeck,,,,,,,,AB10,p. 1,
        riga,local-government,LV,europe,Riga,,,,,,,,AB10,p. 1,
        acme,corporation,DE,europe,Acme,,,,,,,,AB10,p. 1,
        beta,corporation,DE,europe,Beta,,,,,,,,AB10,p. 1,

        """
    static let statuses = """
        member,status,earliest,latest,grounds,decision,source,locator,note
        visby,member,2010-01-01,2010-12-31,,,AB10,p. 1,
        lubeck,member,2012-05-01,2012-05-01,,,AB10,p. 1,
        riga,member,2015-03-01,2015-03-01,,,AB10,p. 1,
        acme,member,2018-01-01,2018-01-01,,,AB10,p. 1,
        beta,member,2018-01-01,2018-01-01,,,AB10,p. 1,

        """
    static let events = """
        event,name,kind,date_from,date_to,place,source,locator
        forum-2020,Forum 2020,conference,2020-05-05,2020-05-05,Tallinn,AR2020,p. 3
        forum-2025,Forum 2025,conference,2025-06-01,2025-06-02,Tallinn,AR2021,p. 3

        """
    static let participations = """
        event,member,printed,position,capacity,mode,source,locator,note
        forum-2020,visby,Wisby,Mayor,delegate,online,AR2020,p. 3,
        forum-2025,lubeck,Lübeck,,delegate,on-site,AR2021,p. 3,

        """

    static func with(_ engine: Database.Engine, _ body: (StandingFixture) async throws -> Void) async throws {
        let charter = try Records.charter()
        try await withDatabase(engine, migrations: Records.migrations) { database in
            let fixture = StandingFixture(database: database, charter: charter)
            _ = try await Records.importer(database, charter).importFile(Records.folder + "/sources.csv")
            try await fixture.take("members.csv", members)
            try await fixture.take("statuses.csv", statuses)
            try await fixture.take("events.csv", events)
            try await fixture.take("participations.csv", participations)
            try await body(fixture)
        }
    }

    @discardableResult
    func take(_ file: String, _ text: String) async throws -> ImportedFile {
        let table = try #require(ImportTable.all.first { $0.file == file })
        return try await Records.importer(database, charter).importBytes(Array(text.utf8), as: table)
    }

    @discardableResult
    func run<C: Command>(_ command: C, at instant: Date? = nil) async throws -> C.Outcome {
        try await database.run(command, as: clerk, now: instant ?? now)
    }

    func ask<Q: Question>(_ question: Q) async throws -> Q.Answer {
        try await database.ask(question, as: clerk, now: now)
    }

    func event(_ key: String) async throws -> OneEvent.Answer { try await ask(OneEvent(key)) }

    /// `visby delegate online` for each who took part.
    func took(_ event: String) async throws -> [String] {
        try await self.event(event).participations.map { "\($0.memberKey) \($0.capacity) \($0.mode)" }
    }

    /// The actions of the journal about a member, the latest first.
    func journal(_ member: String) async throws -> [String] {
        try await database.read { transaction in
            let id = try transaction.first("SELECT id FROM member WHERE key = ?", [.text(member)]) { try $0.text(0) }
            return try Journal.entries(transaction, of: .init("member", id ?? ""), before: nil, limit: 50)
                .sorted { $0.entry.id > $1.entry.id }.map(\.entry.action)
        }
    }
}

/// Payments that are on record since a day, of the members whose keys are named.
struct Payments: PaymentSource, PaymentRecords {
    let from: Day
    let last: [String: Day]

    /// Every payment since 2010 is on record, and there is none.
    static let none = Payments(from: Records.day("2010-01-01"), last: [:])

    func payments(_ transaction: Transaction, on day: Day) throws -> any PaymentRecords {
        var byID: [String: Day] = [:]
        for (key, day) in last {
            let id = try transaction.first("SELECT id FROM member WHERE key = ?", [.text(key)]) { try $0.text(0) }
            byID[id ?? ""] = day
        }
        return Payments(from: from, last: byID)
    }

    func record(ofMember id: String) -> PaymentRecord { .known(last: last[id], from: from) }
}

/// The records of the association, as the tests of this target read them.
enum Records {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path
    static let folder = root + "/Data/wego"
    static let migrations =
        Journal.migrations + IdentityMigrations.all + AccessMigrations.all + MailMigrations.all + FilesMigrations.all
        + MembershipMigrations.all + DecisionMigrations.all + StandingMigrations.all + JoiningMigrations.all
        + DuesMigrations.all
    static let noon = Date(timeIntervalSince1970: 1_790_000_000)

    static func charter() throws -> Charter { try Charter.load(path: root + "/Charters/wego.yaml") }

    static func importer(_ database: Database, _ charter: Charter) -> Importer {
        Importer(database: database, charter: charter, countries: [], actor: "test", now: { noon })
    }

    static func day(_ text: String) -> Day { Day(text) ?? Day.first }
}
