/// What a reader of proofs computes; it needs nothing but the proof.
public enum MerkleProof {
    /// The root that `leafHash` at `leaf` and its audit path lead to in a tree of `size` leaves (RFC 9162, 2.1.3.2).
    ///
    /// `nil` when the leaf is outside the tree or the path's length is not the one that this place in the tree needs.
    public static func root(
        leafHash: MerkleHash,
        leaf: Int,
        size: Int,
        path: [MerkleHash]
    ) -> MerkleHash? {
        guard leaf >= 0, leaf < size, path.count == pathLength(leaf: leaf, size: size) else { return nil }
        var place = leaf
        var last = size - 1
        var root = leafHash
        for hash in path {
            if place & 1 == 1 || place == last {
                root = MerkleHash.node(hash, root)
                // A right edge: climb past the levels on which this subtree has no sibling.
                while place & 1 == 0, place != 0 {
                    place >>= 1
                    last >>= 1
                }
            } else {
                root = MerkleHash.node(root, hash)
            }
            place >>= 1
            last >>= 1
        }
        return root
    }

    /// How many hashes the audit path of `leaf` has in a tree of `size` leaves.
    public static func pathLength(leaf: Int, size: Int) -> Int {
        var length = 0
        var place = leaf
        var last = size - 1
        while last > 0 {
            if place & 1 == 1 || place < last { length += 1 }
            place >>= 1
            last >>= 1
        }
        return length
    }

    /// Whether the tree of `new` leaves with `newRoot` begins with the tree of `old` leaves with `oldRoot`
    /// (RFC 9162, 2.1.4.2).
    public static func isConsistent(
        old: Int,
        oldRoot: MerkleHash,
        new: Int,
        newRoot: MerkleHash,
        path: [MerkleHash]
    ) -> Bool {
        guard old >= 0, old <= new else { return false }
        if old == 0 { return oldRoot == .emptyRoot && path.isEmpty }
        if old == new { return oldRoot == newRoot && path.isEmpty }
        var path = path[...]
        if old & (old - 1) == 0 { path = ([oldRoot] + path)[...] }
        var place = old - 1
        var last = new - 1
        while place & 1 == 1 {
            place >>= 1
            last >>= 1
        }
        guard let first = path.popFirst() else { return false }
        var before = first
        var after = first
        for hash in path {
            guard last != 0 else { return false }
            if place & 1 == 1 || place == last {
                before = MerkleHash.node(hash, before)
                after = MerkleHash.node(hash, after)
                while place & 1 == 0, place != 0 {
                    place >>= 1
                    last >>= 1
                }
            } else {
                after = MerkleHash.node(after, hash)
            }
            place >>= 1
            last >>= 1
        }
        return last == 0 && before == oldRoot && after == newRoot
    }
}
