import Access
import Database
import HTTPTypes
import Languages
import Membership
import Web

extension Shapes {
    static let undoneImport = Shape<UndoneImport>(
        "UndoneImport",
        [
            .integer("removed", "How many members were removed again.") { $0.removed },
            .integer("restored", "How many members are as they were before.") { $0.restored },
            .objects("left", "What was left as it is, because it changed since.", Shapes.undoObstacle) { $0.left },
        ]
    )

    static let undoObstacle = Shape<UndoObstacle>(
        "UndoObstacle",
        [
            .integer("line", "The line in the file, from 1.") { $0.line },
            .text("member_name", "The member's name.") { $0.name },
            .text("because", "What changed, as the rest of a sentence.") { $0.message.english },
        ]
    )
}

extension Operation {
    /// A spreadsheet of members, read and put apart.
    static let stageImport = Operation(
        .post,
        "/imports",
        id: "stageImport",
        topic: .office,
        summary: "Send a spreadsheet of members",
        detail: """
            Reads a spreadsheet and puts its rows apart; nothing touches the records. Its columns are told with \
            `mapImport` where `getImport` takes one for something else, then `checkImport` compares every row with the \
            records.
            """,
        access: .token(.writeImports, .importMembers),
        parameters: [FileBody.name, FileBody.sheet, WriteHeaders.idempotencyKey],
        file: .memberSheet,
        answers: [.made(Shapes.importRecord, "The import; Location is its address.")]
    ) { call in
        let (name, sheet) = (try call.fileName(), try call.value(FileBody.sheet))
        let command = try await StageImport.reading(file: name, bytes: call.file, sheet: sheet)
        return try await call.make(command, at: { "/imports/\($0.id)" }, { ImportRecords.of($0.id) })
    }

    static let mapImport = change(
        .put,
        "/columns",
        id: "mapImport",
        summary: "Tell the columns of an import",
        detail: """
            Tells which fact each column holds, in their order. It is remembered for the next file with the same \
            headings. What was found before is forgotten: `checkImport` comes next.
            """,
        body: [
            .init(
                name: "columns",
                schema: .list(
                    "One field for each column; `ignore` leaves it out.",
                    of: .choice("A fact.", UploadField.allCases.map(\.rawValue)),
                    atLeast: 1,
                    atMost: 200
                ),
                isRequired: true
            )
        ]
    ) { id, call in
        let fields = (call.body.texts("columns") ?? []).map { UploadField(rawValue: $0) ?? .ignore }
        return MapColumns(import: id, mapping: UploadMapping(fields))
    }

    static let checkImport = change(
        .post,
        "/check",
        id: "checkImport",
        summary: "Compare an import with the records",
        detail: "The dry run: compares every row with the records as they are now. Nothing touches the records."
    ) { id, call in DryRun(import: id, rules: call.context.uploadRules) }

    static let decideImportRows = change(
        .post,
        "/rows",
        id: "decideImportRows",
        summary: "Decide about rows of an import",
        detail: """
            Accepts single rows or leaves them out, and says whom those mean that can mean several. The rows are \
            compared again.
            """,
        body: [
            .init(
                name: "rows",
                schema: .list("The rows.", of: Schema(.object(row), ""), atLeast: 1, atMost: 500),
                isRequired: true
            )
        ]
    ) { id, call in
        let rows = call.body.elements("rows")
        var taken: [Int: Bool] = [:]
        for row in rows { taken[row.line] = row.flag("is_taken") }
        let choices = try await call.uploadChoices(rows)
        return DecideRows(import: id, taken: taken, choices: choices, rules: call.context.uploadRules)
    }

    private static let row = ObjectSchema(
        name: "ImportRowDecision",
        isClosed: true,
        [
            .init(name: "line", schema: .integer("Its line in the file.", 1...1_000_000), isRequired: true),
            .init(name: "is_taken", schema: .flag("Whether it is accepted."), isRequired: false),
            .init(
                name: "choice",
                schema: .choice(
                    "Whom it means: the `member` of that property, a `new` one, or `none` for what the program finds.",
                    UploadChoice.keys
                ),
                isRequired: false
            ),
            .init(
                name: "member",
                schema: .text("The key of one of its candidates; needed where `choice` is `member`.", .key()),
                isRequired: false
            ),
        ]
    )

