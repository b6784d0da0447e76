import Crypto
import Database
package import Languages
import Spreadsheet

/// A spreadsheet as a table of text: its header and its rows, each with its line in the file.
package struct UploadFile: Sendable {
    package struct Line: Sendable, Equatable {
        /// As a spreadsheet program counts it, from 1.
        package let number: Int
        package let cells: [String]
    }

    package let name: String
    package let sha256: String
    let size: Int
    /// How the file was read: "CSV, UTF-8, parted by semicolons".
    package let reading: Phrase
    package let header: [String]
    package let lines: [Line]

    package static let largestBytes = 10 << 20
    static let mostRows = 20_000
    static let mostColumns = 200

    /// - Parameter sheet: the sheet of a workbook to read; the first that has rows when `nil`.
    package init(name: String, bytes: [UInt8], sheet: String? = nil) throws(UploadRefusal) {
        guard !bytes.isEmpty else { throw .unreadable(Self.isEmpty) }
        guard bytes.count <= Self.largestBytes else {
            throw .tooLarge(
                say("The file has \(bytes.count >> 20) MB; \(Self.largestBytes >> 20) MB are allowed. Split it.")
            )
        }
        self.name = Self.safeName(name)
        size = bytes.count
        sha256 = SHA256.hash(data: bytes).map { byte in
            let digits = String(byte, radix: 16)
            return byte < 16 ? "0" + digits : digits
        }.joined()
        var lines: [Line]
        if bytes.starts(with: [0x50, 0x4b, 0x03, 0x04]) {
            (lines, reading) = try Self.workbook(bytes, sheet: sheet)
        } else {
            try Self.refuseOtherKinds(bytes)
            (lines, reading) = try Self.text(bytes)
        }
        lines.removeAll { line in line.cells.allSatisfy { Self.trimmed($0).isEmpty } }
        guard let first = lines.first else {
            throw .unreadable(
                say("The file holds no cells with anything in them. Choose a file that has a header and rows.")
            )
        }
        let width = (first.cells.lastIndex { !Self.trimmed($0).isEmpty } ?? 0) + 1
        header = first.cells.prefix(width).map(Self.trimmed)
        self.lines = Array(lines.dropFirst())
        guard header.count <= Self.mostColumns else {
            throw .tooLarge(
                say("The file has \(header.count) columns; \(Self.mostColumns) are allowed. Remove some.")
            )
        }
        guard !self.lines.isEmpty else {
            throw .unreadable(say("The file has a header and no rows below it. Nothing can be brought in."))
        }
        guard self.lines.count <= Self.mostRows else {
            throw .tooLarge(say("The file has \(self.lines.count) rows; \(Self.mostRows) are allowed. Split it."))
        }
    }

    /// The same for every file with the same headings in the same order, whatever their case and accents.
    static func headerKey(_ header: [String]) -> String {
        let folded = header.map { Folding.words($0).joined(separator: " ") }.joined(separator: "\u{1f}")
        return SHA256.hash(data: Array(folded.utf8)).prefix(16).map { String(Int($0) + 256, radix: 16).dropFirst() }
            .joined()
    }

    /// Without space at its ends, also such as nobody sees.
    package static func trimmed(_ text: String) -> String {
        func isSpace(_ scalar: Unicode.Scalar) -> Bool {
            scalar.properties.isWhitespace || scalar == "\u{feff}" || scalar == "\u{200b}"
        }
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !isSpace($0) }),
            let last = scalars.lastIndex(where: { !isSpace($0) })
        else { return "" }
        return String(scalars[first...last])
    }

    /// The name without its folder, and without what no page can show.
    package static func safeName(_ name: String) -> String {
        let last = name.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? ""
        let seen = String(String.UnicodeScalarView(last.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7f }))
        return seen.isEmpty ? "unnamed" : String(seen.suffix(120))
    }

    private static func refuseOtherKinds(_ bytes: [UInt8]) throws(UploadRefusal) {
        let picture = say(
            "The file is a picture, not a table. Save the sheet as .xlsx or as CSV UTF-8 and try again."
        )
        let kinds: [([UInt8], Phrase)] = [
            (
                [0xd0, 0xcf, 0x11, 0xe0],
                say(
                    "The file is an Excel file of before 2007 (.xls), not a table. Save the sheet as .xlsx or as CSV "
                        + "UTF-8 and try again."
                )
            ),
            (
                Array("%PDF".utf8),
                say("The file is a PDF, not a table. Save the sheet as .xlsx or as CSV UTF-8 and try again.")
            ),
            ([0x89, 0x50, 0x4e, 0x47], picture), ([0xff, 0xd8, 0xff], picture),
            (
                [0x1f, 0x8b],
                say("The file is packed, not a table. Save the sheet as .xlsx or as CSV UTF-8 and try again.")
            ),
        ]
        for (start, why) in kinds where bytes.starts(with: start) { throw .unreadable(why) }
    }

    private static func text(_ bytes: [UInt8]) throws(UploadRefusal) -> ([Line], Phrase) {
        let text = try SheetText(bytes)
        var utf8 = text.utf8
        if utf8.starts(with: [0xef, 0xbb, 0xbf]) { utf8.removeFirst(3) }
        let (separator, announced) = separator(utf8)
        if announced {
            // Excel's own first line, `sep=;`: kept as a line of nothing, so that the others keep their numbers.
            for place in 0..<5 { utf8[place] = UInt8(ascii: " ") }
        }
        let limits = CSVDocument.Limits(columns: mostColumns, rows: mostRows + 1)
        do {
            let document = try CSVDocument(utf8, separator: separator, limits: limits)
            let lines =
                [Line(number: 1, cells: document.header)]
                + document.records.map { Line(number: $0.line, cells: $0.cells) }
            return (lines, csv(text.encoding, partedBy: separator))
        } catch { throw refusal(error) }
    }

    private static func refusal(_ failure: CSVDocument.Failure) -> UploadRefusal {
        switch failure {
        case .empty: .unreadable(isEmpty)
        case .notUTF8(let line):
            .unreadable(say("Line \(plain: line) is no text. Save the file as CSV UTF-8 and try again."))
        case .unclosedQuote(let line):
            .unreadable(
                say("A quotation mark opens on line \(plain: line) and is never closed. Correct it and try again.")
            )
        case .textAfterQuote(let line):
            .unreadable(say("On line \(plain: line) text follows a closing quotation mark. Correct it and try again."))
        case .tooManyColumns(let line):
            .tooLarge(
                say(
                    "Line \(plain: line) has more than \(mostColumns) cells; \(mostColumns) are allowed. Remove columns."
                )
            )
        case .tooManyRows:
            .tooLarge(say("The file has more than \(mostRows) rows; \(mostRows) are allowed. Split it."))
        }
    }

    private static let isEmpty = say("The file is empty. Choose a file that has a header and rows.")

    private static func csv(_ encoding: String, partedBy separator: UInt8) -> Phrase {
        switch separator {
        case UInt8(ascii: ";"): say("CSV, \(encoding), parted by semicolons")
        case UInt8(ascii: "\t"): say("CSV, \(encoding), parted by tabs")
        default: say("CSV, \(encoding), parted by commas")
        }
    }

    private static let separators = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]

    /// The sign that parts the cells of the first line that has any, and whether that line only announces it.
    private static func separator(_ utf8: [UInt8]) -> (UInt8, announced: Bool) {
        if utf8.count > 5, utf8.starts(with: Array("sep=".utf8)), separators.contains(utf8[4]) {
            return (utf8[4], true)
        }
        var counts: [UInt8: Int] = [:]
        var isQuoted = false
        for byte in utf8 {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if isQuoted { continue }
            if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r"), !counts.isEmpty { break }
            if separators.contains(byte) { counts[byte, default: 0] += 1 }
        }
        let best = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
        return (best ?? UInt8(ascii: ","), false)
    }
}
