import Spreadsheet

/// What the table of members lists, as a file.
public enum MemberFile {
    /// The file's bytes: CSV as RFC 4180 has it in UTF-8, a workbook, or a list of objects in JSON.
    public static func bytes(
        _ rows: [MemberTable.Row],
        _ columns: [MemberColumn],
        as format: ExportFormat
    ) async throws -> [UInt8] {
        switch format {
        case .csv: csv(rows, columns)
        case .json: json(rows, columns)
        // Writing a workbook blocks; it has a thread of its own.
        case .xlsx: try await Task.detached { try xlsx(rows, columns) }.value
        }
    }

    private static func cells(_ row: MemberTable.Row, _ columns: [MemberColumn]) -> [SheetCell] {
        let roll = row.roll
        let others = roll.otherNames.isEmpty ? nil : roll.otherNames
        return [.text(roll.key), .text(roll.name), .optional(others)]
            + columns.filter { $0 != .key }.flatMap { cells($0, row) }
    }

    private static func cells(_ column: MemberColumn, _ row: MemberTable.Row) -> [SheetCell] {
        let (roll, extras) = (row.roll, row.extras)
        return switch column {
        case .status: [.text(roll.status)]
        case .category: [.text(roll.category)]
        case .country: [.optional(roll.country)]
        case .region: [.optional(roll.region)]
        case .since: [.optionalDay(roll.sinceEarliest), .optionalDay(roll.since)]
        case .population: [.optional(roll.population), .optional(roll.populationYear)]
        case .people: [.integer(extras.people ?? 0)]
        case .area: [extras.area.flatMap { Double($0) }.map(SheetCell.real) ?? .empty]
        case .tags: [.optional(extras.tags.flatMap { $0.isEmpty ? nil : $0 })]
        case .website: [.optional(extras.website)]
        case .changed: [.optional(extras.changed)]
        case .head: [.optional(extras.head)]
        case .offices: [.optional(extras.offices)]
        case .key: []
        }
    }

    private static func csv(_ rows: [MemberTable.Row], _ columns: [MemberColumn]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(64 * 1024)
        bytes += ExportMembers.headings(columns).joined(separator: ",").utf8
        bytes += "\r\n".utf8
        for row in rows {
            for (place, cell) in cells(row, columns).enumerated() {
                if place > 0 { bytes.append(UInt8(ascii: ",")) }
                switch cell {
                case .empty: break
                case .text(let text): bytes += CSVCell.written(text).utf8
                case .integer(let number): bytes += String(number).utf8
                case .real(let number): bytes += "\(number)".utf8
                case .day(let day): bytes += day.utf8
                }
            }
            bytes += "\r\n".utf8
        }
        return bytes
    }

    private static func xlsx(_ rows: [MemberTable.Row], _ columns: [MemberColumn]) throws -> [UInt8] {
        let headings = ExportMembers.headings(columns).map { SheetColumn($0, width: $0 == "name" ? 32 : 16) }
        let content = SheetContent(name: "Members", columns: headings, rows: rows.lazy.map { cells($0, columns) })
        return try Spreadsheet.writeXLSX([content])
    }

    private static func json(_ rows: [MemberTable.Row], _ columns: [MemberColumn]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(64 * 1024)
        let names = ExportMembers.headings(columns).map(quoted)
        bytes += "[".utf8
        for (number, row) in rows.enumerated() {
            bytes += (number == 0 ? "\n{" : ",\n{").utf8
            for (place, cell) in cells(row, columns).enumerated() {
                bytes += ((place > 0 ? "," : "") + names[place] + ":").utf8
                switch cell {
                case .empty: bytes += "null".utf8
                case .text(let text), .day(let text): bytes += quoted(text).utf8
                case .integer(let number): bytes += String(number).utf8
                case .real(let number): bytes += "\(number)".utf8
                }
            }
            bytes += "}".utf8
        }
        bytes += "\n]\n".utf8
        return bytes
    }

    /// Text as JSON writes it (RFC 8259).
    private static func quoted(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\r": out += "\\r"
            case "\t": out += "\\t"
            case _ where scalar.value < 0x20:
                let hex = String(scalar.value, radix: 16)
                out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out + "\""
    }
}
