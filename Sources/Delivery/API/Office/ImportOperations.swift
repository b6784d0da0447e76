import Access
import Database
import HTTPTypes
import Languages
import Membership
import Web

/// An import of a spreadsheet with who brought it in.
struct ImportEntry: Sendable {
    let upload: Upload
    let by: Phrase
    let summary: UploadSummary
}

/// A column of the file, and what it was taken for.
struct ImportColumn: Sendable {
    let heading: String
    let field: String
}

extension Shapes {
    static let sheetImport = Shape<ImportEntry>("SheetImport", always: ["id"], importFields({ $0 }, []))

    static let importRecord = Shape<UploadDetail.Answer>(
        "SheetImportRecord",
        always: ["id"],
        importFields(
            { ImportEntry(upload: $0.upload, by: $0.stagedBy, summary: $0.summary) },
            [
                .objects("columns", "What each column was taken for.", Shapes.importColumn) { found in
                    zip(found.upload.header, found.upload.mapping.fields).map { heading, field in
                        ImportColumn(heading: heading, field: field.rawValue)
                    }
                },
                .optionalText("applied_by", "Who had it written.") { $0.appliedBy?.english },
                .optionalText("undone_by", "Who had it undone.") { $0.undoneBy?.english },
                .optionalInstant("applied_before_at", "When the same file was applied before.") { $0.appliedBeforeAt },
                Field(
                    "left_lines",
                    .list("Lines that undoing left as they were, because they changed since.", of: .integer(""))
                ) { found, json in
                    json.list(found.leftLines) { line, json in json.integer(line) }
                },
            ]
        )
    )

    static let importColumn = Shape<ImportColumn>(
        "SheetImportColumn",
        [
            .text("heading", "As the file has it.") { $0.heading },
            .text("field", "Which fact it holds; `ignore` for none.") { $0.field },
        ]
    )

    static let importRow = Shape<UploadRows.Line>(
        "SheetImportRow",
        [
            .integer("line", "The line in the file, from 1.") { $0.number },
            .texts("cells", "What stands in it; empty once removed.") { $0.cells },
            .flag("is_taken", "Whether it is accepted; what it would do is written only then.") { $0.isTaken },
            .text("choice", "What somebody said of whom it means: `member`, `new`, or `none` for nothing.") {
                $0.choice.key
            },
            .optionalText("outcome", "`create`, `change`, `same`, `ambiguous` or `refused`; null before the dry run.") {
                $0.plan?.outcome.rawValue
            },
            .optionalText("member", "The key of the member that it means.") { $0.plan?.member?.key },
            .objects("candidates", "Those that it can mean.", Shapes.importCandidate) { $0.plan?.candidates ?? [] },
            .objects("changes", "What it would write, field by field.", Shapes.importChange) {
                $0.plan?.changes ?? []
            },
            .texts("problems", "Why it cannot be taken.") { ($0.plan?.problems ?? []).map(\.message.english) },
            .texts("notes", "What is to be known of it.") { ($0.plan?.notes ?? []).map(\.english) },
        ]
    )

    static let importCandidate = Shape<RowPlan.Candidate>(
        "ImportCandidate",
        [
            .text("member", "The member's key.") { $0.key },
            .text("member_name", "Its name.") { $0.name },
            .optionalText("country", "ISO 3166 alpha-2.") { $0.country },
            .text("category", "The key of its category.") { $0.category },
            .text("because", "Why the row may mean it.") { $0.because.english },
        ]
    )

    static let importChange = Shape<RowPlan.Change>(
        "ImportChange",
        [
            .text("field", "Which fact.") { $0.field.rawValue },
            .optionalText("before", "What the records hold; null for nothing.") { $0.old?.english },
            .text("after", "What they would hold.") { $0.new.english },
        ]
    )

