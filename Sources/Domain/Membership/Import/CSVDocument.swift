/// A table of text cells as RFC 4180 writes it, each row with the line on which it begins.
///
/// Our own reader because the report of an import must name lines, and must refuse what other readers mend: a quote that
/// never ends, bytes that are no UTF-8, rows of another length.
package struct CSVDocument {
    package struct Record: Equatable {
        package let line: Int
        package let cells: [String]

        package init(line: Int, cells: [String]) {
            self.line = line
            self.cells = cells
        }
    }

    package let header: [String]
    package let records: [Record]

    /// How large a table may be: a line of a million commas is refused before it is kept.
    package struct Limits {
        package var columns: Int
        package var rows: Int

        package init(columns: Int = .max, rows: Int = .max) {
            self.columns = columns
            self.rows = rows
        }
    }

    package enum Failure: Error, Equatable {
        case empty
        case tooManyColumns(line: Int)
        case tooManyRows
        case notUTF8(line: Int)
        case unclosedQuote(line: Int)
        case textAfterQuote(line: Int)
    }

    package init(
        _ bytes: [UInt8],
        separator: UInt8 = UInt8(ascii: ","),
        limits: Limits = Limits()
    ) throws(Failure) {
        var reader = Reader(bytes: bytes, separator: separator, limits: limits)
        guard let header = try reader.next() else { throw .empty }
        self.header = header.cells
        var records: [Record] = []
        while let record = try reader.next() {
            if record.cells == [""] { continue }
            guard records.count < limits.rows else { throw .tooManyRows }
            records.append(record)
        }
        self.records = records
    }

    private struct Reader {
        let bytes: [UInt8]
        let separator: UInt8
        let limits: Limits
        var position = 0
        var line = 1

        init(bytes: [UInt8], separator: UInt8, limits: Limits) {
            self.bytes = bytes
            self.separator = separator
            self.limits = limits
            if bytes.starts(with: [0xef, 0xbb, 0xbf]) { position = 3 }
        }

        mutating func next() throws(Failure) -> Record? {
            guard position < bytes.count else { return nil }
            let start = line
            var cells: [String] = []
            while true {
                guard cells.count < limits.columns else { throw .tooManyColumns(line: start) }
                cells.append(try cell())
                guard position < bytes.count else { break }
                let end = bytes[position]
                position += 1
                if end == separator { continue }
                if end == UInt8(ascii: "\r"), position < bytes.count, bytes[position] == UInt8(ascii: "\n") {
                    position += 1
                }
                line += 1
                break
            }
            return Record(line: start, cells: cells)
        }

        private mutating func cell() throws(Failure) -> String {
            if position < bytes.count, bytes[position] == UInt8(ascii: "\"") { return try quoted() }
            let start = position
            while position < bytes.count, !ends(bytes[position]) { position += 1 }
            return try text(bytes[start..<position])
        }

        private mutating func quoted() throws(Failure) -> String {
            let opened = line
            position += 1
            var content: [UInt8] = []
            while position < bytes.count {
                let byte = bytes[position]
                position += 1
                if byte == UInt8(ascii: "\"") {
                    if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
                        content.append(byte)
                        position += 1
                    } else if position == bytes.count || ends(bytes[position]) {
                        return try text(content[...])
                    } else {
                        throw .textAfterQuote(line: opened)
                    }
                } else {
                    if byte == UInt8(ascii: "\n") { line += 1 }
                    content.append(byte)
                }
            }
            throw .unclosedQuote(line: opened)
        }

        private func ends(_ byte: UInt8) -> Bool {
            byte == separator || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
        }

        private func text(_ slice: ArraySlice<UInt8>) throws(Failure) -> String {
            guard let text = String(validating: slice, as: UTF8.self) else { throw .notUTF8(line: line) }
            return text
        }
    }
}
