public import Database

extension Journal {
    /// The proof that an entry stands in the log, under the newest signed head.
    ///
    /// It reads some 150 hashes in a log of a million entries. Throws `JournalError.unknownEntry`, `.notSealed`,
    /// `.damaged`.
    public static func proof(_ transaction: Transaction, entry id: String) throws -> JournalProof {
        guard let recorded = try entry(transaction, id: id) else { throw JournalError.unknownEntry(id) }
        guard let position = recorded.position, let head = try head(transaction), position < head.size else {
            throw JournalError.notSealed(id)
        }
        let key = try transaction.first("SELECT public_key FROM journal_key WHERE key_id = ?", [.text(head.keyID)]) {
            JournalPublicKey(try $0.blob(0))
        }
        guard let key, let key else { throw JournalError.damaged("the public key \(head.keyID) is missing") }
        let path = try MerkleTree(stored: transaction).inclusionPath(leaf: position, size: head.size)
        return JournalProof(
            entry: recorded.entry,
            leafIndex: position,
            auditPath: path,
            head: head,
            publicKey: key
        )
    }

    /// The proof, for who kept an older head, that the log only grew since; check it with `MerkleProof.isConsistent`.
    ///
    /// Throws `JournalError.unknownHead` for sizes that no signed head has.
    public static func consistencyProof(_ transaction: Transaction, from old: Int, to new: Int) throws -> [MerkleHash] {
        for size in [old, new] {
            guard try head(transaction, size: size) != nil else { throw JournalError.unknownHead(size) }
        }
        guard old <= new else { throw JournalError.unknownHead(old) }
        return try MerkleTree(stored: transaction).consistencyPath(old: old, new: new)
    }
}
