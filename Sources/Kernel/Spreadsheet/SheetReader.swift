import Languages
import XML

/// The rows of one sheet.
struct SheetReader {
    private let bytes: [UInt8]
    private let strings: [String]
    private let styles: CellStyles
    private let days: DayCount
    private let sheet: String
    private var rows: [[String]] = []

    init(_ bytes: [UInt8], strings: [String], styles: CellStyles, days: DayCount, sheet: String) {
        self.bytes = bytes
        self.strings = strings
        self.styles = styles
        self.days = days
        self.sheet = sheet
    }

    mutating func rows(_ room: inout SheetRoom) throws(SheetError) -> [[String]] {
        var scanner = try PartScanner(bytes, part: "sheet “\(sheet)”")
        var isData = false
        var row = 0
        var column = 0
        while let event = try scanner.next() {
            switch event {
            case .start(let tag) where tag.name == "sheetData": isData = true
            case .start(let tag) where tag.name == "row" && isData:
                // Positions may be left out; then each follows the one before.
                row = try number(scanner.attribute("r", of: tag), after: row)
                column = 0
            case .start(let tag) where tag.name == "c" && isData:
                column = try scanner.attribute("r", of: tag).map(columnNumber) ?? column + 1
                let text = try cell(&scanner, tag, room.limits)
                if !text.isEmpty { try put(text, row, column, &room) }
            case .end("sheetData"): return rows
            default: continue
            }
        }
        return rows
    }

    private mutating func put(_ text: String, _ row: Int, _ column: Int, _ room: inout SheetRoom) throws(SheetError) {
        let limits = room.limits
        guard row >= 1, column >= 1 else { throw .damaged(say("sheet “\(sheet)” has a cell in no row or column")) }
        guard row <= limits.rows else { throw .tooLarge(say("sheet “\(sheet)” has something in row \(plain: row)")) }
        guard column <= limits.columns else {
            throw .tooLarge(say("sheet “\(sheet)” has something in column \(plain: column) of row \(plain: row)"))
        }
        try room.take(text: text)
        if rows.count < row {
            try room.take(cells: row - rows.count)
            rows.append(contentsOf: repeatElement([], count: row - rows.count))
        }
        let width = rows[row - 1].count
        if width < column {
            try room.take(cells: column - width)
            if column > width + 1 { rows[row - 1].append(contentsOf: repeatElement("", count: column - width - 1)) }
            rows[row - 1].append(text)
        } else {
            rows[row - 1][column - 1] = text
        }
    }

    /// Reads a cell up to its end.
    private func cell(
        _ scanner: inout PartScanner,
        _ tag: XMLScanner.Tag,
        _ limits: SheetLimits
    ) throws(SheetError) -> String {
        let type = try scanner.attribute("t", of: tag) ?? "n"
        let style = try scanner.attribute("s", of: tag).flatMap { Int($0) } ?? 0
        var value = ""
        var isValue = false
        while let event = try scanner.next() {
            switch event {
            case .start(let inner) where inner.name == "is":
                value = try RichText.read(&scanner, until: "is", atMost: limits.cellBytes)
            case .start(let inner): isValue = inner.name == "v"
            case .text(let range):
                if isValue { value += try scanner.text(range) }
                guard value.utf8.count <= limits.cellBytes else {
                    throw .tooLarge(say("a cell holds more than \(limits.cellBytes) bytes of text"))
                }
            case .end("c"): return try shown(value, type: type, style: style)
            case .end: isValue = false
            }
        }
        throw .damaged(say("sheet “\(sheet)” ends early"))
    }

    private func shown(_ value: String, type: String, style: Int) throws(SheetError) -> String {
        switch type {
        case "s":
            if value.isEmpty { return "" }
            guard let place = Int(value), strings.indices.contains(place) else {
                throw .damaged(say("sheet “\(sheet)” names a text that is not there"))
            }
            return strings[place]
        case "b": return value == "1" || value == "true" ? "TRUE" : value.isEmpty ? "" : "FALSE"
        case "str": return EscapedText.decode(value)
        case "inlineStr", "e": return value
        case "d":
            return value.hasSuffix("T00:00:00") ? String(value.dropLast(9)) : value
        default: return numberText(value, styles[style])
        }
    }

    private func numberText(_ value: String, _ kind: CellStyles.Kind) -> String {
        guard let number = Double(value), number.isFinite else { return value }
        if kind != .number, let text = days.text(number, kind) { return text }
        // Beyond this, a whole number has digits that a double cannot hold: better those of the file.
        if let whole = Int(exactly: number), whole.magnitude < 1 << 53 { return String(whole) }
        if value.utf8.allSatisfy({ (0x30...0x39).contains($0) }) { return value }
        return number.description
    }

    private func number(_ text: String?, after last: Int) throws(SheetError) -> Int {
        guard let text else { return last + 1 }
        guard let number = Int(text), (1...1_048_576).contains(number) else {
            throw .damaged(say("sheet “\(sheet)” has a row “\(text.prefix(20))”"))
        }
        return number
    }

    /// 1 for A, 28 for AB, 16,384 for XFD; 0 for what names no column.
    private func columnNumber(_ reference: String) -> Int {
        var number = 0
        for byte in reference.utf8 {
            guard (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte & 0xdf), byte > 0x40 else { break }
            number = number * 26 + Int(byte & 0xdf) - 64
            guard number <= 16_384 else { return 0 }
        }
        return number
    }
}
