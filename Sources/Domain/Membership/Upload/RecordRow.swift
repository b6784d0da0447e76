import Database

/// The tables that an import of a spreadsheet writes, each through its one description.
enum RecordTable: String, CaseIterable, Sendable {
    // In the order in which rows are inserted; they are removed in the opposite one.
    case member, name, status, figure, person

    var layout: ImportTable { Self.layouts[self] ?? ImportTable.members }

    private static let layouts: [RecordTable: ImportTable] = {
        let tables = ["member": "member", "name": "member_name", "status": "member_status", "figure": "member_figure"]
        var layouts: [RecordTable: ImportTable] = [:]
        for record in allCases {
            layouts[record] = ImportTable.all.first { $0.table == tables[record.rawValue] ?? "member_person" }
        }
        return layouts
    }()

    /// The columns of a row in the order of its values: those of the file, then what is known of where they came from.
    var columns: [String] { layout.columns.map(\.name) + extra }

    private var extra: [String] { self == .member ? ["origin", "entered"] : ["origin"] }

    var kinds: [ImportTable.Kind] { layout.columns.map(\.kind) + extra.map { _ in .text } }

    /// The column that says whose row it is.
    var owner: String { self == .member ? "id" : "member_id" }

    /// The columns by which one row is found: a member by its id, which is not among its values.
    var keyColumns: [String] { self == .member ? ["id"] : Array(columns[..<layout.keyColumns]) }

    /// All rows of these members, by member id.
    func load(_ transaction: Transaction, members: some Sequence<String>) throws -> [String: [RecordRow]] {
        var found: [String: [RecordRow]] = [:]
        let ids = Set(members).sorted()
        let kinds = kinds
        for start in stride(from: 0, to: ids.count, by: 400) {
            let part = ids[start..<min(start + 400, ids.count)]
            let places = part.map { _ in "?" }.joined(separator: ", ")
            try transaction.forEach(
                "SELECT \(columns.joined(separator: ", ")), \(owner) FROM \(layout.table) WHERE \(owner) IN (\(places))",
                part.map(Value.text)
            ) { row in
                let values = try kinds.enumerated().map { try $0.element.read(row, $0.offset) }
                let id = try row.text(kinds.count)
                found[id, default: []].append(RecordRow(table: self, memberID: id, values: values))
            }
        }
        return found
    }
}

/// One row of the records with all its values, so that it can be written, compared and put back.
struct RecordRow: Equatable, Sendable {
    let table: RecordTable
    let memberID: String
    private(set) var values: [Value]

    init(table: RecordTable, memberID: String, values: [Value]) {
        self.table = table
        self.memberID = memberID
        self.values = values
    }

    /// A new row; columns that are not given are NULL.
    init(_ table: RecordTable, memberID: String, _ given: [String: Value]) {
        self.table = table
        self.memberID = memberID
        values = table.columns.map { given[$0] ?? ($0 == table.owner ? .text(memberID) : .null) }
    }

    subscript(column: String) -> Value {
        get { table.columns.firstIndex(of: column).map { values[$0] } ?? .null }
        set { if let place = table.columns.firstIndex(of: column) { values[place] = newValue } }
    }

    func text(_ column: String) -> String? {
        if case .text(let text) = self[column] { return text }
        return nil
    }

    func integer(_ column: String) -> Int? {
        if case .integer(let integer) = self[column] { return Int(integer) }
        return nil
    }

    func real(_ column: String) -> Double? {
        if case .real(let real) = self[column] { return real }
        return nil
    }

    var key: [Value] { table.keyColumns.map { $0 == "id" ? .text(memberID) : self[$0] } }

    /// As the steps of an import keep it: each value as text, in the order of the columns.
    func stored() throws -> String {
        try StoredJSON.text(
            values.map { value -> String? in
                switch value {
                case .null, .blob: nil
                case .integer(let integer): String(integer)
                case .real(let real): "\(real)"
                case .text(let text): text
                }
            }
        )
    }

    init(stored text: String, table: RecordTable, memberID: String) throws {
        let cells = try StoredJSON.value([String?].self, text)
        let kinds = table.kinds
        guard cells.count == kinds.count else {
            throw DatabaseError.decoding(column: cells.count, expected: "a row of \(table.layout.table)")
        }
        self.init(
            table: table,
            memberID: memberID,
            values: zip(cells, kinds).map { cell, kind in
                switch kind {
                case .real, .optionalReal: .optional(cell.flatMap(Double.init))
                case .integer, .optionalInteger, .rowNumber: .optional(cell.flatMap { Int($0) })
                default: .optional(cell)
                }
            }
        )
    }
}

/// What an import does to one row of the records. `before` is `nil` for a new row, `after` for one that is removed.
struct RecordStep: Equatable, Sendable {
    let line: Int
    let before: RecordRow?
    let after: RecordRow?

    var memberID: String { (after ?? before)?.memberID ?? "" }
    var table: RecordTable { (after ?? before)?.table ?? .member }
    var inverse: RecordStep { RecordStep(line: line, before: after, after: before) }

    /// Writes steps of any tables in an order that no reference forbids.
    static func write(_ steps: [RecordStep], _ transaction: Transaction) throws {
        func staysInPlace(_ step: RecordStep) -> Bool { step.before?.key == step.after?.key }
        for table in RecordTable.allCases.reversed() {
            let condition = table.keyColumns.map { "\($0) = ?" }.joined(separator: " AND ")
            let gone = steps.filter { $0.table == table && !staysInPlace($0) }.compactMap(\.before)
            try transaction.execute("DELETE FROM \(table.layout.table) WHERE \(condition)", each: gone.map(\.key))
        }
        for table in RecordTable.allCases {
            let mine = steps.filter { $0.table == table }
            let columns = table.columns
            let condition = table.keyColumns.map { "\($0) = ?" }.joined(separator: " AND ")
            let sets = columns.map { "\($0) = ?" }.joined(separator: ", ")
            try transaction.execute(
                "UPDATE \(table.layout.table) SET \(sets) WHERE \(condition)",
                each: mine.filter(staysInPlace).compactMap(\.after).map { $0.values + $0.key }
            )
            let names = columns + (table == .member ? ["id"] : [])
            let places = names.map { _ in "?" }.joined(separator: ", ")
            try transaction.execute(
                "INSERT INTO \(table.layout.table) (\(names.joined(separator: ", "))) VALUES (\(places))",
                each: mine.filter { !staysInPlace($0) }.compactMap(\.after).map { row in
                    row.values + (table == .member ? [.text(row.memberID)] : [])
                }
            )
        }
    }
}
