import Access
import Charter
import Dues
import HTML
import HTTPTypes
import Hummingbird
import Languages
import Web

extension Site {
    /// A file of figures: all of its rows are entered, or none.
    static func addFeeFigureFiles(to rooms: RoomRoutes) {
        rooms.get(ConsoleDues.figuresFile, .may(.enterDues)) { filePage($0, .none, []) }
        rooms.post(
            ConsoleDues.figuresFile,
            .may(.enterDues),
            largestBody: ImportFeeInputs.largestBytes + (64 << 10)
        ) { try await enterFile($0) }
    }

    private static func enterFile(_ room: Room) async throws -> Response {
        guard let file = room.files.first(where: { $0.name == "file" }), !file.bytes.isEmpty else {
            let none = say("No file was chosen, or it is empty. Choose a CSV or XLSX file.")
            return filePage(room, FormSetback(problems: FormProblems(fields: [.init("file", none)])), [])
        }
        let (charter, countries) = (room.site.charter, room.site.countries.words)
        do {
            // Reading takes a processor for a while; it has a thread of its own.
            let command = try await Task.detached {
                try ImportFeeInputs(file: file.fileName, bytes: file.bytes, charter: charter, countries: countries)
            }.value
            let done = try await room.run(command)
            return room.redirect(
                to: ConsoleDues.figures,
                notice: say(
                    "Brought in: \(done.entered) entered, \(done.corrected) corrected, \(done.known) on record already."
                )
            )
        } catch FeeRefusal.rows(let problems, let count) {
            let refused = say(
                count,
                one: "Nothing was written: 1 row cannot be taken. Correct it and bring the file in again.",
                other: "Nothing was written: \(count) rows cannot be taken. Correct them and bring the file in again."
            )
            let told = FormSetback(problems: FormProblems(fields: [.init("file", refused)]))
            return filePage(room, told, problems)
        } catch FeeRefusal.unreadable(let why) {
            return filePage(room, FormSetback(problems: FormProblems(fields: [.init("file", why)])), [])
        }
    }
}

private func filePage(_ room: Room, _ trouble: FormSetback, _ rows: [FeeInputProblem]) -> Response {
    room.page(DuesTab.figures.page(say("Bring in a file of figures")), status: trouble.status) { h in
        h.p(
            .class("lede"),
            text: say("One figure a row. All rows are entered, or none; the same file again changes nothing.")
        )
        h.trouble(trouble)
        if !rows.isEmpty { problems(h, rows) }
        room.uploadForm(h, ConsoleDues.figuresFile) {
            h.field(
                "file",
                label: say("File"),
                help: say("CSV or XLSX, up to 10 MB."),
                problems: trouble.problems
            ) { tied in
                h.input(tied + [.type(.file), .accept(".csv,.tsv,.txt,.xlsx,text/csv"), .required()])
            }
            h.p {
                h.sentence(
                    say("Headings: \(part: 0). Needed are a member or a country, and the four after them."),
                    { h.code(ImportFeeInputs.columns.joined(separator: ", ")) }
                )
            }
            h.div(.class("form-end")) {
                h.button(.class("button primary"), .type(.submit), text: say("Bring in the file"))
                h.a(.class("button"), .href(ConsoleDues.figures), text: say("Cancel"))
            }
        }
    }
}

/// Which rows cannot be taken, and why.
private func problems(_ h: HTMLWriter, _ rows: [FeeInputProblem]) {
    h.section(.aria(.labelledby, "refused")) {
        h.h2(.id("refused"), text: say("Rows that cannot be taken"))
        h.ul(.class("rows plain-rows")) {
            for row in rows {
                h.li(.data("row")) {
                    h.div {
                        h.code(row.column)
                        h.span(.class("also"), text: row.message)
                    }
                    h.div(.class("age"), text: say("line \(row.line)"))
                }
            }
        }
    }
}
