import Membership
import NIOCore
import Spreadsheet

/// The list as a table for spreadsheets, UTF-8, one line a member, as RFC 4180 has it.
enum MembersCSV {
    static let columns = [
        "key", "name", "other_names", "category", "country", "region", "status", "since_earliest", "since",
        "population",
        "population_year",
    ]

    static func writeHeading(to buffer: inout ByteBuffer) {
        buffer.writeString(columns.joined(separator: ","))
        buffer.writeStaticString("\r\n")
    }

    static func write(_ rows: [RollRow], to buffer: inout ByteBuffer) {
        for row in rows {
            for text in [
                row.key, row.name, row.otherNames, row.category, row.country ?? "", row.region ?? "", row.status,
            ] {
                writeCell(text, to: &buffer)
                buffer.writeInteger(UInt8(ascii: ","))
            }
            buffer.writeString(row.sinceEarliest ?? "")
            buffer.writeInteger(UInt8(ascii: ","))
            buffer.writeString(row.since ?? "")
            buffer.writeInteger(UInt8(ascii: ","))
            buffer.writeString(row.population.map { String($0) } ?? "")
            buffer.writeInteger(UInt8(ascii: ","))
            buffer.writeString(row.populationYear.map { String($0) } ?? "")
            buffer.writeStaticString("\r\n")
        }
    }

    /// Text from a record.
    static func writeCell(_ text: String, to buffer: inout ByteBuffer) { buffer.writeString(CSVCell.written(text)) }
}
