import Charter
import Dues
import Languages

/// A line of a bank's statement with what it can be.
struct BankEntry: Sendable {
    let line: BankLine
    let matches: [NumberedMatch]

    init(_ queued: MatchQueue.Line) {
        line = queued.line
        matches = NumberedMatch.list(queued.matches, among: queued.line.suggestions)
    }

    init(_ record: LineByID.Answer) {
        line = record.line
        matches = NumberedMatch.list(record.matches, among: record.line.suggestions)
    }
}

/// What a line of a bank's statement can be, with the number by which it is chosen.
struct NumberedMatch: Sendable {
    let number: Int
    let match: ShownMatch

    /// - Parameter all: the line's own list, in which one that cannot be shown keeps its place.
    static func list(_ shown: [ShownMatch], among all: [MatchSuggestion]) -> [NumberedMatch] {
        shown.compactMap { match in
            all.firstIndex(of: match.suggestion).map { NumberedMatch(number: $0 + 1, match: match) }
        }
    }
}

/// What importing a bank's file did, or would do.
struct StatementOutcome: Sendable {
    /// One of the file's statements.
    struct Part: Sendable {
        let id: String?
        let account: String
        let newLines: Int
        let knownLines: Int
        let notes: [Phrase]
        let lines: [PreviewStatement.Line]
    }

    /// So many of its lines are told of each statement.
    static let mostLines = 1_000

    let isDryRun: Bool
    let parts: [Part]
    let booked: Int
    let suggested: Int
    let open: Int

    var isNew: Bool { parts.contains { $0.id != nil } }
    var firstID: String? { parts.compactMap(\.id).first }

    init(_ preview: [PreviewStatement.Part]) {
        isDryRun = true
        parts = preview.map { part in
            Part(
                id: nil,
                account: part.statement.account,
                newLines: part.lines.count { !$0.isKnown },
                knownLines: part.lines.count { $0.isKnown },
                notes: part.statement.notes,
                lines: Array(part.lines.prefix(Self.mostLines))
            )
        }
        let new = preview.flatMap(\.lines).filter { !$0.isKnown && $0.line.amount.isPositive }
        booked = new.count { $0.isBooked }
        suggested = new.count { !$0.isBooked && !$0.suggestions.isEmpty }
        open = new.count - booked
    }

    init(_ outcome: ImportBankStatement.Outcome) {
        isDryRun = false
        parts = outcome.statements.map { taken in
            Part(
                id: taken.id,
                account: taken.account,
                newLines: taken.newLines,
                knownLines: taken.knownLines,
                notes: taken.notes,
                lines: []
            )
        }
        booked = outcome.match.booked
        suggested = outcome.match.suggested
        open = outcome.match.open
    }
}

extension Shapes {
    static let bankStatement = Shape<BankStatementRecord>(
        "BankStatement",
        always: ["id"],
        [
            .text("id", "The statement's id.") { $0.id },
            .text("file", "The file's name.") { $0.file },
            .text("format", "`camt.053.001.02`, `camt.053.001.08` or `csv`.") { $0.format.rawValue },
            .text("account", "An IBAN, or what else the bank calls the account.") { $0.account },
            .day("from", "Its first day.") { $0.from.description },
            .day("through", "Its last day.") { $0.to.description },
            .optionalMoney("opening", "The balance before; null where the file does not say.") { $0.opening },
            .optionalMoney("closing", "The balance after.") { $0.closing },
            .integer("lines", "How many of its lines were new.") { $0.lines },
            .object("states", "How many of them are in each state.", Shapes.lineCounts) { $0.states },
            .flag("is_invented", "Whether it is made up.") { $0.isInvented },
            .text("imported_by", "By whom: `person:`, `token:` and an id, or the name of a program.") {
                $0.importedBy
            },
            .instant("imported_at", "When it was imported.") { $0.importedAt },
            .optionalInstant("undone_at", "When that was undone.") { $0.undoneAt },
        ]
    )

    static let statementMapping = Shape<StatementMappings.Line>(
        "StatementMapping",
        [
            .text("name", "The name by which it is chosen.") { $0.name },
            .text("account", "The account that such a table is of.") { $0.mapping.account },
            .text("currency", "Its currency, ISO 4217.") { $0.mapping.currency },
        ]
    )

    static let lineCounts = Shape<[BankLine.State: Int]>(
        "LineCounts",
        BankLine.State.allCases.map { state -> Field<[BankLine.State: Int]> in
            .integer(state.rawValue, "How many are \(state.words.english).") { $0[state] ?? 0 }
        }
    )

    static let statementImport = Shape<StatementOutcome>(
        "StatementImport",
        [
            .flag("is_dry_run", "Whether nothing was written.") { $0.isDryRun },
            .objects("statements", "The file's statements.", Shapes.statementPart) { $0.parts },
            .integer("booked", "Lines that were booked by themselves, or would be.") { $0.booked },
            .integer("suggested", "Lines that stay open with a suggestion: of all, and in a dry run of this file.") {
                $0.suggested
            },
            .integer("open", "Lines that stay open: of all, and in a dry run of this file.") { $0.open },
        ]
    )

