import Access
import Charter
import Database
import DatabaseTesting
import Foundation
import Journal
import Languages
import Spreadsheet
import Testing

@testable import Membership

private let sheet = """
    name,category,country,website,tags,population,population_year,head_of_government,status,status_day,joined,other_names
    Lübeck,,DE,https://luebeck.example,harbour brick,217198,2021,Monika Muster,suspended,2026-02-01,,Lubeca
    Visby,local-government,SE,,,24330,2022,Karl Visby,,,2025,Wisby; 维斯比
    Astana,,KZ,,,,,,,,2017-05-04,

    """

@Suite struct ApplyImportTests {
    @Test(arguments: TestEngine.all) func allThatWasAcceptedIsWrittenWithItsSourceAndToldOf(
        _ engine: Database.Engine
    ) async throws {
        try await UploadFixture.with(engine) { fixture in
            let (id, rows) = try await fixture.check(sheet, file: "spring.csv")
            #expect(rows.compactMap(\.plan?.outcome) == [.change, .create, .same])
            let applied = try await fixture.apply(id)
            #expect(applied == AppliedImport(created: 1, changed: 1, source: "IMPORT-20260921-1"))
            let directory = Directory(database: fixture.database, charter: fixture.rules.charter)
            let lubeck = try #require(try await directory.member(key: "lubeck"))
            #expect(lubeck.website == "https://luebeck.example" && lubeck.tags == ["harbour", "brick"])
            #expect(lubeck.statuses.map(\.status) == ["member", "suspended"])
            #expect(lubeck.figures.first?.value == 217_198)
            #expect(lubeck.figures.first?.source == .init(code: "IMPORT-20260921-1", locator: "line 2"))
            #expect(lubeck.people.first?.name == "Monika Muster")
            #expect(lubeck.names.contains { $0.name == "Lubeca" && $0.kind == "alias" })
            let found = try await directory.members(named: "Wisby", on: RollFilter(day: Records.day("2026-09-21")))
            #expect(found.map(\.key) == ["visby"])
            let sources = try await directory.sources()
            #expect(sources.contains { $0.titleWords.english == "Spreadsheet spring.csv, imported 2026-09-21" })
            let told = try await fixture.database.read { try Journal.latest($0, limit: 3).map(\.entry) }
            #expect(told.map(\.action).sorted() == ["import.applied", "member.imported", "member.imported"])
            let ofLubeck = told.first { $0.subject.id == lubeck.id }
            #expect(ofLubeck?.reason.map { Phrase.record($0).english } == "spring.csv, line 2")
            #expect(ofLubeck?.after?.contains("Monika") == false)
            let revision = try await fixture.database.read { try MemberRevision.current($0, lubeck.id) }
            #expect(revision == 2)
        }
    }

    @Test(arguments: TestEngine.all) func theSameFileAgainChangesNothingAndSaysSo(
        _ engine: Database.Engine
    ) async throws {
        try await UploadFixture.with(engine) { fixture in
            _ = try await fixture.apply(fixture.check(sheet).id)
            let after = try await fixture.records()
            let again = try await fixture.run(StageImport(file: "copy.csv", bytes: Array(sheet.utf8)))
            #expect(again.appliedBeforeAt != nil)
            let summary = try await fixture.run(DryRun(import: again.id, rules: fixture.rules))
            #expect(summary.count(.same) == 3 && summary.changesNothing)
            await #expect(throws: UploadRefusal.nothingToApply) { try await fixture.apply(again.id) }
            let unchanged = try await fixture.records()
            #expect(unchanged == after)
        }
    }

