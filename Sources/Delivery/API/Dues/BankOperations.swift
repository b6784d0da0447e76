import Access
import Charter
import Dues
import HTTPTypes
import Languages
import Web

private enum StatementRecords {
    static let id = Parameter<String>.path("id", "The statement's id.")

    static func of(_ call: Call) throws -> Record<StatementByID, BankStatementRecord> {
        let id = try call.required(id)
        return Record("bank statement \(id)", Shapes.bankStatement, StatementByID(id))
    }
}

private enum LineRecords {
    static let id = Parameter<String>.path("id", "The line's id.")

    static func of(_ call: Call) throws -> Record<LineByID, LineByID.Answer> {
        let id = try call.required(id)
        return Record("bank line \(id)", Shapes.bankLineRecord, LineByID(id))
    }
}

// Statements.
extension Operation {
    static let listBankStatements = pages(
        "/bank-statements",
        id: "listBankStatements",
        topic: .payments,
        summary: "List bank statements",
        detail: "The statements that were imported, those that came last first, with what became of their lines.",
        of: Shapes.bankStatement,
        named: "BankStatementPage",
        access: .token(.readPayments, .readPayments),
        size: StatementList.pageSize
    ) { call, page in
        let found = try await call.ask(StatementList(page: page))
        var hasNext = false
        if found.count == StatementList.pageSize {
            hasNext = try await !call.ask(StatementList(page: page + 1)).isEmpty
        }
        return Rows(rows: found, hasNext: hasNext)
    }

    static let getBankStatement = one(
        "/bank-statements/{id}",
        id: "getBankStatement",
        topic: .payments,
        summary: "Read a bank statement",
        detail: "One statement that was imported, with what became of its lines.",
        of: Shapes.bankStatement,
        access: .token(.readPayments, .readPayments),
        parameters: [StatementRecords.id]
    ) { try StatementRecords.of($0) }

    static let listStatementMappings = list(
        "/statement-mappings",
        id: "listStatementMappings",
        topic: .payments,
        summary: "List mappings of banks' tables",
        detail: "What the columns of banks' tables hold, each under a name by which a CSV file is imported.",
        of: Shapes.statementMapping,
        named: "StatementMappings",
        access: .token(.readPayments, .readPayments)
    ) { try await $0.ask(StatementMappings()) }

    /// A bank's file, tried or taken.
    static let importBankStatement: Operation = {
        let mapping = Parameter.text(
            "mapping",
            "Of CSV: the name of the mapping that tells what its columns hold.",
            .line(1, 100)
        )
        let dryRun = Parameter<Bool>.flag("dry_run", "Whether it is only told what importing it would do.")
        let books = Parameter<Bool>.flag("books", "Whether what is sure enough is booked at once; it is without it.")
        let isInvented = Parameter<Bool>.flag("is_invented", "Whether it is made up, with what comes of it.")
        let told = Shapes.statementImport.schema("What was done.")
        return Operation(
            .post,
            "/bank-statements",
            id: "importBankStatement",
            topic: .payments,
            summary: "Import a bank statement",
            detail: """
                Takes a bank's file in: camt.053 in its versions 02 and 08, or CSV by a mapping. Its sums must be \
                right. Each line that is not on record is matched with the invoices; what is beyond doubt is booked, \
                the rest waits in `listBankLines`. Sent twice it changes nothing, and of statements that overlap only \
                what is new is taken.
                """,
            access: .token(.writePayments, .recordPayments),
            parameters: [FileBody.name, mapping, dryRun, books, isInvented, WriteHeaders.idempotencyKey],
            file: .bankStatement,
            answers: [
                AnswerDescription(
                    .created,
                    "What was imported; Location is the address of the first statement.",
                    told,
                    headers: [.location]
                ),
                AnswerDescription(.ok, "What it would do in a dry run, or that nothing of it was new.", told),
                // The mapping can be none.
                .problem(.notFound),
            ]
        ) { call in
            let (name, bytes) = (try call.fileName(), call.file)
            var known: StatementMapping?
            if let wanted = try call.value(mapping) { known = try await call.ask(StatementMappingByName(wanted)) }
            let chosen = known
            let file = try await FileReader.read { () throws(StatementRefusal) in
                try StatementFile(name: name, bytes: bytes, mapping: chosen)
            }
            if try call.value(dryRun) ?? false {
                let question = PreviewStatement(file, charter: call.context.charter)
                let outcome = StatementOutcome(try await call.ask(question))
                return Answer(Shapes.statementImport.writer.bytes(outcome))
            }
            let command = ImportBankStatement(
                file,
                isInvented: try call.value(isInvented) ?? false,
                booksMatches: try call.value(books) ?? true,
                charter: call.context.charter
            )
            return try await call.run(command, tag: nil) { _, done in
                let outcome = StatementOutcome(done)
                return KeptAnswer(
                    status: outcome.isNew ? 201 : 200,
                    body: Shapes.statementImport.writer.bytes(outcome),
                    location: outcome.firstID.map { "\(API.path)/bank-statements/\($0)" }
                )
            }
        }
    }()

