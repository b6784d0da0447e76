import Crypto
import Testing

@testable import Journal

/// The tree of RFC 9162 written as the RFC writes it, recursively, to compare with.
private enum Naive {
    static func root(_ leaves: ArraySlice<[UInt8]>) -> MerkleHash {
        guard let first = leaves.first else { return .emptyRoot }
        guard leaves.count > 1 else { return .leaf(first) }
        let middle = leaves.startIndex + split(leaves.count)
        return .node(root(leaves[..<middle]), root(leaves[middle...]))
    }

    static func path(_ leaf: Int, _ leaves: ArraySlice<[UInt8]>) -> [MerkleHash] {
        guard leaves.count > 1 else { return [] }
        let middle = split(leaves.count)
        let left = leaves.prefix(middle)
        let right = leaves.dropFirst(middle)
        return leaf < middle ? path(leaf, left) + [root(right)] : path(leaf - middle, right) + [root(left)]
    }

    static func consistency(_ old: Int, _ leaves: ArraySlice<[UInt8]>, isWhole: Bool = true) -> [MerkleHash] {
        if old == leaves.count { return isWhole ? [] : [root(leaves)] }
        let middle = split(leaves.count)
        let left = leaves.prefix(middle)
        let right = leaves.dropFirst(middle)
        return old <= middle
            ? consistency(old, left, isWhole: isWhole) + [root(right)]
            : consistency(old - middle, right, isWhole: false) + [root(left)]
    }

    private static func split(_ count: Int) -> Int {
        var power = 1
        while power * 2 < count { power *= 2 }
        return power
    }
}

/// Keeps every fourth level in memory, as the journal keeps it in a table.
private final class KeptNodes {
    private var levels: [Int: [MerkleHash]] = [:]
    private(set) var frontier = MerkleFrontier()
    private(set) var hashesRead = 0

    func append(_ leaf: MerkleHash) {
        frontier.append(leaf) { level, position, hash in
            guard level.isMultiple(of: MerkleTree.storedStep) else { return }
            #expect(levels[level, default: []].count == position)
            levels[level, default: []].append(hash)
        }
    }

    var tree: MerkleTree {
        MerkleTree { level, first, count in
            self.hashesRead += count
            return Array(self.levels[level, default: []][first..<(first + count)])
        }
    }
}

@Suite("Merkle tree of RFC 9162")
struct MerkleTests {
    /// The test tree of the Certificate Transparency project.
    static let leaves: [[UInt8]] = [
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    ].compactMap(Hex.bytes)