    /// What is told of every import, and `more`.
    private static func importFields<Value: Sendable>(
        _ of: @escaping @Sendable (Value) -> ImportEntry,
        _ more: [Field<Value>]
    ) -> [Field<Value>] {
        let fields: [Field<Value>] = [
            .text("id", "The import's id.") { of($0).upload.id },
            .text("file", "The file's name.") { of($0).upload.file },
            .text("sha256", "Of the file's bytes.") { of($0).upload.sha256 },
            .integer("size_bytes", "How large the file is.") { of($0).upload.sizeBytes },
            .text("reading", "How it was read.") { of($0).upload.reading.english },
            .integer("rows", "How many rows it has.") { of($0).upload.rowCount },
            .integer("rows_done", "How many rows were compared again, while it is applied.") {
                of($0).upload.rowsDone
            },
            .text("state", "`staged`, `checked`, `applying`, `applied` or `undone`.") { of($0).upload.state.rawValue },
            .text("staged_by", "Who brought it in.") { of($0).by.english },
            .instant("staged_at", "When.") { of($0).upload.stagedAt },
            .optionalInstant("checked_at", "When it was compared with the records.") { of($0).upload.checkedAt },
            .optionalInstant("applied_at", "When it was written.") { of($0).upload.appliedAt },
            .optionalInstant("undone_at", "When it was undone.") { of($0).upload.undoneAt },
            .optionalInstant("emptied_at", "When its cells were removed by the charter's rule.") {
                of($0).upload.emptiedAt
            },
            .optionalText("failure", "Why the last attempt to write it wrote nothing.") {
                of($0).upload.failure?.english
            },
            .optionalText("source", "The code of the source that its facts cite.") { of($0).upload.source },
            .integer("will_create", "Accepted rows that are new members.") { of($0).summary.willCreate },
            .integer("will_change", "Accepted rows that change a member.") { of($0).summary.willChange },
            .integer("left_out", "Rows that were left out.") { of($0).summary.leftOut },
        ]
        return fields + more
    }
}

/// An import as it is read and changed.
enum ImportRecords {
    static let id = Parameter<String>.path("id", "The import's id.")

    static func of(_ id: String) -> Record<UploadDetail, UploadDetail.Answer> {
        Record("import \(id)", Shapes.importRecord, UploadDetail(import: id))
    }
}

extension UploadChoice {
    /// As it is sent and told.
    static let keys = ["member", "new", "none"]

    fileprivate var key: String {
        switch self {
        case .member: "member"
        case .newMember: "new"
        case .none: "none"
        }
    }
}

extension Operation {
    /// Spreadsheets that were brought in, the latest first.
    static let listImports = pages(
        "/imports",
        id: "listImports",
        topic: .office,
        summary: "List imports",
        detail: "The spreadsheets that were brought in and what became of them, the latest first.",
        of: Shapes.sheetImport,
        named: "SheetImportPage",
        access: .token(.readImports, .importMembers),
        size: 50
    ) { call, page in
        let found = try await call.ask(UploadList(page: page, size: 50))
        let rows = found.lines.map { ImportEntry(upload: $0.upload, by: $0.by, summary: $0.summary) }
        return Rows(rows: rows, total: found.total)
    }

    static let getImport = one(
        "/imports/{id}",
        id: "getImport",
        topic: .office,
        summary: "Read an import",
        detail: "One spreadsheet with what each column was taken for.",
        of: Shapes.importRecord,
        access: .token(.readImports, .importMembers),
        parameters: [ImportRecords.id]
    ) { ImportRecords.of(try $0.required(ImportRecords.id)) }

    static let listImportRows: Operation = {
        let outcomes = RowPlan.Outcome.allCases.map(\.rawValue)
        let outcome = Parameter.choice("outcome", "Rows for which the dry run found this.", outcomes)
        return pages(
            "/imports/{id}/rows",
            id: "listImportRows",
            topic: .office,
            summary: "List the rows of an import",
            detail: "Each row of a spreadsheet with what the dry run found.",
            of: Shapes.importRow,
            named: "SheetImportRowPage",
            access: .token(.readImports, .importMembers),
            parameters: [ImportRecords.id, outcome],
            size: 50
        ) { call, page in
            let wanted = try call.value(outcome).flatMap(RowPlan.Outcome.init(rawValue:))
            let filter: UploadRows.Filter = wanted.map(UploadRows.Filter.outcome) ?? .all
            let id = try call.required(ImportRecords.id)
            let found = try await call.ask(UploadRows(import: id, filter: filter, page: page, size: 50))
            return Rows(rows: found.lines, total: found.total)
        }
    }()
}
