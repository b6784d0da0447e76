public import Access
public import Charter
public import Database
public import Foundation
import Journal
public import Languages

/// Takes a bank's file into the records: its lines that are not there yet, each matched with the invoices. All of it,
/// or nothing.
///
/// Imported twice it changes nothing, and of statements that overlap only what is new is taken. Throws `MoneyError`.
public struct ImportBankStatement: Command {
    public static let action = Action.recordPayments
    let file: StatementFile
    let isInvented: Bool
    let booksMatches: Bool
    let charter: Charter

    /// - Parameters:
    ///   - isInvented: made up, as a sample; so are the payments that come of it.
    ///   - booksMatches: whether what is sure enough is booked at once; else all of it waits for a person.
    public init(_ file: StatementFile, isInvented: Bool = false, booksMatches: Bool = true, charter: Charter) {
        self.file = file
        self.isInvented = isInvented
        self.booksMatches = booksMatches
        self.charter = charter
    }

    public struct Outcome: Sendable, Equatable {
        /// One of the file's statements.
        public struct Taken: Sendable, Equatable {
            /// Nothing where no line was new, so that nothing was kept.
            public let id: String?
            public let account: String
            public let newLines: Int
            public let knownLines: Int
            public let notes: [Phrase]
        }

        public let statements: [Taken]
        public let match: MatchOutcome
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> Outcome {
        let parts = try StatementParts(file, transaction)
        var taken: [Outcome.Taken] = []
        for part in parts.all {
            let new = part.new
            let id = new.isEmpty ? nil : try write(part.statement, new, transaction, by: actor, now)
            taken.append(
                Outcome.Taken(
                    id: id,
                    account: part.statement.account,
                    newLines: new.count,
                    knownLines: part.lines.count - new.count,
                    notes: part.statement.notes
                )
            )
        }
        guard taken.contains(where: { $0.id != nil }) else {
            return Outcome(statements: taken, match: MatchOutcome(booked: 0, suggested: 0, open: 0))
        }
        var pass = try MatchPass(transaction)
        let lines = try MatchPass.openLines(transaction)
        let least = booksMatches ? PaymentRules(charter, at: now).booksFrom : nil
        let done = try pass.run(lines, transaction, booksFrom: least, by: actor.key, now: now)
        let match = MatchOutcome(booked: done.booked, suggested: done.suggested, open: done.open)
        return Outcome(statements: taken, match: match)
    }

    private func write(
        _ statement: BankStatement,
        _ lines: [StatementParts.Line],
        _ transaction: Transaction,
        by actor: Actor,
        _ now: Date
    ) throws -> String {
        let id = Identifier.make(at: now)
        try transaction.execute(
            """
            INSERT INTO bank_statement (id, file, sha256, format, name, account, currency, date_from, date_to,
                opening_minor, closing_minor, line_count, invented, imported_by, imported_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(id), .text(file.name), .text(file.sha256), .text(statement.format.rawValue),
                .optional(statement.name), .text(statement.account), .text(statement.currency.code),
                .text(statement.from.description), .text(statement.to.description),
                .optional(statement.opening?.minor), .optional(statement.closing?.minor), .int(lines.count),
                .flag(isInvented), .text(actor.key), .text(InstantText.text(now)),
            ]
        )
        try transaction.execute(
            """
            INSERT INTO bank_line (id, statement_id, account, line_key, number, booked_on, value_on, currency,
                amount_minor, payer, iban, text, reference_list, bank_id, instructed_currency, instructed_minor,
                charge_minor, reversal, state)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            each: lines.map { $0.values(statement: id, account: statement.account, now) }
        )
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "bank-statement.imported",
                subject: .init(BankStatementRecord.subjectKind, id),
                after: [
                    "file": .text(file.name), "sha256": .text(file.sha256), "account": .text(statement.account),
                    "from": .text(statement.from.description), "to": .text(statement.to.description),
                    "lines": .integer(lines.count), "invented": .flag(isInvented),
                ]
            )
        )
        return id
    }
}

/// A file's statements, each with its lines and which of them are not on record.
struct StatementParts {
    struct Line {
        let line: StatementLine
        let key: String
        let isNew: Bool
    }

    struct Part {
        let statement: BankStatement
        let lines: [Line]

        var new: [Line] { lines.filter(\.isNew) }
    }

    let all: [Part]

    init(_ file: StatementFile, _ transaction: Transaction) throws {
        var keys = LineKey()
        var parts: [Part] = []
        for statement in file.statements {
            let known = try Self.known(statement, transaction)
            let lines = statement.lines.map { line -> Line in
                let key = keys.next(line, account: statement.account)
                return Line(line: line, key: key, isNew: !known.contains(key))
            }
            parts.append(Part(statement: statement, lines: lines))
        }
        all = parts
    }

    private static func known(_ statement: BankStatement, _ transaction: Transaction) throws -> Set<String> {
        let days = statement.lines.map(\.bookedOn)
        guard let first = days.min(), let last = days.max() else { return [] }
        return Set(
            try transaction.query(
                "SELECT line_key FROM bank_line WHERE account = ? AND booked_on >= ? AND booked_on <= ?",
                [.text(statement.account), .text(first.description), .text(last.description)]
            ) { try $0.text(0) }
        )
    }
}

extension StatementParts.Line {
    fileprivate func values(statement: String, account: String, _ now: Date) -> [Value] {
        let state: BankLine.State = line.amount.isPositive ? .open : .outgoing
        return [
            .text(Identifier.make(at: now)), .text(statement), .text(account), .text(key), .int(line.number),
            .text(line.bookedOn.description), .optional(line.valueOn?.description), .text(line.amount.currency.code),
            .int(line.amount.minor), .optional(line.name), .optional(line.iban), .text(line.text),
            .text(line.references.joined(separator: "\n")), .optional(line.bankID),
            .optional(line.instructed?.currency.code), .optional(line.instructed?.minor),
            .optional(line.charge?.minor), .flag(line.isReversal), .text(state.rawValue),
        ]
    }
}

/// What importing a file would do, without doing it.
public struct PreviewStatement: Question {
    public static let action = Action.recordPayments
    let file: StatementFile
    let charter: Charter

    public init(_ file: StatementFile, charter: Charter) {
        self.file = file
        self.charter = charter
    }

    public struct Line: Sendable, Equatable {
        public let line: StatementLine
        /// Whether it is on record already, so that it is left out.
        public let isKnown: Bool
        public let suggestions: [ShownMatch]
        /// Whether the first suggestion is booked by itself.
        public let isBooked: Bool
    }

    public struct Part: Sendable, Equatable {
        public let statement: BankStatement
        public let lines: [Line]
    }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> [Part] {
        let parts = try StatementParts(file, transaction)
        let least = PaymentRules(charter, at: now).booksFrom
        var pass = try MatchPass(transaction)
        return try parts.all.map { part in
            let found = try pass.preview(part.new.map(\.line), booksFrom: least)
            let shown = try ShownMatch.all(transaction, found.flatMap(\.suggestions))
            var next = found.makeIterator()
            let lines = part.lines.map { line -> Line in
                guard line.isNew, let match = next.next() else {
                    return Line(line: line.line, isKnown: true, suggestions: [], isBooked: false)
                }
                let matches = match.suggestions.compactMap { shown[$0] }
                return Line(line: line.line, isKnown: false, suggestions: matches, isBooked: match.isBooked)
            }
            return Part(statement: part.statement, lines: lines)
        }
    }
}
