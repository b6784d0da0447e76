import Database

extension MerkleTree {
    /// The tree whose nodes stand in `journal_node`. Reading a node that is missing throws `JournalError.damaged`.
    init(stored transaction: Transaction) {
        self.init { level, first, count in
            var next = first
            return try transaction.query(
                "SELECT position, hash FROM journal_node WHERE level = ? AND position >= ? AND position < ? ORDER BY position",
                [.int(level), .int(first), .int(first + count)]
            ) { row in
                guard try row.integer(0) == next, let hash = MerkleHash(try row.blob(1)) else {
                    throw Self.missing(level, next)
                }
                next += 1
                return hash
            }.whole(count) { Self.missing(level, next) }
        }
    }

    private static func missing(_ level: Int, _ position: Int) -> JournalError {
        .damaged("the tree's node at level \(level), position \(position) is missing")
    }
}

extension Array {
    fileprivate func whole(_ count: Int, _ missing: () -> JournalError) throws(JournalError) -> [Element] {
        if self.count == count { return self }
        throw missing()
    }
}
