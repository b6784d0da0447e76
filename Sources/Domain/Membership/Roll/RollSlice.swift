import Database

/// A part of a list that begins after a row, wherever that row is by now: members who come or go meanwhile make nobody
/// appear twice or be passed over.
public struct RollSlice: Sendable, Equatable {
    public let rows: [RollRow]
    /// After what the next part begins; `nil` at the end.
    public let next: RollMark?
    /// How many rows the list has.
    public let total: Int
    /// Whether `total` is only a lower bound.
    public let isTotalOpen: Bool
    /// The names that a mistyped search was taken for.
    public let correctedWords: [String]
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
    ///
    /// Rows without a value in the column that the list is sorted by come last, in either direction.
    public func slice(_ filter: RollFilter, after mark: RollMark? = nil, size: Int) async throws -> RollSlice {
        if filter.search != nil { return try await searched(filter, mark, size) }
        let query = RollQuery(filter)
        // One row more than asked for tells whether there is a next part.
        let (sql, values) = query.statement(after: mark, filter, limit: size + 1)
        let total: Int
        let found: [RollRow]
        if filter.tag == nil {
            total = try await cube(filter.day).count(of: filter)
            found = try await database.rows(sql, values, RollQuery.decode)
        } else {
            (total, found) = try await database.read { transaction in
                (try query.count(transaction), try transaction.query(sql, values, RollQuery.decode))
            }
        }
        return RollSlice(
            rows: found.count > size ? Array(found.prefix(size)) : found,
            next: found.count > size ? found[size - 1].mark(filter.order) : nil,
            total: total,
            isTotalOpen: false,
            correctedWords: []
        )
    }

    private func searched(_ filter: RollFilter, _ mark: RollMark?, _ size: Int) async throws -> RollSlice {
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
            return RollSlice(
                rows: Array(page.rows.prefix(size)),
                next: page.rows.count > size ? .places(start + size) : nil,
                total: page.total,
                isTotalOpen: page.isTotalOpen,
                correctedWords: page.correctedWords
            )
        }
    }
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
