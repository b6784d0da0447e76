import Charter
import Database
import DatabaseTesting
import Foundation
import Journal
import Testing

@testable import Membership

private func table(_ file: String) throws -> ImportTable {
    try #require(ImportTable.all.first { $0.file == file })
}

private let header =
    "member,category,country,region,name,area_km2,website,latitude,longitude,coordinates_source,tags,"
    + "description,source,locator,note"

@Suite struct ImportTests {
    @Test(arguments: TestEngine.all) func importingAgainChangesNothing(_ engine: Database.Engine) async throws {
        try await Records.with(engine) { database, directory in
            let entries = try await database.read {
                try $0.first("SELECT COUNT(*) FROM journal_entry") { try $0.integer(0) }
            }
            let again = try await Records.importer(database, directory.charter).importFolder(Records.folder)
            let changes = again.reduce(0) { $0 + $1.created + $1.changed + $1.removed }
            #expect(changes == 0)
            let unchanged = again.reduce(0) { $0 + $1.unchanged }
            #expect(unchanged == entries)
            let after = try await database.read {
                try $0.first("SELECT COUNT(*) FROM journal_entry") { try $0.integer(0) }
            }
            #expect(after == entries)
        }
    }

    @Test(arguments: TestEngine.all) func aCorrectedRowIsChangedToldOfAndReplaces(
        _ engine: Database.Engine
    ) async throws {
        try await Records.with(engine) { database, directory in
            let importer = Records.importer(database, directory.charter)
            let path = Records.folder + "/statuses.csv"
            let text = try String(contentsOfFile: path, encoding: .utf8)
            let corrected = text.replacing(
                "tehran,member,2022-11-05,2022-11-05",
                with: "tehran,member,2022-11-06,2022-11-06"
            )
            #expect(corrected != text)
            let change = try await importer.importBytes(Array(corrected.utf8), as: table("statuses.csv"))
            #expect(change.created == 1 && change.changed == 0 && change.removed == 1)
            let since = try await directory.list(
                RollFilter(day: Records.day("2023-01-01"), search: "Tehran"),
                page: 1,
                size: 1
            ).rows.first?.since
            #expect(since == "2022-11-06")
            let told = try await database.read { transaction in
                try Journal.latest(transaction, limit: 2).map(\.entry.action).sorted()
            }
            #expect(told == ["status.recorded", "status.removed"])
        }
    }