    static let undoBankStatement = Operation(
        .post,
        "/bank-statements/{id}/undo",
        id: "undoBankStatement",
        topic: .payments,
        summary: "Undo a bank statement",
        detail: """
            Undoes the import of a statement: every payment and refund that came of its lines, and the lines, so that \
            the file can be imported again. A payment that was entered by hand stays.
            """,
        access: .token(.writePayments, .recordPayments),
        parameters: [StatementRecords.id, WriteHeaders.ifMatch, WriteHeaders.idempotencyKey],
        body: ObjectSchema(name: "BankStatementUndo", isClosed: true, [.grounds]),
        answers: [.one(Shapes.bankStatement, "The statement as it is now.")]
    ) { call in
        let id = try call.required(StatementRecords.id)
        let command = UndoStatement(id, grounds: call.body.text("grounds") ?? "")
        return try await call.change(command, on: StatementRecords.of(call))
    }
}

// Their lines.
extension Operation {
    static let listBankLines: Operation = {
        let state = Parameter<[String]>.states(
            "Lines in these states, with commas between; those that are open without it.",
            BankLine.State.allCases.map(\.rawValue)
        )
        let statement = Parameter.text("statement", "Lines of the statement with this id.", .key())
        return pages(
            "/bank-lines",
            id: "listBankLines",
            topic: .payments,
            summary: "List lines of bank statements",
            detail: "What came in and nobody matched yet, with what it can be, the earliest first.",
            of: Shapes.bankLine,
            named: "BankLinePage",
            access: .token(.readPayments, .readPayments),
            parameters: [state, statement],
            size: MatchQueue.pageSize
        ) { call, page in
            let states = try call.value(state)?.compactMap(BankLine.State.init(rawValue:)) ?? [.open]
            let question = MatchQueue(states, statement: try call.value(statement), page: page)
            let found = try await call.ask(question)
            return Rows(rows: found.lines.map { BankEntry($0) }, total: found.total)
        }
    }()

    static let getBankLine = one(
        "/bank-lines/{id}",
        id: "getBankLine",
        topic: .payments,
        summary: "Read a line of a bank statement",
        detail: "One booking with what it can be, and the payment that came of it.",
        of: Shapes.bankLineRecord,
        access: .token(.readPayments, .readPayments),
        parameters: [LineRecords.id]
    ) { try LineRecords.of($0) }

    static let matchBankLine = Operation(
        .post,
        "/bank-lines/{id}/match",
        id: "matchBankLine",
        topic: .payments,
        summary: "Match a line of a bank statement",
        detail: """
            Says what a line is, and books it so: one of its suggestions, shared out otherwise, or a payment that was \
            entered by hand before. Send one of the three.
            """,
        access: .token(.writePayments, .recordPayments),
        parameters: [LineRecords.id, WriteHeaders.ifMatch, WriteHeaders.idempotencyKey],
        body: ObjectSchema(
            name: "LineMatch",
            isClosed: true,
            [
                .init(
                    name: "suggestion",
                    schema: .integer("The number of one of its suggestions.", 1...1_000),
                    isRequired: false
                ), ShareBody.optionalShares,
                .init(name: "payment", schema: .text("The payment's id.", .key()), isRequired: false),
            ]
        ),
        answers: [.one(Shapes.paymentRecord, "The payment that it is.")]
    ) { call in
        let record = try LineRecords.of(call)
        let line = try await call.ask(record.reading).line
        let target = try await call.matchTarget(line)
        let command = MatchLine(line.id, as: target, charter: call.context.charter)
        return try await call.sharing {
            try await call.change(command, on: record) { transaction, payment in
                try PaymentRecords.of(payment).kept(transaction, call)
            }
        }
    }

    static let ignoreBankLine = settleBankLine(
        "/ignore",
        id: "ignoreBankLine",
        summary: "Leave a line aside",
        detail: "Says that a line of a bank's statement has to do with nobody's dues.",
        isTakenBack: false
    )

    static let reopenBankLine = settleBankLine(
        "/reopen",
        id: "reopenBankLine",
        summary: "Take a line up again",
        detail: "Says that a line that was left aside has to do with dues after all.",
        isTakenBack: true
    )

    private static func settleBankLine(
        _ end: String,
        id: String,
        summary: String,
        detail: String,
        isTakenBack: Bool
    ) -> Operation {
        let name = id.prefix(1).uppercased() + id.dropFirst()
        return Operation(
            .post,
            "/bank-lines/{id}\(end)",
            id: id,
            topic: .payments,
            summary: summary,
            detail: detail,
            access: .token(.writePayments, .recordPayments),
            parameters: [LineRecords.id, WriteHeaders.ifMatch, WriteHeaders.idempotencyKey],
            body: ObjectSchema(name: "\(name)Body", isClosed: true, [.grounds]),
            answers: [.one(Shapes.bankLineRecord, "The line as it is now.")]
        ) { call in
            let command = IgnoreLine(
                try call.required(LineRecords.id),
                grounds: call.body.text("grounds") ?? "",
                isTakenBack: isTakenBack
            )
            return try await call.change(command, on: LineRecords.of(call))
        }
    }
}

extension Call {
    /// What a line is, as it was sent. Throws `InvalidInput` where that is said in no way or in several.
    fileprivate func matchTarget(_ line: BankLine) async throws -> MatchTarget {
        var targets: [MatchTarget] = []
        if let number = body.integer("suggestion") { targets.append(.suggestion(number)) }
        if let payment = body.text("payment") { targets.append(.payment(payment)) }
        if body["shares"] != nil {
            targets.append(.shares(try await shares(of: line.line.amount.currency)))
        }
        guard let target = targets.first, targets.count == 1 else {
            throw InvalidInput(
                "body",
                say("Say in one way what the line is: by a suggestion, by shares, or by a payment.")
            )
        }
        return target
    }
}
