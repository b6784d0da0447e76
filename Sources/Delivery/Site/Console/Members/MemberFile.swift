import HTTPTypes
import Hummingbird
import Membership
import NIOCore
import Spreadsheet
import Web

/// What the table lists as a file.
enum MemberFile {
    static func download(
        _ room: Room,
        _ address: ConsoleMembersAddress,
        _ format: ExportFormat
    ) async throws -> Response {
        let filter = address.roll.filter(today: room.today)
        let rows = try await room.run(ExportMembers(filter, columns: address.columns, as: format))
        let name = "members-\(filter.day).\(format.rawValue)"
        switch format {
        case .csv: return room.download(csv(rows, address.columns), type: .csv, fileName: name)
        case .json: return room.download(json(rows, address.columns), type: .json, fileName: name)
        case .xlsx:
            // Writing a workbook blocks; it has a thread of its own.
            let bytes = try await Task.detached { try xlsx(rows, address.columns) }.value
            return room.download(ByteBuffer(bytes: bytes), type: .workbook, fileName: name)
        }
    }

    static func cells(_ row: MemberTable.Row, _ columns: [MemberColumn]) -> [SheetCell] {
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

    private static func csv(_ rows: [MemberTable.Row], _ columns: [MemberColumn]) -> ByteBuffer {
        var buffer = ByteBufferAllocator().buffer(capacity: 64 * 1024)
        buffer.writeString(ExportMembers.headings(columns).joined(separator: ","))
        buffer.writeStaticString("\r\n")
        for row in rows {
            for (place, cell) in cells(row, columns).enumerated() {
                if place > 0 { buffer.writeInteger(UInt8(ascii: ",")) }
                switch cell {
                case .empty: break
                case .text(let text): MembersCSV.writeCell(text, to: &buffer)
                case .integer(let number): buffer.writeString(String(number))
                case .real(let number): buffer.writeString("\(number)")
                case .day(let day): buffer.writeString(day)
                }
            }
            buffer.writeStaticString("\r\n")
        }
        return buffer
    }

    private static func xlsx(_ rows: [MemberTable.Row], _ columns: [MemberColumn]) throws -> [UInt8] {
        let headings = ExportMembers.headings(columns).map { SheetColumn($0, width: $0 == "name" ? 32 : 16) }
        let content = SheetContent(name: "Members", columns: headings, rows: rows.lazy.map { cells($0, columns) })
        return try Spreadsheet.writeXLSX([content])
    }

    private static func json(_ rows: [MemberTable.Row], _ columns: [MemberColumn]) -> ByteBuffer {
        var buffer = ByteBufferAllocator().buffer(capacity: 64 * 1024)
        let names = ExportMembers.headings(columns).map(JSONText.quoted)
        buffer.writeStaticString("[")
        for (number, row) in rows.enumerated() {
            buffer.writeString(number == 0 ? "\n{" : ",\n{")
            for (place, cell) in cells(row, columns).enumerated() {
                buffer.writeString((place > 0 ? "," : "") + names[place] + ":")
                switch cell {
                case .empty: buffer.writeStaticString("null")
                case .text(let text), .day(let text): buffer.writeString(JSONText.quoted(text))
                case .integer(let number): buffer.writeString(String(number))
                case .real(let number): buffer.writeString("\(number)")
                }
            }
            buffer.writeStaticString("}")
        }
        buffer.writeStaticString("\n]\n")
        return buffer
    }
}

/// Text as JSON writes it (RFC 8259).
enum JSONText {
    static func quoted(_ text: String) -> String {
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
