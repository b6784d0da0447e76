import Access
import Foundation
import HTML
import HTTPTypes
import Hummingbird
import Languages
import Membership
import Web

extension Site {
    /// Spreadsheets of the secretariat: sent, mapped, tried, applied, undone.
    static func addImports(to rooms: RoomRoutes) {
        rooms.get(importsPath, .may(.importMembers)) { try await importList($0) }
        rooms.get("\(importsPath)/new", .may(.importMembers)) { newImport($0) }
        // The file and the few fields beside it.
        rooms.post("\(importsPath)/new", .may(.importMembers), largestBody: StageImport.largestBytes + (64 << 10)) {
            room in
            try await stage(room)
        }
        rooms.get("\(importsPath)/:id", .may(.importMembers)) { try await showImport($0) }
        rooms.get("\(importsPath)/:id/columns", .may(.importMembers)) { room in
            try await columnsPage(room, problems: .none)
        }
        rooms.post("\(importsPath)/:id/columns", .may(.importMembers)) { try await tellColumns($0) }
        rooms.post("\(importsPath)/:id/check", .may(.importMembers)) { room in
            let id = try room.parameter("id")
            _ = try await room.run(DryRun(import: id, rules: room.uploadRules))
            return room.redirect(to: "\(importsPath)/\(id)", notice: say("Compared with the records as they are now."))
        }
        rooms.post("\(importsPath)/:id/rows", .may(.importMembers)) { try await decideRows($0) }
        rooms.post("\(importsPath)/:id/drop", .may(.importMembers)) { room in
            try await room.run(DropImport(import: room.parameter("id")))
            return room.redirect(to: importsPath, notice: say("The file is forgotten. Nothing of it was written."))
        }
        addImportDecisions(to: rooms)
        addMemberSheets(to: rooms)
    }

    static let importsPath = ConsolePlace.imports.address

    private static func addImportDecisions(to rooms: RoomRoutes) {
        rooms.get("\(importsPath)/:id/apply", .may(.importMembers)) { try await confirmApplying($0) }
        rooms.post("\(importsPath)/:id/apply", .may(.importMembers)) { room in
            let id = try room.parameter("id")
            let claim = try await room.run(BeginImport(import: id))
            let run = ImportRun(database: room.site.database, rules: room.uploadRules, now: room.site.now)
            let actor = try room.actor
            // The page answers at once and shows how far it is; why nothing was written stands with the import.
            Task { try await run.apply(id, claim: claim, as: actor) }
            return room.redirect(to: "\(importsPath)/\(id)")
        }
        rooms.get("\(importsPath)/:id/undo", .may(.importMembers)) { room in
            try await confirmUndoing(room, obstacles: nil)
        }
        rooms.post("\(importsPath)/:id/undo", .may(.importMembers)) { room in
            let id = try room.parameter("id")
            let rest = room.form.has("rest")
            do {
                let undone = try await room.run(UndoImport(import: id, rules: room.uploadRules, leavesChanged: rest))
                let (removed, restored) = (counted(members: undone.removed), counted(members: undone.restored))
                var notice = [say("Undone: \(removed) removed again, \(restored) put back.")]
                if !undone.left.isEmpty {
                    notice.append(
                        say(
                            undone.left.count,
                            one: "1 row was left as it is.",
                            other: "\(undone.left.count) rows were left as they are."
                        )
                    )
                }
                return room.redirect(to: "\(importsPath)/\(id)", notice: Phrase.joined(notice, by: " "))
            } catch UploadRefusal.cannotUndo(let rows, let count) {
                return try await confirmUndoing(room, obstacles: (rows, count))
            }
        }
    }

    /// The records as a sheet that comes back in as the same.
    private static func addMemberSheets(to rooms: RoomRoutes) {
        rooms.post("\(importsPath)/export", .may(.exportMembers)) { room in
            let format = try room.exportFormat()
            let sheet = try await room.run(ExportMemberSheet(rules: room.uploadRules, as: format))
            return room.export(try await sheet.bytes(as: format), format, of: room.today)
        }
    }

    private static func stage(_ room: Room) async throws -> Response {
        do {
            guard let file = room.files.first(where: { $0.name == "file" }), !file.bytes.isEmpty else {
                let none = say("No file was chosen, or it is empty. Choose a CSV or XLSX file.")
                return newImport(room, problems: FormProblems(fields: [.init("file", none)]))
            }
            let sheet = room.form.optional("sheet")
            let command = try await StageImport.reading(file: file.fileName, bytes: file.bytes, sheet: sheet)
            let staged = try await room.run(command)
            let notice =
                staged.isMappingRemembered
                ? say("These headings are known: the columns are as they were told last time.") : nil
            return room.redirect(to: "\(importsPath)/\(staged.id)/columns", notice: notice)
        } catch let refusal as UploadRefusal {
            let problems = FormProblems(fields: [.init("file", refusal.sentence)])
            return newImport(room, problems: problems)
        }
    }

    private static func tellColumns(_ room: Room) async throws -> Response {
        let id = try room.parameter("id")
        let detail = try await room.ask(UploadDetail(import: id))
        let fields = detail.upload.header.indices.map { place in
            UploadField(rawValue: room.form["column-\(place + 1)"]) ?? .ignore
        }
        do {
            try await room.run(MapColumns(import: id, mapping: UploadMapping(fields)))
            _ = try await room.run(DryRun(import: id, rules: room.uploadRules))
            return room.redirect(to: "\(importsPath)/\(id)")
        } catch let input as InvalidInput {
            return try await columnsPage(room, told: fields, problems: FormProblems(input))
        }
    }

    /// A page of rows with its ticks and choices, or a decision on all rows of one outcome.
    private static func decideRows(_ room: Room) async throws -> Response {
        let id = try room.parameter("id")
        let rules = room.uploadRules
        let list = LocalPath(room.form["list"]).text
        let back = list.hasPrefix("\(importsPath)/\(id)") ? list : "\(importsPath)/\(id)"
        if let outcome = RowPlan.Outcome(rawValue: room.form["outcome"]) {
            let decision: DecideOutcome.Decision =
                switch room.form["decide"] {
                case "leave": .leaveOut
                case "new": .takeAsNew
                default: .take
                }
            _ = try await room.run(DecideOutcome(import: id, outcome: outcome, decision, rules: rules))
            return room.redirect(to: "\(importsPath)/\(id)", notice: say("Kept for all of these rows."))
        }
        let ticked = Set(room.form.all("take").compactMap { Int($0) })
        var taken: [Int: Bool] = [:]
        var choices: [Int: UploadChoice] = [:]
        for line in room.form.all("shown").compactMap({ Int($0) }) {
            taken[line] = ticked.contains(line)
            if room.form.has("choice-\(line)") { choices[line] = UploadChoice(form: room.form["choice-\(line)"]) }
        }
        _ = try await room.run(DecideRows(import: id, taken: taken, choices: choices, rules: rules))
        return room.redirect(to: back, notice: say("Kept. The rows were compared again."))
    }
}

extension UploadChoice {
    fileprivate init(form value: String) {
        switch value {
        case "": self = .none
        case "new": self = .newMember
        default: self = .member(value)
        }
    }
}

extension Room {
    /// What the cells of a spreadsheet are read by.
    var uploadRules: UploadRules { UploadRules(charter: site.charter, countries: site.countries.words) }
}

/// `1 member`, `12 members`.
func counted(members number: Int) -> Phrase { say(number, one: "1 member", other: "\(number) members") }

/// `1 row`, `12 rows`.
func counted(rows number: Int) -> Phrase { say(number, one: "1 row", other: "\(number) rows") }
