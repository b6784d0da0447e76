import Database

/// The signatures of all heads, checked before the entries are: only a valid head can accuse an entry.
struct HeadCheck {
    /// How many entries the largest valid head covers.
    private(set) var signedSize = 0
    private(set) var knownHead: TreeHead?
    // Normally empty; the valid heads are read again page by page, so that memory stays constant.
    private var invalidSizes: Set<Int> = []
    private let transaction: Transaction

    private struct StoredHead {
        let size: Int
        let root: MerkleHash?
        let signedAt: String
        let signature: [UInt8]
        let keyID: String

        var head: TreeHead? {
            root.map { TreeHead(size: size, root: $0, signedAt: signedAt, signature: signature, keyID: keyID) }
        }
    }

    init(_ transaction: Transaction, trusted: [JournalPublicKey], knownHead: TreeHead?, into audit: inout Audit) throws
    {
        self.transaction = transaction
        let keys = try Self.keys(transaction, trusted: trusted, into: &audit)
        var page = try Self.page(transaction, above: Int.min)
        while let last = page.last {
            for stored in page { check(stored, keys, into: &audit) }
            page = try Self.page(transaction, above: last.size)
        }
        if let knownHead { check(known: knownHead, keys, trusted, into: &audit) }
    }

    private mutating func check(_ stored: StoredHead, _ keys: [String: JournalPublicKey], into audit: inout Audit) {
        audit.heads += 1
        guard let key = keys[stored.keyID] else {
            invalidSizes.insert(stored.size)
            return audit.add(
                .head,
                "the head of size \(stored.size) is signed with the key \(stored.keyID), which does not count"
            )
        }
        guard let head = stored.head, head.size > 0, head.isSigned(by: key) else {
            invalidSizes.insert(stored.size)
            return audit.add(.head, "the head of size \(stored.size) was altered: its signature does not fit it")
        }
        signedSize = head.size
        audit.lastHead = head
    }

    private mutating func check(
        known head: TreeHead,
        _ keys: [String: JournalPublicKey],
        _ trusted: [JournalPublicKey],
        into audit: inout Audit
    ) {
        let key = trusted.first { $0.id == head.keyID } ?? keys[head.keyID]
        guard let key, head.isSigned(by: key) else {
            return audit.add(.head, "the head of size \(head.size) that was kept elsewhere has no valid signature")
        }
        knownHead = head
        if head.size > signedSize {
            audit.add(
                .removed,
                at: signedSize...(head.size - 1),
                "a head of size \(head.size) was signed and kept elsewhere, but the log's heads end at \(signedSize)"
            )
        }
    }

    /// The valid heads with more than `size` entries, in order, at most a page of them; empty at the end.
    func valid(above size: Int) throws -> [TreeHead] {
        var from = size
        while true {
            let page = try Self.page(transaction, above: from)
            guard let last = page.last else { return [] }
            let heads = page.filter { !invalidSizes.contains($0.size) }.compactMap(\.head)
            if !heads.isEmpty { return heads }
            from = last.size
        }
    }

    private static func page(_ transaction: Transaction, above size: Int) throws -> [StoredHead] {
        try transaction.query(
            """
            SELECT size, root, signed_at, signature, key_id FROM journal_head WHERE size > ? ORDER BY size LIMIT 1000
            """,
            [.int(size)]
        ) { row in
            StoredHead(
                size: try row.integer(0),
                root: MerkleHash(try row.blob(1)),
                signedAt: try row.text(2),
                signature: try row.blob(3),
                keyID: try row.text(4)
            )
        }
    }

    private static func keys(
        _ transaction: Transaction,
        trusted: [JournalPublicKey],
        into audit: inout Audit
    ) throws -> [String: JournalPublicKey] {
        var keys: [String: JournalPublicKey] = [:]
        let stored = try transaction.query("SELECT key_id, public_key FROM journal_key ORDER BY key_id") {
            (id: try $0.text(0), key: JournalPublicKey(try $0.blob(1)))
        }
        for (id, key) in stored {
            guard let key, key.id == id else {
                audit.add(.key, "the public key \(id) was altered: it has another id")
                continue
            }
            guard trusted.isEmpty || trusted.contains(key) else {
                audit.add(.key, "the public key \(id) signed heads but is none of those that are trusted")
                continue
            }
            keys[id] = key
        }
        return keys
    }
}
