import Database
import Foundation
import Journal

/// The difference between a file's rows and the table's, and how it is written and told of.
struct TableChange {
    private struct Stored {
        var values: [Value]
        var origin: String
        /// The id of a member's own row.
        var id: String?
        /// The columns of a member's own row that were changed by hand.
        var entered: Set<String> = []

        /// The row as the file would have it, but for what was changed by hand: that stays.
        func taking(_ new: [Value], _ table: ImportTable) -> [Value] {
            if origin == "entry" { return values }
            guard !entered.isEmpty else { return new }
            return zip(table.columns, zip(values, new)).map { entered.contains($0.name) ? $1.0 : $1.1 }
        }
    }

    let table: ImportTable
    let origin: String
    private(set) var summary: ImportedFile
    private var created: [[Value]] = []
    private var changed: [(old: [Value], new: [Value])] = []
    private var removed: [[Value]] = []
    // Ids of members whose own rows are created or changed, by key.
    private var ids: [Value: String] = [:]

    private var ownsIDs: Bool { table.table == "member" }

    /// - Parameter ofMerged: lines about records that were merged with another; they are told of as kept.
    init(
        table: ImportTable,
        rows: [[Value]],
        ofMerged: [String] = [],
        origin: String,
        _ transaction: Transaction
    ) throws {
        self.table = table
        self.origin = origin
        summary = ImportedFile(file: table.file)
        for line in ofMerged { summary.keep(line) }
        var stored = try Self.stored(table, transaction)
        for values in rows {
            let key = Array(values[..<table.keyColumns])
            if let old = stored.removeValue(forKey: key) {
                let taken = old.taking(values, table)
                if taken != values { summary.keep(key.map(\.plain).filter { !$0.isEmpty }.joined(separator: ", ")) }
                if taken != old.values {
                    changed.append((old.values, taken))
                } else if taken == values {
                    summary.unchanged += 1
                }
                if let id = old.id { ids[values[0]] = id }
            } else if let corrected = table.correctedKey(key), stored[corrected]?.origin == "entry" {
                summary.keep(key.map(\.plain).filter { !$0.isEmpty }.joined(separator: ", "))
            } else {
                created.append(values)
                if ownsIDs { ids[values[0]] = Identifier.make() }
            }
        }
        // What came from this file before and is no longer in it was corrected there. Rows entered by people stay.
        if !table.keepsMissing {
            removed = stored.values.filter { $0.origin == origin }.map(\.values)
        }
        summary.created = created.count
        summary.changed = changed.count
        summary.removed = removed.count
    }

    private static func stored(_ table: ImportTable, _ transaction: Transaction) throws -> [[Value]: Stored] {
        let names = table.columns.map(\.name) + ["origin"] + (table.table == "member" ? ["id", "entered"] : [])
        var stored: [[Value]: Stored] = [:]
        try transaction.forEach("SELECT \(names.joined(separator: ", ")) FROM \(table.table)") { row in
            var values: [Value] = []
            for (index, column) in table.columns.enumerated() {
                values.append(try column.kind.read(row, index))
            }
            let isMember = table.table == "member"
            stored[Array(values[..<table.keyColumns])] = Stored(
                values: values,
                origin: try row.text(table.columns.count),
                id: isMember ? try row.text(table.columns.count + 1) : nil,
                entered: isMember
                    ? Set(try row.text(table.columns.count + 2).split(separator: " ").map(String.init)) : []
            )
        }
        return stored
    }

    func write(_ transaction: Transaction) throws {
        let names = table.columns.map(\.name)
        let keys = names[..<table.keyColumns].map { "\($0) = ?" }.joined(separator: " AND ")
        try transaction.execute(
            "DELETE FROM \(table.table) WHERE \(keys)",
            each: removed.map { Array($0[..<table.keyColumns]) }
        )
        let sets = names[table.keyColumns...].map { "\($0) = ?" }.joined(separator: ", ")
        try transaction.execute(
            "UPDATE \(table.table) SET \(sets) WHERE \(keys)",
            each: changed.map { Array($0.new[table.keyColumns...]) + Array($0.new[..<table.keyColumns]) }
        )
        let columns = names + ["origin"] + (ownsIDs ? ["id"] : [])
        let places = columns.map { _ in "?" }.joined(separator: ", ")
        try transaction.execute(
            "INSERT INTO \(table.table) (\(columns.joined(separator: ", "))) VALUES (\(places))",
            each: created.map { values in
                values + [.text(origin)] + (ownsIDs ? [.optional(ids[values[0]])] : [])
            }
        )
    }

