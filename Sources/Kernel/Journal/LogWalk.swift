import Database

/// The walk through the log: every entry against its leaf, the leaves against the tree, the tree against every head.
///
/// Where an entry and its leaf disagree, the next signed head tells which of the two is genuine.
final class LogWalk {
    private(set) var audit: Audit
    /// How many of the log's positions hold an entry that exists.
    private(set) var entriesFound = 0
    /// Entries that a finding already names, so that no other check names them again.
    private(set) var named: Set<String> = []

    private let transaction: Transaction
    private let heads: HeadCheck
    private let reader: LogReader
    /// How many positions the log has: what the heads cover, or what hold an entry, whichever are more.
    let limit: Int
    // What the stored leaves give, and, from the first dispute to the next head, what the entries give.
    private var leaves = Branch()
    private var entries: Branch?
    private var disputes: [LogReader.Place] = []
    private var headPage: ArraySlice<TreeHead> = []
    private var headCursor = 0
    private var agreedSize = 0
    private var hasLostTree = false

    /// A tree that is computed, and where the stored tree differs from it.
    private struct Branch {
        var frontier = MerkleFrontier()
        var suspects: [(level: Int, position: Int)] = []
    }

    init(_ transaction: Transaction, heads: HeadCheck, audit: Audit) throws {
        self.transaction = transaction
        self.heads = heads
        self.audit = audit
        reader = LogReader(transaction)
        let sealed = try transaction.first("SELECT COUNT(*) FROM journal_sealed") { try $0.integer(0) } ?? 0
        self.audit.sealed = sealed
        limit = max(heads.signedSize, sealed)
    }

    func run() throws {
        try advanceHead()
        for start in stride(from: 0, to: limit, by: LogReader.pageSize) {
            let range = start..<min(start + LogReader.pageSize, limit)
            let nodes = try reader.nodes(completedIn: range)
            var places = try reader.places(in: range)[...]
            for position in range {
                let place = places.first?.position == position ? places.removeFirst() : nil
                try take(try place ?? vacant(position), nodes)
                try meetHeads()
            }
        }
        try settle(entriesAreGenuine: false)
        try reportUncovered()
    }

    /// A position without an entry: the leaf, which is still there, says which entry belongs here.
    private func vacant(_ position: Int) throws -> LogReader.Place {
        let leaf = try reader.leaf(position)
        let id = try leaf.flatMap(reader.entry(withLeafHash:))
        if let id { named.insert(id) }
        audit.add(
            .removed,
            at: position,
            entry: id,
            id == nil
                ? "no entry holds this position" : "no entry holds this position; by its hash this entry belongs here"
        )
        return LogReader.Place(
            position: position,
            entryID: id ?? "",
            leaf: leaf,
            exists: true,
            stored: leaf,
            computed: leaf
        )
    }

    private func take(_ place: LogReader.Place, _ nodes: LogReader.Nodes) throws {
        if place.exists {
            if !place.entryID.isEmpty, !named.contains(place.entryID) { entriesFound += 1 }
        } else {
            named.insert(place.entryID)
            audit.add(.removed, at: place.position, entry: place.entryID, "the entry was sealed here and is gone")
        }
        let isCovered = place.position < heads.signedSize
        if place.leaf == nil, isCovered {
            audit.add(.node, at: place.position, entry: place.entryID, "the tree's leaf is missing or malformed")
        }
        guard let genuine = place.leaf ?? place.computed ?? place.stored else {
            // Nothing is left to compute with: take any value, the next head will not agree.
            return grow(.emptyRoot, .emptyRoot, nodes)
        }
        let claimed = place.computed ?? genuine
        if claimed != genuine || (place.exists && place.stored != claimed) {
            if entries == nil { entries = leaves }
            if disputes.count < Audit.findingLimit {
                disputes.append(place)
            } else {
                audit.findingsLeftOut += 1
            }
        }
        grow(genuine, claimed, nodes)
    }

    private func grow(_ leaf: MerkleHash, _ claimed: MerkleHash, _ nodes: LogReader.Nodes) {
        Self.grow(&leaves, leaf, nodes, covered: heads.signedSize)
        if var branch = entries {
            entries = nil
            Self.grow(&branch, claimed, nodes, covered: heads.signedSize)
            entries = branch
        }
    }

    private static func grow(_ branch: inout Branch, _ leaf: MerkleHash, _ nodes: LogReader.Nodes, covered: Int) {
        var suspects: [(level: Int, position: Int)] = []
        branch.frontier.append(leaf) { level, position, hash in
            guard level > 0, level.isMultiple(of: MerkleTree.storedStep), (position + 1) << level <= covered else {
                return
            }
            if nodes[level, position] != hash { suspects.append((level, position)) }
        }
        if branch.suspects.count < Audit.findingLimit { branch.suspects += suspects }
    }
}

