public import Access
public import Charter
public import Database
public import Foundation
import Languages
public import Membership

/// Enters every row of a file of figures, or nothing. What is on record already is left as it is, so that a file can be
/// brought in again.
public struct ImportFeeInputs: Command {
    public static let action = Action.enterDues
    public static let largestBytes = 10 << 20
    /// The columns that a file can have; `member` or `country`, and the four after them, must be there.
    public static let columns = [
        "member", "country", "measure", "value", "as_of", "source", "locator", "note", "invented",
    ]

    let rows: [FileRow]
    let charter: Charter
    let countries: CountryWords

    struct FileRow: Sendable {
        let line: Int
        let draft: FeeInputDraft
        /// Why it cannot be read, whatever the records say.
        let problems: [FeeInputProblem]
    }

    /// What became of the rows.
    public struct Outcome: Sendable, Equatable {
        public var entered = 0
        public var corrected = 0
        /// On record already, word for word.
        public var known = 0
    }

    /// - Parameters:
    ///   - name: of the file.
    ///   - bytes: CSV or a workbook, with a row of headings.
    /// - Throws: `FeeRefusal.unreadable`.
    public init(
        file name: String,
        bytes: [UInt8],
        charter: Charter,
        countries: CountryWords
    ) throws(FeeRefusal) {
        let file: UploadFile
        do { file = try UploadFile(name: name, bytes: bytes) } catch { throw .unreadable(error.sentence) }
        let header = file.header.map { $0.lowercased() }
        try Self.check(header)
        rows = file.lines.map { Self.row($0, header) }
        self.charter = charter
        self.countries = countries
    }

    /// Throws `FeeRefusal.rows`, which names what is wrong with each row; then nothing was written.
    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> Outcome {
        let checked = try check(transaction, now)
        let writer = FeeInputWriter(transaction: transaction, actor: actor.key, now: now)
        var outcome = Outcome()
        for input in checked {
            switch try writer.write(input) {
            case .entered: outcome.entered += 1
            case .corrected: outcome.corrected += 1
            case .known: outcome.known += 1
            }
        }
        return outcome
    }

    /// Every row as it can be written, or all that is wrong.
    private func check(_ transaction: Transaction, _ now: Date) throws -> [CheckedFeeInput] {
        let check = FeeInputCheck(charter, countries, try NameIndex(transaction), now: now)
        var checked: [CheckedFeeInput] = []
        var problems: [FeeInputProblem] = []
        var refused = 0
        var lines: [CheckedFeeInput.Place: Int] = [:]
        for row in rows {
            var wrong = row.problems
            do {
                let input = try check.check(row.draft)
                if let other = lines.updateValue(row.line, forKey: input.place) {
                    wrong.append(
                        FeeInputProblem(
                            line: row.line,
                            column: "as_of",
                            message: say("Line \(plain: other) has a figure of the same time. Leave one out.")
                        )
                    )
                }
                checked.append(input)
            } catch let invalid as InvalidInput {
                wrong += invalid.fields.map { FeeInputProblem(line: row.line, column: $0.name, message: $0.message) }
            }
            if !wrong.isEmpty { refused += 1 }
            problems += wrong.prefix(max(0, FeeRefusal.listed - problems.count))
        }
        guard refused == 0 else { throw FeeRefusal.rows(problems, count: refused) }
        return checked
    }
}

extension ImportFeeInputs {
    /// Refuses headings that mean nothing here, and a file that lacks one.
    private static func check(_ header: [String]) throws(FeeRefusal) {
        let known = Phrase.verbatim(columns.joined(separator: ", "))
        for (place, heading) in header.enumerated() {
            guard columns.contains(heading) else {
                throw .unreadable(
                    say("The heading \"\(heading.prefix(60))\" means nothing here. Known headings: \(known).")
                )
            }
            if header[..<place].contains(heading) {
                throw .unreadable(say("Two columns have the heading \"\(heading)\". Leave one of the two out."))
            }
        }
        let missing = ["measure", "value", "as_of", "source"].filter { !header.contains($0) }
        guard missing.isEmpty else {
            throw .unreadable(
                say("The file has no column \(Phrase.list(missing.map { .verbatim($0) })). Known headings: \(known).")
            )
        }
        guard header.contains("member") || header.contains("country") else {
            throw .unreadable(say("The file has neither a column member nor one country: it does not say whose it is."))
        }
    }

    private static func row(_ line: UploadFile.Line, _ header: [String]) -> FileRow {
        var cells: [String: String] = [:]
        for (heading, cell) in zip(header, line.cells) { cells[heading] = cell }
        func cell(_ heading: String) -> String { cells[heading] ?? "" }
        var problems: [FeeInputProblem] = []
        if line.cells.dropFirst(header.count).contains(where: { !UploadFile.trimmed($0).isEmpty }) {
            problems.append(
                FeeInputProblem(
                    line: line.number,
                    column: header.last ?? "",
                    message: say(
                        "The row has more cells than there are headings. Put text with commas in quotation marks."
                    )
                )
            )
        }
        let invented = UploadFile.trimmed(cell("invented")).lowercased()
        if !["", "0", "1", "no", "yes", "false", "true"].contains(invented) {
            problems.append(
                FeeInputProblem(
                    line: line.number,
                    column: "invented",
                    message: say("Enter yes or no, or leave it empty.")
                )
            )
        }
        let draft = FeeInputDraft(
            member: cell("member"),
            country: cell("country"),
            measure: cell("measure"),
            value: cell("value"),
            asOf: cell("as_of"),
            source: cell("source"),
            locator: cell("locator"),
            note: cell("note"),
            isInvented: ["1", "yes", "true"].contains(invented)
        )
        return FileRow(line: line.number, draft: draft, problems: problems)
    }
}

extension CheckedFeeInput {
    /// Of what and when it tells: a file says that once.
    fileprivate struct Place: Hashable {
        let subject: Subject
        let measure: String
        let asOf: AsOf
    }

    fileprivate var place: Place { Place(subject: subject, measure: measure, asOf: asOf) }
}
