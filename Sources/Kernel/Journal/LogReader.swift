import Database

/// Reads the log page by page for the walk.
final class LogReader {
    /// A multiple of the leaves under a stored node of level 12.
    static let pageSize = 4096
    /// Searches by hash go through the whole table; after so many of them a finding does without.
    private static let searchLimit = 50

    /// One position of the log.
    struct Place {
        let position: Int
        let entryID: String
        /// The leaf that the tree has here.
        let leaf: MerkleHash?
        let exists: Bool
        /// The hash that stands beside the entry.
        let stored: MerkleHash?
        /// The hash of the entry's fields as they are now.
        let computed: MerkleHash?
    }

    /// Stored nodes above the leaves.
    struct Nodes {
        fileprivate var levels: [Int: [Int: MerkleHash]] = [:]

        subscript(level: Int, position: Int) -> MerkleHash? { levels[level]?[position] }
    }

    private let transaction: Transaction
    private var encoding = EntryEncoding()
    private var searches = 0

    init(_ transaction: Transaction) { self.transaction = transaction }

    func places(in range: Range<Int>) throws -> [Place] {
        try transaction.query(
            """
            SELECT s.position, s.entry_id, n.hash, e.leaf_hash, e.id, e.recorded_at, e.actor, e.action, e.subject_kind,
                e.subject_id, e.rule, e.reason, e.before, e.after
            FROM journal_sealed s
            LEFT JOIN journal_node n ON n.level = 0 AND n.position = s.position
            LEFT JOIN journal_entry e ON e.id = s.entry_id
            WHERE s.position >= ? AND s.position < ? ORDER BY s.position
            """,
            [.int(range.lowerBound), .int(range.upperBound)]
        ) { row in
            let exists = !row.isNull(4)
            return Place(
                position: try row.integer(0),
                entryID: try row.text(1),
                leaf: row.optionalBlob(2).flatMap { MerkleHash($0) },
                exists: exists,
                stored: row.optionalBlob(3).flatMap { MerkleHash($0) },
                computed: exists ? hash(row, first: 4) : nil
            )
        }
    }

    /// Hashes an entry's columns as they lie in the row, without making texts of them.
    func hash(_ row: Row, first: Int) -> MerkleHash {
        encoding.start()
        for column in first..<(first + EntryEncoding.columnCount) {
            if row.utf8(column, as: { encoding.field($0) }) == nil { encoding.absent() }
        }
        return .leaf(encoding.bytes)
    }

    /// The stored nodes above the leaves whose last leaf lies in `range`.
    func nodes(completedIn range: Range<Int>) throws -> Nodes {
        var nodes = Nodes()
        var level = MerkleTree.storedStep
        while range.upperBound >> level > 0 {
            let first = range.lowerBound >> level
            let end = range.upperBound >> level
            if first < end {
                try transaction.forEach(
                    "SELECT position, hash FROM journal_node WHERE level = ? AND position >= ? AND position < ?",
                    [.int(level), .int(first), .int(end)]
                ) { row in
                    nodes.levels[level, default: [:]][try row.integer(0)] = MerkleHash(try row.blob(1))
                }
            }
            level += MerkleTree.storedStep
        }
        return nodes
    }

    func leaf(_ position: Int) throws -> MerkleHash? {
        try transaction.first("SELECT hash FROM journal_node WHERE level = 0 AND position = ?", [.int(position)]) {
            try $0.blob(0)
        }.flatMap { MerkleHash($0) }
    }

    /// Up to 16 ids of the entries at these positions.
    func ids(_ range: ClosedRange<Int>) throws -> [String] {
        try transaction.query(
            "SELECT entry_id FROM journal_sealed WHERE position >= ? AND position <= ? ORDER BY position LIMIT 16",
            [.int(range.lowerBound), .int(range.upperBound)]
        ) { try $0.text(0) }
    }

    func placesOutside(_ limit: Int) throws -> [(Int, String)] {
        try transaction.query(
            "SELECT position, entry_id FROM journal_sealed WHERE position < 0 OR position >= ? ORDER BY position LIMIT 1000",
            [.int(limit)]
        ) { (try $0.integer(0), try $0.text(1)) }
    }

    func entry(withLeafHash hash: MerkleHash) throws -> String? {
        try search("SELECT id FROM journal_entry WHERE leaf_hash = ? LIMIT 1", hash) { try $0.text(0) }
    }

    func position(ofLeaf hash: MerkleHash) throws -> Int? {
        try search("SELECT position FROM journal_node WHERE level = 0 AND hash = ? LIMIT 1", hash) { try $0.integer(0) }
    }

    private func search<T>(_ sql: String, _ hash: MerkleHash, _ decode: (Row) throws -> T) throws -> T? {
        guard searches < Self.searchLimit else { return nil }
        searches += 1
        return try transaction.first(sql, [.blob(hash.bytes)], decode)
    }
}
