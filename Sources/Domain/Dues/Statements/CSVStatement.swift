import Access
import Charter
import Languages
import Membership

/// A bank's table, read as a mapping tells.
struct CSVStatement {
    private let mapping: StatementMapping
    private let currency: Currency
    private let places: [StatementMapping.Field: [Int]]

    /// Throws `StatementRefusal`.
    static func read(_ bytes: [UInt8], _ mapping: StatementMapping) throws(StatementRefusal) -> BankStatement {
        do { try mapping.check() } catch {
            throw .unreadable(.joined(error.fields.map(\.message), by: " "))
        }
        let currency: Currency
        do { currency = try Currency(mapping.currency) } catch { throw .unreadable(error.sentence) }
        let document = try CSVStatementText.document(bytes, mapping)
        var records = document.records
        // Without headings the first record is a booking like the others.
        if !mapping.hasHeader {
            records.insert(CSVDocument.Record(line: 1, cells: document.header), at: 0)
        }
        let places = try Self.places(mapping, mapping.hasHeader ? document.header : nil)
        let table = CSVStatement(mapping: mapping, currency: currency, places: places)
        return try table.statement(records)
    }

    /// Where the columns are; `header` is nothing for a table without headings.
    private static func places(
        _ mapping: StatementMapping,
        _ header: [String]?
    ) throws(StatementRefusal) -> [StatementMapping.Field: [Int]] {
        let headings = (header ?? []).map(StatementText.clean)
        var places: [StatementMapping.Field: [Int]] = [:]
        for (field, columns) in mapping.columns {
            for column in columns {
                guard let place = column.place ?? headings.firstIndex(of: StatementText.clean(column.name)) else {
                    throw .unreadable(
                        say(
                            "The table has no column \"\(column.name)\". It has: \(headings.joined(separator: ", ")). "
                                + "Correct the mapping, or choose another."
                        )
                    )
                }
                guard column.place != nil || headings.count(where: { $0 == headings[place] }) == 1 else {
                    throw .unreadable(
                        say(
                            "The table has more than one column \"\(column.name)\". Tell in the mapping which is meant "
                                + "by its number, such as #\(plain: place + 1)."
                        )
                    )
                }
                places[field, default: []].append(place)
            }
        }
        return places
    }

    private func statement(_ records: [CSVDocument.Record]) throws(StatementRefusal) -> BankStatement {
        var lines: [StatementLine] = []
        var balances: [Money] = []
        for record in records {
            // Lines of nothing but separators end many an export.
            if places.values.joined().allSatisfy({ cell(record, $0).allSatisfy(\.isWhitespace) }) { continue }
            do throws(CamtFault) {
                let line = try self.line(record)
                lines.append(line)
                if let balance = try money(record, .balance) { balances.append(balance) }
            } catch { throw .badLine(record.line + mapping.skippedLines, error.words) }
        }
        let days = lines.map(\.bookedOn)
        guard let first = days.min(), let last = days.max() else {
            throw .unreadable(say("The table holds no booking below its headings. Nothing was read."))
        }
        let ends = try CSVBalances(lines: lines, balances: balances).ends()
        let note = say("A table does not say how many bookings it has, so nothing shows whether one is missing.")
        return BankStatement(
            format: .csv,
            name: nil,
            account: IBAN(mapping.account)?.text ?? StatementText.clean(mapping.account),
            currency: currency,
            from: first,
            to: last,
            opening: ends?.opening,
            closing: ends?.closing,
            lines: lines.filter { !$0.amount.isZero },
            notes: ends == nil ? [note] : []
        )
    }

