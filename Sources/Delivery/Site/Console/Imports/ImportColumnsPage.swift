import Access
import HTML
import HTTPTypes
import Hummingbird
import Languages
import Membership
import Web

extension Site {
    /// Which column is what, beside the first cells of each.
    static func columnsPage(
        _ room: Room,
        told: [UploadField]? = nil,
        problems: FormProblems
    ) async throws -> Response {
        let id = try room.parameter("id")
        let detail = try await room.ask(UploadDetail(import: id))
        let upload = detail.upload
        guard upload.state != .applied, upload.state != .undone else {
            return room.redirect(to: "\(importsPath)/\(id)")
        }
        let page = RoomPage(
            title: say("Columns of \(upload.file)"),
            place: .console(.imports),
            trail: [(importsPath, ConsolePlace.imports.title)]
        )
        let status: HTTPResponse.Status = problems.isEmpty ? .ok : .unprocessableContent
        return room.page(page, status: status) { h in
            h.problems(problems)
            h.p(
                .class("lede"),
                text: say("Say what each column holds. The next file with these headings gets the same.")
            )
            let reading = [upload.reading, counted(rows: upload.rowCount)]
            h.p(.class("quiet"), text: Phrase.joined(reading, by: " · "))
            before(h, detail.appliedBeforeAt)
            room.form(h, "\(importsPath)/\(id)/columns") {
                h.div(.class("column-map"), .id("field-mapping")) {
                    for place in upload.header.indices {
                        column(h, upload, place, told?[place] ?? upload.mapping.fields[place], detail.preview, problems)
                    }
                }
                h.div(.class("form-end")) {
                    h.button(.class("button primary"), .type(.submit), text: say("Compare with the records"))
                }
            }
            firstRows(h, upload, detail.preview)
            room.form(h, "\(importsPath)/\(id)/drop", .class("form-end")) {
                h.button(.class("link-button danger"), .type(.submit), text: say("Forget this file"))
            }
        }
    }

    static func before(_ h: HTMLWriter, _ instant: String?) {
        guard let instant else { return }
        h.div(.class("notice"), .role(.status)) {
            h.p {
                h.sentence(
                    say(
                        "This very file was applied already, \(part: 0). Unless something was changed since, nothing "
                            + "in it is new."
                    ),
                    { h.instant(instant) }
                )
            }
        }
    }

    private static func column(
        _ h: HTMLWriter,
        _ upload: Upload,
        _ place: Int,
        _ field: UploadField,
        _ preview: [[String]],
        _ problems: FormProblems
    ) {
        let cells = preview.compactMap { $0.indices.contains(place) ? $0[place] : nil }.filter { !$0.isEmpty }
        let sample = cells.prefix(3).map { $0.count > 40 ? $0.prefix(40) + "…" : $0[...] }.joined(separator: " · ")
        h.choice(
            "column-\(place + 1)",
            label: columnTitle(place, upload.header),
            value: field.rawValue,
            options: UploadField.allCases.map { ($0.rawValue, $0.title) },
            help: sample.isEmpty ? say("Empty in the first rows.") : .verbatim(sample),
            problems: problems
        )
    }

    private static func firstRows(_ h: HTMLWriter, _ upload: Upload, _ preview: [[String]]) {
        h.h2(.id("first-rows"), text: say("The first rows as they were read"))
        h.div(.class("wide-table"), .role(.region), .tabindex(0), .aria(.labelledby, "first-rows")) {
            h.table(.class("sheet")) {
                h.thead {
                    h.tr {
                        for place in upload.header.indices {
                            h.th(.scope(.col), text: columnTitle(place, upload.header))
                        }
                    }
                }
                h.tbody {
                    for row in preview {
                        h.tr {
                            for place in upload.header.indices {
                                let cell = row.indices.contains(place) ? row[place] : ""
                                h.td(cell.count > 80 ? cell.prefix(80) + "…" : cell)
                            }
                        }
                    }
                }
            }
        }
        h.p(
            .class("note"),
            text: say("If letters look wrong, save the sheet as CSV UTF-8 or as XLSX and send it again.")
        )
    }
}

/// A column as a person finds it, by `UploadMapping.columnName`'s rule: its heading, or its letter where it has none or
/// shares it.
func columnTitle(_ place: Int, _ header: [String]) -> Phrase {
    let (heading, letters) = (header.indices.contains(place) ? header[place] : "", UploadMapping.letters(place))
    guard !heading.isEmpty else { return say("Column \(letters)") }
    let title = capitalisedFirst(heading)
    return header.count { $0 == heading } > 1 ? say("\(title) (column \(letters))") : .verbatim(title)
}
