import Database

/// Where each page of a list sorted by name begins, so that any page is found on the index and not by counting rows.
struct PageStarts: Sendable {
    private let starts: [(sortName: String, key: String)]

    /// One pass over the list.
    init(_ query: RollQuery, descending: Bool, size: Int, _ transaction: Transaction) throws {
        let direction = descending ? " DESC" : ""
        starts = try transaction.query(
            """
            SELECT sort_name, key FROM (
                SELECT s.sort_name, s.key,
                    ROW_NUMBER() OVER (ORDER BY s.sort_name\(direction), s.key\(direction)) AS place
                FROM roll_span s WHERE \(query.conditions.joined(separator: " AND "))
            ) AS numbered WHERE (place - 1) % ? = 0 ORDER BY place
            """,
            query.values + [.int(size)]
        ) { (sortName: try $0.text(0), key: try $0.text(1)) }
    }

    /// The query for the page (from 1) alone; `nil` behind the last.
    func narrow(_ query: RollQuery, to page: Int, descending: Bool) -> RollQuery? {
        guard starts.indices.contains(page - 1) else { return nil }
        var narrowed = query
        let start = starts[page - 1]
        narrowed.add("(s.sort_name, s.key) \(descending ? "<=" : ">=") (?, ?)", .text(start.sortName), .text(start.key))
        return narrowed
    }
}