    @Test(arguments: TestEngine.all) func recordsThatChangedSinceTheDryRunStopAllOfIt(
        _ engine: Database.Engine
    ) async throws {
        try await UploadFixture.with(engine) { fixture in
            let (id, _) = try await fixture.check(sheet)
            let lubeck = try await fixture.id("lubeck")
            try await fixture.database.write { transaction in
                try transaction.execute("UPDATE member SET description = 'x' WHERE id = ?", [.text(lubeck)])
                try MemberRevision.bump(transaction, lubeck)
            }
            let before = try await fixture.records()
            await #expect(throws: UploadRefusal.recordsChanged([say("line \(plain: 2) (\("Lübeck"))")], count: 1)) {
                try await fixture.apply(id)
            }
            let after = try await fixture.records()
            #expect(after == before)
            let upload = try await fixture.ask(UploadDetail(import: id)).upload
            #expect(upload.state == .checked)
            #expect(upload.failure?.english.contains("Run the dry run again") == true)
            _ = try await fixture.run(DryRun(import: id, rules: fixture.rules))
            _ = try await fixture.apply(id)
        }
    }

    @Test(arguments: TestEngine.all) func ofTwoWhoApplyAtOnceOneDoes(_ engine: Database.Engine) async throws {
        try await UploadFixture.with(engine) { fixture in
            let (id, _) = try await fixture.check(sheet)
            let outcomes = await withTaskGroup(of: Result<AppliedImport, any Error>.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        do { return .success(try await fixture.apply(id)) } catch { return .failure(error) }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            let done = outcomes.compactMap { try? $0.get() }
            #expect(done.count == 1)
            for case .failure(let error) in outcomes { #expect(error is UploadRefusal, "\(error)") }
            let visby = try await fixture.database.read {
                try $0.first("SELECT COUNT(*) FROM member WHERE name = 'Visby'") { try $0.integer(0) }
            }
            #expect(visby == 1)
        }
    }

    @Test(arguments: TestEngine.all) func whoeverDiedWhileApplyingWroteNothingAndIsTakenOver(
        _ engine: Database.Engine
    ) async throws {
        try await UploadFixture.with(engine) { fixture in
            let (id, _) = try await fixture.check(sheet)
            let before = try await fixture.records()
            let claim = try await fixture.run(BeginImport(import: id))
            // The process ends in the middle of its transaction.
            struct Killed: Error {}
            await #expect(throws: Killed.self) {
                try await fixture.database.write { transaction in
                    let apply = ApplyImport(import: id, claim: claim, rules: fixture.rules)
                    _ = try apply.perform(transaction, by: UploadFixture.secretary, now: Records.noon)
                    throw Killed()
                }
            }
            let after = try await fixture.records()
            #expect(after == before)
            await #expect(throws: UploadRefusal.underWay) { try await fixture.apply(id) }
            let later = Records.noon.addingTimeInterval(121)
            let next = try await fixture.run(BeginImport(import: id), at: later)
            // The dead one's claim is worth nothing, should it wake.
            await #expect(throws: UploadRefusal.self) {
                try await fixture.run(ApplyImport(import: id, claim: claim, rules: fixture.rules), at: later)
            }
            _ = try await fixture.run(ApplyImport(import: id, claim: next, rules: fixture.rules), at: later)
        }
    }

    @Test(arguments: TestEngine.all) func undoingRestoresEverything(_ engine: Database.Engine) async throws {
        try await UploadFixture.with(engine) { fixture in
            let before = try await fixture.records()
            let (id, _) = try await fixture.check(sheet)
            _ = try await fixture.apply(id)
            let undone = try await fixture.run(UndoImport(import: id, rules: fixture.rules))
            #expect(undone == UndoneImport(removed: 1, restored: 1, left: []))
            let after = try await fixture.records()
            #expect(after == before)
            await #expect(throws: UploadRefusal.self) {
                try await fixture.run(UndoImport(import: id, rules: fixture.rules))
            }
            // And the same file can come in anew.
            _ = try await fixture.apply(fixture.check(sheet).id)
        }
    }

    @Test(arguments: TestEngine.all) func whatChangedSinceStandsInTheWayRowByRowAndTheRestCanBeUndone(
        _ engine: Database.Engine
    ) async throws {
        try await UploadFixture.with(engine) { fixture in
            let (id, _) = try await fixture.check(
                "name,website,tags\nLübeck,https://l.example,brick\nAstana,https://a.example,\nTrier,https://t.example,\n"
            )
            _ = try await fixture.apply(id)
            let applied = try await fixture.records()
            let (lubeck, trier) = (try await fixture.id("lubeck"), try await fixture.id("trier"))
            try await fixture.database.write { transaction in
                try transaction.execute(
                    "UPDATE member SET website = 'https://other.example' WHERE id = ?",
                    [.text(lubeck)]
                )
                try transaction.execute("UPDATE member SET description = 'Oldest city' WHERE id = ?", [.text(trier)])
                for id in [lubeck, trier] { try MemberRevision.bump(transaction, id) }
            }
            let obstacle = UndoObstacle(line: 2, name: "Lübeck", message: say("the website was changed since"))
            await #expect(throws: UploadRefusal.cannotUndo([obstacle], count: 1)) {
                try await fixture.run(UndoImport(import: id, rules: fixture.rules))
            }
            let untouched = try await fixture.ask(UploadDetail(import: id)).upload.state
            #expect(untouched == .applied)
            #expect(applied["member"]?.count == 6)
            let undone = try await fixture.run(UndoImport(import: id, rules: fixture.rules, leavesChanged: true))
            #expect(undone.restored == 2 && undone.left.count == 1)
            let directory = Directory(database: fixture.database, charter: fixture.rules.charter)
            let sites = try await [
                directory.member(key: "lubeck"), directory.member(key: "astana"), directory.member(key: "trier"),
            ]
            #expect(sites.map { $0?.website } == ["https://other.example", nil, nil])
            // Another's change of another fact of the same member stays.
            #expect(sites.last??.description == "Oldest city")
            let detail = try await fixture.ask(UploadDetail(import: id))
            #expect(detail.leftLines == [2])
        }
    }

    @Test(arguments: TestEngine.all) func aNewMemberThatIsInUseIsNotRemoved(_ engine: Database.Engine) async throws {
        try await UploadFixture.with(engine) { fixture in
            let (id, _) = try await fixture.check("name,category,joined\nVisby,local-government,2025\n")
            _ = try await fixture.apply(id)
            let visby = try await fixture.id("visby")
            try await fixture.database.write { transaction in
                try transaction.execute(
                    """
                    INSERT INTO member_office (member_id, office, valid_from, source, origin)
                    VALUES (?, 'vice-president', '2026-01-01', 'REP', 'entry')
                    """,
                    [.text(visby)]
                )
            }
            let office = say(1, one: "1 office", other: "\(1) offices")
            let obstacle = UndoObstacle(line: 2, name: "Visby", message: say("the new member has \(office) by now"))
            await #expect(throws: UploadRefusal.cannotUndo([obstacle], count: 1)) {
                try await fixture.run(UndoImport(import: id, rules: fixture.rules, leavesChanged: true))
            }
        }
    }

    @Test(arguments: TestEngine.all) func columnsLeftOutAreForgottenOnceApplied(_ engine: Database.Engine) async throws
    {
        try await UploadFixture.with(engine) { fixture in
            let (id, _) = try await fixture.check("name,e-mail,website\nLübeck,jan@example.org,https://l.example\n")
            _ = try await fixture.apply(id)
            let cells = try await fixture.rows(id).first?.cells
            #expect(cells == ["Lübeck", "", "https://l.example"])
        }
    }

    @Test(arguments: TestEngine.all) func theReportsOwnFilesLeaveAloneWhatCameFromASpreadsheet(
        _ engine: Database.Engine
    ) async throws {
        try await UploadFixture.with(engine) { fixture in
            _ = try await fixture.apply(fixture.check(sheet).id)
            let before = try await fixture.records()
            let importer = Records.importer(fixture.database, fixture.rules.charter)
            for (file, text) in UploadFixture.files {
                let table = try #require(ImportTable.all.first { $0.file == file })
                _ = try await importer.importBytes(Array(text.utf8), as: table)
            }
            let after = try await fixture.records()
            #expect(after == before)
        }
    }

    @Test(arguments: TestEngine.all, ["csv", "xlsx"]) func anExportComesBackInAsTheSame(
        _ engine: Database.Engine,
        _ format: String
    ) async throws {
        try await Records.with(engine) { database, directory in
            let fixture = UploadFixture(database: database, rules: try UploadFixture.rules())
            let awkward = try await fixture.id("seoul")
            try await database.write { transaction in
                try transaction.execute(
                    "UPDATE member SET description = ? WHERE id = ?",
                    [.text("=1+1 \"quoted\",\nand; a second line"), .text(awkward)]
                )
            }
            let table = try await fixture.run(ExportMemberSheet(rules: fixture.rules, as: .csv))
            #expect(table.rows.count == 239 || table.rows.count > 200)
            let bytes = format == "csv" ? table.csv : try Spreadsheet.writeXLSX([table.sheet])
            let staged = try await fixture.run(StageImport(file: "export.\(format)", bytes: bytes))
            let summary = try await fixture.run(DryRun(import: staged.id, rules: fixture.rules))
            #expect(summary.counts == [.same: table.rows.count])
            let others = try await fixture.ask(UploadRows(import: staged.id, size: 500)).lines.filter {
                $0.plan?.outcome != .same
            }
            for line in others.prefix(10) {
                Issue.record("\(line.cells.prefix(2)): \(line.plan?.changes ?? []) \(line.plan?.problems ?? [])")
            }
        }
    }

    @Test func anExportAsJSONHasTheSameNames() async throws {
        try await UploadFixture.with(.sqlite) { fixture in
            let table = try await fixture.run(
                ExportMemberSheet(rules: fixture.rules, keys: ["trier", "astana"], as: .json)
            )
            let members = try JSONDecoder().decode([[String: String]].self, from: Data(table.json))
            #expect(members.map { $0["key"] } == ["trier", "astana"])
            #expect(members[0]["status"] == "terminated" && members[0]["website"] == nil)
        }
    }
}
