import HTTPTypes
import Web

/// Some rows of a list, and how many there are in all.
struct Rows<Row: Sendable>: Sendable {
    let rows: [Row]
    /// `nil` where that is not counted.
    let total: Int?
    private let hasNext: Bool

    init(rows: [Row], total: Int) {
        self.rows = rows
        self.total = total
        hasNext = false
    }

    /// - Parameter hasNext: whether another page follows, of a list that is not counted.
    init(rows: [Row], hasNext: Bool) {
        self.rows = rows
        total = nil
        self.hasNext = hasNext
    }

    /// Whether another page follows the one with this number.
    func hasMore(after page: Int, of size: Int) -> Bool { total.map { page * size < $0 } ?? hasNext }
}

extension Operation {
    /// A list that is always whole.
    ///
    /// - Parameter problems: noes that do not follow from what every read checks.
    static func list<Row: Sendable>(
        _ path: String,
        id: String,
        topic: Topic,
        summary: String,
        detail: String,
        of shape: Shape<Row>,
        named name: String,
        access: OperationAccess = .open,
        parameters: [any AnyParameter] = [],
        problems: [HTTPResponse.Status] = [],
        rows: @escaping @Sendable (Call) async throws -> [Row]
    ) -> Operation {
        let list = ListAnswer.shape(name, of: shape, summary)
        let writer = list.writer
        let fields = shape.always == nil ? nil : Parameter<[String]>.fields(of: shape)
        var taken = parameters
        if let fields { taken.append(fields) }
        return Operation(
            .get,
            path,
            id: id,
            topic: topic,
            summary: summary,
            detail: detail,
            access: access,
            parameters: taken,
            answers: [AnswerDescription(.ok, summary, list.schema(summary), headers: [.entityTag])]
                + problems.map(AnswerDescription.problem)
        ) { call in
            let rows = try await rows(call)
            let chosen = try fields.flatMap { try call.value($0) }
            let row = shape.writer(of: chosen)
            return Answer(writer.bytes(ListAnswer(rows: rows, next: nil, total: rows.count, writer: row)))
        }
    }

    /// A list of the secretariat's, in pages that are counted as those of the console are.
    ///
    /// - Parameters:
    ///   - size: how many rows a page has.
    ///   - problems: noes that do not follow from what every read checks.
    ///   - page: the rows of a page, counted from 1.
    static func pages<Row: Sendable>(
        _ path: String,
        id: String,
        topic: Topic,
        summary: String,
        detail: String,
        of shape: Shape<Row>,
        named name: String,
        access: OperationAccess,
        parameters: [any AnyParameter] = [],
        size: Int,
        problems: [HTTPResponse.Status] = [],
        page: @escaping @Sendable (Call, Int) async throws -> Rows<Row>
    ) -> Operation {
        let list = ListAnswer.shape(name, of: shape, summary)
        let writer = list.writer
        let fields = shape.always == nil ? nil : Parameter<[String]>.fields(of: shape)
        var taken = parameters
        if let fields { taken.append(fields) }
        taken.append(Cursor.parameter)
        return Operation(
            .get,
            path,
            id: id,
            topic: topic,
            summary: summary,
            detail: detail,
            access: access,
            parameters: taken,
            answers: [AnswerDescription(.ok, summary, list.schema(summary), headers: [.entityTag])]
                + problems.map(AnswerDescription.problem)
        ) { call in
            let number = try call.value(Cursor.parameter).map { try Cursor.page($0, kind: id) } ?? 1
            let found = try await page(call, number)
            let next = found.hasMore(after: number, of: size) ? Cursor.text(kind: id, [String(number + 1)]) : nil
            let chosen = try fields.flatMap { try call.value($0) }
            let row = shape.writer(of: chosen)
            let answer = ListAnswer(rows: found.rows, next: next, total: found.total, writer: row)
            return Answer(writer.bytes(answer), headers: call.linkToNext(next).map { [.link: $0] } ?? [:])
        }
    }
}

extension Cursor {
    /// The page that a cursor of a counted list asks for. Throws 404 for any other cursor.
    static func page(_ cursor: String, kind: String) throws(RequestProblem) -> Int {
        let parts = try parts(cursor, kind: kind, count: 1)
        guard let number = parts[0].flatMap({ Int($0) }), (2...100_000).contains(number) else {
            throw RequestProblem.oldCursor
        }
        return number
    }
}
