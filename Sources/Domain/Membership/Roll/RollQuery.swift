import Charter
import Database

/// The roll as SQL: conditions and their values side by side.
struct RollQuery {
    private(set) var conditions: [String] = []
    private(set) var values: [Value] = []

    private static let columns = """
        s.member_id, s.key, s.name, s.other_names, s.category, s.country, s.region, s.status, s.population,
        s.population_year, s.since_earliest, s.since, s.origin
        """
    static let originColumn = 12

    init(_ filter: RollFilter) {
        let day = filter.day.description
        add("s.valid_from <= ?", .text(day))
        add("s.valid_to > ?", .text(day))
        switch filter.standing {
        case .onRoll: conditions.append("s.on_roll = 1")
        case .any: break
        case .only(let status): add("s.status = ?", .text(status))
        }
        if let category = filter.category { add("s.category = ?", .text(category)) }
        if let region = filter.region { add("s.region = ?", .text(region)) }
        if let country = filter.country { add("s.country = ?", .text(country)) }
        if let tag = filter.tag { add("(' ' || s.tags || ' ') LIKE ?", .text("% \(tag) %")) }
    }

    mutating func add(_ condition: String, _ value: Value...) {
        conditions.append(condition)
        values += value
    }

    mutating func appendValues(_ more: [Value]) { values += more }

    func count(_ transaction: Transaction) throws -> Int {
        try transaction.first("SELECT COUNT(*) FROM roll_span s WHERE \(condition)", values) { try $0.integer(0) } ?? 0
    }

    func rows(
        _ transaction: Transaction,
        order: RollFilter.Order,
        descending: Bool,
        limit: Int,
        offset: Int
    ) throws -> [RollRow] {
        try rows(transaction, ordering: Self.ordering(order, descending), values: [], limit: limit, offset: offset)
    }

    /// Names that are the search come first, then names that begin with it, then the rest.
    func rows(_ transaction: Transaction, closestTo folded: String, limit: Int, offset: Int) throws -> [RollRow] {
        let closeness = """
            CASE WHEN s.sort_name = ? THEN 0 WHEN s.sort_name >= ? AND s.sort_name < ? THEN 1 ELSE 2 END,
            s.sort_name, s.key
            """
        return try rows(
            transaction,
            ordering: closeness,
            values: [.text(folded), .text(folded), .text(NameSearch.end(ofPrefix: folded))],
            limit: limit,
            offset: offset
        )
    }

    /// The rows nearest to the bound on population that the conditions hold, from it upwards or downwards.
    func rows(_ transaction: Transaction, byPopulation upwards: Bool, limit: Int) throws -> [RollRow] {
        let ordering = "s.population" + (upwards ? "" : " DESC")
        return try rows(transaction, ordering: ordering, values: [], limit: limit, offset: 0)
    }

    /// The first rows in an order of the caller's.
    func rows(_ transaction: Transaction, ordered ordering: String, limit: Int) throws -> [RollRow] {
        try rows(transaction, ordering: ordering, values: [], limit: limit, offset: 0)
    }

    /// The statement for the first rows in an order of the caller's, with its values; `decode` reads them.
    func statement(ordered ordering: String, limit: Int) -> (sql: String, values: [Value]) {
        let sql = "SELECT \(Self.columns) FROM roll_span s WHERE \(condition) ORDER BY \(ordering) LIMIT ?"
        return (sql, values + [.int(limit)])
    }

    private func rows(
        _ transaction: Transaction,
        ordering: String,
        values ordered: [Value],
        limit: Int,
        offset: Int
    ) throws -> [RollRow] {
        try transaction.query(
            "SELECT \(Self.columns) FROM roll_span s WHERE \(condition) ORDER BY \(ordering) LIMIT ? OFFSET ?",
            values + ordered + [.int(limit), .int(offset)],
            Self.decode
        )
    }

    private var condition: String { conditions.joined(separator: " AND ") }

    static func decode(_ row: Row) throws -> RollRow {
        RollRow(
            memberID: try row.text(0),
            key: try row.text(1),
            name: try row.text(2),
            otherNames: try row.text(3),
            category: try row.text(4),
            country: row.optionalText(5),
            region: row.optionalText(6),
            status: try row.text(7),
            population: try row.optionalInteger(8),
            populationYear: try row.optionalInteger(9),
            sinceEarliest: row.optionalText(10),
            since: row.optionalText(11),
            isSample: row.utf8(originColumn) { $0.elementsEqual("sample".utf8) } ?? false
        )
    }

    // Ties end with the name and the key, so that pages never overlap.
    private static func ordering(_ order: RollFilter.Order, _ descending: Bool) -> String {
        let direction = descending ? " DESC" : ""
        return switch order {
        case .name: "s.sort_name\(direction), s.key\(direction)"
        case .country: "s.country\(direction), s.sort_name, s.key"
        case .region: "s.region\(direction), s.sort_name, s.key"
        case .category: "s.category\(direction), s.sort_name, s.key"
        // Members without a figure come last in either direction, on both engines.
        case .population: "s.population IS NULL, s.population\(direction), s.sort_name, s.key"
        case .since: "s.since IS NULL, s.since\(direction), s.sort_name, s.key"
        }
    }
}
