/// One page of a list: rows, and where the next page begins.
struct ListAnswer<Row>: Sendable {
    /// The rows as JSON, with commas between them.
    let data: [UInt8]
    /// What to ask with for the next page; `nil` on the last.
    let next: String?
    /// How many rows all pages hold, where that is known.
    let total: Int?

    init(data: [UInt8], next: String?, total: Int?) {
        self.data = data
        self.next = next
        self.total = total
    }

    /// - Parameter writer: writes the fields that were asked for.
    init(rows: [Row], next: String?, total: Int?, writer: ShapeWriter<Row>) {
        var data = ListData(capacityBytes: 64 + rows.count * 256)
        for row in rows { data.append(row, writer) }
        self.init(data: data.bytes, next: next, total: total)
    }

    static func shape(_ name: String, of row: Shape<Row>, _ detail: String) -> Shape<ListAnswer<Row>> {
        Shape<ListAnswer<Row>>(
            name,
            [
                Field("data", .list(detail, of: row.schema(""))) { answer, json in
                    json.byte(UInt8(ascii: "["))
                    json.raw(answer.data)
                    json.byte(UInt8(ascii: "]"))
                },
                .optionalText(
                    "next",
                    "Give this as `cursor` for the next page; null on the last. The Link field of the answer has the "
                        + "whole address."
                ) { $0.next },
                .optionalInteger(
                    "total",
                    "How many there are on all pages; null where that is not counted."
                ) { $0.total },
            ]
        )
    }
}

/// Rows as they become JSON, one after the other.
struct ListData: Sendable {
    private var json: JSONWriter

    init(capacityBytes: Int) { json = JSONWriter(capacityBytes: capacityBytes) }

    var bytes: [UInt8] { json.bytes }

    mutating func append<Row>(_ row: Row, _ writer: ShapeWriter<Row>) {
        if !json.isEmpty { json.byte(UInt8(ascii: ",")) }
        writer.write(row, to: &json)
    }
}
