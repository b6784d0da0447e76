public import Database

extension Journal {
    /// Walks the whole journal on one snapshot and names all that is altered, removed, added or reordered.
    ///
    /// Memory does not grow with the log. Without `trusted` keys the database's own word on its keys is taken, which
    /// somebody who rewrites everything and signs anew would also change; with a `knownHead` that was kept elsewhere, a
    /// log that was cut short to an older state is found, too. Throws `DatabaseError` only.
    public static func verify(
        _ database: Database,
        trusting trusted: [JournalPublicKey] = [],
        knownHead: TreeHead? = nil
    ) async throws -> Audit {
        try await database.read { transaction in
            var audit = Audit()
            let heads = try HeadCheck(transaction, trusted: trusted, knownHead: knownHead, into: &audit)
            let walk = try LogWalk(transaction, heads: heads, audit: audit)
            try walk.run()
            audit = walk.audit
            try StrayCheck(transaction: transaction, entriesInLog: walk.entriesFound, logSize: walk.limit)
                .run(into: &audit, named: walk.named)
            return audit
        }
    }
}
