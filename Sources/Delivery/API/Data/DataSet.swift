import NIOCore
import Spreadsheet
import Web

/// A table that is published whole, as CSV and JSON: each column with its meaning, once.
struct DataSet<Row: Sendable>: Sendable {
    /// The last part of its address, without an ending.
    let name: String
    let title: String
    let detail: String
    let columns: [DataColumn<Row>]
    let primaryKey: [String]

    /// UTF-8, lines as RFC 4180 has them. Missing values are empty.
    func csv(_ rows: [Row]) -> ByteBuffer {
        var buffer = ByteBufferAllocator().buffer(capacity: 256 + rows.count * 120)
        buffer.writeString(columns.map(\.name).joined(separator: ","))
        buffer.writeStaticString("\r\n")
        for row in rows {
            for (index, column) in columns.enumerated() {
                if index > 0 { buffer.writeInteger(UInt8(ascii: ",")) }
                column.cell(row).writeCSV(to: &buffer)
            }
            buffer.writeStaticString("\r\n")
        }
        return buffer
    }

    /// A list of objects.
    func json(_ rows: [Row]) -> ByteBuffer {
        let writer = ShapeWriter(
            columns.map { column in
                Field<Row>(column.name, Schema(.flag, "")) { row, json in column.cell(row).writeJSON(to: &json) }
            }
        )
        var json = JSONWriter(capacityBytes: 256 + rows.count * 300)
        json.list(rows) { row, json in writer.write(row, to: &json) }
        return ByteBuffer(bytes: json.bytes)
    }

    /// Its two resources in the descriptor of the package (Frictionless Data Package 1, Table Schema): the table, and the
    /// same as a JSON document.
    var resources: [JSONValue] {
        let table: JSONValue = [
            "name": .text(name), "type": "table", "path": .text("\(name).csv"), "title": .text(title),
            "description": .text(detail), "profile": "tabular-data-resource", "format": "csv", "mediatype": "text/csv",
            "encoding": "utf-8", "schema": schema,
        ]
        let document: JSONValue = [
            "name": .text("\(name)-json"), "type": "json", "path": .text("\(name).json"), "title": .text(title),
            "description": .text(detail), "format": "json", "mediatype": "application/json", "encoding": "utf-8",
        ]
        return [table, document]
    }

    private var schema: JSONValue {
        .fields([
            ("fields", .list(columns.map(\.document))), ("missingValues", [""]),
            ("primaryKey", .list(primaryKey.map(JSONValue.text))),
        ])
    }
}

/// One column of a data set.
struct DataColumn<Row: Sendable>: Sendable {
    let name: String
    /// A type of Table Schema.
    let type: String
    let detail: String
    let isRequired: Bool
    let cell: @Sendable (Row) -> DataCell

    static func text(_ name: String, _ detail: String, _ get: @escaping @Sendable (Row) -> String) -> DataColumn {
        DataColumn(name: name, type: "string", detail: detail, isRequired: true) { .text(get($0)) }
    }

    static func optionalText(
        _ name: String,
        _ detail: String,
        _ get: @escaping @Sendable (Row) -> String?
    ) -> DataColumn {
        DataColumn(name: name, type: "string", detail: detail, isRequired: false) {
            get($0).map { .text($0) } ?? .missing
        }
    }

    static func optionalDay(
        _ name: String,
        _ detail: String,
        _ get: @escaping @Sendable (Row) -> String?
    ) -> DataColumn {
        DataColumn(name: name, type: "date", detail: detail, isRequired: false) {
            get($0).map { .text($0) } ?? .missing
        }
    }

    static func integer(
        _ name: String,
        _ detail: String,
        isRequired: Bool = true,
        _ get: @escaping @Sendable (Row) -> Int?
    ) -> DataColumn {
        DataColumn(name: name, type: "integer", detail: detail, isRequired: isRequired) {
            get($0).map { .integer($0) } ?? .missing
        }
    }

    static func number(
        _ name: String,
        _ detail: String,
        isRequired: Bool = true,
        _ get: @escaping @Sendable (Row) -> Double?
    ) -> DataColumn {
        DataColumn(name: name, type: "number", detail: detail, isRequired: isRequired) {
            get($0).map { .number($0) } ?? .missing
        }
    }

    var document: JSONValue {
        .fields([
            ("name", .text(name)), ("type", .text(type)), ("description", .text(detail)),
            ("constraints", isRequired ? ["required": true] : nil),
        ])
    }
}

/// One value of a data set.
enum DataCell: Sendable, Equatable {
    case text(String)
    case integer(Int)
    case number(Double)
    case missing

    func writeJSON(to json: inout JSONWriter) {
        switch self {
        case .text(let text): json.text(text)
        case .integer(let number): json.integer(number)
        case .number(let number): json.number(number)
        case .missing: json.null()
        }
    }

    func writeCSV(to buffer: inout ByteBuffer) {
        switch self {
        case .text(let text): buffer.writeString(CSVCell.written(text))
        case .integer(let number): buffer.writeString(String(number))
        case .number(let number):
            let isWhole = number == number.rounded() && abs(number) < 1e15
            buffer.writeString(isWhole ? String(Int(number)) : "\(number)")
        case .missing: break
        }
    }
}