    @Test(arguments: TestEngine.all) func oneWrongRowRefusesTheFileAndEveryWrongRowIsNamed(
        _ engine: Database.Engine
    ) async throws {
        let charter = try Records.charter()
        try await withDatabase(engine, migrations: Records.migrations) { database in
            let importer = Records.importer(database, charter)
            _ = try await importer.importFile(Records.folder + "/sources.csv")
            let rows = """
                \(header)
                lubeck,local-government,DE,europe,Lübeck,,,53.87,10.69,HAND,,,AB10,p. 1,
                Visby!,local-government,SE,europe,Visby,,,,,,,,AB10,,
                riga,village,LV,europe,Riga,,javascript:alert(1),fifty,,,,,AB10,,
                lubeck,local-government,DE,atlantis,Lübeck,,,,,,,,NOBODY,,
                short,row
                """
            do {
                _ = try await importer.importBytes(Array(rows.utf8), as: table("members.csv"))
                Issue.record("the file was taken")
            } catch let refusal as ImportRefusal {
                let places = refusal.problems.map { "\($0.line) \($0.column ?? "-")" }
                #expect(
                    places == [
                        "3 member", "4 category", "4 website", "4 latitude", "5 region", "5 source", "5 -", "6 -",
                    ]
                )
                #expect(refusal.description.contains("Nothing of this file was written"))
            }
            let count = try await database.read { try $0.first("SELECT COUNT(*) FROM member") { try $0.integer(0) } }
            #expect(count == 0)
        }
    }

    @Test(
        arguments: [
            ("wrong charset", [UInt8](header.utf8) + [10] + Array("lima,".utf8) + [0xe9, 10], 2),
            ("unclosed quote", Array("\(header)\nlima,\"local".utf8), 2), ("empty", [], 1),
            ("text after quote", Array("\(header)\n\"lima\"x,".utf8), 2),
        ] as [(String, [UInt8], Int)]
    )
    func aBrokenFileIsRefusedWithItsLine(_ name: String, _ bytes: [UInt8], _ line: Int) async throws {
        let charter = try Records.charter()
        try await withDatabase(.sqlite, migrations: Records.migrations) { database in
            do {
                _ = try await Records.importer(database, charter).importBytes(bytes, as: table("members.csv"))
                Issue.record("\(name) was taken")
            } catch let refusal as ImportRefusal {
                #expect(refusal.problems.map(\.line) == [line])
            }
        }
    }

    @Test(arguments: [
        ("2021-02-29", false), ("2020-02-29", true), ("2021-13-01", false), ("21-01-01", false), ("2021-1-1", false),
        ("", false), ("2021-10-18 ", false),
    ])
    func aDateThatIsNoneIsRefused(_ text: String, _ taken: Bool) async throws {
        let charter = try Records.charter()
        try await withDatabase(.sqlite, migrations: Records.migrations) { database in
            let importer = Records.importer(database, charter)
            for file in ["sources.csv", "members.csv"] {
                _ = try await importer.importFile("\(Records.folder)/\(file)")
            }
            let rows =
                "member,status,earliest,latest,grounds,decision,source,locator,note\nseoul,member,\(text),\(text),,,AB10,,\n"
            do {
                _ = try await importer.importBytes(Array(rows.utf8), as: table("statuses.csv"))
                #expect(taken)
            } catch is ImportRefusal { #expect(!taken) }
        }
    }

    @Test func aScriptInANameIsKeptAsText() async throws {
        let charter = try Records.charter()
        try await withDatabase(.sqlite, migrations: Records.migrations) { database in
            let importer = Records.importer(database, charter)
            _ = try await importer.importFile(Records.folder + "/sources.csv")
            let name = "<script>alert('x')</script>"
            let rows = "\(header)\nevil,corporation,,,\(name),,,,,,,,AB10,,\n"
            _ = try await importer.importBytes(Array(rows.utf8), as: table("members.csv"))
            let member = try await Directory(database: database, charter: charter).member(key: "evil")
            #expect(member?.name == name)
        }
    }

    @Test func aFileThatIsTooLargeIsRefusedBeforeItIsRead() async throws {
        let charter = try Records.charter()
        try await withDatabase(.sqlite, migrations: Records.migrations) { database in
            let folder = NSTemporaryDirectory() + "/large-\(Identifier.make())"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: folder) }
            #expect(FileManager.default.createFile(atPath: folder + "/members.csv", contents: nil))
            let handle = try #require(FileHandle(forWritingAtPath: folder + "/members.csv"))
            try handle.truncate(atOffset: 200 << 20)
            try handle.close()
            await #expect(throws: ImportRefusal.self) {
                try await Records.importer(database, charter).importFolder(folder)
            }
        }
    }

    @Test(arguments: TestEngine.all) func samplesAreMarkedAndCountInNoFigure(_ engine: Database.Engine) async throws {
        try await Records.with(engine) { database, directory in
            let before = try await directory.reconcile()
            try await Sample(database: database, charter: directory.charter, now: { Records.noon }).add(300)
            let after = try await directory.reconcile()
            #expect(after == before)
            let filter = RollFilter(day: Records.day("2026-01-01"), order: .since)
            let rows = try await directory.list(filter, page: 1, size: 1000).rows.filter { $0.key.hasPrefix("sample-") }
            #expect(rows.count == 300 && rows.allSatisfy(\.isSample))
        }
    }
}
