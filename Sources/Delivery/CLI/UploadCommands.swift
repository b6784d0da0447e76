import Access
import ArgumentParser
import Database
import Foundation
import Languages
import Membership

struct UploadCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "upload",
        abstract: "Brings a spreadsheet of members in, with any columns: CSV or XLSX.",
        discussion: """
            Without --apply nothing is changed: each row is compared with the records, and what it would do is said.
              hansa upload members.xlsx
              hansa upload members.csv --mapping City=name --mapping Head=head_of_government --apply
              hansa upload undo 01980000-…
            """,
        subcommands: [Take.self, List.self, Undo.self],
        defaultSubcommand: Take.self
    )

    static func rules(_ installation: Installation) -> UploadRules {
        UploadRules(charter: installation.charter, countries: WorldFiles.countryWords(installation.settings))
    }
}

extension UploadCommands {
    struct Take: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "file",
            abstract: "Compares a spreadsheet with the records, and applies it when told to.",
            usage: "hansa upload FILE [--mapping COLUMN=FIELD …] [--sheet NAME] [--dry-run | --apply]",
            discussion: """
                A column is named by its heading or its letter. Fields:
                \(UploadField.allCases.map(\.rawValue).joined(separator: ", ")).
                Ends with status 1 when a row was refused or can mean several members.
                """
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "The spreadsheet.")
        var file: String
        @Option(help: "What a column holds, as in City=name; the headings suggest the rest.")
        var mapping: [String] = []
        @Option(help: "The sheet of a workbook; the first with rows when left out.")
        var sheet: String?
        @Flag(help: "Only say what would change, and forget the file. The default is to keep it for the console.")
        var dryRun = false
        @Flag(help: "Write every row that is in order, or nothing.")
        var apply = false

        func run() async throws {
            if dryRun, apply { throw CommandFailure("--dry-run and --apply contradict each other. Give one.") }
            let installation = try await Installation.open(flags)
            try await Installation.spoken { try await take(installation) }
        }

        private func take(_ installation: Installation) async throws {
            let (database, rules) = (installation.database, UploadCommands.rules(installation))
            let bytes = try Installation.bytes(file, atMost: StageImport.largestBytes)
            let command = try StageImport(file: file, bytes: bytes, sheet: sheet)
            let staged = try await database.run(command, as: .atTerminal, now: Date())
            do { try await compare(staged.id, database, rules) } catch
                where error is InvalidInput || error is CommandFailure
            {
                // A file whose columns nobody knows is of no use to the console either.
                try await database.run(DropImport(import: staged.id), as: .atTerminal, now: Date())
                throw error
            }
        }

        private func compare(_ id: String, _ database: Database, _ rules: UploadRules) async throws {
            var detail = try await database.ask(UploadDetail(import: id), as: .atTerminal, now: Date())
            if !mapping.isEmpty {
                let told = try Self.told(mapping, detail.upload)
                try await database.run(MapColumns(import: id, mapping: told), as: .atTerminal, now: Date())
                detail = try await database.ask(UploadDetail(import: id), as: .atTerminal, now: Date())
            }
            print(
                Terminal.bold(Terminal.safe(detail.upload.file)) + "  " + Terminal.safe(detail.upload.reading.english)
            )
            for (place, field) in detail.upload.mapping.fields.enumerated() {
                let name = UploadMapping.columnName(place, detail.upload.header)
                print("  \(Terminal.safe(name.english)) → \(field == .ignore ? "left out" : field.rawValue)")
            }
            let summary = try await database.run(DryRun(import: id, rules: rules), as: .atTerminal, now: Date())
            try await UploadReport(database: database).show(id)
            try await finish(id, summary, database, rules)
            if summary.count(.refused) + summary.count(.ambiguous) > 0 { throw ExitCode(1) }
        }

        private func finish(
            _ id: String,
            _ summary: UploadSummary,
            _ database: Database,
            _ rules: UploadRules
        ) async throws {
            if summary.changesNothing {
                print("Nothing would change.")
            } else if apply {
                let run = ImportRun(database: database, rules: rules)
                let applied = try await run.apply(id, as: .atTerminal)
                print("Applied: \(applied.created) created, \(applied.changed) changed, as source \(applied.source).")
                return print("To undo it: hansa upload undo \(id)")
            } else {
                print("Would create \(summary.willCreate) and change \(summary.willChange). --apply does it.")
            }
            if dryRun || summary.changesNothing {
                try await database.run(DropImport(import: id), as: .atTerminal, now: Date())
            } else {
                print("Kept as import \(id), also for the console.")
            }
        }

        private static func told(_ pairs: [String], _ upload: Upload) throws -> UploadMapping {
            var mapping = upload.mapping
            for pair in pairs {
                guard let mark = pair.lastIndex(of: "="),
                    let field = UploadField(rawValue: String(pair[pair.index(after: mark)...]))
                else {
                    let all = UploadField.allCases.map(\.rawValue).joined(separator: ", ")
                    throw CommandFailure("--mapping \(pair) names no field. Write COLUMN=FIELD with one of: \(all).")
                }
                let column = String(pair[..<mark])
                let places = upload.header.indices.filter { place in
                    upload.header[place] == column || UploadMapping.letters(place) == column
                }
                guard let place = places.first else {
                    throw CommandFailure(
                        "The file has no column \"\(column)\". It has: \(upload.header.joined(separator: ", "))."
                    )
                }
                mapping.fields[place] = field
            }
            return mapping
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists the imports of spreadsheets, the latest first.",
            usage: "hansa upload list"
        )
        @OptionGroup var flags: SettingFlags

        func run() async throws {
            let installation = try await Installation.open(flags)
            let page = try await installation.ask(UploadList())
            Terminal.table(
                ["Id", "Staged", "By", "File", "Rows", "State"],
                page.lines.map { line in
                    [
                        line.upload.id, line.upload.stagedAt, Terminal.safe(line.by.english),
                        Terminal.safe(line.upload.file),
                        "\(line.upload.rowCount)", line.upload.state.rawValue,
                    ]
                },
                numbers: [4]
            )
        }
    }

    struct Undo: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Undoes an import: puts back what it changed, removes what it created.",
            usage: "hansa upload undo ID [--leave-changed]",
            discussion: "What changed since stands in the way; then nothing is undone, and each such row is named."
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "The import's id, from `hansa upload list`.")
        var id: String
        @Flag(help: "Undo the rest, and leave what changed since as it is.")
        var leaveChanged = false

        func run() async throws {
            let installation = try await Installation.open(flags)
            let rules = UploadCommands.rules(installation)
            let undone = try await installation.run(UndoImport(import: id, rules: rules, leavesChanged: leaveChanged))
            print("Undone: \(undone.removed) removed, \(undone.restored) put back.")
            for left in undone.left { print("Left as it is: \(Terminal.safe(left.words.english))") }
        }
    }
}