    private func line(_ record: CSVDocument.Record) throws(CamtFault) -> StatementLine {
        let width = places.values.flatMap(\.self).max() ?? 0
        guard record.cells.count > width else {
            throw CamtFault(
                words: say("It has \(record.cells.count) cells, too few: the file may have been cut short.")
            )
        }
        if let other = text(record, .currency), other.uppercased() != currency.code {
            throw CamtFault(words: say("It is in \(other), but the account is in \(currency.code)."))
        }
        guard let booked = text(record, .booked), let bookedOn = mapping.day(booked) else {
            let typed = text(record, .booked) ?? ""
            throw CamtFault(words: say("\"\(typed)\" is no day as the mapping has it, \(mapping.days.rawValue)."))
        }
        var line = StatementLine(
            number: record.line + mapping.skippedLines,
            bookedOn: bookedOn,
            valueOn: text(record, .value).flatMap(mapping.day),
            amount: try amount(record),
            name: text(record, .name),
            iban: text(record, .iban),
            text: text(record, .text) ?? "",
            bankID: text(record, .bankID)
        )
        line.references = [text(record, .reference)].compactMap(\.self)
        let most =
            [line.text, line.name ?? "", line.iban ?? "", line.bankID ?? "", line.references.first ?? ""]
            .map(\.count).max() ?? 0
        guard most <= StatementText.most else {
            throw CamtFault(words: say("A text in it has \(most) signs; \(StatementText.most) are allowed."))
        }
        return line
    }

    private func amount(_ record: CSVDocument.Record) throws(CamtFault) -> Money {
        if places[.amount] != nil {
            guard let amount = try money(record, .amount) else { throw CamtFault(words: say("It has no amount.")) }
            return amount
        }
        let (credit, debit) = (try money(record, .credit), try money(record, .debit))
        let came = credit.flatMap { $0.isZero ? nil : $0 }
        let went = debit.flatMap { $0.isZero ? nil : $0 }
        guard came == nil || went == nil else {
            throw CamtFault(words: say("It says that money came in and that it went out. Only one can be."))
        }
        if let came, came.isNegative {
            throw CamtFault(
                words: say("What came in is below zero. If the column holds both ways, say so in the mapping.")
            )
        }
        // Some banks write what went out with a minus besides, which cannot be misread.
        if let went { return went.isNegative ? went : CamtAmount.signed(went, -1) }
        guard let amount = came ?? credit ?? debit else { throw CamtFault(words: say("It has no amount.")) }
        return amount
    }

    private func money(
        _ record: CSVDocument.Record,
        _ field: StatementMapping.Field
    ) throws(CamtFault) -> Money? {
        guard let typed = text(record, field) else { return nil }
        guard let plain = mapping.plainAmount(typed) else {
            throw CamtFault(words: say("\"\(String(typed.prefix(40)))\" is no amount as the mapping has it."))
        }
        do { return try Money(plain, currency) } catch { throw CamtFault(words: error.sentence) }
    }

    private func cell(_ record: CSVDocument.Record, _ place: Int) -> String {
        record.cells.indices.contains(place) ? record.cells[place] : ""
    }

    /// The text of a field, of several columns one after the other; nothing where it is empty.
    private func text(_ record: CSVDocument.Record, _ field: StatementMapping.Field) -> String? {
        guard let columns = places[field] else { return nil }
        return StatementText.optional(columns.map { cell(record, $0) }.joined(separator: " "))
    }
}

/// The balances after each booking, compared with the amounts: what shows a line that is missing.
private struct CSVBalances {
    let lines: [StatementLine]
    let balances: [Money]

    /// The balances before and after all; nothing where not every line has one.
    func ends() throws(StatementRefusal) -> (opening: Money, closing: Money)? {
        guard let first = balances.first, let last = balances.last, balances.count == lines.count else { return nil }
        // The latest comes last, or first.
        guard let gap = try firstGap(downward: true) else { return (try less(first, lines[0].amount), last) }
        if try firstGap(downward: false) == nil { return (try less(last, lines[lines.count - 1].amount), first) }
        throw .wrongSum(
            say(
                "The balances of the table do not follow from its amounts, first on line \(plain: lines[gap].number): "
                    + "a line is missing or was changed. Nothing was read. Have the bank export it again."
            )
        )
    }