    static let roots = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]

    private func kept(_ leaves: [[UInt8]]) -> KeptNodes {
        let kept = KeptNodes()
        for leaf in leaves { kept.append(.leaf(leaf)) }
        return kept
    }

    @Test("the empty tree's root is SHA-256 of nothing")
    func emptyRoot() {
        #expect(MerkleFrontier().root.hex == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }

    @Test("the published test tree has the published root at every size", arguments: 1...8)
    func publishedRoots(size: Int) throws {
        let kept = kept(Array(Self.leaves.prefix(size)))
        #expect(kept.frontier.root.hex == Self.roots[size - 1])
        #expect(try kept.tree.root(size: size).hex == Self.roots[size - 1])
    }

    @Test(
        "the published inclusion paths come out",
        arguments: [
            (0, 1, [String]()),
            (
                0, 8,
                [
                    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
                ]
            ),
            (
                5, 8,
                [
                    "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                ]
            ),
            (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
            (
                1, 5,
                [
                    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                    "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                ]
            ),
        ]
    )
    func publishedInclusion(leaf: Int, size: Int, path: [String]) throws {
        #expect(try kept(Self.leaves).tree.inclusionPath(leaf: leaf, size: size).map(\.hex) == path)
    }

    @Test(
        "the published consistency proofs come out",
        arguments: [
            (1, 1, [String]()),
            (
                1, 8,
                [
                    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
                ]
            ),
            (
                6, 8,
                [
                    "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                ]
            ),
            (
                2, 5,
                [
                    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                    "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                ]
            ),
        ]
    )
    func publishedConsistency(old: Int, new: Int, path: [String]) throws {
        #expect(try kept(Self.leaves).tree.consistencyPath(old: old, new: new).map(\.hex) == path)
    }

    @Test("roots, paths and peaks are those of the recursive definition at every size from 0 to 130")
    func againstDefinition() throws {
        let leaves = (0..<130).map { Array("leaf \($0)".utf8) }
        let all = kept(leaves)
        for size in 0...130 {
            let slice = leaves[..<size]
            let root = Naive.root(slice)
            #expect(kept(Array(slice)).frontier.root == root)
            #expect(try all.tree.root(size: size) == root)
            #expect(try MerkleFrontier(size: size, of: all.tree) == kept(Array(slice)).frontier)
            for leaf in 0..<size {
                let path = try all.tree.inclusionPath(leaf: leaf, size: size)
                #expect(path == Naive.path(leaf, slice))
                #expect(MerkleProof.root(leafHash: .leaf(leaves[leaf]), leaf: leaf, size: size, path: path) == root)
            }
        }
    }

    @Test("consistency holds between every pair of sizes from 0 to 70 and for no other root")
    func consistencyAgainstDefinition() throws {
        let leaves = (0..<70).map { Array("leaf \($0)".utf8) }
        let all = kept(leaves)
        let roots = try (0...70).map { try all.tree.root(size: $0) }
        let wrong = MerkleHash.leaf([1])
        for new in 0...70 {
            for old in 0...new {
                let path = try all.tree.consistencyPath(old: old, new: new)
                if old > 0 { #expect(path == Naive.consistency(old, leaves[..<new])) }
                func holds(_ oldRoot: MerkleHash, _ newRoot: MerkleHash, _ path: [MerkleHash]) -> Bool {
                    MerkleProof.isConsistent(old: old, oldRoot: oldRoot, new: new, newRoot: newRoot, path: path)
                }
                #expect(holds(roots[old], roots[new], path))
                #expect(!holds(wrong, roots[new], path))
                #expect(old == 0 || !holds(roots[old], wrong, path))
                #expect(!holds(roots[old], roots[new], path + [wrong]))
                if !path.isEmpty { #expect(!holds(roots[old], roots[new], Array(path.dropLast()))) }
            }
        }
    }

    @Test("a path proves no other leaf, place or size, and no path of another length proves anything")
    func refusedPaths() throws {
        let tree = kept(Self.leaves).tree
        let leaf = MerkleHash.leaf(Self.leaves[5])
        let path = try tree.inclusionPath(leaf: 5, size: 8)
        let root = try tree.root(size: 8)
        #expect(MerkleProof.root(leafHash: leaf, leaf: 5, size: 8, path: path) == root)
        #expect(MerkleProof.root(leafHash: .leaf(Self.leaves[4]), leaf: 5, size: 8, path: path) != root)
        #expect(MerkleProof.root(leafHash: leaf, leaf: 4, size: 8, path: path) != root)
        #expect(MerkleProof.root(leafHash: leaf, leaf: 5, size: 9, path: path) == nil)
        #expect(MerkleProof.root(leafHash: leaf, leaf: 5, size: 5, path: path) == nil)
        #expect(MerkleProof.root(leafHash: leaf, leaf: -1, size: 8, path: path) == nil)
        #expect(MerkleProof.root(leafHash: leaf, leaf: 5, size: 8, path: path + [root]) == nil)
        #expect(MerkleProof.root(leafHash: leaf, leaf: 5, size: 8, path: Array(path.dropLast())) == nil)
    }

    @Test("a proof among 20,000 leaves reads few hashes")
    func proofIsCheap() throws {
        let kept = KeptNodes()
        for number in 0..<20_000 { kept.append(.leaf([UInt8(number & 0xff), UInt8(number >> 8)])) }
        let path = try kept.tree.inclusionPath(leaf: 12_345, size: 20_000)
        #expect(path.count == MerkleProof.pathLength(leaf: 12_345, size: 20_000))
        #expect(kept.hashesRead < 150)
        #expect(
            MerkleProof.root(
                leafHash: .leaf([UInt8(12_345 & 0xff), UInt8(12_345 >> 8)]),
                leaf: 12_345,
                size: 20_000,
                path: path
            )
                == kept.frontier.root
        )
    }

    @Test("a hash is 32 bytes or 64 digits and nothing else")
    func hashShapes() {
        #expect(MerkleHash([UInt8](repeating: 7, count: 31)) == nil)
        #expect(MerkleHash(hex: String(repeating: "0", count: 63)) == nil)
        #expect(MerkleHash(hex: String(repeating: "g", count: 64)) == nil)
        #expect(MerkleHash([UInt8](repeating: 0xab, count: 32))?.hex == String(repeating: "ab", count: 32))
        #expect(MerkleHash(hex: String(repeating: "AB", count: 32))?.bytes == [UInt8](repeating: 0xab, count: 32))
    }
}