extension LogWalk {
    private func advanceHead() throws {
        if headPage.isEmpty { headPage = try heads.valid(above: headCursor)[...] }
        if let last = headPage.last { headCursor = last.size }
    }

    private func meetHeads() throws {
        let size = leaves.frontier.size
        if let head = headPage.first, head.size == size {
            headPage.removeFirst()
            try meet(head)
            try advanceHead()
        }
        if let known = heads.knownHead, known.size == size, known.root != leaves.frontier.root, !hasLostTree {
            audit.add(
                .altered,
                at: 0...(size - 1),
                "the head of size \(size) that was kept elsewhere has another root: the log was rewritten since"
            )
        }
    }

    /// Compares with a valid head and so decides what was in dispute since the one before.
    private func meet(_ head: TreeHead) throws {
        guard !hasLostTree else { return try settle(entriesAreGenuine: false) }
        if leaves.frontier.root == head.root {
            try settle(entriesAreGenuine: false)
            reportNodes(leaves.suspects)
        } else if let branch = entries, branch.frontier.root == head.root {
            try settle(entriesAreGenuine: true)
            reportNodes(branch.suspects)
            leaves = branch
        } else {
            try settle(entriesAreGenuine: false)
            try reportRewriting(head)
        }
        leaves.suspects = []
        entries = nil
        agreedSize = head.size
    }

    private func reportNodes(_ suspects: [(level: Int, position: Int)]) {
        for (level, position) in suspects {
            audit.add(
                .node,
                at: (position << level)...(((position + 1) << level) - 1),
                "the stored tree's node at level \(level), place \(position) is missing or altered; the entries are as signed"
            )
        }
    }

    /// Entries and leaves agree with each other but not with what was signed.
    private func reportRewriting(_ head: TreeHead) throws {
        let lowest = leaves.suspects.map(\.level).min()
        let ranges = leaves.suspects.filter { $0.level == lowest }.map { level, position in
            (position << level)...(((position + 1) << level) - 1)
        }
        for range in ranges.isEmpty ? [agreedSize...(head.size - 1)] : ranges {
            audit.add(
                .altered,
                at: range,
                "among these entries some were altered, exchanged or replaced together with their hashes: they do not lead "
                    + "to the root signed for size \(head.size). They are \(try reader.ids(range).joined(separator: ", "))"
            )
        }
        // With the stored tree, where that still is as signed, later heads can be checked all the same.
        let stored = try? MerkleFrontier(size: head.size, of: MerkleTree(stored: transaction))
        if let stored, stored.root == head.root {
            leaves = Branch(frontier: stored)
        } else {
            hasLostTree = true
        }
    }

    /// Says of each dispute what is wrong, once it is known which side is genuine.
    private func settle(entriesAreGenuine: Bool) throws {
        for place in disputes {
            if entriesAreGenuine, place.leaf != place.computed {
                audit.add(
                    .node,
                    at: place.position,
                    entry: place.entryID,
                    "the tree's leaf was altered; the entry is as signed"
                )
            } else if place.computed == place.leaf {
                audit.add(.altered, at: place.position, entry: place.entryID, "the hash beside the entry was altered")
            } else if let home = try place.computed.flatMap(reader.position(ofLeaf:)) {
                audit.add(
                    .reordered,
                    at: place.position,
                    entry: place.entryID,
                    "the entry was sealed at position \(home) and stands in another's place"
                )
            } else {
                audit.add(
                    .altered,
                    at: place.position,
                    entry: place.entryID,
                    place.stored == place.computed
                        ? "the entry and the hash beside it are not what was sealed"
                        : "the entry's fields are not what was sealed"
                )
            }
        }
        disputes = []
        entries = nil
    }

    private func reportUncovered() throws {
        if limit > heads.signedSize {
            let range = heads.signedSize...(limit - 1)
            let ids = try reader.ids(range)
            audit.add(
                .added,
                at: range,
                entry: ids.count == 1 ? ids.first : nil,
                "no signed head covers this: placed here by hand, or the head over it is gone. "
                    + "Entries \(ids.joined(separator: ", "))"
            )
        }
        for (position, id) in try reader.placesOutside(limit) {
            named.insert(id)
            entriesFound += 1
            audit.add(.added, at: position, entry: id, "the entry holds a position outside the log")
        }
    }
}
