/// The right edge of a growing tree: the roots of its perfect subtrees, one for each bit that is set in its size.
///
/// It is all that is needed to add leaves and to know the root: for a million leaves at most 20 hashes.
public struct MerkleFrontier: Sendable, Equatable {
    /// How many leaves were added.
    public private(set) var size: Int
    // From the largest subtree to the smallest.
    private var peaks: [MerkleHash]

    public init() {
        size = 0
        peaks = []
    }

    /// Takes the peaks of a tree of `size` leaves from its perfect subtrees.
    public init(size: Int, of tree: MerkleTree) throws {
        self.size = size
        peaks = []
        var start = 0
        for level in stride(from: Int.bitWidth - 2, through: 0, by: -1) where size & (1 << level) != 0 {
            peaks.append(try tree.perfect(level: level, position: start >> level))
            start += 1 << level
        }
    }

    /// Adds one leaf.
    public mutating func append(_ leaf: MerkleHash) { append(leaf) { _, _, _ in } }

    /// Adds one leaf; `completed` hears of each perfect subtree that this leaf completes, from level 0 upwards.
    public mutating func append(
        _ leaf: MerkleHash,
        completed: (_ level: Int, _ position: Int, _ hash: MerkleHash) throws -> Void
    ) rethrows {
        var hash = leaf
        var level = 0
        var position = size
        try completed(level, position, hash)
        while position & 1 == 1 {
            hash = MerkleHash.node(peaks.removeLast(), hash)
            level += 1
            position >>= 1
            try completed(level, position, hash)
        }
        peaks.append(hash)
        size += 1
    }

    /// The root over all leaves added so far.
    public var root: MerkleHash {
        guard var root = peaks.last else { return .emptyRoot }
        for peak in peaks.dropLast().reversed() { root = MerkleHash.node(peak, root) }
        return root
    }
}