/// What a dry run found, row by row, but for the rows that agree.
struct UploadReport {
    let database: Database

    func show(_ id: String) async throws {
        let upload = try await database.ask(UploadDetail(import: id), as: .atTerminal, now: Date()).upload
        var number = 1
        while true {
            let page = try await database.ask(
                UploadRows(import: id, page: number, size: 500),
                as: .atTerminal,
                now: Date()
            )
            for line in page.lines { show(line, upload.header) }
            if number * 500 >= page.total { break }
            number += 1
        }
        let summary = try await database.ask(UploadDetail(import: id), as: .atTerminal, now: Date()).summary
        let counts = RowPlan.Outcome.allCases.map { "\(summary.count($0)) \($0.rawValue)" }
        print(Terminal.bold(counts.joined(separator: " · ")))
    }

    private func show(_ line: UploadRows.Line, _ header: [String]) {
        guard let plan = line.plan, plan.outcome != .same else { return }
        let new = plan.changes.first { $0.field == .name }?.new.english
        let name = plan.member?.name ?? new ?? line.cells.first ?? ""
        let how = plan.member.map { ", matched by \($0.because.english)" } ?? ""
        print("line \(line.number)  \(plan.outcome.rawValue)  \(Terminal.safe(name))\(Terminal.safe(how))")
        for change in plan.changes {
            let old = plan.outcome == .create ? "" : "\(change.old?.english ?? "nothing") → "
            print("    \(change.field.rawValue): \(Terminal.safe(old + change.new.english))")
        }
        for problem in plan.problems {
            let column = problem.column.map { UploadMapping.columnName($0, header).english + ": " } ?? ""
            print("    refused: \(Terminal.safe(column + problem.message.english))")
        }
        for candidate in plan.candidates {
            print("    perhaps \(candidate.key): \(Terminal.safe(candidate.because.english))")
        }
        for note in plan.notes { print("    \(Terminal.safe(note.english))") }
    }
}
