/// Proofs over a tree whose perfect subtrees are kept somewhere: every fourth level of them, beginning with the leaves.
///
/// A level that is not kept is computed from at most eight hashes below it, so a proof reads some 150 hashes of a
/// million leaves while the kept levels cost a fifteenth of a hash per leaf.
public struct MerkleTree {
    /// Levels that are multiples of this are kept.
    public static let storedStep = 4

    /// Gives `count` kept hashes of `level`, from `first` on; throws when one is missing.
    public typealias Nodes = (_ level: Int, _ first: Int, _ count: Int) throws -> [MerkleHash]

    private let nodes: Nodes

    public init(nodes: @escaping Nodes) { self.nodes = nodes }

    /// The hash of the perfect subtree of 2^level leaves that begins at leaf position·2^level.
    public func perfect(level: Int, position: Int) throws -> MerkleHash {
        let above = level % Self.storedStep
        var hashes = try nodes(level - above, position << above, 1 << above)
        precondition(hashes.count == 1 << above, "a source of nodes gives what it was asked for or throws")
        while hashes.count > 1 {
            hashes = stride(from: 0, to: hashes.count, by: 2).map { MerkleHash.node(hashes[$0], hashes[$0 + 1]) }
        }
        return hashes[0]
    }

    /// The root of the tree of the first `size` leaves.
    public func root(size: Int) throws -> MerkleHash {
        size == 0 ? .emptyRoot : try hash(0..<size)
    }

    /// The audit path of `leaf` in the tree of the first `size` leaves, from the leaf upwards (RFC 9162, 2.1.3.1).
    public func inclusionPath(leaf: Int, size: Int) throws -> [MerkleHash] {
        precondition(leaf >= 0 && leaf < size, "a proof is asked for a leaf in the tree")
        var path: [MerkleHash] = []
        var range = 0..<size
        while range.count > 1 {
            let middle = range.lowerBound + Self.split(range.count)
            if leaf < middle {
                path.append(try hash(middle..<range.upperBound))
                range = range.lowerBound..<middle
            } else {
                path.append(try hash(range.lowerBound..<middle))
                range = middle..<range.upperBound
            }
        }
        return path.reversed()
    }

    /// The proof that the tree of `new` leaves begins with the tree of `old` leaves (RFC 9162, 2.1.4.1).
    ///
    /// Empty for `old` = 0 and `old` = `new`, which need no proof.
    public func consistencyPath(old: Int, new: Int) throws -> [MerkleHash] {
        precondition(old >= 0 && old <= new, "a tree only grows")
        guard old > 0, old < new else { return [] }
        var path: [MerkleHash] = []
        var range = 0..<new
        // Whether the part that is left is itself one whole subtree of the old tree, whose hash the asker knows.
        var isKnown = true
        while range.upperBound != old {
            let middle = range.lowerBound + Self.split(range.count)
            if old <= middle {
                path.append(try hash(middle..<range.upperBound))
                range = range.lowerBound..<middle
            } else {
                path.append(try hash(range.lowerBound..<middle))
                range = middle..<range.upperBound
                isKnown = false
            }
        }
        if !isKnown { path.append(try hash(range)) }
        return path.reversed()
    }

    private func hash(_ range: Range<Int>) throws -> MerkleHash {
        let count = range.count
        if count & (count - 1) == 0 {
            return try perfect(level: count.trailingZeroBitCount, position: range.lowerBound / count)
        }
        let middle = range.lowerBound + Self.split(count)
        return MerkleHash.node(try hash(range.lowerBound..<middle), try hash(middle..<range.upperBound))
    }

    /// The largest power of two that is smaller than `count`, which is at least 2.
    private static func split(_ count: Int) -> Int {
        1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount)
    }
}