    static let statementPart = Shape<StatementOutcome.Part>(
        "StatementImportPart",
        [
            .optionalText("id", "The statement's id; null where no line was new, and in a dry run.") { $0.id },
            .text("account", "An IBAN, or what else the bank calls the account.") { $0.account },
            .integer("new_lines", "How many lines are new.") { $0.newLines },
            .integer("known_lines", "How many were on record, and are left out.") { $0.knownLines },
            .texts("notes", "What of the file could not be checked.") { $0.notes.map(\.english) },
            .objects(
                "lines",
                "In a dry run its first thousand lines; `listBankLines` has those that were imported.",
                Shapes.previewedLine
            ) { $0.lines },
        ]
    )

    static let previewedLine = Shape<PreviewStatement.Line>(
        "PreviewedLine",
        lineFields(
            { $0.line },
            [
                .flag("is_known", "Whether it is on record, so that it is left out.") { $0.isKnown },
                .flag("is_booked", "Whether its first suggestion would be booked by itself.") { $0.isBooked },
                .objects("suggestions", "What it can be, the surest first.", Shapes.match) { line in
                    line.suggestions.enumerated().map { NumberedMatch(number: $0.offset + 1, match: $0.element) }
                },
            ]
        )
    )

    static let bankLine = Shape<BankEntry>("BankLine", always: ["id"], entryFields({ $0 }, []))

    static let bankLineRecord = Shape<LineByID.Answer>(
        "BankLineRecord",
        always: ["id"],
        entryFields(
            { BankEntry($0) },
            [
                .optionalText("payment", "The id of the payment or refund that it is.") { $0.paymentID },
                .flag("is_invented", "Whether its statement is made up.") { $0.isInvented },
            ]
        )
    )

    static let match = Shape<NumberedMatch>(
        "Match",
        [
            .integer("number", "The number by which it is chosen.") { $0.number },
            .text("kind", "What booking it would mean.", example: "full") { $0.match.suggestion.sort.rawValue },
            .integer("confidence", "How sure it is, in hundredths; from 95 on it is booked by itself.") {
                $0.match.suggestion.confidence
            },
            .texts("reasons", "On what it rests, as stable words.") { $0.match.suggestion.reasons.map(\.rawValue) },
            .text("sentence", "The same in sentences.") { $0.match.words.english },
            .objects("invoices", "The invoices that it would be for.", Shapes.matchTarget) { $0.match.targets },
            .optionalText("payment", "The id of the payment that was entered by hand, where it is that.") {
                $0.match.suggestion.paymentID
            },
            .flag("is_outdated", "Whether an invoice asks for another amount since, so that it is not booked.") {
                $0.match.isOutdated
            },
        ]
    )

    static let matchTarget = Shape<ShownMatch.Target>(
        "MatchTarget",
        [
            .text("invoice", "The invoice's id.") { $0.invoiceID },
            .text("number", "Its number.") { $0.number },
            .integer("year", "The year of its fee.") { $0.year },
            .text("member", "The member's key.") { $0.memberKey },
            .text("member_name", "The member's name.") { $0.memberName },
            .money("owed", "What it asks for now.") { $0.owed },
        ]
    )

    /// What is told of every line, and `more`.
    private static func entryFields<Value: Sendable>(
        _ of: @escaping @Sendable (Value) -> BankEntry,
        _ more: [Field<Value>]
    ) -> [Field<Value>] {
        let first: [Field<Value>] = [
            .text("id", "The line's id.") { of($0).line.id },
            .text("statement", "The statement's id.") { of($0).line.statementID },
            .text("account", "The account of the statement.") { of($0).line.account },
        ]
        let last: [Field<Value>] = [
            .text("state", "`open`, `outgoing`, `matched`, `ignored` or `undone`.") { of($0).line.state.rawValue },
            .flag("is_by_hand", "Whether somebody decided on it, so that it is never booked by itself.") {
                of($0).line.isByHand
            },
            .optionalText("reason", "Why it was left aside.") { value in
                of(value).line.reason.map { Phrase.record($0).english }
            },
            .objects("suggestions", "What it can be, the surest first.", Shapes.match) { of($0).matches },
        ]
        return first + lineFields({ of($0).line.line }, last) + more
    }

    /// What a bank says of a booking, and `more`.
    private static func lineFields<Value: Sendable>(
        _ of: @escaping @Sendable (Value) -> StatementLine,
        _ more: [Field<Value>]
    ) -> [Field<Value>] {
        let fields: [Field<Value>] = [
            .integer("number", "The booking's number in its file.") { of($0).number },
            .day("booked_on", "When the bank booked it.") { of($0).bookedOn.description },
            .optionalDay("value_on", "From when it counts at the bank.") { of($0).valueOn?.description },
            .money("amount", "Above zero what came in, below what went out.") { of($0).amount },
            .optionalText("payer", "Who paid, or was paid.") { of($0).name },
            .optionalText("iban", "The other side's account.") { of($0).iban },
            .text("text", "What it is for, in the payer's words.") { of($0).text },
            .texts("references", "References that stood in a field of their own.") { of($0).references },
            .optionalText("bank_id", "The bank's own id for it.") { of($0).bankID },
            .optionalMoney("instructed", "What the payer told its bank to send, where that is another amount.") {
                of($0).instructed
            },
            .optionalMoney("charge", "What the bank says it took out of the amount.") { of($0).charge },
            .flag("is_reversal", "Whether it takes an earlier booking back.") { of($0).isReversal },
        ]
        return fields + more
    }
}
