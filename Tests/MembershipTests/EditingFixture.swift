import Access
import Charter
import Database
import DatabaseTesting
import Foundation
import Identity
import Journal
import Testing

@testable import Membership

/// A small membership that is changed by hand: Visby, Lübeck and Riga.
struct EditingFixture {
    let database: Database
    let directory: Membership.Directory
    let now = InstantText.date("2026-11-21T09:30:00.000000Z") ?? .distantPast

    var charter: Charter { directory.charter }
    static let countries: Set<String> = ["SE", "DE", "LV", "KZ"]
    static let members = """
        member,category,country,region,name,area_km2,website,latitude,longitude,coordinates_source,tags,description,source,locator,note
        visby,local-government,SE,europe,Visby,12.5,https://www.visby.se,57.6348,18.2948,HAND,,Walled town.,AB10,p. 1,
        lubeck,local-government,DE,europe,Lübeck,,,53.87,10.69,HAND,harbour,,AB10,p. 1,
        riga,local-government,LV,europe,Riga,,,,,,,,AB10,p. 1,

        """
    static let statuses = """
        member,status,earliest,latest,grounds,decision,source,locator,note
        visby,member,2010-01-01,2010-12-31,,,AB10,p. 1,
        lubeck,member,2012-05-01,2012-05-01,,,AB10,p. 1,
        riga,member,2015-03-01,2015-03-01,,,AB10,p. 1,

        """
    static let figures = """
        member,kind,value,unit,year_earliest,year_latest,source,locator,note
        visby,population,24000,people,2023,2023,GA6,Annex 1,

        """

    static func with(_ engine: Database.Engine, _ body: (EditingFixture) async throws -> Void) async throws {
        let charter = try Records.charter()
        try await withDatabase(engine, migrations: Records.migrations) { database in
            let fixture = EditingFixture(
                database: database,
                directory: Directory(database: database, charter: charter)
            )
            _ = try await Records.importer(database, charter).importFile(Records.folder + "/sources.csv")
            _ = try await fixture.take("members.csv", members)
            _ = try await fixture.take("statuses.csv", statuses)
            _ = try await fixture.take("figures.csv", figures)
            try await body(fixture)
        }
    }

    func take(_ file: String, _ text: String) async throws -> ImportedFile {
        let table = try #require(ImportTable.all.first { $0.file == file })
        return try await Records.importer(database, charter).importBytes(Array(text.utf8), as: table)
    }

    /// Somebody with a role.
    func somebody(_ name: String, _ role: Role, at place: Place = .association) async throws -> Actor {
        let now = now
        return try await database.write { transaction in
            let address = try #require(EmailAddress("\(name.lowercased())@example.org"))
            let person = try Person.create(transaction, name: name, email: address, language: "en", now: now)
            try transaction.execute(
                """
                INSERT INTO role_grant (id, person_id, role, place_kind, place_id, starts_on, given_at)
                VALUES (?, ?, ?, ?, ?, '2026-01-01', ?)
                """,
                [
                    .text(Identifier.make()), .text(person.id), .text(role.rawValue), .text(place.kind),
                    .text(place.id),
                    .text(InstantText.text(now)),
                ]
            )
            return try #require(try Actor.load(transaction, person: person.id, secondFactor: true, now: now))
        }
    }

    let clerk = Actor.operatorNamed("clerk")

    func member(_ key: String) async throws -> EditableMember {
        try await database.ask(MemberToEdit(key: key), as: clerk, now: now)
    }

    /// The member with the boxes changed, as somebody sends it who sees it as it is now.
    func edit(
        _ key: String,
        _ changes: [MemberInput: String],
        _ change: NameChange = .renamed,
        from effective: String = "",
        grounds: String = "Letter of the city of 20 November",
        as actor: Actor? = nil
    ) async throws -> EditMember.Outcome {
        let member = try await member(key)
        return try await send(member, changes, change, from: effective, grounds: grounds, as: actor)
    }

    func send(
        _ seen: EditableMember,
        _ changes: [MemberInput: String],
        _ change: NameChange = .renamed,
        from effective: String = "",
        grounds: String = "Letter of the city of 20 November",
        as actor: Actor? = nil
    ) async throws -> EditMember.Outcome {
        var entered = seen.draft
        for (input, text) in changes { entered[input] = text }
        let command = EditMember(
            memberID: seen.id,
            seenRevision: seen.revision,
            seen: seen.draft,
            entered: entered,
            nameChange: change,
            effective: effective,
            grounds: grounds,
            charter: charter,
            countries: Self.countries
        )
        return try await database.run(command, as: actor ?? clerk, now: now)
    }

    /// The names on the roll of a day, in its order.
    func roll(_ day: String, tag: String? = nil) async throws -> [String] {
        try await directory.list(RollFilter(day: Records.day(day), tag: tag), page: 1, size: 100).rows.map(\.name)
    }

    func story(_ key: String) async throws -> MemberStory.Answer {
        try await database.ask(MemberStory(key: key), as: clerk, now: now)
    }
}
