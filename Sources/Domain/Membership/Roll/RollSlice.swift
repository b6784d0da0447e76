import Database

/// A part of a list that begins after a row, wherever that row is by now: members who come or go meanwhile make nobody
/// appear twice or be passed over.
public struct RollSlice<Kept: Sendable>: Sendable {
    /// What was made of the rows.
    public let kept: Kept
    /// How many rows the part has.
    public let count: Int
    /// After what the next part begins; `nil` at the end.
    public let next: RollMark?
    /// How many rows the list has.
    public let total: Int
    /// Whether `total` is only a lower bound.
    public let isTotalOpen: Bool
}

/// Where a part of a list ends: the row's place in the order, not its number.
public enum RollMark: Sendable, Hashable {
    /// After the row with this value of the column that the list is sorted by (`nil` for none), folded name and key.
    case after(value: String?, name: String, key: String)
    /// After so many rows: of a search, whose order is by closeness.
    case places(Int)
}

extension RollRow {
    /// The row's place in a list that is sorted so.
    func mark(_ order: RollFilter.Order) -> RollMark {
        let value: String? =
            switch order {
            case .name: nil
            case .country: country
            case .region: region
            case .category: category
            case .population: population.map { String($0) }
            case .since: since
            }
        return .after(value: value, name: Folding.fold(name), key: key)
    }
}

extension Directory {
    /// The rows of a list after a mark; from its beginning without one.
    public func slice(_ filter: RollFilter, after mark: RollMark? = nil, size: Int) async throws -> RollSlice<[RollRow]>
    {
        try await slice(filter, after: mark, size: size, into: []) { line, rows in
            switch line {
            case .stored(let row): rows.append(try RollQuery.decode(row))
            case .found(let row): rows.append(row)
            }
        }
    }

    /// What `keep` makes of the rows of a list after a mark; from its beginning without one. Each row is handed over in
    /// its turn, on the database's own thread.
    ///
    /// Rows without a value in the column that the list is sorted by come last, in either direction.
    public func slice<Kept: Sendable>(
        _ filter: RollFilter,
        after mark: RollMark? = nil,
        size: Int,
        into empty: Kept,
        _ keep: @escaping @Sendable (RollLine, inout Kept) throws -> Void
    ) async throws -> RollSlice<Kept> {
        if filter.search != nil { return try await searched(filter, mark, size, empty, keep) }
        let query = RollQuery(filter)
        // One row more than asked for tells whether there is a next part.
        let (sql, values) = query.statement(after: mark, filter, limit: size + 1)
        let order = filter.order
        let add: @Sendable (Row, inout RowsKept<Kept>) throws -> Void = { row, rows in
            rows.count += 1
            guard rows.count <= size else { return }
            try keep(.stored(row), &rows.kept)
            if rows.count == size { rows.mark = try RollQuery.decode(row).mark(order) }
        }
        let total: Int
        let rows: RowsKept<Kept>
        if filter.tag == nil {
            total = try await cube(filter.day).count(of: filter)
            rows = try await database.fold(sql, values, into: RowsKept(kept: empty), add)
        } else {
            (total, rows) = try await database.read { transaction in
                var rows = RowsKept(kept: empty)
                try transaction.forEach(sql, values) { try add($0, &rows) }
                return (try query.count(transaction), rows)
            }
        }
        return RollSlice(
            kept: rows.kept,
            count: min(rows.count, size),
            next: rows.count > size ? rows.mark : nil,
            total: total,
            isTotalOpen: false
        )
    }

    private func searched<Kept: Sendable>(
        _ filter: RollFilter,
        _ mark: RollMark?,
        _ size: Int,
        _ empty: Kept,
        _ keep: @escaping @Sendable (RollLine, inout Kept) throws -> Void
    ) async throws -> RollSlice<Kept> {
        var passed = 0
        if case .places(let places) = mark { passed = places }
        let start = passed
        return try await database.read { transaction in
            let page = try NameSearch.find(
                filter.search ?? "",
                filter,
                transaction,
                limit: size + 1,
                offset: start
            )
            var kept = empty
            for row in page.rows.prefix(size) { try keep(.found(row), &kept) }
            return RollSlice(
                kept: kept,
                count: min(page.rows.count, size),
                next: page.rows.count > size ? .places(start + size) : nil,
                total: page.total,
                isTotalOpen: page.isTotalOpen
            )
        }
    }
}

/// Rows as far as they were read: what was made of them, how many there were, and the last one's place.
private struct RowsKept<Kept: Sendable>: Sendable {
    var kept: Kept
    var count = 0
    var mark: RollMark?
}

extension RollQuery {
    fileprivate func statement(
        after mark: RollMark?,
        _ filter: RollFilter,
        limit: Int
    ) -> (sql: String, values: [Value]) {
        var query = self
        let column = filter.order.column
        if case .after(let value, let name, let key) = mark {
            query.add(after: column, value.map { filter.order.bound($0) }, filter.descending, name: name, key: key)
        }
        let direction = filter.descending ? " DESC" : ""
        let ordering =
            column.map { "\($0) IS NULL, \($0)\(direction), s.sort_name, s.key" }
            ?? "s.sort_name\(direction), s.key\(direction)"
        return query.statement(ordered: ordering, limit: limit)
    }

    private mutating func add(
        after column: String?,
        _ value: Value?,
        _ isDescending: Bool,
        name: String,
        key: String
    ) {
        let names = [Value.text(name), .text(key)]
        guard let column else {
            add("(s.sort_name, s.key) \(isDescending ? "<" : ">") (?, ?)")
            return appendValues(names)
        }
        guard let value else {
            // Among those without a value, which are the last.
            add("\(column) IS NULL AND (s.sort_name, s.key) > (?, ?)")
            return appendValues(names)
        }
        let beyond = isDescending ? "<" : ">"
        add("(\(column) \(beyond) ? OR \(column) IS NULL OR (\(column) = ? AND (s.sort_name, s.key) > (?, ?)))")
        appendValues([value, value] + names)
    }
}

extension RollFilter.Order {
    /// The column that is sorted by before the name; `nil` for the name itself.
    fileprivate var column: String? {
        switch self {
        case .name: nil
        case .country: "s.country"
        case .region: "s.region"
        case .category: "s.category"
        case .population: "s.population"
        case .since: "s.since"
        }
    }

    fileprivate func bound(_ text: String) -> Value {
        self == .population ? .integer(Int64(text) ?? 0) : .text(text)
    }
}
