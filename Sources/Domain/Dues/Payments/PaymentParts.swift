import Access
import Charter
import Database
import Identity
import Languages

/// Every command and question of payments and banks' statements.
enum PaymentCatalogue {
    static let all: [ServiceDescription] = [
        .command(EnterPayment.self), .command(ForgetStatementMapping.self), .command(IgnoreLine.self),
        .command(ImportBankStatement.self), .command(MatchLine.self), .command(MatchOpenLines.self),
        .command(RefundPayment.self), .command(SaveStatementMapping.self), .command(SetExchangeRate.self),
        .command(SplitPayment.self), .command(UndoPayment.self), .command(UndoStatement.self),
        .command(UseCredit.self),
        .question(ExchangeRateList.self), .question(LineByID.self), .question(MatchQueue.self),
        .question(PaymentByID.self), .question(PaymentList.self), .question(PreviewStatement.self),
        .question(StatementByID.self), .question(StatementList.self), .question(StatementMappingByName.self),
        .question(StatementMappings.self),
    ]
}

/// What an entry of the journal is about.
enum PaymentSubjects {
    static let mapping = "statement-mapping"
    static let rate = "exchange-rate"

    static func words(_ transaction: Transaction, kind: String, id: String) throws -> Phrase? {
        switch kind {
        case Payment.subjectKind: try Payment.find(transaction, id: id)?.words
        case BankLine.subjectKind:
            try BankLine.find(transaction, id: id).map { line in
                say("Line of \(line.line.amount), \(line.line.bookedOn)", context: "of a bank's statement")
            }
        case BankStatementRecord.subjectKind:
            try BankStatementRecord.all(transaction, "WHERE id = ?", [.text(id)]).first.map { statement in
                say("Statement of \(statement.account), \(statement.from) to \(statement.to)")
            }
        case mapping: say("Mapping \"\(id)\" of a bank's table")
        case rate: say("Rate of exchange \(id)")
        default: nil
        }
    }
}

/// Money that came in and that nobody said what it is, for the page Today.
enum WaitingLines {
    static let source = WaitingSource(
        kind: BankLine.subjectKind,
        title: say("Money that nobody matched"),
        reads: .readPayments
    ) { try list($0) }

    private static func list(_ transaction: Transaction) throws -> [WaitingItem] {
        try transaction.query(
            """
            SELECT l.id, l.payer, l.currency, l.amount_minor, l.booked_on, s.imported_at, s.invented
            FROM bank_line l JOIN bank_statement s ON s.id = l.statement_id
            WHERE l.state = 'open' ORDER BY s.imported_at, l.booked_on, l.id LIMIT 100
            """
        ) { row in
            let amount = Money(minor: try row.integer(3), try Currency(try row.text(2)))
            let task = say("Say for which invoice it is, or that it has to do with nobody's dues.")
            return WaitingItem(
                kind: BankLine.subjectKind,
                id: try row.text(0),
                title: row.optionalText(1).map { say("\(amount) from \($0)", context: "money that came in") }
                    ?? say("\(amount) from somebody unnamed"),
                detail: try row.flag(6) ? .joined([say("It is made up as an example."), task], by: " ") : task,
                needs: .recordPayments,
                since: try row.text(5)
            )
        }
    }
}

/// What payments hold on people: who recorded them. Whoever paid stands there as the bank wrote it, as a member's
/// payment.
enum PaymentPersonalData {
    static let all: [PersonalDataSource] = [payments, statements]

    // That a colleague recorded a payment is part of the story of the accounts; their name goes with the person.
    private static let payments = PersonalDataSource("payments") { transaction, person in
        let key = Value.text("person:\(person.id)")
        return .list(
            try transaction.query(
                """
                SELECT id, kind, received_on, entered_at FROM payment WHERE entered_by = ? OR undone_by = ? ORDER BY id
                """,
                [key, key]
            ) { row in
                [
                    "id": .text(try row.text(0)), "kind": .text(try row.text(1)),
                    "received-on": .text(try row.text(2)), "entered-at": .text(try row.text(3)),
                ]
            }
        )
    } erase: { _, _, _ in
    }

    private static let statements = PersonalDataSource("bank-statements") { transaction, person in
        let key = Value.text("person:\(person.id)")
        return .list(
            try transaction.query(
                """
                SELECT id, file, imported_at FROM bank_statement WHERE imported_by = ? OR undone_by = ?
                ORDER BY imported_at, id
                """,
                [key, key]
            ) { row in
                [
                    "id": .text(try row.text(0)), "file": .text(try row.text(1)),
                    "imported-at": .text(try row.text(2)),
                ]
            }
        )
    } erase: { _, _, _ in
    }
}
