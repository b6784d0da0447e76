/// One page of a list: rows, and where the next page begins.
struct ListAnswer<Row: Sendable>: Sendable {
    let rows: [Row]
    /// What to ask with for the next page; `nil` on the last.
    let next: String?
    /// How many rows all pages hold, where that is known.
    let total: Int?
    /// Writes the fields that were asked for.
    let writer: ShapeWriter<Row>

    static func shape(_ name: String, of row: Shape<Row>, _ detail: String) -> Shape<ListAnswer<Row>> {
        Shape<ListAnswer<Row>>(
            name,
            [
                Field("data", .list(detail, of: row.schema(""))) { answer, json in
                    json.list(answer.rows) { row, json in answer.writer.write(row, to: &json) }
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
