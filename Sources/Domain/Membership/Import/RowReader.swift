import Charter
import Database
import Languages

/// Turns the cells of one file into values for its table, and collects what is wrong with them.
struct RowReader {
    /// What cells may refer to.
    struct Known {
        let charter: Charter
        /// ISO 3166 alpha-2 codes; empty when the list is not at hand.
        let countries: Set<String>
        /// Member ids by key.
        var members: [String: String]
        /// Keys by table.
        let references: [String: Set<String>]
        /// Keys of records that were merged with another; `members` leads them to the one that was kept.
        var merged: Set<String> = []
    }

    let table: ImportTable
    let known: Known
    private(set) var problems: [ImportProblem] = []
    /// The lines that tell of a record which was merged with another: what they say is with that one already.
    private(set) var ofMerged: [String] = []
    private let cells: CellReader

    init(table: ImportTable, known: Known) {
        self.table = table
        self.known = known
        cells = CellReader(known: known)
    }

    /// One list of values a record, in the order of the table's columns; empty when there are problems.
    mutating func read(_ document: CSVDocument) -> [[Value]] {
        guard let places = places(document.header) else { return [] }
        var rows: [[Value]] = []
        rows.reserveCapacity(document.records.count)
        var lines: [[Value]: Int] = [:]
        for (number, record) in document.records.enumerated() {
            guard record.cells.count == document.header.count else {
                report(record.line, nil, "the row has \(record.cells.count) cells, the header \(document.header.count)")
                continue
            }
            if let key = mergedKey(record, places) {
                ofMerged.append("line \(record.line): \(key), which was merged with another record")
                continue
            }
            var values: [Value] = []
            values.reserveCapacity(table.columns.count)
            for (column, place) in zip(table.columns, places) {
                if column.kind == .rowNumber {
                    values.append(.int(number + 1))
                } else {
                    values.append(value(record.cells[place], column, line: record.line))
                }
            }
            let key = Array(values[..<table.keyColumns])
            if let first = lines.updateValue(record.line, forKey: key), !key.contains(.null) {
                report(
                    record.line,
                    nil,
                    "this \(table.noun) is in the file already, on line \(first); keep one of the two"
                )
            }
            rows.append(values)
        }
        return problems.isEmpty ? rows : []
    }

    /// The merged record that a line is about, where the member is part of the row's key.
    private func mergedKey(_ record: CSVDocument.Record, _ places: [Int]) -> String? {
        guard !known.merged.isEmpty else { return nil }
        for (column, place) in zip(table.columns, places).prefix(table.keyColumns) where place >= 0 {
            let isMember = column.kind == .member || (table.table == "member" && column.kind == .key)
            if isMember, known.merged.contains(record.cells[place]) { return record.cells[place] }
        }
        return nil
    }

    private mutating func places(_ header: [String]) -> [Int]? {
        var places: [Int] = []
        for column in table.columns {
            if column.kind == .rowNumber {
                places.append(-1)
            } else if let place = header.firstIndex(of: column.header) {
                places.append(place)
            } else {
                report(1, column.header, "the column is missing")
            }
        }
        for name in header where !table.columns.contains(where: { $0.header == name }) {
            report(
                1,
                name,
                "no such column is known; the columns are \(table.columns.map(\.header).joined(separator: ", "))"
            )
        }
        return problems.isEmpty ? places : nil
    }

    private mutating func value(_ cell: String, _ column: ImportTable.Column, line: Int) -> Value {
        if let message = CellReader.hidden(cell) {
            report(line, column.header, message.english)
            return .null
        }
        switch cells.value(cell, column.kind) {
        case .success(let value): return value
        case .failure(let refusal):
            report(line, column.header, refusal.message.english)
            return .null
        }
    }

    static func isKey(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 80 && text.first != "-"
            && text.utf8.allSatisfy { $0 >= 97 && $0 <= 122 || $0 >= 48 && $0 <= 57 || $0 == 45 }
    }

    private mutating func report(_ line: Int, _ column: String?, _ message: String) {
        problems.append(ImportProblem(file: table.file, line: line, column: column, message: message))
    }
}
