import Database

/// What stands beside the log: entries without a place, entries that wait, personal values, nodes too many.
struct StrayCheck {
    let transaction: Transaction
    let entriesInLog: Int
    /// How many entries the log has, be they covered by a signed head or not.
    let logSize: Int

    func run(into audit: inout Audit, named: Set<String>) throws {
        try checkWaiting(into: &audit)
        try checkUnplaced(into: &audit, named: named)
        try checkPersonal(into: &audit)
        try checkNodeCounts(into: &audit)
    }

    private func checkWaiting(into audit: inout Audit) throws {
        let reader = LogReader(transaction)
        try transaction.forEach(
            """
            SELECT p.entry_id, s.position, e.leaf_hash, e.id, e.recorded_at, e.actor, e.action, e.subject_kind,
                e.subject_id, e.rule, e.reason, e.before, e.after
            FROM journal_pending p
            LEFT JOIN journal_entry e ON e.id = p.entry_id
            LEFT JOIN journal_sealed s ON s.entry_id = p.entry_id
            ORDER BY p.entry_id
            """
        ) { row in
            let id = try row.text(0)
            audit.waiting += 1
            if row.isNull(3) {
                audit.add(.removed, entry: id, "the entry waited for its place and is gone")
            } else if let position = try row.optionalInteger(1) {
                audit.add(.added, at: position, entry: id, "the entry has its place and waits for another")
            } else if MerkleHash(try row.blob(2)) != reader.hash(row, first: 3) {
                audit.add(.altered, entry: id, "the entry was altered while it waited for its place")
            }
        }
    }

    /// Entries that are neither in the log nor waiting. Counting tells whether there are any; only then are they searched.
    private func checkUnplaced(into audit: inout Audit, named: Set<String>) throws {
        let all = try count("SELECT COUNT(*) FROM journal_entry")
        let waiting = try count(
            """
            SELECT COUNT(*) FROM journal_pending p JOIN journal_entry e ON e.id = p.entry_id
            LEFT JOIN journal_sealed s ON s.entry_id = p.entry_id WHERE s.entry_id IS NULL
            """
        )
        guard all != entriesInLog + waiting else { return }
        try transaction.forEach(
            """
            SELECT e.id FROM journal_entry e
            LEFT JOIN journal_sealed s ON s.entry_id = e.id LEFT JOIN journal_pending p ON p.entry_id = e.id
            WHERE s.entry_id IS NULL AND p.entry_id IS NULL ORDER BY e.id
            """
        ) { row in
            let id = try row.text(0)
            guard !named.contains(id) else { return }
            audit.add(.added, entry: id, "the entry neither has a place in the log nor waits for one")
        }
    }

    private func checkPersonal(into audit: inout Audit) throws {
        var last = (entry: "", field: "")
        var isDone = false
        while !isDone {
            var rows = 0
            try transaction.forEach(
                """
                SELECT p.entry_id, p.field, p.value, p.salt, e.before, e.after
                FROM journal_personal p LEFT JOIN journal_entry e ON e.id = p.entry_id
                WHERE p.entry_id > ? OR (p.entry_id = ? AND p.field > ?) ORDER BY p.entry_id, p.field LIMIT 2000
                """,
                [.text(last.entry), .text(last.entry), .text(last.field)]
            ) { row in
                last = (try row.text(0), try row.text(1))
                rows += 1
                let value = PersonalValue(field: last.field, value: try row.text(2), salt: try row.blob(3))
                let side = last.field.hasPrefix("before.") ? row.optionalText(4) : row.optionalText(5)
                if side?.contains(value.placeholder) != true {
                    audit.add(
                        .personal,
                        entry: last.entry,
                        "the personal value \(last.field) is not the one that was recorded"
                    )
                }
            }
            isDone = rows < 2000
        }
    }

    /// Missing nodes are found on the walk; here those that nobody asked for.
    private func checkNodeCounts(into audit: inout Audit) throws {
        try transaction.forEach("SELECT level, COUNT(*) FROM journal_node GROUP BY level ORDER BY level") { row in
            let level = try row.integer(0)
            let isKept = level >= 0 && level < 63 && level.isMultiple(of: MerkleTree.storedStep)
            let surplus = try row.integer(1) - (isKept ? logSize >> level : 0)
            if surplus > 0 {
                audit.add(.node, "the stored tree has \(surplus) nodes too many at level \(level)")
            }
        }
    }

    private func count(_ sql: String) throws -> Int {
        try transaction.first(sql) { try $0.integer(0) } ?? 0
    }
}