    /// The first line whose balance does not follow from that of its neighbour.
    private func firstGap(downward: Bool) throws(StatementRefusal) -> Int? {
        for place in lines.indices.dropFirst() {
            let (earlier, later) = downward ? (place - 1, place) : (place, place - 1)
            if try less(balances[later], lines[later].amount) != balances[earlier] { return place }
        }
        return nil
    }

    private func less(_ one: Money, _ other: Money) throws(StatementRefusal) -> Money {
        do { return try one - other } catch { throw .wrongSum(error.sentence) }
    }
}

/// The text of a table, in whatever signs the bank wrote it.
private enum CSVStatementText {
    private static let mostColumns = 200

    static func document(_ bytes: [UInt8], _ mapping: StatementMapping) throws(StatementRefusal) -> CSVDocument {
        var utf8 = try decoded(bytes, mapping.encoding)
        for _ in 0..<mapping.skippedLines {
            guard let end = utf8.firstIndex(of: UInt8(ascii: "\n")) else { break }
            utf8 = utf8[(end + 1)...]
        }
        let limits = CSVDocument.Limits(columns: mostColumns, rows: StatementFile.mostLines + 1)
        do {
            return try CSVDocument(Array(utf8), separator: mapping.delimiter.byte, limits: limits)
        } catch { throw refusal(error, before: mapping.skippedLines) }
    }

    private static func decoded(
        _ bytes: [UInt8],
        _ encoding: StatementMapping.Encoding
    ) throws(StatementRefusal) -> ArraySlice<UInt8> {
        let marks: [[UInt8]] = [[0xff, 0xfe], [0xfe, 0xff], [0xef, 0xbb, 0xbf]]
        let isMarked = marks.contains { bytes.starts(with: $0) }
        let read: [UInt8]
        if encoding == .latin1, !isMarked {
            guard let text = SheetText.western(bytes), !text.contains(0) else { throw notText(encoding) }
            read = text
        } else {
            let text: SheetText
            do { text = try SheetText(bytes) } catch { throw notText(encoding) }
            let isAsChosen = encoding == .automatic || isMarked || encoding.rawValue == text.encoding.lowercased()
            guard isAsChosen else { throw notText(encoding) }
            read = text.utf8
        }
        return read.starts(with: [0xef, 0xbb, 0xbf]) ? read[3...] : read[...]
    }

    private static func notText(_ encoding: StatementMapping.Encoding) -> StatementRefusal {
        encoding == .automatic
            ? .unreadable(
                say("The file is no text in UTF-8, UTF-16 or Latin-1. Have the bank export it as CSV in one of these.")
            )
            : .unreadable(
                say(
                    "The file is no text in \(encoding.rawValue), as the mapping says. Correct the mapping, or have "
                        + "the bank export it so."
                )
            )
    }

    private static func refusal(_ failure: CSVDocument.Failure, before skipped: Int) -> StatementRefusal {
        switch failure {
        case .empty: .unreadable(say("The file is empty. Have the bank export it again."))
        case .notUTF8(let line):
            .unreadable(say("Line \(plain: line + skipped) is no text. Have the bank export it again."))
        case .unclosedQuote(let line):
            .unreadable(
                say(
                    "A quotation mark opens on line \(plain: line + skipped) and is never closed: the file may have "
                        + "been cut short. Have the bank export it again."
                )
            )
        case .textAfterQuote(let line):
            .unreadable(
                say(
                    "On line \(plain: line + skipped) text follows a closing quotation mark. Look whether the mapping "
                        + "says what parts the cells."
                )
            )
        case .tooManyColumns(let line):
            .tooLarge(
                say("Line \(plain: line + skipped) has more than \(mostColumns) cells. This is no table of a bank.")
            )
        case .tooManyRows:
            .tooLarge(say("The file has more than \(StatementFile.mostLines) lines. Split it."))
        }
    }
}