    /// Tells of each row that changed, in parts, so that memory stays bounded.
    func record(_ transaction: Transaction, actor: String, at instant: Date) throws {
        let steps =
            removed.map { (verb: "removed", before: $0 as [Value]?, after: nil as [Value]?) }
            + changed.map { ("changed", $0.old, $0.new) } + created.map { ("recorded", nil, $0) }
        func entry(_ verb: String, before: [Value]?, after: [Value]?) -> JournalEntry {
            JournalEntry(
                at: instant,
                actor: actor,
                action: "\(table.noun.replacing(" ", with: "_")).\(verb)",
                subject: subject(after ?? before ?? []),
                reason: "\(table.file), \(origin)",
                before: before.map(object),
                after: after.map(object)
            )
        }
        for start in stride(from: 0, to: steps.count, by: 2000) {
            let part = steps[start..<min(start + 2000, steps.count)]
            try Journal.append(transaction, part.map { entry($0.verb, before: $0.before, after: $0.after) })
        }
    }

    // Facts about a member are told under the member, so that its whole story is one look-up.
    private func subject(_ row: [Value]) -> JournalEntry.Subject {
        if ownsIDs { return .init("member", ids[row[0]] ?? "") }
        if let place = table.columns.firstIndex(where: { $0.name == "member_id" }), case .text(let id) = row[place] {
            return .init("member", id)
        }
        return .init(table.table, row[..<table.keyColumns].map(\.plain).joined(separator: "/"))
    }

    private func object(_ row: [Value]) -> JournalValue {
        var fields: [String: JournalValue] = [:]
        fields.reserveCapacity(row.count)
        for (column, value) in zip(table.columns, row) where value != .null {
            switch value {
            case .text(let text): if !text.isEmpty { fields[column.name] = .text(text) }
            case .integer(let integer): fields[column.name] = .integer(Int(integer))
            case .real(let real): fields[column.name] = .real(real)
            case .null, .blob: break
            }
        }
        return .object(fields)
    }

    /// The members whose place on the roll may have changed.
    func members() -> [String] {
        if ownsIDs { return (created + changed.map(\.new)).compactMap { ids[$0[0]] } }
        guard ["member_name", "member_status", "member_figure"].contains(table.table),
            let place = table.columns.firstIndex(where: { $0.name == "member_id" })
        else { return [] }
        let rows = created + removed + changed.map(\.new)
        return Set(rows.map { $0[place].plain }).sorted()
    }
}

extension ImportTable {
    /// The key that a name's row has after somebody marked the name as misspelt here.
    fileprivate func correctedKey(_ key: [Value]) -> [Value]? {
        guard table == "member_name", let kind = columns.firstIndex(where: { $0.name == "kind" }), key[kind] == "name"
        else { return nil }
        var corrected = key
        corrected[kind] = "printed"
        return corrected
    }
}

extension Value {
    /// The value as plain text, for keys.
    var plain: String {
        switch self {
        case .null: ""
        case .integer(let integer): String(integer)
        case .real(let real): "\(real)"
        case .text(let text): text
        case .blob(let bytes): "\(bytes.count) bytes"
        }
    }
}

extension ImportTable.Kind {
    /// The column as the reader of the file makes it, so that both can be compared.
    func read(_ row: Row, _ column: Int) throws -> Value {
        switch self {
        case .real, .optionalReal: .optional(try row.optionalReal(column))
        case .integer, .optionalInteger, .rowNumber: .optional(try row.optionalInteger(column))
        default: .optional(row.optionalText(column))
        }
    }
}
