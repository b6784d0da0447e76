/// What chance decides of one invented thing: the same for the same seed and name, on every machine, whatever else is
/// invented beside it.
package struct SampleChance: Sendable {
    private var state: UInt64

    package init(_ seed: UInt64, _ name: String) {
        // FNV-1a, because Swift's own hashes are others in each process.
        state = name.utf8.reduce(0xcbf2_9ce4_8422_2325 ^ seed) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
    }

    /// From 0 to below the limit.
    package mutating func number(below limit: Int) -> Int {
        // SplitMix64: its state may begin anywhere.
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        mixed ^= mixed >> 31
        return Int(mixed >> 33) % max(limit, 1)
    }
}