    static let decideImportOutcome = change(
        .post,
        "/outcomes",
        id: "decideImportOutcome",
        summary: "Decide about all rows of one outcome",
        detail: """
            Accepts all rows of one outcome, leaves them out, or takes those that can mean several for new members.
            """,
        body: [
            .init(
                name: "outcome",
                schema: .choice("What the dry run found for them.", RowPlan.Outcome.allCases.map(\.rawValue)),
                isRequired: true
            ),
            .init(
                name: "decision",
                schema: .choice("What becomes of them.", ["take", "leave-out", "take-as-new"]),
                isRequired: true
            ),
        ]
    ) { id, call in
        let decision: DecideOutcome.Decision =
            switch call.body.text("decision") {
            case "take": .take
            case "take-as-new": .takeAsNew
            default: .leaveOut
            }
        return DecideOutcome(
            import: id,
            outcome: call.body.text("outcome").flatMap(RowPlan.Outcome.init(rawValue:)) ?? .refused,
            decision,
            rules: call.context.uploadRules
        )
    }

    static let undoImport = change(
        .post,
        "/undo",
        id: "undoImport",
        summary: "Undo an import",
        detail: """
            Puts back what an import changed, and removes what it created: all of it, or nothing where rows changed \
            since.
            """,
        body: [
            .init(
                name: "leaves_changed",
                schema: .flag("Whether rows that changed since are left as they are and the rest is undone."),
                isRequired: false
            )
        ],
        answers: AnswerDescription(.ok, "What was undone.", Shapes.undoneImport.schema("What was undone.")),
        command: { id, call in
            UndoImport(
                import: id,
                rules: call.context.uploadRules,
                leavesChanged: call.body.flag("leaves_changed") ?? false
            )
        },
        answer: { _, _, undone in KeptAnswer(status: 200, body: Shapes.undoneImport.writer.bytes(undone)) }
    )

    static let dropImport = change(
        .delete,
        "",
        id: "dropImport",
        summary: "Forget an import",
        detail: "Forgets a file that was never applied, with all that stands in it.",
        answers: .removed,
        command: { id, _ in DropImport(import: id) },
        answer: { _, call, _ in .removed(try call.required(ImportRecords.id)) }
    )

    /// A change of an import that is answered with it.
    private static func change<C: Command>(
        _ method: HTTPRequest.Method,
        _ end: String,
        id: String,
        summary: String,
        detail: String,
        body: [ObjectSchema.Property]? = nil,
        command: @escaping @Sendable (String, Call) async throws -> C
    ) -> Operation {
        change(
            method,
            end,
            id: id,
            summary: summary,
            detail: detail,
            body: body,
            answers: .one(Shapes.importRecord, "The import as it is now."),
            command: command,
            answer: { transaction, call, _ in
                try ImportRecords.of(call.required(ImportRecords.id)).kept(transaction, call)
            }
        )
    }

    private static func change<C: Command>(
        _ method: HTTPRequest.Method,
        _ end: String,
        id: String,
        summary: String,
        detail: String,
        body: [ObjectSchema.Property]? = nil,
        answers: AnswerDescription,
        command: @escaping @Sendable (String, Call) async throws -> C,
        answer: @escaping @Sendable (Transaction, Call, C.Outcome) throws -> KeptAnswer
    ) -> Operation {
        let name = id.prefix(1).uppercased() + id.dropFirst()
        return Operation(
            method,
            "/imports/{id}\(end)",
            id: id,
            topic: .office,
            summary: summary,
            detail: detail,
            access: .token(.writeImports, .importMembers),
            parameters: [ImportRecords.id, WriteHeaders.ifMatch, WriteHeaders.idempotencyKey],
            body: body.map { ObjectSchema(name: "\(name)Body", isClosed: true, $0) },
            answers: [answers]
        ) { call in
            let id = try call.required(ImportRecords.id)
            return try await call.change(command(id, call), on: ImportRecords.of(id)) { transaction, outcome in
                try answer(transaction, call, outcome)
            }
        }
    }
}

extension JSONValue {
    /// The line of a row that was sent.
    fileprivate var line: Int {
        if case .integer(let line)? = self["line"] { line } else { 0 }
    }
}

extension Call {
    /// What was said of whom rows mean, by line. Throws `InvalidInput` for members that there are not.
    fileprivate func uploadChoices(_ rows: [JSONValue]) async throws -> [Int: UploadChoice] {
        let chosen = rows.filter { $0.text("choice") == "member" }
        let ids = try await memberIDs(chosen.map { $0.text("member") ?? "" }, field: "rows")
        var choices: [Int: UploadChoice] = [:]
        for (row, id) in zip(chosen, ids) { choices[row.line] = .member(id) }
        for row in rows {
            switch row.text("choice") {
            case "new": choices[row.line] = .newMember
            case "none": choices[row.line] = UploadChoice.none
            default: break
            }
        }
        return choices
    }
}
