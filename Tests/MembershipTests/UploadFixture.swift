import Access
import Charter
import Database
import DatabaseTesting
import Foundation
import Identity
import Journal
import Testing

@testable import Membership

/// Six members on which every outcome of an import can be seen, and the way through one import.
struct UploadFixture {
    let database: Database
    let rules: UploadRules
    static let secretary = Actor.operatorNamed("operator")

    static let files: [(file: String, text: String)] = [
        ("sources.csv", "code,title,published,licence,note\nREP,A report,2021,,\n"),
        (
            "members.csv",
            """
            member,category,country,region,name,area_km2,website,latitude,longitude,coordinates_source,tags,description,source,locator,note
            lubeck,local-government,DE,europe,Lübeck,,https://luebeck.de,53.87,10.69,HAND,harbour,Queen of the Hanse,REP,,
            astana,local-government,KZ,asia-pacific,Astana,,,,,,,,REP,,
            cordoba,local-government,AR,americas,Córdoba,,,,,,,,REP,,
            springfield,local-government,US,americas,Springfield,,,,,,,,REP,,
            springfield-2,local-government,US,americas,Springfield,,,,,,,,REP,,
            trier,local-government,DE,europe,Trier,,,,,,,,REP,,

            """
        ),
        (
            "names.csv",
            """
            member,name,language,kind,from,to,source,locator,note
            astana,Nur-Sultan,en,name,2019-03-23,2022-09-16,REP,p. 2,
            astana,누르술탄,ko,alias,,,REP,p. 2,
            lubeck,Luebek,de,printed,,,REP,p. 3,Lübeck is meant.

            """
        ),
        (
            "statuses.csv",
            """
            member,status,earliest,latest,grounds,decision,source,locator,note
            lubeck,member,2010-01-01,2010-12-31,,,REP,,
            astana,member,2017-05-04,2017-05-04,,,REP,,
            cordoba,member,2015-01-01,2015-12-31,,,REP,,
            springfield,member,2018-01-01,2018-01-01,,,REP,,
            springfield-2,member,2019-01-01,2019-01-01,,,REP,,
            trier,member,2010-01-01,2010-12-31,,,REP,,
            trier,terminated,2020-02-03,2020-02-03,,,REP,,

            """
        ),
        (
            "figures.csv",
            """
            member,kind,value,unit,year_earliest,year_latest,source,locator,note
            lubeck,population,216530,people,2020,2020,REP,p. 4,

            """
        ),
        (
            "people.csv",
            """
            member,person,position,role,date,source,locator,note
            lubeck,Jan Lindenau,Mayor,head-of-government,2020-12-31,REP,p. 4,

            """
        ),
    ]

    static func rules() throws -> UploadRules {
        let countries = FileManager.default.contents(atPath: Records.root + "/Data/world/countries.csv")
        return UploadRules(
            charter: try Records.charter(),
            countries: CountryWords(csv: [UInt8](try #require(countries)))
        )
    }

    static func with(_ engine: Database.Engine, _ body: (UploadFixture) async throws -> Void) async throws {
        try await withDatabase(engine, migrations: Records.migrations) { database in
            let rules = try rules()
            let importer = Records.importer(database, rules.charter)
            for (file, text) in files {
                let table = try #require(ImportTable.all.first { $0.file == file })
                _ = try await importer.importBytes(Array(text.utf8), as: table)
            }
            try await body(UploadFixture(database: database, rules: rules))
        }
    }

    func run<C: Command>(_ command: C, at now: Date = Records.noon) async throws -> C.Outcome {
        try await database.run(command, as: Self.secretary, now: now)
    }

    func ask<Q: Question>(_ question: Q) async throws -> Q.Answer {
        try await database.ask(question, as: Self.secretary, now: Records.noon)
    }

    func stage(_ text: String, file: String = "members.csv") async throws -> String {
        try await run(StageImport(file: file, bytes: Array(text.utf8))).id
    }

    /// Stages a file with the mapping that its headings suggest and makes the dry run.
    func check(_ text: String, file: String = "members.csv") async throws -> (id: String, rows: [UploadRows.Line]) {
        let id = try await stage(text, file: file)
        _ = try await run(DryRun(import: id, rules: rules))
        return (id, try await rows(id))
    }

    func rows(_ id: String) async throws -> [UploadRows.Line] {
        try await ask(UploadRows(import: id, size: 500)).lines
    }

    var importing: ImportRun { ImportRun(database: database, rules: rules, now: { Records.noon }) }

    func apply(_ id: String) async throws -> AppliedImport {
        try await importing.apply(id, as: Self.secretary)
    }

    /// Everything that the records hold, so that two states can be compared; without revisions, which only grow.
    func records() async throws -> [String: [[String]]] {
        try await database.read { transaction in
            var all: [String: [[String]]] = [:]
            for table in RecordTable.allCases {
                all[table.rawValue] = try transaction.query(
                    "SELECT \(table.owner), \(table.columns.joined(separator: ", ")) FROM \(table.layout.table)"
                ) { row in
                    [try row.text(0)]
                        + (try table.kinds.enumerated().map { try $0.element.read(row, $0.offset + 1).plain })
                }.sorted { $0.lexicographicallyPrecedes($1) }
            }
            for query in [
                "SELECT code FROM source", "SELECT member_id, valid_from FROM roll_span",
                "SELECT word, member_id FROM name_word",
            ] {
                all[query] = try transaction.query(query) { row in
                    try (0..<row.columnCount).map { try row.text($0) }
                }.sorted { $0.lexicographicallyPrecedes($1) }
            }
            return all
        }
    }

    func id(_ key: String) async throws -> String {
        try await database.read { transaction in
            try transaction.first("SELECT id FROM member WHERE key = ?", [.text(key)]) { try $0.text(0) } ?? ""
        }
    }
}
