import Database

/// One transaction of a sealer.
struct Sealing: Sendable {
    let key: SigningKey
    let holder: String
    let now: String
    let leaseEnds: String
    let limit: Int

    func run(_ transaction: Transaction) throws -> Sealer.Outcome {
        // The lease's row is the lock. Were this serializable, PostgreSQL would see a contradiction with every writer
        // that appends meanwhile, and have one of the two begin again.
        if transaction.engine == .postgres {
            try transaction.script("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
        }
        if let other = try takeLease(transaction) { return other }
        let waiting = try waiting(transaction)
        guard !waiting.isEmpty else { return .nothingToSeal }
        var frontier = try frontier(transaction)
        try store(waiting, transaction, &frontier)
        let head = try TreeHead(size: frontier.size, root: frontier.root, signedAt: now, key: key)
        try store(head, transaction)
        return .sealed(count: waiting.count, head: head)
    }

    /// Takes or renews the lease and locks its row until the end of the transaction; else tells who holds it.
    private func takeLease(_ transaction: Transaction) throws -> Sealer.Outcome? {
        let taken = try transaction.execute(
            """
            INSERT INTO journal_lease (task, holder, expires_at) VALUES ('seal', ?, ?)
            ON CONFLICT (task) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at
            WHERE journal_lease.holder = excluded.holder OR journal_lease.expires_at <= ?
            """,
            [.text(holder), .text(leaseEnds), .text(now)]
        )
        if taken == 1 { return nil }
        return try transaction.first("SELECT holder, expires_at FROM journal_lease WHERE task = 'seal'") {
            .leaseHeld(by: try $0.text(0), until: try $0.text(1))
        }
    }

    private struct Waiting {
        let id: String
        let leafHash: MerkleHash
    }

    /// By instant and id; an entry that was committed late comes after those that were sealed before it was seen.
    private func waiting(_ transaction: Transaction) throws -> [Waiting] {
        try transaction.query(
            """
            SELECT e.id, e.leaf_hash FROM journal_pending p JOIN journal_entry e ON e.id = p.entry_id
            ORDER BY p.recorded_at, p.entry_id LIMIT ?
            """,
            [.int(limit)]
        ) { row in
            let id = try row.text(0)
            guard let hash = MerkleHash(try row.blob(1)) else {
                throw JournalError.damaged("the leaf hash of entry \(id) has not 32 bytes")
            }
            return Waiting(id: id, leafHash: hash)
        }
    }

    /// The tree's right edge as stored. Throws `damaged` unless it is exactly what the last head says: a sealer must
    /// never sign what does not continue the log that it signed before.
    private func frontier(_ transaction: Transaction) throws -> MerkleFrontier {
        let size =
            try transaction.first("SELECT COALESCE(MAX(position) + 1, 0) FROM journal_sealed") {
                try $0.integer(0)
            } ?? 0
        let head = try Journal.head(transaction)
        guard size == head?.size ?? 0 else {
            throw JournalError.damaged(
                "\(size) entries have a place in the log, but the last signed head counts \(head?.size ?? 0)"
            )
        }
        let frontier = try MerkleFrontier(size: size, of: MerkleTree(stored: transaction))
        guard frontier.root == head?.root ?? .emptyRoot else {
            throw JournalError.damaged("the stored tree of \(size) entries has not the root that was signed")
        }
        return frontier
    }

    private func store(
        _ waiting: [Waiting],
        _ transaction: Transaction,
        _ frontier: inout MerkleFrontier
    ) throws {
        var nodes: [[Value]] = []
        var places: [[Value]] = []
        for entry in waiting {
            places.append([.int(frontier.size), .text(entry.id)])
            frontier.append(entry.leafHash) { level, position, hash in
                guard level.isMultiple(of: MerkleTree.storedStep) else { return }
                nodes.append([.int(level), .int(position), .blob(hash.bytes)])
            }
        }
        try transaction.execute("INSERT INTO journal_sealed (position, entry_id) VALUES (?, ?)", each: places)
        try transaction.execute("INSERT INTO journal_node (level, position, hash) VALUES (?, ?, ?)", each: nodes)
        try transaction.execute(
            "DELETE FROM journal_pending WHERE entry_id = ?",
            each: waiting.map { [.text($0.id)] }
        )
    }

    private func store(_ head: TreeHead, _ transaction: Transaction) throws {
        try transaction.execute(
            "INSERT INTO journal_key (key_id, public_key, first_used_at) VALUES (?, ?, ?) ON CONFLICT (key_id) DO NOTHING",
            [.text(head.keyID), .blob(key.publicKey.bytes), .text(now)]
        )
        try transaction.execute(
            "INSERT INTO journal_head (size, root, signed_at, signature, key_id) VALUES (?, ?, ?, ?, ?)",
            [.int(head.size), .blob(head.root.bytes), .text(head.signedAt), .blob(head.signature), .text(head.keyID)]
        )
    }
}
