import Access
import Charter
import Database
import DatabaseTesting
import Foundation
import Identity
import Languages
import Testing

@testable import Membership

private let sheet = """
    name,category,country,head_of_government,status,status_day,joined
    Lübeck,,DE,Monika Muster,suspended,2026-02-01,
    Visby,local-government,SE,Karl Visby,,,2025

    """

@Suite struct UploadRetentionTests {
    private let day = 86_400.0

    /// All that the tables of imports hold, as one text.
    private func kept(_ fixture: UploadFixture) async throws -> String {
        try await fixture.database.read { transaction in
            var text = ""
            for table in ["upload", "upload_row", "upload_step"] {
                try transaction.forEach("SELECT * FROM \(table)") { row in
                    for column in 0..<row.columnCount { text += (row.optionalText(column) ?? "") + "\n" }
                }
            }
            return text
        }
    }

    private func night(_ fixture: UploadFixture, _ after: Double) async throws -> Retention.Outcome {
        let version = try #require(fixture.rules.charter.versions.last)
        return try await fixture.database.write { transaction in
            try Retention.apply(
                transaction,
                version,
                sources: [],
                stores: [UploadRetention.store],
                now: Records.noon + after
            )
        }
    }

    @Test(arguments: TestEngine.all) func whatAnImportKeptGoesAfterItsTimeAndNotADayBefore(
        _ engine: Database.Engine
    ) async throws {
        try await UploadFixture.with(engine) { fixture in
            let (id, _) = try await fixture.check(sheet, file: "spring.csv")
            _ = try await fixture.apply(id)
            let records = try await fixture.records()
            let lastDay = try await night(fixture, 180 * day)
            let full = try await kept(fixture)
            #expect(lastDay == [:] && full.contains("Monika Muster") && full.contains("Karl Visby"))
            let dayAfter = try await night(fixture, 180 * day + 1)
            #expect(dayAfter == [.uploads: 1])
            let left = try await kept(fixture)
            for gone in ["Monika", "Muster", "Karl", "Visby", "Lübeck"] {
                #expect(!left.contains(gone), "\(gone)")
            }
            // The records stay, and so does that the file was brought in, and how it came out.
            let after = try await fixture.records()
            #expect(after == records)
            let detail = try await fixture.ask(UploadDetail(import: id))
            #expect(detail.upload.file == "spring.csv" && detail.upload.emptiedAt != nil)
            #expect(detail.upload.header.isEmpty)
            #expect(detail.summary.willCreate == 1 && detail.summary.willChange == 1)
            let rows = try await fixture.rows(id)
            #expect(rows.count == 2 && rows.allSatisfy { $0.cells.isEmpty && $0.plan == nil })
            let again = try await night(fixture, 181 * day)
            #expect(again == [:])
        }
    }

    @Test(arguments: TestEngine.all) func anImportCanBeUndoneOnTheLastDayAndSaysWhyNotAfterIt(
        _ engine: Database.Engine
    ) async throws {
        try await UploadFixture.with(engine) { fixture in
            let before = try await fixture.records()
            let (id, _) = try await fixture.check(sheet)
            _ = try await fixture.apply(id)
            _ = try await night(fixture, 180 * day)
            let last = Records.noon + 180 * day
            let undone = try await fixture.run(UndoImport(import: id, rules: fixture.rules), at: last)
            #expect(undone.removed == 1 && undone.restored == 1)
            let after = try await fixture.records()
            #expect(after == before)
            // Of an import that was undone the time counts anew.
            let kept = try await night(fixture, 360 * day)
            let gone = try await night(fixture, 360 * day + 1)
            #expect(kept == [:] && gone == [.uploads: 1])

            let (late, _) = try await fixture.check(sheet, file: "late.csv")
            _ = try await fixture.apply(late)
            _ = try await night(fixture, 181 * day)
            let whole = try await fixture.records()
            await #expect {
                try await fixture.run(UndoImport(import: late, rules: fixture.rules), at: Records.noon + 182 * day)
            } throws: { error in
                guard case UploadRefusal.wrongState(let sentence) = error else { return false }
                return sentence.english.contains("can no longer be undone")
            }
            let untouched = try await fixture.records()
            #expect(untouched == whole)
        }
    }

    @Test(arguments: TestEngine.all) func whatNobodyAppliedGoesWhereverItStopped(
        _ engine: Database.Engine
    ) async throws {
        try await UploadFixture.with(engine) { fixture in
            let (brokenOff, _) = try await fixture.check(sheet, file: "broken.csv")
            _ = try await fixture.run(BeginImport(import: brokenOff))
            _ = try await fixture.stage(sheet, file: "waiting.csv")
            func forget(_ after: Double) async throws -> Int {
                try await fixture.database.write { transaction in
                    try StaleImports.forget(transaction, stagedBefore: InstantText.text(Records.noon + after))
                }
            }
            let early = try await forget(0)
            let late = try await forget(1)
            let left = try await kept(fixture)
            #expect(early == 0 && late == 2 && left.isEmpty)
        }
    }

    @Test(arguments: TestEngine.all) func aPersonSeesTheFilesThatTheyBroughtInAndNotWhatStandsInThem(
        _ engine: Database.Engine
    ) async throws {
        try await EditingFixture.with(engine) { fixture in
            let olga = try await fixture.somebody("Olga", .officer)
            let berit = try await fixture.somebody("Berit", .officer)
            let command = try StageImport(file: "spring.csv", bytes: Array(sheet.utf8))
            _ = try await fixture.database.run(command, as: olga, now: fixture.now)
            func held(_ actor: Actor) async throws -> String {
                let question = PersonalData(actor.person.id, sources: UploadPersonalData.all)
                let value = try await fixture.database.ask(question, as: actor, now: fixture.now)
                guard case .object(let parts) = value, let uploads = parts["uploads"] else { return "" }
                let encoder = JSONEncoder()
                encoder.outputFormatting = .sortedKeys
                return String(decoding: try encoder.encode(uploads), as: UTF8.self)
            }
            let hers = try await held(olga)
            let others = try await held(berit)
            #expect(hers.contains(#""file":"spring.csv""#) && hers.contains(#""rows":2"#))
            #expect(hers.contains(#""read-at":"2026-11-21T09:30:00.000000Z""#) && !hers.contains("Monika"))
            #expect(others == "[]")
        }
    }
}
